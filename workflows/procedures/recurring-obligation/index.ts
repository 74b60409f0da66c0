import { chosen } from '../../law/machine';
import { type ActSpec, type AuthorityStamp, actingSeat, defineProcedure, refusedBy } from '../kit';
import { parameters } from './delays';
import { events, notices, type PeriodBegan, periodBegan } from './events';
import * as labels from './labels';
import { mayOwe, obligations } from './obligations';
import { contextSchema } from './record';
import { recurringObligation } from './recurring-obligation';
import { type Context, doneAt } from './rules';

export { type Obligation, type ObligationId, obligationIds, obligations } from './obligations';
export { keyOf } from './vocabulary';

const OFFICE = 'X1';

/** A meeting held after the period had ended serves the period that the Office names. */
function lateMeeting({ obligation, end }: Context, stamp: AuthorityStamp, at: string): boolean {
  const { meeting } = obligations[obligation];
  return meeting !== undefined && doneAt({ at }) >= end && actingSeat(stamp).unit !== OFFICE;
}

const acts: Record<string, ActSpec<Context>> = {
  FULFIL: {
    kind: 'act',
    schema: events.FULFIL,
    facts: ['served'],
    who: ({ owner, besides }) => [owner, ...besides, OFFICE],
    barred: (context, stamp, payload) =>
      lateMeeting(context, stamp, (payload as { at: string }).at)
        ? { code: 'not-entitled', entitled: [OFFICE], params: { event: 'FULFIL', seat: stamp.seat } }
        : undefined,
  },
  WAIVE: {
    kind: 'act',
    schema: events.WAIVE,
    /** Row 6 of spec 3.2: the executive vice mayor convenes standing meetings where he is entrusted with it. */
    who: ({ waivers, obligation }, standing) => [
      ...waivers,
      ...(obligation === 'RO3' ? (standing?.entrustments ?? []).filter(chairsStanding).map((one) => one.receiver) : []),
    ],
    barred: ({ obligation }) =>
      obligations[obligation]?.waivedBy === 'nobody' ? refusedBy('WAIVER_WITHOUT_REASON', { obligation }) : undefined,
  },
  MEETING_HELD: { kind: 'notice', schema: notices.MEETING_HELD, who: () => [] },
};

const chairsStanding = ({ act, endedAt }: { act: string; endedAt?: number }): boolean =>
  endedAt === undefined && act === 'chair-standing';

const OPEN = ['scheduled', 'due-soon', 'due', 'overdue', 'escalated'];

/** P07, spec 2.7. */
export const recurringObligationProcedure = defineProcedure<Context, PeriodBegan>({
  name: 'recurring-obligation',
  title: labels.title,
  series: 'RO',
  articles: [6, 7, 8, 10, 20, 21, 27, 28, 31, 33, 42, 43, 44, 48, 61, 63, 73],
  machine: recurringObligation,
  opening: {
    type: 'PERIOD_BEGAN',
    schema: periodBegan,
    who: [OFFICE],
    /** The calendar opens periods, nobody by hand; and only for those who owe it. */
    refuse: ({ obligation, owner }, stamp) => {
      if (stamp.system === undefined)
        return { code: 'not-entitled', entitled: ['calendar'], params: { event: 'PERIOD_BEGAN', seat: stamp.seat } };
      return mayOwe(obligation, owner)
        ? undefined
        : { code: 'malformed', path: 'payload.owner', params: { expected: obligations[obligation].owners.join(', ') } };
    },
    input: (payload) => payload,
  },
  acts,
  /** A rule looks at all that is written down; a wrong paper is taken back. */
  correctable: [],
  contextSchema,
  unitsKept: ['evidence', 'waiver'],
  later: [],
  parameters,
  deadlines: {
    dueSoon: { label: '到期提醒', cite: chosen([42, 43, 44]) },
    lastDay: { label: '期限最后一日', cite: chosen([42, 43, 44]) },
    overdue: { label: '履行期限', cite: chosen([42, 43, 44]) },
    step: { label: '逐级督促', cite: chosen([6, 7, 8]), counted: true },
  },
  states: labels.states,
  mainRegion: 'open',
  summary: ({ obligation, owner, besides, period, count, evidence, end, rung }, { main }) => ({
    matter: `${labels.duties[obligation]}（${period.id}）`,
    unit: owner,
    due: end,
    overdue: main === 'overdue' || main === 'escalated',
    level: rung,
    awaiting: OPEN.includes(main) ? [owner, ...besides] : [],
    obligation,
    owner,
    period,
    done: evidence.length,
    count,
    evidence: evidence.map(({ ref }) => ref),
  }),
});
