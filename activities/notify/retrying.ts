/** What the loops of messages and errands have in common where something fails. */
import { LedgerUnavailable } from '../ledger';

const ATTEMPTS = 10;
const PAUSE_MS = 100;

/** What was done must be written down, or it is done again when the lease ends: a busy ledger is waited for. */
export async function writtenDown<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof LedgerUnavailable) || attempt === ATTEMPTS) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
  }
}

/** Milliseconds after so many failures: doubled after each, up to the most. */
export const backoff = (firstMs: number, mostMs: number, attempts: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(attempts, 30));
