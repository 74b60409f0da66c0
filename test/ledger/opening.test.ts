import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { createLedgerActivities, LedgerUnavailable, LedgerUnusable, openLedger } from '../../activities/ledger';
import { Connection } from '../../activities/ledger/connection';
import { Ledger } from '../../activities/ledger/ledger';
import { migrations } from '../../activities/ledger/migrations';
import { SqliteDatabase } from '../../activities/ledger/sqlite';
import { Store } from '../../activities/ledger/store';
import { Desk, PlayedCase, T0 } from './support';

const desk = new Desk();
afterAll(() => desk.clear());

/** A ledger together with its connection, to play with the disk under it. */
async function ledgerOn(file: string): Promise<{ ledger: Ledger; connection: Connection }> {
  await (await openLedger({ file })).close();
  const options = { file, readonly: false, durability: 'relaxed' } as const;
  const connection = new Connection(options);
  const store = new Store(new SqliteDatabase(options, connection), () => T0);
  return { ledger: new Ledger(store, 'salt'), connection };
}

/** Makes a file unwritable, also for the superuser; undefined where the system has no means for it. */
function freezer(): ((file: string, on: boolean) => void) | undefined {
  if (process.getuid?.() !== 0) return (file, on) => chmodSync(file, on ? 0o444 : 0o644);
  const freeze = (file: string, on: boolean): void => {
    execFileSync('chattr', [on ? '+i' : '-i', file], { stdio: 'ignore' });
  };
  const probe = join(desk.directory, 'probe');
  writeFileSync(probe, '');
  try {
    freeze(probe, true);
    freeze(probe, false);
    return freeze;
  } catch {
    return undefined;
  }
}

async function timed<T>(work: Promise<T>): Promise<{ error?: unknown; ms: number }> {
  const start = performance.now();
  const outcome = await work.then(
    () => ({}),
    (error: unknown) => ({ error }),
  );
  return { ...outcome, ms: performance.now() - start };
}

describe('opening a ledger', () => {
  test('a new one is made with its tables, and opened again it holds what was written', async () => {
    const file = desk.newFile();
    const first = await openLedger({ file });
    const played = new PlayedCase('SI-2026-0001');
    await first.flush(played.batch(played.step()));
    await first.close();
    const second = await desk.open({ file });
    expect(await second.record(played.id)).toHaveLength(1);
    expect(second.salt).toBe(first.salt);
  });

  test('two processes may make the same file at the same moment', async () => {
    const file = desk.newFile();
    const ledgers = await Promise.all([desk.open({ file }), desk.open({ file }), desk.open({ file })]);
    expect(new Set(ledgers.map(({ salt }) => salt)).size).toBe(1);
  });

  test('in memory it leaves nothing behind and works alike', async () => {
    const ledger = await openLedger({ file: ':memory:' });
    const played = new PlayedCase('SI-2026-0002');
    await played.settled(ledger);
    await ledger.seal('2026-03-18', T0);
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 1 });
    await ledger.close();
    expect(existsSync(':memory:')).toBe(false);
  });

  test('a file made by a newer version is refused with the step it has and we lack', async () => {
    const file = desk.newFile();
    await (await openLedger({ file })).close();
    const newer = new Database(file);
    newer.exec(`INSERT INTO kysely_migration VALUES ('0999-from-the-future', '2030-01-01T00:00:00Z')`);
    newer.close();
    await expect(openLedger({ file })).rejects.toThrow(LedgerUnusable);
    await expect(openLedger({ file })).rejects.toThrow(/newer version: it has '0999-from-the-future'/);
    await expect(openLedger({ file, readonly: true })).rejects.toThrow(/newer version/);
  });

  test('a file that is no ledger is refused and left alone', async () => {
    const text = join(desk.directory, 'notes.txt');
    writeFileSync(text, 'a page of notes, kept for other purposes than this. '.repeat(100));
    await expect(openLedger({ file: text })).rejects.toThrow(/notes\.txt is not a ledger/);
    const foreign = desk.newFile();
    const database = new Database(foreign);
    database.exec('CREATE TABLE invoices (id integer)');
    database.close();
    await expect(openLedger({ file: foreign })).rejects.toThrow(/other tables, not a ledger/);
  });

  test('a directory that does not exist is an error worth trying again', async () => {
    const file = join(desk.directory, 'later', 'ledger.db');
    await expect(openLedger({ file })).rejects.toThrow(LedgerUnavailable);
    mkdirSync(join(desk.directory, 'later'));
    await (await openLedger({ file })).close();
  });

  test('another salt than the one it was begun with is refused', async () => {
    const file = desk.newFile();
    await (await openLedger({ file, salt: 'drill' })).close();
    await expect(openLedger({ file, salt: 'other' })).rejects.toThrow(/begun with another salt/);
    expect((await desk.open({ file })).salt).toBe('drill');
  });

  test('for reading only it shows everything, writes nothing and creates nothing', async () => {
    const file = desk.newFile();
    await expect(openLedger({ file, readonly: true })).rejects.toThrow(/there is no ledger file/);
    expect(existsSync(file)).toBe(false);
    const writer = await desk.open({ file });
    const played = new PlayedCase('SI-2026-0003');
    await played.settled(writer);
    const reader = await desk.open({ file, readonly: true });
    expect(await reader.record(played.id)).toHaveLength(1);
    expect(await reader.verify()).toMatchObject({ ok: true });
    await expect(reader.flush(played.batch(played.step()))).rejects.toThrow(/read-only/);
  });

  test('migrations are in the order of their names', () => {
    expect(Object.keys(migrations)).toEqual(Object.keys(migrations).toSorted());
  });
});

