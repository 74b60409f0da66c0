/**
 * Who holds which seat when, which units there are, and who is meant by a function. Every question that depends on time
 * takes an instant. Read-only to those who ask; a reload replaces all of it at once.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { DateText, Instant } from '../../workflows/law';
import { type Content, type Said, saidBy } from './content';
import { isMemberByKind, standingObservers } from './known';
import { orderOf } from './order';
import type { Mark } from './overlay';
import { inForce, type Period } from './period';
import { type DeskLabel, type FunctionName, functionNames, UNASSIGNED, type UnitKind } from './schema';
import { headOfUnit, type Names, type Seat, seatsOfUnit } from './seats';
import { type Reorganisation, Reorganisations } from './successors';

/** Simplified or Traditional. */
export type Script = 'hans' | 'hant';

export interface Unit extends Names, Period {
  id: string;
  kind: UnitKind;
  shortZh: string;
  shortHant: string;
  /** Why the rules apply to a unit that is no working department. */
  legalScope?: { article: number; basis: 'stated' | 'derived' } | undefined;
  isMemberDepartment?: boolean | undefined;
  under?: string | undefined;
  source: string;
}

export interface Person extends Names {
  id: string;
  /** The name is not certain as printed. */
  nameUncertain?: boolean | undefined;
  active: boolean;
  cpc?: boolean | undefined;
  /** A stand-in of a drill or demonstration, not a person of the city. */
  assumption?: true;
}

export interface Holding {
  seat: string;
  person: Person;
  /** First and last day, both included; open where left out. */
  from?: DateText | undefined;
  to?: DateText | undefined;
  source: string;
  assumption?: true;
}

/** Somebody in office, with the seats that make him a member. */
export interface Member {
  person: Person;
  seats: string[];
}

/** Meetings whose members the rules name. */
export type Body = 'standing' | 'party-group' | 'plenary';

/** All departments alike unless the files say otherwise of one, or only those the files flag. */
export type MemberSet = 'all' | 'flagged';

/** Whom a person asks for leave (spec 3.4): A the mayor, B vice mayors and the secretary-general, C heads of units. */
export type LeaveGroup = 'A' | 'B' | 'C';

/** Whoever takes the step of the vice mayor in charge. */
export interface InCharge {
  seat: string;
  /** No vice mayor is in charge: the files say that it stands directly under the mayor (5.38). */
  mayorDirect: boolean;
}

interface State {
  version: string;
  mark: Mark | undefined;
  content: Content;
  units: ReadonlyMap<string, Unit>;
  seats: ReadonlyMap<string, Seat>;
  persons: ReadonlyMap<string, Person>;
  holdings: ReadonlyMap<string, Holding[]>;
  reorganisations: Reorganisations;
}

const bodyKinds = {
  standing: ['mayor', 'vm', 'sg'],
  'party-group': ['pg-secretary', 'pg-deputy', 'pg-member'],
  plenary: ['mayor', 'vm', 'sg'],
} as const;

export class Directory {
  #state: State;

  /** For content without contradictions; made by `loadDirectory`. */
  constructor(content: Content, mark?: Mark) {
    this.#state = stateOf(content, mark);
  }

  /** All of another one's content from now on: whoever asks has either the old or the new, never a mixture. */
  take(other: Directory): void {
    this.#state = other.#state;
  }

  /** `<name>@<digest of the content>`; with the kind of the overlay where there is one. */
  get version(): string {
    return this.#state.version;
  }

  /** Present where assumptions were added: whatever comes of such a directory is shown with it. */
  get mark(): Mark | undefined {
    return this.#state.mark;
  }

