import fc from 'fast-check';
import {
  beginOf,
  calendarFrom,
  dateOf,
  dayNumber,
  endOf,
  formatDeadline,
  lastDayOf,
  periodAfter,
  periodOf,
  periodsBeginning,
  plusDays,
  plusMonths,
  rollingAfter,
} from '../../workflows/law';
import { at, lawFrom } from './support/law';

const month = { every: 1, unit: 'months' } as const;
const quarter = { every: 1, unit: 'quarters' } as const;
const halfYear = { every: 1, unit: 'halfYears' } as const;
const year = { every: 1, unit: 'years' } as const;
const twoYears = { every: 24, unit: 'months' } as const;
const kinds = [month, quarter, halfYear, year, twoYears, { every: 2, unit: 'months' } as const];
const anyDate = fc.integer({ min: at('2025-01-01 00:00'), max: at('2040-12-31 00:00') }).map(dateOf);
const anyKind = fc.constantFrom(...kinds);

describe('periods of the calendar', () => {
  test.each([
    [month, '2026-02-10', '2026-02', '2026-02-01', '2026-02-28'],
    [month, '2028-02-29', '2028-02', '2028-02-01', '2028-02-29'],
    [quarter, '2026-12-31', '2026-Q4', '2026-10-01', '2026-12-31'],
    [halfYear, '2026-06-30', '2026-H1', '2026-01-01', '2026-06-30'],
    [halfYear, '2026-07-01', '2026-H2', '2026-07-01', '2026-12-31'],
    [year, '2026-07-01', '2026', '2026-01-01', '2026-12-31'],
    [twoYears, '2026-07-01', '2026-01+24', '2026-01-01', '2027-12-31'],
    [twoYears, '2027-12-31', '2026-01+24', '2026-01-01', '2027-12-31'],
    [{ every: 2, unit: 'months' } as const, '2026-03-01', '2026-03+2', '2026-03-01', '2026-04-30'],
  ])('%j: %s lies in %s', (kind, date, id, first, last) => {
    expect(periodOf(kind, date)).toEqual({ id, first, last });
  });

  test('hold the day they were asked for, and lie end to end', () => {
    fc.assert(
      fc.property(anyKind, anyDate, (kind, date) => {
        const one = periodOf(kind, date);
        const next = periodAfter(kind, one);
        return one.first <= date && date <= one.last && next.first === plusDays(one.last, 1) && next.id !== one.id;
      }),
    );
  });

  test('are the same for every day in them', () => {
    fc.assert(
      fc.property(anyKind, anyDate, (kind, date) => {
        const one = periodOf(kind, date);
        return periodOf(kind, one.first).id === one.id && periodOf(kind, one.last).id === one.id;
      }),
    );
  });

  test('begin at 00:00 of the first day and end when the last one runs out', () => {
    const calendar = calendarFrom(lawFrom('2026-03-02'));
    const one = periodOf(halfYear, '2026-03-02');
    expect([beginOf(one), lastDayOf(one), endOf(calendar, one)].map((instant) => formatDeadline(instant))).toEqual([
      '2025-12-31 24:00',
      '2026-06-29 24:00',
      '2026-06-30 24:00',
    ]);
  });

  test('those that begin in a span: its first moment counts, its last does not', () => {
    const ids = (from: string, to: string) => periodsBeginning(month, at(from), at(to)).map(({ id }) => id);
    expect(ids('2026-01-01 00:00', '2026-04-01 00:00')).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(ids('2026-01-01 00:01', '2026-04-01 00:01')).toEqual(['2026-02', '2026-03', '2026-04']);
    expect(ids('2026-01-10 00:00', '2026-01-20 00:00')).toEqual([]);
  });

  test('a span cut anywhere gives the same periods', () => {
    fc.assert(
      fc.property(anyKind, anyDate, fc.nat(900), fc.nat(900), (kind, date, a, b) => {
        const [from, middle, to] = [date, plusDays(date, a), plusDays(date, a + b)].map((one) => at(`${one} 00:00`));
        const whole = periodsBeginning(kind, from!, to!);
        const parts = [...periodsBeginning(kind, from!, middle!), ...periodsBeginning(kind, middle!, to!)];
        return JSON.stringify(whole) === JSON.stringify(parts);
      }),
    );
  });
});

describe('windows that roll on', () => {
  test.each([
    [month, '2026-03-15', '2026-03-16', '2026-04-15'],
    [month, '2026-01-31', '2026-02-01', '2026-02-28'],
    [halfYear, '2026-08-31', '2026-09-01', '2027-02-28'],
    [year, '2028-02-29', '2028-03-01', '2029-02-28'],
  ])('%j after %s: %s to %s', (kind, done, first, last) => {
    expect(rollingAfter(kind, done)).toMatchObject({ first, last });
  });

  test('are as long as the months that follow, whenever they begin', () => {
    fc.assert(
      fc.property(anyKind, anyDate, (kind, done) => {
        const { first, last, id } = rollingAfter(kind, done);
        const months = Number(id.split('+')[1]);
        return dayNumber(last) - dayNumber(first) + 1 === dayNumber(plusMonths(done, months)) - dayNumber(done);
      }),
    );
  });
});
