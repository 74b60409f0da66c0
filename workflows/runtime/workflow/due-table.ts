/**
 * Every delayed event of a case, with the instant at which it is due. XState's snapshot does not survive a restore with
 * its timers (statelyai/xstate#5331) and loses entries that share a send id; this table does neither.
 */
import type { EventObject } from 'xstate';
import { pack, unpack } from './carry';
import type { Instant, Json } from './types';

/** What becomes of an entry when the case continues as new: the instant stands, what was left runs on, or it starts anew. */
export type TimerPolicy = 'deadline' | 'remaining' | 'restart';

export interface DueEntry {
  serial: number;
  /** XState's send id: `xstate.after.<delay>.<state node>` or the machine's own. Not unique. */
  id: string;
  /** The declared delay, or the type of a delayed event. */
  name: string;
  event: EventObject;
  delay: number;
  armedAt: Instant;
  /** When the case woke to arm it, where that was later than `armedAt`. */
  wokenAt?: Instant;
  dueAt: Instant;
  policy: TimerPolicy;
}

/** Entries as the envelope carries them: what an event holds is packed. */
export type CarriedEntry = Omit<DueEntry, 'event'> & { event: { type: string; [key: string]: Json | undefined } };

export interface CarriedTable {
  serial: number;
  entries: CarriedEntry[];
}

/** More than any procedure waits for at once; beyond it the case could not be carried to its next run. */
export const MAX_ENTRIES = 2_500;
/** The last instant that can be printed as a date of four-digit years. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);

const packedEvent = ({ name, event }: Pick<DueEntry, 'name' | 'event'>): CarriedEntry['event'] => {
  const packed = pack(event, `the delayed event '${name}'`) as CarriedEntry['event'];
  if (packed.type !== event.type) throw new Error(`the delayed event '${name}' has a key that is kept for the runtime`);
  return packed;
};

const inOrder = (a: DueEntry, b: DueEntry): number => a.dueAt - b.dueAt || a.serial - b.serial;

export class DueTable {
  #serial: number;
  #entries: DueEntry[];

  constructor(serial = 0, entries: readonly DueEntry[] = []) {
    this.#serial = serial;
    this.#entries = [...entries].sort(inOrder);
  }

  /** @throws if the table is full, the event cannot be carried, or the instant lies beyond all dates */
  arm(entry: Omit<DueEntry, 'serial' | 'dueAt' | 'id'> & { id: string | undefined }): void {
    const dueAt = entry.armedAt + Math.round(entry.delay);
    if (dueAt > LAST_INSTANT) throw new Error(`delay '${entry.name}' of ${entry.delay} ms ends after the year 9999`);
    if (this.#entries.length >= MAX_ENTRIES)
      throw new Error(`'${entry.name}' would be delayed event ${MAX_ENTRIES + 1}; a case holds at most ${MAX_ENTRIES}`);
    packedEvent(entry);
    this.#serial += 1;
    // An event without a send id cannot be cancelled, only outlived.
    const armed = { ...entry, id: entry.id ?? `#${this.#serial}`, serial: this.#serial, dueAt };
    this.#entries.splice(this.#placeOf(armed), 0, armed);
  }

  /** Newer entries stand behind older ones of the same instant. */
  #placeOf(entry: DueEntry): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(this.#entries[middle]!, entry) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Cancels every entry under this send id, as SCXML has it. */
  cancel(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  clear(): void {
    this.#entries = [];
  }

  get first(): DueEntry | undefined {
    return this.#entries[0];
  }

  get entries(): readonly DueEntry[] {
    return this.#entries;
  }

  /** Takes an entry off the table. */
  take(entry: DueEntry): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
  }

  /** Puts entries back that stood here before; numbers given meanwhile are not given again. */
  restore(entries: readonly DueEntry[]): void {
    this.#entries = [...entries];
  }

  /** Replaces due instants, e.g. after a new calendar; entries for which `dueAt` answers undefined stand. */
  redate(dueAt: (entry: DueEntry) => Instant | undefined): void {
    const redated = this.#entries.map((entry) => ({ ...entry, dueAt: dueAt(entry) ?? entry.dueAt }));
    const amiss = redated.find((entry) => !(entry.dueAt <= LAST_INSTANT));
    if (amiss) throw new Error(`'${amiss.name}' was given the new due instant ${amiss.dueAt}`);
    this.#entries = redated.sort(inOrder);
  }

  carry(): CarriedTable {
    return { serial: this.#serial, entries: carriedEntries(this.#entries) };
  }

  /** The table as the next run sees it at `at`, `carriedAt` being when the last one let go. */
  static resume(carried: CarriedTable, carriedAt: Instant, at: Instant): DueTable {
    return new DueTable(carried.serial, resumedEntries(carried.entries, carriedAt, at));
  }
}

export function carriedEntries(entries: readonly DueEntry[]): CarriedEntry[] {
  return entries.map((entry) => ({ ...entry, event: packedEvent(entry) }));
}

/** Entries as the next run sees them, each by its policy, in their order. */
export function resumedEntries(carried: readonly CarriedEntry[], carriedAt: Instant, at: Instant): DueEntry[] {
  const dueAt: Record<TimerPolicy, (entry: CarriedEntry) => Instant> = {
    deadline: (entry) => entry.dueAt,
    remaining: (entry) => at + Math.max(0, entry.dueAt - carriedAt),
    restart: (entry) => at + Math.round(entry.delay),
  };
  return carried
    .map((entry) => ({ ...entry, dueAt: dueAt[entry.policy](entry), event: unpack(entry.event) as EventObject }))
    .sort(inOrder);
}
