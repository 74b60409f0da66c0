import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addWorkingDays,
  calendarFrom,
  dateOf,
  daysBefore,
  endOfDay,
  formatDeadline,
  HOUR,
  hoursBefore,
  isWorkingDay,
  limit,
  limitBefore,
  minutesBefore,
  monthsBefore,
  type Override,
  plusDays,
  plusMonths,
  workingDaysBefore,
} from '../../workflows/law';
import { at, everyDate, lawFrom } from './support/law';

const law = lawFrom('2025-01-01');
const calendar = calendarFrom(law);
const anyInstant = fc.integer({ min: at('2025-04-01 00:00'), max: at('2026-12-31 00:00') });
const anyAmount = fc.integer({ min: 1, max: 40 });
const shown = ({ dueAt }: { dueAt: number }) => formatDeadline(dueAt);

describe('months, quarters, half-years and years', () => {
  test.each([
    ['2026-01-15 10:00', 1, '2026-02-15 24:00', 'the same day of the next month'],
    ['2026-01-31 10:00', 1, '2026-02-28 24:00', 'a month without such a day: its last'],
    ['2028-01-31 10:00', 1, '2028-02-29 24:00', 'in a leap year the 29th'],
    ['2028-02-29 10:00', 12, '2029-02-28 24:00', 'a year from a leap day'],
    ['2026-03-31 00:00', 3, '2026-06-30 24:00', '24:00 of the 30th belongs to the 30th'],
    ['2026-08-31 09:00', 6, '2027-02-28 24:00', 'a half-year over the year end'],
    ['2026-12-31 23:59', 24, '2028-12-31 24:00', 'two years'],
  ])('from %s, %d months end at %s: %s', (from, n, due) => {
    expect(shown(addMonths(calendar, at(from), n))).toBe(due);
  });

  test('never leave the month they end in, and keep the day where there is one', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 120 }), (from, n) => {
        const date = dateOf(from);
        const later = plusMonths(date, n);
        const lastDay = plusDays(plusMonths(`${later.slice(0, 7)}-01`, 1), -1);
        const day = Math.min(Number(date.slice(8)), Number(lastDay.slice(8)));
        const months = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
        return months(later) - months(date) === n && Number(later.slice(8)) === day;
      }),
    );
  });
});

