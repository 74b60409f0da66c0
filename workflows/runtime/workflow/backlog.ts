import { condition, sleep } from '@temporalio/workflow';
import type { CaseActor } from './case-actor';
import type { Instant } from './types';

/** Entries fired in one workflow task. A task that runs for seconds is taken for a deadlock and never completes. */
export const PORTION = 500;

/**
 * One stimulus at a time, each after what was due before it. Ordinarily that is a handful of entries and happens at once;
 * after a long outage it may be thousands, fired in portions, each in a workflow task of its own.
 */
export class Backlog {
  #working = false;

  constructor(
    private readonly subject: CaseActor,
    private readonly settle: () => void,
  ) {}

  /** True while entries are being fired for a stimulus that waits: nothing else may fire any. */
  get working(): boolean {
    return this.#working;
  }

  /** Runs `take` once everything due by `instant` has fired: at once, unless there is very much of it. */
  before<T>(instant: Instant, wake: Instant, take: () => T): T | Promise<T> {
    if (!this.#working && this.subject.catchUp(instant, wake, PORTION)) return take();
    return this.#inPortions(instant, wake, take);
  }

  async #inPortions<T>(instant: Instant, wake: Instant, take: () => T): Promise<T> {
    while (this.#working) await condition(() => !this.#working);
    this.#working = true;
    try {
      do {
        this.settle();
        await sleep(1);
      } while (!this.subject.catchUp(instant, wake, PORTION));
      return take();
    } finally {
      this.#working = false;
    }
  }
}
