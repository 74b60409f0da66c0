import { z } from 'zod';
import { date, document, reference, seat, unit } from '../kit/payload';

const explanation = z.strictObject({ doc: document, cause: z.string().min(1) });

export const sources = [
  'minutes',
  'document',
  'leader-assignment',
  'work-report',
  'project',
  'mailbox',
  'proposal',
  'upper-document',
] as const;
export const deciders = ['plenary', 'standing', 'mayors-office', 'special', 'leader', 'upper', 'other'] as const;

/** Opens a case. What is missing is told by a rule, so that the answer names the article and not only the field. */
export const register = z.strictObject({
  category: z.int().min(1).max(8).optional(),
  source: z.strictObject({ kind: z.enum(sources), ref: reference }),
  title: z.string().min(1).max(200),
  content: reference,
  decidedBy: z.enum(deciders),
  due: date.optional(),
  specialFunds: z.boolean().optional(),
});

/** The acts and facts of spec 2.25 that this version carries, besides the common ones. */
export const events = {
  ASSIGN: z.strictObject({
    leadUnits: z.array(unit),
    supporting: z.array(unit),
    leadVms: z.array(seat),
    due: date.optional(),
    dueSetBy: z.enum(['decision', 'SupO', 'Office']),
    exception: z.strictObject({ reason: z.string().min(1), ref: reference.optional() }).optional(),
  }),
  DISPUTE_OWNERSHIP: z.strictObject({ grounds: reference }),
  PROGRESS: z.strictObject({ text: reference, percent: z.int().min(0).max(100).optional() }),
  REPORT: z.strictObject({
    doc: document,
    evidence: z.array(reference),
    claims: z.enum(['done', 'short']),
    explanation: explanation.optional(),
  }),
  EXPLAIN: z.strictObject({ doc: document, cause: z.string().min(1), proposedDate: date.optional() }),
  ACCEPT: z.strictObject({ evidence: z.array(reference) }),
  IMPROVE: z.strictObject({ opinion: reference, date: date.optional() }),
  ORDER_RECTIFICATION: z.strictObject({ ref: reference, date }),
  SET_DATE: z.strictObject({ date, reason: z.string().min(1), vmcNote: reference.optional() }),
  CHANGE_REQUEST: z.strictObject({ wish: z.enum(['change', 'stop']), grounds: reference }),
  OBSTACLE: z.strictObject({ vms: z.array(seat).min(2), why: z.string().min(1) }),
  VMC_REPORTS_TO_MAYOR: z.strictObject({ ref: reference }),
  CHANGE_OBSERVED: z.strictObject({
    what: z.string().min(1),
    since: z.iso.datetime({ offset: true }),
    evidence: reference,
  }),
};

export type Register = z.infer<typeof register>;
export type SupervisionEvents = {
  [K in keyof typeof events]: { type: K } & z.infer<(typeof events)[K]>;
}[keyof typeof events];
