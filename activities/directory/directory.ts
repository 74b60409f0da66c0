/** Who holds which seat when, which units there are, and who is meant by a function. Read-only. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { DateText, Instant } from '../../workflows/law';
import type { Content } from './content';
import type { Mark } from './overlay';
import { inForce, type Period } from './period';
import { type FunctionName, functionNames, UNASSIGNED, type UnitKind } from './schema';
import { type Names, type Seat, seatsOfUnit } from './seats';

/** Simplified or Traditional. */
export type Script = 'hans' | 'hant';

export interface Unit extends Names, Period {
  id: string;
  kind: UnitKind;
  shortZh: string;
  shortHant: string;
  /** Why the rules apply to a unit that is no working department. */
  legalScope?: { article: number; basis: 'stated' | 'derived' } | undefined;
  source: string;
}

export interface Person extends Names {
  id: string;
  /** The name is not certain as printed. */
  nameUncertain?: boolean | undefined;
  active: boolean;
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

export class Directory {
  /** `<name>@<digest of the content>`; with the kind of the overlay where there is one. */
  readonly version: string;
  /** Present where assumptions were added: whatever comes of such a directory is shown with it. */
  readonly mark: Mark | undefined;
  readonly #content: Content;
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #seats: ReadonlyMap<string, Seat>;
  readonly #persons: ReadonlyMap<string, Person>;
  readonly #holdings: ReadonlyMap<string, Holding[]>;

  /** For content without contradictions; made by `loadDirectory`. */
  constructor(content: Content, mark?: Mark) {
    this.#content = content;
    this.mark = mark;
    this.#units = byId(content.units.map(({ where: _, ...unit }) => unit));
    this.#seats = byId([...content.seats.map(({ where: _, ...seat }) => seat), ...content.units.flatMap(seatsOfUnit)]);
    this.#persons = byId(content.persons.map(({ where: _, ...person }) => person));
    this.#holdings = holdingsOf(content, this.#persons);
    this.version = `${content.name}${mark ? `+${mark.kind}` : ''}@${digestOf(content)}`;
  }

  get units(): Unit[] {
    return [...this.#units.values()];
  }

  /** Leaders in the order of the files, then every unit's head, deputy and desk. */
  get seats(): Seat[] {
    return [...this.#seats.values()];
  }

  get persons(): Person[] {
    return [...this.#persons.values()];
  }

  unit(id: string): Unit | undefined {
    return this.#units.get(id);
  }

  seat(id: string): Seat | undefined {
    return this.#seats.get(id);
  }

  person(id: string): Person | undefined {
    return this.#persons.get(id);
  }

  /** All holders a seat has had or will have, in the order of the files. */
  holdingsOf(seat: string): readonly Holding[] {
    return this.#holdings.get(seat) ?? [];
  }

  /** Who holds a seat at an instant; undefined when it is unassigned then, or its unit does not exist then. */
  holderOf(seat: string, at: Instant): Holding | undefined {
    if (!this.#existsAt(seat, at)) return undefined;
    return this.holdingsOf(seat).find((holding) => inForce(holding, at));
  }

  /**
   * The seat a recipient means at an instant: a seat id itself, a function (`evm`), or `vmc:<unit>`, the vice mayor in
   * charge of a unit. Undefined when there is no such seat or the function is unassigned.
   */
  seatOf(recipient: string, at: Instant): string | undefined {
    if (isFunction(recipient)) return this.#assigned(recipient, at);
    if (recipient.startsWith('vmc:')) return this.vmcOf(recipient.slice('vmc:'.length), at);
    return this.#existsAt(recipient, at) ? recipient : undefined;
  }

  /** The seat of the vice mayor in charge of a unit; undefined where no portfolio says so. */
  vmcOf(unit: string, at: Instant): string | undefined {
    return this.#content.portfolios.find((p) => p.units.includes(unit) && inForce(p, at))?.seat;
  }

  /** The vice mayors' seats in order of appointment; undefined where it is not known. */
  appointmentOrder(at: Instant): readonly string[] | undefined {
    return this.#content.appointmentOrder.find((entry) => inForce(entry, at))?.order;
  }

  /** What a seat, unit or function is called; the id itself where nothing has it. */
  nameOf(id: string, script: Script): string {
    const unit = this.#units.get(id);
    if (unit) return script === 'hans' ? unit.shortZh : unit.shortHant;
    const seat = this.#seats.get(id);
    if (seat) return script === 'hans' ? seat.nameZh : seat.nameHant;
    return isFunction(id) ? functionTitles[id][script] : id;
  }

  #assigned(name: FunctionName, at: Instant): string | undefined {
    const assigned = this.#content.functions.filter((entry) => entry.seat !== UNASSIGNED);
    return assigned.find((entry) => entry.function === name && inForce(entry, at))?.seat;
  }

  #existsAt(seatId: string, at: Instant): boolean {
    const seat = this.#seats.get(seatId);
    if (!seat) return false;
    const unit = seat.unit === undefined ? undefined : this.#units.get(seat.unit);
    return unit === undefined || inForce(unit, at);
  }
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

/** Of what the content says, not of where it was written: a comment or a moved line changes nothing. */
function digestOf(content: Content): string {
  const said = JSON.stringify(content, (key, value) => (key === 'where' ? undefined : value));
  return bytesToHex(sha256(utf8ToBytes(canonicalize(JSON.parse(said)) ?? ''))).slice(0, 12);
}
