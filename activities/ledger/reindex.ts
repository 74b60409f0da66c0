/**
 * Makes anew what follows from record and projections: what lists show, what awaits whom, who acted where, what is found
 * by which word. Done once when a ledger comes from a version that had less of it, and whenever somebody asks.
 */
import type { Insertable } from 'kysely';
import type { RecordEntry } from '../../workflows/runtime/workflow/types';
import { lastActs } from './acts';
import { awaitedOf, dropGrams, gramRowsOf, keysOf, receivedAt, type Shown, viewRowOf } from './projection';
import { type CaseViewRow, listedOf } from './rows';
import type { Tables } from './schema';
import { inPortions, ofCase, type Reader, type Store, type Writer } from './store';

/** Raised whenever rows that follow from others are made differently. */
const EDITION = '1';
const NAME = 'reindexed';
const PORTION = 200;

/** Whether the lists are those of this version. */
export async function indexed(store: Store): Promise<boolean> {
  const row = await store.read((reader) =>
    reader.selectFrom('meta').select('value').where('name', '=', NAME).executeTakeFirst(),
  );
  return row?.value === EDITION;
}

/** Answers how many cases there are. */
export async function reindex(store: Store): Promise<number> {
  let cases = 0;
  for (let after = '', more = true; more; ) {
    const ids = await store.read((reader) => casesAfter(reader, after));
    await store.write(ids.map(ofCase), (writer) => reindexCases(writer, ids));
    cases += ids.length;
    after = ids.at(-1) ?? after;
    more = ids.length === PORTION;
  }
  await store.note(markIndexed);
  return cases;
}

export async function markIndexed(writer: Writer): Promise<void> {
  await writer
    .insertInto('meta')
    .values({ name: NAME, value: EDITION })
    .onConflict((on) => on.column('name').doUpdateSet({ value: EDITION }))
    .execute();
}

/** Many cases at once: a ledger may have a great many, and is not open meanwhile. */
export async function reindexCases(writer: Writer, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const before = await writer.selectFrom('case_view').selectAll().where('case_id', 'in', ids).execute();
  const { chains, views } = await listingOf(writer, ids, before);
  // Also those that are to be written: a list that was lost may have left them behind.
  for (const row of [...before, ...views]) await dropGrams(writer, row);
  for (const table of ['case_view', 'case_key', 'awaited', 'acted'] as const)
    await writer.deleteFrom(table).where('case_id', 'in', ids).execute();
  await fill(writer, 'case_view', views);
  await fill(writer, 'case_key', views.flatMap(keysOf));
  await fill(writer, 'awaited', views.flatMap(awaitedOf));
  await fill(writer, 'case_gram', views.flatMap(gramRowsOf));
  const acts = [...chains.values()].flatMap((chain) => lastActs(chain.map(({ entry }) => entry)));
  await fill(writer, 'acted', acts);
}

export interface Link {
  entry: RecordEntry;
  confirmed: boolean;
  projection: string | null;
}

/** What the record says that lists should show of cases; those of which it does not say it are left out of `views`. */
export async function listingOf(
  reader: Reader,
  ids: readonly string[],
  before: readonly CaseViewRow[],
): Promise<{ chains: Map<string, Link[]>; views: CaseViewRow[] }> {
  const listed = new Map(before.map((row) => [row.case_id, row]));
  const chains = await chainsOf(reader, ids);
  return { chains, views: [...chains].flatMap(([id, chain]) => viewOf(chain, listed.get(id)) ?? []) };
}

async function chainsOf(reader: Reader, ids: readonly string[]): Promise<Map<string, Link[]>> {
  const rows = await reader
    .selectFrom('record')
    .select(['case_id', 'entry', 'confirmed', 'projection'])
    .where('case_id', 'in', ids)
    .orderBy('case_id')
    .orderBy('sequence')
    .execute();
  const chains = new Map<string, Link[]>(ids.map((id) => [id, []]));
  for (const { case_id, entry, confirmed, projection } of rows)
    chains.get(case_id)?.push({ entry: JSON.parse(entry), confirmed: confirmed === 1, projection });
  return chains;
}

/** By the projection kept with the head of its record; else by what lists show already. */
function viewOf(chain: readonly Link[], before: CaseViewRow | undefined): CaseViewRow | undefined {
  const [first, head] = [chain[0], chain.at(-1)];
  const shown = head?.projection ? (JSON.parse(head.projection) as Shown) : before && listedOf(before);
  if (!first || !head || !shown) return undefined;
  return viewRowOf(shown, receivedAt(first.entry), shown.status === 'closed' ? receivedAt(head.entry) : null);
}

function fill<T extends 'case_view' | 'case_key' | 'awaited' | 'case_gram' | 'acted'>(
  writer: Writer,
  table: T,
  rows: Insertable<Tables[T]>[],
): Promise<void> {
  return inPortions(rows, (portion) =>
    writer
      .insertInto(table)
      .values(portion as never)
      .execute(),
  );
}

export async function casesAfter(reader: Reader, after: string, limit = PORTION): Promise<string[]> {
  const rows = await reader
    .selectFrom('record')
    .select('case_id')
    .distinct()
    .where('case_id', '>', after)
    .orderBy('case_id')
    .limit(limit)
    .execute();
  return rows.map(({ case_id }) => case_id);
}
