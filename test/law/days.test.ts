import fc from 'fast-check';
import {
  countingDateOf,
  dateOf,
  dayNumber,
  endOfDay,
  formatDeadline,
  formatInstant,
  instantOf,
  isDate,
  parseInstant,
  plusDays,
} from '../../workflows/law';

const anyInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) });
const anyDate = anyInstant.map((instant) => dateOf(instant));

describe('the day an instant belongs to', () => {
  test.each([
    {
      when: 'the last moment before midnight',
      at: '2026-03-20T23:59:59.999+08:00',
      lies: '2026-03-20',
      counts: '2026-03-20',
    },
    { when: 'midnight itself', at: '2026-03-21T00:00:00+08:00', lies: '2026-03-21', counts: '2026-03-20' },
    {
      when: 'the moment after midnight',
      at: '2026-03-21T00:00:00.001+08:00',
      lies: '2026-03-21',
      counts: '2026-03-21',
    },
    {
      when: 'a morning that is still yesterday in UTC',
      at: '2026-03-21T07:59:00+08:00',
      lies: '2026-03-21',
      counts: '2026-03-21',
    },
  ])('$when lies on $lies and counts as $counts', ({ at, lies, counts }) => {
    const instant = Date.parse(at);
    expect([dateOf(instant), countingDateOf(instant)]).toEqual([lies, counts]);
  });

  test('24:00 of a day is 00:00 of the next', () => {
    fc.assert(fc.property(anyDate, (date) => endOfDay(date) === instantOf(plusDays(date, 1), '00:00')));
  });

  test('24:00 of a day counts as that day', () => {
    fc.assert(fc.property(anyDate, (date) => countingDateOf(endOfDay(date)) === date));
  });
});

describe('what is written and read', () => {
  test.each([
    ['2026-03-20T18:00:00+08:00', '2026-03-20 18:00'],
    ['2026-03-21T00:00:00+08:00', '2026-03-20 24:00'],
    ['2027-01-01T00:00:00+08:00', '2026-12-31 24:00'],
    ['2026-03-21T00:00:30+08:00', '2026-03-21 00:00'],
    ['2026-03-21T09:15:59.999+08:00', '2026-03-21 09:15'],
  ])('a limit at %s is shown as %s', (iso, shown) => {
    expect(formatDeadline(parseInstant(iso))).toBe(shown);
  });

  test('a limit that may still change says so', () => {
    expect(formatDeadline(endOfDay('2027-01-08'), true)).toBe('2027-01-08 24:00（暂定）');
  });

  test('an instant is written with its offset, milliseconds only where there are any', () => {
    expect(formatInstant(endOfDay('2026-03-20'))).toBe('2026-03-21T00:00:00+08:00');
    expect(formatInstant(endOfDay('2026-03-20') + 7)).toBe('2026-03-21T00:00:00.007+08:00');
  });

  test('what is written is read back as the same instant', () => {
    fc.assert(fc.property(anyInstant, (instant) => parseInstant(formatInstant(instant)) === instant));
  });

  test('an instant of another offset is the same instant', () => {
    expect(parseInstant('2026-03-20T10:00:00Z')).toBe(parseInstant('2026-03-20T18:00:00+08:00'));
  });

  test.each(['2026-03-20T18:00:00', '2026-03-20', '20.3.2026', '2026-13-01T00:00:00+08:00', ''])(
    '%j is refused as an instant',
    (text) => {
      expect(() => parseInstant(text)).toThrow('is not an instant; expected one such as');
    },
  );

  test.each([
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-00-10',
    '2026-3-1',
    '26-03-01',
    '2026-03-01T00:00',
    '',
    20260301,
    null,
  ])('%j is not a date', (value) => {
    expect(isDate(value)).toBe(false);
    expect(() => dayNumber(value as string)).toThrow('is not a date; expected a day such as');
  });

  test('a leap day is a date', () => {
    expect([isDate('2028-02-29'), plusDays('2028-02-29', 1)]).toEqual([true, '2028-03-01']);
  });

  test.each(['24:01', '25:00', '9:00', '09:60', ''])('%j is not a time of day', (clock) => {
    expect(() => instantOf('2026-03-20', clock)).toThrow('is not a time of day');
  });

  test('days added and taken away again give the same date', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -800, max: 800 }), (date, n) => plusDays(plusDays(date, n), -n) === date),
    );
  });
});
