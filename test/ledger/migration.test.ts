import { type Kysely, Migrator } from 'kysely';
import { type Ledger, LedgerUnusable, openLedger } from '../../activities/ledger';
import { migrations } from '../../activities/ledger/migrations';
import { PostgresDatabase } from '../../activities/ledger/postgres';
import { SqliteDatabase } from '../../activities/ledger/sqlite';
import { Store } from '../../activities/ledger/store';
import { DAY, Desk, describeLedgers, HOUR, MINUTE, type Place, PlayedCase, T0, tellEffect } from './support';

const FIRST = '0001-record-views-tells';

/** What the tables of the first version had. */
const columns: Record<string, string[]> = {
  meta: ['name', 'value'],
  record: ['case_id', 'sequence', 'entry', 'hash', 'previous', 'confirmed', 'first_written_at', 'projection'],
  case_view: ['case_id', 'machine', 'status', 'state', 'deadlines', 'summary', 'sequence', 'drill'],
  tell: [
    ...['id', 'case_id', 'sequence', 'recipient', 'template', 'data', 'cite', 'deliver_at', 'deferred', 'state'],
    ...['next_at', 'lease', 'lease_until', 'attempts', 'last_error', 'delivered_at', 'channel', 'seat'],
  ],
  case_number: ['series', 'year', 'number', 'business_key', 'given_at'],
  number_series: ['series', 'year', 'next'],
};

describeLedgers('a ledger of the first version', (desk) => {
  const modern = new Desk();
  afterAll(() => modern.clear());

  /** Puts the rows of a ledger of today into tables of then. */
  async function asOfThen(place: Place, ledger: Ledger): Promise<void> {
    const how = { readonly: false, durability: 'relaxed' } as const;
    const database = place.url
      ? new PostgresDatabase({ ...how, url: place.url, schema: place.schema })
      : new SqliteDatabase({ ...how, file: place.file! });
    const store = new Store(database, () => T0);
    const provider = { getMigrations: async () => ({ [FIRST]: migrations[FIRST]! }) };
    const schema = place.schema ? { migrationTableSchema: place.schema } : {};
    const { error } = await new Migrator({ db: store.db, provider, ...schema }).migrateToLatest();
    if (error) throw error;
    for await (const { table, row } of ledger.dump()) {
      const then = columns[table]?.map((column) => [column, row[column]] as const);
      const isNew = table === 'meta' && row.name !== 'salt';
      if (then && !isNew)
        await (store.db as unknown as Kysely<Record<string, object>>)
          .insertInto(table)
          .values(Object.fromEntries(then))
          .execute();
    }
    await store.close();
  }

  async function played(): Promise<{ ledger: Ledger; open: PlayedCase }> {
    let now = T0;
    const ledger = await modern.open({ clock: () => now });
    const by = { seat: 'D07-desk', unit: 'D07', basis: 'own' };
    const [open, closed] = [new PlayedCase('SI-2026-0001'), new PlayedCase('SI-2026-0002')];
    open.summary = {
      matter: '供水保障',
      unit: 'D07',
      awaiting: ['D07'],
      due: T0 + DAY,
      overdue: true,
      mainState: 'overdue',
    };
    closed.summary = { matter: '道路', unit: 'D08', due: T0 + HOUR, mainState: 'closed' };
    for (const one of [open, closed]) {
      now += MINUTE;
      await one.settled(ledger, { at: now, by, effects: [tellEffect(['D07-desk'])] });
    }
    now += MINUTE;
    closed.status = 'closed';
    await closed.settled(ledger, { at: now, state: ['closed'] });
    now += MINUTE;
    await ledger.flush(open.batch(open.step({ at: now, by, effects: [tellEffect(['mayor'])] })));
    await ledger.giveNumber({ series: 'SI', year: 2026, key: 'k' });
    return { ledger, open };
  }

  test('is brought up to date with everything that follows from its rows', async () => {
    const { ledger, open } = await played();
    const place = desk.newPlace();
    await asOfThen(place, ledger);
    await expect(openLedger({ ...place, readonly: true } as never)).rejects.toThrow(LedgerUnusable);
    const [one, two] = await Promise.all([desk.open(place), desk.open(place)]);

    const mine = { for: ['D07', 'D07-desk'] };
    for (const query of [{ box: 'todo' }, { box: 'done' }, { box: 'unread' }] as const)
      expect(await one!.inbox({ ...mine, ...query })).toEqual(await ledger.inbox({ ...mine, ...query }));
    expect((await one!.inbox({ ...mine, box: 'unread' })).items).toHaveLength(2);
    expect(await two!.counts(mine)).toEqual({ todo: 1, overdue: 1, unread: 2 });
    expect((await one!.search({ text: '供水' })).items).toHaveLength(1);
    expect(await one!.caseStatistics()).toEqual(await ledger.caseStatistics());
    expect(await one!.feed()).toEqual(await ledger.feed());
    expect(await one!.verify()).toMatchObject({ ok: true, cases: 2, entries: 4 });
    expect(one!.salt).toBe(ledger.salt);

    open.commit();
    await one!.confirm(open.id, open.head);
    expect((await two!.feed({ after: 3 })).map(({ position, case: id }) => [position, id])).toEqual([[4, open.id]]);
    expect((await one!.inbox({ for: ['mayor'], box: 'unread' })).items).toHaveLength(1);
    expect(await one!.giveNumber({ series: 'SI', year: 2026, key: 'k2' })).toMatchObject({ number: 2 });
  });

  test('whose lists were not finished is finished the next time it is opened', async () => {
    const { ledger } = await played();
    const place = desk.newPlace();
    await asOfThen(place, ledger);
    await desk.open(place);
    await desk.tamper(
      place,
      "delete from meta where name = 'reindexed'",
      'delete from awaited',
      'delete from case_gram',
    );
    const again = await desk.open(place);
    expect(await again.counts({ for: ['D07'] })).toMatchObject({ todo: 1 });
    expect((await again.search({ text: '保障' })).items).toHaveLength(1);
  });

  test('of many entries keeps their order in the feed', async () => {
    const ledger = await modern.open();
    const long = new PlayedCase('SI-2026-0003');
    await ledger.flush(long.batch(...Array.from({ length: 1_203 }, () => long.step())));
    await ledger.confirm(long.id, long.commit().head);
    const place = desk.newPlace();
    await asOfThen(place, ledger);
    const then = await desk.open(place);
    expect(await then.lastPosition()).toBe(1_203);
    expect((await then.feed({ after: 1_200 })).map(({ sequence }) => sequence)).toEqual([1_201, 1_202, 1_203]);
  });
});
