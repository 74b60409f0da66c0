import { endOfDay, rule } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type Asked, type CommonContext, reader, type Stamped, unusedException } from '../kit';
import type { Register, SupervisionEvents } from './events';

export interface Context extends CommonContext, Omit<Register, 'due'> {
  openedBy: { seat: string; unit?: string };
  lead?: string;
  supporting: string[];
  leadVms: string[];
  /** 24:00 of the day by which the item is to be done. */
  due?: number;
  dueSetBy?: 'decision' | 'SupO' | 'Office';
  /** Dates missed so far, and whether the present one is among them. */
  missed: number;
  counted: boolean;
  overdueSince: number | undefined;
  explanation: 'none' | 'owed';
  /** From when the next progress report is counted. */
  progressFrom?: number;
  reportedToMayor: boolean;
  reports: { doc: string; claims: 'done' | 'short'; at: number }[];
  explanations: { doc: string; cause: string; at: number }[];
  dates: { due: number; setBy: string; at: number }[];
  evidence: string[];
}

export type Event = SupervisionEvents & Stamped;

type Args = Asked<Context>;
const as = reader<Event>();

export const dueReached = ({ due }: Context): boolean => due !== undefined && now() >= due;

export const rules = {
  oneLeadUnit: rule({
    code: 'LEAD_NOT_UNIQUE',
    soft: false,
    check: ({ event }: Args) => as(event, 'ASSIGN').leadUnits.length === 1,
  }),

  oneLeadVm: rule({
    code: 'LEAD_NOT_UNIQUE',
    soft: true,
    check: ({ context, event }: Args) => {
      const { leadVms, exception, stamp } = as(event, 'ASSIGN');
      const excepted =
        unusedException(context.exceptions, 'LEAD_NOT_UNIQUE') !== undefined ||
        (exception !== undefined && stamp.onWordOf?.seat === 'mayor');
      return leadVms.length === 1 || (leadVms.length > 1 && excepted);
    },
  }),

  deadlineSet: rule({
    code: 'DEADLINE_MISSING',
    check: ({ context, event }: Args) => as(event, 'ASSIGN').due !== undefined || context.due !== undefined,
  }),

  passedDateReplaced: rule({
    code: 'DEADLINE_MISSING',
    check: ({ context, event }: Args) => as(event, 'IMPROVE').date !== undefined || !dueReached(context),
  }),

  dateAhead: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ event }: Args) => {
      const { date } = as(event, 'IMPROVE', 'ORDER_RECTIFICATION', 'SET_DATE');
      return date === undefined || endOfDay(date) > now();
    },
  }),

  /** Owed for what went before, or for what the report itself admits. */
  explanationGiven: rule({
    code: 'EXPLANATION_MISSING',
    check: ({ context, event }: Args) => {
      const { claims, explanation } = as(event, 'REPORT');
      return explanation !== undefined || (context.explanation === 'none' && claims === 'done');
    },
  }),

  evidenceGiven: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ event }: Args) => as(event, 'ACCEPT').evidence.length > 0,
  }),

  notSetByDecision: rule({
    code: 'CONSENT_LEVEL_TOO_LOW',
    check: ({ context }: Args) => context.dueSetBy !== 'decision',
  }),

  vmcNoteGiven: rule({
    code: 'CONSENT_LEVEL_TOO_LOW',
    check: ({ event }: Args) => as(event, 'SET_DATE').vmcNote !== undefined,
  }),

  /** Overdue, only an explanation leads to a new date; it takes the item out of `overdue`. */
  explainedFirst: rule({
    code: 'EXTENSION_AFTER_DUE_WITHOUT_EXPLANATION',
    check: ({ context }: Args) => context.overdueSince === undefined,
  }),
};
