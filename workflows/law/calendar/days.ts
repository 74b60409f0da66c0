/**
 * Days and instants by arithmetic. A date is 'YYYY-MM-DD' text, an instant epoch milliseconds. Shizuishan keeps UTC+08:00
 * the year round, so a local time is a fixed sum: the zone of the host is never asked.
 */

/** 'YYYY-MM-DD'. */
export type DateText = string;
/** Epoch milliseconds. */
export type Instant = number;

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;
const ZONE = 8 * HOUR;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** True for the text of a day that exists: 2026-02-30 is none. */
export function isDate(value: unknown): value is DateText {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  const days = Date.parse(`${value}T00:00:00Z`) / DAY;
  return Number.isInteger(days) && dateOfDay(days) === value;
}

/** True for 'HH:MM' from 00:00 to 24:00. */
export function isClock(value: unknown): value is string {
  return typeof value === 'string' && CLOCK.test(value);
}

/**
 * Days since 1970-01-01.
 * @throws RangeError when the text is not a date
 */
export function dayNumber(date: DateText): number {
  if (!isDate(date)) throw new RangeError(`${JSON.stringify(date)} is not a date; expected a day such as 2026-03-20.`);
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

export function dateOfDay(day: number): DateText {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function plusDays(date: DateText, days: number): DateText {
  return dateOfDay(dayNumber(date) + days);
}

/** The same day of the month, so many months later or earlier; the last day of that month where it has no such day. */
export function plusMonths(date: DateText, months: number): DateText {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const count = year * 12 + (month - 1) + months;
  const first = dayNumber(firstOfMonth(count));
  return dateOfDay(Math.min(first + day, dayNumber(firstOfMonth(count + 1))) - 1);
}

/** The first day of a month counted from January of the year 0. */
export function firstOfMonth(count: number): DateText {
  const year = String(Math.floor(count / 12)).padStart(4, '0');
  return `${year}-${String((count % 12) + 1).padStart(2, '0')}-01`;
}

/** Day of the week of a day number: 0 = Sunday … 6 = Saturday. */
export function weekdayOfDay(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function weekday(date: DateText): number {
  return weekdayOfDay(dayNumber(date));
}

export function yearOf(date: DateText): number {
  return Number(date.slice(0, 4));
}

/**
 * The instant of a local time. 24:00 is the end of the day, the same instant as 00:00 of the next.
 * @throws RangeError when date or time is not one
 */
export function instantOf(date: DateText, clock: string): Instant {
  if (!isClock(clock)) throw new RangeError(`${JSON.stringify(clock)} is not a time of day; expected 00:00 to 24:00.`);
  const [hours, minutes] = clock.split(':').map(Number) as [number, number];
  return dayNumber(date) * DAY + hours * HOUR + minutes * MINUTE - ZONE;
}

/** 24:00 of a day. */
export function endOfDay(date: DateText): Instant {
  return instantOf(date, '24:00');
}

/** The day on which an instant lies; 00:00 lies on the day it begins. */
export function dateOf(instant: Instant): DateText {
  return dateOfDay(Math.floor((instant + ZONE) / DAY));
}

/** The day an instant belongs to when days are counted from it: as `dateOf`, but 24:00 belongs to the day it ends. */
export function countingDateOf(instant: Instant): DateText {
  return dateOf(instant - 1);
}

/** Local time of day of an instant, 'HH:MM', seconds dropped. */
export function clockOf(instant: Instant): string {
  return localIso(instant).slice(11, 16);
}

/** `2026-03-21T00:00:00+08:00`; milliseconds only where there are any. */
export function formatInstant(instant: Instant): string {
  return `${localIso(instant).replace('.000Z', '').replace('Z', '')}+08:00`;
}

/**
 * The instant of an ISO text that carries its offset.
 * @throws RangeError for anything else: a time without an offset means another instant on every host
 */
export function parseInstant(text: string): Instant {
  const instant = WITH_OFFSET.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new RangeError(`${JSON.stringify(text)} is not an instant; expected one such as 2026-03-20T18:00:00+08:00.`);
  }
  return instant;
}

function localIso(instant: Instant): string {
  return new Date(instant + ZONE).toISOString();
}
