import { z } from 'zod';
import { dayNumber, isDate } from '../../law/machine';
import { date, reference } from '../kit/payload';
import { meetingKinds, obligationIds } from './obligations';

const owner = z
  .string()
  .regex(/^([A-Z]\d{1,2}|[a-z][a-z0-9]*(-[a-z0-9]+)*)$/, 'expected.seat')
  .meta({ examples: ['X1'] });

export const evidenceKinds = ['minutes', 'report', 'visit'] as const;

const period = z
  .strictObject({
    id: z
      .string()
      .min(4)
      .max(40)
      .meta({ examples: ['2026-03'] }),
    first: date,
    last: date,
    /** A window that rolls on, of so many months: the next one begins when this one is served. */
    rolling: z.int().min(1).max(1200).optional(),
  })
  .refine(({ first, last }) => isDate(first) && isDate(last) && dayNumber(first) <= dayNumber(last), 'expected.date');

/** A period begins. Sent by the calendar: a schedule, the coordinator of a drill, or the window before. */
export const periodBegan = z.strictObject({
  obligation: z.enum(obligationIds),
  owner,
  period,
  /** How often it is owed in the period. */
  count: z.int().min(1).max(366),
  /** Cases of earlier periods that were still open. While there are any, the Office says which one a meeting serves. */
  behind: z.array(reference).max(50).optional(),
});

/** The acts of spec 2.7. What is missing is told by a rule, so that the answer names the ground and not only the field. */
export const events = {
  FULFIL: z.strictObject({
    evidence: z.strictObject({ kind: z.enum(evidenceKinds), ref: reference }).optional(),
    /** When it was done. */
    at: z.iso.datetime({ offset: true }),
  }),
  WAIVE: z.strictObject({ reason: z.string().max(1000).optional() }),
};

export const notices = {
  /** `minutes`: the case that issues them. */
  MEETING_HELD: z.strictObject({ kind: z.enum(meetingKinds), at: z.int(), minutes: reference }),
};

export type PeriodBegan = z.infer<typeof periodBegan>;
export type ObligationEvents = {
  [K in keyof typeof events]: { type: K } & z.infer<(typeof events)[K]>;
}[keyof typeof events];
export type MeetingHeld = { type: 'MEETING_HELD'; notice: { from: string } } & z.infer<typeof notices.MEETING_HELD>;
