/**
 * Limits in months and longer: they end on the same day of the last month as the day they were begun on, and where that
 * month has no such day, on its last (Civil Code, article 202).
 */
import { countingDateOf, type Instant, plusMonths } from './days';
import type { WorkingCalendar } from './working-calendar';
import { type Due, dueOn, refuseAmount } from './working-days';

/** The end of the day n months after the day of an instant; of nothing, the instant itself. */
export function addMonths(calendar: WorkingCalendar, from: Instant, n: number): Due {
  refuseAmount(n);
  const dueAt = n === 0 ? from : dueOn(calendar, plusMonths(countingDateOf(from), n));
  return { dueAt, provisional: false };
}
