/** Who presides over government work (article 9; spec 3.1), as a pure function of who holds what and who is away. */
import { HOUR } from '../calendar/days';
import {
  type Absence,
  type Column,
  covers,
  type Entrustment,
  running,
  type Span,
  type StandingState,
} from './standing';

/** A vice mayor in the order of appointment. */
export type Ranked = { seat: string; person: string; rank: number; appointedOn?: string };

export interface Government {
  /** Persons in office by seat: the mayor's and the vice mayors'. A seat without a person is vacant. */
  holders: { readonly [seat: string]: string | undefined };
  /** Seat of the executive vice mayor; absent while nobody is. */
  evm?: string | undefined;
  order: readonly Ranked[];
  absences: readonly Absence[];
  entrustments: readonly Entrustment[];
}

export interface Readings {
  /** `absence.minHours` */
  minHours: number;
  /** `acting.onEvmReturn` */
  onEvmReturn: 'ranked-continues' | 'await-entrustment';
  /** `acting.onHigherReturn` */
  onHigherReturn: 'switch' | 'stay';
}

/** Why nobody presides where the text finds nobody. */
export type Reason = 'mayor-vacant' | 'order-missing' | 'nobody-here';

export type Presiding = {
  state: Exclude<StandingState, 'term-closed'>;
  presider?: string;
  reason?: Reason;
  /** A ranked vice mayor goes on although the executive one is back: an entrustment is awaited (9 c). */
  awaited?: true;
};

export const MAYOR = 'mayor';

/** Whether the holder of a seat is away: at least one absence of the person has begun and not ended. */
export function isAway(seat: string, { holders, absences }: Government, at: number, minHours: number): boolean {
  const person = holders[seat];
  return absences.some(
    (one) => one.person === person && one.state === 'open' && one.interval.from <= at && isLong(one.interval, minHours),
  );
}

/** Open-ended ones are long. */
function isLong({ from, to }: Span, minHours: number): boolean {
  return to === undefined || to - from >= minHours * HOUR;
}

/** `before`: what was decided last in this absence; it counts where somebody goes on. */
export function presider(government: Government, at: number, readings: Readings, before?: Presiding): Presiding {
  const { holders, evm, order, entrustments } = government;
  const away = (seat: string) => isAway(seat, government, at, readings.minHours);
  if (holders[MAYOR] === undefined) return { state: 'unresolved', reason: 'mayor-vacant' };
  if (!away(MAYOR)) return { state: 'mayor-presiding', presider: MAYOR };
  const isEvmHere = evm !== undefined && holders[evm] !== undefined && !away(evm);
  if (isEvmHere) {
    const isEntrusted = running(entrustments, at).some(({ act, receiver }) => act === 'preside' && receiver === evm);
    if (isEntrusted) return { state: 'evm-presiding', presider: evm };
    const goesOn = before?.state === 'ranked-vm-presiding' && readings.onEvmReturn === 'ranked-continues';
    const ranked = goesOn ? firstHere() : undefined;
    return ranked === undefined
      ? { state: 'awaiting-entrustment' }
      : { state: 'ranked-vm-presiding', presider: ranked, awaited: true };
  }
  if (order.length === 0) return { state: 'unresolved', reason: 'order-missing' };
  const first = firstHere();
  return first === undefined
    ? { state: 'unresolved', reason: 'nobody-here' }
    : { state: 'ranked-vm-presiding', presider: first };

  /** Exactly one: the first by the order who is in office and here. The executive vice mayor presides by entrustment only. */
  function firstHere(): string | undefined {
    const here = inOrder(order)
      .filter(({ seat, person }) => holders[seat] === person && !away(seat))
      .map(({ seat }) => seat)
      .filter((seat) => seat !== evm);
    const stays = readings.onHigherReturn === 'stay' && before?.state === 'ranked-vm-presiding';
    return stays && here.includes(before.presider!) ? before.presider : here[0];
  }
}

export const inOrder = (order: readonly Ranked[]): Ranked[] => [...order].sort((one, other) => one.rank - other.rank);

export type OrderFault =
  | { fault: 'gap' | 'tie' | 'twice' | 'missing' | 'against-dates'; seat?: string }
  | { fault: 'candidate' | 'not-in-office'; seat: string };

