/**
 * What follows from the record, compared with what it should be, and put right: what lists, inboxes and search show, what
 * the feed says, which messages and errands there are. A few cases in one transaction, while everybody else goes on.
 */
import { sql } from 'kysely';
import type { Json } from '../../workflows/runtime/workflow/types';
import { lastActs } from './acts';
import { happeningsOf, publish } from './feed';
import { awaitedOf, gramRowsOf, keysOf } from './projection';
import { type Link, listingOf, reindexCases } from './reindex';
import { missingErrands, missingTells, restoreErrands, restoreTells } from './remaking';
import type { CaseViewRow } from './rows';
import { ofCase, type Reader, type Store, snapshot, type Writer } from './store';

/** `unlisted`: neither record nor lists say what is to be shown of the case; it must be said by somebody else. */
export type Mended = 'list' | 'keys' | 'todo' | 'done' | 'search' | 'feed' | 'messages' | 'errands' | 'unlisted';

/** A case of which something differed. */
export interface Mending {
  case: string;
  what: Mended[];
}

/** Rows of a table that belong to no record. */
export interface Stray {
  table: string;
  rows: number;
}

/** What is in order is not written to. */
export async function mend(store: Store, ids: readonly string[], look: boolean): Promise<Mending[]> {
  const seen = await snapshot(store, (reader) => differing(reader, ids));
  if (look || seen.length === 0) return seen;
  const amiss = seen.map(({ case: id }) => id);
  return store.write(amiss.map(ofCase), async (writer) => {
    const found = await differing(writer, amiss);
    const wrong = (...parts: Mended[]) =>
      found.filter(({ what }) => what.some((one) => parts.includes(one))).map(({ case: id }) => id);
    await reindexCases(writer, wrong('list', 'keys', 'todo', 'done', 'search'));
    for (const id of wrong('messages')) await restoreTells(writer, id);
    for (const id of wrong('errands')) await restoreErrands(writer, id, store.clock());
    await publish(writer, (await untold(writer, wrong('feed'))).flatMap(happeningsOf));
    return found;
  });
}

async function differing(reader: Reader, ids: readonly string[]): Promise<Mending[]> {
  if (ids.length === 0) return [];
  const before = await reader.selectFrom('case_view').selectAll().where('case_id', 'in', ids).execute();
  const { chains, views } = await listingOf(reader, ids, before);
  const differ = await comparing(reader, ids);
  const [rows, untoldIds] = [byCase(before), new Set((await untold(reader, ids)).map(({ case_id }) => case_id))];
  const found: Mending[] = [];
  for (const [id, chain] of chains) {
    const view = views.find(({ case_id }) => case_id === id);
    const what: Mended[] = [];
    if (!view) what.push('unlisted');
    else {
      if (!same([view], rows.get(id) ?? [])) what.push('list');
      if (differ('case_key', id, keysOf(view))) what.push('keys');
      if (differ('awaited', id, awaitedOf(view))) what.push('todo');
      if (!(await isFound(reader, view))) what.push('search');
    }
    if (differ('acted', id, lastActs(chain.map(({ entry }) => entry)))) what.push('done');
    if (untoldIds.has(id)) what.push('feed');
    if ((await missingTells(reader, links(chain))).length > 0) what.push('messages');
    if ((await missingErrands(reader, links(chain))).length > 0) what.push('errands');
    if (what.length > 0) found.push({ case: id, what });
  }
  return found;
}

const links = (chain: readonly Link[]) => chain.map(({ entry, confirmed }) => ({ entry, confirmed }));

/** Rows of a case as they are, beside rows as they should be. */
async function comparing(reader: Reader, ids: readonly string[]) {
  const rowsOf = async (table: 'case_key' | 'awaited' | 'acted') =>
    byCase(await reader.selectFrom(table).selectAll().where('case_id', 'in', ids).execute());
  const tables = { case_key: await rowsOf('case_key'), awaited: await rowsOf('awaited'), acted: await rowsOf('acted') };
  return (table: keyof typeof tables, id: string, should: readonly object[]) =>
    !same(should, tables[table].get(id) ?? []);
}

