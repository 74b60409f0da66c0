/** Whom an issuer's subjects stand for, who works at which desk, which systems may do what, who audits. */
import type { Directory } from '../../activities/directory';
import { dateOf } from '../../workflows/law';
import type { Instant } from '../../workflows/runtime/workflow';

/** A department's system, as the operator entered it. */
export interface SystemEntry {
  id: string;
  client?: string;
  subject?: string;
  unit: string;
  seat: string;
  procedures: readonly string[];
  acts: readonly string[];
  /** Of its webhooks; none where it sends none. */
  secrets: readonly string[];
}

/** The days on which somebody works at a desk, both included. */
export interface Staffing {
  seat: string;
  person: string;
  from?: string | undefined;
  to?: string | undefined;
}

/** What the file says of persons. */
export interface Entered {
  /** Subjects of the issuer and whom they stand for. */
  people: readonly { subject: string; person: string }[];
  staff: readonly Staffing[];
  auditors: readonly string[];
}

interface Known {
  directory: Directory;
  auditors: readonly string[];
  systems: readonly SystemEntry[];
  subjects: ReadonlyMap<string, string>;
  staff: readonly Staffing[];
}

export class Identities {
  #known: Known;

  /** For content that was checked; made by `loadIdentities`. */
  constructor(directory: Directory, { people, staff, auditors }: Entered, systems: readonly SystemEntry[]) {
    const subjects = new Map(people.map(({ subject, person }) => [subject, person]));
    this.#known = { directory, auditors, systems, subjects, staff };
  }

  /** All that others know, from now on. */
  take(other: Identities): void {
    this.#known = other.#known;
  }

  get directory(): Directory {
    return this.#known.directory;
  }

  /** Seats whose holders may read every case. */
  get auditors(): readonly string[] {
    return this.#known.auditors;
  }

  get systems(): readonly SystemEntry[] {
    return this.#known.systems;
  }

  get #staff(): readonly Staffing[] {
    return this.#known.staff;
  }

  /** The person behind a subject of the issuer. */
  personOf(subject: string): string | undefined {
    return this.#known.subjects.get(subject);
  }

  system(id: string): SystemEntry | undefined {
    return this.systems.find((entry) => entry.id === id);
  }

  /** The seats a person may act in at an instant: those held, then the desks staffed. */
  seatsOf(person: string, at: Instant): string[] {
    const held = this.directory.seats.filter(({ id }) => this.#holds(person, id, at)).map(({ id }) => id);
    const staffed = this.#staff
      .filter((entry) => entry.person === person && inForce(entry, at))
      .map(({ seat }) => seat);
    return [...new Set([...held, ...staffed])];
  }

  /** Whether a person may act in a seat at an instant. */
  mayActIn(person: string, seat: string, at: Instant): boolean {
    if (this.#holds(person, seat, at)) return true;
    return this.#staff.some((entry) => entry.person === person && entry.seat === seat && inForce(entry, at));
  }

  /** When a person held or staffed a seat, or will. */
  periodsOf(person: string, seat: string): { from?: string | undefined; to?: string | undefined }[] {
    const held = this.directory.holdingsOf(seat).filter((holding) => holding.person.id === person);
    const staffed = this.#staff.filter((entry) => entry.person === person && entry.seat === seat);
    return [...held, ...staffed].map(({ from, to }) => ({ from, to }));
  }

  #holds(person: string, seat: string, at: Instant): boolean {
    return this.directory.holderOf(seat, at)?.person.id === person;
  }
}

/** A site without a file knows nobody by subject, staffs no desk beyond its holder, and has no systems and no auditors. */
export function noIdentities(directory: Directory): Identities {
  return new Identities(directory, { people: [], staff: [], auditors: [] }, []);
}

function inForce({ from, to }: Staffing, at: Instant): boolean {
  const today = dateOf(at);
  return (from === undefined || from <= today) && (to === undefined || today <= to);
}
