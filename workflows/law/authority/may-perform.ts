/** Who may do an act at a moment: a cell of the matrix, with its places found. One function for stamps, cases and pages. */
import type { Citation } from '../citation';
import { type Cell, type Holder, type Place, type Row, rowOf } from './matrix';
import { type AuthoritySettings, shippedSettings } from './settings';
import { type Column, type Entrustment, running, type Standing } from './standing';

export type ActingBasis = 'own' | 'entrusted' | 'acting';

/** Seats of places that only the matter knows: its vice mayor in charge, who chaired it, who decided it. */
export type Places = { readonly [P in Place]?: string | readonly string[] | undefined };

export interface Moment {
  /** Absent while no term is open: then everybody is taken to be here. */
  standing?: Standing | undefined;
  at: number;
  /** The kind of the act, where the row tells several apart. */
  variant?: string | undefined;
  places?: Places | undefined;
  settings?: AuthoritySettings | undefined;
  /** Of a task: which entrustments are for this matter. All, where nothing is said. */
  isFor?: ((entrustment: Entrustment) => boolean) | undefined;
}

export interface Asked extends Moment {
  seat: string;
  unit?: string | undefined;
}

/** A place with the seats it is at this moment. */
export interface Found {
  place: Place;
  seats: string[];
  /** Holder though away. */
  remote: boolean;
}

export interface Holders {
  column: Column;
  need: 'any' | 'all';
  found: Found[];
  /** Nobody may: the act waits. */
  waits: boolean;
  cite: Citation;
}

export type May =
  | { may: true; place: Place; basis: ActingBasis; entrustment?: string; remote: boolean; need: 'any' | 'all' }
  | ({ may: false } & Pick<Holders, 'column' | 'waits' | 'cite'> & { seats: string[] });

/** Rows that, with a ranked vice mayor presiding while the other is back unentrusted, read as with both away. */
const RANKED_ROWS: readonly number[] = [1, 6, 20];

/** The column that counts for a row: between the columns, rows differ (spec 3.2). */
export function columnOf(row: number, standing: Standing | undefined): Column {
  if (!standing) return 'A';
  const { state, evm, away, column } = standing;
  const isEvmHere = evm !== undefined && !away.includes(evm);
  if (state === 'ranked-vm-presiding' && isEvmHere) return RANKED_ROWS.includes(row) ? 'C' : 'B';
  return column;
}

/** Who holds an act now. @throws RangeError for a row or variant that the matrix does not have */
export function holders(number: number, moment: Moment): Holders {
  const row = rowOf(number);
  const column = columnOf(number, moment.standing);
  const { need, holders: named } = read(cellOf(row, moment, column), moment);
  const found = named.map((holder) => placed(holder, moment));
  const present = found.map((one) => ({ ...one, seats: one.seats.filter((seat) => isThere(row, one, seat, moment)) }));
  const standing = present.filter(({ seats }) => seats.length > 0);
  const waits = standing.length === 0 || (need === 'all' && standing.length < named.length);
  return { column, need, found: standing, waits, cite: row.cite };
}

/** The seats that may do it now, for the owners of an act. */
export function seatsFor(number: number, moment: Moment): string[] {
  return [...new Set(holders(number, moment).found.flatMap(({ seats }) => seats))];
}

/** Whether a seat may do an act now, and on what it rests; if not, who may. */
export function mayPerform(number: number, { seat, unit, ...moment }: Asked): May {
  const { column, need, found, waits, cite } = holders(number, moment);
  const mine = found.filter(({ seats }) => seats.some((one) => one === seat || one === unit));
  const best = mine.sort((one, other) => rank(one.place) - rank(other.place))[0];
  if (!best) return { may: false, column, waits, cite, seats: [...new Set(found.flatMap(({ seats }) => seats))] };
  const { place, remote } = best;
  const entrustment = entrustmentOf(place, seat, moment);
  const basis = basisOfPlace(place);
  return { may: true, place, basis, remote, need, ...(entrustment ? { entrustment: entrustment.id } : {}) };
}

/** The variants a row tells apart, the usual one first and without a name. */
export const variantsOf = (number: number): (string | undefined)[] => [
  undefined,
  ...Object.keys(rowOf(number).variants),
];

function cellOf({ columns, variants, row }: Row, { variant }: Moment, column: Column): Cell {
  if (variant === undefined) return columns[column];
  const special = variants[variant];
  if (!special) throw new RangeError(`row ${row} has no kind '${variant}'; it has ${Object.keys(variants).join(', ')}`);
  return special[column];
}

const read = (cell: Cell, { settings = shippedSettings }: Moment) =>
  typeof cell === 'function' ? cell(settings) : cell;

/** From afar papers are signed and consents given; nobody presides or chairs from there. */
function isRemoteAllowed({ manner }: Row, { settings = shippedSettings }: Moment): boolean {
  if (manner === 'presiding') return false;
  if (manner === 'chairing') return settings.remoteActs.chairing;
  return settings.remoteActs[manner === 'signature' ? 'signature' : 'consent'];
}

