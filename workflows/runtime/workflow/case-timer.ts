import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { CaseActor } from './case-actor';
import type { Instant } from './types';

/** The case's one Temporal timer: aimed at the first entry of the table and named after it. */
export class CaseTimer {
  /** Set when it went off; whoever acts on it clears it. */
  fired = false;
  #aimed: { serial: number; dueAt: Instant; scope: CancellationScope } | undefined;

  constructor(
    private readonly subject: CaseActor,
    private readonly clock: () => Instant,
  ) {}

  /** Starts it anew where the first entry is another one now, so that the UI never shows what is no longer true. */
  aim(): void {
    const first = this.subject.drill || this.subject.closed ? undefined : this.subject.first;
    if (this.#aimed?.serial === first?.serial && this.#aimed?.dueAt === first?.dueAt) return;
    this.#aimed?.scope.cancel();
    this.#aimed = undefined;
    if (!first) return;
    const summary = this.subject.timerSummary(first, this.clock());
    const scope = new CancellationScope();
    const aimed = { serial: first.serial, dueAt: first.dueAt, scope };
    this.#aimed = aimed;
    const wait = Math.max(1, first.dueAt - this.clock());
    scope
      .run(() => sleep(wait, { summary }))
      .then(
        () => {
          if (this.#aimed === aimed) this.#aimed = undefined;
          this.fired = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}
