import {
  addDays,
  addMonths,
  addWorkingDays,
  beginOf,
  calendarFrom,
  DAY,
  daysBefore,
  endOf,
  formatDeadline,
  formatInstant,
  HOUR,
  isWorkingDay,
  nextNoticeInstant,
  periodOf,
  periodsBeginning,
  termDue,
  workingDaysBefore,
  workingDaysLeft,
} from '../../../workflows/law';
import { at, everyDate, lawFrom } from './law';

const cut = { reason: '等候鉴定', who: 'D06-desk' };

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
      formatDeadline(addMonths(calendar, now, 1).dueAt),
      formatDeadline(daysBefore(calendar, now, 3).dueAt),
      formatDeadline(workingDaysBefore(calendar, now, 3).dueAt),
      termDue(calendar, {
        unit: 'workingDays',
        amount: 3,
        from: now,
        stops: [{ ...cut, from: now + HOUR, to: now + DAY }],
      }),
    ]),
    periods: (['months', 'quarters', 'halfYears', 'years'] as const).map((unit) =>
      periodsBeginning({ every: 1, unit }, at('2025-01-01 00:00'), at('2027-01-01 00:00')).map((one) => [
        one.id,
        formatInstant(beginOf(one)),
        formatInstant(endOf(calendar, one)),
        periodOf({ every: 1, unit }, one.last).id,
      ]),
    ),
  };
}
