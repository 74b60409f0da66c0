export { type ActOptions, CaseClient, type CaseClientOptions } from './case-client';
export { Cases, type CasesOptions, casesOf, type Opening, type TypedActOptions } from './cases';
export { type Access, type Connected, connect, dataConverterOf, type NativeAccess } from './connect';
export type { SubscribeOptions, WaitCondition, Waited, WaitOptions } from './follow';
export type {
  ActType,
  CaseSource,
  ExposedOf,
  OpeningOf,
  OutputOf,
  PayloadOf,
  StatePath,
  TypedResult,
  TypedView,
} from './inferred';
export { NoSuchCase, type PortOptions } from './inquiry';
export { NotOpened, type StartArgument, type Started, type StartOptions } from './opening';
export { type ClosedCase, type ReceiptsPort, receiptOf } from './receipts';
export { Unreachable, type UnreachableOptions } from './unreachable';
