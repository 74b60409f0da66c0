import { setImmediate as breathe } from 'node:timers/promises';
import type { Ledger } from '../../activities/ledger';
import { describeLedgers, HOUR, MINUTE, PlayedCase, patient, T0 } from './support';

async function wholeFeed(ledger: Ledger): Promise<number[]> {
  const positions: number[] = [];
  for (;;) {
    const events = await ledger.feed({ after: positions.at(-1) ?? 0, limit: 7 });
    if (events.length === 0) return positions;
    positions.push(...events.map(({ position }) => position));
  }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describeLedgers('the feed', (desk) => {
  test('tells of what is confirmed, in one order, and of nothing that may yet be replaced', async () => {
    const ledger = await desk.open();
    const [a, b] = [new PlayedCase('C-1'), new PlayedCase('C-2')];
    await ledger.flush(a.batch(a.step({ at: T0 })));
    await ledger.flush(b.batch(b.step({ at: T0 + MINUTE }), b.step({ at: T0 + 2 * MINUTE })));
    expect(await ledger.feed()).toEqual([]);
    expect(await ledger.lastPosition()).toBe(0);
    expect(await ledger.reached('C-1', 1)).toBe(true);
    expect(await ledger.reached('C-1', 1, { confirmed: true })).toBe(false);

    await ledger.confirm('C-2', b.head);
    a.commit().status = 'closed';
    await ledger.flush(a.batch(a.step({ at: T0 + HOUR, state: ['closed'] })));
    await ledger.confirm('C-1', a.head);

    const events = await ledger.feed();
    expect(events.map(({ position, case: id, sequence, type, at }) => [position, id, sequence, type, at])).toEqual([
      [1, 'C-2', 1, 'case.opened', T0 + MINUTE],
      [2, 'C-2', 2, 'case.step', T0 + 2 * MINUTE],
      [3, 'C-1', 1, 'case.opened', T0],
      [4, 'C-1', 2, 'case.closed', T0 + HOUR],
    ]);
    expect(events[3]?.data).toEqual({
      machine: 'supervision-item@draft-2026',
      state: ['closed'],
      trigger: 'PROGRESS',
      hash: a.head.hash,
    });
    expect(await ledger.lastPosition()).toBe(4);
    expect(await ledger.reached('C-1', 2, { confirmed: true })).toBe(true);
    expect(await ledger.reached('C-1', 3)).toBe(false);
  });

  test('may be asked for one case, for some types, and from a position on', async () => {
    const ledger = await desk.open();
    for (const id of ['C-1', 'C-2']) {
      const played = new PlayedCase(id);
      for (let i = 0; i < 3; i++) await played.settled(ledger);
    }
    const positions = async (query: Parameters<Ledger['feed']>[0]) =>
      (await ledger.feed(query)).map(({ position }) => position);
    expect(await positions({ case: 'C-2' })).toEqual([4, 5, 6]);
    expect(await positions({ types: ['case.opened'] })).toEqual([1, 4]);
    expect(await positions({ types: ['case.opened', 'case.step'], after: 4, limit: 1 })).toEqual([5]);
    expect(await positions({ types: [] })).toEqual([]);
    expect(await positions({ after: 6 })).toEqual([]);
  });

  test('is written once for an entry, however often it is confirmed', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('C-1');
    const batch = played.batch(played.step());
    await ledger.flush(batch);
    played.commit();
    await Promise.all([ledger.confirm('C-1', played.head), ledger.confirm('C-1', played.head)]);
    await ledger.flush(batch);
    await ledger.flush(played.batch(played.step()));
    expect(await wholeFeed(ledger)).toEqual([1]);
  });

  test('while many cases are confirmed at once nobody who follows it ever misses a position', async () => {
    const place = desk.newPlace();
    const offices = await Promise.all(upTo(4).map(() => desk.open(place)));
    const reader = await desk.open(place);
    let writing = true;
    const seen: number[] = [];
    const follow = (async () => {
      for (let last = false; !last; ) {
        last = !writing;
        const events = await patient(() => reader.feed({ after: seen.at(-1) ?? 0 }));
        seen.push(...events.map(({ position }) => position));
        await breathe();
      }
    })();
    await Promise.all(
      offices.map(async (ledger, office) => {
        for (const n of upTo(8)) {
          const played = new PlayedCase(`C-${office}-${n}`);
          await patient(() => ledger.flush(played.batch(played.step(), played.step())));
          await patient(() => ledger.confirm(played.id, played.head));
        }
      }),
    );
    writing = false;
    await follow;
    expect(seen).toEqual(upTo(64));
    expect(await reader.verify()).toMatchObject({ ok: true, entries: 64 });
  });

  test('an entry that the feed was never told of is found by verifying', async () => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    const played = new PlayedCase('C-1');
    await played.settled(ledger);
    await played.settled(ledger);
    await desk.tamper(place, 'delete from feed where position = 2');
    expect(await ledger.verify()).toEqual({
      ok: false,
      problems: ['entry 2 of case C-1 is confirmed, but not in the feed'],
    });
  });
});

describeLedgers('two workers that flush one case at once', (desk) => {
  test('leave one whole chain behind, whoever comes last', async () => {
    const place = desk.newPlace();
    const [first, second] = await Promise.all([desk.open(place), desk.open(place)]);
    for (const n of upTo(10)) {
      const stalled = new PlayedCase(`C-${n}`);
      await patient(() => stalled.settled(first!));
      const successor = stalled.fork();
      await Promise.all([
        patient(() =>
          first!.flush(stalled.batch(stalled.step({ attempt: 'stalled' }), stalled.step({ attempt: 'stalled' }))),
        ),
        patient(() => second!.flush(successor.batch(successor.step({ attempt: 'successor' })))),
      ]);
      await patient(() => second!.flush(successor.commit().batch(successor.step({ attempt: 'successor' }))));
      expect((await second!.record(successor.id)).at(-1)?.entry.hash).toBe(successor.head.hash);
    }
    expect(await first!.verify()).toMatchObject({ ok: true, cases: 10, entries: 30 });
  });
});
