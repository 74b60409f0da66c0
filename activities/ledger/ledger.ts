/** The ledger (台账): the legal record of all cases, what lists show of them, what must be told, and the registers beside. */
import type { FlushBatch, Head, Instant } from '../../workflows/runtime/workflow/types';
import {
  caseView,
  type ListQuery,
  listCases,
  listTells,
  recordOf,
  type Statistics,
  statistics,
  type TellQuery,
} from './reading';
import { type Confirmed, confirm, flush, type Tail, unconfirmedTails } from './records';
import {
  dropRefusals,
  forgetPerson,
  type GivenNumber,
  giveNumber,
  listRefusals,
  logRefusal,
  type NumberQuery,
  personOf,
  type RefusalLine,
  rememberPerson,
} from './registers';
import type { ListedCase, RecordedEntry, Tell } from './rows';
import { type Seal, seal } from './seals';
import type { Store } from './store';
import { type Claim, type ClaimedTell, claimTells, giveUp, keepLease, settleTells, type TellOutcome } from './tells';
import { type Verification, verify } from './verify';

/**
 * Every method may throw LedgerUnavailable: the file cannot be read or written now, nothing was written, try again. All
 * writes are one transaction each.
 */
export class Ledger {
  /** Salt of the actor hashes in the record. */
  readonly salt: string;
  readonly #store: Store;

  /** Made by `openLedger`. */
  constructor(store: Store, salt: string) {
    this.#store = store;
    this.salt = salt;
  }

  /**
   * Writes what a case has not yet recorded, replacing unconfirmed attempts, and confirms through `committed`. The same
   * batch again changes nothing. Answers the head the record has now.
   *
   * @throws LedgerConflict when a confirmed entry would be another one: an alarm
   * @throws LedgerRefusal when entries are missing in between, or the batch contradicts itself
   */
  flush(batch: FlushBatch): Promise<Head> {
    return flush(this.#store, batch);
  }

  /**
   * Confirms through the head that the case itself names. A head not known here changes nothing.
   *
   * @param abandonBefore moves unconfirmed entries beyond the head aside if all were written at or before this instant
   * @throws LedgerConflict when the head contradicts a confirmed entry
   */
  confirm(caseId: string, head: Head, abandonBefore?: Instant): Promise<Confirmed> {
    return confirm(this.#store, caseId, head, abandonBefore);
  }

  /** Records that end with unconfirmed entries, the oldest of them at least so old. */
  unconfirmedTails(olderThanMs: number, now: Instant): Promise<Tail[]> {
    return unconfirmedTails(this.#store, olderThanMs, now);
  }

  /** Oldest entry first; empty when there is no such case. */
  record(caseId: string): Promise<RecordedEntry[]> {
    return recordOf(this.#store, caseId);
  }

  caseView(caseId: string): Promise<ListedCase | undefined> {
    return caseView(this.#store, caseId);
  }

  /** In the order of case ids. */
  list(query: ListQuery = {}): Promise<ListedCase[]> {
    return listCases(this.#store, query);
  }

  /** Newest first, also what is not delivered yet. */
  tells(query: TellQuery = {}): Promise<Tell[]> {
    return listTells(this.#store, query);
  }

  statistics(): Promise<Statistics> {
    return statistics(this.#store);
  }

  /** Recomputes all hashes, links and seals. Problems are sentences that name day, case and entry. */
  verify(): Promise<Verification> {
    return verify(this.#store);
  }

  /**
   * Seals every confirmed entry under the name of `day`; the same day again answers the seal it has.
   * @throws RangeError when the day is no date, has not begun at `now`, or lies before the newest seal
   */
  seal(day: string, now: Instant): Promise<Seal> {
    return seal(this.#store, day, now);
  }

  /** Leases what is due and confirmed to the caller; recipients another caller writes to just now are left out. */
  claimTells(claim: Claim): Promise<ClaimedTell[]> {
    return claimTells(this.#store, claim);
  }

  /** False when any of the rows is not leased to the caller any more: then none may be sent. */
  keepLease(lease: string, ids: readonly string[], until: Instant): Promise<boolean> {
    return keepLease(this.#store, lease, ids, until);
  }

  settleTells(lease: string, ids: readonly string[], outcome: TellOutcome): Promise<void> {
    return settleTells(this.#store, lease, ids, outcome);
  }

  /** Gives up what was due at or before an instant and has been tried, or could not be. Answers how many rows. */
  giveUp(before: Instant): Promise<number> {
    return giveUp(this.#store, before);
  }

  /** The next number of a series and year, or the one the key has already. */
  giveNumber(query: NumberQuery): Promise<GivenNumber> {
    return giveNumber(this.#store, query);
  }

  rememberPerson(actor: string, person: string): Promise<void> {
    return rememberPerson(this.#store, actor, person);
  }

  personOf(actor: string): Promise<string | undefined> {
    return personOf(this.#store, actor);
  }

  /** Erases who a person's hashes stand for; the record stays as it is. */
  forgetPerson(person: string): Promise<void> {
    return forgetPerson(this.#store, person);
  }

  logRefusal(line: RefusalLine): Promise<void> {
    return logRefusal(this.#store, line);
  }

  /** Newest first. */
  refusals(query: { case?: string; since?: Instant; limit?: number } = {}): Promise<RefusalLine[]> {
    return listRefusals(this.#store, query);
  }

  /** Answers how many were dropped. */
  dropRefusals(before: Instant): Promise<number> {
    return dropRefusals(this.#store, before);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
