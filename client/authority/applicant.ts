/** Who somebody is by article 71: whom his leave asks, and with whom he is generally not to be away. */
import type { Instant } from '../../workflows/law/machine';
import type { ApplicantFact } from '../../workflows/procedures/kit';

export interface ApplicantDirectory {
  seat(id: string): { kind: string; unit?: string } | undefined;
  unit(id: string): { kind: string } | undefined;
  seatsOf(person: string, at: Instant): string[];
  groupsOf(person: string, at: Instant, affiliated?: boolean): ('A' | 'B' | 'C')[];
  memberDepartments(at: Instant): string[];
  seatOf(recipient: string, at: Instant): string | undefined;
  vmcOf(unitOrSubject: string, at: Instant): string | undefined;
}

interface Known {
  directory: ApplicantDirectory;
  at: Instant;
  /** By P01; by the directory where no term is open. */
  evm: string | undefined;
  inCharge: (unit: string) => string | undefined;
}

type Unit = ApplicantFact['units'][number];

/** Undefined for somebody without a seat. */
export function applicantOf(person: string, known: Known): ApplicantFact | undefined {
  const { directory, at } = known;
  const seats = directory.seatsOf(person, at);
  if (seats.length === 0) return undefined;
  const units = seats.flatMap((id) => headed(id, known));
  return { person, seats, groups: directory.groupsOf(person, at, false), units, notWith: notWith(seats, known) };
}

/** A unit headed that article 71 names, or 74 adds. */
function headed(id: string, { directory, at, inCharge }: Known): Unit[] {
  const { kind, unit } = directory.seat(id) ?? {};
  if (kind !== 'unit-head' || unit === undefined) return [];
  const of = directory.unit(unit)?.kind;
  const affiliated = of === 'agency' || of === 'institution';
  if (!affiliated && of !== 'county' && !directory.memberDepartments(at).includes(unit)) return [];
  const vmc = inCharge(unit);
  return [{ unit, ...(vmc === undefined ? {} : { vmc }), ...(affiliated ? { affiliated } : {}) }];
}

function notWith(seats: readonly string[], { directory, at, evm = directory.seatOf('evm', at) }: Known): string[] {
  if (evm === undefined) return [];
  if (seats.includes('mayor')) return [evm];
  return seats.includes(evm) ? ['mayor'] : [];
}
