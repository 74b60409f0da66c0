import fc from 'fast-check';
import {
  addDays,
  addHours,
  addWorkingDays,
  calendarFrom,
  countingDateOf,
  dateOf,
  dueOn,
  endOfDay,
  formatDeadline,
  instantOf,
  isOfficeHours,
  isWorkingDay,
  nextNoticeInstant,
  type Override,
  plusDays,
  subtractDays,
  workingDaysLeft,
} from '../../workflows/law';
import { at, everyDate, lawFrom } from './support/law';

const calendar = calendarFrom(lawFrom('2025-01-01'));

/** Any moment from which 40 working days stay inside the published years. */
const anyInstant = fc.integer({ min: at('2025-01-01 00:00'), max: at('2026-10-20 00:00') });
const anyAmount = fc.integer({ min: 1, max: 40 });

describe('a limit in working days', () => {
  test.each([
    { from: '2026-03-16 10:00', n: 3, due: '2026-03-19 24:00', why: 'plain days of one week' },
    { from: '2026-03-20 24:00', n: 3, due: '2026-03-25 24:00', why: '24:00 of a Friday belongs to the Friday' },
    {
      from: '2026-03-21 00:01',
      n: 3,
      due: '2026-03-25 24:00',
      why: 'a Saturday is not counted, nor is it the first day',
    },
    { from: '2026-03-22 23:59', n: 1, due: '2026-03-23 24:00', why: 'a Sunday night' },
    {
      from: '2026-02-13 09:00',
      n: 1,
      due: '2026-02-14 24:00',
      why: 'the adjusted Saturday before Spring Festival is worked',
    },
    { from: '2026-02-14 17:00', n: 1, due: '2026-02-24 24:00', why: 'nine days of Spring Festival are skipped' },
    { from: '2026-02-18 12:00', n: 4, due: '2026-02-27 24:00', why: 'begun inside the festival' },
    { from: '2026-02-18 12:00', n: 5, due: '2026-02-28 24:00', why: 'and ended on the adjusted Saturday after it' },
    { from: '2026-09-30 18:00', n: 3, due: '2026-10-10 24:00', why: 'National Day, ended on the adjusted Saturday' },
    { from: '2025-12-30 12:00', n: 2, due: '2026-01-04 24:00', why: 'over a year end, ended on the adjusted Sunday' },
  ])('of $n from $from ends at $due: $why', ({ from, n, due }) => {
    const limit = addWorkingDays(
      calendar,
      at(from.replace('24:00', '23:59')) + (from.endsWith('24:00') ? 60_000 : 0),
      n,
    );
    expect([formatDeadline(limit.dueAt), limit.provisional]).toEqual([due, false]);
  });

  test('starts at midnight belong to the day before, the moment after to the day itself', () => {
    const midnight = endOfDay('2026-03-19');
    expect(formatDeadline(addWorkingDays(calendar, midnight, 1).dueAt)).toBe('2026-03-20 24:00');
    expect(formatDeadline(addWorkingDays(calendar, midnight + 1, 1).dueAt)).toBe('2026-03-23 24:00');
  });

  test('of nothing leaves the instant as it is', () => {
    const instant = at('2026-03-21 03:00');
    expect(addWorkingDays(calendar, instant, 0)).toEqual({ dueAt: instant, provisional: false });
    expect(addDays(calendar, instant, 0)).toEqual({ dueAt: instant, provisional: false });
  });

  test.each([-1, 1.5, Number.NaN])('of %d is refused', (n) => {
    expect(() => addWorkingDays(calendar, 0, n)).toThrow('expected a whole number of 0 or more');
    expect(() => addDays(calendar, 0, n)).toThrow('expected a whole number of 0 or more');
    expect(() => subtractDays(0, n)).toThrow('expected a whole number of 0 or more');
  });

  test('ends with a day that is worked, whatever the night or weekend it was begun on', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (from, n) => {
        const { dueAt } = addWorkingDays(calendar, from, n);
        return dueAt === endOfDay(countingDateOf(dueAt)) && isWorkingDay(calendar, countingDateOf(dueAt));
      }),
    );
  });

  test('has exactly n working days after the day it was begun', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (from, n) => {
        const last = countingDateOf(addWorkingDays(calendar, from, n).dueAt);
        const after = everyDate(plusDays(countingDateOf(from), 1), last);
        return after.filter((date) => isWorkingDay(calendar, date)).length === n;
      }),
    );
  });

  test('may be counted in two parts', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, fc.integer({ min: 1, max: 9 }), (from, n, more) => {
        const inTwo = addWorkingDays(calendar, addWorkingDays(calendar, from, n).dueAt, more);
        return inTwo.dueAt === addWorkingDays(calendar, from, n + more).dueAt;
      }),
    );
  });

  test('never ends earlier when begun later', () => {
    fc.assert(
      fc.property(anyInstant, fc.nat(10 * 86_400_000), anyAmount, (from, later, n) => {
        return addWorkingDays(calendar, from, n).dueAt <= addWorkingDays(calendar, from + later, n).dueAt;
      }),
    );
  });
});

