/** Between rows and the shapes that leave the ledger. */
import type { Selectable } from 'kysely';
import type { Deadline, Json, Projection, RecordEntry } from '../../workflows/runtime/workflow/types';
import type { CaseViewTable, ErrandReceiptTable, ErrandTable, RecordTable, TellState, TellTable } from './schema';

export type RecordRow = Selectable<RecordTable>;
export type TellRow = Selectable<TellTable>;
export type CaseViewRow = Selectable<CaseViewTable>;
export type ErrandRow = Selectable<ErrandTable>;
export type ErrandReceiptRow = Selectable<ErrandReceiptTable>;

export interface RecordedEntry {
  entry: RecordEntry;
  /** False while it is not known that Temporal committed it: it may yet be replaced. */
  confirmed: boolean;
  firstWrittenAt: number;
}

/** A case as lists show it, as of `sequence`. */
export interface ListedCase extends Projection {
  drill: boolean;
}

/** One recipient of one message, and how far it has come. No address anywhere. */
export interface Tell {
  id: string;
  case: string;
  sequence: number;
  /** A seat id, or a function such as `evm`. */
  recipient: string;
  template: string;
  data: { [key: string]: Json | undefined };
  cite: Json;
  deliverAt: number;
  /** It waited for the notice hour and is sent together with what else waited for it. */
  deferred: boolean;
  state: TellState;
  attempts: number;
  /** Why it has not arrived. */
  lastError?: string;
  deliveredAt?: number;
  channel?: string;
  /** The seat it reached. */
  seat?: string;
  acknowledged?: { at: number; by: string; how: string };
}

export function recordedOf(row: RecordRow): RecordedEntry {
  return { entry: JSON.parse(row.entry), confirmed: row.confirmed === 1, firstWrittenAt: row.first_written_at };
}

type Listed = Pick<
  CaseViewRow,
  'case_id' | 'machine' | 'sequence' | 'status' | 'state' | 'deadlines' | 'summary' | 'drill'
>;

export function listedOf(row: Listed): ListedCase {
  return {
    case: row.case_id,
    machine: row.machine,
    sequence: row.sequence,
    status: row.status === 'closed' ? 'closed' : 'open',
    state: JSON.parse(row.state) as string[],
    deadlines: JSON.parse(row.deadlines) as Deadline[],
    summary: JSON.parse(row.summary) as Json,
    drill: row.drill === 1,
  };
}

export function tellOf(row: TellRow): Tell {
  return {
    id: row.id,
    case: row.case_id,
    sequence: row.sequence,
    recipient: row.recipient,
    template: row.template,
    data: JSON.parse(row.data),
    cite: JSON.parse(row.cite),
    deliverAt: row.deliver_at,
    deferred: row.deferred === 1,
    state: row.state,
    attempts: row.attempts,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.delivered_at === null ? {} : { deliveredAt: row.delivered_at }),
    ...(row.channel === null ? {} : { channel: row.channel }),
    ...(row.seat === null ? {} : { seat: row.seat }),
    ...acknowledgedOf(row),
  };
}

function acknowledgedOf({ acknowledged_at: at, acknowledged_by: by, acknowledged_how: how }: TellRow): Partial<Tell> {
  return at === null ? {} : { acknowledged: { at, by: by ?? '', how: how ?? '' } };
}
