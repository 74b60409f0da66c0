/** The calendar a case works by, read from the law it carries. */
import { type LawData, valueAt } from '../carried';
import type { ClockSpan } from '../parameter-shapes';
import { type DateText, dateOfDay, dayNumber, weekdayOfDay, yearOf } from './days';
import { statutoryHolidays } from './statutory';

export interface WorkingCalendar {
  /** By day number, days that differ from the plain week; true = worked. */
  readonly exceptions: ReadonlyMap<number, boolean>;
  /** Years whose exceptions are given, by a notice or provisionally. */
  readonly given: ReadonlySet<number>;
  /** Years whose notice is out; all others are provisional. */
  readonly published: ReadonlySet<number>;
  dayEnds(date: DateText): string;
  officeHours(date: DateText): ClockSpan;
  noticeHour(date: DateText): string;
}

const made = new WeakMap<LawData, WorkingCalendar>();

/** The working calendar of a case; the same law gives the same calendar. */
export function calendarFrom(law: LawData): WorkingCalendar {
  const calendar = made.get(law) ?? readCalendar(law);
  made.set(law, calendar);
  return calendar;
}

function readCalendar(law: LawData): WorkingCalendar {
  const { years, overlay } = law.calendar;
  const exceptions = new Map<number, boolean>();
  // A later notice may move days of the December before it, and the site has the last word.
  for (const { off, on } of [...[...years].sort((a, b) => a.year - b.year), overlay]) {
    for (const date of off.flatMap(datesOfSpan)) exceptions.set(dayNumber(date), false);
    for (const date of on) exceptions.set(dayNumber(date), true);
  }
  return {
    exceptions,
    given: new Set(years.map(({ year }) => year)),
    published: new Set(years.filter(({ notice }) => notice !== undefined).map(({ year }) => year)),
    dayEnds: (date) => valueAt(law, 'calendar.dayEnds', date),
    officeHours: (date) => valueAt(law, 'calendar.officeHours', date),
    noticeHour: (date) => valueAt(law, 'calendar.noticeHour', date),
  };
}

/** The dates of `2026-02-15/2026-02-23`, both ends included; a single date is a span of one. */
export function datesOfSpan(span: string): DateText[] {
  const [first, last = first] = span.split('/') as [string, string?];
  const start = dayNumber(first);
  return Array.from({ length: dayNumber(last) - start + 1 }, (_, i) => dateOfDay(start + i));
}

/**
 * Whether the offices work on a day.
 * @throws RangeError when the text is not a date
 */
export function isWorkingDay(calendar: WorkingCalendar, date: DateText): boolean {
  return worksOn(calendar, dayNumber(date));
}

/** The same by day number, for counting over many days. */
export function worksOn(calendar: WorkingCalendar, day: number): boolean {
  const exception = calendar.exceptions.get(day);
  if (exception !== undefined) return exception;
  if (weekdayOfDay(day) % 6 === 0) return false;
  const date = dateOfDay(day);
  return calendar.given.has(yearOf(date)) || !statutoryHolidays(yearOf(date)).includes(date);
}

/** Whether what the calendar says of a day may still change, because no notice for its year is out. */
export function isProvisional(calendar: WorkingCalendar, date: DateText): boolean {
  return !calendar.published.has(yearOf(date));
}
