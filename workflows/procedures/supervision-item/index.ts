import { chosen, derived, stated } from '../../law/machine';
import { type ActSpec, type AuthorityStamp, actingSeat, commonEvents, defineProcedure, refusedBy } from '../kit';
import { parameters } from './delays';
import { events, type Register, register } from './events';
import * as labels from './labels';
import { contextSchema, correctable } from './record';
import type { Context } from './rules';
import { supervisionItem } from './supervision-item';

const SUPERVISION_OFFICE = 'X2';
const OFFICE = 'X1';
const offices = [SUPERVISION_OFFICE, OFFICE];

const leadUnit = ({ lead }: Context) => [lead];
const leadUnitHead = ({ lead }: Context) => [lead && `${lead}-head`];
/** Rows 27 and 39 of spec 3.2: the vice mayor in charge, or the secretary-general. */
const leaders = ({ leadVms }: Context) => [...leadVms, 'sg'];
const byOffices = () => offices;

const itself = ({ lead }: Context, stamp: AuthorityStamp): boolean =>
  lead !== undefined && actingSeat(stamp).unit === lead;

const act = (type: keyof typeof events, spec: Omit<ActSpec<Context>, 'kind' | 'schema'>): ActSpec<Context> => ({
  kind: 'act',
  schema: events[type],
  ...spec,
});

const acts: Record<string, ActSpec<Context>> = {
  ASSIGN: act('ASSIGN', { who: byOffices }),
  DISPUTE_OWNERSHIP: act('DISPUTE_OWNERSHIP', {
    who: ({ lead, supporting }) => (lead ? [lead, ...supporting].map((unit) => `${unit}-head`) : ['*-head']),
  }),
  PROGRESS: act('PROGRESS', { who: leadUnit }),
  REPORT: act('REPORT', { who: leadUnit }),
  EXPLAIN: act('EXPLAIN', { who: leadUnitHead }),
  ACCEPT: act('ACCEPT', {
    who: byOffices,
    row: 40,
    barred: (c, stamp) => (itself(c, stamp) ? refusedBy('SELF_ACCEPTANCE') : undefined),
  }),
  IMPROVE: act('IMPROVE', { who: leaders, row: 39 }),
  ORDER_RECTIFICATION: act('ORDER_RECTIFICATION', { who: leaders, row: 39 }),
  SET_DATE: act('SET_DATE', {
    who: byOffices,
    row: 45,
    barred: (c, stamp) => (itself(c, stamp) ? refusedBy('UNAUTHORISED_CHANGE') : undefined),
  }),
  CHANGE_REQUEST: act('CHANGE_REQUEST', { who: leadUnitHead }),
  OBSTACLE: act('OBSTACLE', { who: leaders, row: 27 }),
  VMC_REPORTS_TO_MAYOR: act('VMC_REPORTS_TO_MAYOR', { who: ({ leadVms }) => leadVms }),
  CHANGE_OBSERVED: { ...act('CHANGE_OBSERVED', { who: byOffices }), kind: 'fact' },
  GRANT_EXCEPTION: {
    kind: 'act',
    schema: commonEvents.GRANT_EXCEPTION,
    who: () => ['mayor'],
    barred: (_, __, payload) => {
      const { code } = payload as { code: string };
      return code === 'LEAD_NOT_UNIQUE' ? undefined : { code: 'no-exception', params: { code } };
    },
  },
  CONFIRM_FINDING: {
    kind: 'act',
    schema: commonEvents.CONFIRM_FINDING,
    who: byOffices,
    barred: ({ findings }, stamp, payload) => {
      const { findingId } = payload as { findingId: string };
      const finding = findings.find((f) => f.id === findingId && f.verdict === undefined);
      if (!finding) return { code: 'unknown-finding', path: 'payload.findingId', params: { findingId } };
      const concerned = finding.unit !== undefined && finding.unit === actingSeat(stamp).unit;
      return concerned ? { code: 'not-entitled', entitled: offices, params: { event: 'CONFIRM_FINDING' } } : undefined;
    },
  },
};

/** P25, spec 2.25. */
export const supervisionItemProcedure = defineProcedure<Context, Register>({
  name: 'supervision-item',
  title: labels.title,
  series: 'SI',
  articles: [6, 7, 10, 58, 59, 60, 61, 62, 63, 64, 65, 73],
  machine: supervisionItem,
  opening: {
    type: 'REGISTER',
    schema: register,
    who: offices,
    refuse: ({ category }) =>
      category === undefined ? refusedBy('CATEGORY_MISSING', undefined, derived(62)) : undefined,
    input: (payload, stamp) => ({ ...payload, openedBy: actingSeat(stamp) }),
  },
  acts,
  correctable,
  contextSchema,
  later: [
    'STOP_WAITING',
    'LEADER_MEETING_CALLED',
    'MEASURES',
    'INQUIRED',
    'INSPECTED',
    'RELEASE_CIRCULAR',
    'DROP_CIRCULAR',
  ],
  parameters,
  deadlines: {
    due: { label: '办理期限', cite: stated(61) },
    dispatchLimit: { label: '交办时限', cite: chosen(62), counted: true },
    dispatchStep: { label: '催办交办', cite: chosen(62), counted: true },
    reminder: { label: '到期提醒', cite: chosen(62) },
    progress: { label: '进展报告', cite: chosen(62), counted: true },
    explanation: { label: '书面说明期限', cite: chosen(61), counted: true },
    level2: { label: '升至第二级', cite: chosen([61, 63]), counted: true },
    level3: { label: '升至第三级', cite: chosen([61, 64]), counted: true },
    repeat: { label: '再次督促', cite: chosen(62), counted: true },
    reviewLimit: { label: '审核时限', cite: chosen(61), counted: true },
    deskStep: { label: '催办审核', cite: chosen(61), counted: true },
  },
  states: labels.states,
  mainRegion: 'open.course',
  summary: (context, { main, state }) => ({
    matter: context.title,
    category: context.category!,
    overdue: main === 'overdue',
    level: Number(state.find((path) => path.startsWith('open.ladder.level'))?.at(-1) ?? 0),
    awaiting: awaited(context, main),
    missed: context.missed,
    explanation: context.explanation,
    leadVms: context.leadVms,
    ...(context.lead === undefined ? {} : { unit: context.lead }),
    ...(context.due === undefined ? {} : { due: context.due }),
  }),
});

function awaited(context: Context, main: string): string[] {
  switch (main) {
    case 'registered':
    case 'assigning':
      return offices;
    case 'reviewing':
    case 'explained':
      return [SUPERVISION_OFFICE, ...leaders(context)];
    case 'closed':
      return [];
    default:
      return context.lead ? [context.lead] : [];
  }
}
