/**
 * A drill is a discrete-event simulation: the coordinator takes the earliest instant at which anything happens over all
 * open cases, scripted people and messages under way, lets exactly those act in a fixed order, carries what cases then ask
 * of one another until nothing is left of it, and repeats. No clock of the machine it runs on has a part in it, so the same
 * script always gives the same record.
 */
import type { Instant, Json, Receipt } from '../../workflows/runtime/workflow';

export interface ScriptedAct {
  at: Instant;
  /** The matter it belongs to: the first act of a matter opens its case. A case that others opened goes by its number. */
  matter: string;
  /** The procedure of the matter. */
  procedure: string;
  seat: string;
  id: string;
  act: string;
  payload: Json;
  onWordOf?: { seat: string; ref: string };
  /** No person acts but the calendar: a period begins. */
  byCalendar?: true;
}

/** A case, and when it next has something to do; undefined once it is closed or waits for people only. */
export interface Moved {
  caseId: string;
  next: Instant | undefined;
}

/** What the coordinator moves: real cases on a server, or the same cases in this process. */
export interface DrillWorld {
  /** `caseId` may be that of a matter opened before: the act belonged to it. */
  open(act: ScriptedAct): Promise<Moved | { refused: Receipt }>;
  /** Does an act; `next` as `advance` answers it. */
  act(caseId: string, act: ScriptedAct): Promise<{ receipt: Receipt; next: Instant | undefined }>;
  /** Moves a case's clock and answers when it next has something to do. */
  advance(caseId: string, to: Instant): Promise<Instant | undefined>;
  /** Carries what cases ask of one another, in a fixed order, and answers whom it reached; empty when nothing is left. */
  carry(at: Instant): Promise<Moved[]>;
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
  /** Cases by their matters, in the order in which they came into play. */
  cases: Map<string, string>;
  /** Acts in order, refused ones included. */
  acts: DrillStep[];
}

export interface PlayOptions {
  /** Cases stand still after this instant; what was told by then is still delivered. */
  until?: Instant | undefined;
  /** Called after every act. */
  onStep?: (step: DrillStep) => void;
  /** Tells acts which case a matter is: `@case:M1` in a payload. */
  resolve?: (act: ScriptedAct, cases: ReadonlyMap<string, string>) => ScriptedAct;
}

/** Plays a script to its end: until no act is left, no case has a deadline and nothing waits to be delivered, or `until`. */
export async function playDrill(
  world: DrillWorld,
  script: readonly ScriptedAct[],
  { until = Number.POSITIVE_INFINITY, onStep = () => {}, resolve = (act) => act }: PlayOptions = {},
): Promise<DrillOutcome> {
  const waiting = [...script].sort((a, b) => a.at - b.at);
  const cases = new Map<string, string>();
  /** By case. */
  const next = new Map<string, Instant | undefined>();
  const acts: DrillStep[] = [];
  let delivery: Instant | undefined;

  const earliest = (): Instant | undefined => {
    const moves = [waiting[0]?.at, ...next.values()].filter((t) => t !== undefined && t <= until);
    const instants = [...moves, delivery].filter((t) => t !== undefined);
    return instants.length > 0 ? Math.min(...instants) : undefined;
  };

  for (let at = earliest(); at !== undefined; at = earliest()) {
    if (at <= until) await move(at);
    delivery = await world.deliver(at);
  }
  return { cases, acts };

  async function move(at: Instant): Promise<void> {
    for (let reached: Moved[] | undefined; reached === undefined || reached.length > 0; ) {
      for (const caseId of next.keys())
        if ((next.get(caseId) ?? Number.POSITIVE_INFINITY) <= at) next.set(caseId, await world.advance(caseId, at));
      while (waiting[0]?.at === at) {
        const act = resolve(waiting.shift()!, cases);
        const receipt = await take(act);
        const step = { at, matter: act.matter, act, receipt };
        acts.push(step);
        onStep(step);
      }
      reached = await world.carry(at);
      for (const moved of reached) join(moved.caseId, moved);
    }
  }

  /** Cases that others opened join the play under their numbers. */
  function join(matter: string, { caseId, next: then }: Moved): void {
    if (!next.has(caseId)) cases.set(matter, caseId);
    next.set(caseId, then);
  }

  async function take(act: ScriptedAct): Promise<Receipt> {
    const caseId = cases.get(act.matter);
    if (caseId === undefined) {
      const opened = await world.open(act);
      if ('refused' in opened) return opened.refused;
      if (next.has(opened.caseId)) cases.set(act.matter, opened.caseId);
      join(act.matter, opened);
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
    next.set(caseId, done.next);
    return done.receipt;
  }
}
