/**
 * Every delayed event of a case, with the instant at which it is due. XState's snapshot does not survive a restore with
 * its timers (statelyai/xstate#5331) and loses entries that share a send id; this table does neither.
 */
import type { EventObject } from 'xstate';
import type { Instant } from './types';

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
  dueAt: Instant;
  policy: TimerPolicy;
}

const inOrder = (a: DueEntry, b: DueEntry): number => a.dueAt - b.dueAt || a.serial - b.serial;

export class DueTable {
  #serial: number;
  #entries: DueEntry[];

  constructor(carried: { serial: number; entries: DueEntry[] } = { serial: 0, entries: [] }) {
    this.#serial = carried.serial;
    this.#entries = [...carried.entries].sort(inOrder);
  }

  arm(entry: Omit<DueEntry, 'serial' | 'dueAt'>): void {
    this.#serial += 1;
    this.#entries.push({ ...entry, serial: this.#serial, dueAt: entry.armedAt + Math.round(entry.delay) });
    this.#entries.sort(inOrder);
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

  /** Takes the first entry due at or before `instant` off the table. */
  takeDue(instant: Instant): DueEntry | undefined {
    const first = this.#entries[0];
    return first && first.dueAt <= instant ? this.#entries.shift() : undefined;
  }

  /** Replaces due instants, e.g. after a new calendar; entries for which `dueAt` answers undefined stand. */
  redate(dueAt: (entry: DueEntry) => Instant | undefined): void {
    this.#entries = this.#entries.map((entry) => ({ ...entry, dueAt: dueAt(entry) ?? entry.dueAt })).sort(inOrder);
  }

  carry(): { serial: number; entries: DueEntry[] } {
    return { serial: this.#serial, entries: this.#entries };
  }

  /** The table as the next run sees it at `at`, `carriedAt` being when the last one let go. */
  static resume(carried: { serial: number; entries: DueEntry[] }, carriedAt: Instant, at: Instant): DueTable {
    const dueAt: Record<TimerPolicy, (entry: DueEntry) => Instant> = {
      deadline: (entry) => entry.dueAt,
      remaining: (entry) => at + Math.max(0, entry.dueAt - carriedAt),
      restart: (entry) => at + Math.round(entry.delay),
    };
    const entries = carried.entries.map((entry) => ({ ...entry, dueAt: dueAt[entry.policy](entry) }));
    return new DueTable({ serial: carried.serial, entries });
  }
}
