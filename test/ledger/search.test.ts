import fc from 'fast-check';
import { gramsOf, termsOf, wordsOf } from '../../activities/ledger/words';
import { describeLedgers, HOUR, PlayedCase, T0 } from './support';

const matters: [string, string, string][] = [
  ['SI-2026-0001', '大武口区老旧小区改造', 'D08'],
  ['SI-2026-0002', '惠农区道路修缮', 'D11'],
  ['SI-2026-0003', '石嘴山市第三水厂 供水 保障', 'D12'],
  ['SI-2026-0004', '小区供水改造', 'D08'],
  ['SI-2026-0005', 'ＡＰＥＣ接待 100%_保障', 'X1'],
];

describeLedgers('search', (desk) => {
  async function filled() {
    const ledger = await desk.open();
    for (const [i, [id, matter, unit]] of matters.entries()) {
      const played = new PlayedCase(id);
      played.summary = { matter, unit, awaiting: [unit], leadVms: [`vm-${i % 2}`] };
      played.status = i === 1 ? 'closed' : 'open';
      await ledger.flush(played.batch(played.step({ at: T0 + i * HOUR })));
    }
    return ledger;
  }

  const table: [string, string[]][] = [
    ['小区', ['4', '1']],
    ['水', ['4', '3']],
    ['水厂供水', ['3']],
    ['供水 改造', ['4']],
    ['改造  小区', ['4', '1']],
    ['老旧小区改造', ['1']],
    ['旧区', []],
    ['apec', ['5']],
    ['100%_', ['5']],
    ['0%保', []],
    ['%', ['5']],
    ['\\', []],
    ['si-2026', ['5', '4', '3', '2', '1']],
    ['2026-0002', ['2']],
    ['d08', ['4', '1']],
    ['造D', []],
    ['   ', []],
    ["'; drop table record; --", []],
    ['区\u0000', []],
  ];
  test('finds number, matter and unit by words of one character or more, all of them, newest first', async () => {
    const ledger = await filled();
    for (const [text, expected] of table) {
      const { items } = await ledger.search({ text });
      expect([text, items.map((found) => found.case.at(-1))]).toEqual([text, expected]);
    }
  });

  test('may be narrowed, and is read page by page', async () => {
    const ledger = await filled();
    const ids = async (query: Omit<Parameters<typeof ledger.search>[0], 'text'>) =>
      (await ledger.search({ text: '2026', ...query })).items.map((found) => found.case.at(-1));
    expect(await ids({ status: 'closed' })).toEqual(['2']);
    expect(await ids({ procedure: 'document-reply' })).toEqual([]);
    expect(await ids({ concerning: ['D08'] })).toEqual(['4', '1']);
    expect(await ids({ concerning: ['vm-1'] })).toEqual(['4', '2']);
    expect(await ids({ concerning: [] })).toEqual([]);
    const first = await ledger.search({ text: '2026', limit: 2 });
    const second = await ledger.search({ text: '2026', limit: 2, after: first.next });
    const third = await ledger.search({ text: '2026', limit: 2, after: second.next });
    expect([first, second, third].map(({ items }) => items.map((found) => found.case.at(-1)))).toEqual([
      ['5', '4'],
      ['3', '2'],
      ['1'],
    ]);
    expect(third.next).toBeUndefined();
  });

  test('finds a case by the words it has now, and not by those it had', async () => {
    const ledger = await desk.open();
    const played = new PlayedCase('SI-2026-0009');
    played.summary = { matter: '防汛物资' };
    await played.settled(ledger);
    played.summary = { matter: '抗旱物资' };
    await played.settled(ledger);
    const found = async (text: string) => (await ledger.search({ text })).items.length;
    expect([await found('防汛'), await found('抗旱'), await found('物资')]).toEqual([0, 1, 1]);
  });

  test('a page of a list leads to the next one', async () => {
    const ledger = await filled();
    const first = await ledger.listPage({ status: 'open', limit: 3 });
    expect(first.items.map((found) => found.case.at(-1))).toEqual(['1', '3', '4']);
    const second = await ledger.listPage({ status: 'open', limit: 3, after: first.next });
    expect(second).toMatchObject({ items: [{ case: 'SI-2026-0005' }] });
    expect(second.next).toBeUndefined();
    expect((await ledger.list({ awaiting: 'D08' })).map((found) => found.case.at(-1))).toEqual(['1', '4']);
    expect((await ledger.list({ concerning: ['vm-1', 'X1'] })).map((found) => found.case.at(-1))).toEqual([
      '2',
      '4',
      '5',
    ]);
    expect(await ledger.list({ procedure: 'document-reply' })).toEqual([]);
  });
});

describe('words', () => {
  test('every text is found by any part of itself', () => {
    const text = fc.string({ unit: fc.constantFrom('石', '嘴', '山', 'a', 'B', ' ', '𠮷', '１'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), fc.nat(), fc.nat(), (fields, from, length) => {
        const words = wordsOf(fields);
        const field = Array.from(fields[from % Math.max(1, fields.length)] ?? '');
        const part = field.slice(from % (field.length + 1)).slice(0, 1 + (length % 4));
        for (const term of termsOf(part.join(''))) {
          expect(words).toContain(term);
          expect(gramsOf(words)).toEqual(expect.arrayContaining(gramsOf(term)));
        }
      }),
    );
  });
});
