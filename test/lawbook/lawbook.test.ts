import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ledger, openLedger } from '../../activities/ledger';
import { Lawbook, parameterFact } from '../../client/lawbook';
import { type CalendarYear, calendarFrom, isProvisional, parseInstant, valueAt } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { alone, drafted, figure, Version } from '../support/version';

const at = (text: string) => parseInstant(text);

/** A ledger that knows these versions as their cases show them. */
function knowing(versions: readonly [string, Version][], calendars: object[] = []) {
  const asked = { list: 0 };
  const rows = versions.map(([id, { play }]) => ({ case: id, summary: play.subject.present(play.now, 0).summary }));
  const ledger = {
    list: async ({ after }: { after?: string }) => {
      asked.list += 1;
      return after === undefined ? rows : [];
    },
    calendars: async () => calendars,
  };
  return { asked, ledger: ledger as never };
}

const book = (versions: readonly [string, Version][], calendars: object[] = [], more: object = {}) => {
  const { ledger, asked } = knowing(versions, calendars);
  return { asked, lawbook: new Lawbook({ ledger, law: {}, procedures, ...more }) };
};

const withFigure = (id: string, when: string, from: string, value: number) => {
  const version = new Version(alone, when, id);
  version.send('X1-desk', 'SET_PARAMETER', { ...figure, value, from });
  version.send('sg', 'APPROVE', { ref: 'P' });
  version.send('X1-desk', 'PUBLISH', { effectiveFrom: from, number: `${id}号` });
  return version;
};

describe('the law of an installation', () => {
  it('is the shipped draft, marked, while nothing is published', async () => {
    const { lawbook } = book([
      ['RV-2026-0001', new Version()],
      ['RV-2026-0002', Version.approved()],
    ]);
    const law = await lawbook.lawFor('supervision-item', at('2026-03-02T12:00:00+08:00'));
    expect(law).toMatchObject({ edition: 'draft-2026', marks: ['【规则版本待确认】'] });
  });

  it('is what X0 has published, each figure from its day on', async () => {
    const { lawbook } = book([
      ['RV-2026-0001', withFigure('RV-2026-0001', '2026-03-05T09:00:00+08:00', '2026-03-05', 5)],
    ]);
    const on = async (day: string) => {
      const law = await lawbook.lawFor('supervision-item', at(`${day}T12:00:00+08:00`));
      return [law.edition, valueAt(law, 'supervision.progressEvery', day)];
    };
    expect(await on('2026-03-04')).toEqual(['RV-2026-0001', 10]);
    expect(await on('2026-03-05')).toEqual(['RV-2026-0001', 5]);
  });

  it('keeps the figures of versions that are superseded by now', async () => {
    const first = withFigure('RV-2026-0001', '2026-03-05T09:00:00+08:00', '2026-03-05', 5);
    const second = Version.published('2026-03-06', drafted, '2026-03-06T09:00:00+08:00', 'RV-2026-0002');
    first.until('2026-03-06T09:00:00+08:00');
    first.play.notify('VERSION_CHANGED', { from: 'a', to: 'RV-2026-0002', kind: 'limits', at: first.play.now });
    expect(first.state).toBe('superseded');
    const { lawbook } = book([
      ['RV-2026-0001', first],
      ['RV-2026-0002', second],
    ]);
    const law = await lawbook.lawFor(procedure, at('2026-03-09T09:00:00+08:00'));
    expect(law).toMatchObject({ edition: 'RV-2026-0002', marks: [], since: at('2026-03-06T09:00:00+08:00') });
    expect(law.parameters['supervision.progressEvery']!.values[0]!.value).toBe(5);
  });

  it('says beside an act what a version would take the place of', async () => {
    const { lawbook } = book([['RV-2026-0001', Version.published('2026-03-02')]]);
    expect(await book([]).lawbook.versionFact(at('2026-03-09T09:00:00+08:00'))).toEqual({ edition: 'draft-2026' });
    expect(await lawbook.versionFact(at('2026-03-09T09:00:00+08:00'))).toEqual({
      edition: 'RV-2026-0001',
      case: 'RV-2026-0001',
      effectiveFrom: '2026-03-02',
    });
  });

  it('is refused, naming both, where two versions overlap', async () => {
    const first = Version.published('2026-03-02', drafted, '2026-03-02T09:00:00+08:00', 'RV-2026-0001');
    const second = Version.published('2026-01-02', drafted, '2026-03-03T09:00:00+08:00', 'RV-2026-0002');
    const { lawbook } = book([
      ['RV-2026-0001', first],
      ['RV-2026-0002', second],
    ]);
    await expect(lawbook.lawFor(procedure, Date.now())).rejects.toThrow(
      /RV-2026-0002 from 2026-01-02 overlaps .*RV-2026-0001/,
    );
  });

  it('takes the first day of the rulebook from an operator, with his reason', async () => {
    const override = {
      key: 'rulebook.effectiveFrom',
      value: '2026-02-01',
      from: '2026-02-01',
      reason: 'r',
      author: 'X1',
    };
    const { ledger } = knowing([]);
    const lawbook = new Lawbook({ ledger, law: { overrides: [override as never] }, procedures });
    expect((await lawbook.lawFor(procedure, at('2026-01-31T12:00:00+08:00'))).marks).toHaveLength(1);
    expect((await lawbook.lawFor(procedure, at('2026-02-01T12:00:00+08:00'))).marks).toEqual([]);
  });

  it('is looked up again after a moment, and once for many who ask at once', async () => {
    let now = 1_000;
    const { asked, lawbook } = book([['RV-2026-0001', new Version()]], [], { clock: () => now, freshMs: 100 });
    const look = () => lawbook.lawFor(procedure, at('2026-03-02T12:00:00+08:00'));
    await Promise.all([look(), look(), look()]);
    expect(asked.list).toBe(1);
    now += 99;
    await look();
    expect(asked.list).toBe(1);
    now += 1;
    await look();
    expect(asked.list).toBe(2);
  });

  it('is read anew for a notice, which must not carry the law of a moment before', async () => {
    const { asked, lawbook } = book([['RV-2026-0001', new Version()]], [], { freshMs: 60_000 });
    await lawbook.lawFor(procedure, at('2026-03-02T12:00:00+08:00'));
    const anew = await lawbook.lawAnew('supervision-item', at('2026-03-02T12:00:00+08:00'));
    expect(anew?.edition).toBe('draft-2026');
    expect(asked.list).toBe(2);
    expect(await lawbook.lawAnew('parade', Date.now())).toBeUndefined();
  });

  it('is there at once for whoever may be a moment behind', async () => {
    const { lawbook } = book([['RV-2026-0001', Version.published('2026-03-02')]]);
    const now = at('2026-03-09T09:00:00+08:00');
    expect(lawbook.lawKnown([], now).edition).toBe('draft-2026');
    await lawbook.published();
    expect(lawbook.lawKnown([], now).edition).toBe('RV-2026-0001');
    expect(lawbook.lawKnown([], now)).toBe(lawbook.lawKnown([], now));
  });

  it('is not remembered where it could not be read', async () => {
    let isAway = true;
    const { ledger } = knowing([]);
    const flaky = {
      ...(ledger as object),
      list: async () => {
        if (isAway) throw new Error('away');
        return [];
      },
    };
    const lawbook = new Lawbook({ ledger: flaky as never, law: {}, procedures });
    await expect(lawbook.lawFor(procedure, Date.now())).rejects.toThrow('away');
    isAway = false;
    expect((await lawbook.lawFor(procedure, Date.now())).edition).toBe('draft-2026');
  });

  it('tells a case that was opened meanwhile, and only then', async () => {
    const none = book([]).lawbook;
    const law = await none.lawFor(procedure, at('2026-03-05T08:00:00+08:00'));
    const now = at('2026-03-05T10:00:00+08:00');
    expect(await none.noticeSince(law, procedure, now)).toBeUndefined();
    const { lawbook } = book([
      ['RV-2026-0001', withFigure('RV-2026-0001', '2026-03-05T09:00:00+08:00', '2026-03-05', 5)],
    ]);
    expect(await lawbook.noticeSince(law, procedure, now)).toMatchObject({
      type: 'VERSION_CHANGED',
      payload: { from: 'draft-2026', to: 'RV-2026-0001', kind: 'limits' },
    });
  });
});

