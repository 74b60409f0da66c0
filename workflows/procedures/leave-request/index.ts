import { chosen, derived, stated } from '../../law/machine';
import type { Json } from '../../runtime/workflow';
import { type ActSpec, actingSeat, commonEvents, defineProcedure, type Opening, refusedBy } from '../kit';
import { absenceOf } from './absence';
import { barredFromExtending, barredFromHolding, barredFromLeaving, barredFromRequest, barredFromWord } from './barred';
import { parameters } from './delays';
import { events, filingOffices, notices, type Observation, type Request } from './events';
import { office, partySecretary } from './facts';
import * as labels from './labels';
import { leaveRequest } from './leave-request';
import { drafting, observing } from './openings';
import { contextSchema, correctable } from './record';
import { asked, type Context, externalMissing, intervalOf, unfiled } from './rules';

const OFFICES = [office, 'X2'];

const himself = ({ seats }: Context) => [...seats];
/** The applicant, or the office that hands in for him. */
const requester = ({ seats, office }: Context) => [...seats, ...office];
const himselfOrOffice = ({ seats }: Context) => [...seats, office];
const theOffice = () => [office];

const act = (type: keyof typeof events, spec: Omit<ActSpec<Context>, 'kind' | 'schema'>): ActSpec<Context> => ({
  kind: 'act',
  schema: events[type],
  ...spec,
});
const fact = (type: keyof typeof events, spec: Omit<ActSpec<Context>, 'kind' | 'schema'>): ActSpec<Context> => ({
  ...act(type, spec),
  kind: 'fact',
});
const notice = (type: keyof typeof notices): ActSpec<Context> => ({
  kind: 'notice',
  schema: notices[type],
  who: () => [],
});

const acts: Record<string, ActSpec<Context>> = {
  SUBMIT_LEAVE: act('SUBMIT_LEAVE', {
    who: requester,
    facts: ['applicant', 'leaves', 'acting', 'duty', 'meetings'],
    barred: barredFromRequest,
  }),
  HOLD_FOR_EXCLUSION: act('HOLD_FOR_EXCLUSION', {
    who: himselfOrOffice,
    facts: ['acting', 'duty'],
    barred: barredFromHolding,
  }),
  // Rows 34 and 35 of spec 3.2; which of them, the approvers of the case say.
  APPROVE_LEAVE: act('APPROVE_LEAVE', { who: ({ approvers }) => approvers, row: 35, barred: barredFromWord }),
  REJECT_LEAVE: act('REJECT_LEAVE', { who: ({ approvers }) => approvers, row: 35, barred: barredFromWord }),
  RECORD_EXTERNAL_APPROVAL: act('RECORD_EXTERNAL_APPROVAL', {
    who: theOffice,
    barred: (context) =>
      context.groups.includes('A') ? undefined : { code: 'no-external-approval', cite: stated(71) as Json },
  }),
  RECORD_FILING: act('RECORD_FILING', {
    who: theOffice,
    barred: (context, _, payload) => {
      const { office: named } = payload as { office: string };
      const isOne = filingOffices.some((one) => one === named);
      if (!isOne || !context.groups.includes('C')) return refusedBy('LEAVE_NOT_FILED', { office: named }, stated(71));
      return unfiled(context).some((one) => one === named)
        ? undefined
        : { code: 'filed-already', cite: chosen(71) as Json, params: { office: named } };
    },
  }),
  START_LEAVE: act('START_LEAVE', { who: himselfOrOffice, facts: ['duty'], barred: barredFromLeaving }),
  EXTEND_LEAVE: act('EXTEND_LEAVE', { who: requester, facts: ['acting', 'duty'], barred: barredFromExtending }),
  CALL_BACK: act('CALL_BACK', { who: ({ approvers }) => approvers }),
  WITHDRAW: act('WITHDRAW', { who: ({ openedBy, seats }) => [...new Set([openedBy, ...seats])] }),
  STOP_WAITING: act('STOP_WAITING', { who: theOffice }),
  ABSENCE_OBSERVED: fact('ABSENCE_OBSERVED', {
    who: theOffice,
    barred: ({ person }, _, payload) =>
      (payload as Observation).person === person ? undefined : { code: 'leave-other-person', path: 'payload.person' },
  }),
  RETURNED: fact('RETURNED', { who: himselfOrOffice }),
  NOT_TAKEN: fact('NOT_TAKEN', { who: himselfOrOffice }),
  GRANT_EXCEPTION: {
    kind: 'act',
    schema: commonEvents.GRANT_EXCEPTION,
    who: () => [partySecretary],
    barred: (_, __, payload) => {
      const { code } = payload as { code: string };
      return code === 'MUTUAL_EXCLUSION' ? undefined : { code: 'no-exception', params: { code } };
    },
  },
  CONFIRM_FINDING: {
    kind: 'act',
    schema: commonEvents.CONFIRM_FINDING,
    who: () => OFFICES,
    barred: ({ findings, seats }, stamp, payload) => {
      const { findingId } = payload as { findingId: string };
      const finding = findings.find((f) => f.id === findingId && f.verdict === undefined);
      if (!finding) return { code: 'unknown-finding', path: 'payload.findingId', params: { findingId } };
      const { seat, unit } = actingSeat(stamp);
      const isConcerned = seats.includes(seat) || (finding.unit !== undefined && finding.unit === unit);
      return isConcerned
        ? { code: 'not-entitled', entitled: OFFICES, params: { event: 'CONFIRM_FINDING' } }
        : undefined;
    },
  },
  ABSENCE_RESERVED: notice('ABSENCE_RESERVED'),
  ABSENCE_OVERLAPS: notice('ABSENCE_OVERLAPS'),
  ABSENCE_CANCELLED: notice('ABSENCE_CANCELLED'),
  ABSENCE_STARTED: notice('ABSENCE_STARTED'),
  ABSENCE_ENDED: notice('ABSENCE_ENDED'),
};

