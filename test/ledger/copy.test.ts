import { type CopiedRow, type Ledger, LedgerUnusable } from '../../activities/ledger';
import { DAY, Desk, describeLedgers, HOUR, PlayedCase, T0, tellEffect } from './support';

/** Something of everything a ledger holds. */
async function fill(ledger: Ledger): Promise<void> {
  for (const id of ['SI-2026-0001', 'SI-2026-0002']) {
    const played = new PlayedCase(id);
    played.summary = { matter: '供水保障', unit: 'D07', awaiting: ['D07', 'vm-1'], leadVms: ['vm-1'], due: T0 + DAY };
    const by = { seat: 'D07-desk', unit: 'D07', basis: 'own' };
    await played.settled(ledger, { by, effects: [tellEffect(['D07-desk', 'mayor'])] });
    await played.settled(ledger, { by });
    const stale = played.fork();
    await ledger.flush(stale.batch(stale.step({ attempt: 'stale', effects: [tellEffect(['sg'])] })));
    await ledger.flush(played.batch(played.step({ by, effects: [tellEffect(['vm-1'])] })));
  }
  const asking = new PlayedCase('AA-2026-0001');
  const notice = { kind: 'notifyCase', to: { every: true }, type: 'T', payload: {}, cite: null };
  await asking.settled(ledger, { effects: [notice, notice] });
  const [errand] = await ledger.claimErrands({ now: T0, leaseMs: HOUR, limit: 1, perCase: 1 });
  const receipt = { receiver: 'SI-2026-0001', outcome: 'sent' as const, at: T0 };
  const carried = { id: errand!.id, state: 'carried' as const, at: T0, receipts: [receipt] };
  await ledger.settleErrands(asking.id, errand!.lease, [carried]);
  await ledger.acknowledge({ tell: 'SI-2026-0001:1:0/mayor', by: 'mayor', at: T0, how: 'inbox' });
  const [claimed] = await ledger.claimTells({ now: T0, leaseMs: HOUR, limit: 1, waiting: true });
  await ledger.settleTells(claimed!.lease, [claimed!.id], { state: 'released' }, [
    { at: T0, channel: 'sms', outcome: 'busy' },
  ]);
  await ledger.seal('2026-03-18', T0 + DAY);
  await ledger.rememberPerson('0123456789abcdef', 'p-wang');
  await ledger.giveNumber({ series: 'SI', year: 2026, key: 'k' });
  await ledger.giveDocumentNumber({ series: '石政发', year: 2026, paper: 'p' });
  await ledger.voidDocumentNumber({ series: '石政发', year: 2026, number: 1, reason: '有误', seat: 'X1-desk', at: T0 });
  await ledger.keepAttachment({
    hash: 'a'.repeat(64),
    name: 'n',
    mediaType: 'text/plain',
    bytes: 1,
    seat: 's',
    at: T0,
  });
  await ledger.logRefusal({ at: T0, entrance: 'e', seat: 's', actType: 't', actId: 'i', code: 'c' });
  await ledger.logReading({ at: T0, reader: 'r', seat: 's', entrance: 'e', what: 'view' });
  await ledger.spendToken({ token: 't', purpose: 'p', at: T0 });
  await ledger.addWebhook({ id: 'h', url: 'https://r.invalid/', secretRef: 'S', from: 1 });
  const hook = await ledger.claimWebhook({ now: T0, leaseMs: HOUR, limit: 5 });
  await ledger.settleWebhook('h', hook!.lease, { state: 'dead', position: 1, error: 'gone', at: T0 });
}

async function shown(ledger: Ledger) {
  const mine = { for: ['D07', 'D07-desk', 'vm-1'] };
  return {
    list: await ledger.list(),
    units: await ledger.list({ unit: 'D07', state: 'in-progress' }),
    inbox: [
      await ledger.inbox({ ...mine, box: 'todo' }),
      await ledger.inbox({ ...mine, box: 'done' }),
      await ledger.inbox({ ...mine, box: 'unread' }),
    ],
    counts: await ledger.counts(mine),
    search: await ledger.search({ text: '供水' }),
    feed: await ledger.feed(),
    statistics: await ledger.statistics(),
    errands: await ledger.errands(),
    cases: await ledger.caseStatistics(),
    verified: await ledger.verify(),
  };
}

async function rowsOf(ledger: Ledger): Promise<CopiedRow[]> {
  const rows: CopiedRow[] = [];
  for await (const row of ledger.dump()) rows.push(JSON.parse(JSON.stringify(row)));
  return rows;
}

