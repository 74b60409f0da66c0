/** What a supervision item writes down: its context as a schema, and where a slip of it may be put right. */
import { z } from 'zod';
import { type Correctable, commonShape } from '../kit';
import { reference } from '../kit/payload';
import { deciders, register, sources } from './events';
import type { Context } from './rules';

const offices = () => ['X2', 'X1'];
const leadUnit = ({ lead }: Context) => [lead];

/** None of these is looked at by a rule or a deadline. Who leads, and by when, is changed by acts and not corrected. */
export const correctable: readonly Correctable<Context>[] = [
  { path: 'title', label: '事项名称', schema: register.shape.title, who: offices },
  { path: 'content', label: '内容文件', schema: reference, who: offices },
  { path: 'category', label: '督查类别', schema: register.shape.category.unwrap(), who: offices },
  { path: 'source.kind', label: '来源', schema: z.enum(sources), who: offices },
  { path: 'source.ref', label: '来源文件', schema: reference, who: offices },
  { path: 'decidedBy', label: '决定层级', schema: z.enum(deciders), who: offices },
  { path: 'evidence.*', label: '完成凭据', schema: reference, who: offices },
  { path: 'reports.*.doc', label: '落实情况报告', schema: reference, who: leadUnit },
  { path: 'explanations.*.doc', label: '书面说明', schema: reference, who: leadUnit },
  { path: 'explanations.*.cause', label: '说明的原因', schema: z.string().min(1), who: leadUnit },
];

/** What a context must be; made where one is put in by hand, because no other case needs it. */
export function contextSchema(): z.ZodType<unknown> {
  const instant = z.int();
  const text = z.string();
  return z.strictObject({
    ...register.shape,
    due: instant.optional(),
    openedBy: z.strictObject({ seat: text, unit: text.optional() }),
    ...commonShape,
    lead: text.optional(),
    supporting: z.array(text),
    leadVms: z.array(text),
    dueSetBy: z.enum(['decision', 'SupO', 'Office']).optional(),
    missed: z.int().min(0),
    counted: z.boolean(),
    overdueSince: instant.optional(),
    explanation: z.enum(['none', 'owed']),
    progressFrom: instant.optional(),
    reportedToMayor: z.boolean(),
    reports: z.array(z.strictObject({ doc: text, claims: z.enum(['done', 'short']), at: instant })),
    explanations: z.array(z.strictObject({ doc: text, cause: text, at: instant })),
    dates: z.array(z.strictObject({ due: instant, setBy: text, at: instant })),
    evidence: z.array(text),
  });
}
