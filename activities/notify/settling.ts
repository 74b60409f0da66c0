/** Writes down what became of leased rows. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { ClaimedTell, Ledger, TellOutcome, Try } from '../ledger';
import { isUrgent } from './compose';
import { type Pace, retryAfter } from './pace';
import { writtenDown } from './retrying';

export interface SettlingOptions {
  ledger: Pick<Ledger, 'settleTells'>;
  pace: Pace;
  onProblem: (sentence: string) => void;
}

export class Settling {
  constructor(private readonly options: SettlingOptions) {}

  async settle(rows: readonly ClaimedTell[], outcome: TellOutcome, tries: readonly Try[] = []): Promise<void> {
    const { ledger } = this.options;
    return writtenDown(() => ledger.settleTells(leaseOf(rows), idsOf(rows), outcome, tries));
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
