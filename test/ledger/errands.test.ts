/** What cases ask of one another: kept with the step, handed out in order once it stands, each settled once. */
import {
  awaySeats,
  type ClaimedErrand,
  type ErrandEffect,
  type ErrandSettlement,
  type Ledger,
  LedgerRefusal,
} from '../../activities/ledger';
import type { Effect } from '../../workflows/runtime/workflow/types';
import { DAY, type Desk, describeLedgers, HOUR, MINUTE, PlayedCase, T0, tellEffect } from './support';

const cite = { article: 9, basis: 'stated' };
const notice = (to: object, type = 'PRESIDER_CHANGED', payload: object = { version: 1 }): Effect =>
  ({ kind: 'notifyCase', to, type, payload, cite }) as Effect;
const opening = (key: string): Effect => ({
  kind: 'startCase',
  procedure: 'supervision-item',
  key,
  seat: 'X2-desk',
  payload: { title: '事项' },
  cite,
});

const claim = (ledger: Ledger, now = T0, perCase = 1) =>
  ledger.claimErrands({ now, leaseMs: MINUTE, limit: 10, perCase });
const idsOf = (errands: readonly { id: string }[]) => errands.map(({ id }) => id);
type Leased = Pick<ClaimedErrand, 'case' | 'lease' | 'id'>;
const settle = (ledger: Ledger, { case: caseId, lease, id }: Leased, settlement: object) =>
  ledger.settleErrands(caseId, lease, [{ id, ...settlement } as ErrandSettlement]);
const carried = async (ledger: Ledger, errand: Leased, at = T0) =>
  (await settle(ledger, errand, { state: 'carried', at })).length === 1;

