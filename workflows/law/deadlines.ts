/** From a figure of the law and an instant to a due instant, with the ground it rests on. */
import { dateOf, type Instant } from './calendar/days';
import { calendarFrom } from './calendar/working-calendar';
import { addDays, addHours, addWorkingDays, type Due, subtractDays } from './calendar/working-days';
import { entryAt, type LawData, valueAt } from './carried';
import type { Citation } from './citation';
import type { Unit } from './parameter-shapes';
import type { AmountKey, ListKey, NamedKey, ParameterValue } from './parameters';

export interface Limit extends Due {
  /** Where the length of the limit rests: a statute, or our own choice. */
  basis: Citation;
}

/**
 * The limit that a parameter sets from an instant, by the value in force on that day and in its unit.
 * @param part which of several amounts: a position for lists (`supervision.ladder`, 0 = level 1), a name for named ones
 * @throws NoRuleInForce when no value holds on that day, Error when the case does not carry the parameter, RangeError
 * when there is no such part
 */
export function limit(law: LawData, key: AmountKey, from: Instant): Limit;
export function limit(law: LawData, key: ListKey, from: Instant, part: number): Limit;
export function limit<K extends NamedKey>(law: LawData, key: K, from: Instant, part: keyof ParameterValue<K>): Limit;
export function limit(law: LawData, key: AmountKey | ListKey | NamedKey, from: Instant, part?: PropertyKey): Limit {
  const { unit, value, cite } = entryAt(law, key, dateOf(from));
  const length = part === undefined ? value : (value as Record<PropertyKey, unknown>)[part];
  if (typeof length !== 'number') throw new RangeError(`${key} has no amount ${String(part ?? 'of its own')}.`);
  return { ...count(law, unit, from, length), basis: cite };
}

/**
 * The instants at which an item is reminded of before its due instant, the earliest first: the same time of day, so many
 * calendar days ahead. By the value in force on the day of `due`; those already past are for the caller to skip.
 */
export function reminders(law: LawData, due: Instant): Instant[] {
  return valueAt(law, 'supervision.reminders', dateOf(due)).map((days) => subtractDays(due, days));
}

function count(law: LawData, unit: Unit, from: Instant, n: number): Due {
  switch (unit) {
    case 'hours':
      return addHours(from, n);
    case 'days':
      return addDays(calendarFrom(law), from, n);
    case 'workingDays':
      return addWorkingDays(calendarFrom(law), from, n);
    case 'clock':
      throw new RangeError('A time of day is not a length; a limit needs hours, days or working days.');
  }
}