describe('a limit in calendar days or hours', () => {
  test.each([
    { from: '2026-03-01 10:00', n: 20, due: '2026-03-21 24:00' },
    { from: '2026-12-20 10:00', n: 20, due: '2027-01-09 24:00' },
    { from: '2028-02-28 10:00', n: 1, due: '2028-02-29 24:00' },
  ])('of $n days from $from ends at $due', ({ from, n, due }) => {
    expect(formatDeadline(addDays(calendar, at(from), n).dueAt)).toBe(due);
  });

  test('in calendar days never depends on a notice', () => {
    expect(addDays(calendar, at('2026-12-20 10:00'), 366).provisional).toBe(false);
  });

  test('in hours runs by the clock, through night and weekend', () => {
    expect(addHours(at('2026-03-20 23:30'), 5)).toEqual({ dueAt: at('2026-03-21 04:30'), provisional: false });
  });

  test('counted back keeps the time of day', () => {
    expect(formatDeadline(subtractDays(endOfDay('2026-03-20'), 7))).toBe('2026-03-13 24:00');
    expect(formatDeadline(subtractDays(at('2026-03-01 09:00'), 1))).toBe('2026-02-28 09:00');
  });

  test('set as a date runs out at 24:00 of that date', () => {
    expect(dueOn(calendar, '2026-03-20')).toBe(endOfDay('2026-03-20'));
  });
});

describe('working days left', () => {
  const due = endOfDay('2026-03-20');

  test.each([
    ['2026-03-13 10:00', 5],
    ['2026-03-14 10:00', 5],
    ['2026-03-16 00:01', 4],
    ['2026-03-19 23:59', 1],
    ['2026-03-20 00:01', 0],
    ['2026-03-20 23:59', 0],
    ['2026-03-21 00:00', 0],
    ['2026-03-21 00:01', 0],
    ['2026-03-23 00:01', -1],
    ['2026-03-24 12:00', -2],
  ])('at %s to the end of 20 March: %d', (now, left) => {
    expect(workingDaysLeft(calendar, at(now), due)).toBe(left);
  });

  test('are as many as were given at the start', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (from, n) => {
        return workingDaysLeft(calendar, from, addWorkingDays(calendar, from, n).dueAt) === n;
      }),
    );
  });
});

describe('when messages go out', () => {
  test.each([
    { at: '2026-03-20 08:29', out: '2026-03-20 09:00', why: 'the last minute before the offices open' },
    { at: '2026-03-20 08:30', out: '2026-03-20 08:30', why: 'the first minute of office hours' },
    { at: '2026-03-20 17:59', out: '2026-03-20 17:59', why: 'the last minute of office hours' },
    { at: '2026-03-20 18:00', out: '2026-03-23 09:00', why: 'the minute after, on a Friday' },
    { at: '2026-03-20 00:00', out: '2026-03-20 09:00', why: 'midnight, the end of a limit' },
    { at: '2026-03-21 10:00', out: '2026-03-23 09:00', why: 'a Saturday' },
    { at: '2026-02-28 10:00', out: '2026-02-28 10:00', why: 'an adjusted Saturday' },
    { at: '2026-02-28 19:00', out: '2026-03-02 09:00', why: 'the evening of an adjusted Saturday' },
    { at: '2026-10-01 10:00', out: '2026-10-08 09:00', why: 'National Day' },
    { at: '2025-12-31 19:00', out: '2026-01-04 09:00', why: 'the last evening of a year, to an adjusted Sunday' },
  ])('at $at they go out at $out: $why', ({ at: when, out }) => {
    expect(formatDeadline(nextNoticeInstant(calendar, at(when)))).toBe(out);
  });

  test.each([
    { at: '2026-03-20 06:59', out: '2026-03-20 07:00' },
    { at: '2026-03-20 07:00', out: '2026-03-20 07:00' },
    { at: '2026-03-20 07:01', out: '2026-03-23 07:00' },
  ])('a notice hour before the offices open is not run back to: at $at they go out at $out', ({ at: when, out }) => {
    const early: Override = {
      key: 'calendar.noticeHour',
      value: '07:00',
      from: '2026-01-01',
      reason: '本市实际',
      author: 'X1',
    };
    const site = calendarFrom(lawFrom('2026-03-02', { overrides: [early] }));
    expect(formatDeadline(nextNoticeInstant(site, at(when)))).toBe(out);
  });

  test('a message goes out at once inside office hours and at 09:00 of a working day otherwise, never earlier', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const out = nextNoticeInstant(calendar, instant);
        if (isOfficeHours(calendar, instant)) return out === instant;
        return out > instant && isWorkingDay(calendar, dateOf(out)) && out === instantOf(dateOf(out), '09:00');
      }),
    );
  });
});
