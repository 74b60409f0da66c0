/** What the value of a parameter must look like, and how to say so to whoever entered another. */
import { isClock } from './calendar/days';

export type Unit = 'hours' | 'days' | 'workingDays' | 'clock';

export interface Shape<V> {
  readonly unit: Unit;
  /** Completes the sentence "value must be …". */
  readonly expected: string;
  accepts(value: unknown): value is V;
}

/** A span of the day: from the first moment, up to but not including the last. */
export type ClockSpan = { from: string; to: string };

const SPOKEN: Record<Unit, string> = {
  hours: 'hours',
  days: 'calendar days',
  workingDays: 'working days',
  clock: 'time of day',
};

/** A year and a day: more is a slip, and a step of nothing would repeat without end. */
const MOST = 366;

function isAmount(value: unknown, least: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= MOST;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function amount(unit: Unit): Shape<number> {
  return {
    unit,
    expected: `a whole number of ${SPOKEN[unit]} from 1 to ${MOST}`,
    accepts: (value): value is number => isAmount(value, 1),
  };
}

/** Amounts before an instant, the farthest first. */
export function countdown(unit: Unit): Shape<number[]> {
  return {
    unit,
    expected: `a list of whole numbers of ${SPOKEN[unit]} from 1 to ${MOST}, the largest first, each once`,
    accepts: (value): value is number[] =>
      Array.isArray(value) && value.every((one, i) => isAmount(one, 1) && (i === 0 || one < value[i - 1])),
  };
}

/** Amounts after an instant at which the rungs of a ladder are reached. */
export function rungs(unit: Unit, count: number): Shape<number[]> {
  return {
    unit,
    expected: `a list of ${count} whole numbers of ${SPOKEN[unit]} from 0 to ${MOST}, each larger than the one before`,
    accepts: (value): value is number[] =>
      Array.isArray(value) &&
      value.length === count &&
      value.every((one, i) => isAmount(one, 0) && (i === 0 || one > value[i - 1])),
  };
}

export function named<Name extends string>(unit: Unit, names: readonly Name[]): Shape<Record<Name, number>> {
  return {
    unit,
    expected: `a whole number of ${SPOKEN[unit]} from 1 to ${MOST} for each of ${names.join(', ')}`,
    accepts: (value): value is Record<Name, number> =>
      isRecord(value) &&
      Object.keys(value).length === names.length &&
      names.every((name) => Object.hasOwn(value, name) && isAmount(value[name], 1)),
  };
}

export function clock(latest: '23:59' | '24:00'): Shape<string> {
  return {
    unit: 'clock',
    expected: `a time of day from 00:00 to ${latest}, written as HH:MM`,
    accepts: (value): value is string => isClock(value) && value <= latest,
  };
}

export function clockSpan(): Shape<ClockSpan> {
  return {
    unit: 'clock',
    expected: 'two times of day, from and to, written as HH:MM, the first before the second',
    accepts: (value): value is ClockSpan =>
      isRecord(value) &&
      Object.keys(value).length === 2 &&
      isClock(value.from) &&
      isClock(value.to) &&
      value.from < value.to,
  };
}
