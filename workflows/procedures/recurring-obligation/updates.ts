/** What each act writes into the case. */
import { beginOf, lastDayOf } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { actingSeat, emptyCommon } from '../kit';
import { endOfPeriod } from './delays';
import type { MeetingHeld, PeriodBegan } from './events';
import { obligations } from './obligations';
import { type Context, doneAt, type Event } from './rules';

type Changes = Partial<Context>;

export function opened({ behind = [], ...began }: PeriodBegan): Context {
  const { besides, waivedBy } = obligations[began.obligation];
  const openedAt = now();
  return {
    ...began,
    ...emptyCommon(),
    besides: [...besides],
    waivers: waivedBy === 'owner' ? [began.owner] : ['sg'],
    begin: beginOf(began.period),
    lastDay: lastDayOf(began.period),
    end: endOfPeriod(began.period.last, { openedAt }),
    openedAt,
    behind,
    evidence: [],
    offered: [],
    rung: 0,
  };
}

export function applied(context: Context, event: { type: string }): Changes {
  const told = event as Event;
  switch (told.type) {
    case 'FULFIL': {
      const one = { ...told.evidence!, at: doneAt(told), by: actingSeat(told.stamp).seat };
      return { evidence: [...context.evidence, one] };
    }
    case 'MEETING_HELD':
      return { evidence: [...context.evidence, held(told)] };
    case 'WAIVE':
      return { waiver: { reason: told.reason!, by: actingSeat(told.stamp).seat, at: now() } };
  }
}

const held = ({ at, minutes, notice }: MeetingHeld) => ({
  kind: 'minutes' as const,
  ref: minutes,
  at,
  by: notice.from,
});

export const offered = (context: Context, event: { type: string }): Changes => ({
  offered: [...context.offered, (event as MeetingHeld).minutes],
});

/** Where the next window of one that rolls begins: after what served it last, or after its end where nothing did. */
export function doneLast({ evidence, end }: Context): number {
  return evidence.length > 0 ? Math.max(...evidence.map(({ at }) => at)) : end - 1;
}