function placed({ place, remote }: Holder, moment: Moment): Found {
  const seats = seatsOf(place, moment);
  const away = moment.standing?.away ?? [];
  return { place, seats, remote: remote === true && seats.some((one) => away.includes(one)) };
}

/** A meeting is chaired in the room, the government presided over from the city; else somebody away may, if remote acts may. */
function isThere(row: Row, { remote }: Found, seat: string, moment: Moment): boolean {
  if (!moment.standing?.away.includes(seat)) return true;
  if (remote) return isRemoteAllowed(row, moment);
  return row.manner !== 'chairing' && row.manner !== 'presiding';
}

const FIXED: Places = {
  sg: 'sg',
  office: 'X1',
  'supervision-office': 'X2',
  justice: 'D06-head',
  'party-secretary': 'party-secretary',
  'pg-secretary': 'pg-secretary',
};

function seatsOf(place: Place, moment: Moment): string[] {
  const { places } = moment;
  const given = places?.[place] ?? fromStanding(place, moment) ?? FIXED[place] ?? [];
  return typeof given === 'string' ? [given] : [...given];
}

function fromStanding(place: Place, moment: Moment): string | readonly string[] | undefined {
  const { standing, places } = moment;
  switch (place) {
    case 'mayor':
      return standing ? (standing.mayor ?? []) : 'mayor';
    case 'evm':
      return standing ? (standing.evm ?? []) : 'evm';
    case 'vm':
      return standing?.order ?? [];
    case 'presider':
      return standing?.presider === standing?.mayor ? [] : (standing?.presider ?? []);
    case 'evm-entrusted':
    case 'pg-deputy-entrusted':
    case 'dsg-entrusted':
    case 'vm-entrusted':
      return given(place, moment).map(({ receiver }) => receiver);
    case 'evm-chaired':
      return chaired(standing?.evm ?? 'evm', places?.chair);
    default:
      return undefined;
  }
}

const chaired = (evm: string, chair: string | readonly string[] | undefined): string[] =>
  [chair ?? []].flat().includes(evm) ? [evm] : [];

/** The running entrustments that make a place. */
function given(place: Place, { standing, at, isFor = () => true, settings = shippedSettings }: Moment): Entrustment[] {
  if (!standing) return [];
  const all = running(standing.entrustments, at);
  const of = (act: Entrustment['act']) => all.filter((one) => one.act === act);
  switch (place) {
    case 'evm-entrusted': {
      const presides = settings['standing.presidingEntrustmentSuffices'] && standing.state === 'evm-presiding';
      return [...of('chair-standing'), ...(presides ? of('preside') : [])].filter(
        ({ receiver }) => receiver === standing.evm,
      );
    }
    case 'pg-deputy-entrusted':
      return of('chair-party-group');
    case 'dsg-entrusted':
      return of('hold-special').filter(isFor);
    case 'vm-entrusted':
      return of('task').filter(isFor);
    default:
      return [];
  }
}

const entrustmentOf = (place: Place, seat: string, moment: Moment): Entrustment | undefined =>
  given(place, moment).find(({ receiver }) => receiver === seat);

const ENTRUSTED: readonly Place[] = ['evm-entrusted', 'pg-deputy-entrusted', 'dsg-entrusted', 'vm-entrusted'];

function basisOfPlace(place: Place): ActingBasis {
  if (place === 'presider') return 'acting';
  return ENTRUSTED.includes(place) ? 'entrusted' : 'own';
}

const BASES: readonly ActingBasis[] = ['own', 'entrusted', 'acting'];
const rank = (place: Place): number => BASES.indexOf(basisOfPlace(place));

/** Whether a place stands in any cell of a row. */
export function namesPlace(number: number, place: Place, settings = shippedSettings): boolean {
  const { columns, variants } = rowOf(number);
  const cells = [columns, ...Object.values(variants)].flatMap((each) => Object.values(each));
  return cells.some((cell) =>
    (typeof cell === 'function' ? cell(settings) : cell).holders.some((one) => one.place === place),
  );
}

/**
 * On what a seat rests when it does an act of a row: its own office, an entrustment, or presiding in the mayor's place. What
 * only the matter knows is not asked here; the case judges whether the seat may at all.
 */
export function basisOf(
  row: number | undefined,
  seat: string,
  standing: Standing | undefined,
  at: number,
): { basis: ActingBasis; entrustment?: string } {
  if (row === undefined || !standing) return { basis: 'own' };
  for (const variant of variantsOf(row)) {
    const may = mayPerform(row, { seat, standing, at, variant });
    if (!may.may) continue;
    return { basis: may.basis, ...(may.entrustment === undefined ? {} : { entrustment: may.entrustment }) };
  }
  return { basis: 'own' };
}
