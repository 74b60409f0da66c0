import {
  type Absence,
  dateOf,
  derived,
  type Entrustment,
  type Government,
  isViceMayor,
  MAYOR,
  type OrderFault,
  orderFault,
  type PlanSegment,
  type Presiding,
  parseInstant,
  type Ranked,
  rule,
  type Standing,
} from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type Asked, actingSeat, type CommonContext, reader, type Stamped } from '../kit';
import type { AuthorityEvents, AuthorityNotices } from './events';

/** Who holds a seat from an instant on; nobody where it is vacant. */
export type Held = { seat: string; person?: string; from: number };

export interface Context extends CommonContext {
  openedBy: { seat: string; unit?: string };
  /** The number of this case; it stands in everything it tells. */
  term: string;
  held: Held[];
  /** Which seat is the executive vice mayor's, from when on. */
  executive: { seat?: string; from: number }[];
  order: Ranked[];
  orderRef?: string;
  /** Vice mayors in office, by seat. */
  viceMayors: string[];
  /** Asked for, granted, open: of everybody whose leave was told. */
  absences: Absence[];
  entrustments: Entrustment[];
  decided: Presiding;
  plan: PlanSegment[];
  standing: Standing;
  /** Printed notices of who presides that the Office confirmed. */
  confirmed: { version: number; by: string; at: number }[];
  /** Beginnings of planned absences without entrustment of which mayor and secretary-general were reminded. */
  reminded: number[];
  /** When an entrustment next begins or ends, or a seat changes hands. */
  turnAt?: number | undefined;
  /** The beginning of the next planned absence that no entrustment covers and of which nobody was reminded. */
  uncoveredAt?: number | undefined;
}

export type Event = AuthorityEvents & Stamped;
export type NoticeEvent = AuthorityNotices & { notice: { from: string } };

type Args = Asked<Context>;
const as = reader<Event>();

/** Of entries by seat, those that count at an instant: the last begun. */
function latest<T extends { from: number }>(entries: readonly T[], at: number): T | undefined {
  return entries.filter(({ from }) => from <= at).sort((one, other) => other.from - one.from)[0];
}

export function holdersAt({ held }: Pick<Context, 'held'>, at: number): Record<string, string | undefined> {
  const seats = [...new Set(held.map(({ seat }) => seat))];
  const found = seats.map((seat) => [seat, latest(held.filter((one) => one.seat === seat).reverse(), at)?.person]);
  return Object.fromEntries(found);
}

export function evmAt({ executive }: Pick<Context, 'executive'>, at: number): string | undefined {
  return latest([...executive].reverse(), at)?.seat;
}

export function governmentAt(
  context: Pick<Context, 'held' | 'executive' | 'order' | 'absences' | 'entrustments'>,
  at: number,
): Government {
  const { order, absences, entrustments } = context;
  const evm = evmAt(context, at);
  return { holders: holdersAt(context, at), order, absences, entrustments, ...(evm === undefined ? {} : { evm }) };
}

export const isLive = ({ endedAt, period }: Entrustment, at: number): boolean =>
  endedAt === undefined && (period.to === undefined || at < period.to);

const faultOfOrder = ({ context, event }: Args): OrderFault | undefined =>
  orderFault(as(event, 'ORDER_SET').order as Ranked[], dateOf(now()), holdersAt(context, now()));

const isAboutPersons = (fault: OrderFault | undefined): boolean =>
  fault?.fault === 'candidate' || fault?.fault === 'not-in-office';

const presiding: readonly string[] = ['preside', 'chair-standing'];

export const rules = {
  onlyViceMayors: rule({
    code: 'CANDIDATE_NOT_ELIGIBLE',
    cite: derived(9),
    check: (args: Args) => !isAboutPersons(faultOfOrder(args)),
  }),

  orderComplete: rule({
    code: 'ORDER_AMBIGUOUS',
    check: (args: Args) => {
      const fault = faultOfOrder(args);
      return fault === undefined || isAboutPersons(fault);
    },
  }),

  notToHimself: rule({
    code: 'ENTRUSTMENT_NOT_BY_MAYOR',
    cite: derived([7, 9]),
    check: ({ event }: Args) => {
      const { receiver, stamp } = as(event, 'ENTRUST');
      return receiver !== actingSeat(stamp).seat;
    },
  }),

  receiverInOffice: rule({
    code: 'CANDIDATE_NOT_ELIGIBLE',
    cite: derived(9),
    check: ({ context, event }: Args) => {
      const { receiver, act } = as(event, 'ENTRUST');
      if (!presiding.includes(act) && act !== 'task') return true;
      return isViceMayor(receiver) && holdersAt(context, now())[receiver] !== undefined;
    },
  }),

  /** Nobody but the executive vice mayor is entrusted to preside; after him the order decides. */
  receiverIsExecutive: rule({
    code: 'RANK_SKIPPED',
    check: ({ context, event }: Args) => {
      const { receiver, act } = as(event, 'ENTRUST');
      return !presiding.includes(act) || receiver === evmAt(context, now());
    },
  }),

  periodAhead: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ event }: Args) => {
      const { from, to } = as(event, 'ENTRUST').period;
      return to === undefined || (parseInstant(to) > parseInstant(from) && parseInstant(to) > now());
    },
  }),

  presiderAsComputed: rule({
    code: 'RANK_SKIPPED',
    check: ({ context, event }: Args) => as(event, 'CONFIRM_NOTICE').presider === context.decided.presider,
  }),
};

export const mayorOf = ({ standing }: Pick<Context, 'standing'>): string => standing.mayor ?? MAYOR;
