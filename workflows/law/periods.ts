/**
 * Periods in which something is owed again and again: by the calendar (month, quarter, half-year, year, or so many of
 * them), or as a window that rolls on from the day it was last done. One arithmetic for cases, schedules and drills.
 */
import {
  type DateText,
  dateOf,
  firstOfMonth,
  type Instant,
  instantOf,
  plusDays,
  plusMonths,
  yearOf,
} from './calendar/days';
import { monthsIn } from './calendar/length';
import type { WorkingCalendar } from './calendar/working-calendar';
import { dueOn } from './calendar/working-days';
import type { Period } from './parameter-shapes';

export type CalendarPeriod = {
  /** `2026-03`, `2026-Q1`, `2026-H1`, `2026`; `2026-01+24` for other lengths in months, `2026-03-16+1` for a rolling one. */
  id: string;
  first: DateText;
  last: DateText;
};

/** How long a period of a figure is, in months. */
export const lengthOf = ({ every, unit }: Pick<Period, 'every' | 'unit'>): number => every * monthsIn(unit)!;

/** The calendar period in which a day lies. Periods of several years begin with a year that their length divides. */
export function periodOf(period: Pick<Period, 'every' | 'unit'>, date: DateText): CalendarPeriod {
  const months = lengthOf(period);
  return periodAt(months, Math.floor(monthCount(date) / months));
}

/** The one after it. */
export function periodAfter(period: Pick<Period, 'every' | 'unit'>, { last }: CalendarPeriod): CalendarPeriod {
  return periodOf(period, plusDays(last, 1));
}

/** The calendar periods whose first moment lies from one instant up to but not including another, in order. */
export function periodsBeginning(period: Pick<Period, 'every' | 'unit'>, from: Instant, to: Instant): CalendarPeriod[] {
  const found: CalendarPeriod[] = [];
  for (let one = periodOf(period, dateOf(from)); beginOf(one) < to; one = periodAfter(period, one))
    if (beginOf(one) >= from) found.push(one);
  return found;
}

/** The window of the same length that rolls on from a day: its first day is the day after. */
export function rollingAfter(period: Pick<Period, 'every' | 'unit'>, done: DateText): CalendarPeriod {
  const months = lengthOf(period);
  const first = plusDays(done, 1);
  return { id: `${first}+${months}`, first, last: plusMonths(done, months) };
}

/** 00:00 of the first day. */
export const beginOf = ({ first }: Pick<CalendarPeriod, 'first'>): Instant => instantOf(first, '00:00');

/** When the last day runs out. */
export const endOf = (calendar: WorkingCalendar, { last }: Pick<CalendarPeriod, 'last'>): Instant =>
  dueOn(calendar, last);

/** When the last day begins. */
export const lastDayOf = ({ last }: Pick<CalendarPeriod, 'last'>): Instant => instantOf(last, '00:00');

const monthCount = (date: DateText): number => yearOf(date) * 12 + Number(date.slice(5, 7)) - 1;

function periodAt(months: number, count: number): CalendarPeriod {
  const first = firstOfMonth(count * months);
  return { id: idOf(first, months), first, last: plusDays(firstOfMonth((count + 1) * months), -1) };
}

function idOf(first: DateText, months: number): string {
  const [year, month] = [first.slice(0, 4), Number(first.slice(5, 7))];
  switch (months) {
    case 1:
      return first.slice(0, 7);
    case 3:
      return `${year}-Q${(month - 1) / 3 + 1}`;
    case 6:
      return `${year}-H${(month - 1) / 6 + 1}`;
    case 12:
      return year;
    default:
      return `${first.slice(0, 7)}+${months}`;
  }
}
