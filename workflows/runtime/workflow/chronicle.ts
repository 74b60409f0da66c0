/** The record a case keeps of itself: one linked entry per stimulus, and what of it has not reached the ledger yet. */
import { jsonBytes, pack } from './carry';
import type { CaseView } from './receipt';
import { GENESIS, link } from './record';
import type { Effect, Head, Instant, Json, OutboxItem, RecordEntry, Step, Trigger } from './types';

const LAST_STEPS = 8;
/** Deadlines one link names after downtime; the others are links of their own all the same. */
const NAMED = 64;
/** What one step may have told, recorded and started; an entry must fit into one request to the ledger. */
const EFFECTS_LIMIT = 512 * 1024;

/** What one stimulus was and when: `at` on the case's own clock, `wake` on the wall. */
export interface Took {
  trigger: Trigger;
  at: Instant;
  wake: Instant;
  received: Instant;
  happened: Instant;
  by?: Json;
}

/** What it did. */
export interface Done {
  steps: Step[];
  effects: Effect[];
  state: string[];
}

export interface CarriedChronicle {
  unflushed: RecordEntry[];
  outbox: OutboxItem[];
  head: Head;
  committed: Head;
  last: Instant;
  openedAt: Instant;
  lastSteps: CaseView['lastSteps'];
  /** Absent from envelopes of builds before there was any. */
  sleptOver?: SleptOver[];
}

/** A deadline that passed while no worker was there, and the link its step became. */
export interface SleptOver {
  name: string;
  dueAt: Instant;
  sequence: number;
}

export class Chronicle {
  #unflushed: RecordEntry[];
  #outbox: OutboxItem[];
  #head: Head;
  #committed: Head;
  #last: Instant;
  #lastSteps: CaseView['lastSteps'];
  #sleptOver: SleptOver[];
  readonly openedAt: Instant;

  constructor(
    private readonly about: { id: string; machine: string; print: (at: Instant) => string },
    carried: CarriedChronicle,
  ) {
    this.#unflushed = [...carried.unflushed];
    this.#outbox = [...carried.outbox];
    this.#head = carried.head;
    this.#committed = carried.committed;
    this.#last = carried.last;
    this.#lastSteps = carried.lastSteps;
    this.#sleptOver = [...(carried.sleptOver ?? [])];
    this.openedAt = carried.openedAt;
  }

  static empty(openedAt: Instant): CarriedChronicle {
    const head = { sequence: 0, hash: GENESIS };
    return { unflushed: [], outbox: [], head, committed: head, last: openedAt, openedAt, lastSteps: [], sleptOver: [] };
  }

  get head(): Head {
    return this.#head;
  }

  /** The instant of the last step; none is ever taken before it. */
  get last(): Instant {
    return this.#last;
  }

  get lastSteps(): CaseView['lastSteps'] {
    return this.#lastSteps;
  }

  get unflushed(): readonly RecordEntry[] {
    return this.#unflushed;
  }

  get outbox(): readonly OutboxItem[] {
    return this.#outbox;
  }

  get committed(): Head {
    return this.#committed;
  }

  /** A deadline fired that had passed while no worker was there. */
  sleepOver(missed: SleptOver): void {
    this.#sleptOver.push(missed);
  }

  /** What was slept over, in the form of the record; undefined where one link says it already. Forgets it. */
  wakeUp(): Json | undefined {
    const missed = this.#sleptOver;
    this.#sleptOver = [];
    if (missed.length < 2) return undefined;
    const passed = missed.slice(0, NAMED).map(({ dueAt, ...rest }) => ({ ...rest, dueAt: this.about.print(dueAt) }));
    const further = missed.length - passed.length;
    return further > 0 ? { passed, further } : { passed };
  }

  /** The clock of the case has come to `at`, whether or not anything was taken. */
  pass(at: Instant): void {
    this.#last = Math.max(this.#last, at);
  }

  write(took: Took, { steps, effects, state }: Done): RecordEntry {
    const { id, machine, print } = this.about;
    checkEffects(effects);
    const sequence = this.#head.sequence + 1;
    const entry = link(
      {
        case: id,
        sequence,
        machine,
        trigger: took.trigger,
        happenedAt: print(took.happened),
        receivedAt: print(took.received),
        recordedAt: print(took.wake),
        ...(took.by === undefined ? {} : { by: took.by }),
        steps,
        effects,
        state,
      },
      this.#head.hash,
    );
    this.pass(took.at);
    this.#head = { sequence, hash: entry.hash };
    this.#unflushed.push(entry);
    this.#outbox.push(...effects.map((effect, n) => ({ id: `${id}:${sequence}:${n}`, sequence, effect })));
    const step = { sequence, at: took.at, trigger: took.trigger.type, steps };
    this.#lastSteps = [...this.#lastSteps, step].slice(-LAST_STEPS);
    return entry;
  }

  /** The ledger has everything through `sequence`. */
  flushed(sequence: number): void {
    this.#unflushed = this.#unflushed.filter((entry) => entry.sequence > sequence);
    this.#outbox = this.#outbox.filter((item) => item.sequence > sequence);
  }

  /** Temporal is known to have committed everything through this link. */
  commit(head: Head): void {
    this.#committed = head;
  }

  carry(): CarriedChronicle {
    return {
      unflushed: [...this.#unflushed],
      outbox: [...this.#outbox],
      head: this.#head,
      committed: this.#committed,
      last: this.#last,
      openedAt: this.openedAt,
      lastSteps: this.#lastSteps,
      sleptOver: [...this.#sleptOver],
    };
  }
}

function checkEffects(effects: readonly Effect[]): void {
  for (const [i, effect] of effects.entries()) pack(effect, `effect ${i} ('${effect.kind}')`);
  const bytes = effects.length === 0 ? 0 : jsonBytes(effects);
  if (bytes > EFFECTS_LIMIT)
    throw new Error(`the effects of one step are ${bytes} bytes, ${EFFECTS_LIMIT} can be recorded`);
}
