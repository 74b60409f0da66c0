/** The moment of a backup: nobody writes, everybody reads, and what is copied is of that moment. */
import { type CopiedRow, type Ledger, LedgerUnavailable } from '../../activities/ledger';
import { type Desk, describeLedgers, PlayedCase } from '../ledger/support';

describeLedgers('holding the ledger', (desk: Desk) => {
  let ledger: Ledger;
  let other: Ledger;
  let played: PlayedCase;

  beforeEach(async () => {
    const place = desk.newPlace();
    [ledger, other] = [await desk.open(place), await desk.open(place)];
    played = new PlayedCase('SI-2026-0001');
    await played.settled(ledger);
  });

  it('lets nobody write, and everybody read', async () => {
    await ledger.hold(async () => {
      await expect(other.flush(played.fork().batch(played.fork().step()))).rejects.toBeInstanceOf(LedgerUnavailable);
      await expect(other.giveNumber({ series: 'SI', year: 2026, key: 'k' })).rejects.toBeInstanceOf(LedgerUnavailable);
      expect(await other.record('SI-2026-0001')).toHaveLength(1);
    });
  });

  it('lets everybody write again afterwards, also where the work failed', async () => {
    await expect(ledger.hold(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    await played.settled(other);
    expect(await ledger.record('SI-2026-0001')).toHaveLength(2);
  });

  it('waits for whoever writes just now', async () => {
    const writing = Promise.all([1, 2, 3].map((n) => new PlayedCase(`SI-2026-010${n}`).settled(other)));
    const counted = await ledger.hold(() => ledger.list());
    await writing;
    expect(counted.length).toBeLessThanOrEqual(4);
    expect(await ledger.list()).toHaveLength(4);
  });

  it('a copy begun meanwhile is of that moment, however much is written while it goes on', async () => {
    const rows = ledger.dump();
    const begun = await ledger.hold(async () => [await rows.next(), await rows.next()]);
    await played.settled(other);
    await new PlayedCase('SI-2026-0009').settled(other);
    const all = begun.map(({ value }) => value as CopiedRow);
    for await (const row of rows) all.push(row);
    expect(all.filter(({ table }) => table === 'record')).toHaveLength(1);
    expect(all.filter(({ table }) => table === 'feed')).toHaveLength(1);
  });
});
