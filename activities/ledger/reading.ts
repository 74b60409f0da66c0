/** The read side: one case, lists, what was told to whom, counts. */
import { sql } from 'kysely';
import type { Instant, RecordEntry } from '../../workflows/runtime/workflow/types';
import { type Page, pageSize } from './paging';
import { type ListedCase, listedOf, type RecordedEntry, recordedOf, type Tell, tellOf } from './rows';
import type { ErrandState, TellState } from './schema';
import type { Reader, Store } from './store';

export interface ListQuery {
  status?: 'open' | 'closed' | undefined;
  /** Cases whose `summary.unit` or `summary.units` names it. */
  unit?: string | undefined;
  /** A state path or one part of it. */
  state?: string | undefined;
  /** Such as `supervision-item`. */
  procedure?: string | undefined;
  /** Cases whose `summary.evidence` names this paper. */
  evidence?: string | undefined;
  /** Open cases that await this seat, unit or function. */
  awaiting?: string | undefined;
  /** Only cases that name, await, were acted in by, or told one of these. */
  concerning?: readonly string[] | undefined;
  /** At most so many; 100 unless told. */
  limit?: number | undefined;
  /** The last case of the page before. */
  after?: string | undefined;
}

export interface TellQuery {
  /** One recipient, or several: a seat and the functions its holder has. */
  recipient?: string | readonly string[];
  case?: string;
  state?: TellState | readonly TellState[];
  /** Only those of confirmed entries. */
  confirmed?: boolean;
  acknowledged?: boolean;
  /** Only those that reached somebody at or before an instant. */
  deliveredBefore?: Instant;
  limit?: number;
  /** The id of the last one of the page before. */
  after?: string;
}

export interface Statistics {
  cases: { open: number; closed: number };
  entries: { confirmed: number; unconfirmed: number; abandoned: number };
  tells: Record<TellState, number>;
  errands: Record<ErrandState, number>;
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

/**
 * The confirmed entry an act of this id became; undefined when there is none. Looked for in the text first, so that a long
 * record is not taken apart for it.
 */
export function entryOfAct(store: Store, caseId: string, actId: string): Promise<RecordEntry | undefined> {
  const named = JSON.stringify(actId).replace(/[!%_]/g, '!$&');
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('record')
      .select('entry')
      .where('case_id', '=', caseId)
      .where('confirmed', '=', 1)
      .where(sql<boolean>`entry like ${`%"id":${named}%`} escape '!'`)
      .orderBy('sequence')
      .execute();
    const entries = rows.map(({ entry }) => JSON.parse(entry) as RecordEntry);
    return entries.find(({ trigger }) => trigger.kind === 'act' && trigger.id === actId);
  });
}

export function caseView(store: Store, caseId: string): Promise<ListedCase | undefined> {
  return store.read(async (reader) => {
    const row = await reader.selectFrom('case_view').selectAll().where('case_id', '=', caseId).executeTakeFirst();
    return row && listedOf(row);
  });
}

/** In the order of their ids, with the cursor of the next page. */
export async function listPage(store: Store, query: ListQuery): Promise<Page<ListedCase>> {
  const size = pageSize(query.limit);
  const rows = await listCases(store, { ...query, limit: size + 1 });
  const items = rows.slice(0, size);
  const last = rows.length > size ? items.at(-1) : undefined;
  return { items, ...(last ? { next: last.case } : {}) };
}

/** Whether the record holds an entry of a case; with `confirmed`, whether it is known to stand. */
export function reached(store: Store, caseId: string, sequence: number, confirmed: boolean): Promise<boolean> {
  return store.read(async (reader) => {
    const row = await reader
      .selectFrom('record')
      .select('confirmed')
      .where('case_id', '=', caseId)
      .where('sequence', '=', sequence)
      .executeTakeFirst();
    return row !== undefined && (!confirmed || row.confirmed === 1);
  });
}

/** Cases in the order of their ids. */
export function listCases(store: Store, query: ListQuery): Promise<ListedCase[]> {
  const { status, unit, state, procedure, evidence, awaiting, concerning, limit = PAGE, after } = query;
  return store.read(async (reader) => {
    let select = reader.selectFrom('case_view').selectAll().orderBy('case_id').limit(limit);
    if (status !== undefined) select = select.where('status', '=', status);
    if (procedure !== undefined) select = select.where('procedure', '=', procedure);
    if (after !== undefined) select = select.where('case_id', '>', after);
    if (unit !== undefined) select = select.where('case_id', 'in', casesBy(reader, 'unit', unit));
    if (state !== undefined) select = select.where('case_id', 'in', casesBy(reader, 'state', state));
    if (evidence !== undefined) select = select.where('case_id', 'in', casesBy(reader, 'evidence', evidence));
    if (awaiting !== undefined)
      select = select.where(
        'case_id',
        'in',
        reader.selectFrom('awaited').select('case_id').where('party', '=', awaiting),
      );
    if (concerning !== undefined) select = select.where('case_id', 'in', casesConcerning(reader, concerning));
    return (await select.execute()).map(listedOf);
  });
}

/** Cases that name one of these as a unit or leader, await it, in which it acted, or of which it was told. */
export function casesConcerning(reader: Reader, names: readonly string[]) {
  if (names.length === 0) return reader.selectFrom('case_view').select('case_id').where(sql.lit(false));
  return reader
    .selectFrom('case_key')
    .select('case_id')
    .where('kind', 'in', ['unit', 'leader'])
    .where('value', 'in', names)
    .union(reader.selectFrom('awaited').select('case_id').where('party', 'in', names))
    .union(reader.selectFrom('acted').select('case_id').where('party', 'in', names))
    .union(reader.selectFrom('tell').select('case_id').where('recipient', 'in', names).where('confirmed', '=', 1));
}

function casesBy(reader: Reader, kind: 'unit' | 'state' | 'evidence', value: string) {
  return reader.selectFrom('case_key').select('case_id').where('kind', '=', kind).where('value', '=', value);
}

/** What was or will be told, newest first. */
export function listTells(store: Store, query: TellQuery): Promise<Tell[]> {
  const nothing = [query.recipient, query.state].some((asked) => Array.isArray(asked) && asked.length === 0);
  if (nothing) return Promise.resolve([]);
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
    if (query.confirmed !== undefined) select = select.where('confirmed', '=', query.confirmed ? 1 : 0);
    if (query.acknowledged !== undefined)
      select = select.where('acknowledged_at', query.acknowledged ? 'is not' : 'is', null);
    if (query.deliveredBefore !== undefined) select = select.where('delivered_at', '<=', query.deliveredBefore);
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
    const errands = await reader
      .selectFrom('errand')
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
    const ofErrand = (state: ErrandState) => errands.find((row) => row.state === state)?.n ?? 0;
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
        withdrawn: ofState('withdrawn'),
      },
      errands: {
        pending: ofErrand('pending'),
        leased: ofErrand('leased'),
        carried: ofErrand('carried'),
        'given-up': ofErrand('given-up'),
      },
      ...(seal ? { lastSeal: seal } : {}),
    };
  });
}