describeLedgers('errands', (desk: Desk) => {
  test('are kept with the step that names them, and handed out once it is confirmed', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('AA-2026-0001');
    const effects = [tellEffect(['sg']), notice({ case: 'LR-2026-0001' }), opening('k')];
    await ledger.flush(played.batch(played.step({ effects })));
    expect(await claim(ledger)).toEqual([]);
    expect(await ledger.errandTails()).toEqual([{ case: played.id, head: played.head, since: T0 }]);
    expect(await ledger.errandBacklog()).toEqual({ waiting: 2, oldest: { id: 'AA-2026-0001:1:1', at: T0 } });

    await ledger.confirm(played.id, played.head);
    expect(await ledger.errandTails()).toEqual([]);
    const [first, ...more] = await claim(ledger);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      id: 'AA-2026-0001:1:1',
      case: played.id,
      sequence: 1,
      position: 1,
      at: T0,
      effect: { kind: 'notifyCase', to: { case: 'LR-2026-0001' }, type: 'PRESIDER_CHANGED', payload: { version: 1 } },
    });
    expect((first!.effect as ErrandEffect & { cite: unknown }).cite).toEqual(cite);
  });

  test('a case hands out the next one once the one before is settled; cases do not wait for each other', async () => {
    const ledger = await desk.open();
    const [one, two] = [new PlayedCase('AA-2026-0001'), new PlayedCase('AA-2026-0002')];
    await one.settled(ledger, { effects: [notice({ every: true }), opening('k')] });
    await one.settled(ledger, { effects: [notice({ case: 'X' })] });
    await two.settled(ledger, { at: T0 + 1, effects: [notice({ procedure: 'p' })] });

    const first = await claim(ledger);
    expect(idsOf(first)).toEqual(['AA-2026-0001:1:0', 'AA-2026-0002:1:0']);
    expect(await claim(ledger)).toEqual([]);
    const retryAt = T0 + MINUTE;
    await settle(ledger, first[0]!, { state: 'pending', retryAt, error: 'the server is away' });
    await carried(ledger, first[1]!);
    expect(await claim(ledger, retryAt - 1)).toEqual([]);
    expect(await ledger.errandBacklog()).toEqual({
      waiting: 3,
      oldest: { id: 'AA-2026-0001:1:0', at: T0, lastError: 'the server is away' },
    });
    for (const id of ['AA-2026-0001:1:0', 'AA-2026-0001:1:1', 'AA-2026-0001:2:0']) {
      const [next] = await claim(ledger, retryAt);
      expect(next?.id).toBe(id);
      await carried(ledger, next!);
    }
    expect(await claim(ledger, T0 + DAY)).toEqual([]);
    expect((await ledger.statistics()).errands).toEqual({ pending: 0, leased: 0, carried: 4, 'given-up': 0 });
  });

  test('several of a case are handed out together, in order; what was not tried of them may be taken at once', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('AA-2026-0001');
    await played.settled(ledger, { effects: [notice({ case: 'A' }), notice({ case: 'B' })] });
    await played.settled(ledger, { effects: [notice({ case: 'C' }), notice({ case: 'D' })] });
    await ledger.flush(played.batch(played.step({ effects: [notice({ case: 'E' })] })));
    const claimed = await claim(ledger, T0, 3);
    const ids = ['AA-2026-0001:1:0', 'AA-2026-0001:1:1', 'AA-2026-0001:2:0'];
    expect(idsOf(claimed)).toEqual(ids);
    expect(new Set(claimed.map(({ lease }) => lease)).size).toBe(1);
    expect(await claim(ledger, T0, 3)).toEqual([]);
    const settled = await ledger.settleErrands(played.id, claimed[0]!.lease, [
      { id: ids[0]!, state: 'carried', at: T0 },
      { id: ids[1]!, state: 'pending', retryAt: T0 + MINUTE, error: 'away' },
      { id: ids[2]!, state: 'released' },
    ]);
    expect(settled).toEqual(ids);
    expect(await claim(ledger, T0 + MINUTE - 1, 3)).toEqual([]);
    const again = await claim(ledger, T0 + MINUTE, 3);
    expect(again.map(({ id, attempts }) => [id, attempts])).toEqual([
      [ids[1], 1],
      [ids[2], 0],
      ['AA-2026-0001:2:1', 0],
    ]);
  });

  test('two loops are never given the same one; a lease that ended is given to the next, and the first settles nothing', async () => {
    const place = desk.newPlace();
    const [here, there] = [await desk.open(place), await desk.open(place)];
    for (let n = 1; n <= 9; n += 1)
      await new PlayedCase(`AA-2026-000${n}`).settled(here, { effects: [notice({ every: true })] });
    const claims = await Promise.all(
      [here, there, here, there].map((ledger) =>
        ledger.claimErrands({ now: T0, leaseMs: MINUTE, limit: 3, perCase: 1 }),
      ),
    );
    const given = claims.flatMap(idsOf);
    expect(new Set(given).size).toBe(given.length);
    for (let more = await claim(here); more.length > 0; more = await claim(there)) given.push(...idsOf(more));
    expect(given).toHaveLength(9);

    const [stalled] = claims.flat();
    const again = (await claim(there, T0 + MINUTE)).find(({ id }) => id === stalled!.id)!;
    expect(again.lease).not.toBe(stalled!.lease);
    expect(await here.keepErrands(stalled!.case, stalled!.lease, T0 + HOUR)).toBe(false);
    expect(await carried(here, stalled!)).toBe(false);
    expect(await there.keepErrands(again.case, again.lease, T0 + HOUR)).toBe(true);
    expect(await carried(there, again)).toBe(true);
  });

  test('what became of one at each receiver is noted once and can be read', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('AA-2026-0001');
    await played.settled(ledger, { effects: [notice({ procedure: 'p' }), opening('k')] });
    const [first] = await claim(ledger);
    const sent = { receiver: 'C-2', outcome: 'sent' as const, at: T0 };
    await ledger.noteReceipts(first!.id, [sent, { receiver: 'C-1', outcome: 'closed', at: T0 }]);
    await settle(ledger, first!, { state: 'carried', at: T0 + 1, receipts: [{ ...sent, at: T0 + 9 }] });
    const [second] = await claim(ledger);
    const refused = { receiver: 'supervision-item', outcome: 'refused' as const, at: T0, detail: 'seat-unassigned' };
    const given = { state: 'given-up' as const, at: T0 + 2, error: 'nobody holds X2-desk' };
    await settle(ledger, second!, { ...given, receipts: [refused] });

    const all = await ledger.errands({ case: played.id });
    expect(all).toMatchObject([
      {
        state: 'carried',
        attempts: 1,
        settledAt: T0 + 1,
        receipts: [{ receiver: 'C-1', outcome: 'closed', at: T0 }, sent],
      },
      { state: 'given-up', lastError: 'nobody holds X2-desk', receipts: [refused] },
    ]);
    expect(await ledger.errands({ after: all[0]! })).toEqual([all[1]]);
    expect(await ledger.errands({ state: 'carried' })).toEqual([all[0]]);
    expect(await ledger.errandsGivenUp()).toEqual([all[1]]);
    expect(await ledger.errandBacklog()).toEqual({ waiting: 0 });
  });

  test('those of an attempt that was replaced are never handed out; they come back with it', async () => {
    const ledger = await desk.open();
    const killed = new PlayedCase('AA-2026-0001');
    await killed.settled(ledger, { effects: [notice({ case: 'X' })] });
    const successor = killed.fork();
    await ledger.flush(killed.batch(killed.step({ attempt: 'killed', effects: [notice({ case: 'K' })] })));
    const truth = successor.step({ attempt: 'successor', effects: [tellEffect(['sg']), notice({ case: 'S' })] });
    await ledger.flush(successor.batch(truth));
    expect(idsOf(await ledger.errands())).toEqual(['AA-2026-0001:1:0', 'AA-2026-0001:2:1']);

    // A worker thought dead writes over it, and the case goes on from the other.
    await ledger.flush(killed.batch(killed.step({ attempt: 'late', effects: [] }))).catch(() => {});
    await ledger.confirm(successor.id, successor.head);
    await carried(ledger, (await claim(ledger))[0]!);
    expect((await claim(ledger)).map(({ effect }) => effect)).toMatchObject([{ to: { case: 'S' } }]);
  });

  test.each<[string, Effect, RegExp]>([
    ['a notice to nobody', notice({}), /a notice without receiver/],
    ['a notice to two kinds of receivers', notice({ case: 'X', every: true }), /a notice without receiver/],
    ['a notice without type', notice({ every: true }, ''), /a notice without receiver, type/],
    ['an opening without key', { ...opening('k'), key: undefined }, /an opening without procedure, key/],
  ])('%s is refused with its batch', async (_, effect, sentence) => {
    const ledger = await desk.open();
    const played = new PlayedCase('AA-2026-0001');
    const flushed = ledger.flush(played.batch(played.step({ effects: [effect] })));
    await expect(flushed).rejects.toThrow(LedgerRefusal);
    await expect(flushed).rejects.toThrow(sentence);
    expect(await ledger.errands()).toEqual([]);
  });

  test('rest on their entries: the proof of the record says so', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    await new PlayedCase('AA-2026-0001').settled(ledger, { effects: [opening('k')] });
    expect(await ledger.verify()).toMatchObject({ ok: true });
    await desk.tamper(place, 'update errand set sequence = 2');
    expect(await ledger.verify()).toEqual({
      ok: false,
      problems: ['errands rest on entry 2 of case AA-2026-0001, which its record lacks'],
    });
  });

  test('that were lost are made anew: what is for one is carried again, what was for many is not', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    const played = new PlayedCase('AA-2026-0001');
    await played.settled(ledger, { effects: [notice({ every: true }), notice({ case: 'X' }), opening('k')] });
    await ledger.flush(played.batch(played.step({ effects: [notice({ every: true })] })));
    const before = await ledger.errands();
    await desk.tamper(place, 'delete from errand');
    expect(await ledger.mend([played.id], { look: true })).toEqual([{ case: played.id, what: ['errands'] }]);
    await ledger.mend([played.id]);
    expect(await ledger.mend([played.id], { look: true })).toEqual([]);
    const [forAll, ...others] = await ledger.errands();
    expect(forAll).toMatchObject({ state: 'given-up', lastError: expect.stringContaining('made anew') });
    expect(others).toEqual(before.slice(1));
  });
});

