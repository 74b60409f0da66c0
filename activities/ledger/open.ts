import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Migrator } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { IN_MEMORY } from './connection';
import { holdsSomething } from './copy';
import type { Database } from './database';
import { LedgerUnavailable, LedgerUnusable } from './errors';
import { Ledger } from './ledger';
import { migrations } from './migrations';
import { indexed, reindex } from './reindex';
import { SqliteDatabase } from './sqlite';
import { Store } from './store';

export type OpenOptions = Place & Manner;

export type Place =
  /** A path, or `:memory:`. Created when it does not exist; its directory must. */
  | { file: string; url?: never }
  /** `postgres://user:password@host:port/database`. The database must exist; the schema (`zhengling`) is created. */
  | { url: string; schema?: string | undefined; file?: never };

export interface Manner {
  /** For looking only: nothing is created or brought up to date. */
  readonly?: boolean;
  /** Salt of the actor hashes; made at random when the ledger is created without one. A drill gives a fixed one. */
  salt?: string;
  /** When rows are written; the host's clock unless told. A drill gives its own. */
  clock?: () => Instant;
  /** `relaxed` may lose the last writes when the machine loses power: for drills and tests. `full` unless told. */
  durability?: 'full' | 'relaxed';
}

/** Opening may wait for another process that is bringing the same ledger up to date. */
const OPEN_PATIENCE_MS = 5_000;

/**
 * Opens a ledger, creating it or bringing it up to date.
 *
 * @throws LedgerUnusable when it is not a ledger, was made by a newer version, or has another salt
 * @throws LedgerUnavailable when it cannot be opened now
 */
export async function openLedger(options: OpenOptions): Promise<Ledger> {
  const { readonly = false, clock = Date.now } = options;
  const store = new Store(databaseOf(options), clock);
  try {
    if (readonly) await checkSchema(store);
    else await bringUpToDate(store);
    return new Ledger(store, await saltOf(store, options));
  } catch (error) {
    await store.close();
    throw unusable(error, store.name);
  }
}

function databaseOf({ file, readonly = false, durability = 'full', ...rest }: OpenOptions): Database {
  if (rest.url !== undefined) {
    // Loaded where it is used: the command line would pay for it with every list of a file.
    const { PostgresDatabase } = require('./postgres') as typeof import('./postgres');
    return new PostgresDatabase({ ...rest, readonly, durability });
  }
  if (file === undefined) throw new TypeError('a ledger is opened by a file or by the url of a database');
  if (readonly && file !== IN_MEMORY && !existsSync(file))
    throw new LedgerUnusable(`there is no ledger file ${file}; it is created when it is first opened for writing`);
  return new SqliteDatabase({ file, readonly, durability });
}

/**
 * Whether a copy may be restored there; looks, and makes nothing.
 * @throws LedgerUnusable when something else is there, or a ledger of a newer version
 * @throws LedgerUnavailable when it cannot be reached
 */
export async function isVacant(place: Place): Promise<boolean> {
  if (place.file !== undefined && !existsSync(place.file)) return true;
  const store = new Store(databaseOf({ ...place, readonly: true }), Date.now);
  try {
    const done = await store.patiently(() => refuseNewer(store), OPEN_PATIENCE_MS);
    return done.length === 0 || !(await store.read(holdsSomething));
  } catch (error) {
    throw unusable(error, store.name);
  } finally {
    await store.close();
  }
}

/** What is up to date is not written to: it opens also while somebody else holds the lock, or on a disk gone read-only. */
async function bringUpToDate(store: Store): Promise<void> {
  const done = await store.patiently(() => refuseNewer(store), OPEN_PATIENCE_MS);
  const lacks = Object.keys(migrations).some((name) => !done.includes(name));
  if (!lacks && (await indexed(store))) return;
  await store.beside({ readonly: false }, async (own) => {
    if (lacks) await own.patiently(() => migrate(own), OPEN_PATIENCE_MS);
    if (!(await indexed(own))) await reindex(own);
  });
}

async function migrate(store: Store): Promise<void> {
  const { schema } = store.database;
  const place = schema === undefined ? {} : { migrationTableSchema: schema };
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: async () => migrations }, ...place });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  const failed = results?.find(({ status }) => status === 'Error');
  if (failed) throw new Error(`the ledger ${store.name} could not be brought to ${failed.migrationName}`);
}

async function checkSchema(store: Store): Promise<void> {
  const done = await store.patiently(() => refuseNewer(store), OPEN_PATIENCE_MS);
  const missing = Object.keys(migrations).find((name) => !done.includes(name));
  if (missing === undefined && (await indexed(store))) return;
  throw new LedgerUnusable(
    `the ledger ${store.name} lacks '${missing ?? 'its lists'}'; open it once for writing with this version to bring it ` +
      'up to date',
  );
}

/** Answers the migrations the ledger has been through. */
async function refuseNewer(store: Store): Promise<string[]> {
  const { schema } = store.database;
  const tables = (await store.db.introspection.getTables({ withInternalKyselyTables: true })).filter(
    (table) => schema === undefined || table.schema === schema,
  );
  if (!tables.some(({ name }) => name === 'kysely_migration')) {
    if (tables.length === 0) return [];
    const other = schema === undefined ? 'file' : 'schema or database';
    throw new LedgerUnusable(`${store.name} is a database with other tables, not a ledger; name another ${other}`);
  }
  const rows = await store.db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const newer = rows.find(({ name }) => !Object.hasOwn(migrations, name));
  if (newer)
    throw new LedgerUnusable(
      `the ledger ${store.name} was made by a newer version: it has '${newer.name}', which this version does not know; ` +
        `use that version, or another ${schema === undefined ? 'file' : 'schema'}`,
    );
  return rows.map(({ name }) => name);
}

async function saltOf(store: Store, { salt, readonly }: OpenOptions): Promise<string> {
  const find = () =>
    store.read((reader) => reader.selectFrom('meta').select('value').where('name', '=', 'salt').executeTakeFirst());
  const before = await find();
  if (!before && !readonly) {
    const value = salt ?? randomBytes(32).toString('hex');
    await store.note((writer) =>
      writer
        .insertInto('meta')
        .values({ name: 'salt', value })
        .onConflict((on) => on.column('name').doNothing())
        .execute(),
    );
  }
  const kept = before ?? (await find());
  if (salt !== undefined && kept?.value !== salt)
    throw new LedgerUnusable(
      `the ledger ${store.name} was begun with another salt; persons in its record would get second hashes: leave the ` +
        'salt out, or give the one it was begun with',
    );
  return kept?.value ?? '';
}

function unusable(error: unknown, name: string): unknown {
  const damaged = error instanceof LedgerUnavailable && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
  return damaged
    ? new LedgerUnusable(`${name} is not a ledger, or it is damaged; restore it, or name another file`)
    : error;
}
