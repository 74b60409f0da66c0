/**
 * One libsql connection. libsql is synchronous, so the wait for a lock is kept short here and repeated by the caller
 * between awaits. Three of its habits are dealt with here and nowhere else: binding a boolean aborts the whole process,
 * `undefined` and `NaN` become NULL without a word, and a prepared statement that met a lock is not reset, after which its
 * connection cannot commit. So values are checked, and a connection that cannot commit is replaced. A fourth is
 * SQLite's: a file that may not be written is opened for reading without a word, and stays so when it may be again.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import Database from 'libsql';
import { bindable } from './database';
import { LedgerUnavailable } from './errors';

export const IN_MEMORY = ':memory:';

/** Longest time the main thread may stand still for somebody else's lock. */
const BUSY_TIMEOUT_MS = 5;

/** More than a step of any procedure needs; lists of many values make statements of their own length. */
const KEPT_STATEMENTS = 200;

export interface ConnectionOptions {
  file: string;
  readonly: boolean;
  /** `relaxed` may lose the last writes when the machine loses power: for drills and tests. */
  durability: 'full' | 'relaxed';
}

export interface Ran {
  rows: unknown[];
  changes: number | undefined;
}

export class Connection {
  readonly #options: ConnectionOptions;
  #database: Database.Database | undefined;
  #suspect = false;
  /** The last to be used stand last. */
  readonly #statements = new Map<string, Database.Statement>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Runs SQL that takes no values and answers none, such as BEGIN. Its statement is finalised even when it fails. */
  exec(sql: string): void {
    this.#ready().exec(sql);
  }

  run(sql: string, values: readonly unknown[]): Ran {
    const bound = values.map((value, i) => bindable(value, i, sql));
    const statement = this.#prepared(sql);
    try {
      if (statement.reader) return { rows: statement.all(bound), changes: undefined };
      return { rows: [], changes: Number(statement.run(bound).changes) };
    } catch (error) {
      this.#statements.delete(sql);
      throw error;
    }
  }

  get inTransaction(): boolean {
    return this.#database?.inTransaction ?? false;
  }

  rollback(): void {
    if (this.inTransaction) this.exec('ROLLBACK');
  }

  /** Replaces the connection before its next use. */
  distrust(): void {
    this.#suspect = true;
  }

  close(): void {
    this.#statements.clear();
    this.#database?.close();
    this.#database = undefined;
  }

  #prepared(sql: string): Database.Statement {
    const database = this.#ready();
    const statement = this.#statements.get(sql) ?? database.prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > KEPT_STATEMENTS) this.#statements.delete(this.#statements.keys().next().value ?? '');
    return statement;
  }

  #ready(): Database.Database {
    const lost = this.#suspect && !this.inTransaction && this.#options.file !== IN_MEMORY;
    if (lost) this.close();
    if (!this.inTransaction) this.#suspect = false;
    this.#database ??= connect(this.#options);
    return this.#database;
  }
}

function connect({ file, readonly, durability }: ConnectionOptions): Database.Database {
  if (!readonly && file !== IN_MEMORY) refuseUnwritable(file);
  let database: Database.Database;
  try {
    database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw new LedgerUnavailable(
      `the ledger file ${file} cannot be opened; it needs a directory that exists and may be written to`,
      'SQLITE_CANTOPEN',
      error,
    );
  }
  try {
    if (readonly) database.exec('PRAGMA query_only = 1');
    else if (file !== IN_MEMORY) database.exec('PRAGMA journal_mode = WAL');
    database.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'OFF'}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function refuseUnwritable(file: string): void {
  for (const part of [file, `${file}-wal`]) {
    try {
      if (existsSync(part)) accessSync(part, constants.W_OK);
    } catch (error) {
      throw new LedgerUnavailable(
        `the ledger file ${part} or its disk is read-only; it needs to be writable for this account`,
        'SQLITE_READONLY',
        error,
      );
    }
  }
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');

/** Somebody else holds the lock, or this connection has a statement that was not reset: trying again may help. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

const troubles: readonly [RegExp, string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'is locked by another process'],
  [/^SQLITE_READONLY/, 'or its disk is read-only'],
  [/^SQLITE_FULL/, 'has no room left on its disk'],
  [/^SQLITE_(IOERR|CANTOPEN|PERM|AUTH)/, 'cannot be reached on its disk'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'is damaged, or is not a ledger'],
  [/^SQLITE_NOMEM/, 'needs more memory than there is'],
];

/** Puts a trouble of the disk into words; any other error is a fault of ours and is given back as it came. */
export function explained(error: unknown, file: string): unknown {
  if (error instanceof LedgerUnavailable) return error;
  const code = codeOf(error);
  const trouble = troubles.find(([pattern]) => pattern.test(code))?.[1];
  if (!trouble) return error;
  return new LedgerUnavailable(`the ledger file ${file} ${trouble}; nothing was written, try again`, code, error);
}
