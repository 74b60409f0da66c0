import { LedgerConflict, LedgerRefusal } from '../../activities/ledger';
import type { FlushBatch } from '../../workflows/runtime/workflow/types';
import { type Desk, describeLedgers, MINUTE, PlayedCase, T0, tellEffect } from './support';

describeLedgers('flushing a case', (desk) => {
  test('writes its entries, what lists show of it, and one row for each recipient', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0001');
    const opened = played.step();
    const told = played.step({ effects: [tellEffect(['D07-desk', 'evm', 'D07-desk']), { kind: 'task', id: 't' }] });

    expect(await ledger.flush(played.batch(opened, told))).toEqual(played.head);

    const record = await ledger.record('SI-2026-0001');
    expect(record.map(({ entry }) => entry)).toEqual([opened, told]);
    expect(record.map(({ confirmed }) => confirmed)).toEqual([false, false]);
    expect(await ledger.caseView('SI-2026-0001')).toMatchObject({ sequence: 2, status: 'open', drill: false });
    const tells = await ledger.tells({ case: 'SI-2026-0001' });
    expect(tells.map(({ id }) => id).sort()).toEqual(['SI-2026-0001:2:0/D07-desk', 'SI-2026-0001:2:0/evm']);
    expect(tells[0]).toMatchObject({
      state: 'pending',
      data: { state: ['open.course.in-progress'], due: T0 + 86_400_000 },
    });
  });

  test('the same batch again changes nothing, even when the case has gone on since', async () => {
    let now = T0;
    const ledger = await desk.open({ clock: () => now });
    const played = new PlayedCase('SI-2026-0002');
    const first = played.batch(played.step({ effects: [tellEffect(['D07-desk'])] }));
    await ledger.flush(first);
    await ledger.flush(played.commit().batch(played.step({ state: ['open.course.reviewing'] })));
    const before = await everything(ledger, 'SI-2026-0002');

    now += MINUTE;
    expect(await ledger.flush(first)).toEqual(played.head);
    expect(await everything(ledger, 'SI-2026-0002')).toEqual(before);
  });

  test('confirms through the head that Temporal committed, and not beyond', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0003');
    await ledger.flush(played.batch(played.step(), played.step()));
    played.commit();
    await ledger.flush(played.batch(played.step()));
    expect((await ledger.record(played.id)).map(({ confirmed }) => confirmed)).toEqual([true, true, false]);
  });

  test('another attempt replaces an unconfirmed entry, all that was built on it, and its messages', async () => {
    const ledger = await desk.open();
    const killed = new PlayedCase('SI-2026-0004');
    await killed.settled(ledger);
    const successor = killed.fork();
    await ledger.flush(killed.batch(killed.step({ attempt: 'killed', effects: [tellEffect(['mayor'])] })));
    await ledger.flush(killed.batch(killed.step({ attempt: 'killed' })));

    const truth = successor.step({
      attempt: 'successor',
      effects: [tellEffect(['sg'])],
      state: ['open.course.overdue'],
    });
    await ledger.flush(successor.batch(truth));

    expect((await ledger.record(killed.id)).map(({ entry }) => entry.hash)).toEqual([expect.any(String), truth.hash]);
    expect((await ledger.tells({ case: killed.id })).map(({ recipient }) => recipient)).toEqual(['sg']);
    expect(await ledger.caseView(killed.id)).toMatchObject({ sequence: 2, state: ['open.course.overdue'] });
    expect((await ledger.statistics()).entries).toEqual({ confirmed: 1, unconfirmed: 1, abandoned: 2 });
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 2 });
  });

  test('an entry that a worker thought dead wrote over is taken back once the case says it stands on it', async () => {
    const ledger = await desk.open();
    const stalled = new PlayedCase('SI-2026-0005');
    await stalled.settled(ledger);
    const successor = stalled.fork();
    const truth = successor.step({ attempt: 'successor', effects: [tellEffect(['sg'])] });
    await ledger.flush(successor.batch(truth));
    await ledger.flush(stalled.batch(stalled.step({ attempt: 'stalled', effects: [tellEffect(['mayor'])] })));

    successor.commit();
    await ledger.flush(successor.batch(successor.step({ attempt: 'successor' })));

    const record = await ledger.record(stalled.id);
    expect(record.map(({ entry, confirmed }) => [entry.hash, confirmed])).toEqual([
      [expect.any(String), true],
      [truth.hash, true],
      [successor.head.hash, false],
    ]);
    expect((await ledger.tells({ case: stalled.id })).map(({ recipient }) => recipient)).toEqual(['sg']);
  });

  test('another hash on a confirmed entry is an alarm that nobody should retry', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0006');
    await played.settled(ledger);
    const other = new PlayedCase(played.id);

    const clash = ledger.flush(other.batch(other.step({ attempt: 'other' })));

    await expect(clash).rejects.toThrow(LedgerConflict);
    await expect(clash).rejects.toMatchObject({ nonRetryable: true, caseId: played.id, sequence: 1 });
    expect((await ledger.record(played.id))[0]).toMatchObject({ entry: { hash: played.head.hash }, confirmed: true });
  });

  test('a committed head that contradicts the record is an alarm, and nothing of the batch is written', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0007');
    await ledger.flush(played.batch(played.step()));
    const batch = { ...played.batch(played.step()), committed: { sequence: 1, hash: 'f'.repeat(64) } };

    await expect(ledger.flush(batch)).rejects.toThrow(LedgerConflict);
    expect(await ledger.record(played.id)).toHaveLength(1);
  });

  const tampered: [string, (batch: FlushBatch) => FlushBatch, RegExp][] = [
    [
      'entries missing before it',
      (b) => ({ ...b, entries: b.entries.slice(1), outbox: [] }),
      /ends with entry 1, .* follows entry 2/,
    ],
    ['a gap inside it', (b) => ({ ...b, entries: [b.entries[0]!, b.entries[2]!] }), /entry 4 follows entry 2/],
    ['a hash that is not of its content', (b) => editEntry(b, 0, { hash: '0'.repeat(64) }), /the hash of entry 2/],
    ['content that was changed', (b) => editEntry(b, 2, { state: ['closed'] }), /the hash of entry 4/],
    ['an entry of another case', (b) => editEntry(b, 1, { case: 'SI-2026-9999' }), /belongs to case SI-2026-9999/],
    ['a projection of another step', (b) => ({ ...b, projection: { ...b.projection, sequence: 3 } }), /as of 3/],
    [
      'a message of no entry',
      (b) => ({ ...b, outbox: [{ ...b.outbox[0]!, sequence: 9 }] }),
      /entry 9, which is not in/,
    ],
    [
      'a message to nobody',
      (b) => ({ ...b, outbox: [{ ...b.outbox[0]!, effect: { ...b.outbox[0]!.effect, to: [] } }] }),
      /without recipients/,
    ],
  ];
  test.each(tampered)('a batch with %s is refused whole', async (_, tamper, sentence) => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0008');
    await played.settled(ledger);
    const batch = played.batch(played.step({ effects: [tellEffect(['sg'])] }), played.step(), played.step());

    const refused = ledger.flush(tamper(batch));

    await expect(refused).rejects.toThrow(LedgerRefusal);
    await expect(refused).rejects.toThrow(sentence);
    expect(await ledger.record(played.id)).toHaveLength(1);
    expect(await ledger.flush(batch)).toEqual(played.head);
  });

  test('a batch that links to another entry than the last one is refused', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0009');
    const elsewhere = played.fork();
    await ledger.flush(played.batch(played.step()));
    elsewhere.step({ attempt: 'elsewhere' });
    await expect(ledger.flush(elsewhere.batch(elsewhere.step()))).rejects.toThrow(/needs the entry it links to/);
  });

  test('a case that could not be recorded for long is caught up in one batch', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0010');
    const entries = Array.from({ length: 700 }, () =>
      played.step({ effects: [tellEffect(['D07-desk', 'sg', 'mayor'])] }),
    );
    expect(await ledger.flush(played.batch(...entries))).toEqual(played.head);
    expect((await ledger.statistics()).tells.pending).toBe(2100);
  });
});

