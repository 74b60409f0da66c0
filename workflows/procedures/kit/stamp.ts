import type { Absence, Standing } from '../../law/machine';
import type { Json, Stamp } from '../../runtime/workflow';

/** What an act may ask the entrance to gather (spec 2.0b). */
export type FactName = 'acting' | 'leaves' | 'applicant' | 'meetings' | 'duty' | 'version' | 'parameter' | 'served';

/** From P01's projection; absent where no term is open. */
export type ActingFact = { case: string; version: number; absences: Absence[]; standing: Standing };

/** An open leave case of the person a payload names. */
export type LeaveFact = { case: string; state: string; interval?: Absence['interval']; seats: string[] };

/** Who a person that a payload names is by article 71, from the directory. */
export type ApplicantFact = {
  person: string;
  /** All seats held. */
  seats: string[];
  groups: ('A' | 'B' | 'C')[];
  /** Units headed that article 71 or 74 means, with the vice mayor in charge. */
  units: { unit: string; vmc?: string; affiliated?: true }[];
  /** Seats he is generally not to be away together with. */
  notWith: string[];
};

/** The version of the rulebook in force; `case` where one was published through X0. */
export type VersionFact = { edition: string; case?: string; effectiveFrom?: string };

/** What the table says of the parameter that a payload names; without `unit` where there is none of the key. */
export type ParameterFact = { key: string; unit?: string; expected?: string; fits?: boolean };

/** A case of a periodic duty, and which duty it is. */
export type ServedFact = { case: string; obligation: string };

/** Put beside an act and signed with it. Meetings and duty rosters are not kept by this version: their lists are empty. */
export type Facts = {
  asOf: number;
  acting?: ActingFact;
  leaves?: LeaveFact[];
  applicant?: ApplicantFact;
  meetings?: Json[];
  duty?: Json[];
  version?: VersionFact;
  parameter?: ParameterFact;
  /** Cases of periodic duties that the evidence of a payload serves already. */
  served?: ServedFact[];
};

/** Who acts, in which seat, on what authority; made by client/authority, checked against the acts of a procedure. */
export interface AuthorityStamp extends Stamp {
  seat: string;
  /** The unit of the seat, where it has one. */
  unit?: string;
  basis: 'own' | 'entrusted' | 'acting';
  /** Salted hash of the person; who that is stands apart from the record. */
  actor?: string;
  /** The Office records what this seat said or wrote: it is that seat's act, shown with both. */
  onWordOf?: { seat: string; unit?: string; ref: string };
  /** Who presides, as the entrance had it from P01; of entrustments those of the acting seat. Absent while no term is open. */
  standing?: Standing;
  /** What it rests on where the seat acts for another: the entrustment it was given. */
  entrustment?: string;
  facts?: Facts;
  [key: string]: Json | undefined;
}

/** What every outside event carries besides its payload. `at`: when it happened, where that is claimed. */
export interface Stamped {
  stamp: AuthorityStamp;
  at?: number;
}

/** The seat an act counts as done by: the leader's, where the Office records his word. */
export function actingSeat({ seat, unit, onWordOf }: AuthorityStamp): { seat: string; unit?: string } {
  const { seat: by, unit: of } = onWordOf ?? { seat, unit };
  return of === undefined ? { seat: by } : { seat: by, unit: of };
}

/** Whether the actor is one of `allowed`: seats (`sg`, `D07-head`), whole units (`X2`), one seat of every unit (`*-head`). */
export function isOneOf(stamp: AuthorityStamp, allowed: readonly string[]): boolean {
  const { seat, unit } = actingSeat(stamp);
  return allowed.some((one) => one === seat || one === unit || (one.startsWith('*') && seat.endsWith(one.slice(1))));
}
