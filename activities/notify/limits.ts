/** How much a provider takes in a time, and when it takes more. Counted in this process. */
import type { Instant } from '../../workflows/runtime/workflow/types';

/** At most `count` messages in any `perSeconds`. */
export interface Limit {
  count: number;
  perSeconds: number;
}

const SECOND = 1_000;

interface Lane {
  /** When the last messages went out, oldest first; no more than the limit looks at. */
  sent: Instant[];
  /** The provider asked to wait until then. */
  closedUntil: Instant;
}

export class Limits {
  readonly #lanes = new Map<string, Lane>();

  /** When the next message may go; `now` or earlier means at once. */
  freeAt(name: string, limit: Limit | undefined): Instant {
    const lane = this.#lanes.get(name);
    if (!lane) return Number.NEGATIVE_INFINITY;
    const first = limit && lane.sent.at(-limit.count);
    const counted = first === undefined ? Number.NEGATIVE_INFINITY : first + (limit?.perSeconds ?? 0) * SECOND;
    return Math.max(lane.closedUntil, counted);
  }

  /** A message goes out now. */
  take(name: string, limit: Limit | undefined, now: Instant): void {
    if (!limit) return;
    const lane = this.#lane(name);
    lane.sent = [...lane.sent, now].slice(-limit.count);
  }

  /** Nothing goes out before `until`. */
  close(name: string, until: Instant): void {
    const lane = this.#lane(name);
    lane.closedUntil = Math.max(lane.closedUntil, until);
  }

  #lane(name: string): Lane {
    const lane = this.#lanes.get(name) ?? { sent: [], closedUntil: Number.NEGATIVE_INFINITY };
    this.#lanes.set(name, lane);
    return lane;
  }
}
