/** Tables of a ledger as they are, read and wrecked behind its back. */
import Database from 'libsql';
import { Client } from 'pg';
import type { Place } from '../ledger/support';
import { eventually } from '../support/processes';

export const projections = ['case_view', 'case_key', 'awaited', 'acted', 'case_gram'] as const;

type Row = Record<string, unknown>;

export async function query(place: Place, sql: string): Promise<Row[]> {
  if (place.url === undefined) return eventually(() => queryFile(place.file!, sql));
  const client = new Client({ connectionString: place.url, options: `-c search_path=${place.schema}` });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Never waits for a lock: whoever holds it may be in this very thread. */
function queryFile(file: string, sql: string): Row[] {
  const database = new Database(file, { timeout: 1 } as never);
  try {
    const statement = database.prepare(sql);
    if (statement.reader) return statement.all() as Row[];
    statement.run();
    return [];
  } finally {
    database.close();
  }
}

/** The rows of each table, in an order of their own, numbers as numbers. */
export async function contents(place: Place, tables: readonly string[]): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await query(place, `select * from ${table}`);
    all[table] = rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
  }
  return all;
}
