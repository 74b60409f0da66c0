/** The tables. Instants are milliseconds, yes and no are 1 and 0, lists and objects are JSON text: alike on every database. */
import type { ColumnType, Generated } from 'kysely';

type Flag = 0 | 1;
/** A column left out on insert is null. */
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;

/** One link of a case's record, as it was handed over. */
export interface RecordTable {
  case_id: string;
  sequence: number;
  entry: string;
  hash: string;
  previous: string;
  confirmed: Flag;
  first_written_at: number;
  /** What lists showed as of this link; kept for the newest confirmed link and those after it. */
  projection: Maybe<string>;
}

/** What a worker wrote and Temporal never committed. No part of the chain. */
export interface AbandonedTable {
  case_id: string;
  sequence: number;
  hash: string;
  previous: string;
  entry: string;
  first_written_at: number;
  abandoned_at: number;
  projection: Maybe<string>;
  /** Its rows of `tell`. */
  tells: string;
}

export interface CaseViewTable {
  case_id: string;
  machine: string;
  status: string;
  state: string;
  deadlines: string;
  summary: string;
  sequence: number;
  drill: Flag;
  /** Name of the procedure; the machine without its edition. */
  procedure: string;
  /** The lead unit; empty where there is none. */
  unit: string;
  main_state: string;
  /** What it is found by: number, matter and units, as `wordsOf` writes them. */
  words: string;
  overdue: Flag;
  opened_at: number;
  closed_at: Maybe<number>;
  /** Of a closed case with a date: whether it missed one. */
  late: Maybe<Flag>;
}

/** Whom an open case awaits, in the order of the inbox. */
export interface AwaitedTable {
  /** A seat, a unit or a function. */
  party: string;
  case_id: string;
  procedure: string;
  /** 0 overdue, 1 not. */
  standing: Flag;
  /** Beyond all instants where there is no date. */
  due: number;
}

/** Who acted in a case: the seats and their units, each with its last act. */
export interface ActedTable {
  party: string;
  case_id: string;
  procedure: string;
  acted_at: number;
  sequence: number;
}

/** Two characters that stand side by side in the words of a case. */
export interface CaseGramTable {
  gram: string;
  opened_at: number;
  case_id: string;
}

/** By what a case is listed: `state` (the path and every part of it), `unit`, `leader` (vice mayors in charge). */
export interface CaseKeyTable {
  kind: 'state' | 'unit' | 'leader' | 'evidence';
  value: string;
  case_id: string;
}

/** `withdrawn`: the act that told it was taken back before anybody received it. */
export type TellState = 'pending' | 'leased' | 'delivered' | 'waiting' | 'unassigned' | 'given-up' | 'withdrawn';

/** One recipient of one message. */
export interface TellTable {
  /** `<outbox item>/<recipient>`. */
  id: string;
  case_id: string;
  sequence: number;
  recipient: string;
  template: string;
  data: string;
  cite: string;
  deliver_at: number;
  /** It waited for the notice hour: all such of one hour and person leave as one message. */
  deferred: Flag;
  state: TellState;
  next_at: number;
  lease: Maybe<string>;
  lease_until: Maybe<number>;
  attempts: number;
  last_error: Maybe<string>;
  delivered_at: Maybe<number>;
  channel: Maybe<string>;
  /** The seat it reached; differs from the recipient where that is a function such as `evm`. */
  seat: Maybe<string>;
  /** Whether its entry is. */
  confirmed: Generated<Flag>;
  acknowledged_at: Maybe<number>;
  acknowledged_by: Maybe<string>;
  acknowledged_how: Maybe<string>;
}

/** Every try to bring a message to somebody. */
export interface DeliveryLogTable {
  tell_id: string;
  attempt: number;
  at: number;
  outcome: 'delivered' | 'failed' | 'busy';
  channel: Maybe<string>;
  seat: Maybe<string>;
  error: Maybe<string>;
}

/** `given-up`: it cannot be carried, and whoever runs the house was told. Later ones of its case are not held up by it. */
export type ErrandState = 'pending' | 'leased' | 'carried' | 'given-up';

/** What a case asks of other cases. Those of one case are carried in the order of sequence and position. */
export interface ErrandTable {
  /** `<case>:<sequence>:<position>`, as the outbox has it. */
  id: string;
  case_id: string;
  sequence: number;
  position: number;
  kind: 'notifyCase' | 'startCase';
  /** The effect as the machine named it. */
  effect: string;
  /** When its entry was recorded. */
  at: number;
  /** Whether its entry is. */
  confirmed: Flag;
  state: ErrandState;
  next_at: number;
  lease: Maybe<string>;
  lease_until: Maybe<number>;
  attempts: number;
  /** Why it is not carried yet, or was given up. */
  last_error: Maybe<string>;
  /** When it was carried or given up. */
  settled_at: Maybe<number>;
}

