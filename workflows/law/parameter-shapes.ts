/** What the value of a parameter must look like, and how to say so to whoever entered another. */
import { isClock, isDate } from './calendar/days';
import type { Length, LengthUnit } from './calendar/length';

export type { Length, LengthUnit };

export type Unit =
  | LengthUnit
  /** A length that says its own unit. */
  | 'length'
  /** How often in which period of the calendar. */
  | 'period'
  | 'clock'
  /** A day of the year. */
  | 'yearDay'
  | 'date'
  | 'people'
  | 'times'
  | 'money'
  | 'flag'
  | 'choice'
  | 'seat';

export interface Shape<V, U extends Unit = Unit> {
  readonly unit: U;
  /** Completes the sentence "value must be …". */
  readonly expected: string;
  /** The words it is chosen from, where it is a choice. */
  readonly options?: readonly string[];
  accepts(value: unknown): value is V;
}

/** A span of the day: from the first moment, up to but not including the last. */
export type ClockSpan = { from: string; to: string };

/** So many times in every so many months, quarters, half-years or years of the calendar. */
export type Period = { times: number; every: number; unit: PeriodUnit };
export type PeriodUnit = 'months' | 'quarters' | 'halfYears' | 'years';

/** A day of the year concerned (0) or of a later one; `MM-DD`, or `MM-last` for the last day of a month. */
export type YearDay = { yearsAfter: number; day: string };

export const SPOKEN = {
  minutes: 'minutes',
  hours: 'hours',
  days: 'calendar days',
  workingDays: 'working days',
  months: 'months',
  quarters: 'quarters',
  halfYears: 'half-years',
  years: 'years',
  people: 'people',
  times: 'times',
} satisfies Partial<Record<Unit, string>>;

export type CountUnit = keyof typeof SPOKEN;

/** A year and a day in days, a day in minutes, a hundred years: more is a slip. */
const MOST: Record<CountUnit, number> = {
  minutes: 1440,
  hours: 366,
  days: 366,
  workingDays: 366,
  months: 120,
  quarters: 40,
  halfYears: 20,
  years: 10,
  people: 10_000,
  times: 366,
};

const LENGTHS = ['minutes', 'hours', 'days', 'workingDays', 'months', 'quarters', 'halfYears', 'years'] as const;
const PERIODS = ['months', 'quarters', 'halfYears', 'years'] as const;

function isAmount(value: unknown, least: number, unit: CountUnit): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= MOST[unit];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasExactly(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  return isRecord(value) && Object.keys(value).length === names.length && names.every((n) => Object.hasOwn(value, n));
}

/** One amount. From 1, because a step of nothing would repeat without end; from 0 only where nothing repeats. */
export function amount<U extends CountUnit>(unit: U, least: 0 | 1 = 1): Shape<number, U> {
  return {
    unit,
    expected: `a whole number of ${SPOKEN[unit]} from ${least} to ${MOST[unit]}`,
    accepts: (value): value is number => isAmount(value, least, unit),
  };
}

/** Amounts before an instant, the farthest first. */
export function countdown<U extends LengthUnit>(unit: U): Shape<number[], U> {
  return {
    unit,
    expected: `a list of whole numbers of ${SPOKEN[unit]} from 1 to ${MOST[unit]}, the largest first, each once`,
    accepts: (value): value is number[] =>
      Array.isArray(value) && value.every((one, i) => isAmount(one, 1, unit) && (i === 0 || one < value[i - 1])),
  };
}

/** Amounts after an instant at which the rungs of a ladder are reached. */
export function rungs<U extends LengthUnit>(unit: U, count: number): Shape<number[], U> {
  return {
    unit,
    expected: `a list of ${count} whole numbers of ${SPOKEN[unit]} from 0 to ${MOST[unit]}, each larger than the one before`,
    accepts: (value): value is number[] =>
      Array.isArray(value) &&
      value.length === count &&
      value.every((one, i) => isAmount(one, 0, unit) && (i === 0 || one > value[i - 1])),
  };
}

/** An amount for each of several names, all in one unit. */
export function named<Name extends string, U extends CountUnit>(
  unit: U,
  names: readonly Name[],
): Shape<Record<Name, number>, U> {
  return {
    unit,
    expected: `a whole number of ${SPOKEN[unit]} from 1 to ${MOST[unit]} for each of ${names.join(', ')}`,
    accepts: (value): value is Record<Name, number> =>
      hasExactly(value, names) && names.every((name) => isAmount(value[name], 1, unit)),
  };
}

function isLength(value: unknown): value is Length {
  return (
    hasExactly(value, ['amount', 'unit']) &&
    LENGTHS.some((unit) => unit === value.unit) &&
    isAmount(value.amount, 1, value.unit as LengthUnit)
  );
}

/** A length with its own unit for each of several names: two hours when urgent, two working days otherwise. */
export function lengths<Name extends string>(names: readonly Name[]): Shape<Record<Name, Length>, 'length'> {
  return {
    unit: 'length',
    expected: `a length such as {amount: 2, unit: hours} for each of ${names.join(', ')}; unit is one of ${LENGTHS.join(', ')}`,
    accepts: (value): value is Record<Name, Length> =>
      hasExactly(value, names) && names.every((name) => isLength(value[name])),
  };
}

