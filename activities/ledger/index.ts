export type { Acknowledged, Acknowledgement } from './acknowledging';
export { createLedgerActivities, type LedgerActivities } from './activities';
export type { Attachment, KeptAttachment } from './attachments';
export type { PublishedCalendar } from './calendars';
export type { CaseStatistics, CaseStatisticsQuery, UnitStatistics } from './case-statistics';
export { type CopiedRow, edition as ledgerEdition } from './copy';
export type {
  DocumentListQuery,
  DocumentNumber,
  DocumentNumberQuery,
  GivenDocumentNumber,
  VoidQuery,
} from './documents';
export type { ErrandEffect, ErrandTo } from './errand-rows';
export type {
  ClaimedErrand,
  Errand,
  ErrandBacklog,
  ErrandClaim,
  ErrandQuery,
  ErrandReceipt,
  ErrandSettlement,
} from './errands';
export { BadCursor, LedgerConflict, LedgerRefusal, LedgerUnavailable, LedgerUnusable } from './errors';
export type { FeedEvent, FeedQuery, FeedType } from './feed';
export type { Counts, InboxItem, InboxQuery } from './inbox';
export type { EntranceKey } from './keys';
export type { Ledger } from './ledger';
export type { Mended, Mending, Stray } from './mending';
export { isVacant, type OpenOptions, openLedger, type Place } from './open';
export { awaySeats, type OpenCase, type OpenCasesQuery } from './open-cases';
export type { Page } from './paging';
export type { ListQuery, Statistics, TellQuery } from './reading';
export type { Reading, ReadingQuery } from './readings';
export type { Confirmed, Tail } from './records';
export type { GivenNumber, NumberQuery, RefusalLine } from './registers';
export type { Replaced } from './replacing';
export type { ListedCase, RecordedEntry, Tell } from './rows';
export type { ErrandOutcome, ErrandState, TellState } from './schema';
export type { Seal, SealedHeads } from './seals';
export type { SearchQuery } from './search';
export type { Kind } from './store';
export type { Claim, ClaimedTell, DeliveryQuery, DeliveryTry, TellOutcome, Try } from './tells';
export type { Token } from './tokens';
export type { Verification } from './verify';
export type {
  ClaimedWebhook,
  DeadLetter,
  NewWebhook,
  Webhook,
  WebhookClaim,
  WebhookOutcome,
} from './webhooks';
