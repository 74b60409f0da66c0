/** Mayor and executive vice mayor are generally not away together: absences that run beside an interval (article 71). */
import { type Absence, overlap, type Span } from '../../law/machine';

/**
 * Absences of one of `notWith` that share a moment with `interval`, asked for, granted or begun, open-ended or not. Those
 * of the case itself do not count.
 */
export function overlapping(
  absences: readonly Absence[],
  { notWith, interval, itself }: { notWith: readonly string[]; interval: Span; itself: string },
): Absence[] {
  return absences.filter(
    ({ seats, interval: other, case: from }) =>
      from !== itself && seats.some((seat) => notWith.includes(seat)) && overlap(interval, other),
  );
}

/** What is left of them once another leave has another time, or none. */
export function withLeave(
  overlaps: readonly Absence[],
  { from, now }: { from: string; now?: Span },
  interval: Span,
): Absence[] {
  const changed = overlaps.flatMap((absence) => {
    if (absence.case !== from) return [absence];
    return now === undefined ? [] : [{ ...absence, interval: now }];
  });
  return changed.filter((absence) => overlap(interval, absence.interval));
}
