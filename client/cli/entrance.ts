/** What commands do with cases, through the data directory of this machine or through a gateway. Both answer alike. */
import type { z } from 'zod';
import type { Counts, FeedEvent } from '../../activities/ledger';
import type { Instant, Json, RecordEntry } from '../../workflows/runtime/workflow';
import type { Answer } from '../city';
import type { caseView, inboxItem, listed } from '../gateway/schemas';
import type { Out } from './out';

/** As the gateway sends them. */
export type ShownCase = z.infer<typeof caseView>;
export type ShownListed = z.infer<typeof listed>;
export type ShownItem = z.infer<typeof inboxItem>;

export interface Page<T> {
  items: T[];
  /** What `--after` takes for the next page; absent on the last. */
  next?: string;
}

export interface Recorded {
  entry: RecordEntry;
  confirmed: boolean;
}

/** An act or opening, as it stands on the command line. */
export interface Asked {
  /** Left to the gateway where the caller has only one. */
  seat?: string | undefined;
  payload: Json;
  id?: string | undefined;
  at?: Instant | undefined;
  onWordOf?: { seat: string; ref: string } | undefined;
}

export interface Starting extends Asked {
  key?: string | undefined;
  /** The start event; the usual one where it is left out. */
  type?: string | undefined;
}

export interface ListAsked {
  status?: 'open' | 'closed' | undefined;
  unit?: string | undefined;
  state?: string | undefined;
  procedure?: string | undefined;
  awaiting?: string | undefined;
  limit: number;
  after?: string | undefined;
}

export interface SearchAsked extends Pick<ListAsked, 'status' | 'procedure' | 'limit' | 'after'> {
  text: string;
}

export interface InboxAsked {
  box: 'todo' | 'done' | 'unread';
  seat?: string | undefined;
  procedure?: string | undefined;
  limit: number;
  after?: string | undefined;
}

export interface FeedAsked {
  after: number;
  limit: number;
  case?: string | undefined;
}

export interface Entrance {
  /** How its answers are shown. */
  readonly out: Out;
  start(procedure: string, asked: Starting): Promise<Answer>;
  act(caseId: string, event: string, asked: Asked): Promise<Answer>;
  show(caseId: string): Promise<ShownCase>;
  list(asked: ListAsked): Promise<Page<ShownListed>>;
  search(asked: SearchAsked): Promise<Page<ShownListed>>;
  inbox(asked: InboxAsked): Promise<Page<ShownItem>>;
  counts(seat: string | undefined): Promise<Pick<Counts, 'todo' | 'overdue' | 'unread'>>;
  acknowledge(tell: string, seat: string | undefined): Promise<'acknowledged' | 'already'>;
  record(caseId: string): Promise<Recorded[]>;
  /** `last`: where to go on, also where nothing on the page may be read. */
  feed(asked: FeedAsked): Promise<{ items: FeedEvent[]; last: number }>;
  /** Calls for every event after a position as it comes, until the signal. */
  follow(asked: Omit<FeedAsked, 'limit'>, each: (event: FeedEvent) => void, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
