/** What the case of a term writes down: its context as a schema, and where a slip of it may be put right. */
import { z } from 'zod';
import { type Correctable, commonShape, entrustmentSchema } from '../kit';
import { reference } from '../kit/payload';

import type { Context } from './rules';

/** Everything else decides who presides, and is changed by acts. */
export const correctable: readonly Correctable<Context>[] = [
  { path: 'orderRef', label: '任职排序文件', schema: reference, who: () => ['X1'] },
];

/** What a context must be; made where one is put in by hand, because no other case needs it. */
export function contextSchema(): z.ZodType<unknown> {
  const instant = z.int();
  const text = z.string();
  const span = z.strictObject({ from: instant, to: instant.optional() });
  const states = ['mayor-presiding', 'evm-presiding', 'ranked-vm-presiding', 'awaiting-entrustment', 'unresolved'];
  const presiding = {
    state: z.enum(states),
    presider: text.optional(),
    reason: z.enum(['mayor-vacant', 'order-missing', 'nobody-here']).optional(),
    awaited: z.literal(true).optional(),
  };
  return z.strictObject({
    openedBy: z.strictObject({ seat: text, unit: text.optional() }),
    ...commonShape,
    term: text,
    held: z.array(z.strictObject({ seat: text, person: text.optional(), from: instant })),
    executive: z.array(z.strictObject({ seat: text.optional(), from: instant })),
    order: z.array(z.strictObject({ seat: text, person: text, rank: z.int().min(1), appointedOn: text.optional() })),
    orderRef: text.optional(),
    viceMayors: z.array(text),
    absences: z.array(
      z.strictObject({
        person: text,
        seats: z.array(text),
        interval: span,
        basis: z.enum(['leave', 'observed']),
        case: text,
        state: z.enum(['asked', 'granted', 'open']),
      }),
    ),
    entrustments: z.array(entrustmentSchema),
    decided: z.strictObject(presiding),
    plan: z.array(z.strictObject({ ...presiding, from: instant, to: instant.optional() })),
    confirmed: z.array(z.strictObject({ version: z.int(), by: text, at: instant })),
    reminded: z.array(instant),
    turnAt: instant.optional(),
    uncoveredAt: instant.optional(),
  });
}
