/**
 * What an official finds waiting: 待办, 已办, 待阅. A seat goes by several names (itself, its unit, its functions); each name
 * has its rows in order, and a page merges the heads of these lists, so that its cost does not grow with the ledger.
 */
import { sql } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { keyOfCursor, type Page, pageOf, pageSize } from './paging';
import { NO_DATE } from './projection';
import { type ListedCase, listedOf, type Tell, tellOf } from './rows';
import type { Reader, Store } from './store';

export interface InboxQuery {
  /** The names a seat goes by: a seat id, its unit's id, functions such as `evm`. */
  for: readonly string[];
  /**
   * `todo` 待办: open cases that await one of the names, the overdue and then the earliest due first. `done` 已办: cases in
   * which one of them acted, the latest first. `unread` 待阅: what they were told and have not acknowledged, newest first.
   */
  box: 'todo' | 'done' | 'unread';
  /** Such as `supervision-item`. */
  procedure?: string | undefined;
  /** At most so many, and never more than 1,000; 100 unless told. */
  limit?: number | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
}

export type InboxItem =
  | { box: 'todo'; case: ListedCase; overdue: boolean; due?: Instant }
  | { box: 'done'; case: ListedCase; actedAt: Instant; sequence: number }
  | { box: 'unread'; tell: Tell };

export interface Counts {
  /** Cases, each once. */
  todo: number;
  /** Of these. */
  overdue: number;
  /** Messages. */
  unread: number;
}

/** What a page of one box is read by. */
interface Asked {
  names: readonly string[];
  procedure: string | undefined;
  size: number;
  after: string | undefined;
}

const boxes = { todo, done, unread } satisfies Record<
  string,
  (reader: Reader, asked: Asked) => Promise<Page<InboxItem>>
>;

/** @throws BadCursor */
export function inbox(
  store: Store,
  { for: given, box, procedure, limit, after }: InboxQuery,
): Promise<Page<InboxItem>> {
  const names = [...new Set(given)];
  if (names.length === 0) return Promise.resolve({ items: [] });
  return store.read((reader) => boxes[box](reader, { names, procedure, size: pageSize(limit), after }));
}

export function counts(store: Store, { for: names }: Pick<InboxQuery, 'for'>): Promise<Counts> {
  if (names.length === 0) return Promise.resolve({ todo: 0, overdue: 0, unread: 0 });
  return store.read(async (reader) => {
    const count = reader.fn.countAll<number>();
    const cases = await reader
      .selectFrom(
        reader.selectFrom('awaited').select(['case_id', 'standing']).distinct().where('party', 'in', names).as('c'),
      )
      .select(['standing', count.as('n')])
      .groupBy('standing')
      .execute();
    const { n: unread } = await unreadRows(reader)
      .where('recipient', 'in', names)
      .select(count.as('n'))
      .executeTakeFirstOrThrow();
    const of = (standing: 0 | 1) => cases.find((row) => row.standing === standing)?.n ?? 0;
    return { todo: of(0) + of(1), overdue: of(0), unread };
  });
}

/** A case that awaits several of the names is the same row in each list: the union shows it once. */
async function todo(reader: Reader, { names, procedure, size, after }: Asked): Promise<Page<InboxItem>> {
  const key = after === undefined ? undefined : keyOfCursor(after, 'number', 'number', 'string');
  const heads = names.map((name) => {
    let head = reader
      .selectFrom('awaited')
      .select(['case_id', 'standing', 'due'])
      .where('party', '=', name)
      .orderBy('standing')
      .orderBy('due')
      .orderBy('case_id')
      .limit(size + 1);
    if (procedure !== undefined) head = head.where('procedure', '=', procedure);
    if (key)
      head = head.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('standing', 'due', 'case_id'), '>', tuple(...(key as [0, number, string]))),
      );
    return reader.selectFrom(head.as('head')).selectAll();
  });
  const rows = await reader
    .selectFrom(merged(heads).as('page'))
    .innerJoin('case_view', 'case_view.case_id', 'page.case_id')
    .selectAll('case_view')
    .select(['page.standing', 'page.due'])
    .orderBy('page.standing')
    .orderBy('page.due')
    .orderBy('page.case_id')
    .limit(size + 1)
    .execute();
  return pageOf(
    rows,
    size,
    (row) => ({
      box: 'todo',
      case: listedOf(row),
      overdue: row.standing === 0,
      ...(row.due === NO_DATE ? {} : { due: row.due }),
    }),
    ({ standing, due, case_id }) => [standing, due, case_id],
  );
}

