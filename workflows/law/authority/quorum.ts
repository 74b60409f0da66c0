/** How many must be there, and who counts (43, 44; spec 3.6). */
import type { Citation } from '../citation';
import { stated } from '../citation';

export const meetingKinds = ['plenary', 'party-group', 'standing', 'mayors-office', 'special'] as const;
export type MeetingKind = (typeof meetingKinds)[number];

export type OfficeKind =
  | 'mayor'
  | 'vm'
  | 'sg'
  | 'dsg'
  | 'candidate'
  | 'pg-secretary'
  | 'pg-deputy'
  | 'pg-member'
  | 'unit-head'
  | 'unit-deputy'
  | 'legal-adviser'
  | 'invited'
  | 'other';

/** A seat on the list of a meeting, as its kind; a person with several seats is listed by each. */
export interface Listed {
  person: string;
  kinds: readonly OfficeKind[];
  /** Holds the office that makes him a member on the day of the meeting. A vacant seat is not listed. */
  inOffice: boolean;
}

export interface Presence {
  person: string;
  remote?: boolean;
}

export interface QuorumReadings {
  /** `quorum.inclusive`: exactly half is enough. */
  inclusive: boolean;
  /** `quorum.remoteCounts`, or the chair allowed it before opening. */
  remoteCounts: boolean;
}

/** Offices that make a member who counts. Meetings that are not named here have no quorum in the text. */
const members: { readonly [K in MeetingKind]?: { kinds: readonly OfficeKind[]; cite: Citation } } = {
  standing: { kinds: ['mayor', 'vm', 'sg'], cite: stated(44) },
  'party-group': { kinds: ['pg-secretary', 'pg-deputy', 'pg-member'], cite: stated(43) },
};

export interface Quorum {
  denominator: number;
  needed: number;
  present: number;
  met: boolean;
  cite: Citation;
}

/** Persons who are members of a meeting by their office on the day. Somebody with two such offices counts once. */
export function membersOf(kind: MeetingKind, listed: readonly Listed[]): string[] {
  const { kinds = [] } = members[kind] ?? {};
  const counted = listed.filter((one) => one.inOffice && one.kinds.some((office) => kinds.includes(office)));
  return [...new Set(counted.map(({ person }) => person))];
}

/** Undefined where the text names none. Members on leave stay in the denominator; a chair is one of the members. */
export function quorum(
  kind: MeetingKind,
  listed: readonly Listed[],
  present: readonly Presence[],
  { inclusive, remoteCounts }: QuorumReadings,
): Quorum | undefined {
  const rule = members[kind];
  if (!rule) return undefined;
  const all = membersOf(kind, listed);
  const here = all.filter((person) => present.some((one) => one.person === person && (remoteCounts || !one.remote)));
  const half = all.length / 2;
  const needed = inclusive ? Math.ceil(half) : Math.floor(half) + 1;
  const met = all.length > 0 && here.length >= needed;
  return { denominator: all.length, needed, present: here.length, met, cite: rule.cite };
}
