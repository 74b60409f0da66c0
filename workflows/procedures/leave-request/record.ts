/** What a leave case writes down: its context as a schema, and where a slip of it may be put right. */
import { z } from 'zod';
import { type Correctable, commonShape } from '../kit';
import { reference } from '../kit/payload';
import { filingOffices, kinds, request } from './events';
import { office } from './facts';
import type { Context } from './rules';

const requester = ({ seats, office }: Context) => [...seats, ...office];
const offices = () => [office];

/** None of these is looked at by a rule or a deadline. Times, persons and approvals are changed by acts. */
export const correctable: readonly Correctable<Context>[] = [
  { path: 'kind', label: '请假事由类别', schema: request.shape.kind, who: requester },
  { path: 'destination', label: '去向', schema: request.shape.destination, who: requester },
  { path: 'externalApprovals.*.ref', label: '上级批准文件', schema: reference, who: offices },
  { path: 'receipts.*.ref', label: '备案回执', schema: reference, who: offices },
];

/** What a context must be; made where one is put in by hand, because no other case needs it. */
export function contextSchema(): z.ZodType<unknown> {
  const instant = z.int();
  const text = z.string();
  const span = z.strictObject({ from: instant, to: instant.optional() });
  const absence = z.looseObject({
    seats: z.array(text),
    interval: span,
    case: text,
    state: z.enum(['asked', 'granted', 'open']),
  });
  const approval = z.strictObject({ seat: text, at: instant, reason: text.optional() });
  const headed = z.strictObject({ unit: text, vmc: text.optional(), affiliated: z.literal(true).optional() });
  return z.strictObject({
    ...commonShape,
    openedBy: text,
    person: text,
    seats: z.array(text).min(1),
    groups: z.array(z.enum(['A', 'B', 'C'])),
    units: z.array(headed),
    unit: text.optional(),
    office: z.array(text),
    approvers: z.array(text),
    notWith: z.array(text),
    unled: z.array(text),
    kind: z.enum(kinds).optional(),
    destination: text.optional(),
    from: instant.optional(),
    to: instant.optional(),
    replacements: z.array(z.strictObject({ slot: text, person: text })),
    askedAt: instant.optional(),
    approvals: z.array(approval),
    externallyApproved: z.boolean(),
    externalApprovals: z.array(z.strictObject({ body: text, ref: text, at: instant })),
    filed: z.array(z.enum(filingOffices)),
    receipts: z.array(z.strictObject({ office: z.enum(filingOffices), ref: text, at: instant })),
    term: text.optional(),
    reservation: z.enum(['none', 'asked', 'held']),
    excepted: z.boolean(),
    overlaps: z.array(absence),
    rejection: approval.optional(),
    leftAt: instant.optional(),
    awayBy: z.enum(['leave', 'observed']).optional(),
    returnedAt: instant.optional(),
    observations: z.array(z.strictObject({ from: instant, source: text, at: instant })),
    calledBackAt: instant.optional(),
    callBacks: z.array(z.strictObject({ seat: text, reason: text, at: instant })),
    extension: z
      .strictObject({
        to: instant,
        reason: text,
        at: instant,
        approvals: z.array(approval),
        externallyApproved: z.boolean(),
      })
      .optional(),
    extended: z.array(z.strictObject({ from: instant, to: instant, reason: text, at: instant })),
  });
}
