/** A case that flushes as the runtime does. */
import type { Ledger } from '../../activities/ledger';
import { formatInstant } from '../../workflows/law';
import { GENESIS, link } from '../../workflows/runtime/workflow/record';
import type { Effect, FlushBatch, Head, Json, RecordEntry } from '../../workflows/runtime/workflow/types';

export const T0 = Date.parse('2026-03-18T10:00:00+08:00');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface StepOptions {
  at?: number;
  effects?: Effect[];
  /** Distinguishes two attempts at the same step. */
  attempt?: string;
  state?: string[];
  /** Whose act it is, as stamps say it. */
  by?: Json;
}

/** Plays the part of a case: keeps its head, knows what Temporal has committed. */
export class PlayedCase {
  head: Head = { sequence: 0, hash: GENESIS };
  committed: Head = { sequence: 0, hash: GENESIS };
  drill = false;
  status: 'open' | 'closed' = 'open';
  summary: Json = { matter: 'roads', unit: 'D07', units: ['D07', 'D05'], due: T0 + DAY };

  constructor(readonly id: string) {}

  /** The same case as a worker remembers it: its further steps are another attempt. */
  fork(): PlayedCase {
    const copy = new PlayedCase(this.id);
    return Object.assign(copy, {
      head: this.head,
      committed: this.committed,
      drill: this.drill,
      status: this.status,
      summary: this.summary,
    });
  }

  step({
    at = T0,
    effects = [],
    attempt = 'first',
    state = ['open.course.in-progress'],
    by,
  }: StepOptions = {}): RecordEntry {
    const sequence = this.head.sequence + 1;
    const entry = link(
      {
        case: this.id,
        sequence,
        machine: 'supervision-item@draft-2026',
        trigger: { kind: 'act', type: 'PROGRESS', id: `${attempt}-${sequence}` },
        happenedAt: formatInstant(at),
        receivedAt: formatInstant(at),
        recordedAt: formatInstant(at),
        ...(by === undefined ? {} : { by }),
        steps: [],
        effects,
        state,
      },
      this.head.hash,
    );
    this.head = { sequence, hash: entry.hash };
    return entry;
  }

  batch(...entries: RecordEntry[]): FlushBatch {
    const last = entries.at(-1);
    return {
      case: this.id,
      machine: 'supervision-item@draft-2026',
      drill: this.drill,
      committed: this.committed,
      entries,
      projection: {
        case: this.id,
        machine: 'supervision-item@draft-2026',
        sequence: last?.sequence ?? this.head.sequence,
        status: this.status,
        state: last?.state ?? [],
        deadlines: [],
        summary: this.summary,
      },
      outbox: entries.flatMap(({ sequence, effects }) =>
        effects.map((effect, n) => ({ id: `${this.id}:${sequence}:${n}`, sequence, effect })),
      ),
    };
  }

  /** Temporal has committed everything so far. */
  commit(): this {
    this.committed = this.head;
    return this;
  }

  /** One step, flushed and confirmed. */
  async settled(ledger: Ledger, options: StepOptions = {}): Promise<RecordEntry> {
    const entry = this.step(options);
    await ledger.flush(this.batch(entry));
    this.commit();
    await ledger.confirm(this.id, this.head);
    return entry;
  }
}

export function tellEffect(
  to: string[],
  options: { deliverAt?: number; template?: string; urgency?: string } = {},
): Effect {
  const { deliverAt = T0, template = 'supervision.state', urgency } = options;
  const cite = { article: 62, basis: 'derived' };
  return { kind: 'tell', to, template, cite, deliverAt, ...(urgency ? { urgency } : {}) };
}
