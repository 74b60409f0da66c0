/** SQLite as the ledger uses it: one connection, one writer at a time. */
import { Connection, type ConnectionOptions, explained, IN_MEMORY, isBusy } from './connection';
import type { Database } from './database';
import { LibsqlDialect } from './dialect';

export class SqliteDatabase implements Database {
  readonly kind = 'sqlite';
  readonly name: string;
  readonly dialect: LibsqlDialect;

  constructor(
    private readonly options: ConnectionOptions,
    private readonly connection: Connection = new Connection(options),
  ) {
    this.name = options.file;
    this.dialect = new LibsqlDialect(connection);
  }

  isBusy(error: unknown): boolean {
    return isBusy(error);
  }

  explained(error: unknown): unknown {
    return explained(error, this.name);
  }

  /** Whoever writes has the whole file. */
  async take(): Promise<void> {}

  async hold(): Promise<void> {}

  beside({ readonly }: { readonly: boolean }): Database | undefined {
    return this.name === IN_MEMORY ? undefined : new SqliteDatabase({ ...this.options, readonly });
  }

  close(): void {
    this.connection.close();
  }
}
