/**
 * PostgreSQL as the ledger uses it. Transactions are READ COMMITTED: each takes the things it writes over by name first
 * (a case, a series of numbers), so that everything it reads afterwards is the last word on them. Only connections that
 * are known to be sound go back to the pool.
 */
import {
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
  sql,
} from 'kysely';
import { Pool, type PoolClient, type PoolConfig, TypeOverrides } from 'pg';
import { bindable, type Database, type Writer } from './database';
import { LedgerUnavailable, LedgerUnusable } from './errors';

export interface PostgresOptions {
  url: string;
  schema?: string | undefined;
  readonly: boolean;
  durability: 'full' | 'relaxed';
  /** For what may take long: bringing tables up to date, copies, proofs. */
  patient?: boolean;
}

export const USUAL_SCHEMA = 'zhengling';

/** What everybody who writes takes a share of. */
const WRITING = 'writing';
const CONNECTIONS = 10;
/** A person waits: the answer must come while they still do. The server gives up first, so that its connection stays sound. */
const PATIENCE_MS = { connect: 1_000, lock: 600, statement: 2_500, answer: 3_000 };
const IDLE_MS = 30_000;

export class PostgresDatabase implements Database {
  readonly kind = 'postgresql';
  readonly name: string;
  readonly schema: string;
  readonly dialect: PostgresDialect;

  /** @throws LedgerUnusable when the address is none */
  constructor(private readonly options: PostgresOptions) {
    const { url, schema = USUAL_SCHEMA } = options;
    const address = addressOf(url);
    if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
      throw new LedgerUnusable(`'${schema}' cannot be the name of a schema; use lower-case letters, digits and _`);
    this.schema = schema;
    this.name = nameOf(address);
    this.dialect = new PostgresDialect({ pool: async () => new SoundPool(configOf(address, schema, options)) });
  }

  isBusy(error: unknown): boolean {
    return /^(40001|40P01|55P03)$/.test(codeOf(error));
  }

  explained(error: unknown): unknown {
    if (error instanceof LedgerUnavailable) return error;
    const code = codeOf(error);
    const trouble = troubles.find(([pattern]) => pattern.test(code))?.[1];
    if (!trouble) return error;
    const about = `the ledger's database ${this.name} ${trouble}; try again, nothing is written twice`;
    return new LedgerUnavailable(about, code, error);
  }

  /** In one order, so that two who take several never wait for each other. Together with all who write, so that one can hold. */
  async take(writer: Writer, over: readonly string[]): Promise<void> {
    const each = [...new Set(over)].sort().map((thing) => sql`pg_advisory_xact_lock(${this.#named(thing)})`);
    const locks = [sql`pg_advisory_xact_lock_shared(${this.#named(WRITING)})`, ...each];
    await sql`select ${sql.join(locks)}`.execute(writer);
  }

  async hold(writer: Writer): Promise<void> {
    await sql`select pg_advisory_xact_lock(${this.#named(WRITING)})`.execute(writer);
  }

  #named(thing: string) {
    return sql`hashtextextended(${`${this.schema}/${thing}`}, 0)`;
  }

  beside({ readonly }: { readonly: boolean }): Database {
    return new PostgresDatabase({ ...this.options, readonly, patient: true });
  }

  close(): void {}
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address && /^postgres(ql)?:$/.test(address.protocol) && address.pathname.length > 1) return address;
  throw new LedgerUnusable(
    'this is no address of a PostgreSQL database; expected postgres://user:password@host:port/database',
  );
}

function nameOf({ hostname, port, pathname, searchParams }: URL): string {
  const host = hostname === '' ? (searchParams.get('host') ?? 'localhost') : hostname;
  return `${host}:${port === '' ? '5432' : port}${decodeURIComponent(pathname)}`;
}

