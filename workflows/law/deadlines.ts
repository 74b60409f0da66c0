/** From a figure of the law and an instant to a due instant, with the ground it rests on. */
import { dateOf, type Instant } from './calendar/days';
import { isByDay, isLengthUnit, type Length, lengthBefore, lengthFrom, rolledOver } from './calendar/length';
import { type Extension, type Stop, type Term, termDue } from './calendar/term';
import { calendarFrom } from './calendar/working-calendar';
import { type Due, subtractDays } from './calendar/working-days';
import { entryAt, type LawData, valueAt } from './carried';
import type { Citation } from './citation';
import type { AmountKey, LengthsKey, ListKey, NamedKey, ParameterValue } from './parameters';

export interface Limit extends Due {
  /** Where the length of the limit rests: a statute, or our own choice. */
  basis: Citation;
}

/** A limit by a figure that may be stopped and extended: no due instant while its clock stands. */
export interface RunningLimit {
  due: Limit | undefined;
  term: Term;
  basis: Citation;
}

type AnyLengthKey = AmountKey | ListKey | NamedKey | LengthsKey;

/** Which of the lengths of a figure, and by which key. */
interface LengthOf {
  (law: LawData, key: AmountKey, from: Instant): Limit;
  (law: LawData, key: ListKey, from: Instant, part: number): Limit;
  <K extends NamedKey | LengthsKey>(law: LawData, key: K, from: Instant, part: keyof ParameterValue<K>): Limit;
}

/**
 * The limit that a figure sets from an instant, by the value in force on that day and in its unit: a pure function of law,
 * key and instant, so that it can be counted anew when the law or the calendar changes.
 * @param part which of several lengths: a position for lists (`supervision.ladder`, 0 = level 1), a name for named ones
 * @throws NoRuleInForce when no value holds on that day, Error when the case does not carry the parameter, RangeError
 * when there is no such part
 */
export const limit: LengthOf = (law: LawData, key: AnyLengthKey, from: Instant, part?: PropertyKey): Limit => {
  const { basis, rollOver, length } = lengthIn(law, key, from, part);
  const calendar = calendarFrom(law);
  const due = lengthFrom(calendar, from, length);
  return { ...(rollOver && isByDay(length.unit) ? rolledOver(calendar, due) : due), basis };
};

/**
 * The last moment that lies a figure's length before an instant, counted back in the same way: the day of the instant is
 * not counted. By the value in force on that day; throws as `limit`.
 */
export const limitBefore: LengthOf = (law: LawData, key: AnyLengthKey, before: Instant, part?: PropertyKey): Limit => {
  const { basis, length } = lengthIn(law, key, before, part);
  return { ...lengthBefore(calendarFrom(law), before, length), basis };
};

/** The limit of a figure with the ledgers of its stops and extensions; throws as `limit`. */
export function runningLimit(
  law: LawData,
  key: AnyLengthKey,
  from: Instant,
  {
    part,
    stops = [],
    extensions = [],
  }: { part?: PropertyKey; stops?: readonly Stop[]; extensions?: readonly Extension[] },
): RunningLimit {
  const { basis, rollOver, length } = lengthIn(law, key, from, part);
  const term: Term = { ...length, from, stops, extensions, ...(rollOver ? { rollOver } : {}) };
  const due = termDue(calendarFrom(law), term);
  return { due: due && { ...due, basis }, term, basis };
}

/**
 * The instants at which an item is reminded of before its due instant, the earliest first: the same time of day, so many
 * calendar days ahead. By the value in force on the day of `due`; those already past are for the caller to skip.
 */
export function reminders(law: LawData, due: Instant): Instant[] {
  return valueAt(law, 'supervision.reminders', dateOf(due)).map((days) => subtractDays(due, days));
}

function lengthIn(law: LawData, key: AnyLengthKey, at: Instant, part: PropertyKey | undefined) {
  const { unit, value, cite, rollOver } = entryAt(law, key, dateOf(at));
  const one = part === undefined ? value : (value as unknown as Record<PropertyKey, unknown>)[part];
  const length = typeof one === 'number' ? { unit, amount: one } : (one as Partial<Length> | undefined);
  if (typeof length?.amount !== 'number') throw new RangeError(`${key} has no amount ${String(part ?? 'of its own')}.`);
  if (!isLengthUnit(length.unit))
    throw new RangeError(
      `${key} is no length but ${length.unit}; a limit needs minutes, hours, days, months or years.`,
    );
  return { basis: cite, rollOver: rollOver === true, length: { unit: length.unit, amount: length.amount } };
}
