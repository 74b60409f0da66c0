/** Who attends besides the members, whom he asks for leave, who comes in his place, and whose absence takes an item off (42, 44, 49; spec 3.7). */
import { type Citation, chosen, stated } from '../citation';
import type { MeetingKind, OfficeKind } from './quorum';

/** Fixed observers of the standing meeting; deputy secretaries-general besides. */
export const fixedObservers = {
  units: ['X3', 'D06', 'D07', 'D20'],
  kinds: ['dsg'] as readonly OfficeKind[],
  cite: stated(44) as Citation,
};

/** Whom a plenary may have besides its members; the second list when necessary. */
export const plenaryObservers = {
  usual: ['county', 'agency', 'institution', 'managed-unit', 'stationed-unit'],
  whenNecessary: [
    'party-committee',
    'npc',
    'cppcc',
    'supervisory-commission',
    'court',
    'procuratorate',
    'democratic-parties',
    'federation-of-industry-and-commerce',
    'peoples-organisations',
    'non-party-persons',
  ],
  cite: stated(42) as Citation,
};

/** Who may sit in on any of them. */
export const sittingIn = { who: ['stakeholders', 'public', 'experts', 'media'], cite: stated(26) as Citation };

export type Attending =
  | 'leader'
  | 'observer'
  | 'unit-head-observer'
  | 'department-head'
  | 'group-member'
  | 'unit-head'
  | 'guest';

export interface MeetingLeave {
  /** Row of spec 3.2 that says who grants it; none for guests, who send regrets. */
  row?: number;
  variant?: string;
  /** Comes in his place; he keeps the seat filled and never saves an item of the unit. */
  substitute?: 'unit-deputy';
  cite: Citation;
}

const notRegulated = chosen([42, 43, 49]);

/** Whom somebody asks to be excused from a meeting. Travel leave (71) is another approval, being away a third thing. */
export function meetingLeave(kind: MeetingKind, attending: Attending): MeetingLeave {
  if (attending === 'guest') return { cite: notRegulated };
  if (kind === 'special')
    return {
      row: 36,
      cite: stated(49),
      ...(attending === 'unit-head' || attending === 'unit-head-observer'
        ? { substitute: 'unit-deputy' as const }
        : {}),
    };
  switch (attending) {
    case 'leader':
      return { row: 11, cite: stated(49) };
    case 'observer':
      return { row: 12, cite: stated(49) };
    case 'unit-head-observer':
    case 'unit-head':
      return { row: 12, substitute: 'unit-deputy', cite: stated(49) };
    case 'department-head':
      return { row: 37, substitute: 'unit-deputy', cite: notRegulated };
    case 'group-member':
      return { row: 37, variant: 'party-group', cite: notRegulated };
  }
}

/** Meetings whose items need both of {@link needed} in the room. */
const tested: readonly MeetingKind[] = ['party-group', 'standing', 'mayors-office', 'special'];

export interface ItemPresence {
  /** Seat of the vice mayor in charge. */
  vmc?: string | undefined;
  /** Seat of the proposing unit's principal; absent for an item a leader put. */
  principal?: string | undefined;
}

/** Seats whose absence in principle takes an item off the list (49; soft). A substitute is in another seat: he does not count. */
export function missingFor(kind: MeetingKind, { vmc, principal }: ItemPresence, present: readonly string[]): string[] {
  if (!tested.includes(kind)) return [];
  return [vmc, principal].filter((seat) => seat !== undefined).filter((seat) => !present.includes(seat));
}
