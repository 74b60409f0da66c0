import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Migrator } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { IN_MEMORY } from './connection';
import { LedgerUnavailable, LedgerUnusable } from './errors';
import { Ledger } from './ledger';
import { migrations } from './migrations';
import { Store } from './store';

export interface OpenOptions {
  /** A path, or `:memory:`. Created when it does not exist; its directory must. */
  file: string;
  /** For looking only: nothing is created or brought up to date. */
  readonly?: boolean;
  /** Salt of the actor hashes; made at random when the ledger is created without one. A drill gives a fixed one. */
  salt?: string;
  /** When rows are written; the host's clock unless told. A drill gives its own. */
  clock?: () => Instant;
  /** `relaxed` may lose the last writes when the machine loses power: for drills and tests. `full` unless told. */
  durability?: 'full' | 'relaxed';
}

/** Opening may wait for another process that is bringing the same file up to date. */
const OPEN_PATIENCE_MS = 5_000;

/**
 * Opens a ledger, creating it or bringing it up to date.
 *
 * @throws LedgerUnusable when the file is not a ledger, was made by a newer version, or has another salt
 * @throws LedgerUnavailable when it cannot be opened now
 */
export async function openLedger(options: OpenOptions): Promise<Ledger> {
  const { file, readonly = false, clock = Date.now, durability = 'full' } = options;
  if (readonly && file !== IN_MEMORY && !existsSync(file))
    throw new LedgerUnusable(`there is no ledger file ${file}; it is created when it is first opened for writing`);
  const store = new Store({ file, readonly, durability, clock });
  try {
    if (readonly) await checkSchema(store);
    else await store.patiently(() => migrate(store), OPEN_PATIENCE_MS);
    return new Ledger(store, await saltOf(store, options));
  } catch (error) {
    await store.close();
    throw unusable(error, file);
  }
}

/** A file that is up to date is not written to: it opens also while somebody else holds the lock, or on a disk gone read-only. */
async function migrate(store: Store): Promise<void> {
  const done = await refuseNewer(store);
  if (Object.keys(migrations).every((name) => done.includes(name))) return;
  const migrator = new Migrator({ db: store.db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  const failed = results?.find(({ status }) => status === 'Error');
  if (failed) throw new Error(`the ledger ${store.file} could not be brought to ${failed.migrationName}`);
}

async function checkSchema(store: Store): Promise<void> {
  const done = await store.patiently(() => refuseNewer(store), OPEN_PATIENCE_MS);
  const missing = Object.keys(migrations).find((name) => !done.includes(name));
  if (missing !== undefined)
    throw new LedgerUnusable(
      `the ledger ${store.file} lacks '${missing}'; open it once for writing with this version to bring it up to date`,
    );
}

/** Answers the migrations the file has been through. */
async function refuseNewer(store: Store): Promise<string[]> {
  const tables = await store.db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) {
    if (tables.length === 0) return [];
    throw new LedgerUnusable(`${store.file} is a database with other tables, not a ledger; name another file`);
  }
  const rows = await store.db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const newer = rows.find(({ name }) => !Object.hasOwn(migrations, name));
  if (newer)
    throw new LedgerUnusable(
      `the ledger ${store.file} was made by a newer version: it has '${newer.name}', which this version does not know; ` +
        'use that version, or another file',
    );
  return rows.map(({ name }) => name);
}

async function saltOf(store: Store, { salt, readonly }: OpenOptions): Promise<string> {
  const find = () =>
    store.read((reader) => reader.selectFrom('meta').select('value').where('name', '=', 'salt').executeTakeFirst());
  const before = await find();
  if (!before && !readonly) {
    const value = salt ?? randomBytes(32).toString('hex');
    await store.write((writer) =>
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
      `the ledger ${store.file} was begun with another salt; persons in its record would get second hashes: leave the ` +
        'salt out, or give the one it was begun with',
    );
  return kept?.value ?? '';
}

function unusable(error: unknown, file: string): unknown {
  const damaged = error instanceof LedgerUnavailable && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
  return damaged
    ? new LedgerUnusable(`${file} is not a ledger, or it is damaged; restore it, or name another file`)
    : error;
}
