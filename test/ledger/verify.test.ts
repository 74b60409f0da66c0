import type { Ledger } from '../../activities/ledger';
import { DAY, type Desk, describeLedgers, HOUR, type Place, PlayedCase, T0, tellEffect } from './support';

/** Three cases with three confirmed entries each, sealed on the 18th; one more entry each, sealed on the 19th. */
async function sealedLedger(desk: Desk): Promise<{ ledger: Ledger; place: Place; cases: PlayedCase[] }> {
  const place = desk.newPlace();
  const ledger = await desk.open(place);
  const cases = ['SI-2026-0001', 'SI-2026-0002', 'SI-2026-0003'].map((id) => new PlayedCase(id));
  const stepAll = async () => {
    for (const played of cases) await played.settled(ledger, { effects: [tellEffect(['sg'])] });
  };
  for (let i = 0; i < 3; i++) await stepAll();
  await ledger.seal('2026-03-18', T0 + 14 * HOUR);
  await stepAll();
  await ledger.seal('2026-03-19', T0 + 14 * HOUR + DAY);
  return { ledger, place, cases };
}

const problemsOf = async (ledger: Ledger): Promise<string[]> => {
  const result = await ledger.verify();
  return result.ok ? [] : result.problems;
};

const wholeCase = ['record', 'case_view', 'case_key', 'tell', 'abandoned'].map(
  (table) => `DELETE FROM ${table} WHERE case_id = 'SI-2026-0002'`,
);
const cutTail = [
  `DELETE FROM record WHERE case_id = 'SI-2026-0002' AND sequence > 3`,
  `DELETE FROM tell WHERE case_id = 'SI-2026-0002' AND sequence > 3`,
  `UPDATE case_view SET sequence = 3 WHERE case_id = 'SI-2026-0002'`,
];

describeLedgers('verifying a ledger', (desk) => {
  test('an untouched one is whole, also while entries are still unconfirmed', async () => {
    const { ledger, cases } = await sealedLedger(desk);
    const played = cases[0]!;
    await ledger.flush(played.batch(played.step()));
    expect(await ledger.verify()).toEqual({
      ok: true,
      cases: 3,
      entries: 13,
      seals: 2,
      lastSeal: { day: '2026-03-19', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  const tampering: [string, string[], RegExp][] = [
    ['a case deleted without a trace', wholeCase, /seal of 2026-03-18 covers case SI-2026-0002, which is gone/],
    [
      'the last entry of a case cut off',
      cutTail,
      /seal of 2026-03-19 covers entry 4 of case SI-2026-0002, .* after entry 3/,
    ],
    [
      'an entry edited',
      [
        `UPDATE record SET entry = replace(entry, 'in-progress', 'accepted') WHERE case_id = 'SI-2026-0002' AND sequence = 2`,
      ],
      /entry 2 of case SI-2026-0002 has been changed/,
    ],
    [
      'an entry no longer readable',
      [`UPDATE record SET entry = substr(entry, 2) WHERE case_id = 'SI-2026-0002' AND sequence = 2`],
      /entry 2 of case SI-2026-0002 is not readable/,
    ],
    [
      'an entry taken out of the middle',
      [`DELETE FROM record WHERE case_id = 'SI-2026-0002' AND sequence = 2`],
      /entry 3 of case SI-2026-0002 comes where entry 2 should stand/,
    ],
    [
      'two entries exchanged',
      [
        `UPDATE record SET sequence = 99 WHERE case_id = 'SI-2026-0002' AND sequence = 1`,
        `UPDATE record SET sequence = 1 WHERE case_id = 'SI-2026-0002' AND sequence = 2`,
        `UPDATE record SET sequence = 2 WHERE case_id = 'SI-2026-0002' AND sequence = 99`,
      ],
      /entry 1 of case SI-2026-0002 holds entry 2/,
    ],
    ['a seal edited', [`UPDATE seal SET cases = 2 WHERE day = '2026-03-18'`], /seal of 2026-03-18 has been changed/],
    [
      'a seal deleted',
      [`DELETE FROM seal WHERE day = '2026-03-18'`],
      /seal of 2026-03-19 does not link to the seal before/,
    ],
    [
      'the heads of a seal edited',
      [`DELETE FROM seal_head WHERE case_id = 'SI-2026-0002' AND day = '2026-03-18'`],
      /seal of 2026-03-18 has been changed/,
    ],
    [
      'a list that runs ahead of the record',
      [`UPDATE case_view SET sequence = 9 WHERE case_id = 'SI-2026-0002'`],
      /listed as of entry 9, which its record lacks/,
    ],
  ];
  test.each(tampering)('%s is seen', async (_, statements, sentence) => {
    const { ledger, place } = await sealedLedger(desk);
    await desk.tamper(place, ...statements);
    expect(await problemsOf(ledger)).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]));
  });

  test('a seal covers what was confirmed, and what comes after it does not disturb it', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0004');
    await played.settled(ledger);
    const truth = played.fork();
    await ledger.flush(played.batch(played.step({ attempt: 'killed' })));
    const seal = await ledger.seal('2026-03-18', T0);
    await ledger.flush(truth.batch(truth.step({ attempt: 'successor' })));

    expect(seal).toMatchObject({ cases: 1, entries: 1 });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  test('sealing a day again answers its seal; a day before it, or one that has not begun, is refused', async () => {
    const { ledger } = await sealedLedger(desk);
    const again = await ledger.seal('2026-03-19', T0 + 20 * DAY);
    expect((await ledger.verify()) as object).toMatchObject({ lastSeal: { hash: again.hash } });
    await expect(ledger.seal('2026-03-17', T0 + DAY)).rejects.toThrow('2026-03-19 is sealed already');
    await expect(ledger.seal('2026-03-21', Date.parse('2026-03-20T23:59:59+08:00'))).rejects.toThrow('has not begun');
    await expect(ledger.seal('2026-03-21', Date.parse('2026-03-21T00:00:00+08:00'))).resolves.toMatchObject({
      cases: 3,
    });
    await expect(ledger.seal('21.3.2026', T0)).rejects.toThrow('is not a day');
  });

  test('it reads more than one page and lets the case be written meanwhile', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0005');
    await ledger.flush(played.batch(...Array.from({ length: 1_201 }, () => played.step())));
    const verifying = ledger.verify();
    await ledger.flush(played.commit().batch(played.step()));
    expect(await verifying).toMatchObject({ ok: true });
    expect(await ledger.verify()).toMatchObject({ ok: true, entries: 1_202 });
  });
});
