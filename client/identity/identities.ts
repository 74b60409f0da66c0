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

export class Identities {
  /** Seats whose holders may read every case. */
  readonly auditors: readonly string[];
  readonly systems: readonly SystemEntry[];
  readonly #subjects: ReadonlyMap<string, string>;
  readonly #staff: readonly Staffing[];

  /** For content that was checked; made by `loadIdentities`. */
  constructor(
    readonly directory: Directory,
    { people, staff, auditors }: Entered,
    systems: readonly SystemEntry[],
  ) {
    this.auditors = auditors;
    this.systems = systems;
    this.#subjects = new Map(people.map(({ subject, person }) => [subject, person]));
    this.#staff = staff;
  }

  /** The person behind a subject of the issuer. */
  personOf(subject: string): string | undefined {
    return this.#subjects.get(subject);
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
