/** How fast and how long it is tried. Chosen by this system. */
import { backoff } from './retrying';

export interface Pace {
  /** Between two looks at the queue. */
  pollMs: number;
  /** How long rows belong to one loop; longer than any channel takes. */
  leaseMs: number;
  /** Rows taken at once. */
  claimLimit: number;
  /** Persons written to, and cases asked, at the same time. */
  atOnce: number;
  /** Rounds of one process under way at the same time, so that a slow receiver does not hold up the others. */
  rounds: number;
  /** After the first failure; doubled after each further one. */
  retryFirstMs: number;
  retryMostMs: number;
  /** The same for what is urgent. */
  retryUrgentMs: number;
  /** Until it is looked again whether there is a channel, a contact, somebody in the seat. */
  waitingMs: number;
  /** How long a way is left alone whose next hop asked to wait and did not say how long. */
  busyMs: number;
  /** So long a message waits for its preferred way; if it takes longer, or is urgent, it goes by the next one. */
  patienceMs: number;
  /** After so long without success a row is given up and stands in the list of those. */
  giveUpAfterMs: number;
  /** An entry unconfirmed for so long: its case is asked. */
  askAfterMs: number;
  askAgainMs: number;
  /** Entries beyond the head of their case are moved aside after so long. */
  abandonAfterMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export const usualPace: Pace = {
  pollMs: SECOND,
  leaseMs: 2 * MINUTE,
  claimLimit: 200,
  atOnce: 8,
  rounds: 4,
  retryFirstMs: 30 * SECOND,
  retryMostMs: 60 * MINUTE,
  retryUrgentMs: 2 * MINUTE,
  waitingMs: 10 * MINUTE,
  busyMs: MINUTE,
  patienceMs: 10 * MINUTE,
  giveUpAfterMs: 7 * DAY,
  askAfterMs: 5 * SECOND,
  askAgainMs: 30 * SECOND,
  abandonAfterMs: 10 * MINUTE,
};

export function retryAfter(pace: Pace, attempts: number, urgent = false): number {
  const most = urgent ? pace.retryUrgentMs : pace.retryMostMs;
  return backoff(pace.retryFirstMs, most, attempts);
}
