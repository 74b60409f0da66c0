/** What each act writes into the case. */
import { endOfDay } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type AuthorityStamp, actingSeat, commonUpdates, useException } from '../kit';
import { type Context, dueReached, type Event } from './rules';

type Changes = Partial<Context>;
type Updates = { [K in Event['type']]?: (context: Context, event: Extract<Event, { type: K }>) => Changes };

/** A new date: it counts from now on, a passed one is remembered as missed. */
function dated(context: Context, date: string, stamp: AuthorityStamp): Changes {
  const due = endOfDay(date);
  const dates = [...context.dates, { due, setBy: actingSeat(stamp).seat, at: now() }];
  return { due, dates, counted: false, progressFrom: now() };
}

/** A report found short owes an explanation, and a date that passed meanwhile counts as missed after all. */
export function foundShort(context: Context): Changes {
  const missed = dueReached(context) && !context.counted ? context.missed + 1 : context.missed;
  return { explanation: 'owed', missed };
}

const updates: Updates = {
  ...commonUpdates,
  ASSIGN: (context, { leadUnits, supporting, leadVms, due, dueSetBy, stamp }) => ({
    lead: leadUnits[0]!,
    supporting,
    leadVms,
    dueSetBy,
    exceptions: leadVms.length > 1 ? useException(context.exceptions, 'LEAD_NOT_UNIQUE') : context.exceptions,
    ...(due === undefined
      ? { dates: [{ due: context.due!, setBy: actingSeat(stamp).seat, at: now() }], progressFrom: now() }
      : dated(context, due, stamp)),
  }),
  PROGRESS: () => ({ progressFrom: now() }),
  REPORT: (context, { doc, claims, explanation }) => ({
    reports: [...context.reports, { doc: doc.ref, claims, at: now() }],
    ...(explanation
      ? {
          explanation: 'none',
          explanations: [...context.explanations, { doc: explanation.doc.ref, cause: explanation.cause, at: now() }],
        }
      : {}),
  }),
  EXPLAIN: (context, { doc, cause }) => ({
    explanation: 'none',
    explanations: [...context.explanations, { doc: doc.ref, cause, at: now() }],
  }),
  ACCEPT: (_, { evidence }) => ({ evidence }),
  IMPROVE: (context, { date, stamp }) => (date === undefined ? {} : dated(context, date, stamp)),
  ORDER_RECTIFICATION: (context, { date, stamp }) => dated(context, date, stamp),
  SET_DATE: (context, { date, stamp }) => dated(context, date, stamp),
  VMC_REPORTS_TO_MAYOR: () => ({ reportedToMayor: true }),
};

export function applied(context: Context, event: { type: string }): Changes {
  const update = updates[event.type as Event['type']] as ((context: Context, event: unknown) => Changes) | undefined;
  if (!update) throw new Error(`nothing is written for ${event.type}`);
  return update(context, event);
}

export function becameOverdue(context: Context): Changes {
  return { overdueSince: now(), missed: context.missed + 1, counted: true, explanation: 'owed' };
}

export const leftOverdue = (): Changes => ({ overdueSince: undefined });