describeLedgers('confirming by the head a case names', (desk) => {
  test('confirms what stands, and tells the delivery loop which records wait for it', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0011');
    await ledger.flush(played.batch(played.step(), played.step()));

    expect(await ledger.unconfirmedTails(5_000, T0 + 4_999)).toEqual([]);
    expect(await ledger.unconfirmedTails(5_000, T0 + 5_000)).toEqual([
      { case: played.id, head: played.head, since: T0 },
    ]);
    expect(await ledger.confirm(played.id, played.head)).toEqual({ confirmed: 2, abandoned: 0 });
    expect(await ledger.unconfirmedTails(5_000, T0 + 5_000)).toEqual([]);
  });

  test('a head the ledger does not know yet changes nothing', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0012');
    await ledger.flush(played.batch(played.step()));
    played.step();
    expect(await ledger.confirm(played.id, played.head)).toEqual({ confirmed: 0, abandoned: 0 });
  });

  test('entries beyond the head stay until they are old, then leave record and lists, and may come back', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0013');
    await ledger.flush(played.batch(played.step({ state: ['open.course.assigning'] })));
    played.commit();
    const truth = played.head;
    const phantom = played.batch(played.step({ state: ['open.course.in-progress'] }));
    await ledger.flush(phantom);

    expect(await ledger.confirm(played.id, truth, T0 - 1)).toEqual({ confirmed: 0, abandoned: 0 });
    expect(await ledger.confirm(played.id, truth, T0)).toEqual({ confirmed: 0, abandoned: 1 });
    expect(await ledger.record(played.id)).toHaveLength(1);
    expect(await ledger.caseView(played.id)).toMatchObject({ sequence: 1, state: ['open.course.assigning'] });

    expect(await ledger.confirm(played.id, played.head)).toEqual({ confirmed: 1, abandoned: 0 });
    expect(await ledger.caseView(played.id)).toMatchObject({ sequence: 2, state: ['open.course.in-progress'] });
  });

  test('a head that contradicts a confirmed entry is an alarm', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0014');
    await played.settled(ledger);
    await expect(ledger.confirm(played.id, { sequence: 1, hash: 'e'.repeat(64) })).rejects.toThrow(LedgerConflict);
  });
});

function editEntry(batch: FlushBatch, index: number, change: object): FlushBatch {
  return { ...batch, entries: batch.entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry)) };
}

async function everything(ledger: Awaited<ReturnType<Desk['open']>>, caseId: string) {
  return {
    record: await ledger.record(caseId),
    view: await ledger.caseView(caseId),
    tells: await ledger.tells({ case: caseId }),
    statistics: await ledger.statistics(),
  };
}
