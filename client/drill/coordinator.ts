/**
 * A drill is a discrete-event simulation: the coordinator takes the earliest instant at which anything happens over all
 * open cases, scripted people and messages under way, lets exactly those act in a fixed order, and repeats. No clock of
 * the machine it runs on has a part in it, so the same script always gives the same record.
 */
import type { Instant, Json, Receipt } from '../../workflows/runtime/workflow';

export interface ScriptedAct {
  at: Instant;
  /** The matter it belongs to: the first act of a matter opens its case. */
  matter: string;
  seat: string;
  id: string;
  act: string;
  payload: Json;
  onWordOf?: { seat: string; ref: string };
}

/** What the coordinator moves: real cases on a server, or the same cases in this process. */
export interface DrillWorld {
  open(act: ScriptedAct): Promise<{ caseId: string; next: Instant | undefined } | { refused: Receipt }>;
  /** Does an act; `next` as `advance` answers it. */
  act(caseId: string, act: ScriptedAct): Promise<{ receipt: Receipt; next: Instant | undefined }>;
  /** Moves a case's clock and answers when it next has something to do; undefined once it is closed or waits for people only. */
  advance(caseId: string, to: Instant): Promise<Instant | undefined>;
  /** Delivers what is due, and answers when something is next. */
  deliver(at: Instant): Promise<Instant | undefined>;
}

export interface DrillStep {
  at: Instant;
  matter: string;
  act: ScriptedAct;
  receipt: Receipt;
}

export interface DrillOutcome {
  cases: Map<string, string>;
  /** Acts in order, refused ones included. */
  acts: DrillStep[];
}

/**
 * Plays a script to its end: until no act is left, no case has a deadline and nothing waits to be delivered, or `until`.
 *
 * @param onStep called after every act
 */
export async function playDrill(
  world: DrillWorld,
  script: readonly ScriptedAct[],
  { until, onStep = () => {} }: { until?: Instant; onStep?: (step: DrillStep) => void } = {},
): Promise<DrillOutcome> {
  const waiting = [...script].sort((a, b) => a.at - b.at);
  const cases = new Map<string, string>();
  const next = new Map<string, Instant | undefined>();
  const acts: DrillStep[] = [];
  let delivery: Instant | undefined;

  const earliest = (): Instant | undefined => {
    const instants = [waiting[0]?.at, delivery, ...next.values()].filter((t) => t !== undefined);
    return instants.length > 0 ? Math.min(...instants) : undefined;
  };

  for (let at = earliest(); at !== undefined && (until === undefined || at <= until); at = earliest()) {
    for (const [matter, caseId] of cases)
      if ((next.get(matter) ?? Number.POSITIVE_INFINITY) <= at) next.set(matter, await world.advance(caseId, at));
    while (waiting[0]?.at === at) {
      const act = waiting.shift()!;
      const receipt = await take(act);
      const step = { at, matter: act.matter, act, receipt };
      acts.push(step);
      onStep(step);
    }
    delivery = await world.deliver(at);
  }
  return { cases, acts };

  async function take(act: ScriptedAct): Promise<Receipt> {
    const caseId = cases.get(act.matter);
    if (caseId === undefined) {
      const opened = await world.open(act);
      if ('refused' in opened) return opened.refused;
      cases.set(act.matter, opened.caseId);
      next.set(act.matter, opened.next);
      return {
        outcome: 'changed',
        id: act.id,
        content: '',
        state: [],
        sequence: 1,
        recordHash: '',
        deadlines: [],
        recorded: 'yes',
      };
    }
    const done = await world.act(caseId, act);
    next.set(act.matter, done.next);
    return done.receipt;
  }
}
