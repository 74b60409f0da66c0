import fc from 'fast-check';
import { calendarYears, parseCalendarYear, parseOverlay } from '../../workflows/law';

const year2027 = {
  year: 2027,
  notice: '国办发明电〔2026〕测试号',
  source: 'https://www.gov.cn/test.htm',
  holidays: [
    '2027-01-01/2027-01-03',
    '2027-02-05/2027-02-12',
    '2027-04-05',
    '2027-05-01/2027-05-05',
    '2027-06-09',
    '2027-09-15',
    '2027-10-01/2027-10-07',
  ],
  adjustedWorkingDays: ['2026-12-27', '2027-02-14', '2027-10-09'],
};

describe('the file of a year', () => {
  test.each(calendarYears.map((year) => [year.year, year] as const))('of %d, as shipped, is accepted', (_, year) => {
    expect(parseCalendarYear(JSON.parse(JSON.stringify(year)), 'shipped.yaml')).toEqual({ ok: true, value: year });
  });

  test('of a new year is accepted, with days of the December before it and without an address', () => {
    const { source: _, ...withoutSource } = year2027;
    expect(parseCalendarYear(year2027, '2027.yaml')).toEqual({ ok: true, value: year2027 });
    expect(parseCalendarYear(withoutSource, '2027.yaml')).toEqual({ ok: true, value: withoutSource });
  });

  const holidays = (day: unknown) => ({ holidays: [...year2027.holidays, day] });

  test.each<[string, object, string]>([
    ['without a notice', { notice: undefined }, 'notice must be the number of the notice, but is missing.'],
    ['with an empty notice', { notice: '' }, 'notice must be the number of the notice, but is "".'],
    [
      'with an address that is none',
      { source: 'gov.cn' },
      'source must be the https address of the notice, but is "gov.cn".',
    ],
    ['without a year', { year: undefined }, 'year must be a year from 2025 to 2100, but is missing.'],
    ['with the year as text', { year: '2027' }, 'year must be a year from 2025 to 2100, but is "2027".'],
    ['without holidays', { holidays: undefined }, 'holidays must be a list of days, but is missing.'],
    [
      'with a date that does not exist',
      holidays('2027-02-30'),
      'holidays[7] must be a date or a span such as 2026-10-01/2026-10-07, but is "2027-02-30".',
    ],
    ['with a number for a date', holidays(20270230), 'holidays[7] must be a date or a span'],
    ['with a span of three ends', holidays('2027-03-01/2027-03-02/2027-03-03'), 'holidays[7] must be a date or a span'],
    [
      'with a span that runs backwards',
      holidays('2027-03-03/2027-03-01'),
      'holidays[7] must span 1 to 15 days, but is "2027-03-03/2027-03-01".',
    ],
    ['with a span of months', holidays('2027-03-01/2027-08-01'), 'holidays[7] must span 1 to 15 days'],
    [
      'with a day of another year',
      holidays('2028-01-01'),
      'holidays[7] must lie in 2027 or the December before, but is "2028-01-01".',
    ],
    [
      'with a day of the November before',
      holidays('2026-11-30'),
      'holidays[7] must lie in 2027 or the December before',
    ],
    [
      'with an adjusted working day inside the week',
      { adjustedWorkingDays: ['2027-03-03'] },
      'adjustedWorkingDays[0] must be a Saturday or Sunday, but is "2027-03-03".',
    ],
    [
      'with an adjusted working day of another year',
      { adjustedWorkingDays: ['2028-01-08'] },
      'adjustedWorkingDays[0] must lie in 2027 or the December before',
    ],
    [
      'with a span of adjusted working days',
      { adjustedWorkingDays: ['2027-02-13/2027-02-14'] },
      'adjustedWorkingDays[0] must be a date such as 2026-10-10',
    ],
    [
      'with a day both off and worked',
      { adjustedWorkingDays: ['2027-01-02'] },
      '2027-01-02 is both a holiday and a working day; expected one of them.',
    ],
    [
      'without a statutory holiday',
      { holidays: year2027.holidays.filter((day) => day !== '2027-06-09') },
      'holidays must include the statutory holiday 2027-06-09, but do not.',
    ],
    [
      'with a field nobody knows',
      { workdays: [] },
      'workdays is not expected; a year has year, notice, source, holidays and adjustedWorkingDays.',
    ],
  ])('%s is refused', (_, fields, sentence) => {
    const parsed = parseCalendarYear({ ...year2027, ...fields }, '2027.yaml');
    expect(parsed.ok ? [] : parsed.errors).toEqual([expect.stringContaining(`2027.yaml: ${sentence}`)]);
  });

  test.each([null, [], 'x', 2027, undefined])('that holds %j is refused', (content) => {
    const parsed = parseCalendarYear(content, '2027.yaml');
    expect(parsed.ok ? [] : parsed.errors).toEqual([
      expect.stringContaining('2027.yaml: must hold the notice of one year'),
    ]);
  });
});

describe("the file of a site's own days", () => {
  const day = { date: '2026-03-20', reason: '开斋节，自治区规定' };

  test('gives holidays and working days, either of which may be left out', () => {
    expect(parseOverlay({ holidays: [day] }, 'site.yaml')).toEqual({
      ok: true,
      value: { holidays: [day], workingDays: [] },
    });
    expect(parseOverlay({ workingDays: [day] }, 'site.yaml')).toEqual({
      ok: true,
      value: { holidays: [], workingDays: [day] },
    });
  });

  test.each<[string, unknown, string]>([
    [
      'without a reason',
      { holidays: [{ date: '2026-03-20' }] },
      'site.yaml: holidays[0] must have a date such as 2026-03-20 and a reason, but is {"date":"2026-03-20"}.',
    ],
    [
      'with an empty reason',
      { workingDays: [{ ...day, reason: ' ' }] },
      'workingDays[0] must have a date such as 2026-03-20 and a reason',
    ],
    [
      'with a bare date',
      { holidays: ['2026-03-20'] },
      'holidays[0] must have a date such as 2026-03-20 and a reason, but is "2026-03-20".',
    ],
    ['with a date that does not exist', { holidays: [{ ...day, date: '2026-02-29' }] }, 'holidays[0] must have a date'],
    [
      'with one day in both lists',
      { holidays: [day], workingDays: [day] },
      '2026-03-20 is both a holiday and a working day',
    ],
    ['with a list that is none', { holidays: day }, 'holidays must be a list of days'],
    [
      'with a field nobody knows',
      { festivals: [] },
      'festivals is not expected; an overlay has holidays and workingDays.',
    ],
    ['that is a list', [day], 'site.yaml: must hold holidays and workingDays, but holds [{'],
  ])('%s is refused', (_, file, sentence) => {
    const parsed = parseOverlay(file, 'site.yaml');
    expect(parsed.ok ? [] : parsed.errors).toEqual([expect.stringContaining(sentence)]);
  });
});

test('whatever a file holds, it is read or refused and never throws', () => {
  const dayLike = fc.oneof(fc.constantFrom('2027-01-01', '2027-02-30', '2027-01-01/x', '/'), fc.anything());
  const file = fc.record({
    year: fc.constantFrom(2027, 'x', null),
    notice: fc.string(),
    holidays: fc.array(dayLike),
    adjustedWorkingDays: fc.array(dayLike),
  });
  fc.assert(
    fc.property(fc.oneof(file, fc.anything()), (content) => {
      expect(typeof parseCalendarYear(content, 'x.yaml').ok).toBe('boolean');
      expect(typeof parseOverlay(content, 'x.yaml').ok).toBe('boolean');
    }),
  );
});