/** P02, spec 2.2. */
export const leaveRequestProcedure = defineProcedure<Context, Request>({
  name: 'leave-request',
  title: labels.title,
  series: 'LR',
  articles: [8, 9, 49, 67, 71, 74],
  machine: leaveRequest,
  opening: drafting,
  alsoOpens: [observing as Opening<never>],
  acts,
  correctable,
  contextSchema,
  unitsKept: [
    'person',
    'approvals',
    'receipts',
    'externalApprovals',
    'observations',
    'callBacks',
    'rejection',
    'overlaps',
  ],
  later: [],
  parameters,
  deadlines: {
    minNotice: { label: '宜提前请假', cite: chosen(71), counted: true },
    approvalLimit: { label: '批准时限', cite: chosen(71), counted: true },
    approvalStep: { label: '催办批准', cite: chosen(71), counted: true },
    departureAsk: { label: '询问是否离石', cite: chosen(9) },
    departureStep: { label: '再次询问', cite: chosen(9), counted: true },
    returnDue: { label: '假期届满', cite: derived(71) },
    returnGrace: { label: '返回报告', cite: chosen(71) },
    recallGrace: { label: '召回后返回', cite: chosen(71) },
    overstayStep: { label: '再次督促', cite: chosen(71), counted: true },
  },
  states: labels.states,
  mainRegion: 'open',
  summary: (context, { main, state }) => {
    const { kind, seats, person, from, to, unit } = context;
    const absence = absenceOf(context, main);
    const rung = state.find((path) => /\.rung\d$/.test(path));
    return {
      matter: `${kind === undefined ? labels.states.observed : labels.kindLabels[kind]} ${seats[0]}`,
      overdue: main === 'overstayed' || rung !== undefined,
      level: Number(rung?.at(-1) ?? 0),
      awaiting: awaited(context, main),
      leave: { person, seats, ...(from === undefined ? {} : { interval: intervalOf(context) }) },
      ...(absence ? { absence } : {}),
      ...(unit === undefined ? {} : { unit }),
      ...(to === undefined || main === 'observed' ? {} : { due: to }),
    };
  },
});

/** Each missing approver apart; the Office where a body outside the system or a receipt is missing. */
function awaited(context: Context, main: string): string[] {
  const words = [...asked(context), ...(externalMissing(context) ? [office] : [])];
  switch (main) {
    case 'checking':
      return [office];
    case 'exclusion-hold':
      return [...new Set([partySecretary, ...words])];
    case 'awaiting-approvals':
      return words;
    case 'filing':
      return unfiled(context).length > 0 ? [office] : himself(context);
    case 'on-leave':
    case 'overstayed':
      return [...himself(context), ...(context.extension ? words : [])];
    case 'returned':
      return [office];
    case 'drafted':
    case 'approved':
    case 'recalled':
    case 'observed':
      return himself(context);
    default:
      return [];
  }
}
