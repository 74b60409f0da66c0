import fc from 'fast-check';
import { DAY, describeLedgers, HOUR, PlayedCase, patient, T0, tellEffect } from './support';

describeLedgers('lists', (desk) => {
  test('find cases by status, unit and state, page by page in the order of their ids', async () => {
    const ledger = await desk.open();
    for (const [n, unit, state] of [
      [1, 'D01', 'open.course.in-progress'],
      [2, 'D02', 'open.course.overdue'],
      [3, 'D01', 'open.course.overdue'],
      [4, 'D01', 'closed'],
    ] as const) {
      const played = new PlayedCase(`SI-2026-000${n}`);
      played.summary = { matter: 'm', unit };
      played.status = state === 'closed' ? 'closed' : 'open';
      await ledger.flush(played.batch(played.step({ state: [state] })));
    }
    const ids = async (query: Parameters<typeof ledger.list>[0]) =>
      (await ledger.list(query)).map((c) => c.case.at(-1));
    expect(await ids({})).toEqual(['1', '2', '3', '4']);
    expect(await ids({ status: 'open' })).toEqual(['1', '2', '3']);
    expect(await ids({ unit: 'D01', status: 'open' })).toEqual(['1', '3']);
    expect(await ids({ state: 'overdue' })).toEqual(['2', '3']);
    expect(await ids({ state: 'open.course.overdue', unit: 'D01' })).toEqual(['3']);
    expect(await ids({ limit: 2 })).toEqual(['1', '2']);
    expect(await ids({ limit: 2, after: 'SI-2026-0002' })).toEqual(['3', '4']);
    expect(await ids({ unit: 'D31' })).toEqual([]);
  });

  test('follow a case that changes its unit and state', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0005');
    await played.settled(ledger);
    played.summary = { matter: 'roads', unit: 'D09' };
    await played.settled(ledger, { state: ['open.course.overdue'] });
    expect(await ledger.list({ unit: 'D07' })).toEqual([]);
    expect(await ledger.list({ state: 'in-progress' })).toEqual([]);
    expect(await ledger.list({ unit: 'D09', state: 'overdue' })).toHaveLength(1);
  });
});

describeLedgers('what was told', (desk) => {
  test('shows a seat and its functions what was told and what will be, newest first, page by page', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0006');
    await played.settled(ledger, { effects: [tellEffect(['vm-1'], { deliverAt: T0 }), tellEffect(['mayor'])] });
    await played.settled(ledger, { effects: [tellEffect(['evm'], { deliverAt: T0 + HOUR })] });
    await ledger.flush(played.batch(played.step({ effects: [tellEffect(['vm-1'], { deliverAt: T0 + DAY })] })));

    const mine = { recipient: ['vm-1', 'evm'] };
    const ids = async (query: object) => (await ledger.tells(query)).map(({ id }) => id.slice('SI-2026-0006:'.length));
    expect(await ids(mine)).toEqual(['3:0/vm-1', '2:0/evm', '1:0/vm-1']);
    expect(await ids({ ...mine, confirmed: true })).toEqual(['2:0/evm', '1:0/vm-1']);
    expect(await ids({ ...mine, limit: 1, after: 'SI-2026-0006:3:0/vm-1' })).toEqual(['2:0/evm']);
    expect(await ids({ case: played.id, state: 'delivered' })).toEqual([]);
  });
});