describeLedgers('a copy of a ledger', (desk) => {
  const sqlite = new Desk();
  afterAll(() => sqlite.clear());

  test('holds something of every table', async () => {
    const ledger = await desk.open();
    await fill(ledger);
    const tables = new Set((await rowsOf(ledger)).map(({ table }) => table));
    expect([...tables]).toHaveLength(25);
  });

  test('goes from any database to any other and is the same ledger there', async () => {
    const [ledger, there, back] = [await desk.open(), await sqlite.open(), await desk.open()];
    await fill(ledger);
    const rows = await rowsOf(ledger);
    expect(await there.restore(rows)).toBe(rows.length - 2);
    expect(await back.restore(there.dump())).toBe(rows.length - 2);
    expect(await rowsOf(back)).toEqual(rows);
    expect([there.salt, back.salt]).toEqual([ledger.salt, ledger.salt]);
    expect(await shown(there)).toEqual(await shown(ledger));
    expect(await shown(back)).toEqual(await shown(ledger));
    await new PlayedCase('SI-2026-0003').settled(back);
    expect((await back.feed()).at(-1)?.position).toBe((await ledger.lastPosition()) + 1);
  });

  test('is of one moment, although the case is written meanwhile', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0004');
    await ledger.flush(played.batch(...Array.from({ length: 700 }, () => played.step())));
    const rows: CopiedRow[] = [];
    for await (const row of ledger.dump()) {
      if (rows.length === 10) await played.commit().settled(ledger);
      rows.push(row);
    }
    expect(rows.filter(({ table }) => table === 'record')).toHaveLength(700);
    expect(rows.filter(({ table }) => table === 'feed')).toHaveLength(0);
  });

  const damages: [string, (rows: CopiedRow[]) => CopiedRow[], RegExp][] = [
    ['nothing', () => [], /its end is missing/],
    ['something else', () => [{ table: 'orders', row: {} }], /no copy of a ledger/],
    ['one of another version', ([_, ...rows]) => [{ table: 'ledger', row: { edition: '0009' } }, ...rows], /'0009'/],
    ['one that was cut off', (rows) => rows.slice(0, -2), /its end is missing/],
    ['one that lacks a row', (rows) => rows.toSpliced(5, 1), /should have \d+ rows/],
    ['one with a row twice', (rows) => rows.toSpliced(5, 0, rows[5]!), /damaged between rows/],
    ['one with a table we lack', (rows) => rows.toSpliced(5, 0, { table: 'x"; --', row: { a: 1 } }), /no table/],
    ['one with a column we lack', (rows) => rows.toSpliced(1, 1, { table: 'meta', row: { n: 1 } }), /damaged/],
  ];
  test.each(damages)('of %s is refused whole', async (_, damage, sentence) => {
    const source = await sqlite.open();
    await fill(source);
    const target = await desk.open();
    const { salt } = target;
    const restored = target.restore(damage(await rowsOf(source)));
    await expect(restored).rejects.toThrow(LedgerUnusable);
    await expect(restored).rejects.toThrow(sentence);
    expect(await target.list()).toEqual([]);
    expect(await target.refusals()).toEqual([]);
    expect(target.salt).toBe(salt);
    await new PlayedCase('C-1').settled(target);
  });

  test('is not restored over cases that are there', async () => {
    const ledger = await desk.open();
    await new PlayedCase('C-1').settled(ledger);
    await expect(ledger.restore(await rowsOf(ledger))).rejects.toThrow(/is not empty/);
  });
});

describeLedgers('lists that were lost', (desk) => {
  const derived = ['case_view', 'case_key', 'awaited', 'acted', 'case_gram'];

  test('are made anew from the record and what was kept with it', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    await fill(ledger);
    const before = await shown(ledger);
    await desk.tamper(place, ...derived.map((table) => `delete from ${table}`));
    expect((await ledger.list()).length).toBe(0);
    expect(await ledger.reindex()).toBe(3);
    expect(await shown(ledger)).toEqual(before);
  });

  test('are replaced by what the case itself shows, unless the record has gone on or lacks its entry', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0001');
    await played.settled(ledger, { state: ['open.course.assigning'] });
    const entry = played.step({ state: ['open.course.overdue'] });
    const { projection } = played.batch(entry);
    const view = { ...projection, summary: { matter: '防汛', awaiting: ['X2'] }, drill: false };
    expect(await ledger.replaceView(view)).toBe('ahead');
    await ledger.flush(played.batch(entry));
    expect(await ledger.replaceView(view)).toBe('replaced');
    expect(await ledger.caseView('SI-2026-0001')).toEqual(view);
    expect(await ledger.counts({ for: ['X2'] })).toMatchObject({ todo: 1 });
    expect((await ledger.search({ text: '防汛' })).items).toHaveLength(1);
    await ledger.reindex();
    expect(await ledger.caseView('SI-2026-0001')).toEqual(view);
    expect(await ledger.replaceView({ ...view, sequence: 1 })).toBe('older');
    expect(await ledger.replaceView({ ...view, case: 'SI-2026-0009' })).toBe('ahead');
  });
});
