import {
  addWorkingDays,
  calendarFrom,
  calendarYears,
  edition,
  endOfDay,
  formatDeadline,
  isProvisional,
  isWorkingDay,
  type LawData,
  lawData,
  limit,
  NoRuleInForce,
  type Override,
  type ParameterKey,
  parameters,
  valueAt,
} from '../../workflows/law';
import { at, lawFrom } from './support/law';

const lastPublished = calendarYears.at(-1)!.year;
const next = lastPublished + 1;

describe('what travels with a case', () => {
  test('is plain JSON of a few KB, and the same after a journey', () => {
    const declared = (Object.keys(parameters) as ParameterKey[]).filter((key) =>
      /^(supervision|escalation)\./.test(key),
    );
    const law = lawData(edition, declared, '2026-03-02');
    const text = JSON.stringify(law);
    expect(declared.length).toBeGreaterThan(10);
    expect(text.length).toBeLessThan(6_000);
    expect(JSON.parse(text)).toEqual(law);
  });

  test('names the edition and bears its mark while it is unconfirmed', () => {
    expect(lawFrom('2026-03-02')).toMatchObject({ edition: 'draft-2026', marks: ['【规则版本待确认】'] });
    expect(lawData({ ...edition, effectiveFrom: '2026-01-01' }, [], '2026-03-02').marks).toEqual([]);
  });

  test('holds the parameters that were declared and those every case needs, no others', () => {
    const law = lawData(edition, ['supervision.reviewSla'], '2026-03-02');
    expect(Object.keys(law.parameters).sort()).toEqual([
      'calendar.dayEnds',
      'calendar.noticeHour',
      'calendar.officeHours',
      'escalation.deskStep',
      'stamp.maxAge',
      'supervision.reviewSla',
      'version.openCasePolicy',
    ]);
  });

  test('a parameter that was not declared is a mistake of the procedure, and says so', () => {
    const law = lawData(edition, [], '2026-03-02');
    expect(() => valueAt(law, 'rectify.days', '2026-03-02')).toThrow(
      'carries no rectify.days; the procedure must declare',
    );
  });

  test('reaches three years, each with its notice or without', () => {
    expect(lawFrom(`${lastPublished}-03-02`).calendar.years.map(({ year, notice }) => [year, notice])).toEqual([
      [lastPublished, '国办发明电〔2025〕7号'],
      [lastPublished + 1, undefined],
      [lastPublished + 2, undefined],
    ]);
  });

  test('holds the value of its first day and those entered for later, but none that is past', () => {
    const overrides: Override[] = ['2026-01-01', '2026-06-01', '2026-09-01'].map((from, i) => ({
      key: 'supervision.reviewSla',
      value: 6 + i,
      from,
      reason: '本市实际',
      author: 'X1',
    }));
    const { values } = lawFrom('2026-06-15', { overrides }).parameters['supervision.reviewSla']!;
    expect(values.map(({ from, value }) => [from, value])).toEqual([
      ['2026-06-01', 7],
      ['2026-09-01', 8],
    ]);
  });

  test('cannot be gathered for a day without figures', () => {
    expect(() => lawFrom('2024-12-31')).toThrow(NoRuleInForce);
    expect(() => lawFrom('2025-01-01')).not.toThrow();
  });
});

describe(`on 30 November ${lastPublished}, with no notice for ${next} out`, () => {
  const now = at(`${lastPublished}-11-30 10:00`);
  const law = lawFrom(`${lastPublished}-11-30`);
  const calendar = calendarFrom(law);

  test('a limit that ends in the published year is firm, the next day is provisional', () => {
    const firm = addWorkingDays(calendar, now, 23);
    const after = addWorkingDays(calendar, now, 24);
    expect([formatDeadline(firm.dueAt, firm.provisional), formatDeadline(after.dueAt, after.provisional)]).toEqual([
      '2026-12-31 24:00',
      '2027-01-04 24:00（暂定）',
    ]);
  });

  test('a limit that reaches the unpublished year is computed and marked, not refused', () => {
    const { dueAt, provisional } = addWorkingDays(calendar, now, 60);
    expect([formatDeadline(dueAt, provisional), isProvisional(calendar, `${next}-03-01`)]).toEqual([
      // 23 in December, 20 in January (New Year is a Friday), 17 in February: the four days of Spring Festival include one Friday and one Monday.
      '2027-02-25 24:00（暂定）',
      true,
    ]);
  });

  test.each([
    ['2027-01-01', false],
    ['2027-01-04', true],
    ['2027-02-05', false],
    ['2027-02-06', false],
    ['2027-02-08', false],
    ['2027-02-09', true],
    ['2027-04-05', false],
    ['2027-05-03', true],
    ['2027-06-09', false],
    ['2027-09-15', false],
    ['2027-10-01', false],
    ['2027-10-04', true],
  ])('%s is a working day, as far as is known: %s', (date, worked) => {
    expect(isWorkingDay(calendar, date)).toBe(worked);
  });

  test('a year beyond those that travel is still counted, and provisional', () => {
    expect(isWorkingDay(calendar, '2031-10-01')).toBe(false);
    expect(isWorkingDay(calendar, '2031-10-08')).toBe(true);
    expect(isWorkingDay(calendar, '2045-01-02')).toBe(true);
    expect(isProvisional(calendar, '2045-01-02')).toBe(true);
  });

  test('the same limit is firm once the notice is loaded, and moves with it', () => {
    const notice = {
      year: next,
      notice: '测试通知',
      holidays: [
        `${next}-01-01/${next}-01-03`,
        `${next}-02-05/${next}-02-12`,
        `${next}-04-03/${next}-04-05`,
        `${next}-05-01/${next}-05-05`,
        `${next}-06-09`,
        `${next}-09-15`,
        `${next}-10-01/${next}-10-07`,
      ],
      adjustedWorkingDays: [`${next}-02-14`],
    };
    const loaded = calendarFrom(lawFrom(`${lastPublished}-11-30`, { years: [notice] }));
    const { dueAt, provisional } = addWorkingDays(loaded, now, 60);
    expect(formatDeadline(dueAt, provisional)).toBe('2027-03-02 24:00');
  });
});

