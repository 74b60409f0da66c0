/** Gathers the law that a case carries from the shipped tables and what the site adds. */

import { type DateText, yearOf } from './calendar/days';
import type { Overlay } from './calendar/files';
import { statutoryHolidays } from './calendar/statutory';
import { type CalendarYear, calendarYears } from './calendar/years';
import type { CarriedParameter, CarriedValue, CarriedYear, LawData } from './carried';
import { inForce } from './dated';
import { editionMark } from './edition';
import { type Override, withOverrides } from './overrides';
import { type Parameter, type ParameterKey, type ParameterTable, parameters } from './parameters';
import { type EditionInForce, type PublishedVersion, withVersions } from './versions';

/** What a site adds to the shipped law. */
export interface SiteLaw {
  overrides?: readonly Override[];
  overlay?: Overlay;
  /** Notices that came out after this version; one of a shipped year replaces it. */
  years?: readonly CalendarYear[];
  /** What the city's own versions of the rulebook say, in the order of their publication. */
  versions?: readonly PublishedVersion[];
}

/** Figures every case needs, whatever its procedure declares. */
const COMMON_KEYS: readonly ParameterKey[] = [
  'calendar.dayEnds',
  'calendar.officeHours',
  'calendar.noticeHour',
  'stamp.maxAge',
  // The Office is pressed for a choice of version in any of them.
  'escalation.deskStep',
  'version.openCasePolicy',
];

/** The shipped figures, a site's own over them, and those of its versions over both. */
export const parametersOf = ({ overrides = [], versions = [] }: SiteLaw): ParameterTable =>
  withVersions(withOverrides(parameters, overrides), versions);

/** A matter under supervision may run over two new years. */
const YEARS_AHEAD = 2;

/**
 * Gathers the law for a case that begins on a day.
 * @param keys the parameters its procedure declares; those every case needs are always added
 * @throws NoRuleInForce when a parameter has no value on that day
 */
export function lawData(
  edition: EditionInForce,
  keys: readonly ParameterKey[],
  from: DateText,
  site: SiteLaw = {},
): LawData {
  const table = parametersOf(site);
  const carried = [...new Set([...COMMON_KEYS, ...keys])].map((key) => {
    const entry = carriedParameter(key, table[key] as Parameter<CarriedValue>, from);
    return [key, entry] as const;
  });
  const first = yearOf(from);
  const reach = Array.from({ length: YEARS_AHEAD + 1 }, (_, i) => first + i);
  const mark = editionMark(edition);
  return {
    edition: edition.id,
    ...(edition.since === undefined ? {} : { since: edition.since }),
    marks: mark === undefined ? [] : [mark],
    parameters: Object.fromEntries(carried),
    calendar: {
      years: reach.map((year) => carriedYear(year, calendarYearsOf(site))),
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
  const carried = kept.map(({ from, value, cite, rollOver }) => ({
    from,
    value,
    cite,
    ...(rollOver ? { rollOver } : {}),
  }));
  return { unit: shape.unit, values: carried };
}

/** Every notice that is known, of one year the later one last. */
export const calendarYearsOf = ({ years = [] }: SiteLaw): CalendarYear[] => [...calendarYears, ...years];

/** The days of a year by the last notice for it; without one those known in advance. */
export function carriedYear(year: number, published: readonly CalendarYear[]): CarriedYear {
  const known = published.findLast((one) => one.year === year);
  if (known === undefined) return { year, off: statutoryHolidays(year), on: [] };
  return { year, notice: known.notice, off: [...known.holidays], on: [...known.adjustedWorkingDays] };
}

function datesFrom(days: Overlay['holidays'] | undefined, year: number): DateText[] {
  return (days ?? []).map(({ date }) => date).filter((date) => yearOf(date) >= year);
}
