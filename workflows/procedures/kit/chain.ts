import type { Citation } from '../../law/machine';
import { by, type LawMeta } from './meta';

/** Who is pressed on one rung of an escalation chain, and on what ground. */
export interface ChainRung {
  to: readonly string[];
  cite: Citation;
}

type Press = { type: 'press'; params: ChainRung };
type Rung = { target: string; reenter: true; actions: Press; meta: LawMeta };
type Rungs<Limit extends string, Step extends string> = {
  initial: 'waiting';
  states: Record<string, { after: { [K in Limit | Step]?: Rung } }>;
};

/**
 * A written-out escalation chain as the nested states of a waiting state (spec 2.0b "Ladder"): the first rung is pressed
 * when the limit is reached, each further one a step later, the last one again at every step until the state is left.
 */
export function chain<const Limit extends string, const Step extends string>(
  limit: Limit,
  step: Step,
  rungs: readonly ChainRung[],
): Rungs<Limit, Step> {
  const press = (n: number): Rung => ({
    target: `rung${n}`,
    reenter: true,
    actions: { type: 'press', params: rungs[n - 1]! },
    meta: by(rungs[n - 1]!.cite),
  });
  const states = rungs.map((_, i) => [`rung${i + 1}`, { after: { [step]: press(Math.min(i + 2, rungs.length)) } }]);
  return {
    initial: 'waiting',
    states: { waiting: { after: { [limit]: press(1) } }, ...Object.fromEntries(states) },
  } as Rungs<Limit, Step>;
}
