import {
  calendarFrom,
  dateOf,
  dueOn,
  entryAt,
  type Instant,
  lengthBefore,
  lengthFrom,
  type ParameterKey,
  type WorkingCalendar,
} from '../../law/machine';
import { law, rungFrom, until } from '../kit';
import { type ChainKind, obligations } from './obligations';
import type { Context } from './rules';

type Of = { context: Context };

/** Every figure the procedure rests on; the values in force travel with the case. */
export const parameters: readonly ParameterKey[] = [
  'escalation.deskStep',
  'escalation.meetStep',
  'escalation.overStep',
  'escalation.prepStep',
  'recurring.dueSoon',
  'recurring.grace',
];

/**
 * A period may have ended before its case was opened, after an outage: what is counted for it goes by the figures of the
 * day on which it was, the earliest the case carries.
 */
const known = (instant: Instant, { openedAt }: Pick<Context, 'openedAt'>): string =>
  dateOf(Math.max(instant, openedAt));

function days(key: 'recurring.dueSoon' | 'recurring.grace', context: Context): number {
  return entryAt(law(), key, known(context.end, context)).value as number;
}

function calendarKnown(context: Pick<Context, 'openedAt'>): WorkingCalendar {
  const calendar = calendarFrom(law());
  const earliest = dateOf(context.openedAt);
  return { ...calendar, dayEnds: (date) => calendar.dayEnds([date, earliest].sort()[1]!) };
}

export const endOfPeriod = (last: string, context: Pick<Context, 'openedAt'>): Instant =>
  dueOn(calendarKnown(context), last);

const steps: Record<ChainKind, () => number> = {
  meet: () => rungFrom('escalation.meetStep'),
  prep: () => rungFrom('escalation.prepStep'),
  over: () => rungFrom('escalation.overStep'),
  office: () => rungFrom('escalation.deskStep'),
  leader: () => rungFrom('escalation.deskStep'),
};

export const delays = {
  dueSoon: ({ context }: Of) => {
    const before = { unit: 'days' as const, amount: days('recurring.dueSoon', context) };
    return until(lengthBefore(calendarKnown(context), context.end, before).dueAt);
  },
  lastDay: ({ context }: Of) => until(context.lastDay),
  overdue: ({ context }: Of) => {
    const grace = { unit: 'days' as const, amount: days('recurring.grace', context) };
    return until(lengthFrom(calendarKnown(context), context.end, grace).dueAt);
  },
  /** By the chain of the obligation: arranging a meeting, preparing, answering outside, a desk. */
  step: ({ context }: Of) => {
    const lengths = Object.entries(steps).map(([chain, length]) => [chain, length()] as const);
    const chain = (obligations[context.obligation] ?? { chain: 'office' }).chain;
    return new Map<string, number>(lengths).get(chain)!;
  },
};
