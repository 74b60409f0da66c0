/**
 * A PostgreSQL of its own for whoever needs one: started in a temporary directory on a free port, gone when it is stopped
 * or its process ends. Where `ZHENGLING_TEST_POSTGRES` names a server (`postgres://…`), that one is used.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

export interface TestPostgres {
  /** Of a database that tests may do with as they like. */
  url: string;
  stop(): Promise<void>;
}

/** Why the lane does not run here; undefined where it does. */
export const postgresMissing: string | undefined = reasonItIsMissing();

function reasonItIsMissing(): string | undefined {
  if (process.env.ZHENGLING_TEST_POSTGRES === 'none') return 'ZHENGLING_TEST_POSTGRES says none';
  if (process.env.ZHENGLING_TEST_POSTGRES || binaries() !== undefined) return undefined;
  return 'no initdb and postgres in PATH or /usr/lib/postgresql, and ZHENGLING_TEST_POSTGRES names no server';
}

/** The newest, where a distribution keeps several. */
function binaries(): string | undefined {
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.map((version) => join(packaged, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return places.find((place) => ['initdb', 'postgres'].every((name) => existsSync(join(place, name))));
}

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.ZHENGLING_TEST_POSTGRES;
  if (given) return { url: given, stop: async () => {} };
  const own = new OwnPostgres(binaries()!);
  await own.start();
  return { url: own.url, stop: () => own.stop() };
}

const READY_MS = 30_000;

class OwnPostgres {
  readonly #account = accountFor();
  readonly #folder = mkdtempSync(join(tmpdir(), 'zhengling-postgres-'));
  #server: ChildProcess | undefined;
  #said = '';
  #port = 0;

  constructor(private readonly binaries: string) {}

  get url(): string {
    return `postgres://ledger@127.0.0.1:${this.#port}/postgres`;
  }

  async start(): Promise<void> {
    const { uid, gid } = this.#account;
    if (uid !== undefined) chownSync(this.#folder, uid, gid!);
    const options = { ...this.#account, cwd: this.#folder, env: { ...process.env, LC_ALL: 'C' } };
    const data = join(this.#folder, 'data');
    execFileSync(
      join(this.binaries, 'initdb'),
      ['-D', data, '-U', 'ledger', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
      { ...options, stdio: 'pipe' },
    );
    this.#port = await freePort();
    // The server ends with whoever holds the other end of this pipe, also when that is killed.
    const script = '"$@" & server=$!; cat >/dev/null; kill -INT $server 2>/dev/null; wait $server';
    const settings = ['-D', data, '-p', String(this.#port), '-h', '127.0.0.1', '-k', this.#folder, '-F', '-N', '200'];
    const command = ['-c', script, 'sh', join(this.binaries, 'postgres'), ...settings];
    this.#server = spawn('/bin/sh', command, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.#server.stdout, this.#server.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said += text;
      });
    await this.#ready();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = new Promise((done) => server.once('close', done));
      server.stdin?.end();
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    for (const until = Date.now() + READY_MS; ; ) {
      const client = new Client({ connectionString: this.url });
      try {
        await client.connect();
        return await client.end();
      } catch {
        await client.end().catch(() => {});
        if (Date.now() > until) {
          await this.stop();
          throw new Error(`PostgreSQL did not start:\n${this.#said}`);
        }
        await new Promise((done) => setTimeout(done, 30));
      }
    }
  }
}

/** PostgreSQL does not run as root. */
function accountFor(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither an account postgres nor nobody');
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => found(port));
    });
  });
}
