/** A whole ledger as rows, the same for every database, and back again. */
import { type Kysely, sql } from 'kysely';
import type { Json } from '../../workflows/runtime/workflow/types';
import { LedgerUnusable } from './errors';
import { migrations } from './migrations';
import { casesAfter, markIndexed, reindexCases } from './reindex';
import type { Tables } from './schema';
import { type Reader, Store, snapshot, type Writer } from './store';

/** One row of one table. The first of a copy is of `ledger` and says which version made it, the last of `end` how many. */
export interface CopiedRow {
  table: string;
  row: { [column: string]: Json };
}

/** With what orders them. What follows from other rows is left out and made anew. */
const copied: readonly [keyof Tables, readonly string[]][] = [
  ['meta', ['name']],
  ['record', ['case_id', 'sequence']],
  ['abandoned', ['case_id', 'sequence', 'hash']],
  ['case_view', ['case_id']],
  ['tell', ['id']],
  ['delivery_log', ['tell_id', 'attempt']],
  ['errand', ['id']],
  ['errand_receipt', ['errand_id', 'receiver']],
  ['feed', ['position']],
  ['feed_end', ['id']],
  ['seal', ['day']],
  ['seal_head', ['day', 'case_id']],
  ['person', ['actor']],
  ['number_series', ['series', 'year']],
  ['case_number', ['series', 'year', 'number']],
  ['document_series', ['series', 'year']],
  ['document_number', ['series', 'year', 'number']],
  ['attachment', ['hash', 'seat', 'case_id']],
  ['refusal_log', ['id']],
  ['reading_log', ['id']],
  ['spent_token', ['purpose', 'token']],
  ['webhook', ['id']],
  ['dead_letter', ['webhook_id', 'position']],
];

const PAGE = 500;
/** What a copy made by this version says of itself; only such are restored. */
export const edition = (): string => Object.keys(migrations).at(-1) ?? '';

type Row = { [column: string]: Json };
type Plain = Kysely<Record<string, Row>>;

/** As of one moment, however long the reading takes. */
export async function* dump(store: Store): AsyncGenerator<CopiedRow> {
  const database = store.database.beside({ readonly: true });
  if (database) yield* dumpBeside(new Store(database, store.clock));
  else yield* await snapshot(store, (reader) => collected(allRows(reader)));
}

async function* dumpBeside(own: Store): AsyncGenerator<CopiedRow> {
  try {
    const begin = () =>
      own.db.startTransaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute();
    const reader = await own.patiently(begin);
    try {
      yield* allRows(reader);
    } finally {
      await reader.rollback().execute();
    }
  } catch (error) {
    throw own.database.explained(error);
  } finally {
    await own.close();
  }
}