describe('when the disk does not let the ledger write', () => {
  test('a lock held elsewhere is answered within a fraction of a second, and goes away with the lock', async () => {
    const file = desk.newFile();
    const { ledger } = await ledgerOn(file);
    const other = new Database(file);
    const played = new PlayedCase('SI-2026-0004');
    const batch = played.batch(played.step());
    other.exec('BEGIN IMMEDIATE');

    const { error, ms } = await timed(ledger.flush(batch));

    expect(error).toBeInstanceOf(LedgerUnavailable);
    expect(error).toMatchObject({
      code: 'SQLITE_BUSY',
      nonRetryable: false,
      message: expect.stringMatching(/is locked/),
    });
    expect(ms).toBeLessThan(300);
    expect(await ledger.record(played.id)).toEqual([]);
    other.exec('COMMIT');
    other.close();
    expect(await ledger.flush(batch)).toEqual(played.head);
    await ledger.close();
  });

  test('the process is not held up while it waits for the lock', async () => {
    const file = desk.newFile();
    const { ledger } = await ledgerOn(file);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    let longest = 0;
    let last = performance.now();
    const pulse = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const played = new PlayedCase('SI-2026-0005');
    await timed(ledger.flush(played.batch(played.step())));
    clearInterval(pulse);
    other.close();
    await ledger.close();
    expect(longest).toBeLessThan(100);
  });

  test('a disk that became read-only is answered at once, and written again once it can be', async () => {
    const { ledger, connection } = await ledgerOn(desk.newFile());
    const played = new PlayedCase('SI-2026-0006');
    await ledger.flush(played.batch(played.step()));
    played.commit();
    connection.exec('PRAGMA query_only = 1');
    const batch = played.batch(played.step());

    const { error, ms } = await timed(ledger.flush(batch));

    expect(error).toMatchObject({ name: 'LedgerUnavailable', code: 'SQLITE_READONLY' });
    expect(ms).toBeLessThan(300);
    connection.exec('PRAGMA query_only = 0');
    expect(await ledger.flush(batch)).toEqual(played.head);
    await ledger.close();
  });

  const frozen = freezer();
  (frozen ? test : test.skip)(
    'a file that may not be written is not opened for writing, and is once it may be',
    async () => {
      const file = desk.newFile();
      await (await openLedger({ file })).close();
      frozen?.(file, true);
      try {
        await expect(openLedger({ file })).rejects.toMatchObject({
          name: 'LedgerUnavailable',
          code: 'SQLITE_READONLY',
        });
      } finally {
        frozen?.(file, false);
      }
      const { ledger } = await ledgerOn(file);
      const played = new PlayedCase('SI-2026-0016');
      expect(await ledger.flush(played.batch(played.step()))).toEqual(played.head);
      await ledger.close();
    },
  );

  test('a lock met in the middle of a read does not keep the connection from writing afterwards', async () => {
    const file = desk.newFile();
    const { ledger, connection } = await ledgerOn(file);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    expect(() => connection.run('INSERT INTO meta VALUES (?, ?)', ['a', 'b'])).toThrow(/locked/);
    other.exec('COMMIT');
    other.close();
    const played = new PlayedCase('SI-2026-0017');
    expect(await ledger.flush(played.batch(played.step()))).toEqual(played.head);
    await ledger.close();
  });

  test('a write holds the lock from its start, so that it cannot lose it half way', async () => {
    const file = desk.newFile();
    await (await openLedger({ file })).close();
    const database = new SqliteDatabase({ file, readonly: false, durability: 'relaxed' });
    const store = new Store(database, () => T0);
    const other = new Database(file);
    await store.write('anything', async () => {
      expect(() => other.exec('BEGIN IMMEDIATE')).toThrow(/locked/);
    });
    other.close();
    await store.close();
  });

  test('a full disk is answered at once; nothing of the batch stays, and the next flush goes through', async () => {
    const { ledger, connection } = await ledgerOn(desk.newFile());
    const played = new PlayedCase('SI-2026-0007');
    const batch = played.batch(...Array.from({ length: 600 }, () => played.step()));
    connection.exec('PRAGMA max_page_count = 60');

    const { error } = await timed(ledger.flush(batch));

    expect(error).toMatchObject({ name: 'LedgerUnavailable', code: 'SQLITE_FULL' });
    expect(await ledger.record(played.id)).toEqual([]);
    connection.exec('PRAGMA max_page_count = 1000000');
    expect(await ledger.flush(batch)).toEqual(played.head);
    await ledger.close();
  });
});

describe('the connection', () => {
  test('refuses values that libsql would store as something else, or die of', async () => {
    const connection = new Connection({ file: ':memory:', readonly: false, durability: 'relaxed' });
    for (const value of [true, undefined, Number.NaN, { a: 1 }])
      expect(() => connection.run('SELECT ?', [value])).toThrow(TypeError);
    expect(connection.run('SELECT ? AS at, ? AS text, ? AS missing', [T0, '政令', null]).rows).toEqual([
      { at: T0, text: '政令', missing: null },
    ]);
    connection.close();
  });
});

describe('the activity', () => {
  test('answers the head, and marks a contradiction as one that is not retried', async () => {
    const ledger = await desk.open();
    const { flushRecord } = createLedgerActivities(ledger);
    const played = new PlayedCase('SI-2026-0008');
    expect(await flushRecord(played.batch(played.step()))).toEqual(played.head);
    await ledger.confirm(played.id, played.head);
    const other = new PlayedCase(played.id);
    await expect(flushRecord(other.batch(other.step({ attempt: 'other' })))).rejects.toMatchObject({
      name: 'ApplicationFailure',
      type: 'LedgerConflict',
      nonRetryable: true,
    });
    other.step();
    await expect(flushRecord(other.batch(other.step()))).rejects.toMatchObject({ name: 'LedgerRefusal' });
  });
});