/** Vice mayors have seats of their own; candidates and members of the Party group have others (9, 44). */
export const isViceMayor = (seat: string): boolean => /^vm-\d+$/.test(seat);

/**
 * What is wrong with an order: it names every vice mayor in office once, ranked from 1 without gap or tie (9 d).
 * @param holders persons in office; left out where the order itself says who is
 */
export function orderFault(
  order: readonly Ranked[],
  at: string,
  holders?: Government['holders'],
): OrderFault | undefined {
  for (const { seat, person, appointedOn } of order) {
    if (!isViceMayor(seat) || (appointedOn !== undefined && appointedOn > at)) return { fault: 'candidate', seat };
    if (holders && holders[seat] !== person) return { fault: 'not-in-office', seat };
  }
  const once = (values: readonly string[]) => values.find((value, i) => values.indexOf(value) !== i);
  const twice =
    once(order.map(({ seat }) => seat)) ??
    order.find(({ person }, i) => order.findIndex((one) => one.person === person) !== i)?.seat;
  if (twice !== undefined) return { fault: 'twice', seat: twice };
  const ranks = order.map(({ rank }) => rank).sort((one, other) => one - other);
  if (new Set(ranks).size !== ranks.length) return { fault: 'tie' };
  if (ranks.some((rank, i) => rank !== i + 1)) return { fault: 'gap' };
  const missing = Object.keys(holders ?? {}).find(
    (seat) => isViceMayor(seat) && holders![seat] !== undefined && !order.some((one) => one.seat === seat),
  );
  if (missing !== undefined) return { fault: 'missing', seat: missing };
  const dates = inOrder(order).flatMap(({ appointedOn }) => appointedOn ?? []);
  return dates.some((date, i) => i > 0 && date < dates[i - 1]!) ? { fault: 'against-dates' } : undefined;
}

export type PlanSegment = Presiding & { from: number; to?: number };

/** Mayor and executive vice mayor are planned to be away: who presides when, if everybody goes and comes as planned. */
export function plan(government: Government, at: number, readings: Readings, now?: Presiding): PlanSegment[] {
  const { holders, evm, absences } = government;
  const leaders = [MAYOR, ...(evm === undefined ? [] : [evm])].map((seat) => holders[seat]);
  const isPlanned = ({ person, state }: Absence) => state !== 'open' && leaders.includes(person);
  if (!absences.some((one) => isPlanned(one) && (one.interval.to === undefined || one.interval.to > at))) return [];
  const instants = new Set([at, ...boundaries(government)].filter((instant) => instant >= at));
  const segments: PlanSegment[] = [];
  let before = now;
  for (const from of [...instants].sort((one, other) => one - other)) {
    const presiding = presider(
      { ...government, absences: absences.flatMap((one) => asPlanned(one, from, at)) },
      from,
      readings,
      before,
    );
    before = presiding;
    const last = segments.at(-1);
    if (last && sameAs(last, presiding)) continue;
    if (last) last.to = from;
    segments.push({ ...presiding, from });
  }
  return segments;
}

const sameAs = (one: Presiding, other: Presiding): boolean =>
  one.state === other.state && one.presider === other.presider && one.reason === other.reason;

function boundaries({ absences, entrustments }: Government): number[] {
  return [...absences.map(({ interval }) => interval), ...entrustments.map(({ period }) => period)].flatMap(
    ({ from, to }) => [from, ...(to === undefined ? [] : [to])],
  );
}

/** Whoever is away past his time stays away: a return is recorded, never presumed. */
function asPlanned(absence: Absence, from: number, at: number): Absence[] {
  const { interval, state } = absence;
  const isOverdue = state === 'open' && interval.to !== undefined && interval.to <= at;
  return isOverdue || covers(interval, from) ? [{ ...absence, state: 'open' }] : [];
}

/** The column of spec 3.2: a vacant seat of the executive vice mayor counts as away (5.3). */
export function columnNow(
  { state }: Pick<Presiding, 'state'>,
  government: Government,
  at: number,
  minHours: number,
): Column {
  const { evm, holders } = government;
  const isEvmHere = evm !== undefined && holders[evm] !== undefined && !isAway(evm, government, at, minHours);
  switch (state) {
    case 'mayor-presiding':
      return isEvmHere ? 'A' : 'D';
    case 'evm-presiding':
    case 'awaiting-entrustment':
      return 'B';
    default:
      return 'C';
  }
}
