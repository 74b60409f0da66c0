/** Which periods begin when, for schedules, drills and the openings of both: from the figures of the law alone. */
import type { Directory } from '../../activities/directory';
import {
  beginOf,
  type CalendarPeriod,
  type DateText,
  dateOf,
  endOfDay,
  type Instant,
  type LawData,
  lengthOf,
  type ParameterKey,
  type Period,
  periodOf,
  plusDays,
  rollingAfter,
  valueAt,
} from '../../workflows/law';
import { keyOf, type ObligationId, obligationIds, obligations } from '../../workflows/procedures/recurring-obligation';
import { type Duty, dutiesAt } from './duties';

/** The payload that opens a case. */
export type PeriodPayload = Duty & { period: CalendarPeriod & { rolling?: number }; count: number; behind?: string[] };

export interface ObligationStart {
  at: Instant;
  /** A period is opened once under it. */
  key: string;
  payload: PeriodPayload;
}

/** What the law must carry for these questions. */
export const periodFigures: readonly ParameterKey[] = [
  'recurring.window',
  ...new Set(obligationIds.map((id) => obligations[id].figure)),
];

/**
 * Everything that begins from one instant up to but not including another: by the directory and the figures of the day on
 * which it begins. In order of time, then of the obligations. A window that rolls has its first beginnings here; each
 * further one is opened by the window before.
 */
export function obligationStarts(
  { directory, law }: { directory: Directory; law: LawData },
  from: Instant,
  to: Instant,
): ObligationStart[] {
  return firstsOfMonths(from, to).flatMap((first) => {
    const at = beginOf({ first });
    return dutiesAt(directory, at).owed.flatMap((duty) => {
      if (!begins(duty.obligation, first, law)) return [];
      const payload = payloadOn(duty, first, law);
      return [{ at, key: keyOf(payload), payload }];
    });
  });
}

/** The instants at which periods of one obligation begin, by the figures of those days. */
export function beginnings(obligation: ObligationId, law: LawData, from: Instant, to: Instant): Instant[] {
  return firstsOfMonths(from, to)
    .filter((first) => begins(obligation, first, law))
    .map((first) => beginOf({ first }));
}

/** What opens the period in which a day lies; a window that rolls begins with the day itself. */
export function payloadOn(duty: Duty, day: DateText, law: LawData): PeriodPayload {
  const figure = figureOn(duty.obligation, day, law);
  const period = isRolling(day, law)
    ? { ...rollingAfter(figure, plusDays(day, -1)), rolling: lengthOf(figure) }
    : periodOf(figure, day);
  return { ...duty, period, count: figure.times };
}

const begins = (obligation: ObligationId, first: DateText, law: LawData): boolean =>
  periodOf(figureOn(obligation, first, law), first).first === first;

/** Every period begins with the first of a month. */
function firstsOfMonths(from: Instant, to: Instant): DateText[] {
  const firsts: DateText[] = [];
  const month = { every: 1, unit: 'months' } as const;
  for (let first = periodOf(month, dateOf(from)).first; beginOf({ first }) < to; ) {
    if (beginOf({ first }) >= from) firsts.push(first);
    first = dateOf(endOfDay(periodOf(month, first).last));
  }
  return firsts;
}

const figureOn = (obligation: ObligationId, day: DateText, law: LawData): Period => {
  const { figure } = obligations[obligation];
  return valueAt(law, figure, knownDay(law, figure, day));
};

const isRolling = (day: DateText, law: LawData): boolean =>
  valueAt(law, 'recurring.window', knownDay(law, 'recurring.window', day)) === 'rolling';

/** Law is gathered for a day and those after it: of an earlier one, missed in an outage, it says what it says first. */
function knownDay(law: LawData, key: ParameterKey, day: DateText): DateText {
  const first = law.parameters[key]?.values[0]?.from ?? day;
  return [day, first].sort()[1]!;
}
