/**
 * When acts were first received that could not be brought to their case. Sent again, they count from then: our downtime
 * makes nothing late. Kept by this process only; after its own restart an act counts from when it is sent again.
 */
import type { Instant } from '../../workflows/runtime/workflow';

/** More than an outage leaves behind; beyond it the oldest are forgotten. */
const KEPT = 10_000;
/** No case takes an older stamp by the figure this version comes with. */
const KEPT_MS = 72 * 3_600_000;

export class FirstReceived {
  readonly #instants = new Map<string, Instant>();

  /** The instant an act counts from. */
  of(act: string, now: Instant): Instant {
    const first = this.#instants.get(act);
    return first !== undefined && now - first < KEPT_MS ? first : now;
  }

  /** It could not be brought to its case. */
  keep(act: string, receivedAt: Instant): void {
    this.#instants.set(act, receivedAt);
    const oldest = this.#instants.keys().next().value;
    if (this.#instants.size > KEPT && oldest !== undefined) this.#instants.delete(oldest);
  }

  /** @returns whether it was kept */
  forget(act: string): boolean {
    return this.#instants.delete(act);
  }
}
