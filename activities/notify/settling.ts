/** Writes down what became of leased rows. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import { type ClaimedTell, type Ledger, LedgerUnavailable, type TellOutcome, type Try } from '../ledger';
import { isUrgent } from './compose';
import { type Pace, retryAfter } from './pace';

export interface SettlingOptions {
  ledger: Pick<Ledger, 'settleTells'>;
  pace: Pace;
  onProblem: (sentence: string) => void;
}

const ATTEMPTS = 10;
const PAUSE_MS = 100;

export class Settling {
  constructor(private readonly options: SettlingOptions) {}

  /** What was sent must be written down, or it is sent again when the lease ends: a busy ledger is waited for. */
  async settle(rows: readonly ClaimedTell[], outcome: TellOutcome, tries: readonly Try[] = []): Promise<void> {
    const { ledger } = this.options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await ledger.settleTells(leaseOf(rows), idsOf(rows), outcome, tries);
      } catch (error) {
        if (!(error instanceof LedgerUnavailable) || attempt === ATTEMPTS) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }

  /** Tried in vain, and tried again ever more rarely. */
  async failed(
    rows: readonly ClaimedTell[],
    error: string,
    now: Instant,
    round: { failed: number },
    tries: readonly Try[] = [],
  ): Promise<void> {
    const { pace, onProblem } = this.options;
    round.failed += rows.length;
    const first = rows[0];
    if (first) onProblem(`message ${first.id} was not delivered and is tried again: ${error}`);
    const retries = rows.map((row) => ({ row, retryAt: now + retryAfter(pace, row.attempts, isUrgent(row)) }));
    for (const retryAt of new Set(retries.map((one) => one.retryAt))) {
      const alike = retries.filter((one) => one.retryAt === retryAt).map(({ row }) => row);
      await this.settle(alike, { state: 'pending', retryAt, error }, tries);
    }
  }
}

export const idsOf = (rows: readonly ClaimedTell[]): string[] => rows.map(({ id }) => id);

/** All rows of a round have the same lease. */
export function leaseOf(rows: readonly ClaimedTell[]): string {
  const [first] = rows;
  if (!first) throw new Error('there is no lease without rows');
  return first.lease;
}
