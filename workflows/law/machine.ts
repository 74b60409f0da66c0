/**
 * The door for procedures: citations, codes, rules, and deadlines by the law a case carries. Every open case holds its own
 * copy of what its workflow loads, so the tables of the rulebook stand behind the other door, `index.ts`.
 */
export * from './authority/matrix';
export * from './authority/may-perform';
export * from './authority/presider';
export * from './authority/settings';
export * from './authority/standing';
export * from './authority/vmc';
export * from './calendar/before';
export * from './calendar/days';
export * from './calendar/format';
export * from './calendar/length';
export * from './calendar/months';
export * from './calendar/office-hours';
export * from './calendar/term';
export { calendarFrom, isProvisional, isWorkingDay, type WorkingCalendar } from './calendar/working-calendar';
export * from './calendar/working-days';
export * from './carried';
export * from './citation';
export * from './codes';
export { NoRuleInForce } from './dated';
export * from './deadlines';
export { chineseNumber } from './numerals';
export type { ClockSpan, Period, PeriodUnit, Unit } from './parameter-shapes';
export type { AmountKey, KeysOf, LengthsKey, ListKey, NamedKey, ParameterKey, ParameterValue } from './parameters';
export * from './periods';
export * from './rules';
