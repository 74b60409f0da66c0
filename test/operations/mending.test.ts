/** What follows from the record, wrecked by SQL: found, named, and the same as before once it is put right. */
import type { Ledger, Mended } from '../../activities/ledger';
import { DAY, type Desk, describeLedgers, HOUR, type Place, PlayedCase, T0, tellEffect } from '../ledger/support';
import { contents, projections, query } from './tables';

const OPEN = 'SI-2026-0001';
const CLOSED = 'SI-2026-0002';
const by = (seat: string) => ({ seat, unit: seat.split('-')[0]! });

describeLedgers('mending', (desk: Desk) => {
  let place: Place;
  let ledger: Ledger;
  const all = [...projections, 'feed', 'tell'];

  beforeEach(async () => {
    place = desk.newPlace();
    ledger = await desk.open(place);
    const open = new PlayedCase(OPEN);
    open.summary = {
      matter: '老旧小区供热管网改造',
      unit: 'D10',
      units: ['D10', 'D13'],
      awaiting: ['D10'],
      due: T0 + DAY,
    };
    await open.settled(ledger, { by: by('X2-desk'), effects: [tellEffect(['D10-head', 'D10-desk'])] });
    await open.settled(ledger, { by: by('D10-desk'), at: T0 + HOUR });
    const closed = new PlayedCase(CLOSED);
    closed.summary = { matter: '黄河流域排污口整治', unit: 'D07', units: ['D07'], awaiting: [] };
    await closed.settled(ledger, { by: by('X2-desk'), effects: [tellEffect(['vm-5'])] });
    closed.status = 'closed';
    await closed.settled(ledger, { by: by('X2-head'), state: ['closed'], at: T0 + HOUR });
    const [row] = await ledger.claimTells({ now: T0 + DAY, leaseMs: 1, limit: 1, waiting: true });
    const sent = { state: 'delivered' as const, at: T0 + HOUR, channel: 'email', seat: row!.recipient };
    await ledger.settleTells(row!.lease, [row!.id], sent, [{ at: T0 + HOUR, channel: 'email', outcome: 'delivered' }]);
    await ledger.acknowledge({ tell: row!.id, by: row!.recipient, at: T0 + HOUR + 1, how: 'inbox' });
  });

  const look = () => ledger.mend([OPEN, CLOSED], { look: true });
  const wreck = (sql: string) => query(place, sql);

  it('finds nothing where nothing is wrong, and writes nothing', async () => {
    const before = await contents(place, all);
    expect(await look()).toEqual([]);
    expect(await ledger.mend([OPEN, CLOSED])).toEqual([]);
    expect(await ledger.mendStrays()).toEqual([]);
    expect(await contents(place, all)).toEqual(before);
  });

  const wrecks: { what: string; sql: string; found: Mended[] }[] = [
    { what: 'a list that is gone', sql: `delete from case_view where case_id = '${OPEN}'`, found: ['list'] },
    { what: 'a list that says another state', sql: `update case_view set main_state = 'closed'`, found: ['list'] },
    { what: 'a key that is gone', sql: `delete from case_key where kind = 'unit' and value = 'D13'`, found: ['keys'] },
    { what: 'a key too many', sql: `insert into case_key values ('unit', 'D99', '${OPEN}')`, found: ['keys'] },
    { what: 'an empty inbox', sql: 'delete from awaited', found: ['todo'] },
    { what: 'an inbox with another date', sql: 'update awaited set due = 1', found: ['todo'] },
    { what: 'acts that are gone', sql: `delete from acted where party = 'D10-desk'`, found: ['done'] },
    {
      what: 'acts that were never done',
      sql: `insert into acted values ('D99', '${OPEN}', 'x', 1, 1)`,
      found: ['done'],
    },
    { what: 'a search that finds nothing', sql: `delete from case_gram where case_id = '${OPEN}'`, found: ['search'] },
  ];

  it.each(wrecks)('finds $what, and puts it right', async ({ sql, found }) => {
    const before = await contents(place, all);
    await wreck(sql);
    const seen = await look();
    expect(seen.find(({ case: id }) => id === OPEN)?.what.sort()).toEqual(found);
    expect(await ledger.mend([OPEN, CLOSED])).toEqual(seen);
    expect(await look()).toEqual([]);
    expect(await contents(place, all)).toEqual(before);
  });

  it.each([
    { what: 'a list without a record', sql: `insert into awaited values ('D99', 'XX-1', 'x', 1, 1)`, table: 'awaited' },
    {
      what: 'words that lead to no such case',
      sql: `insert into case_gram values ('督查', 1, 'XX-1')`,
      table: 'case_gram',
    },
    {
      what: 'words that are not those of their case',
      sql: `insert into case_gram select '督查', opened_at, case_id from case_view where case_id = '${OPEN}'`,
      table: 'case_gram',
    },
  ])('finds $what, and drops it', async ({ sql, table }) => {
    const before = await contents(place, all);
    await wreck(sql);
    expect(await ledger.mendStrays({ look: true })).toEqual([{ table, rows: 1 }]);
    expect(await ledger.mendStrays()).toEqual([{ table, rows: 1 }]);
    expect(await contents(place, all)).toEqual(before);
  });

  it('fills gaps of the feed behind its end: no position is given twice', async () => {
    const told = await ledger.feed();
    const lost = told.filter(({ case: id, type }) => id === CLOSED && type !== 'tell.acknowledged');
    await wreck(`delete from feed where case_id = '${CLOSED}' and type <> 'tell.acknowledged'`);
    expect(await look()).toEqual([{ case: CLOSED, what: ['feed'] }]);
    await ledger.mend([OPEN, CLOSED]);
    const filled = (await ledger.feed()).slice(-lost.length);
    expect(filled.map(({ position: _, ...event }) => event)).toEqual(lost.map(({ position: _, ...event }) => event));
    expect(filled[0]!.position).toBe(told.at(-1)!.position + 1);
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  it('makes lost messages anew with what log and feed still say of them, and sends none of them again', async () => {
    const before = await ledger.tells();
    await wreck('delete from tell');
    expect(await look()).toEqual([OPEN, CLOSED].map((id) => ({ case: id, what: ['messages'] })));
    await ledger.mend([OPEN, CLOSED]);
    const after = await ledger.tells();
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    const sent = before.find(({ state }) => state === 'delivered')!;
    expect(after.find(({ id }) => id === sent.id)).toEqual(sent);
    for (const tell of after.filter(({ id }) => id !== sent.id)) expect(tell.state).toBe('given-up');
    expect(await ledger.claimTells({ now: T0 + 30 * DAY, leaseMs: 1, limit: 100, waiting: true })).toEqual([]);
    expect((await ledger.inbox({ for: ['D10-head'], box: 'unread' })).items).toHaveLength(1);
  });

  it('says of a case that nothing shows any more that it is unlisted, and leaves it alone', async () => {
    await wreck('update record set projection = null');
    expect(await look()).toEqual([]);
    await wreck(`delete from case_view where case_id = '${OPEN}'`);
    expect(await ledger.mend([OPEN, CLOSED])).toEqual([{ case: OPEN, what: ['unlisted'] }]);
    expect(await ledger.record(OPEN)).toHaveLength(2);
  });
});
