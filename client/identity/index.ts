export type {
  Caller,
  Credentials,
  Identified,
  Identify,
  NotIdentified,
  PersonCaller,
  Proof,
  SystemCaller,
} from './caller';
export { demoIdentities, type IdentityConfig, identityAmiss, identityConfig } from './config';
export { type IdentityParts, openIdentity } from './identify';
export { Identities, noIdentities, type SystemEntry } from './identities';
export { loadIdentities } from './identities-file';
export { seatFor } from './seat';
