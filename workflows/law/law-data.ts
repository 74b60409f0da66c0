/** Gathers the law that a case carries from the shipped tables and what the site adds. */

import { type DateText, yearOf } from './calendar/days';
import type { Overlay } from './calendar/files';
import { statutoryHolidays } from './calendar/statutory';
import { type CalendarYear, calendarYears } from './calendar/years';
import type { CarriedParameter, CarriedValue, CarriedYear, LawData } from './carried';
import { inForce } from './dated';
import { type Edition, editionMark } from './edition';
import { type Override, withOverrides } from './overrides';
import { type Parameter, type ParameterKey, parameters } from './parameters';

/** What a site adds to the shipped law. */
export interface SiteLaw {
  overrides?: readonly Override[];
  overlay?: Overlay;
  /** Notices that came out after this version; one of a shipped year replaces it. */
  years?: readonly CalendarYear[];
}

/** Figures every case needs, whatever its procedure declares. */
const COMMON_KEYS: readonly ParameterKey[] = [
  'calendar.dayEnds',
  'calendar.officeHours',
  'calendar.noticeHour',
  'stamp.maxAge',
];

/** A matter under supervision may run over two new years. */
const YEARS_AHEAD = 2;

/**
 * Gathers the law for a case that begins on a day.
 * @param keys the parameters its procedure declares; those every case needs are always added
 * @throws NoRuleInForce when a parameter has no value on that day
 */
export function lawData(edition: Edition, keys: readonly ParameterKey[], from: DateText, site: SiteLaw = {}): LawData {
  const table = withOverrides(parameters, site.overrides ?? []);
  const carried = [...new Set([...COMMON_KEYS, ...keys])].map((key) => {
    const entry = carriedParameter(key, table[key] as Parameter<CarriedValue>, from);
    return [key, entry] as const;
  });
  const first = yearOf(from);
  const reach = Array.from({ length: YEARS_AHEAD + 1 }, (_, i) => first + i);
  const mark = editionMark(edition);
  return {
    edition: edition.id,
    marks: mark === undefined ? [] : [mark],
    parameters: Object.fromEntries(carried),
    calendar: {
      years: reach.map((year) => carriedYear(year, [...calendarYears, ...(site.years ?? [])])),
      overlay: {
        off: datesFrom(site.overlay?.holidays, first),
        on: datesFrom(site.overlay?.workingDays, first),
      },
    },
  };
}

function carriedParameter(
  key: ParameterKey,
  { shape, values }: Parameter<CarriedValue>,
  from: DateText,
): CarriedParameter {
  const now = inForce(key, values, from);
  const kept = values.filter((entry) => entry === now || entry.from > from);
  return { unit: shape.unit, values: kept.map(({ from, value, cite }) => ({ from, value, cite })) };
}

function carriedYear(year: number, published: readonly CalendarYear[]): CarriedYear {
  const known = published.findLast((one) => one.year === year);
  if (known === undefined) return { year, off: statutoryHolidays(year), on: [] };
  return { year, notice: known.notice, off: [...known.holidays], on: [...known.adjustedWorkingDays] };
}

function datesFrom(days: Overlay['holidays'] | undefined, year: number): DateText[] {
  return (days ?? []).map(({ date }) => date).filter((date) => yearOf(date) >= year);
}
