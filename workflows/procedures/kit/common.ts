/** What every case keeps beside its own matter, and the acts every procedure knows (spec 2.0b). */
import { z } from 'zod';
import type { Citation } from '../../law/machine';
import { now, stepId } from '../../runtime/workflow';
import { reference } from './payload';
import { type AuthorityStamp, actingSeat } from './stamp';
import type { Heard } from './standing';

export interface Exception {
  code: string;
  target?: string;
  grantedBy: string;
  reason: string;
  ref?: string;
  grantedAt: number;
  usedAt?: number;
}

export interface Finding {
  id: string;
  code: string;
  cite: Citation;
  unit?: string;
  seat?: string;
  at: number;
  evidence?: string;
  verdict?: { stands: boolean; reason: string; by: string; at: number };
}

/** A step the rulebook asks for and this version leaves to a person of the Office. */
export interface Task {
  id: string;
  task: string;
  cite: Citation;
  at: number;
  ref?: string;
}

export interface CommonContext extends Heard {
  exceptions: Exception[];
  findings: Finding[];
  tasks: Task[];
}

export const emptyCommon = (): CommonContext => ({ exceptions: [], findings: [], tasks: [] });

export const commonEvents = {
  GRANT_EXCEPTION: z.strictObject({
    code: z.string().min(1),
    reason: z.string().min(1),
    ref: reference.optional(),
    target: z.string().optional(),
  }),
  CONFIRM_FINDING: z.strictObject({ findingId: z.string().min(1), stands: z.boolean(), reason: z.string().min(1) }),
};

type Grant = z.infer<typeof commonEvents.GRANT_EXCEPTION> & { stamp: AuthorityStamp };
type Confirmation = z.infer<typeof commonEvents.CONFIRM_FINDING> & { stamp: AuthorityStamp };

export function granted(exceptions: Exception[], { code, reason, ref, target, stamp }: Grant): Exception[] {
  const { seat } = actingSeat(stamp);
  const exception: Exception = { code, reason, grantedBy: seat, grantedAt: now() };
  if (ref !== undefined) exception.ref = ref;
  if (target !== undefined) exception.target = target;
  return [...exceptions, exception];
}

/** The exception an act may use: granted beforehand and not used yet. */
export function unusedException(exceptions: readonly Exception[], code: string): Exception | undefined {
  return exceptions.find((exception) => exception.code === code && exception.usedAt === undefined);
}

export function useException(exceptions: Exception[], code: string): Exception[] {
  const used = unusedException(exceptions, code);
  return exceptions.map((exception) => (exception === used ? { ...exception, usedAt: now() } : exception));
}

/** A finding is raised by the machine; whether it stands is said by a person. */
export function found(findings: Finding[], finding: Omit<Finding, 'id' | 'at'>): Finding[] {
  return [...findings, { ...finding, id: `F${findings.length + 1}`, at: now() }];
}

export function confirmed(findings: Finding[], { findingId, stands, reason, stamp }: Confirmation): Finding[] {
  const { seat } = actingSeat(stamp);
  return findings.map((f) => (f.id === findingId ? { ...f, verdict: { stands, reason, by: seat, at: now() } } : f));
}

export function opened(tasks: Task[], task: Omit<Task, 'id' | 'at'>): Task[] {
  return [...tasks, { ...task, id: stepId(), at: now() }];
}

/** What the common acts write into a case. */
export const commonUpdates = {
  GRANT_EXCEPTION: (context: CommonContext, event: Grant): Partial<CommonContext> => ({
    exceptions: granted(context.exceptions, event),
  }),
  CONFIRM_FINDING: (context: CommonContext, event: Confirmation): Partial<CommonContext> => ({
    findings: confirmed(context.findings, event),
  }),
};

const cited = z.looseObject({ basis: z.enum(['stated', 'derived', 'statute', 'chosen']) });
const at = z.int();
const words = z.string();

/** What every context holds, for the schema by which one that is put in by hand is checked. */
export const commonShape = {
  exceptions: z.array(
    z.strictObject({
      code: words,
      target: words.optional(),
      grantedBy: words,
      reason: words,
      ref: words.optional(),
      grantedAt: at,
      usedAt: at.optional(),
    }),
  ),
  findings: z.array(
    z.strictObject({
      id: words,
      code: words,
      cite: cited,
      unit: words.optional(),
      seat: words.optional(),
      at,
      evidence: words.optional(),
      verdict: z.strictObject({ stands: z.boolean(), reason: words, by: words, at }).optional(),
    }),
  ),
  tasks: z.array(z.strictObject({ id: words, task: words, cite: cited, at, ref: words.optional() })),
};
