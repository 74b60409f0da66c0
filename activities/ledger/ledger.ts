/** The ledger (台账): the legal record of all cases, what lists show of them, what must be told, and the registers beside. */
import type { Absence, Standing } from '../../workflows/law';
import type { FlushBatch, Head, Instant, Projection, RecordEntry } from '../../workflows/runtime/workflow/types';
import { type Acknowledged, type Acknowledgement, acknowledge } from './acknowledging';
import { type Attachment, attachment, attachmentsOf, type KeptAttachment, keepAttachment } from './attachments';
import { type PublishedCalendar, publishCalendar, publishedCalendars } from './calendars';
import { type CaseStatistics, type CaseStatisticsQuery, caseStatistics } from './case-statistics';
import { type CopiedRow, dump, edition, restore } from './copy';
import {
  type DocumentListQuery,
  type DocumentNumber,
  type DocumentNumberQuery,
  documentNumbers,
  type GivenDocumentNumber,
  giveDocumentNumber,
  type VoidQuery,
  voidDocumentNumber,
} from './documents';
import {
  type ClaimedErrand,
  claimErrands,
  type Errand,
  type ErrandBacklog,
  type ErrandClaim,
  type ErrandQuery,
  type ErrandReceipt,
  type ErrandSettlement,
  errandBacklog,
  errandsGivenUp,
  errandTails,
  keepErrands,
  listErrands,
  noteReceipts,
  settleErrands,
} from './errands';
import { type FeedEvent, type FeedQuery, feed, lastPosition } from './feed';
import { hold } from './holding';
import { type Counts, counts, type InboxItem, type InboxQuery, inbox } from './inbox';
import { type EntranceKey, entranceKeys, rememberKey } from './keys';
import { type Mending, mend, mendStrays, type Stray } from './mending';
import { absences, type OpenCase, type OpenCasesQuery, openCases, standing } from './open-cases';
import type { Page } from './paging';
import {
  caseView,
  entryOfAct,
  type ListQuery,
  listCases,
  listPage,
  listTells,
  reached,
  recordOf,
  type Statistics,
  statistics,
  type TellQuery,
} from './reading';
import { dropReadings, listReadings, logReading, type Reading, type ReadingQuery } from './readings';
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
import { casesAfter, reindex } from './reindex';
import { type Replaced, replaceView } from './replacing';
import type { ListedCase, RecordedEntry, Tell } from './rows';
import { type Seal, type SealedHeads, seal, sealOver } from './seals';
import { type SearchQuery, search } from './search';
import type { Kind, Store } from './store';
import {
  type Claim,
  type ClaimedTell,
  claimTells,
  type DeliveryQuery,
  type DeliveryTry,
  deliveries,
  giveUp,
  keepLease,
  settleTells,
  type TellOutcome,
  type Try,
} from './tells';
import { dropTokens, spendToken, type Token, tokenSpent } from './tokens';
import { type Verification, verify } from './verify';
import {
  addWebhook,
  type ClaimedWebhook,
  claimWebhook,
  type DeadLetter,
  deadLetters,
  listWebhooks,
  type NewWebhook,
  removeWebhook,
  replayWebhook,
  settleWebhook,
  type Webhook,
  type WebhookClaim,
  type WebhookOutcome,
} from './webhooks';

/**
 * Every method may throw LedgerUnavailable: file or database cannot be read or written now, nothing was written, try again.
 * All writes are one transaction each.
 */
export class Ledger {
  readonly #store: Store;
  #salt: string;

  /** Made by `openLedger`. */
  constructor(store: Store, salt: string) {
    this.#store = store;
    this.#salt = salt;
  }

  get kind(): Kind {
    return this.#store.kind;
  }

  /** Where it is, for people: a file, or host, port and database. Never a password. */
  get name(): string {
    return this.#store.name;
  }

