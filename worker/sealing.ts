import type { Ledger } from '../activities/ledger';
import { dateOf, plusDays } from '../workflows/law';
import type { Log } from './logging';

const LOOK_EVERY_MS = 60_000;
/** What entrances refused is kept a year. */
const REFUSALS_KEPT_MS = 366 * 86_400_000;

/** Seals every day once it is over, and drops refusals older than a year. */
export function startSealing(ledger: Ledger, log: Log): { stop(): void } {
  let sealed = '';
  const look = async (): Promise<void> => {
    const yesterday = plusDays(dateOf(Date.now()), -1);
    if (sealed === yesterday) return;
    try {
      const { hash, cases, entries } = await ledger.seal(yesterday, Date.now());
      sealed = yesterday;
      log.info({ day: yesterday, cases, entries, hash }, 'the day is sealed');
      await ledger.dropRefusals(Date.now() - REFUSALS_KEPT_MS);
    } catch (error) {
      log.warn({ err: error, day: yesterday }, 'the day could not be sealed yet');
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  void look();
  return { stop: () => clearInterval(timer) };
}
