/** What a site may enter about days: the notice of a new year, and days it works or rests of its own. */
import { type DateText, dayNumber, isDate, weekday, yearOf } from './days';
import { statutoryHolidays } from './statutory';
import { datesOfSpan } from './working-calendar';
import type { CalendarYear } from './years';

export interface OverlayDay {
  date: DateText;
  /** Why, and by whose decision. */
  reason: string;
}

/** Days on which the site differs from the national calendar, such as festivals set by the region. */
export interface Overlay {
  holidays: OverlayDay[];
  workingDays: OverlayDay[];
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; errors: string[] };

/**
 * Reads the file of one year's notice: `year`, `notice`, `source?`, `holidays` (dates or spans `from/to`) and
 * `adjustedWorkingDays`. Days may lie in that year or in the December before it.
 * @param json the parsed content; anything
 * @returns the year, or a sentence per fault that names file, place and what is expected
 */
export function parseCalendarYear(json: unknown, fileName: string): Parsed<CalendarYear> {
  if (!isRecord(json)) return refused(fileName, [`must hold the notice of one year, but holds ${shown(json)}`]);
  const { year, notice, source, holidays, adjustedWorkingDays, ...others } = json;
  if (!Number.isInteger(year) || (year as number) < 2025 || (year as number) > 2100) {
    return refused(fileName, [`year must be a year from 2025 to 2100, but is ${shown(year)}`]);
  }
  const errors = [
    ...Object.keys(others).map((key) => `${key} is not expected; a year has ${YEAR_FIELDS}`),
    ...faultsOfNotice(notice, source),
    ...faultsOfList('holidays', holidays, (day) => faultOfSpan(day, year as number)),
    ...faultsOfList('adjustedWorkingDays', adjustedWorkingDays, (day) => faultOfAdjusted(day, year as number)),
  ];
  if (errors.length > 0) return refused(fileName, errors);
  const value = { ...json } as CalendarYear;
  const conflicts = faultsTogether(value);
  return conflicts.length > 0 ? refused(fileName, conflicts) : { ok: true, value };
}

/**
 * Reads the file of a site's own days: `holidays` and `workingDays`, each a list of `{date, reason}`.
 * @returns the overlay, or a sentence per fault that names file, place and what is expected
 */
export function parseOverlay(json: unknown, fileName: string): Parsed<Overlay> {
  if (!isRecord(json)) return refused(fileName, [`must hold holidays and workingDays, but holds ${shown(json)}`]);
  const { holidays = [], workingDays = [], ...others } = json;
  const errors = [
    ...Object.keys(others).map((key) => `${key} is not expected; an overlay has holidays and workingDays`),
    ...faultsOfList('holidays', holidays, faultOfOverlayDay),
    ...faultsOfList('workingDays', workingDays, faultOfOverlayDay),
  ];
  if (errors.length > 0) return refused(fileName, errors);
  const overlay = { holidays, workingDays } as Overlay;
  const both = overlay.holidays.filter(({ date }) => overlay.workingDays.some((day) => day.date === date));
  const conflicts = both.map(({ date }) => `${date} is both a holiday and a working day; expected one of them`);
  return conflicts.length > 0 ? refused(fileName, conflicts) : { ok: true, value: overlay };
}

const YEAR_FIELDS = 'year, notice, source, holidays and adjustedWorkingDays';

function faultsOfNotice(notice: unknown, source: unknown): string[] {
  const faults: string[] = [];
  if (!isText(notice)) faults.push(`notice must be the number of the notice, but is ${shown(notice)}`);
  if (source !== undefined && !(isText(source) && source.startsWith('https://'))) {
    faults.push(`source must be the https address of the notice, but is ${shown(source)}`);
  }
  return faults;
}

function faultsOfList(name: string, list: unknown, faultOf: (entry: unknown) => string | undefined): string[] {
  if (!Array.isArray(list)) return [`${name} must be a list of days, but is ${shown(list)}`];
  return list.flatMap((entry, i) => {
    const fault = faultOf(entry);
    return fault === undefined ? [] : [`${name}[${i}] ${fault}, but is ${shown(entry)}`];
  });
}

/** No holiday lasts longer; a longer span is a slip of a digit. */
const LONGEST_SPAN = 15;

function faultOfSpan(span: unknown, year: number): string | undefined {
  const ends = typeof span === 'string' ? span.split('/') : [];
  const isSpan = ends.length >= 1 && ends.length <= 2 && ends.every(isDate);
  if (!isSpan) return 'must be a date or a span such as 2026-10-01/2026-10-07';
  const length = dayNumber(ends.at(-1)!) - dayNumber(ends[0]!) + 1;
  if (length < 1 || length > LONGEST_SPAN) return `must span 1 to ${LONGEST_SPAN} days`;
  return ends.every((date) => isOfYear(date, year)) ? undefined : `must lie in ${year} or the December before`;
}

function faultOfAdjusted(date: unknown, year: number): string | undefined {
  if (!isDate(date)) return 'must be a date such as 2026-10-10';
  if (!isOfYear(date, year)) return `must lie in ${year} or the December before`;
  return weekday(date) % 6 === 0 ? undefined : 'must be a Saturday or Sunday';
}

function faultOfOverlayDay(day: unknown): string | undefined {
  const fits = isRecord(day) && isDate(day.date) && isText(day.reason);
  return fits ? undefined : 'must have a date such as 2026-03-20 and a reason';
}

function faultsTogether({ year, holidays, adjustedWorkingDays }: CalendarYear): string[] {
  const off = new Set(holidays.flatMap(datesOfSpan));
  return [
    ...statutoryHolidays(year)
      .filter((date) => !off.has(date))
      .map((date) => `holidays must include the statutory holiday ${date}, but do not`),
    ...adjustedWorkingDays
      .filter((date) => off.has(date))
      .map((date) => `${date} is both a holiday and a working day; expected one of them`),
  ];
}

function isOfYear(date: DateText, year: number): boolean {
  return yearOf(date) === year || date.startsWith(`${year - 1}-12-`);
}

function refused(fileName: string, faults: string[]): { ok: false; errors: string[] } {
  return { ok: false, errors: faults.map((fault) => `${fileName}: ${fault}.`) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