  /** Salt of the actor hashes in the record. */
  get salt(): string {
    return this.#salt;
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

  /** The confirmed entry an act of this id became; undefined when there is none. */
  entryOfAct(caseId: string, actId: string): Promise<RecordEntry | undefined> {
    return entryOfAct(this.#store, caseId, actId);
  }

  caseView(caseId: string): Promise<ListedCase | undefined> {
    return caseView(this.#store, caseId);
  }

  /** In the order of case ids. */
  list(query: ListQuery = {}): Promise<ListedCase[]> {
    return listCases(this.#store, query);
  }

  /** In the order of case ids, with the cursor of the next page. */
  listPage(query: ListQuery = {}): Promise<Page<ListedCase>> {
    return listPage(this.#store, query);
  }

  /** Opened last, first. @throws BadCursor */
  search(query: SearchQuery): Promise<Page<ListedCase>> {
    return search(this.#store, query);
  }

  /** Whether record and lists hold an entry of a case; with `confirmed`, whether the feed does too. */
  reached(caseId: string, sequence: number, { confirmed = false }: { confirmed?: boolean } = {}): Promise<boolean> {
    return reached(this.#store, caseId, sequence, confirmed);
  }

  /** 待办, 已办 or 待阅 of a seat. @throws BadCursor */
  inbox(query: InboxQuery): Promise<Page<InboxItem>> {
    return inbox(this.#store, query);
  }

  counts(query: Pick<InboxQuery, 'for'>): Promise<Counts> {
    return counts(this.#store, query);
  }

  /** What has happened, in the order of positions; confirmed entries only. */
  feed(query: FeedQuery = {}): Promise<FeedEvent[]> {
    return feed(this.#store, query);
  }

  /** 0 while nothing has happened. */
  lastPosition(): Promise<number> {
    return lastPosition(this.#store);
  }

  acknowledge(acknowledgement: Acknowledgement): Promise<Acknowledged> {
    return acknowledge(this.#store, acknowledgement);
  }

  caseStatistics(query: CaseStatisticsQuery = {}): Promise<CaseStatistics> {
    return caseStatistics(this.#store, query);
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

  /** The first seal that covers an entry, with the heads it is over. */
  sealOver(caseId: string, sequence: number): Promise<SealedHeads | undefined> {
    return sealOver(this.#store, caseId, sequence);
  }

  /** Leases what is due and confirmed to the caller; recipients another caller writes to just now are left out. */
  claimTells(claim: Claim): Promise<ClaimedTell[]> {
    return claimTells(this.#store, claim);
  }

  /** False when any of the rows is not leased to the caller any more: then none may be sent. */
  keepLease(lease: string, ids: readonly string[], until: Instant): Promise<boolean> {
    return keepLease(this.#store, lease, ids, until);
  }

  /** What became of leased rows, and what was tried for them. Rows whose lease was lost are left alone. */
  settleTells(lease: string, ids: readonly string[], outcome: TellOutcome, tries: readonly Try[] = []): Promise<void> {
    return settleTells(this.#store, lease, ids, outcome, tries);
  }

  /** Gives up what was due at or before an instant and has been tried, or could not be. Answers how many rows. */
  giveUp(before: Instant): Promise<number> {
    return giveUp(this.#store, before);
  }

  /** The delivery log, newest first. */
  deliveries(query: DeliveryQuery = {}): Promise<DeliveryTry[]> {
    return deliveries(this.#store, query);
  }

  /** Leases the next errands of cases that are confirmed and may be carried now, in the order of each case. */
  claimErrands(claim: ErrandClaim): Promise<ClaimedErrand[]> {
    return claimErrands(this.#store, claim);
  }

  /** False when they are not leased to the caller any more: then they are left to others. */
  keepErrands(caseId: string, lease: string, until: Instant): Promise<boolean> {
    return keepErrands(this.#store, caseId, lease, until);
  }

  /** What became of an errand at some of its receivers; what was noted before stands. */
  noteReceipts(id: string, receipts: readonly ErrandReceipt[]): Promise<void> {
    return noteReceipts(this.#store, id, receipts);
  }

  /**
   * What became of leased errands of a case. Answers the ids of those that were settled: where the lease was lost, only the
   * receipts are kept.
   */
  settleErrands(caseId: string, lease: string, settlements: readonly ErrandSettlement[]): Promise<string[]> {
    return settleErrands(this.#store, caseId, lease, settlements);
  }

  /** What cases asked of others and what became of it, in the order of cases and steps. */
  errands(query: ErrandQuery = {}): Promise<Errand[]> {
    return listErrands(this.#store, query);
  }

  /** Those that could not be carried, the latest first. */
  errandsGivenUp(limit = 100): Promise<Errand[]> {
    return errandsGivenUp(this.#store, limit);
  }

  /** What waits to be carried, and since when. */
  errandBacklog(): Promise<ErrandBacklog> {
    return errandBacklog(this.#store);
  }

  /** Records that end with unconfirmed entries which ask something of other cases. */
  errandTails(): Promise<Tail[]> {
    return errandTails(this.#store);
  }

  /** Who presides, as the open case of acting authority says; undefined while there is none. */
  standing(): Promise<Standing | undefined> {
    return standing(this.#store);
  }

  /** Who is away or has asked to be, as open cases of leave say. */
  absences(): Promise<Absence[]> {
    return absences(this.#store);
  }

  /** Open cases with their procedures, in the order of their ids. */
  openCases(query: OpenCasesQuery = {}): Promise<OpenCase[]> {
    return openCases(this.#store, query);
  }

  /** Open cases that wait for one of these seats, units or functions. */
  awaiting(parties: readonly string[]): Promise<OpenCase[]> {
    return openCases(this.#store, { awaiting: parties, limit: Number.MAX_SAFE_INTEGER });
  }

  /** The next number of a series and year, or the one the key has already. */
  giveNumber(query: NumberQuery): Promise<GivenNumber> {
    return giveNumber(this.#store, query);
  }

  /** The next number (文号) of a series and year, or the one the paper has already. */
  giveDocumentNumber(query: DocumentNumberQuery): Promise<GivenDocumentNumber> {
    return giveDocumentNumber(this.#store, query);
  }

  /** 作废: the number stays used. */
  voidDocumentNumber(query: VoidQuery): Promise<'voided' | 'already' | 'unknown'> {
    return voidDocumentNumber(this.#store, query);
  }

  /** The register, in the order of series, year and number. @throws BadCursor */
  documentNumbers(query: DocumentListQuery = {}): Promise<Page<DocumentNumber>> {
    return documentNumbers(this.#store, query);
  }

  /** The same content of the same seat is kept once for each case and once without, as it was first named. */
  keepAttachment(about: Attachment): Promise<void> {
    return keepAttachment(this.#store, about);
  }

  attachment(hash: string): Promise<KeptAttachment | undefined> {
    return attachment(this.#store, hash);
  }

  /** Oldest first. */
  attachmentsOf(caseId: string): Promise<Attachment[]> {
    return attachmentsOf(this.#store, caseId);
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

  /** Keeps the public key of an entrance; what it signed can be checked with it from then on. */
  rememberKey(key: EntranceKey): Promise<void> {
    return rememberKey(this.#store, key);
  }

  /** Public keys of entrances, the oldest first. */
  keys(): Promise<EntranceKey[]> {
    return entranceKeys(this.#store);
  }

  /** The notice that holds for its year from now on; the same content again stays as it was published. */
  publishCalendar(calendar: PublishedCalendar): Promise<PublishedCalendar> {
    return publishCalendar(this.#store, calendar);
  }

  /** In the order of years, and of each year in the order of publication. */
  calendars(): Promise<PublishedCalendar[]> {
    return publishedCalendars(this.#store);
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

  logReading(reading: Reading): Promise<void> {
    return logReading(this.#store, reading);
  }

  /** Newest first. */
  readings(query: ReadingQuery = {}): Promise<Reading[]> {
    return listReadings(this.#store, query);
  }

  /** Answers how many were dropped. */
  dropReadings(before: Instant): Promise<number> {
    return dropReadings(this.#store, before);
  }

  /** True for the first who spends it, and for nobody after. */
  spendToken(token: Token): Promise<boolean> {
    return spendToken(this.#store, token);
  }

  /** Whether somebody has spent it. */
  tokenSpent(token: Omit<Token, 'at'>): Promise<boolean> {
    return tokenSpent(this.#store, token);
  }

  /** Forgets what was spent before an instant: only what has expired by then. Answers how many. */
  dropTokens(before: Instant): Promise<number> {
    return dropTokens(this.#store, before);
  }

  /** Subscribes to the feed. False when there is a subscription of this id already. */
  addWebhook(webhook: NewWebhook): Promise<boolean> {
    return addWebhook(this.#store, webhook);
  }

  webhooks(): Promise<Webhook[]> {
    return listWebhooks(this.#store);
  }

  /** With its dead letters. False when there is none. */
  removeWebhook(id: string): Promise<boolean> {
    return removeWebhook(this.#store, id);
  }

  /** Leases a subscription that is due and has something to be sent; nobody else is given it meanwhile. */
  claimWebhook(claim: WebhookClaim): Promise<ClaimedWebhook | undefined> {
    return claimWebhook(this.#store, claim);
  }

  /** False when the lease was lost: nothing is changed then. */
  settleWebhook(id: string, lease: string, outcome: WebhookOutcome): Promise<boolean> {
    return settleWebhook(this.#store, id, lease, outcome);
  }

  /** In the order of positions. */
  deadLetters(id: string): Promise<DeadLetter[]> {
    return deadLetters(this.#store, id);
  }

  /** Sends again from a position on, dead letters included. False when there is no such webhook. */
  replayWebhook(id: string, from: number): Promise<boolean> {
    return replayWebhook(this.#store, id, from);
  }

  /** Puts what a case itself shows in the place of what lists show of it. */
  replaceView(shown: Projection & { drill: boolean }): Promise<Replaced> {
    return replaceView(this.#store, shown);
  }

  /** Makes anew what follows from record and projections: inboxes, search, keys. Answers how many cases. */
  reindex(): Promise<number> {
    return reindex(this.#store);
  }

  /** Ids of cases that have a record, in their order. */
  casesAfter(after: string, limit: number): Promise<string[]> {
    return this.#store.read((reader) => casesAfter(reader, after, limit));
  }

  /**
   * Compares what follows from the record of a few cases with what it should be, and puts it right unless told only to
   * look: lists, inboxes, search, feed, messages. Answers the cases of which something differed.
   */
  mend(ids: readonly string[], { look = false }: { look?: boolean } = {}): Promise<Mending[]> {
    return mend(this.#store, ids, look);
  }

  /** The same for what belongs to no record at all. */
  mendStrays({ look = false }: { look?: boolean } = {}): Promise<Stray[]> {
    return mendStrays(this.#store, look);
  }

  /** Runs `work` while nobody writes; everybody may read meanwhile. */
  hold<T>(work: () => Promise<T>): Promise<T> {
    return hold(this.#store, work);
  }

  /** What copies made by this version are marked with; only such are restored. */
  get edition(): string {
    return edition();
  }

  /** Every row, as of one moment; the same from every kind of database. */
  dump(): AsyncGenerator<CopiedRow> {
    return dump(this.#store);
  }

  /**
   * Fills this ledger, which must be empty, with a copy; all or nothing. Its salt is that of the copy from then on.
   * Answers how many rows were written.
   * @throws LedgerUnusable when this ledger is not empty, or the copy is not whole or of another version
   */
  async restore(rows: AsyncIterable<CopiedRow> | Iterable<CopiedRow>): Promise<number> {
    const { written, salt } = await restore(this.#store, rows);
    this.#salt = salt;
    return written;
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