describe('what is known of a parameter beside an act', () => {
  it.each([
    [figure, { key: figure.key, unit: 'workingDays', fits: true }],
    [
      { ...figure, value: 'five' },
      { key: figure.key, fits: false },
    ],
    [{ key: 'no.such', value: 1 }, { key: 'no.such' }],
    [{ key: 7 }, { key: '' }],
    [null, { key: '' }],
  ])('%j', (payload, fact) => {
    expect(parameterFact(payload as Json)).toMatchObject(fact);
    if (!('unit' in fact) && !('fits' in fact)) expect(parameterFact(payload as Json)).toEqual(fact);
  });
});

describe('calendars in the ledger', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengling-lawbook-'));
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await openLedger({ file: join(folder, 'ledger.db') });
  });
  afterAll(async () => {
    await ledger.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const content = (notice: string): CalendarYear => ({
    year: 2027,
    notice,
    holidays: ['2027-01-01'],
    adjustedWorkingDays: [],
  });
  const publish = (notice: string, publishedAt: number) =>
    ledger.publishCalendar({ year: 2027, content: content(notice) as unknown as Json, publishedAt, by: 'X1-desk' });

  it('are published once, corrected by a later one, and law for every process', async () => {
    const [first, second] = [at('2026-11-20T09:00:00+08:00'), at('2026-11-24T09:00:00+08:00')];
    const lawbook = new Lawbook({ ledger, law: {}, procedures, freshMs: 0 });
    const yearAt = async (instant: number) => (await lawbook.lawFor(procedure, instant)).calendar.years[1];
    expect((await yearAt(first))?.notice).toBeUndefined();
    expect((await publish('一号', first)).publishedAt).toBe(first);
    expect((await publish('一号', second)).publishedAt).toBe(first);
    expect(await yearAt(first)).toEqual({ year: 2027, notice: '一号', off: ['2027-01-01'], on: [] });
    const law = await lawbook.lawFor(procedure, second);
    expect(isProvisional(calendarFrom(law), '2027-03-01')).toBe(false);
    expect((await publish('二号', second)).publishedAt).toBe(second);
    expect((await yearAt(second))?.notice).toBe('二号');
    expect((await ledger.calendars()).map(({ publishedAt }) => publishedAt)).toEqual([first, second]);
    expect(await lawbook.noticeSince(law, procedure, second)).toMatchObject({
      type: 'CALENDAR_CHANGED',
      payload: { year: 2027, notice: '二号' },
    });
  });

  it('stand in a copy of the ledger', async () => {
    const copy = await openLedger({ file: join(folder, 'copy.db') });
    const rows = [];
    for await (const row of ledger.dump()) rows.push(row);
    await copy.restore(rows);
    expect(await copy.calendars()).toEqual(await ledger.calendars());
    await copy.close();
  });
});