/** Of a case in which several of the names acted, the last act counts. */
async function done(reader: Reader, { names, procedure, size, after }: Asked): Promise<Page<InboxItem>> {
  const key = after === undefined ? undefined : keyOfCursor(after, 'number', 'string');
  const heads = names.map((name) => {
    let head = reader
      .selectFrom('acted')
      .select(['case_id', 'acted_at', 'sequence'])
      .where('party', '=', name)
      .orderBy('acted_at', 'desc')
      .orderBy('case_id', 'desc')
      .limit(size + 1);
    if (procedure !== undefined) head = head.where('procedure', '=', procedure);
    if (key) head = head.where(({ eb, refTuple, tuple }) => eb(refTuple('acted_at', 'case_id'), '<', tuple(...key)));
    if (names.length > 1)
      head = head.where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('acted as later')
              .select('later.case_id')
              .whereRef('later.case_id', '=', 'acted.case_id')
              .where('later.party', 'in', names)
              .whereRef('later.sequence', '>', 'acted.sequence'),
          ),
        ),
      );
    return reader.selectFrom(head.as('head')).selectAll();
  });
  const rows = await reader
    .selectFrom(merged(heads).as('page'))
    .innerJoin('case_view', 'case_view.case_id', 'page.case_id')
    .selectAll('case_view')
    .select(['page.acted_at', 'page.sequence as acted_in'])
    .orderBy('page.acted_at', 'desc')
    .orderBy('page.case_id', 'desc')
    .limit(size + 1)
    .execute();
  return pageOf(
    rows,
    size,
    (row) => ({ box: 'done', case: listedOf(row), actedAt: row.acted_at, sequence: row.acted_in }),
    ({ acted_at, case_id }) => [acted_at, case_id],
  );
}

async function unread(reader: Reader, { names, procedure, size, after }: Asked): Promise<Page<InboxItem>> {
  const key = after === undefined ? undefined : keyOfCursor(after, 'number', 'string');
  const heads = names.map((name) => {
    let head = unreadRows(reader)
      .selectAll('tell')
      .where('recipient', '=', name)
      .orderBy('deliver_at', 'desc')
      .orderBy('id', 'desc')
      .limit(size + 1);
    if (key) head = head.where(({ eb, refTuple, tuple }) => eb(refTuple('deliver_at', 'id'), '<', tuple(...key)));
    if (procedure !== undefined)
      head = head.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('case_view')
            .select('case_view.case_id')
            .whereRef('case_view.case_id', '=', 'tell.case_id')
            .where('case_view.procedure', '=', procedure),
        ),
      );
    return reader.selectFrom(head.as('head')).selectAll();
  });
  const rows = await reader
    .selectFrom(merged(heads).as('page'))
    .selectAll()
    .orderBy('deliver_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return pageOf(
    rows,
    size,
    (row) => ({ box: 'unread', tell: tellOf(row) }),
    ({ deliver_at, id }) => [deliver_at, id],
  );
}

/** In words that the index on them has too: a bound value would not be seen to be the same. */
function unreadRows(reader: Reader) {
  return reader
    .selectFrom('tell')
    .where('confirmed', '=', sql.lit(1))
    .where('acknowledged_at', 'is', null)
    .where('state', '!=', sql.lit('withdrawn'));
}

interface Mergeable<Q> {
  union(other: Q): Q;
}

const merged = <Q extends Mergeable<Q>>(heads: Q[]): Q => heads.reduce((all, head) => all.union(head));