describe("a site's own days", () => {
  const overlay = {
    holidays: [{ date: '2026-03-20', reason: '开斋节，自治区规定' }],
    workingDays: [{ date: '2026-03-21', reason: '调休' }],
  };
  const calendar = calendarFrom(lawFrom('2026-01-05', { overlay }));

  test('go before the national calendar', () => {
    expect([isWorkingDay(calendar, '2026-03-20'), isWorkingDay(calendar, '2026-03-21')]).toEqual([false, true]);
  });

  test('move limits, and leave them firm', () => {
    expect(addWorkingDays(calendar, at('2026-03-19 10:00'), 1)).toEqual({
      dueAt: endOfDay('2026-03-21'),
      provisional: false,
    });
  });

  test('travel from the year in which the case begins', () => {
    const days = ['2025-12-31', '2026-01-01', '2027-05-20'].map((date) => ({ date, reason: '本市规定' }));
    const law = lawFrom('2026-01-05', { overlay: { holidays: days, workingDays: [] } });
    expect(law.calendar.overlay).toEqual({ off: ['2026-01-01', '2027-05-20'], on: [] });
  });

  test('go before a notice as well', () => {
    const worked = calendarFrom(
      lawFrom('2026-01-05', { overlay: { holidays: [], workingDays: [{ date: '2026-10-05', reason: '值守' }] } }),
    );
    expect(isWorkingDay(worked, '2026-10-05')).toBe(true);
  });
});

test('a notice that moves days of the December before it is followed', () => {
  const years = [
    { year: 2027, notice: '测试通知', holidays: ['2026-12-31/2027-01-02'], adjustedWorkingDays: ['2026-12-27'] },
  ];
  const calendar = calendarFrom(lawFrom('2026-11-30', { years }));
  expect([isWorkingDay(calendar, '2026-12-31'), isWorkingDay(calendar, '2026-12-27')]).toEqual([false, true]);
});

test('a notice replaced by the site is the one that holds', () => {
  const years = [{ year: 2026, notice: '更正通知', holidays: ['2026-03-20'], adjustedWorkingDays: [] }];
  const law = lawFrom('2026-01-05', { years });
  expect(law.calendar.years[0]?.notice).toBe('更正通知');
  expect(isWorkingDay(calendarFrom(law), '2026-10-05')).toBe(true);
});

describe('limits by the figures a case carries', () => {
  const law = lawFrom('2026-03-02');
  const friday = endOfDay('2026-03-20');

  test.each([
    ['a step of CH-UNIT', limit(law, 'escalation.unitStep', friday), '2026-03-25 24:00'],
    ['dispatch', limit(law, 'supervision.dispatch', at('2026-03-20 17:00')), '2026-03-23 24:00'],
    ['the first level of the ladder', limit(law, 'supervision.ladder', friday, 0), '2026-03-20 24:00'],
    ['its second level', limit(law, 'supervision.ladder', friday, 1), '2026-03-25 24:00'],
    ['its third level', limit(law, 'supervision.ladder', friday, 2), '2026-04-03 24:00'],
    ['the term of a document', limit(law, 'supervision.defaultDue', friday, 'document'), '2026-04-19 24:00'],
    ['rectification', limit(law, 'rectify.days', friday), '2026-04-04 24:00'],
  ])('%s', (_, { dueAt, provisional, basis }, due) => {
    expect([formatDeadline(dueAt), provisional, basis.basis]).toEqual([due, false, 'chosen']);
  });

  test('a part that does not exist is refused', () => {
    expect(() => limit(law, 'supervision.ladder', friday, 3)).toThrow('supervision.ladder has no amount 3');
    // @ts-expect-error a list needs to be told which of its amounts
    expect(() => limit(law, 'supervision.ladder', friday)).toThrow('supervision.ladder has no amount of its own');
    // @ts-expect-error mailbox items have no default term
    expect(() => limit(law, 'supervision.defaultDue', friday, 'mailbox')).toThrow('has no amount mailbox');
  });

  test('a limit uses the value of the day it begins', () => {
    const overrides: Override[] = [
      { key: 'supervision.reviewSla', value: 1, from: '2026-03-20', reason: '本市实际', author: 'X1' },
    ];
    const changed = lawFrom('2026-03-02', { overrides });
    const before = limit(changed, 'supervision.reviewSla', at('2026-03-19 23:59'));
    const after = limit(changed, 'supervision.reviewSla', at('2026-03-20 00:00'));
    expect([before, after].map(({ dueAt }) => formatDeadline(dueAt))).toEqual(['2026-03-26 24:00', '2026-03-20 24:00']);
  });

  test('a site whose day ends with its offices has limits that end there', () => {
    const overrides: Override[] = [
      { key: 'calendar.dayEnds', value: '18:00', from: '2026-01-01', reason: '以办公时间为准', author: 'X1' },
    ];
    const early = lawFrom('2026-03-02', { overrides });
    expect(formatDeadline(limit(early, 'escalation.unitStep', at('2026-03-20 10:00')).dueAt)).toBe('2026-03-25 18:00');
  });
});

test('the calendar of a law is made once', () => {
  const law: LawData = lawFrom('2026-03-02');
  expect(calendarFrom(law)).toBe(calendarFrom(law));
});
