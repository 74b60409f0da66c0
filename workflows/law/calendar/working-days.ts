/**
 * Limits: counted from an instant, the first day not counted, ending at the end of the last day. An instant at 24:00
 * belongs, for counting, to the day it ends. An amount of nothing leaves the instant as it is.
 */
import {
  countingDateOf,
  DAY,
  type DateText,
  dateOfDay,
  dayNumber,
  HOUR,
  type Instant,
  instantOf,
  MINUTE,
  plusDays,
  yearOf,
} from './days';
import { type WorkingCalendar, worksOn } from './working-calendar';

export interface Due {
  dueAt: Instant;
  /** Counted over days of a year whose notice is not out: shown as 暂定 and counted anew when it is. */
  provisional: boolean;
}

/** The instant at which a day that was set as a date runs out. */
export function dueOn(calendar: WorkingCalendar, date: DateText): Instant {
  return instantOf(date, calendar.dayEnds(date));
}

/**
 * The end of the n-th working day after the day of an instant.
 * @throws RangeError when n is not a whole number of 0 or more
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Instant, n: number): Due {
  refuseAmount(n);
  if (n === 0) return { dueAt: from, provisional: false };
  const start = dayNumber(countingDateOf(from));
  let day = start;
  for (let left = n; left > 0; ) {
    day++;
    if (worksOn(calendar, day)) left--;
  }
  const date = dateOfDay(day);
  return { dueAt: dueOn(calendar, date), provisional: isProvisionalSpan(calendar, dateOfDay(start + 1), date) };
}

function isProvisionalSpan(calendar: WorkingCalendar, first: DateText, last: DateText): boolean {
  for (let year = yearOf(first); year <= yearOf(last); year++) if (!calendar.published.has(year)) return true;
  return false;
}

/** The end of the n-th calendar day after the day of an instant; throws as `addWorkingDays`. */
export function addDays(calendar: WorkingCalendar, from: Instant, n: number): Due {
  refuseAmount(n);
  const dueAt = n === 0 ? from : dueOn(calendar, plusDays(countingDateOf(from), n));
  return { dueAt, provisional: false };
}

/** Hours run by the clock, day and night. */
export function addHours(from: Instant, n: number): Due {
  refuseAmount(n);
  return { dueAt: from + n * HOUR, provisional: false };
}

export function addMinutes(from: Instant, n: number): Due {
  refuseAmount(n);
  return { dueAt: from + n * MINUTE, provisional: false };
}

/** The same time of day, n calendar days earlier; throws as `addWorkingDays`. */
export function subtractDays(instant: Instant, n: number): Instant {
  refuseAmount(n);
  return instant - n * DAY;
}

/**
 * Working days from now to a due instant: those after today, up to and with the last day. 0 on the last day itself; below
 * 0 the working days begun since it ran out.
 */
export function workingDaysLeft(calendar: WorkingCalendar, now: Instant, due: Instant): number {
  const today = dayNumber(countingDateOf(now));
  const last = dayNumber(countingDateOf(due));
  return workingDaysAfter(calendar, today, last) - workingDaysAfter(calendar, last, today);
}

/** Working days after one day, up to and with another; none when that lies earlier. */
function workingDaysAfter(calendar: WorkingCalendar, first: number, last: number): number {
  let count = 0;
  for (let day = first + 1; day <= last; day++) if (worksOn(calendar, day)) count++;
  return count;
}

export function refuseAmount(n: number): void {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`${n} cannot be counted; expected a whole number of 0 or more.`);
}
