/** What a version writes down, and where a slip of it may be put right: its parts never, once it is approved. */
import { z } from 'zod';
import { type Correctable, commonShape } from '../kit';
import { reference } from '../kit/payload';
import { draftVersion, events } from './events';
import type { Context } from './rules';
import { OFFICE } from './told';

export const correctable: readonly Correctable<Context>[] = [
  { path: 'approval.ref', label: '批准文件', schema: reference, who: () => [OFFICE] },
];

export function contextSchema(): z.ZodType<unknown> {
  const instant = z.int();
  const text = z.string();
  return z.strictObject({
    ...draftVersion.shape,
    openedBy: z.strictObject({ seat: text, unit: text.optional() }),
    ...commonShape,
    parameters: z.array(z.strictObject({ ...events.SET_PARAMETER.shape, by: text, at: instant })),
    approval: z.strictObject({ ref: text, by: text, at: instant }).optional(),
    published: z.strictObject({ effectiveFrom: text, number: text, by: text, at: instant, before: text }).optional(),
    supersededBy: text.optional(),
  });
}