describe('counted back before an instant', () => {
  test.each([
    ['2026-03-20 09:00', 3, '2026-03-16 24:00', 'three whole days lie between'],
    ['2026-03-21 00:00', 1, '2026-03-19 24:00', 'before the end of the 20th, the 20th is a whole day'],
    ['2026-03-20 23:59', 1, '2026-03-18 24:00', 'a moment before it, the 20th is not'],
    ['2028-03-01 09:00', 1, '2028-02-28 24:00', 'a leap day lies between'],
    ['2026-01-01 09:00', 1, '2025-12-30 24:00', 'over a year end'],
  ])('from %s, %d days: %s (%s)', (before, n, latest) => {
    expect(shown(daysBefore(calendar, at(before), n))).toBe(latest);
  });

  test.each([
    ['2026-03-20 09:00', 3, '2026-03-16 24:00', 'Tuesday to Thursday'],
    ['2026-03-23 09:00', 1, '2026-03-19 24:00', 'the weekend is passed over'],
    ['2026-02-24 09:00', 1, '2026-02-13 24:00', 'nine days of Spring Festival, and the worked Saturday before them'],
    ['2026-10-10 09:00', 3, '2026-09-29 24:00', 'two days after National Day, and the 30th before it'],
    ['2026-01-05 09:00', 2, '2025-12-30 24:00', 'the worked Sunday, and the last day of the year before'],
  ])('from %s, %d working days: %s (%s)', (before, n, latest) => {
    const { dueAt, provisional } = workingDaysBefore(calendar, at(before), n);
    expect([formatDeadline(dueAt), provisional]).toEqual([latest, false]);
  });

  test.each([
    ['2026-07-01 00:00', 1, '2026-05-31 24:00'],
    ['2026-03-31 09:00', 1, '2026-02-27 24:00'],
    ['2026-08-31 09:00', 6, '2026-02-27 24:00'],
  ])('from %s, %d months: %s', (before, n, latest) => {
    expect(shown(monthsBefore(calendar, at(before), n))).toBe(latest);
  });

  test('by the clock in hours and minutes', () => {
    const instant = at('2026-03-21 01:30');
    expect(hoursBefore(instant, 2).dueAt).toBe(instant - 2 * HOUR);
    expect(shown(minutesBefore(instant, 91))).toBe('2026-03-20 23:59');
  });

  test('is the mirror of counting on: that many whole days, or working days, lie between', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (before, n) => {
        const between = (from: number) => everyDate(dateOf(from), plusDays(dateOf(before), -1));
        const days = between(daysBefore(calendar, before, n).dueAt);
        const worked = between(workingDaysBefore(calendar, before, n).dueAt);
        return (
          days.length === n &&
          worked.filter((date) => isWorkingDay(calendar, date)).length === n &&
          isWorkingDay(calendar, worked[0]!)
        );
      }),
    );
  });

  test('undoes a limit that ended with a working day', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 20 }), (from, n) => {
        const midnight = endOfDay(dateOf(from));
        const forth = addWorkingDays(calendar, midnight, n).dueAt;
        const back = workingDaysBefore(calendar, forth, n).dueAt;
        const idle = everyDate(plusDays(dateOf(from), 1), plusDays(dateOf(back), -1));
        return back >= midnight && idle.every((date) => !isWorkingDay(calendar, date));
      }),
    );
  });

  test('and days', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (from, n) => {
        const midnight = endOfDay(dateOf(from));
        return daysBefore(calendar, addDays(calendar, midnight, n).dueAt, n).dueAt === midnight;
      }),
    );
  });

  test('of nothing leaves the instant as it is, and a broken amount is refused', () => {
    const instant = at('2026-03-20 09:00');
    for (const count of [daysBefore, workingDaysBefore, monthsBefore]) {
      expect(count(calendar, instant, 0)).toEqual({ dueAt: instant, provisional: false });
      expect(() => count(calendar, instant, 1.5)).toThrow('expected a whole number of 0 or more');
    }
    for (const count of [hoursBefore, minutesBefore])
      expect(() => count(instant, -1)).toThrow('expected a whole number');
  });

  test('over days of a year without a notice it may still change', () => {
    const late = calendarFrom(lawFrom('2026-11-30'));
    expect(workingDaysBefore(late, at('2027-01-11 09:00'), 3).provisional).toBe(true);
    expect(workingDaysBefore(late, at('2027-01-11 09:00'), 8).provisional).toBe(true);
    expect(workingDaysBefore(late, at('2026-12-31 09:00'), 8).provisional).toBe(false);
  });

  test('a site whose day ends with its offices counts back from there', () => {
    const overrides: Override[] = [
      { key: 'calendar.dayEnds', value: '18:00', from: '2026-01-01', reason: '以办公时间为准', author: 'X1' },
    ];
    const early = calendarFrom(lawFrom('2026-03-02', { overrides }));
    expect(shown(daysBefore(early, at('2026-03-20 09:00'), 3))).toBe('2026-03-16 18:00');
    expect(shown(daysBefore(early, at('2026-03-20 18:00'), 1))).toBe('2026-03-19 18:00');
  });
});

describe('figures that count back', () => {
  test('ten days before the end of a half-year', () => {
    const { dueAt, basis } = limitBefore(law, 'recurring.dueSoon', at('2026-07-01 00:00'));
    expect([formatDeadline(dueAt), basis.basis]).toEqual(['2026-06-20 24:00', 'chosen']);
  });

  test('a grace of nothing leaves the end where it is', () => {
    expect(limit(law, 'recurring.grace', at('2026-07-01 00:00')).dueAt).toBe(at('2026-07-01 00:00'));
  });

  test('what is no length is refused by name', () => {
    expect(() => limit(law, 'recurring.window' as never, at('2026-03-20 09:00'))).toThrow(
      'recurring.window has no amount',
    );
    expect(() => limit(law, 'quorum.inclusive' as never, at('2026-03-20 09:00'))).toThrow('has no amount of its own');
  });
});
