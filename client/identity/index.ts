export {
  type Caller,
  type Credentials,
  type Identified,
  type Identify,
  innerSystem,
  type NotIdentified,
  type PersonCaller,
  type Proof,
  type SystemCaller,
} from './caller';
export { demoIdentities, type IdentityConfig, identityAmiss, identityConfig } from './config';
export { type IdentityParts, openIdentity } from './identify';
export { Identities, noIdentities, type SystemEntry } from './identities';
export { loadIdentities } from './identities-file';
export { seatFor } from './seat';
