/**
 * The law a case carries: edition, the figures its procedure declares, and the calendar of the years in reach. Whoever
 * starts a case gathers it once (`lawData`), so that a new bundle changes no open deadline by itself.
 */
import type { DateText } from './calendar/days';
import type { Citation } from './citation';
import { inForce } from './dated';
import type { Unit } from './parameter-shapes';
import type { ParameterKey, ParameterValue } from './parameters';

/** The days of one year that differ from the plain week. Without a notice they are provisional. */
export type CarriedYear = {
  year: number;
  /** Number of the notice; absent while none is out. */
  notice?: string;
  /** Dates or spans `from/to` on which nobody works. */
  off: string[];
  /** Saturdays and Sundays that are worked. */
  on: DateText[];
};

export type CarriedParameter = {
  unit: Unit;
  values: { from: DateText; value: CarriedValue; cite: Citation; rollOver?: true }[];
};

export type CarriedValue = string | number | boolean | CarriedValue[] | { [name: string]: CarriedValue };

/** Plain JSON, a few KB. */
export type LawData = {
  edition: string;
  /** When the edition was published (epoch ms): of two that arrive out of order the later one stands. */
  since?: number;
  /** Marks that every view and printed record of the case bears. */
  marks: string[];
  /** By key; the value in force on the first day of the case, and those entered for later days. */
  parameters: { [key: string]: CarriedParameter };
  calendar: {
    years: CarriedYear[];
    /** Days the site works or rests of its own; they go before the national notice. */
    overlay: { off: DateText[]; on: DateText[] };
  };
};

/**
 * The value of a carried parameter on a day.
 * @throws NoRuleInForce when there is none on that day, Error when the procedure did not declare the parameter
 */
export function valueAt<K extends ParameterKey>(law: LawData, key: K, date: DateText): ParameterValue<K> {
  return entryAt(law, key, date).value as ParameterValue<K>;
}

/** Value and ground of a carried parameter on a day, with its unit; throws as `valueAt`. */
export function entryAt(law: LawData, key: ParameterKey, date: DateText) {
  const carried = law.parameters[key];
  if (carried === undefined) {
    throw new Error(`The law of this case carries no ${key}; the procedure must declare every parameter it uses.`);
  }
  return { unit: carried.unit, ...inForce(key, carried.values, date) };
}
