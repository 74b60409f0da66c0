/** The read side: one case, lists, what was told to whom, counts. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import { type ListedCase, listedOf, type RecordedEntry, recordedOf, type Tell, tellOf } from './rows';
import type { TellState } from './schema';
import type { Reader, Store } from './store';

export interface ListQuery {
  status?: 'open' | 'closed';
  /** Cases whose `summary.unit` or `summary.units` names it. */
  unit?: string;
  /** A state path or its last part. */
  state?: string;
  /** At most so many; 100 unless told. */
  limit?: number;
  /** The last case of the page before. */
  after?: string;
}

export interface TellQuery {
  /** One recipient, or several: a seat and the functions its holder has. */
  recipient?: string | readonly string[];
  case?: string;
  state?: TellState | readonly TellState[];
  /** Only those of confirmed entries. */
  confirmed?: boolean;
  limit?: number;
  /** The id of the last one of the page before. */
  after?: string;
}

export interface Statistics {
  cases: { open: number; closed: number };
  entries: { confirmed: number; unconfirmed: number; abandoned: number };
  tells: Record<TellState, number>;
  /** Day and hash of the newest seal. */
  lastSeal?: { day: string; hash: string };
}

const PAGE = 100;

/** The record of a case, oldest entry first; empty when there is none. */
export function recordOf(store: Store, caseId: string): Promise<RecordedEntry[]> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('record')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('sequence')
      .execute();
    return rows.map(recordedOf);
  });
}

export function caseView(store: Store, caseId: string): Promise<ListedCase | undefined> {
  return store.read(async (reader) => {
    const row = await reader.selectFrom('case_view').selectAll().where('case_id', '=', caseId).executeTakeFirst();
    return row && listedOf(row);
  });
}

/** Cases in the order of their ids. */
export function listCases(
  store: Store,
  { status, unit, state, limit = PAGE, after }: ListQuery,
): Promise<ListedCase[]> {
  return store.read(async (reader) => {
    let query = reader.selectFrom('case_view').selectAll().orderBy('case_id').limit(limit);
    if (status !== undefined) query = query.where('status', '=', status);
    if (after !== undefined) query = query.where('case_id', '>', after);
    if (unit !== undefined) query = query.where('case_id', 'in', casesBy(reader, 'unit', unit));
    if (state !== undefined) query = query.where('case_id', 'in', casesBy(reader, 'state', state));
    return (await query.execute()).map(listedOf);
  });
}

function casesBy(reader: Reader, kind: 'unit' | 'state', value: string) {
  return reader.selectFrom('case_key').select('case_id').where('kind', '=', kind).where('value', '=', value);
}

/** What was or will be told, newest first. */
export function listTells(store: Store, query: TellQuery): Promise<Tell[]> {
  return store.read(async (reader) => {
    let select = reader
      .selectFrom('tell')
      .selectAll('tell')
      .orderBy('deliver_at', 'desc')
      .orderBy('id', 'desc')
      .limit(query.limit ?? PAGE);
    if (query.recipient !== undefined) select = select.where('recipient', 'in', listOf(query.recipient));
    if (query.case !== undefined) select = select.where('tell.case_id', '=', query.case);
    if (query.state !== undefined) select = select.where('state', 'in', listOf(query.state));
    if (query.confirmed !== undefined) {
      const confirmed = query.confirmed ? 1 : 0;
      select = select.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('record')
            .select('record.sequence')
            .whereRef('record.case_id', '=', 'tell.case_id')
            .whereRef('record.sequence', '=', 'tell.sequence')
            .where('record.confirmed', '=', confirmed),
        ),
      );
    }
    const last = query.after === undefined ? undefined : await deliverAtOf(reader, query.after);
    if (last !== undefined)
      select = select.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('deliver_at', 'id'), '<', tuple(last, query.after as string)),
      );
    return (await select.execute()).map(tellOf);
  });
}

async function deliverAtOf(reader: Reader, id: string): Promise<Instant | undefined> {
  return (await reader.selectFrom('tell').select('deliver_at').where('id', '=', id).executeTakeFirst())?.deliver_at;
}

const listOf = <T extends string>(one: T | readonly T[]): T[] => (typeof one === 'string' ? [one] : [...one]) as T[];

export function statistics(store: Store): Promise<Statistics> {
  return store.read(async (reader) => {
    const count = reader.fn.countAll<number>();
    const cases = await reader
      .selectFrom('case_view')
      .select(['status', count.as('n')])
      .groupBy('status')
      .execute();
    const entries = await reader
      .selectFrom('record')
      .select(['confirmed', count.as('n')])
      .groupBy('confirmed')
      .execute();
    const abandoned = await reader.selectFrom('abandoned').select(count.as('n')).executeTakeFirstOrThrow();
    const tells = await reader
      .selectFrom('tell')
      .select(['state', count.as('n')])
      .groupBy('state')
      .execute();
    const seal = await reader
      .selectFrom('seal')
      .select(['day', 'hash'])
      .orderBy('day', 'desc')
      .limit(1)
      .executeTakeFirst();
    const ofStatus = (status: string) => cases.find((row) => row.status === status)?.n ?? 0;
    const ofConfirmed = (flag: 0 | 1) => entries.find((row) => row.confirmed === flag)?.n ?? 0;
    const ofState = (state: TellState) => tells.find((row) => row.state === state)?.n ?? 0;
    return {
      cases: { open: ofStatus('open'), closed: ofStatus('closed') },
      entries: { confirmed: ofConfirmed(1), unconfirmed: ofConfirmed(0), abandoned: abandoned.n },
      tells: {
        pending: ofState('pending'),
        leased: ofState('leased'),
        delivered: ofState('delivered'),
        waiting: ofState('waiting'),
        unassigned: ofState('unassigned'),
        'given-up': ofState('given-up'),
      },
      ...(seal ? { lastSeal: seal } : {}),
    };
  });
}
