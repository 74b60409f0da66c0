export { type Duties, type Duty, dutiesAt, whyNotOwed } from './duties';
export { type OpenedPeriod, type OpeningParts, openPeriod, PeriodRefused } from './open-period';
export {
  beginnings,
  type ObligationStart,
  obligationStarts,
  type PeriodPayload,
  payloadOn,
  periodFigures,
} from './periods';
export { scriptedStarts } from './scripted';