/** A ledger in memory has one connection: read at once, so that a slow reader does not hold up everybody else. */
async function collected(rows: AsyncIterable<CopiedRow>): Promise<CopiedRow[]> {
  const all: CopiedRow[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function* allRows(reader: Reader): AsyncGenerator<CopiedRow> {
  yield { table: FIRST, row: { edition: edition() } };
  let written = 0;
  for (const [table, keys] of copied)
    for await (const row of rowsOf(reader as unknown as Plain, table, keys)) {
      written += 1;
      yield { table, row };
    }
  yield { table: LAST, row: { rows: written } };
}

async function* rowsOf(reader: Plain, table: string, keys: readonly string[]): AsyncGenerator<Row> {
  for (let last: Row | undefined, more = true; more; ) {
    const rows = await pageAfter(reader, table, keys, last);
    yield* rows;
    last = rows.at(-1);
    more = rows.length === PAGE;
  }
}

function pageAfter(reader: Plain, table: string, keys: readonly string[], last: Row | undefined): Promise<Row[]> {
  let query = reader.selectFrom(table).selectAll().limit(PAGE);
  for (const key of keys) query = query.orderBy(key);
  if (last) {
    const here = sql.join(keys.map((key) => sql.ref(key)));
    const before = sql.join(keys.map((key) => last[key]));
    query = query.where(sql<boolean>`(${here}) > (${before})`);
  }
  return query.execute();
}

const FIRST = 'ledger';
const LAST = 'end';

/**
 * Fills an empty ledger; all or nothing. Answers how many rows were written, and the salt they came with.
 * @throws LedgerUnusable when the ledger holds something already, or the copy is not whole or of another version
 */
export function restore(
  store: Store,
  rows: AsyncIterable<CopiedRow> | Iterable<CopiedRow>,
): Promise<{ written: number; salt: string }> {
  return store.beside({ readonly: false }, async (own) => {
    try {
      return await own.db.transaction().execute(async (writer) => {
        await refuseFull(writer, own.name);
        for (const table of ['meta', 'feed_end'] as const) await writer.deleteFrom(table).execute();
        const written = await writeAll(writer, rows);
        await reindexAll(writer);
        const { value: salt } = await writer
          .selectFrom('meta')
          .select('value')
          .where('name', '=', 'salt')
          .executeTakeFirstOrThrow();
        return { written, salt };
      });
    } catch (error) {
      throw own.database.explained(error);
    }
  });
}

async function refuseFull(writer: Writer, name: string): Promise<void> {
  if (await holdsSomething(writer))
    throw new LedgerUnusable(`the ledger ${name} is not empty; a copy is restored into a new one`);
}

/** Whether anything has been written that another ledger must not be laid over. */
export async function holdsSomething(reader: Reader): Promise<boolean> {
  for (const table of ['record', 'feed', 'case_number', 'document_number'] as const)
    if (await reader.selectFrom(table).selectAll().limit(1).executeTakeFirst()) return true;
  return false;
}

async function writeAll(writer: Writer, rows: AsyncIterable<CopiedRow> | Iterable<CopiedRow>): Promise<number> {
  let begun = false;
  let written = 0;
  let waiting: { table: string; rows: Row[] } = { table: '', rows: [] };
  const write = async (): Promise<void> => {
    await insert(writer as unknown as Plain, waiting.table, waiting.rows, written);
    written += waiting.rows.length;
  };
  for await (const { table, row } of rows) {
    if (!begun) checkEdition(table, row);
    else if (table === LAST) {
      await write();
      if (row.rows === written) return written;
      throw new LedgerUnusable(`the copy is not whole: it should have ${row.rows} rows and has ${written}`);
    } else if (table === waiting.table && waiting.rows.length < PAGE) waiting.rows.push(row);
    else {
      await write();
      waiting = { table, rows: [row] };
    }
    begun = true;
  }
  throw new LedgerUnusable('the copy is not whole: its end is missing');
}

function checkEdition(table: string, row: Row): void {
  if (table !== FIRST) throw new LedgerUnusable('this is no copy of a ledger: its first row does not say so');
  if (row.edition !== edition())
    throw new LedgerUnusable(
      `the copy was made by a version with '${row.edition}', this one has '${edition()}'; restore it with that version ` +
        'and open the ledger with this one',
    );
}

async function insert(writer: Plain, table: string, rows: Row[], before: number): Promise<void> {
  if (rows.length === 0) return;
  const known = copied.some(([name]) => name === table);
  const where = `the copy is damaged between rows ${before + 1} and ${before + rows.length}`;
  if (!known) throw new LedgerUnusable(`${where}: there is no table '${table}'`);
  try {
    await writer.insertInto(table).values(rows).execute();
  } catch (error) {
    if (!isMisfit(error)) throw error;
    throw new LedgerUnusable(`${where}: ${(error as Error).message}`);
  }
}

/** A column that is not there, a value that does not fit, a row that is there twice. */
function isMisfit(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code ?? '');
  return error instanceof TypeError || /^(22|23|42)|^SQLITE_(ERROR|CONSTRAINT|MISMATCH)/.test(code);
}

async function reindexAll(writer: Writer): Promise<void> {
  for (let after = '', more = true; more; ) {
    const ids = await casesAfter(writer, after, PAGE);
    await reindexCases(writer, ids);
    after = ids.at(-1) ?? after;
    more = ids.length === PAGE;
  }
  await markIndexed(writer);
}