describeLedgers('numbers of cases', (desk) => {
  test('are given in order for each series and year, and a key keeps its number even in the next year', async () => {
    const ledger = await desk.open();
    const give = async (series: string, year: number, key: string) =>
      (await ledger.giveNumber({ series, year, key })).id;
    expect(await give('SI', 2026, 'minutes-3/2')).toBe('SI-2026-0001');
    expect(await give('SI', 2026, 'minutes-3/3')).toBe('SI-2026-0002');
    expect(await give('DR', 2026, 'minutes-3/2')).toBe('DR-2026-0001');
    expect(await give('SI', 2027, 'minutes-1/1')).toBe('SI-2027-0001');
    expect(await give('SI', 2027, 'minutes-3/2')).toBe('SI-2026-0001');
    expect(await ledger.giveNumber({ series: 'SI', year: 2026, key: 'minutes-3/3' })).toMatchObject({ fresh: false });
  });

  test('are without gap and never given twice by two processes at once', async () => {
    const place = desk.newPlace();
    const offices = await Promise.all([desk.open(place), desk.open(place)]);
    const wishes = Array.from({ length: 24 }, (_, i) => ({ ledger: offices[i % 2]!, key: `matter-${i % 18}` }));
    const given = await Promise.all(
      wishes.map(({ ledger, key }) => patient(() => ledger.giveNumber({ series: 'SI', year: 2026, key }))),
    );
    expect(
      given
        .filter(({ fresh }) => fresh)
        .map(({ number }) => number)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    expect(new Set(given.map(({ id }) => id)).size).toBe(18);
  });
});

describeLedgers('registers', (desk) => {
  test('who is behind a hash can be told, and forgotten without touching the record', async () => {
    const ledger = await desk.open();
    await ledger.rememberPerson('0123456789abcdef', 'p-wang');
    await ledger.rememberPerson('0123456789abcdef', 'p-wang');
    expect(await ledger.personOf('0123456789abcdef')).toBe('p-wang');
    await ledger.forgetPerson('p-wang');
    expect(await ledger.personOf('0123456789abcdef')).toBeUndefined();
  });

  test('refusals are kept until they are a year old', async () => {
    const ledger = await desk.open();
    const line = { entrance: 'cli', seat: 'D07-desk', actType: 'REPORT', actId: 'a-1', code: 'EVIDENCE_MISSING' };
    await ledger.logRefusal({ ...line, at: T0 });
    await ledger.logRefusal({ ...line, at: T0 + 1, case: 'SI-2026-0001' });
    expect(await ledger.refusals()).toEqual([
      { ...line, at: T0 + 1, case: 'SI-2026-0001' },
      { ...line, at: T0 },
    ]);
    expect(await ledger.refusals({ case: 'SI-2026-0001' })).toHaveLength(1);
    expect(await ledger.dropRefusals(T0 + 1)).toBe(1);
    expect(await ledger.refusals({ since: T0 })).toHaveLength(1);
  });
});

describeLedgers('whatever is killed and written again', (desk) => {
  test('the record follows the last attempt, its chain is whole, and messages belong to entries that stand', async () => {
    const ledger = await desk.open(desk.kind === 'sqlite' ? { file: ':memory:' } : {});
    let cases = 0;
    let entries = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('flush', 'kill', 'commit', 'replay', 'ask'), { maxLength: 25 }),
        async (acts) => {
          cases += 1;
          let played = new PlayedCase(`SI-2026-${cases}`);
          let replayable: ReturnType<PlayedCase['batch']> | undefined;
          let saved = played.fork();
          let attempt = 0;
          for (const act of acts) {
            if (act === 'flush') {
              replayable = played.batch(played.step({ attempt: `a${attempt}`, effects: [tellEffect(['sg'])] }));
              await ledger.flush(replayable);
            } else if (act === 'kill') {
              attempt += 1;
              played = saved.fork();
              replayable = undefined;
            } else if (act === 'commit') saved = played.commit().fork();
            else if (act === 'ask') await ledger.confirm(played.id, saved.head);
            else if (replayable) await ledger.flush(replayable);
          }
          await ledger.flush(played.batch(played.step({ attempt: 'last', effects: [tellEffect(['sg'])] })));
          const record = await ledger.record(played.id);
          expect(record.at(-1)?.entry.hash).toBe(played.head.hash);
          entries += played.head.sequence;
          expect(await ledger.verify()).toMatchObject({ ok: true, entries });
          expect(
            (await ledger.tells({ case: played.id })).map(({ sequence }) => sequence).toSorted((a, b) => a - b),
          ).toEqual(record.map(({ entry }) => entry.sequence));
        },
      ),
      { numRuns: desk.kind === 'sqlite' ? 60 : 20 },
    );
  });
});

describeLedgers('the entry an act became', (desk) => {
  const attempts = ['plain', '100%', 'a_b', 'a!b', '"quoted"', 'back\\slash', '督查', 'line\nbreak'];

  test.each(attempts)('is found by its id: %j', async (attempt) => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0007');
    for (const other of attempts) await played.settled(ledger, { attempt: other });
    const sequence = attempts.indexOf(attempt) + 1;
    const found = await ledger.entryOfAct(played.id, `${attempt}-${sequence}`);
    expect(found).toMatchObject({ sequence, trigger: { kind: 'act', id: `${attempt}-${sequence}` } });
  });

  test.each([
    { what: 'an id that only looks like it', id: 'axb-1' },
    { what: 'a part of an id', id: 'a_b' },
    { what: 'an id in other letters', id: 'A_B-1' },
    { what: 'an id that an effect bears', id: 'of-an-effect' },
  ])('is not $what', async ({ id }) => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0008');
    await played.settled(ledger, { attempt: 'a_b', effects: [{ kind: 'finding', id: 'of-an-effect' }] });
    expect(await ledger.entryOfAct(played.id, id)).toBeUndefined();
  });

  test('is none that is not confirmed, and none of another case', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0009');
    await ledger.flush(played.batch(played.step()));
    expect(await ledger.entryOfAct(played.id, 'first-1')).toBeUndefined();
    await ledger.confirm(played.id, played.head);
    expect(await ledger.entryOfAct(played.id, 'first-1')).toMatchObject({ sequence: 1 });
    expect(await ledger.entryOfAct('SI-2026-0010', 'first-1')).toBeUndefined();
  });
});
