import {
  addDays,
  addWorkingDays,
  calendarFrom,
  formatDeadline,
  formatInstant,
  isWorkingDay,
  nextNoticeInstant,
  workingDaysLeft,
} from '../../../workflows/law';
import { at, everyDate, lawFrom } from './law';

/** Every result that a zone of the host could spoil, over two years and at every hour of a week with a clock change. */
export function report(): unknown {
  const calendar = calendarFrom(lawFrom('2025-01-01'));
  const hours = Array.from({ length: 200 }, (_, hour) => at('2026-03-05 00:00') + hour * 3_600_000);
  return {
    worked: everyDate('2025-01-01', '2026-12-31').map((date) => isWorkingDay(calendar, date)),
    moments: hours.map((now) => [
      formatInstant(now),
      formatDeadline(now),
      formatDeadline(addWorkingDays(calendar, now, 3).dueAt),
      formatDeadline(addDays(calendar, now, 20).dueAt),
      formatInstant(nextNoticeInstant(calendar, now)),
      workingDaysLeft(calendar, now, at('2026-03-20 00:00')),
    ]),
  };
}
