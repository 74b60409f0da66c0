export { amendingEvents, type Correctable, repairEvents } from './amendments';
export { type Asked, reader } from './asked';
export type { CaseData } from './case-data';
export { calendar, law, limitFrom, rungFrom, until } from './case-law';
export { type ChainRung, chain } from './chain';
export * from './common';
export * from './define-procedure';
export { draftPaper, press, recordFinding, recordTask, type Tell, tell } from './effects';
export { type CaseNotice, type CaseStart, type NoticeTo, notifyCases, startCase } from './errands';
export { chooses, lawNotices, versionKinds } from './law-change';
export { by, type LawMeta } from './meta';
export { mainState } from './present';
export {
  DIRECTORY,
  reorganised,
  restored,
  UNIT_CHANGED,
  type UnitChange,
  type UnitChanged,
  unfit,
  unitChanged,
} from './reorganise';
export {
  type ActingFact,
  type ApplicantFact,
  type AuthorityStamp,
  actingSeat,
  type FactName,
  type Facts,
  isOneOf,
  type LeaveFact,
  type ParameterFact,
  type Stamped,
  type VersionFact,
} from './stamp';
export { authorityNotices, entrustmentSchema, type Heard, standingSchema } from './standing';
