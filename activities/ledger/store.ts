/** Transactions that wait for a lock without holding up the process, and say in words what the disk did. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, type Transaction } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { Connection, type ConnectionOptions, explained, isBusy } from './connection';
import { LibsqlDialect } from './dialect';
import type { Tables } from './schema';

export type Reader = Kysely<Tables>;
export type Writer = Transaction<Tables>;

/** How long a write or read is tried beside other writers. A person waits for it: it must fail while they still do. */
const PATIENCE_MS = 150;
const PAUSE_MS = { least: 2, spread: 10 };

export interface StoreOptions extends ConnectionOptions {
  clock: () => Instant;
}

export class Store {
  readonly file: string;
  readonly clock: () => Instant;
  readonly options: StoreOptions;
  readonly db: Reader;

  constructor(
    options: StoreOptions,
    readonly connection: Connection = new Connection(options),
  ) {
    this.options = options;
    this.file = options.file;
    this.clock = options.clock;
    this.db = new Kysely<Tables>({ dialect: new LibsqlDialect(this.connection) });
  }

  /**
   * Runs `work` in one write transaction; it may run again from the start when the lock was not to be had.
   * @throws LedgerUnavailable when the file cannot be written now; nothing was written then
   */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.patiently(() => this.db.transaction().execute(work));
  }

  /** @throws LedgerUnavailable when the file cannot be read now */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.patiently(() => work(this.db));
  }

  async patiently<T>(attempt: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isBusy(error) || performance.now() >= until) throw explained(error, this.file);
        await sleep(PAUSE_MS.least + Math.random() * PAUSE_MS.spread);
      }
    }
  }

  async close(): Promise<void> {
    await this.db.destroy();
    this.connection.close();
  }
}

/** A statement takes some 30,000 values; rows and ids beyond that go in several. */
const PORTION = 500;

export async function inPortions<T>(all: readonly T[], work: (portion: T[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < all.length; i += PORTION) await work(all.slice(i, i + PORTION));
}
