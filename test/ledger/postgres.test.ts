import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { Client } from 'pg';
import { type Ledger, LedgerUnavailable, LedgerUnusable, openLedger } from '../../activities/ledger';
import { describeOnPostgres } from '../support/postgres';
import { endServerAfterFile, PlayedCase, PostgresDesk, T0 } from './support';

jest.setTimeout(60_000);

const PASSWORD = 'a-password-nobody-may-read';

/** Between the ledger and its database, where a test can cut the wire or let it fall silent. */
class Wire {
  silent = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(target: URL) {
    this.#server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.on('data', (chunk) => {
          if (!this.silent) to.write(chunk);
        });
        from.on('close', () => to.destroy()).on('error', () => to.destroy());
      }
    });
  }

  async url(of: string): Promise<string> {
    if (!this.#server.listening) {
      this.#server.listen(0, '127.0.0.1');
      await once(this.#server, 'listening');
    }
    const url = new URL(of);
    url.port = String((this.#server.address() as { port: number }).port);
    url.password = PASSWORD;
    return url.href;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

async function timed(work: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const start = performance.now();
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, ms: performance.now() - start };
}

describeOnPostgres('a ledger on PostgreSQL', () => {
  const desk = new PostgresDesk();
  const wires: Wire[] = [];
  beforeAll(() => desk.prepare());
  afterAll(async () => {
    for (const wire of wires) wire.close();
    await desk.clear();
  });
  endServerAfterFile();

  async function wired(): Promise<{ ledger: Ledger; wire: Wire }> {
    const wire = new Wire(new URL(desk.url));
    wires.push(wire);
    const place = desk.newPlace();
    return { ledger: await desk.open({ ...place, url: await wire.url(desk.url) }), wire };
  }

  async function other(): Promise<Client> {
    const client = new Client({ connectionString: desk.url });
    await client.connect();
    return client;
  }

  test('says where it is, without the password', async () => {
    const { ledger } = await wired();
    expect(ledger.kind).toBe('postgresql');
    expect(ledger.name).toMatch(/^127\.0\.0\.1:\d+\/postgres$/);
  });

  test('where nobody answers it is unavailable at once, and the password stands nowhere', async () => {
    const url = `postgres://ledger:${PASSWORD}@127.0.0.1:1/ledger`;
    const { error, ms } = await timed(openLedger({ url }));
    expect(error).toBeInstanceOf(LedgerUnavailable);
    expect(error).toMatchObject({
      code: 'ECONNREFUSED',
      nonRetryable: false,
      message: "the ledger's database 127.0.0.1:1/ledger does not answer; try again, nothing is written twice",
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(PASSWORD);
    expect(ms).toBeLessThan(1_500);
  });

  test.each([
    ['no address', 'nonsense', /no address of a PostgreSQL database/],
    ['an address of something else', 'mysql://h/d', /no address of a PostgreSQL database/],
    ['an address without a database', `postgres://u:${PASSWORD}@h`, /expected postgres:/],
  ])('%s is refused in words', async (_, url, sentence) => {
    const refused = openLedger({ url });
    await expect(refused).rejects.toThrow(LedgerUnusable);
    await expect(refused).rejects.toThrow(sentence);
  });

  test('a schema that cannot be one, a database that is not there, other tables, another salt are refused', async () => {
    const place = desk.newPlace() as { url: string; schema: string };
    await expect(openLedger({ ...place, schema: 'x; drop schema public' })).rejects.toThrow(/cannot be the name/);
    const elsewhere = new URL(place.url);
    elsewhere.pathname = '/nowhere';
    await expect(openLedger({ url: elsewhere.href })).rejects.toThrow(/does not exist; it must be created/);
    await expect(openLedger({ ...place, readonly: true })).rejects.toThrow(/lacks '0001/);
    const client = await other();
    await client.query(`create schema ${place.schema}; create table ${place.schema}.invoices (id int)`);
    await client.end();
    await expect(openLedger(place)).rejects.toThrow(/other tables, not a ledger; name another schema/);
    const own = desk.newPlace();
    await desk.open({ ...own, salt: 'drill' });
    await expect(desk.open({ ...own, salt: 'other' })).rejects.toThrow(/begun with another salt/);
  });

  test('several processes may make the same one at the same moment', async () => {
    const place = desk.newPlace();
    const ledgers = await Promise.all([1, 2, 3].map(() => desk.open(place)));
    expect(new Set(ledgers.map(({ salt }) => salt)).size).toBe(1);
  });

  test('one made by a newer version is refused', async () => {
    const place = desk.newPlace();
    await desk.open(place);
    await desk.tamper(place, `insert into kysely_migration values ('0999-from-the-future', '2030-01-01')`);
    await expect(desk.open(place)).rejects.toThrow(/newer version: it has '0999-from-the-future'/);
  });

  test('for reading only it shows everything and writes nothing', async () => {
    const place = desk.newPlace();
    const played = new PlayedCase('SI-2026-0001');
    await played.settled(await desk.open(place));
    const reader = await desk.open({ ...place, readonly: true });
    expect(await reader.record(played.id)).toHaveLength(1);
    expect(await reader.verify()).toMatchObject({ ok: true });
    await expect(reader.flush(played.batch(played.step()))).rejects.toMatchObject({
      name: 'LedgerUnavailable',
      message: expect.stringMatching(/read-only/),
    });
  });

  test('a lock held elsewhere is answered while a person still waits, and goes away with the lock', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    const played = new PlayedCase('SI-2026-0002');
    const batch = played.batch(played.step());
    const client = await other();
    await client.query(`begin; lock table ${place.schema}.record in access exclusive mode`);

    const { error, ms } = await timed(ledger.flush(batch));

    expect(error).toMatchObject({ name: 'LedgerUnavailable', message: expect.stringMatching(/is locked/) });
    expect(ms).toBeLessThan(1_500);
    await client.query('commit');
    await client.end();
    expect(await ledger.flush(batch)).toEqual(played.head);
  });

  test('a connection that breaks is replaced by the next one', async () => {
    const { ledger, wire } = await wired();
    const played = new PlayedCase('SI-2026-0003');
    await played.settled(ledger);
    wire.cut();
    await timed(ledger.caseView(played.id));
    const batch = played.batch(played.step());
    await timed(ledger.flush(batch));
    expect(await ledger.flush(batch)).toEqual(played.head);
    const client = await other();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'zhengling' and pid <> pg_backend_pid()`,
    );
    await client.end();
    await timed(ledger.caseView(played.id));
    expect(await ledger.caseView(played.id)).toMatchObject({ sequence: 2 });
  });

  test('a server that falls silent is given up within seconds, in the middle of a write too, and found again', async () => {
    const { ledger, wire } = await wired();
    const played = new PlayedCase('SI-2026-0004');
    await played.settled(ledger);
    wire.silent = true;
    const batch = played.batch(played.step());
    const { error, ms } = await timed(ledger.flush(batch));
    expect(error).toMatchObject({ name: 'LedgerUnavailable', message: expect.stringMatching(/does not answer/) });
    expect(ms).toBeLessThan(5_000);
    const again = await timed(ledger.record(played.id));
    expect(again.error).toBeInstanceOf(LedgerUnavailable);
    wire.silent = false;
    wire.cut();
    await timed(ledger.record(played.id));
    expect(await ledger.flush(batch)).toEqual(played.head);
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 2 });
  });

  test('however much is asked at once, it takes a bounded number of connections', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    const client = await other();
    const count = `select count(*)::int as n from pg_stat_activity where application_name = 'zhengling' and query like '%${T0}%'`;
    const asked = Array.from({ length: 60 }, (_, i) => ledger.readings({ since: T0, limit: i + 1 }));
    const { rows } = await client.query(count);
    await Promise.all(asked);
    await client.end();
    expect(rows[0].n).toBeLessThanOrEqual(10);
  });
});
