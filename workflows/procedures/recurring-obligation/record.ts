/** What a recurring obligation writes down: its context as a schema. */
import { z } from 'zod';
import { commonShape } from '../kit';
import { evidenceKinds, periodBegan } from './events';

/** What a context must be; made where one is put in by hand, because no other case needs it. */
export function contextSchema(): z.ZodType<unknown> {
  const instant = z.int();
  const text = z.string();
  return z.strictObject({
    ...periodBegan.shape,
    behind: z.array(text),
    besides: z.array(text),
    waivers: z.array(text),
    begin: instant,
    lastDay: instant,
    end: instant,
    openedAt: instant,
    evidence: z.array(z.strictObject({ kind: z.enum(evidenceKinds), ref: text, at: instant, by: text })),
    offered: z.array(text),
    rung: z.int().min(0),
    waiver: z.strictObject({ reason: text, by: text, at: instant }).optional(),
    ...commonShape,
  });
}
