/** When messages go out: inside office hours at once, otherwise with the next notice hour of a working day. */
import { clockOf, dateOf, type Instant, instantOf, plusDays } from './days';
import { isWorkingDay, type WorkingCalendar } from './working-calendar';

/** Inside the hours of a working day: from the first minute, up to but not including the last. */
export function isOfficeHours(calendar: WorkingCalendar, instant: Instant): boolean {
  const date = dateOf(instant);
  if (!isWorkingDay(calendar, date)) return false;
  const { from, to } = calendar.officeHours(date);
  const time = clockOf(instant);
  return from <= time && time < to;
}

/** The instant itself inside office hours, otherwise the next notice hour of a working day. */
export function nextNoticeInstant(calendar: WorkingCalendar, instant: Instant): Instant {
  if (isOfficeHours(calendar, instant)) return instant;
  for (let date = dateOf(instant); ; date = plusDays(date, 1)) {
    if (!isWorkingDay(calendar, date)) continue;
    const notice = instantOf(date, calendar.noticeHour(date));
    if (notice >= instant) return notice;
  }
}
