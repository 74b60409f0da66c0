/**
 * The door for procedures: citations, codes, rules, and deadlines by the law a case carries. Every open case holds its own
 * copy of what its workflow loads, so the tables of the rulebook stand behind the other door, `index.ts`.
 */
export * from './calendar/days';
export * from './calendar/format';
export * from './calendar/office-hours';
export { calendarFrom, isProvisional, isWorkingDay, type WorkingCalendar } from './calendar/working-calendar';
export * from './calendar/working-days';
export * from './carried';
export * from './citation';
export * from './codes';
export { NoRuleInForce } from './dated';
export * from './deadlines';
export { chineseNumber } from './numerals';
export type { ClockSpan, Unit } from './parameter-shapes';
export type { AmountKey, ListKey, NamedKey, ParameterKey, ParameterValue } from './parameters';
export * from './rules';
