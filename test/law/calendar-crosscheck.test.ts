import chineseDays from 'chinese-days/dist/chinese-days.json';
import { LunarDay, SolarDay, SolarTerm } from 'tyme4ts';
import {
  calendarFrom,
  calendarYears,
  isWorkingDay,
  LAST_LUNAR_YEAR,
  statutoryHolidays,
  weekday,
} from '../../workflows/law';
import { everyDate, lawFrom } from './support/law';

const first = calendarYears.at(0)!.year;
const last = calendarYears.at(-1)!.year;
const dates = everyDate(`${first}-01-01`, `${last}-12-31`);
const calendar = calendarFrom(lawFrom(`${first}-01-01`));

const inWeek = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay() % 6 !== 0;

/** By the tables of chinese-days; its functions read the zone of the host and are wrong west of Greenwich. */
function workedByChineseDays(date: string): boolean {
  if (Object.hasOwn(chineseDays.workdays, date)) return true;
  return inWeek(date) && !Object.hasOwn(chineseDays.holidays, date);
}

function workedByTyme(date: string): boolean {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return SolarDay.fromYmd(year, month, day).getLegalHoliday()?.isWork() ?? inWeek(date);
}

test('the published years are 2025 and 2026, 730 days', () => {
  expect([first, last, dates.length]).toEqual([2025, 2026, 730]);
});

test.each([
  ['chinese-days', workedByChineseDays],
  ['tyme4ts', workedByTyme],
])('every day of the published years is a working day exactly where %s says so', (_, worked) => {
  expect(dates.filter((date) => isWorkingDay(calendar, date) !== worked(date))).toEqual([]);
});

test.each([2025, 2026])('%d has 248 working days', (year) => {
  expect(everyDate(`${year}-01-01`, `${year}-12-31`).filter((date) => isWorkingDay(calendar, date))).toHaveLength(248);
});

test('the day of the week agrees with the world, before 1970 as well', () => {
  for (const date of [...everyDate('1969-12-20', '1970-01-10'), ...dates]) {
    expect([date, weekday(date)]).toEqual([date, new Date(`${date}T00:00:00Z`).getUTCDay()]);
  }
});

describe('the holidays known in advance', () => {
  const dateOfSolar = (day: SolarDay) =>
    [day.getYear(), day.getMonth(), day.getDay()].map((part) => String(part).padStart(2, '0')).join('-');

  function byAstronomy(year: number): string[] {
    const newYear = LunarDay.fromYmd(year, 1, 1).getSolarDay();
    const spring = [-1, 0, 1, 2].map((days) => newYear.next(days));
    const lunar = [LunarDay.fromYmd(year, 5, 5), LunarDay.fromYmd(year, 8, 15)].map((day) => day.getSolarDay());
    const qingming = SolarTerm.fromName(year, '清明').getJulianDay().getSolarDay();
    const fixed = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`);
    return [...new Set([...[...spring, ...lunar, qingming].map(dateOfSolar), ...fixed])].sort();
  }

  const tabulated = Array.from({ length: LAST_LUNAR_YEAR - first + 1 }, (_, i) => first + i);

  test.each(tabulated)('agree with the lunar calendar of tyme4ts in %d', (year) => {
    expect(statutoryHolidays(year)).toEqual(byAstronomy(year));
  });

  test('are the fixed days alone after the last tabulated year', () => {
    const year = LAST_LUNAR_YEAR + 1;
    expect(statutoryHolidays(year)).toEqual(
      ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`),
    );
  });

  test('are off in every published year', () => {
    const known = [first, last].flatMap(statutoryHolidays);
    expect(known.filter((date) => isWorkingDay(calendar, date))).toEqual([]);
  });
});
