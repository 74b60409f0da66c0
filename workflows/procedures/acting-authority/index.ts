import {
  chosen,
  dateOf,
  derived,
  mayPerform,
  orderFault,
  parseInstant,
  type Ranked,
  settingsOf,
  stated,
  valueAt,
} from '../../law/machine';
import { type Json, now, type Refusal } from '../../runtime/workflow';
import { type ActSpec, type AuthorityStamp, actingSeat, defineProcedure, law, refusedBy } from '../kit';
import { actingAuthority } from './acting-authority';
import { parameters } from './delays';
import { type AuthorityEvents, events, notices, type Term, term } from './events';
import * as labels from './labels';
import { contextSchema, correctable } from './record';
import type { Context } from './rules';
import { citeOf } from './told';
import { meantBy } from './updates';

const OFFICE = 'X1';
const PARTY_SECRETARY = 'pg-secretary';

type Entrusting = Extract<AuthorityEvents, { type: 'ENTRUST' }>;
type Revoking = Extract<AuthorityEvents, { type: 'REVOKE_ENTRUSTMENT' }>;
type Act = Entrusting['act'];

const act = (type: keyof typeof events, spec: Omit<ActSpec<Context>, 'kind' | 'schema'>): ActSpec<Context> => ({
  kind: 'act',
  schema: events[type],
  ...spec,
});
const notice = (type: keyof typeof notices): ActSpec<Context> => ({
  kind: 'notice',
  schema: notices[type],
  who: () => [],
});

/** Row 30 the mayor, row 4 the secretary of the Party group, row 44 the leaders of the government. */
const rowFor = (entrusted: Act): number => (entrusted === 'hold-special' ? 44 : 30);

/** Who may entrust this act, and that nobody else may. */
function notTheirs(standing: Context['standing'], entrusted: Act, stamp: AuthorityStamp): Refusal | undefined {
  const { seat } = actingSeat(stamp);
  const params = { event: 'ENTRUST', seat };
  if (entrusted === 'chair-party-group')
    return seat === PARTY_SECRETARY
      ? undefined
      : { code: 'not-entitled', entitled: [PARTY_SECRETARY], params: { ...params, row: 4 } };
  const row = rowFor(entrusted);
  const may = mayPerform(row, { seat, standing, at: now(), settings: settingsOf(law(), dateOf(now())) });
  if (may.may) return undefined;
  if (entrusted === 'hold-special') return { code: 'not-entitled', entitled: may.seats, params: { ...params, row } };
  return seat === standing.mayor
    ? { code: 'not-entitled', entitled: may.seats, params: { ...params, row } }
    : refusedBy('ENTRUSTMENT_NOT_BY_MAYOR', { seat }, entrusted === 'task' ? stated(7) : undefined);
}

/** Whom an act can be given to at all; who is executive vice mayor or in office is asked by the rules. */
const receivers: { readonly [A in Act]?: RegExp } = {
  'hold-special': /^dsg(-|$)/,
  'chair-party-group': /^pg-deputy(-|$)/,
};

function notEntrustable({ standing }: Context, stamp: AuthorityStamp, payload: Json): Refusal | undefined {
  const { act: entrusted, receiver, mode } = payload as unknown as Entrusting;
  const foreign = notTheirs(standing, entrusted, stamp);
  if (foreign) return foreign;
  if (!(valueAt(law(), 'acting.entrustmentMode', dateOf(now())) as string[]).includes(mode))
    return { code: 'entrustment-mode', cite: chosen(9) as Json, params: { mode } };
  const fits = receivers[entrusted];
  return fits && !fits.test(receiver)
    ? { code: 'receiver-not-eligible', cite: citeOf(entrusted) as Json, params: { seat: receiver } }
    : undefined;
}

function notRevocable(context: Context, stamp: AuthorityStamp, payload: Json): Refusal | undefined {
  const asked = payload as unknown as Revoking;
  const meant = meantBy(context, asked);
  const { receiver, act: entrusted } = asked;
  if (meant.length === 0) return { code: 'no-such-entrustment', path: 'payload.receiver', params: { seat: receiver } };
  const { seat } = actingSeat(stamp);
  const isGiver = meant.every(({ giver }) => giver === seat);
  return isGiver || seat === context.standing.mayor
    ? undefined
    : (notTheirs(context.standing, entrusted, stamp) ?? refusedBy('ENTRUSTMENT_NOT_BY_MAYOR', { seat }));
}

const office = () => [OFFICE];
const entrusters = ({ viceMayors }: Context) => ['mayor', PARTY_SECRETARY, ...viceMayors, 'sg'];

