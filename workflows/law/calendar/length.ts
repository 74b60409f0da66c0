/** Lengths of time in every unit the law counts in, from an instant or before it. */

import { daysBefore, hoursBefore, minutesBefore, monthsBefore, workingDaysBefore } from './before';
import type { Instant } from './days';
import { countingDateOf, yearOf } from './days';
import { addMonths } from './months';
import { isWorkingDay, type WorkingCalendar } from './working-calendar';
import { addDays, addHours, addMinutes, addWorkingDays, type Due } from './working-days';

export type LengthUnit = 'minutes' | 'hours' | 'days' | 'workingDays' | 'months' | 'quarters' | 'halfYears' | 'years';

export interface Length {
  unit: LengthUnit;
  amount: number;
}

const LENGTH_UNITS: readonly unknown[] = [
  'minutes',
  'hours',
  'days',
  'workingDays',
  'months',
  'quarters',
  'halfYears',
  'years',
] satisfies LengthUnit[];

export const isLengthUnit = (unit: unknown): unit is LengthUnit => LENGTH_UNITS.includes(unit);

const MONTHS = { months: 1, quarters: 3, halfYears: 6, years: 12 } as const;

/** How many months a unit has; undefined for shorter ones. */
export const monthsIn = (unit: string): number | undefined =>
  Object.hasOwn(MONTHS, unit) ? MONTHS[unit as keyof typeof MONTHS] : undefined;

/** Units that are counted by whole days and not by the clock. */
export const isByDay = (unit: LengthUnit): boolean => unit !== 'minutes' && unit !== 'hours';

/** Where a length ends that begins at an instant. @throws RangeError when the amount is not a whole number of 0 or more */
export function lengthFrom(calendar: WorkingCalendar, from: Instant, { unit, amount }: Length): Due {
  switch (unit) {
    case 'minutes':
      return addMinutes(from, amount);
    case 'hours':
      return addHours(from, amount);
    case 'days':
      return addDays(calendar, from, amount);
    case 'workingDays':
      return addWorkingDays(calendar, from, amount);
    default:
      return addMonths(calendar, from, amount * MONTHS[unit]);
  }
}

/** Where a length begins that ends before an instant; throws as `lengthFrom`. */
export function lengthBefore(calendar: WorkingCalendar, before: Instant, { unit, amount }: Length): Due {
  switch (unit) {
    case 'minutes':
      return minutesBefore(before, amount);
    case 'hours':
      return hoursBefore(before, amount);
    case 'days':
      return daysBefore(calendar, before, amount);
    case 'workingDays':
      return workingDaysBefore(calendar, before, amount);
    default:
      return monthsBefore(calendar, before, amount * MONTHS[unit]);
  }
}

/**
 * A limit whose last day is not worked goes over to the end of the next working day. Only where the source says so (Civil
 * Code, article 203, for the statutes that follow it): no limit of ours does.
 */
export function rolledOver(calendar: WorkingCalendar, due: Due): Due {
  const last = countingDateOf(due.dueAt);
  if (isWorkingDay(calendar, last)) return { ...due, provisional: due.provisional || !isPublished(calendar, last) };
  const rolled = addWorkingDays(calendar, due.dueAt, 1);
  return { ...rolled, provisional: due.provisional || rolled.provisional || !isPublished(calendar, last) };
}

const isPublished = (calendar: WorkingCalendar, date: string): boolean => calendar.published.has(yearOf(date));
