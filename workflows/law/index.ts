/**
 * The rulebook as data, and the arithmetic of its deadlines. Pure: no I/O, no clock, no zone of the host. Procedures take
 * the smaller door, `machine.ts`; the texts of the articles stand apart in `article-texts.ts`, for documentation and pages.
 */
export * from './articles';
export * from './authority/attendance';
export * from './authority/quorum';
export * from './authority/substitution';
export * from './calendar/files';
export * from './calendar/statutory';
export * from './calendar/years';
export * from './edition';
export * from './instruments';
export * from './law-data';
export * from './machine';
export * from './meeting-tasks';
export * from './overrides';
export type { CountUnit, Period, PeriodUnit, Shape, YearDay } from './parameter-shapes';
export * from './parameters';
export * from './soft-rules';
export * from './versions';
