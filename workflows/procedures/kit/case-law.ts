import {
  type AmountKey,
  type Citation,
  calendarFrom,
  dateOf,
  entryAt,
  HOUR,
  type LawData,
  limit,
  type WorkingCalendar,
} from '../../law/machine';
import { caseData, now, wokenAt } from '../../runtime/workflow';
import type { CaseData } from './case-data';

/** The law that travels with the case of the step being taken. */
export const law = (): LawData => caseData<CaseData>().law;

let built: { law: LawData; calendar: WorkingCalendar } | undefined;

export function calendar(): WorkingCalendar {
  const carried = law();
  if (built?.law !== carried) built = { law: carried, calendar: calendarFrom(carried) };
  return built.calendar;
}

/** What is left until a due instant; a limit already past when it is armed is due at once. */
export const until = (dueAt: number): number => Math.max(0, dueAt - now());

/** The delay that a parameter sets from the instant of this step, or from another. */
export const limitFrom = (key: AmountKey, from: number = now()): number => until(limit(law(), key, from).dueAt);

/**
 * The delay to the next rung of a chain. It counts from the due instant of this one; where the case slept over the next
 * rung as well, from the waking, so that after an outage nobody is passed over unasked (spec 2.0b "Ladder").
 */
export function rungFrom(key: AmountKey): number {
  const next = limit(law(), key, now()).dueAt;
  return next > wokenAt() ? until(next) : until(limit(law(), key, wokenAt()).dueAt);
}

/**
 * The oldest stamp that is taken at an instant, by the figure in force then; undefined in cases that were opened before
 * there was one.
 */
export function oldestStamp(judgedAt: number): { receivedAt: number; basis: Citation } | undefined {
  const carried = caseData<Partial<CaseData> | null>()?.law;
  if (!carried?.parameters['stamp.maxAge']) return undefined;
  const { value, cite } = entryAt(carried, 'stamp.maxAge', dateOf(judgedAt));
  return { receivedAt: judgedAt - (value as number) * HOUR, basis: cite };
}
