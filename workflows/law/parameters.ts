/**
 * The figures and readings the rulebook leaves open, and the few it gives: each with unit, day, ground and reason. A value
 * is `stated` only where the text has the number itself; otherwise it is `statute` or `chosen`, and its citation says so
 * wherever it is shown. No deadline stands as a number in a machine. The entries stand in `parameters/`, by field.
 */
import type { DateText } from './calendar/days';
import { inForce } from './dated';
import type { Length, LengthUnit, Unit } from './parameter-shapes';
import { authority } from './parameters/authority';
import { decisions } from './parameters/decisions';
import { documents } from './parameters/documents';
import { emergency } from './parameters/emergency';
import type { DatedValue, Parameter } from './parameters/entry';
import { execution } from './parameters/execution';
import { meetings } from './parameters/meetings';
import { time } from './parameters/time';

export type { DatedValue, Parameter } from './parameters/entry';

export const parameters = {
  ...time,
  ...authority,
  ...decisions,
  ...meetings,
  ...documents,
  ...execution,
  ...emergency,
};

export type ParameterTable = typeof parameters;
export type ParameterKey = keyof ParameterTable;
export type ParameterValue<K extends ParameterKey> = ParameterTable[K] extends Parameter<infer V> ? V : never;

/** Keys of lengths: one, several in order, several by name, or several by name that each say their unit. */
export type AmountKey = LengthsOf<number>;
export type ListKey = LengthsOf<number[]>;
export type NamedKey = Exclude<LengthsOf<Record<string, number>>, ListKey>;
export type LengthsKey = KeysOf<Record<string, Length>>;
type LengthsOf<V> = {
  [K in ParameterKey]: ParameterTable[K] extends Parameter<V, LengthUnit> ? K : never;
}[ParameterKey];

/** Keys whose value has this form: `KeysOf<boolean>`, `KeysOf<Period>`. */
export type KeysOf<V> = { [K in ParameterKey]: ParameterValue<K> extends V ? K : never }[ParameterKey];

export function isParameterKey(key: string): key is ParameterKey {
  return Object.hasOwn(parameters, key);
}

export interface ParameterReader<V> {
  readonly unit: Unit;
  readonly lastCheck: DateText;
  /**
   * The value in force on a day.
   * @throws NoRuleInForce naming key and day, when there is none
   */
  at(date: DateText): V;
  /** Value, ground and reason in force on a day; throws as `at`. */
  entryAt(date: DateText): DatedValue<V>;
}

/** Reads one parameter, of the shipped table or of one with a site's overrides. */
export function parameter<K extends ParameterKey>(
  key: K,
  table: ParameterTable = parameters,
): ParameterReader<ParameterValue<K>> {
  const { shape, lastCheck, values } = table[key] as unknown as Parameter<ParameterValue<K>>;
  const entryAt = (date: DateText) => inForce(key, values, date);
  return { unit: shape.unit, lastCheck, entryAt, at: (date) => entryAt(date).value };
}
