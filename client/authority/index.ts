export { type ApplicantDirectory, applicantOf } from './applicant';
export { type Authority, AuthorityDesk, type InCharge, type TermShown } from './authority';
export { Meant, type MeantDirectory } from './meant';
export {
  KEY_FILE,
  KeyUnusable,
  openSigner,
  type SignedAct,
  type StampSignature,
  type StampSigner,
} from './signature';
export {
  type ActingParty,
  type AuthorityDirectory,
  actorOf,
  type Days,
  type MadeStamp,
  printDays,
  type Stamped,
  type StampRefusal,
  type StampRefusalCode,
  type StampRequest,
  seatProblem,
  stampFor,
  unknownSeat,
} from './stamp';
export { type TermDirectory, type TermPayload, termOf, type Unassigned } from './term';
export { type VerifiedSignatures, verifyLedgerSignatures, verifySignatures } from './verify';
