import { backoff } from '../notify/retrying';

/** How fast the errand loop works. */
export interface Pace {
  /** How often it is looked where nobody has called: what another process wrote is found so. */
  pollMs: number;
  /** How long an errand is this loop's before another may take it. */
  leaseMs: number;
  /** Cases whose errands are carried in one round. */
  claimLimit: number;
  /** Errands of one case in one round. */
  perCase: number;
  /** Cases, and receivers of one errand, at once. */
  atOnce: number;
  /** Rounds at once, so that a receiver that is slow to answer does not hold up the others. */
  rounds: number;
  /** Receivers of one notice between two entries of what became of it. */
  portion: number;
  /** After the first failure; doubled after each further one. */
  retryFirstMs: number;
  retryMostMs: number;
  /** A case that could not say how far it has come is asked again after so long. */
  askAgainMs: number;
  /** Entries beyond the head of their case are moved aside after so long. */
  abandonAfterMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const usualPace: Pace = {
  pollMs: SECOND,
  leaseMs: MINUTE,
  claimLimit: 50,
  perCase: 20,
  atOnce: 8,
  rounds: 4,
  portion: 200,
  retryFirstMs: SECOND,
  retryMostMs: 5 * MINUTE,
  askAgainMs: 2 * SECOND,
  abandonAfterMs: 10 * MINUTE,
};

export const retryAfter = ({ retryFirstMs, retryMostMs }: Pace, attempts: number): number =>
  backoff(retryFirstMs, retryMostMs, attempts);
