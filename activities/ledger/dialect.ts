/**
 * Kysely over one libsql connection. Differs from Kysely's own SQLite dialect in how a transaction begins: at once with
 * the write lock, because a deferred one fails beside another writer on its first write, when it can no longer wait.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from 'kysely';
import { type Connection, isBusy } from './connection';

export class LibsqlDialect implements Dialect {
  constructor(private readonly connection: Connection) {}

  createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }

  createDriver(): Driver {
    return new LibsqlDriver(this.connection);
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }
}

/** SQLite can change tables inside a transaction; so two processes that open a new file do not migrate it twice. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class LibsqlDriver implements Driver {
  readonly #connection: KyselyConnection;
  #turn: Promise<void> = Promise.resolve();
  #pass: () => void = () => {};

  constructor(connection: Connection) {
    this.#connection = new KyselyConnection(connection);
  }

  async init(): Promise<void> {}

  /** There is one connection: whoever comes waits for the one before. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn;
    let pass = (): void => {};
    this.#turn = new Promise((resolve) => {
      pass = resolve;
    });
    await before;
    this.#pass = pass;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#pass();
  }

  async beginTransaction(_connection: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    this.#connection.raw.exec(accessMode === 'read only' ? 'BEGIN' : 'BEGIN IMMEDIATE');
  }

  async commitTransaction(): Promise<void> {
    try {
      this.#connection.raw.exec('COMMIT');
    } catch (error) {
      if (isBusy(error)) this.#connection.raw.distrust();
      throw error;
    }
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.raw.rollback();
  }

  async destroy(): Promise<void> {
    this.#connection.raw.close();
  }
}

class KyselyConnection implements DatabaseConnection {
  constructor(readonly raw: Connection) {}

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = this.raw.run(sql, parameters);
    return changes === undefined ? { rows: rows as Row[] } : { rows: [], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator; nothing here is ever streamed
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the ledger reads in pages and does not stream');
  }
}