  get units(): Unit[] {
    return [...this.#state.units.values()];
  }

  /** Leaders in the order of the files, then every unit's head, deputy and desk. */
  get seats(): Seat[] {
    return [...this.#state.seats.values()];
  }

  get persons(): Person[] {
    return [...this.#state.persons.values()];
  }

  /** What the files say, in their order. */
  get said(): Said {
    return saidBy(this.#state.content);
  }

  unit(id: string): Unit | undefined {
    return this.#state.units.get(id);
  }

  seat(id: string): Seat | undefined {
    return this.#state.seats.get(id);
  }

  person(id: string): Person | undefined {
    return this.#state.persons.get(id);
  }

  /** Whether a seat exists at an instant: those of a unit do while the unit does. */
  hasSeat(id: string, at: Instant): boolean {
    const seat = this.seat(id);
    return seat !== undefined && (seat.unit === undefined || this.hasUnit(seat.unit, at));
  }

  hasUnit(id: string, at: Instant): boolean {
    const unit = this.unit(id);
    return unit !== undefined && inForce(unit, at);
  }

  // ---- who holds what ------------------------------------------------------------------------------------------

  /** All holders a seat has had or will have, in the order of the files. */
  holdingsOf(seat: string): readonly Holding[] {
    return this.#state.holdings.get(seat) ?? [];
  }

  /** Who holds a seat at an instant; undefined when it is unassigned then, or its unit does not exist then. */
  holderOf(seat: string, at: Instant): Holding | undefined {
    if (!this.hasSeat(seat, at)) return undefined;
    return this.holdingsOf(seat).find((holding) => inForce(holding, at));
  }

  /** The holders of a seat by their days, whoever came first. */
  historyOf(seat: string): Holding[] {
    const begins = ({ from = '' }: Holding) => from;
    return [...this.holdingsOf(seat)].sort((a, b) => (begins(a) < begins(b) ? -1 : begins(a) > begins(b) ? 1 : 0));
  }

  /** The seats a person holds at an instant. */
  seatsOf(person: string, at: Instant): string[] {
    return this.seats.filter(({ id }) => this.holderOf(id, at)?.person.id === person).map(({ id }) => id);
  }

  /** The principal of a unit (UH), where one is known. */
  headOf(unit: string, at: Instant): Holding | undefined {
    return this.holderOf(headOfUnit(unit), at);
  }

  // ---- who is meant --------------------------------------------------------------------------------------------

  /**
   * The seat a recipient means at an instant: a seat id itself, a function (`evm`), or `vmc:<unit or field>`, whoever takes
   * the step of the vice mayor in charge. A seat of a unit that went into one other means that one's. Undefined when there
   * is no such seat, the function is unassigned, or the unit was split: which of the new ones is meant says a person.
   */
  seatOf(recipient: string, at: Instant): string | undefined {
    if (isFunction(recipient)) return this.#assigned(recipient, at);
    if (recipient.startsWith('vmc:')) return this.inCharge(recipient.slice('vmc:'.length), at)?.seat;
    if (this.hasSeat(recipient, at)) return recipient;
    return this.#state.reorganisations.seatNow(recipient, at, (seat) => this.hasSeat(seat, at));
  }

  /** The seat of the vice mayor in charge of a unit or field; undefined where no portfolio says so. */
  vmcOf(unitOrSubject: string, at: Instant): string | undefined {
    const found = this.inCharge(unitOrSubject, at);
    return found?.mayorDirect ? undefined : found?.seat;
  }

  /** As {@link vmcOf}; the mayor, where the files put a unit or field directly under the mayor. */
  inCharge(unitOrSubject: string, at: Instant): InCharge | undefined {
    const now = this.#state.reorganisations.unitNow(unitOrSubject, at);
    const found = this.#state.content.portfolios.find(
      (p) => inForce(p, at) && (p.units.includes(now) || p.subjects?.includes(now)),
    );
    return found && { seat: found.seat, mayorDirect: found.seat === 'mayor' };
  }

  /** The seat of the deputy secretary-general who answers for a unit or field, under 归口 or 分管. */
  dsgOf(unitOrSubject: string, label: DeskLabel, at: Instant): string | undefined {
    const now = this.#state.reorganisations.unitNow(unitOrSubject, at);
    return this.#state.content.desks.find(
      (desk) =>
        inForce(desk, at) &&
        (desk.unit === now || desk.subject === now) &&
        (desk.label === undefined || desk.label === label),
    )?.seat;
  }

  /** The vice mayors' seats in order of appointment; undefined where it is not known. */
  appointmentOrder(at: Instant): readonly string[] | undefined {
    const found = this.#state.content.appointmentOrder.find((entry) => inForce(entry, at));
    return found && orderOf(found);
  }

  // ---- who belongs to what -------------------------------------------------------------------------------------

  /**
   * The members of a meeting in office at an instant, each person once: the denominator of spec 3.6. Vacant seats do not
   * count, a candidate only in the Party group, and there by a seat of its own. Empty: nobody is known to be one, and what
   * needs them is refused.
   */
  members(body: Body, at: Instant, set: MemberSet = 'all'): Member[] {
    const kinds: readonly string[] = bodyKinds[body];
    const seats = this.seats.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
    const heads = body === 'plenary' ? this.memberDepartments(at, set).map(headOfUnit) : [];
    const members = new Map<string, Member>();
    for (const seat of [...seats, ...heads]) {
      const person = this.holderOf(seat, at)?.person;
      if (!person) continue;
      const member = members.get(person.id) ?? { person, seats: [] };
      member.seats.push(seat);
      members.set(person.id, member);
    }
    return [...members.values()];
  }

  /** Units whose heads belong to the government (article 4, 5.34), as `units.memberSet` has it. */
  memberDepartments(at: Instant, set: MemberSet = 'all'): string[] {
    const units = this.units.filter((unit) => inForce(unit, at));
    const isMember = (unit: Unit) => unit.isMemberDepartment ?? (set === 'all' && isMemberByKind(unit));
    return units.filter(isMember).map(({ id }) => id);
  }

  /**
   * Seats that attend every standing meeting without being members (article 44): by the files where they name any, else the
   * deputy secretaries-general and the heads the article names. With the holder, where one is known.
   */
  fixedAttendees(at: Instant): { seat: string; holder: Holding | undefined }[] {
    const { attendees } = this.#state.content;
    const named = attendees.filter((entry) => inForce(entry, at)).map(({ seat }) => seat);
    const dsgs = this.seats.filter(({ kind }) => kind === 'dsg').map(({ id }) => id);
    const seats =
      attendees.length > 0 ? named : [...dsgs, ...standingObservers.filter((seat) => this.hasSeat(seat, at))];
    return seats.map((seat) => ({ seat, holder: this.holderOf(seat, at) }));
  }

  /**
   * By which rows of spec 3.4 a person asks for leave; several, where seats of several are held.
   *
   * @param affiliated whether article 74 puts the heads of agencies and institutions beside those of departments
   */
  groupsOf(person: string, at: Instant, affiliated = true, set: MemberSet = 'all'): LeaveGroup[] {
    const groups = this.seatsOf(person, at).map((id) => this.#groupOf(id, at, { affiliated, set }));
    return (['A', 'B', 'C'] as const).filter((group) => groups.includes(group));
  }

  #groupOf(
    id: string,
    at: Instant,
    { affiliated, set }: { affiliated: boolean; set: MemberSet },
  ): LeaveGroup | undefined {
    const { kind, unit: unitId } = this.seat(id)!;
    if (kind === 'mayor') return 'A';
    if (kind === 'vm' || kind === 'sg') return 'B';
    const unit = kind === 'unit-head' && unitId !== undefined ? this.unit(unitId) : undefined;
    if (!unit) return undefined;
    const isAffiliated = unit.kind === 'agency' || unit.kind === 'institution';
    const asks =
      unit.kind === 'county' || (affiliated && isAffiliated) || this.memberDepartments(at, set).includes(unit.id);
    return asks ? 'C' : undefined;
  }

  // ---- units over time -----------------------------------------------------------------------------------------

  get reorganisations(): readonly Reorganisation[] {
    return this.#state.reorganisations.all;
  }

  /** The units that have a unit's work at an instant: itself, one other, or several after a split. */
  successorsOf(unit: string, at: Instant): string[] {
    return this.#state.reorganisations.successorsOf(unit, at);
  }

  /** The units that wholly went into this one by an instant, those before them too. */
  predecessorsOf(unit: string, at: Instant): string[] {
    const ended = this.units.filter(({ id }) => id !== unit && !this.hasUnit(id, at)).map(({ id }) => id);
    return ended.filter((id) => this.#state.reorganisations.unitNow(id, at) === unit);
  }

  // ---- names ---------------------------------------------------------------------------------------------------

  /** What a seat, unit or function is called; the id itself where nothing has it. */
  nameOf(id: string, script: Script): string {
    const unit = this.unit(id);
    if (unit) return script === 'hans' ? unit.shortZh : unit.shortHant;
    const seat = this.seat(id);
    if (seat) return script === 'hans' ? seat.nameZh : seat.nameHant;
    return isFunction(id) ? functionTitles[id][script] : id;
  }

  #assigned(name: FunctionName, at: Instant): string | undefined {
    const assigned = this.#state.content.functions.filter((entry) => entry.seat !== UNASSIGNED);
    return assigned.find((entry) => entry.function === name && inForce(entry, at))?.seat;
  }
}

function stateOf(content: Content, mark: Mark | undefined): State {
  const persons: ReadonlyMap<string, Person> = byId(content.persons.map(({ where: _, ...person }) => person));
  const listed = content.seats.map(
    ({ where: _, unit, ...seat }): Seat => (unit === undefined ? seat : { ...seat, unit }),
  );
  return {
    content,
    mark,
    version: `${content.name}${mark ? `+${mark.kind}` : ''}@${digestOf(content)}`,
    units: byId(content.units.map(({ where: _, ...unit }) => unit)),
    seats: byId([...listed, ...content.units.flatMap(seatsOfUnit)]),
    persons,
    holdings: holdingsOf(content, persons),
    reorganisations: new Reorganisations(content.reorganisations),
  };
}

const functionTitles: Record<FunctionName, Record<Script, string>> = {
  evm: { hans: '常务副市长', hant: '常務副市長' },
};

function isFunction(name: string): name is FunctionName {
  return (functionNames as readonly string[]).includes(name);
}

function byId<T extends { id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function holdingsOf(content: Content, persons: ReadonlyMap<string, Person>): Map<string, Holding[]> {
  const holdings = new Map<string, Holding[]>();
  for (const { where, person: id, ...entry } of content.holders) {
    const person = persons.get(id);
    if (!person) throw new Error(`${where}: content with contradictions: nobody has the id '${id}'`);
    holdings.set(entry.seat, [...(holdings.get(entry.seat) ?? []), { ...entry, person }]);
  }
  return holdings;
}

function digestOf(content: Content): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalize(saidBy(content)) ?? ''))).slice(0, 12);
}