const acts: Record<string, ActSpec<Context>> = {
  SEAT_CHANGED: { ...act('SEAT_CHANGED', { who: office }), kind: 'fact' },
  ORDER_SET: act('ORDER_SET', { who: office }),
  ENTRUST: act('ENTRUST', { who: entrusters, row: 30, barred: notEntrustable }),
  REVOKE_ENTRUSTMENT: act('REVOKE_ENTRUSTMENT', { who: entrusters, row: 30, barred: notRevocable }),
  CONFIRM_NOTICE: act('CONFIRM_NOTICE', {
    who: office,
    barred: ({ standing }, _, payload) => {
      const { version } = payload as { version: number };
      return version === standing.version
        ? undefined
        : { code: 'notice-outdated', path: 'payload.version', params: { version: standing.version } };
    },
  }),
  CLOSE_TERM: act('CLOSE_TERM', { who: office }),
  RESERVE_ABSENCE: notice('RESERVE_ABSENCE'),
  RELEASE_RESERVATION: notice('RELEASE_RESERVATION'),
  ABSENCE_PLANNED: notice('ABSENCE_PLANNED'),
  ABSENCE_CANCELLED: notice('ABSENCE_CANCELLED'),
  ABSENCE_STARTED: notice('ABSENCE_STARTED'),
  ABSENCE_ENDED: notice('ABSENCE_ENDED'),
};

/** Why a term does not begin: one is open, the order is not one, an absence runs backwards. */
export function notOpenable({ order, evm, absences }: Term, stamp: AuthorityStamp): Refusal | undefined {
  const { receivedAt, facts } = stamp;
  if (facts?.acting) return { code: 'term-open', cite: derived(9) as Json, params: { case: facts.acting.case } };
  const fault = orderFault(order as Ranked[], dateOf(receivedAt));
  if (fault)
    return refusedBy(fault.fault === 'candidate' ? 'CANDIDATE_NOT_ELIGIBLE' : 'ORDER_AMBIGUOUS', {
      ...(fault.seat === undefined ? {} : { seat: fault.seat }),
    });
  if (evm !== undefined && !order.some(({ seat }) => seat === evm))
    return refusedBy('CANDIDATE_NOT_ELIGIBLE', { seat: evm });
  const late = absences.find(({ interval: { from, to } }) => {
    const begins = parseInstant(from);
    return begins > receivedAt || (to !== undefined && parseInstant(to) <= begins);
  });
  return late ? refusedBy('TIME_NOT_ALLOWED', { at: parseInstant(late.interval.from) }) : undefined;
}

/** P01, spec 2.1. */
export const actingAuthorityProcedure = defineProcedure<Context, Term>({
  name: 'acting-authority',
  title: labels.title,
  series: 'AA',
  articles: [6, 7, 8, 9],
  machine: actingAuthority,
  opening: {
    type: 'TERM_OPENED',
    schema: term,
    who: [OFFICE],
    facts: ['acting'],
    refuse: notOpenable,
    input: (payload, stamp) => ({ ...payload, openedBy: actingSeat(stamp) }) as Json,
  },
  standing: ({ standing }) => standing,
  acts,
  correctable,
  // Absences are those of persons, whatever becomes of their units.
  unitsKept: ['absences'],
  contextSchema,
  later: [],
  parameters,
  deadlines: {
    turn: { label: '委托或任职起止', cite: stated(9) },
    entrustmentLead: { label: '提请委托', cite: chosen(9) },
    deskStep: { label: '催办', cite: chosen(9), counted: true },
  },
  states: labels.states,
  mainRegion: 'open.course',
  summary: (context, { main }) => {
    const { standing, absences, plan, decided, confirmed } = context;
    const { reason, awaited } = decided;
    const isConfirmed = confirmed.some(({ version }) => version === standing.version);
    return {
      matter: labels.title,
      overdue: false,
      level: 0,
      awaiting: main === 'term-closed' ? [] : awaiting(context, isConfirmed),
      standing,
      absences,
      plan,
      entrustmentAwaited: main === 'awaiting-entrustment' || awaited === true,
      noticeConfirmed: isConfirmed,
      ...(reason === undefined ? {} : { reason }),
    };
  },
});

function awaiting({ standing, decided }: Context, isConfirmed: boolean): string[] {
  const entrusts = standing.mayor === undefined ? [] : [standing.mayor];
  if (standing.state === 'awaiting-entrustment' || decided.awaited) return [...entrusts, 'sg', OFFICE];
  if (standing.state === 'unresolved') return ['sg', OFFICE];
  return isConfirmed ? [] : [OFFICE];
}
