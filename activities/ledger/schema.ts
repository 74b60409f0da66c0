/** The tables. Instants are milliseconds, yes and no are 1 and 0, lists and objects are JSON text: alike on every database. */
import type { ColumnType } from 'kysely';

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
}

/** By what a case is found: `state` (the path and every part of it), `unit`. */
export interface CaseKeyTable {
  kind: 'state' | 'unit';
  value: string;
  case_id: string;
}

export type TellState = 'pending' | 'leased' | 'delivered' | 'waiting' | 'unassigned' | 'given-up';

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

export interface MetaTable {
  name: string;
  value: string;
}

export interface Tables {
  record: RecordTable;
  abandoned: AbandonedTable;
  case_view: CaseViewTable;
  case_key: CaseKeyTable;
  tell: TellTable;
  seal: SealTable;
  seal_head: SealHeadTable;
  person: PersonTable;
  number_series: NumberSeriesTable;
  case_number: CaseNumberTable;
  refusal_log: RefusalLogTable;
  meta: MetaTable;
}
