/** Transactions that wait for a lock without holding up the process, and say in words what disk or server did. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Database, Kind, Reader, Writer } from './database';
import type { Tables } from './schema';

export type { Kind, Reader, Writer } from './database';

/** How long a write or read is tried beside other writers. A person waits for it: it must fail while they still do. */
const PATIENCE_MS = 150;
const PAUSE_MS = { least: 2, spread: 10 };

export class Store {
  readonly db: Reader;

  constructor(
    readonly database: Database,
    readonly clock: () => Instant,
  ) {
    this.db = new Kysely<Tables>({ dialect: database.dialect });
  }

  get kind(): Kind {
    return this.database.kind;
  }

  get name(): string {
    return this.database.name;
  }

  /**
   * Runs `work` in one write transaction; it may run again from the start when a lock was not to be had.
   * @param over what it decides about, such as `case SI-2026-0001`: two writes over the same come one after the other
   * @throws LedgerUnavailable when the database cannot be written now; nothing was written then
   */
  write<T>(over: string | readonly string[], work: (writer: Writer) => Promise<T>): Promise<T> {
    const things = typeof over === 'string' ? [over] : over;
    return this.patiently(() =>
      this.db.transaction().execute(async (writer) => {
        await this.database.take(writer, things);
        return work(writer);
      }),
    );
  }

  /** A write that decides about nothing: single statements that are right beside any other. */
  note<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return this.write([], work);
  }

  /** @throws LedgerUnavailable when the database cannot be read now */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.patiently(() => work(this.db));
  }

  /** Runs `work` on a connection of its own, where there can be one, that may take long. */
  async beside<T>(options: { readonly: boolean }, work: (store: Store) => Promise<T>): Promise<T> {
    const database = this.database.beside(options);
    if (!database) return work(this);
    const store = new Store(database, this.clock);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  async patiently<T>(attempt: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!this.database.isBusy(error) || performance.now() >= until) throw this.database.explained(error);
        await sleep(PAUSE_MS.least + Math.random() * PAUSE_MS.spread);
      }
    }
  }

  async close(): Promise<void> {
    await this.db.destroy();
    this.database.close();
  }
}

/** Reads everything as of one moment, however long it takes. */
export function snapshot<T>(store: Store, work: (reader: Reader) => Promise<T>): Promise<T> {
  return store.patiently(() =>
    store.db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(work),
  );
}

export const ofCase = (caseId: string): string => `case ${caseId}`;

/** A statement takes some 30,000 values; rows and ids beyond that go in several. */
const PORTION = 500;

export async function inPortions<T>(all: readonly T[], work: (portion: T[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < all.length; i += PORTION) await work(all.slice(i, i + PORTION));
}
