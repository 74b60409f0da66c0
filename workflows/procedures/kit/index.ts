export type { CaseData } from './case-data';
export { calendar, law, limitFrom, rungFrom, until } from './case-law';
export { type ChainRung, chain } from './chain';
export * from './common';
export * from './define-procedure';
export { draftPaper, press, recordFinding, recordTask, type Tell, tell } from './effects';
export { by, type LawMeta } from './meta';
export { mainState } from './present';
export { type AuthorityStamp, actingSeat, isOneOf, type Stamped } from './stamp';