export function period(): Shape<Period, 'period'> {
  return {
    unit: 'period',
    expected: `so many times in a period, such as {times: 1, every: 1, unit: months}; unit is one of ${PERIODS.join(', ')}`,
    accepts: (value): value is Period =>
      hasExactly(value, ['times', 'every', 'unit']) &&
      PERIODS.some((unit) => unit === value.unit) &&
      isAmount(value.times, 1, 'times') &&
      isAmount(value.every, 1, value.unit as PeriodUnit),
  };
}

export function clock(latest: '23:59' | '24:00'): Shape<string, 'clock'> {
  return {
    unit: 'clock',
    expected: `a time of day from 00:00 to ${latest}, written as HH:MM`,
    accepts: (value): value is string => isClock(value) && value <= latest,
  };
}

export function clockSpan(): Shape<ClockSpan, 'clock'> {
  return {
    unit: 'clock',
    expected: 'two times of day, from and to, written as HH:MM, the first before the second',
    accepts: (value): value is ClockSpan =>
      hasExactly(value, ['from', 'to']) && isClock(value.from) && isClock(value.to) && value.from < value.to,
  };
}

/** 2025 is no leap year: 29 February is refused, because most years lack it. */
function isDayOfYear(value: unknown): boolean {
  return typeof value === 'string' && (/^(0[1-9]|1[0-2])-last$/.test(value) || isDate(`2025-${value}`));
}

export function yearDay(): Shape<YearDay, 'yearDay'> {
  return {
    unit: 'yearDay',
    expected:
      'a day of the year such as {yearsAfter: 0, day: 03-31}; day is MM-DD or MM-last, yearsAfter 0 for the year concerned to 3',
    accepts: (value): value is YearDay =>
      hasExactly(value, ['yearsAfter', 'day']) &&
      Number.isInteger(value.yearsAfter) &&
      (value.yearsAfter as number) >= 0 &&
      (value.yearsAfter as number) <= 3 &&
      isDayOfYear(value.day),
  };
}

/** A day, or `unknown` while nobody has entered it. */
export function dateOrUnknown(): Shape<string, 'date'> {
  return {
    unit: 'date',
    expected: 'a day such as 2026-03-01, or unknown',
    accepts: (value): value is string => value === 'unknown' || isDate(value),
  };
}

/** Yuan as text with two decimals, because a fraction in binary is not money. */
export function money(): Shape<string, 'money'> {
  return {
    unit: 'money',
    expected: 'an amount in yuan as text with two decimals, such as "2000000.00"',
    accepts: (value): value is string =>
      typeof value === 'string' && /^(0|[1-9]\d{0,14})\.\d{2}$/.test(value) && !/^0\.00$/.test(value),
  };
}

export function flag(): Shape<boolean, 'flag'> {
  return {
    unit: 'flag',
    expected: 'true or false',
    accepts: (value): value is boolean => typeof value === 'boolean',
  };
}

export function flags<Name extends string>(names: readonly Name[]): Shape<Record<Name, boolean>, 'flag'> {
  return {
    unit: 'flag',
    expected: `true or false for each of ${names.join(', ')}`,
    accepts: (value): value is Record<Name, boolean> =>
      hasExactly(value, names) && names.every((name) => typeof value[name] === 'boolean'),
  };
}

export function choice<Option extends string>(...options: Option[]): Shape<Option, 'choice'> {
  return {
    unit: 'choice',
    options,
    expected: options.length === 1 ? `${options[0]}` : `one of ${options.join(', ')}`,
    accepts: (value): value is Option => options.some((option) => option === value),
  };
}

/** Several of the words, each once; `least` of them. Order counts where the parameter says so. */
export function choices<Option extends string>(
  options: readonly Option[],
  least: 0 | 1 = 1,
): Shape<Option[], 'choice'> {
  const some = least === 0 ? 'a list, empty or' : 'a list of one or more';
  return {
    unit: 'choice',
    options,
    expected: `${some} of ${options.join(', ')}, each once`,
    accepts: (value): value is Option[] =>
      Array.isArray(value) &&
      value.length >= least &&
      new Set(value).size === value.length &&
      value.every((one) => options.some((option) => option === one)),
  };
}

/** Several questions with one answer each, every one from its own words. */
export function choiceFor<Options extends Record<string, readonly string[]>>(
  options: Options,
): Shape<{ [Name in keyof Options]: Options[Name][number] }, 'choice'> {
  const names = Object.keys(options);
  return {
    unit: 'choice',
    options: [...new Set(Object.values(options).flat())],
    expected: names.map((name) => `${name}: one of ${options[name]!.join(', ')}`).join('; '),
    accepts: (value): value is { [Name in keyof Options]: Options[Name][number] } =>
      hasExactly(value, names) && names.every((name) => options[name]!.some((option) => option === value[name])),
  };
}

/** Several lists by name, all from the same words. */
export function choicesFor<Name extends string, Option extends string>(
  names: readonly Name[],
  options: readonly Option[],
): Shape<Record<Name, Option[]>, 'choice'> {
  const list = choices(options);
  return {
    unit: 'choice',
    options,
    expected: `for each of ${names.join(', ')} ${list.expected}`,
    accepts: (value): value is Record<Name, Option[]> =>
      hasExactly(value, names) && names.every((name) => list.accepts(value[name])),
  };
}

/** The id of a seat in the directory, or `none`. Whether the seat exists is the directory's to say. */
export function seatOrNone(): Shape<string, 'seat'> {
  return {
    unit: 'seat',
    expected: 'the id of a seat such as dsg-1, or none',
    accepts: (value): value is string =>
      typeof value === 'string' && /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/.test(value),
  };
}