/** Whether every pair of characters of its words leads to a case. What leads to it and should not is a stray. */
async function isFound(reader: Reader, view: CaseViewRow): Promise<boolean> {
  const grams = gramRowsOf(view).map(({ gram }) => gram);
  if (grams.length === 0) return true;
  const { n } = await reader
    .selectFrom('case_gram')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('gram', 'in', grams)
    .where('opened_at', '=', view.opened_at)
    .where('case_id', '=', view.case_id)
    .executeTakeFirstOrThrow();
  return n === grams.length;
}

/** Confirmed links that the feed does not have, in the order in which they were recorded. */
async function untold(reader: Reader, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return reader
    .selectFrom('record')
    .select(['case_id', 'sequence', 'entry', 'projection'])
    .where('case_id', 'in', ids)
    .where('confirmed', '=', 1)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('feed')
            .select('position')
            .whereRef('feed.case_id', '=', 'record.case_id')
            .whereRef('feed.sequence', '=', 'record.sequence')
            .where('feed.subject', '=', ''),
        ),
      ),
    )
    .orderBy('first_written_at')
    .orderBy('case_id')
    .orderBy('sequence')
    .execute();
}

const LISTS = ['case_view', 'case_key', 'awaited', 'acted'] as const;

/** What lists of cases without a record, and pairs of characters that are not in the words of their case. */
export async function mendStrays(store: Store, look: boolean): Promise<Stray[]> {
  const strays: Stray[] = [];
  for (const table of LISTS) {
    const ids = await store.read((reader) => strangers(reader, table));
    if (ids.length === 0) continue;
    if (!look) await store.note((writer) => writer.deleteFrom(table).where('case_id', 'in', ids).execute());
    strays.push({ table, rows: ids.length });
  }
  const rows = look ? await store.read(strayGrams) : await store.note(dropStrayGrams);
  return rows === 0 ? strays : [...strays, { table: 'case_gram', rows }];
}

const MANY = 5_000;

async function strangers(reader: Reader, table: (typeof LISTS)[number]): Promise<string[]> {
  const rows = await reader
    .selectFrom(table)
    .select('case_id')
    .distinct()
    .where('case_id', 'not in', reader.selectFrom('record').select('case_id'))
    .limit(MANY)
    .execute();
  return rows.map(({ case_id }) => case_id);
}

/** `replace` is the same in every database; a pair that is in the words is taken out of them. */
const isStray = sql<boolean>`not exists (select 1 from case_view where case_view.case_id = case_gram.case_id
  and case_view.opened_at = case_gram.opened_at
  and replace(case_view.words, case_gram.gram, '') <> case_view.words)`;

async function strayGrams(reader: Reader): Promise<number> {
  const count = reader.selectFrom('case_gram').select(({ fn }) => fn.countAll<number>().as('n'));
  return (await count.where(isStray).executeTakeFirstOrThrow()).n;
}

async function dropStrayGrams(writer: Writer): Promise<number> {
  const { numDeletedRows } = await writer.deleteFrom('case_gram').where(isStray).executeTakeFirst();
  return Number(numDeletedRows);
}

function byCase<Row extends { case_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const cases = new Map<string, Row[]>();
  for (const row of rows) cases.set(row.case_id, [...(cases.get(row.case_id) ?? []), row]);
  return cases;
}

/** The same rows, whatever their order and that of their columns. */
function same(a: readonly object[], b: readonly object[]): boolean {
  const printed = (rows: readonly object[]) => rows.map(inOrder).sort().join('\n');
  return a.length === b.length && printed(a) === printed(b);
}

function inOrder(row: object): string {
  const columns = Object.entries(row as { [column: string]: Json }).sort(([x], [y]) => (x < y ? -1 : 1));
  return JSON.stringify(columns.map(([name, value]) => [name, value]));
}
