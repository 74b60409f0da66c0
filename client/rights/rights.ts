/**
 * Who may read a case: those who take part in it, those who supervise it, those who audit. One table. Who may do an act is
 * said by the machine of the procedure.
 */
import type { Instant, Refusal } from '../../workflows/runtime/workflow';
import type { Caller } from '../identity';
import type { Matter } from './matter';

export type Ground = 'awaited' | 'acted' | 'told' | 'own-unit' | 'in-line' | 'supervises' | 'audits';

/** The seat by which it may be read and why: both belong in the log of readings. */
export type MayRead = { ok: { seat: string; ground: Ground } } | { refused: Refusal };

/** What a caller may list: everything, or what concerns one of these seats, units and functions. */
export type ReadingScope = { all: true } | { all: false; for: readonly string[] };

export interface RightsDirectory {
  readonly units: readonly { id: string }[];
  seat(id: string): { id: string; unit?: string } | undefined;
  seatOf(recipient: string, at: Instant): string | undefined;
  /** The vice mayor in charge of a unit. */
  vmcOf(unit: string, at: Instant): string | undefined;
  /** Units that went into this one: their matters are its own. */
  predecessorsOf?(unit: string, at: Instant): readonly string[];
}

/** What rights rest on, besides the caller. */
export interface Standing {
  directory: RightsDirectory;
  /** Seats that audit, from the identities file. */
  auditors: readonly string[];
  at: Instant;
}

interface Reader extends Standing {
  id: string;
  unit: string | undefined;
}

/** The Office and the Supervision Office. */
const OFFICES = ['X1', 'X2'];
/** Over every unit's line: the mayor, the secretary-general, and whoever is executive vice mayor. */
const OVER_ALL = ['mayor', 'sg', 'evm'];

/** The first row that holds is the ground. */
const table: { ground: Ground; holds: (reader: Reader, matter: Matter) => boolean }[] = [
  { ground: 'awaited', holds: (reader, { awaited }) => isAmong(reader, awaited) },
  { ground: 'acted', holds: (reader, { acted }) => isAmong(reader, acted) || worksBeside(reader, acted) },
  { ground: 'told', holds: (reader, { told }) => isAmong(reader, told) || worksBeside(reader, told) },
  { ground: 'own-unit', holds: (reader, { units }) => ownUnits(reader).some((unit) => units.includes(unit)) },
  {
    ground: 'in-line',
    holds: (reader, { leaders, units }) => isAmong(reader, leaders) || units.some((unit) => leads(reader, unit)),
  },
  { ground: 'supervises', holds: (reader) => supervises(reader) },
  { ground: 'audits', holds: ({ id, auditors }) => auditors.includes(id) },
];

/** Whether a caller may read a case, by any of his seats. A system reads only cases of its own procedures. */
export function mayRead(caller: Caller, matter: Matter, standing: Standing): MayRead {
  if (caller.kind === 'system' && !caller.procedures.includes(matter.procedure)) return refusedTo(matter);
  for (const reader of readers(caller, standing)) {
    const row = table.find(({ holds }) => holds(reader, matter));
    if (row) return { ok: { seat: reader.id, ground: row.ground } };
  }
  return refusedTo(matter);
}

/** What lists and searches of a caller are limited to. */
export function readingScope(caller: Caller, standing: Standing): ReadingScope {
  const all = readers(caller, standing);
  if (all.some((reader) => supervises(reader) || standing.auditors.includes(reader.id))) return { all: true };
  const { directory } = standing;
  const led = all.flatMap((reader) => directory.units.filter(({ id }) => leads(reader, id)).map(({ id }) => id));
  return { all: false, for: [...new Set([...all.flatMap((reader) => [reader.id, ...ownUnits(reader)]), ...led])] };
}

function refusedTo({ case: caseId }: Matter): { refused: Refusal } {
  return { refused: { code: 'reading-refused', params: { case: caseId }, entitled: OFFICES } };
}

function readers(caller: Caller, standing: Standing): Reader[] {
  const seats = caller.kind === 'system' ? [caller.seat] : caller.seats;
  return seats.map((id) => ({ ...standing, id, unit: standing.directory.seat(id)?.unit }));
}

/** Its unit, and those that went into it. */
function ownUnits({ unit, directory, at }: Reader): string[] {
  return unit === undefined ? [] : [unit, ...(directory.predecessorsOf?.(unit, at) ?? [])];
}

/** By its own name, its unit's, or that of a function it has now. */
function isAmong({ id, unit, directory, at }: Reader, named: readonly string[]): boolean {
  return named.some((name) => name === id || name === unit || directory.seatOf(name, at) === id);
}

/** What one seat of a unit did or was told, the others of the unit may know. */
function worksBeside(reader: Reader, seats: readonly string[]): boolean {
  const own = ownUnits(reader);
  return seats.some((seat) => own.includes(reader.directory.seat(seat)?.unit ?? ''));
}

function leads({ id, directory, at }: Reader, unit: string): boolean {
  return directory.vmcOf(unit, at) === id;
}

function supervises(reader: Reader): boolean {
  return (reader.unit !== undefined && OFFICES.includes(reader.unit)) || isAmong(reader, OVER_ALL);
}
