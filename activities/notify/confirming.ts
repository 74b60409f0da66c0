/**
 * Nothing leaves the house on an unconfirmed entry. Usually the case's next flush confirms; where none comes, the case is
 * asked for its head.
 */
import type { Head, Instant } from '../../workflows/runtime/workflow/types';
import { type Ledger, LedgerConflict, type Tail } from '../ledger';
import type { Pace } from './pace';
import { several } from './ticker';

export interface ConfirmingOptions {
  ledger: Pick<Ledger, 'confirm' | 'unconfirmedTails'>;
  /** The head a case has now; undefined when it cannot be asked. */
  headOf(caseId: string): Promise<Head | undefined>;
  pace: Pick<Pace, 'askAfterMs' | 'askAgainMs' | 'abandonAfterMs' | 'claimLimit' | 'atOnce'>;
  onProblem(sentence: string): void;
}

export class Confirming {
  readonly #options: ConfirmingOptions;
  /** Cases that could not confirm their tail, with that tail and the instant to ask again. */
  readonly #asked = new Map<string, { hash: string; again: Instant }>();

  constructor(options: ConfirmingOptions) {
    this.#options = options;
  }

  async round(now: Instant): Promise<void> {
    const { ledger, pace } = this.#options;
    const tails = await ledger.unconfirmedTails(pace.askAfterMs, now);
    const open = new Set(tails.map((tail) => tail.case));
    for (const caseId of this.#asked.keys()) if (!open.has(caseId)) this.#asked.delete(caseId);
    await several(tails.filter((tail) => this.#mayAsk(tail, now)).slice(0, pace.claimLimit), pace.atOnce, (tail) =>
      this.#settle(tail, now),
    );
  }

  #mayAsk(tail: Tail, now: Instant): boolean {
    const asked = this.#asked.get(tail.case);
    return asked === undefined || asked.hash !== tail.head.hash || asked.again <= now;
  }

  async #settle(tail: Tail, now: Instant): Promise<void> {
    const { ledger, headOf, pace, onProblem } = this.#options;
    this.#asked.set(tail.case, { hash: tail.head.hash, again: now + pace.askAgainMs });
    try {
      const head = await headOf(tail.case);
      if (head) await ledger.confirm(tail.case, head, now - pace.abandonAfterMs);
    } catch (error) {
      const alarm = error instanceof LedgerConflict ? 'ALARM: ' : '';
      onProblem(`${alarm}case ${tail.case} could not confirm its record: ${messageOf(error)}`);
    }
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