function configOf(address: URL, schema: string, { readonly, durability, patient }: PostgresOptions): PoolConfig {
  const plain = new URL(address);
  const given = plain.searchParams.get('options');
  plain.searchParams.delete('options');
  const settings = {
    search_path: schema,
    ...(readonly ? { default_transaction_read_only: 'on' } : {}),
    ...(durability === 'relaxed' ? { synchronous_commit: 'off' } : {}),
  };
  const own = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const { connect, lock, statement, answer } = PATIENCE_MS;
  const limits = { lock_timeout: lock, statement_timeout: statement, query_timeout: answer };
  return {
    connectionString: plain.href,
    options: [given, ...own].filter(Boolean).join(' '),
    application_name: 'zhengling',
    connectionTimeoutMillis: connect,
    ...(patient ? {} : limits),
    max: patient ? 1 : CONNECTIONS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    types: numbers(),
  };
}

/** Instants, positions and counts are numbers here: all of them are below 2^53. */
function numbers(): TypeOverrides {
  const INT8 = 20;
  const NUMERIC = 1700;
  const types = new TypeOverrides();
  for (const oid of [INT8, NUMERIC]) types.setTypeParser(oid, exactly);
  return types;
}

function exactly(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is no whole number that can be counted with`);
  return number;
}

/** A pool that does not take back a connection whose state is not known. */
class SoundPool implements PostgresPool {
  readonly #pool: Pool;

  constructor(config: PoolConfig) {
    this.#pool = new Pool(config);
    // An idle connection that breaks leaves the pool by itself; whoever asks next is given a new one.
    this.#pool.on('error', () => {});
  }

  async connect(): Promise<PostgresPoolClient> {
    return new SoundClient(await this.#pool.connect());
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

class SoundClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  #broken: unknown;

  constructor(client: PoolClient) {
    this.#client = client;
    client.on('error', this.#break);
  }

  query<R>(text: string, values?: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(text: string | PostgresCursor<R>, values: readonly unknown[] = []) {
    if (typeof text !== 'string') throw new Error('the ledger reads in pages and uses no cursors');
    return this.#answer<R>(text, values) as never;
  }

  async #answer<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (this.#broken !== undefined) throw this.#broken;
    // Kysely looks for tables by yes and no; PostgreSQL takes them as they are.
    const bound = values.map((value, i) => (typeof value === 'boolean' ? value : bindable(value, i, text)));
    try {
      return (await this.#client.query(text, bound)) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      if (!isAnswer(error)) this.#break(error);
      throw error;
    }
  }

  release(): void {
    this.#client.off('error', this.#break);
    this.#client.release(this.#broken !== undefined);
  }

  #break = (error: unknown): void => {
    this.#broken ??= error;
  };
}

/** Said by the server, which is ready for the next statement then. */
const isAnswer = (error: unknown): boolean => (error as { severity?: unknown }).severity === 'ERROR';

const NO_CODE = 'CONNECTION';

/** pg gives no code to what it finds out itself about a connection. */
function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return /timeout|[Cc]onnection (terminated|error)|not queryable|SSL/.test(String(message)) ? NO_CODE : '';
}

const troubles: readonly [RegExp, string][] = [
  [/^(40001|40P01|55P03)$/, 'is locked by another process'],
  [/^25006$/, 'is read-only, or was opened for reading only'],
  [/^57014$/, 'took too long to answer'],
  [/^57P/, 'is being shut down or started'],
  [/^53100$/, 'has no room left on its disk'],
  [/^53300$/, 'has no connection left for us'],
  [/^53/, 'has not enough memory or disk'],
  [/^(28|42501)/, 'does not let this account in; its password and rights are to be looked at'],
  [/^3D000$/, 'does not exist; it must be created first'],
  [/^58/, 'cannot reach its disk'],
  [/^XX00[12]$/, 'is damaged'],
  [/^08|^CONNECTION$|^E(?!RR_)[A-Z_]+$|CERT|TLS|SSL/, 'does not answer'],
];
