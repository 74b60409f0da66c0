/** What a leave case is told of the applicant by the entrance, and what follows from it: whom article 71 makes him ask. */
import { dateOf, valueAt } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type ApplicantFact, type Facts, law } from '../kit';

/** Spec 3.4: A the mayor · B vice mayors and secretary-general · C heads of member departments, counties and districts. */
export type Group = ApplicantFact['groups'][number];

/** A unit somebody heads, with whoever takes the step of the vice mayor in charge; `affiliated`: it owes leave by article 74. */
type HeadedUnit = ApplicantFact['units'][number];

/** A slot of a duty roster, as the fact `duty` gives it. */
type DutySlot = { slot: string; from: number; to: number };

/** A meeting on whose list somebody stands, as the fact `meetings` gives it. */
type MeetingFact = { case: string; from: number; to?: number };

export const partySecretary = 'party-secretary';
export const mayor = 'mayor';
export const office = 'X1';

export interface Applicant {
  seats: string[];
  groups: Group[];
  units: HeadedUnit[];
  /** The first unit headed, for lists. */
  unit?: string;
  /** Who hands in for him. */
  office: string[];
  /** Seats that must agree. His own are not among them: that approval falls away. */
  approvers: string[];
  notWith: string[];
  /** Units headed for which nobody takes the vice mayor's step. */
  unled: string[];
}

const inScope = (): boolean => (valueAt(law(), 'scope.affiliated', dateOf(now())) as string[]).includes('leave');
const mayorStandsIn = (): boolean => valueAt(law(), 'portfolio.mayorDirect', dateOf(now()));

/** Somebody in two groups asks the approvers of both. */
export function applicantOf({ seats, groups, units, notWith }: Omit<ApplicantFact, 'person'>): Applicant {
  const headed = units.filter(({ affiliated }) => !affiliated || inScope());
  const leading = groups.filter((group) => group !== 'C');
  const all: Group[] = headed.length > 0 ? [...leading, 'C'] : leading;
  const inCharge = headed.map(({ vmc }) => vmc ?? (mayorStandsIn() ? mayor : undefined));
  const asked = all.some((group) => group !== 'A') ? [partySecretary, mayor, ...inCharge] : [];
  const approvers = [...new Set(asked.filter((seat) => seat !== undefined))].filter((seat) => !seats.includes(seat));
  return {
    seats,
    groups: all,
    units: headed,
    ...(headed[0] ? { unit: headed[0].unit } : {}),
    office: officesOf({ groups, units }),
    approvers,
    notWith,
    unled: headed.filter((_, i) => inCharge[i] === undefined).map(({ unit }) => unit),
  };
}

/** The desk of each unit headed; the Office for the leaders of the government. */
export function officesOf({ groups, units }: Pick<ApplicantFact, 'groups' | 'units'>): string[] {
  const leads = groups.some((group) => group !== 'C');
  return [...units.map(({ unit }) => `${unit}-desk`), ...(leads ? [office] : [])];
}

export const dutyIn = (facts: Facts | undefined): DutySlot[] => (facts?.duty ?? []) as unknown as DutySlot[];
export const meetingsIn = (facts: Facts | undefined): MeetingFact[] =>
  (facts?.meetings ?? []) as unknown as MeetingFact[];
