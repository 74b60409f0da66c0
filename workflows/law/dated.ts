/** Figures that change with time: each value holds from its day until the next one begins. */
import type { DateText } from './calendar/days';

export interface FromDay {
  /** First day on which it holds. */
  from: DateText;
}

/**
 * Thrown when a figure is asked for on a day for which nobody has entered one. There is no "latest value": a case that
 * meets this waits for the figure, it does not go on with a wrong one.
 */
export class NoRuleInForce extends Error {
  override readonly name = 'NoRuleInForce';

  constructor(
    readonly key: string,
    readonly date: DateText,
    first?: DateText,
  ) {
    super(
      `${key} has no value in force on ${date}` +
        (first === undefined ? '.' : `; the first value holds from ${first}. Enter a value that holds on that day.`),
    );
  }
}

/**
 * The entry in force on a day.
 * @param entries in order of `from`
 * @throws NoRuleInForce when the day lies before the first
 */
export function inForce<T extends FromDay>(key: string, entries: readonly T[], date: DateText): T {
  const entry = entries.findLast(({ from }) => from <= date);
  if (entry === undefined) throw new NoRuleInForce(key, date, entries[0]?.from);
  return entry;
}