describeLedgers('what open cases say', (desk: Desk) => {
  const at = T0 + HOUR;

  /** A case of another procedure than the one PlayedCase plays. */
  async function said(
    ledger: Ledger,
    id: string,
    procedure: string,
    summary: object,
    status: 'open' | 'closed' = 'open',
  ) {
    const played = new PlayedCase(id);
    played.summary = summary as never;
    played.status = status;
    const batch = played.batch(played.step());
    await ledger.flush({ ...batch, projection: { ...batch.projection, machine: `${procedure}@draft-2026` } });
  }

  test('who presides stands in the open case of acting authority', async () => {
    const ledger = await desk.open();
    expect(await ledger.standing()).toBeUndefined();
    const standing = {
      case: 'AA-2026-0002',
      version: 3,
      state: 'evm-presiding',
      column: 'B',
      presider: 'vm-1',
      away: ['mayor'],
    };
    await said(ledger, 'AA-2026-0001', 'acting-authority', { standing: { ...standing, version: 9 } }, 'closed');
    await said(ledger, 'AA-2026-0002', 'acting-authority', { standing });
    await said(ledger, 'SI-2026-0001', 'supervision-item', { standing: { version: 99 } });
    expect(await ledger.standing()).toEqual(standing);
  });

  test('who is away stands in the open cases of leave', async () => {
    const ledger = await desk.open();
    const absence = (state: string, seats: string[], from = T0) => ({
      absence: { person: `p-${seats[0]}`, seats, interval: { from }, basis: 'leave', state },
    });
    await said(ledger, 'LR-2026-0001', 'leave-request', absence('open', ['mayor']));
    await said(ledger, 'LR-2026-0002', 'leave-request', absence('granted', ['vm-1']));
    await said(ledger, 'LR-2026-0003', 'leave-request', absence('open', ['vm-2', 'D01-head']), 'closed');
    await said(ledger, 'LR-2026-0004', 'leave-request', { matter: '已返回' });
    const all = await ledger.absences();
    expect(all.map(({ case: id, seats, state }) => [id, seats, state])).toEqual([
      ['LR-2026-0001', ['mayor'], 'open'],
      ['LR-2026-0002', ['vm-1'], 'granted'],
    ]);
    expect([...awaySeats(all, at)]).toEqual(['mayor']);
    expect([...awaySeats(all, T0 - 1)]).toEqual([]);
  });

  test('which of them wait for whom, each once, and which there are, page by page', async () => {
    const ledger = await desk.open();
    await said(ledger, 'SI-2026-0001', 'supervision-item', { awaiting: ['vm-1', 'D07'] });
    await said(ledger, 'SI-2026-0002', 'supervision-item', { awaiting: ['vm-2'] });
    await said(ledger, 'LR-2026-0001', 'leave-request', { awaiting: ['D07', 'mayor'] });
    await said(ledger, 'SI-2026-0003', 'supervision-item', { awaiting: ['vm-1'] }, 'closed');
    expect(await ledger.awaiting(['vm-1', 'D07'])).toEqual([
      { case: 'LR-2026-0001', procedure: 'leave-request' },
      { case: 'SI-2026-0001', procedure: 'supervision-item' },
    ]);
    expect(await ledger.awaiting([])).toEqual([]);
    const [first, ...more] = await ledger.openCases({ limit: 2 });
    expect([first?.case, more.length]).toEqual(['LR-2026-0001', 1]);
    const items = { procedures: ['supervision-item'] };
    expect((await ledger.openCases({ ...items, after: 'SI-2026-0001' })).map((one) => one.case)).toEqual([
      'SI-2026-0002',
    ]);
    expect(await ledger.openCases({ procedures: [] })).toEqual([]);
  });
});
