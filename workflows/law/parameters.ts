/**
 * The figures the rulebook leaves open, each with unit, day, ground and reason. Nothing here is in the text of the
 * rulebook: a value is `statute` or `chosen`, and its citation says so wherever it is shown. No deadline stands as a
 * number in a machine.
 */
import type { DateText } from './calendar/days';
import { type Article, type Citation, chosen, statute } from './citation';
import { type FromDay, inForce } from './dated';
import { amount, clock, clockSpan, countdown, named, rungs, type Shape, type Unit } from './parameter-shapes';

export interface DatedValue<V> extends FromDay {
  value: V;
  cite: Citation;
  /** Why this value; always given where the basis is `chosen`. */
  reason?: string;
  /** Seat or office that entered it, for values of a site. */
  author?: string;
}

export interface Parameter<V> {
  shape: Shape<V>;
  /** When somebody last looked whether the values still hold. */
  lastCheck: DateText;
  /** In order of their first day, never two of one day. Rows are added, never edited. */
  values: readonly DatedValue<V>[];
}

const FIRST_DAY = '2025-01-01';
const CHECKED = '2026-11-24';

function judged<V>(shape: Shape<V>, near: readonly Article[], value: V, reason: string): Parameter<V> {
  const cite = near.length === 0 ? chosen() : chosen(near);
  return { shape, lastCheck: CHECKED, values: [{ from: FIRST_DAY, value, cite, reason }] };
}

const CIVIL_CODE = statute('中华人民共和国民法典', [201, 203]);
const LADDERS: readonly Article[] = [6, 7, 8, 10, 73];

export const parameters = {
  /** When a limit in days or working days ends on its last day. */
  'calendar.dayEnds': {
    shape: clock('24:00'),
    lastCheck: CHECKED,
    values: [{ from: FIRST_DAY, value: '24:00', cite: CIVIL_CODE }],
  } as Parameter<string>,
  'calendar.officeHours': judged(clockSpan(), [], { from: '08:30', to: '18:00' }, 'the usual hours of the offices'),
  /** When messages that fall outside office hours go out. */
  'calendar.noticeHour': judged(clock('23:59'), [], '09:00', 'half an hour after the offices open'),

  /** How old the stamp of an act may be when its case judges it. */
  'stamp.maxAge': judged(
    amount('hours'),
    [],
    72,
    'an entrance repeats an act through an outage as long as a weekend; what is older is handed in anew',
  ),

  /** Time per rung, by kind of ladder. */
  'escalation.unitStep': judged(amount('workingDays'), LADDERS, 3, 'a unit needs days to answer'),
  'escalation.prepStep': judged(amount('workingDays'), LADDERS, 3, 'as for decided work: a unit needs days to answer'),
  'escalation.deskStep': judged(amount('workingDays'), LADDERS, 1, 'a desk answers in a day'),
  'escalation.meetStep': judged(amount('workingDays'), LADDERS, 1, 'a meeting is arranged from day to day'),
  'escalation.overStep': judged(amount('workingDays'), LADDERS, 5, 'an answer to an oversight body has weeks'),

  'supervision.dispatch': judged(amount('workingDays'), [62], 1, 'prompt dispatch: the next working day'),
  /** Term by where the item comes from, when the decision set none. Other sources have no default. */
  'supervision.defaultDue': judged(
    named('days', ['minutes', 'document', 'leader-assignment', 'leader-assignment-urgent']),
    [61],
    { minutes: 20, document: 30, 'leader-assignment': 15, 'leader-assignment-urgent': 5 },
    'terms that the supervision rules of another city set by source',
  ),
  /** Before the due instant. */
  'supervision.reminders': judged(countdown('days'), [62], [7, 3, 1], 'a week, half a week and a day ahead'),
  /** After the due instant, or after a report was found short or wrong. */
  'supervision.explanationDue': judged(amount('workingDays'), [61], 3, 'one rung of the ladder'),
  /** After the item became overdue: level 1 the unit, 2 vice mayor and secretary-general, 3 the top. */
  'supervision.ladder': judged(
    rungs('workingDays', 3),
    [61, 62, 63, 64, 65],
    [0, 3, 10],
    'other cities escalate by repeated overdue in three colours',
  ),
  'supervision.reviewSla': judged(amount('workingDays'), [61], 5, 'a report handed in should be judged within a week'),
  /** Longest silence of a unit about an item before it is asked for progress. */
  'supervision.progressEvery': judged(
    amount('workingDays'),
    [62],
    10,
    'at least one progress report inside the shortest usual term',
  ),
  /** Proposed in a drafted rectification order; the date itself is set by a person. */
  'rectify.days': judged(amount('days'), [61], 15, 'half of the usual term for a document'),
};

export type ParameterTable = typeof parameters;
export type ParameterKey = keyof ParameterTable;
export type ParameterValue<K extends ParameterKey> = ParameterTable[K] extends Parameter<infer V> ? V : never;

/** Keys whose value is one amount, several in order, or several by name. */
export type AmountKey = KeysOf<number>;
export type ListKey = KeysOf<number[]>;
export type NamedKey = Exclude<KeysOf<Record<string, number>>, ListKey>;
type KeysOf<V> = { [K in ParameterKey]: ParameterValue<K> extends V ? K : never }[ParameterKey];

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
