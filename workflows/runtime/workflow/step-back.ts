/** The one step that can be taken back: the last act, for as long as nothing has followed it. */
import { type CarriedEntry, carriedEntries, type DueEntry, resumedEntries } from './due-table';
import type { LiveMachine, Standing } from './live-machine';
import type { Instant, Json, Stamp } from './types';

/** Why the last act stands, although nothing has followed it. */
export type Obstacle =
  /** It opened the case. */
  | 'opening'
  /** An invoked activity was at work before or after it. */
  | 'activity'
  /** It named an effect that binds others. */
  | 'binding'
  /** It amended the case itself. */
  | 'amendment'
  /** It was carried to another run, and its case is too large to stand twice in one envelope. */
  | 'too-large';

interface Done {
  id: string;
  type: string;
  sequence: number;
  hash: string;
  stamp: Stamp;
}

export type LastAct = Done &
  ({ obstacle: Obstacle } | { before: { standing: Standing; entries: readonly DueEntry[] } });

export type CarriedLastAct = Done & ({ obstacle: Obstacle } | { before: { snapshot: Json; entries: CarriedEntry[] } });

export class StepBack {
  #last: LastAct | undefined;

  get last(): LastAct | undefined {
    return this.#last;
  }

  keep(last: LastAct): void {
    this.#last = last;
  }

  /** Something has followed. */
  drop(): void {
    this.#last = undefined;
  }

  carry(machine: LiveMachine): CarriedLastAct | undefined {
    if (!this.#last || 'obstacle' in this.#last) return this.#last;
    const { before, ...done } = this.#last;
    const { standing, entries } = before;
    return { ...done, before: { snapshot: machine.persisted(standing), entries: carriedEntries(entries) } };
  }

  resume(carried: CarriedLastAct | undefined, carriedAt: Instant, at: Instant): void {
    if (!carried || 'obstacle' in carried) {
      this.#last = carried;
      return;
    }
    const { before, ...done } = carried;
    const entries = resumedEntries(before.entries, carriedAt, at);
    this.#last = { ...done, before: { standing: { carried: before.snapshot }, entries } };
  }
}

/** The same without where the case stood before. */
export function withoutBefore(last: CarriedLastAct): CarriedLastAct {
  const { id, type, sequence, hash, stamp } = last;
  return { id, type, sequence, hash, stamp, obstacle: 'too-large' };
}
