/** What the ledger asks of a database besides SQL. One implementation each for SQLite and PostgreSQL. */
import type { Dialect, Kysely, Transaction } from 'kysely';
import type { Tables } from './schema';

export type Kind = 'sqlite' | 'postgresql';

export type Reader = Kysely<Tables>;
export type Writer = Transaction<Tables>;

export interface Database {
  readonly kind: Kind;
  /** What people call it: a file, or host, port and name. Never a password. */
  readonly name: string;
  readonly dialect: Dialect;
  /** The schema its tables are in, where there are several. */
  readonly schema?: string;
  /** Somebody else is in the way: trying again may help. */
  isBusy(error: unknown): boolean;
  /** Puts a trouble of disk, network or server into words; any other error is a fault of ours and given back as it came. */
  explained(error: unknown): unknown;
  /** Until the transaction ends, no other one writes over the same things. */
  take(writer: Writer, over: readonly string[]): Promise<void>;
  /** Until the transaction ends, nobody else writes anything; everybody may read. */
  hold(writer: Writer): Promise<void>;
  /** One more connection to it for what takes long; undefined where there can be none. */
  beside(options: { readonly: boolean }): Database | undefined;
  /** After Kysely has let go of it. */
  close(): void;
}

/** What both databases store. The ledger binds nothing else: what is neither is a fault of ours, seen at once. */
export type Bindable = null | string | number | bigint;

/**
 * PostgreSQL cannot hold U+0000 in text. It stands in nothing that people write, but what comes from outside may hold it:
 * it is kept and looked for as U+FFFD, alike on every database.
 */
export function bindable(value: unknown, index: number, sql: string): Bindable {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  if (value === null || typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const found = typeof value === 'number' ? value : typeof value;
  throw new TypeError(`value ${index + 1} of "${sql}" is ${found}; the ledger stores text, finite numbers and null`);
}
