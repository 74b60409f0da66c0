/**
 * Counting back before an instant, the mirror of counting from it: the day of the instant is not counted, so that so many
 * whole days lie between. An instant at which a day runs out belongs, counted back from, to the day after.
 */
import {
  countingDateOf,
  type DateText,
  dateOf,
  dateOfDay,
  dayNumber,
  HOUR,
  type Instant,
  instantOf,
  MINUTE,
  plusDays,
  plusMonths,
  yearOf,
} from './days';
import { type WorkingCalendar, worksOn } from './working-calendar';
import { type Due, refuseAmount } from './working-days';

/** The last moment before n working days ahead of an instant begin; of nothing, the instant itself. */
export function workingDaysBefore(calendar: WorkingCalendar, before: Instant, n: number): Due {
  refuseAmount(n);
  if (n === 0) return firm(before);
  const last = dayNumber(dayBackOf(calendar, before)) - 1;
  let day = last + 1;
  for (let left = n; left > 0; ) {
    day--;
    if (worksOn(calendar, day)) left--;
  }
  const provisional = [day, last].some((one) => !calendar.published.has(yearOf(dateOfDay(one))));
  return { dueAt: endBefore(calendar, before, dateOfDay(day)), provisional };
}

/** The last moment before n calendar days ahead of an instant begin. */
export function daysBefore(calendar: WorkingCalendar, before: Instant, n: number): Due {
  refuseAmount(n);
  return firm(n === 0 ? before : endBefore(calendar, before, plusDays(dayBackOf(calendar, before), -n)));
}

/** The last moment before n months ahead of an instant begin. */
export function monthsBefore(calendar: WorkingCalendar, before: Instant, n: number): Due {
  refuseAmount(n);
  if (n === 0) return firm(before);
  return firm(endBefore(calendar, before, plusMonths(dayBackOf(calendar, before), -n)));
}

export function hoursBefore(before: Instant, n: number): Due {
  refuseAmount(n);
  return firm(before - n * HOUR);
}

export function minutesBefore(before: Instant, n: number): Due {
  refuseAmount(n);
  return firm(before - n * MINUTE);
}

const firm = (dueAt: Instant): Due => ({ dueAt, provisional: false });

/** The day that is not counted. */
function dayBackOf(calendar: WorkingCalendar, before: Instant): DateText {
  const ended = countingDateOf(before);
  return before === instantOf(ended, calendar.dayEnds(dateOf(before))) ? plusDays(ended, 1) : dateOf(before);
}

/** When the day before another ran out: by the hour at which days end on the day counted from, the one the law knows. */
function endBefore(calendar: WorkingCalendar, before: Instant, date: DateText): Instant {
  return instantOf(plusDays(date, -1), calendar.dayEnds(dateOf(before)));
}
