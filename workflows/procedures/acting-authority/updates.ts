/** What each act and notice writes into the case. Who presides is decided after it. */
import {
  type Absence,
  type Entrustment,
  MAYOR,
  overlap,
  parseInstant,
  type Ranked,
  type Span,
} from '../../law/machine';
import { now, stepId } from '../../runtime/workflow';
import { actingSeat } from '../kit';
import type { AuthorityNotices, Term } from './events';
import { type Context, type Event, evmAt, holdersAt, isLive, type NoticeEvent } from './rules';

type Changes = Partial<Context>;
type Updates = { [K in Event['type']]?: (context: Context, event: Extract<Event, { type: K }>) => Changes } & {
  [K in NoticeEvent['type']]?: (context: Context, event: Extract<AuthorityNotices, { type: K }>) => Changes;
};

const spanOf = ({ from, to }: { from: string; to?: string | undefined }): Span => ({
  from: parseInstant(from),
  ...(to === undefined ? {} : { to: parseInstant(to) }),
});

const plain = ({ from, to }: { from: number; to?: number | undefined }): Span =>
  to === undefined ? { from } : { from, to };

/** What a term begins with. */
export function begun({ mayor, evm, order, absences }: Term, at: number) {
  return {
    held: [
      { seat: MAYOR, from: at, ...(mayor === undefined ? {} : { person: mayor }) },
      ...order.map(({ seat, person }) => ({ seat, person, from: at })),
    ],
    executive: evm === undefined ? [] : [{ seat: evm, from: at }],
    order: order as Ranked[],
    absences: absences.map(
      ({ interval, ref, ...rest }): Absence => ({
        ...rest,
        interval: spanOf(interval),
        basis: 'observed',
        case: ref,
        state: 'open',
      }),
    ),
  };
}

/** Mayor and executive vice mayor: whose absences must not overlap (71). */
function leadersOf(context: Context): string[] {
  const evm = evmAt(context, now());
  return [MAYOR, ...(evm === undefined ? [] : [evm])];
}

/** Absences of the other of the two that share a moment with an interval. */
export function overlapsOf(context: Context, asked: { case: string; seats: string[]; interval: Span }): Absence[] {
  const others = leadersOf(context).filter((seat) => !asked.seats.includes(seat));
  const holders = holdersAt(context, now());
  const persons = others.map((seat) => holders[seat]).filter((person) => person !== undefined);
  return context.absences.filter(
    (one) =>
      one.case !== asked.case &&
      (persons.includes(one.person) || one.seats.some((seat) => others.includes(seat))) &&
      overlap(one.interval, asked.interval),
  );
}

export const isReserved = (context: Context, event: Extract<AuthorityNotices, { type: 'RESERVE_ABSENCE' }>): boolean =>
  event.excepted === true || overlapsOf(context, { ...event, interval: plain(event.interval) }).length === 0;

const without = (context: Context, caseId: string, ...states: Absence['state'][]): Absence[] =>
  context.absences.filter((one) => one.case !== caseId || !states.includes(one.state));

type Told = { person: string; seats: string[]; interval: { from: number; to?: number | undefined }; case: string };

const absent = (
  { person, seats, interval, case: from }: Told,
  state: Absence['state'],
  basis: Absence['basis'] = 'leave',
): Absence => ({ person, seats, interval: plain(interval), basis, case: from, state });