/**
 * `sent` · `closed`: it takes no notices any more · `not-taken`: its procedure takes none of this type · `unknown`: there is
 * no such case · `opened`: a case by that number is open, or was, under the key · `refused`: its opening was.
 */
export type ErrandOutcome = 'sent' | 'closed' | 'not-taken' | 'unknown' | 'opened' | 'refused';

/** What became of an errand at one receiver: a case, or the procedure that was to be opened. */
export interface ErrandReceiptTable {
  errand_id: string;
  receiver: string;
  outcome: ErrandOutcome;
  at: number;
  detail: Maybe<string>;
}

/** Confirmed entries and acknowledgements in one order. */
export interface FeedTable {
  position: number;
  at: number;
  type: string;
  case_id: string;
  sequence: number;
  /** What of the entry it is about; empty where it is the entry itself. */
  subject: string;
  data: string;
}

/** The last position given. Whoever gives one holds this row until its transaction ends, so positions appear in order. */
export interface FeedEndTable {
  id: 1;
  position: number;
}

export interface SealTable {
  day: string;
  cases: number;
  entries: number;
  heads: string;
  previous: string;
  sealed_at: number;
  hash: string;
}

/** The heads that changed since the seal before; all rows up to a day give the heads that day's seal covers. */
export interface SealHeadTable {
  day: string;
  case_id: string;
  sequence: number;
  hash: string;
}

/** Who is behind the hashes in the record. Rows may be erased; the chain does not change by it. */
export interface PersonTable {
  actor: string;
  person: string;
}

export interface NumberSeriesTable {
  series: string;
  year: number;
  next: number;
}

export interface CaseNumberTable {
  series: string;
  year: number;
  number: number;
  business_key: string;
  given_at: number;
}

export interface RefusalLogTable {
  id: string;
  at: number;
  entrance: string;
  seat: string;
  act_type: string;
  act_id: string;
  case_id: Maybe<string>;
  code: string;
}

export interface DocumentSeriesTable {
  series: string;
  year: number;
  last: number;
}

export interface DocumentNumberTable {
  series: string;
  year: number;
  number: number;
  paper: string;
  case_id: Maybe<string>;
  given_at: number;
  void_at: Maybe<number>;
  void_seat: Maybe<string>;
  void_reason: Maybe<string>;
}

/** Each use of a content: sent in by a seat (no case), or put to a case. */
export interface AttachmentTable {
  hash: string;
  seat: string;
  /** Empty until it is used. */
  case_id: string;
  name: string;
  media_type: string;
  bytes: number;
  at: number;
}

export interface ReadingLogTable {
  id: string;
  at: number;
  reader: string;
  seat: string;
  entrance: string;
  what: string;
  case_id: Maybe<string>;
}

export interface SpentTokenTable {
  purpose: string;
  token: string;
  at: number;
}

export interface WebhookTable {
  id: string;
  url: string;
  secret_ref: string;
  /** JSON; null: all. */
  types: Maybe<string>;
  /** Everything up to here is behind it. */
  position: number;
  attempts: number;
  next_at: number;
  last_error: Maybe<string>;
  lease: Maybe<string>;
  lease_until: Maybe<number>;
  added_at: number;
}

export interface DeadLetterTable {
  webhook_id: string;
  position: number;
  at: number;
  error: string;
  attempts: number;
}

export interface MetaTable {
  name: string;
  value: string;
}

export interface Tables {
  record: RecordTable;
  abandoned: AbandonedTable;
  case_view: CaseViewTable;
  case_key: CaseKeyTable;
  awaited: AwaitedTable;
  acted: ActedTable;
  case_gram: CaseGramTable;
  tell: TellTable;
  delivery_log: DeliveryLogTable;
  errand: ErrandTable;
  errand_receipt: ErrandReceiptTable;
  feed: FeedTable;
  feed_end: FeedEndTable;
  seal: SealTable;
  seal_head: SealHeadTable;
  person: PersonTable;
  number_series: NumberSeriesTable;
  case_number: CaseNumberTable;
  document_series: DocumentSeriesTable;
  document_number: DocumentNumberTable;
  attachment: AttachmentTable;
  refusal_log: RefusalLogTable;
  reading_log: ReadingLogTable;
  spent_token: SpentTokenTable;
  webhook: WebhookTable;
  dead_letter: DeadLetterTable;
  meta: MetaTable;
}
