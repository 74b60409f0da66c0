/**
 * A PostgreSQL of its own for whoever needs one: started in a temporary directory on a free port, gone when it is stopped
 * or its process ends. Where `ZHENGLING_TEST_POSTGRES` names a server (`postgres://…`), that one is used.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePorts } from '../../worker/temporal/ports';
import { laneAt, notRun } from './lanes';

export interface TestPostgres {
  /** Of a database that tests may do with as they like. */
  url: string;
  stop(): Promise<void>;
}

/** Why there is none here; undefined where there is. */
export const postgresMissing = notRun('postgresql');

export async function startPostgres(): Promise<TestPostgres> {
  const at = laneAt('postgresql');
  if (at === undefined) throw new Error(postgresMissing);
  if (at === process.env.ZHENGLING_TEST_POSTGRES) return { url: at, stop: async () => {} };
  const own = new OwnPostgres(at);
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
    [this.#port] = (await freePorts(1)) as [number];
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
