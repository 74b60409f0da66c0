/** When a person wants to be written to. Times of the day are `HH:MM` at +08:00. */
import { clockOf, type DateText, dateOf, type Instant, instantOf, plusDays } from '../../workflows/law';

export interface Hours {
  /** Not between these two; may run over midnight. */
  quiet?: { from: string; to: string } | undefined;
  /** Once a working day, all in one message. */
  digest?: string | undefined;
}

export interface Office {
  isWorkingDay(date: DateText): boolean;
  /** The instant itself inside office hours, otherwise the next notice hour. */
  noticeAt(instant: Instant): Instant;
}

export interface Waiting {
  until: Instant;
  reason: string;
}

/** How long a message that is not urgent waits for its reader; undefined when it may go. */
export function waitsFor(
  { deliverAt, wokenAt }: { deliverAt: Instant; wokenAt?: number | undefined },
  hours: Hours,
  office: Office,
  now: Instant,
): Waiting | undefined {
  const told = wokenAt !== undefined && wokenAt > deliverAt ? office.noticeAt(wokenAt) : deliverAt;
  if (told > now) return { until: told, reason: 'waits for the notice hour' };
  const digestAt = hours.digest === undefined ? told : nextDigest(hours.digest, told, office);
  if (digestAt > now) return { until: digestAt, reason: 'waits for the daily digest' };
  return hours.quiet && isQuiet(hours.quiet, now)
    ? { until: nextClock(hours.quiet.to, now), reason: 'waits for the end of the quiet hours' }
    : undefined;
}

/** From the first minute, up to but not including the last. */
export function isQuiet({ from, to }: { from: string; to: string }, at: Instant): boolean {
  const time = clockOf(at);
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

function nextDigest(clock: string, from: Instant, { isWorkingDay }: Office): Instant {
  let at = nextClock(clock, from);
  while (!isWorkingDay(dateOf(at))) at = instantOf(plusDays(dateOf(at), 1), clock);
  return at;
}

/** The first instant at or after another at which the clock shows this time. */
function nextClock(clock: string, from: Instant): Instant {
  const today = instantOf(dateOf(from), clock);
  return today >= from ? today : instantOf(plusDays(dateOf(from), 1), clock);
}
