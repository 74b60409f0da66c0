/** Who owes what again and again, by the directory of the day: an owner whose seats nobody holds is passed over, and it is said. */
import type { Directory } from '../../activities/directory';
import type { Instant } from '../../workflows/law';
import { type ObligationId, obligationIds, obligations } from '../../workflows/procedures/recurring-obligation';

export interface Duty {
  obligation: ObligationId;
  /** A seat or unit. */
  owner: string;
}

export interface Duties {
  owed: Duty[];
  /** A sentence for each obligation that is not opened for somebody. */
  skipped: string[];
}

/** Departments, with the reform commission; the Office and the supervision office work for the government as a whole. */
const DEPARTMENTS = ['department', 'commission', 'office-unit'];
const GOVERNMENT = ['X1', 'X2'];

/** In the order of the obligations, and of the directory within each. */
export function dutiesAt(directory: Directory, at: Instant): Duties {
  const found = obligationIds.map((obligation) => ofObligation(directory, obligation, at));
  return { owed: found.flatMap(({ owed }) => owed), skipped: found.flatMap(({ skipped }) => skipped) };
}

/** Why an owner does not owe it, in a sentence; undefined where he does. */
export function whyNotOwed(directory: Directory, { obligation, owner }: Duty, at: Instant): string | undefined {
  const { owed, skipped } = ofObligation(directory, obligation, at);
  if (owed.some((duty) => duty.owner === owner)) return undefined;
  return skipped.find((sentence) => sentence.includes(owner)) ?? `${obligation}: ${owner} does not owe it.`;
}

function ofObligation(directory: Directory, obligation: ObligationId, at: Instant): Duties {
  const candidates = [...new Set(obligations[obligation].owners.flatMap((owner) => meant(directory, owner, at)))];
  const missing = candidates.filter((owner) => !exists(directory, owner, at));
  const unheld = candidates.filter((owner) => !missing.includes(owner) && !isHeld(directory, owner, at));
  const owed = candidates
    .filter((owner) => !missing.includes(owner) && !unheld.includes(owner))
    .map((owner) => ({ obligation, owner }));
  return {
    owed,
    skipped: [
      ...said(obligation, missing, 'is not in the directory', 'are not in the directory'),
      ...said(obligation, unheld, 'has nobody who holds its seat', 'have nobody who holds their seats'),
    ],
  };
}

function said(obligation: ObligationId, owners: readonly string[], one: string, several: string): string[] {
  if (owners.length === 0) return [];
  return [`${obligation} is not opened: ${owners.join(', ')} ${owners.length === 1 ? one : several}.`];
}

/** The seats and units an entry of the table means on a day. */
function meant(directory: Directory, owner: string, at: Instant): string[] {
  if (owner === 'every-vm') return ofKind(directory, 'vm') ?? [];
  if (owner === 'pg-secretary') return ofKind(directory, owner) ?? [owner];
  if (owner !== 'every-department') return [owner];
  return directory.units
    .filter(({ id, kind }) => DEPARTMENTS.includes(kind) && !GOVERNMENT.includes(id) && exists(directory, id, at))
    .map(({ id }) => id);
}

function ofKind({ seats }: Directory, kind: string): string[] | undefined {
  const ids = seats.filter((seat) => seat.kind === kind).map(({ id }) => id);
  return ids.length > 0 ? ids : undefined;
}

const isUnit = (owner: string): boolean => /^[A-Z]\d{1,2}$/.test(owner);
const seatsOf = (owner: string): string[] =>
  isUnit(owner) ? ['head', 'deputy', 'desk'].map((position) => `${owner}-${position}`) : [owner];

const exists = (directory: Directory, owner: string, at: Instant): boolean =>
  isUnit(owner) ? directory.hasUnit(owner, at) : directory.hasSeat(owner, at);

const isHeld = (directory: Directory, owner: string, at: Instant): boolean =>
  seatsOf(owner).some((seat) => directory.holderOf(seat, at) !== undefined);