const updates: Updates = {
  SEAT_CHANGED: (context, { seat, person, from, evm }) => {
    const at = parseInstant(from);
    const before = holdersAt(context, Math.max(at, now()))[seat];
    return {
      held: [...context.held, { seat, from: at, ...(person === undefined ? {} : { person }) }],
      executive: executiveAfter(context, { seat, at, evm, person }),
      entrustments: before === person ? context.entrustments : endedFor(context, seat, Math.max(at, now())),
    };
  },
  ORDER_SET: (_, { order, ref }) => ({ order: order as Ranked[], orderRef: ref }),
  ENTRUST: (context, { receiver, act, mode, matter, period, ref, stamp }) => {
    const given: Entrustment = {
      id: stepId(),
      giver: actingSeat(stamp).seat,
      receiver,
      act,
      mode,
      ...(matter === undefined ? {} : { matter: JSON.parse(JSON.stringify(matter)) }),
      period: spanOf(period),
      ref,
      givenAt: now(),
    };
    return { entrustments: [...context.entrustments, given] };
  },
  REVOKE_ENTRUSTMENT: (context, event) => {
    const meant = meantBy(context, event).map(({ id }) => id);
    return {
      entrustments: context.entrustments.map((one) => (meant.includes(one.id) ? { ...one, endedAt: now() } : one)),
    };
  },
  CONFIRM_NOTICE: (context, { version, stamp }) => ({
    confirmed: [...context.confirmed, { version, by: actingSeat(stamp).seat, at: now() }],
  }),

  RESERVE_ABSENCE: (context, event) =>
    isReserved(context, event) ? { absences: [...without(context, event.case, 'asked'), absent(event, 'asked')] } : {},
  RELEASE_RESERVATION: (context, event) => ({ absences: without(context, event.case, 'asked') }),
  ABSENCE_PLANNED: (context, event) => ({
    absences: [...without(context, event.case, 'asked', 'granted'), absent(event, 'granted', event.basis)],
  }),
  ABSENCE_CANCELLED: (context, event) => ({ absences: without(context, event.case, 'asked', 'granted') }),
  ABSENCE_STARTED: (context, event) => ({
    absences: [...without(context, event.case, 'asked', 'granted', 'open'), absent(event, 'open', event.basis)],
  }),
  /** One return ends all of a person's absences. */
  ABSENCE_ENDED: (context, event) => {
    const absences = without(context, event.case, 'asked', 'granted').filter(
      ({ person, state }) => person !== event.person || state !== 'open',
    );
    const isMayor = holdersAt(context, now())[MAYOR] === event.person;
    return isMayor ? { absences, entrustments: usedUp(context) } : { absences };
  },
};

/** An entrustment given for one absence ends with it. */
function usedUp({ entrustments }: Context): Entrustment[] {
  return entrustments.map((one) =>
    one.act === 'preside' && one.mode === 'each-time' && isLive(one, now()) && one.period.from <= now()
      ? { ...one, endedAt: now() }
      : one,
  );
}

/** What somebody was entrusted with goes with him. */
function endedFor({ entrustments }: Context, seat: string, at: number): Entrustment[] {
  return entrustments.map((one) =>
    one.receiver === seat && isLive(one, at) && at <= now() ? { ...one, endedAt: at } : one,
  );
}

interface SeatChange {
  seat: string;
  at: number;
  evm: boolean | undefined;
  person: string | undefined;
}

function executiveAfter(context: Context, { seat, at, evm, person }: SeatChange): Context['executive'] {
  if (evm === true && person !== undefined) return [...context.executive, { seat, from: at }];
  const isHis = evmAt(context, at) === seat;
  return isHis && (evm === false || person === undefined) ? [...context.executive, { from: at }] : context.executive;
}

/** The live entrustments that a revocation means. */
export function meantBy(
  { entrustments }: Pick<Context, 'entrustments'>,
  { receiver, act, entrustment }: { receiver: string; act: string; entrustment?: string | undefined },
): Entrustment[] {
  return entrustments.filter(
    (one) =>
      isLive(one, now()) &&
      one.receiver === receiver &&
      one.act === act &&
      (entrustment === undefined || one.id === entrustment),
  );
}

export function applied(context: Context, event: { type: string }): Changes {
  const update = (updates as Record<string, ((context: Context, event: unknown) => Changes) | undefined>)[event.type];
  if (!update) throw new Error(`nothing is written for ${event.type}`);
  return update(context, event);
}
