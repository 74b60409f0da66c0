import { countingDateOf, dateOf, formatInstant, type Instant } from './days';

/** How a limit is marked that was counted over days of a year without a notice. */
export const PROVISIONAL_MARK = '暂定';

/** A due instant as officials write it: `2026-03-20 24:00`, never 00:00 of the day after; seconds are dropped. */
export function formatDeadline(dueAt: Instant, provisional = false): string {
  const local = formatInstant(dueAt);
  const time = local.slice(11, 16);
  const endsDay = time === '00:00' && countingDateOf(dueAt) !== dateOf(dueAt);
  const written = endsDay ? `${countingDateOf(dueAt)} 24:00` : `${dateOf(dueAt)} ${time}`;
  return provisional ? `${written}（${PROVISIONAL_MARK}）` : written;
}
