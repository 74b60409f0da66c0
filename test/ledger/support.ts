/** Places for ledgers, on every database there is. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { Client } from 'pg';
import { type Ledger, LedgerUnavailable, type OpenOptions, openLedger } from '../../activities/ledger';
import type { Manner } from '../../activities/ledger/open';
import { describeOnPostgres, startPostgres, type TestPostgres } from '../support/postgres';
import { T0 } from './played-case';

export * from './played-case';

/** Where a ledger is. */
export interface Place {
  file?: string;
  url?: string;
  schema?: string;
}

/** Opens ledgers in a directory of their own and removes it in the end. */
export class Desk {
  readonly directory = mkdtempSync(join(tmpdir(), 'zhengling-ledger-'));
  readonly kind: Ledger['kind'] = 'sqlite';
  readonly #open: Ledger[] = [];
  #places = 0;

  newFile(): string {
    this.#places += 1;
    return join(this.directory, `ledger-${this.#places}.db`);
  }

  /** Where a ledger of its own can be made. */
  newPlace(): Place {
    return { file: this.newFile() };
  }

  async open(options: Partial<Place> & Manner = {}): Promise<Ledger> {
    const place = options.file === undefined && options.url === undefined ? this.newPlace() : {};
    const usual = { clock: () => T0, durability: 'relaxed' as const };
    const ledger = await openLedger({ ...usual, ...place, ...options } as OpenOptions);
    this.#open.push(ledger);
    return ledger;
  }

  /** Does something to a ledger behind its back. */
  async tamper(place: Place, ...statements: string[]): Promise<void> {
    const other = new Database(place.file!, { timeout: 1000 } as never);
    for (const sql of statements) other.exec(sql);
    other.close();
  }

  async prepare(): Promise<void> {}

  async clear(): Promise<void> {
    for (const ledger of this.#open) await ledger.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The same on a PostgreSQL: every ledger has a schema of its own there. */
export class PostgresDesk extends Desk {
  override readonly kind = 'postgresql';
  readonly #schemas: string[] = [];
  #server: TestPostgres | undefined;

  get url(): string {
    return this.#server!.url;
  }

  override newPlace(): Place {
    const schema = `ledger_${randomUUID().replaceAll('-', '')}`;
    this.#schemas.push(schema);
    return { url: this.url, schema };
  }

  override async tamper({ schema }: Place, ...statements: string[]): Promise<void> {
    const client = new Client({ connectionString: this.url, options: `-c search_path=${schema}` });
    await client.connect();
    for (const sql of statements) await client.query(sql);
    await client.end();
  }

  override async prepare(): Promise<void> {
    serverOfFile ??= startPostgres();
    this.#server = await serverOfFile;
  }

  override async clear(): Promise<void> {
    await super.clear();
    if (!this.#server) return;
    const client = new Client({ connectionString: this.url });
    await client.connect();
    for (const schema of this.#schemas) await client.query(`drop schema if exists ${schema} cascade`);
    await client.end();
  }
}

/** One for all tests of a file. */
let serverOfFile: Promise<TestPostgres> | undefined;

/** Once for each file that has a PostgresDesk. */
export function endServerAfterFile(): void {
  afterAll(async () => (await serverOfFile)?.stop(), 60_000);
}

let described = false;

/** Runs the same tests on every database; those that are not here are named. */
export function describeLedgers(name: string, tests: (desk: Desk) => void): void {
  jest.setTimeout(60_000);
  if (!described) endServerAfterFile();
  described = true;
  const on = (desk: Desk) => () => {
    beforeAll(() => desk.prepare(), 60_000);
    afterAll(() => desk.clear(), 60_000);
    tests(desk);
  };
  describe(`${name} on SQLite`, on(new Desk()));
  describeOnPostgres(`${name} on PostgreSQL`, on(new PostgresDesk()));
}

/** Tries again while somebody else is in the way. */
export async function patient<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof LedgerUnavailable) || !/locked/.test(error.message)) throw error;
    }
  }
}
