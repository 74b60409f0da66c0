import { type Article, parseInstant, rule } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type Asked, type CommonContext, reader, type Stamped } from '../kit';
import type { MeetingHeld, ObligationEvents, PeriodBegan } from './events';
import { type EvidenceKind, obligations } from './obligations';

export interface Evidence {
  kind: EvidenceKind;
  ref: string;
  /** When it was done. */
  at: number;
  /** The seat that handed it in, or the case that told of it. */
  by: string;
}

export interface Context extends CommonContext, Omit<PeriodBegan, 'behind'> {
  /** Units that owe it with the owner. */
  besides: string[];
  /** Seats that may let the period pass. */
  waivers: string[];
  /** 00:00 of the first day, 00:00 of the last day, and when the last day runs out. */
  begin: number;
  lastDay: number;
  end: number;
  openedAt: number;
  behind: string[];
  evidence: Evidence[];
  /** Meetings of which the Office is asked which period they serve. */
  offered: string[];
  /** Rungs of the chain that were called. */
  rung: number;
  waiver?: { reason: string; by: string; at: number };
}

export type Event = (ObligationEvents & Stamped) | MeetingHeld;

type Args = Asked<Context>;
const as = reader<Event>();

export const doneAt = ({ at }: { at: string }): number => parseInstant(at);
const isUsed = ({ evidence }: Context, ref: string): boolean => evidence.some((one) => one.ref === ref);

export const rules = {
  evidenceGiven: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ event }: Args) => as(event, 'FULFIL').evidence !== undefined,
  }),

  /** Minutes for a meeting, a report for what is reported, a record of the visit for a visit. */
  evidenceOfKind: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ context, event }: Args) => {
      const { evidence } = as(event, 'FULFIL');
      return evidence === undefined || obligations[context.obligation].evidence.includes(evidence.kind);
    },
  }),

  /** What was done before the period began served another one. */
  evidenceOfPeriod: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ context, event }: Args) => doneAt(as(event, 'FULFIL')) >= context.begin,
  }),

  /** One piece of evidence serves one instance of a duty: the minutes of one sitting may show two duties, each once. */
  evidenceUnused: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ context, event }: Args) => {
      const { evidence, stamp } = as(event, 'FULFIL');
      const elsewhere = stamp.facts?.served?.some(({ obligation }) => obligation === context.obligation) ?? false;
      return evidence === undefined || (!isUsed(context, evidence.ref) && !elsewhere);
    },
  }),

  timeAllowed: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ event }: Args) => doneAt(as(event, 'FULFIL')) <= now(),
  }),

  /** With it, still more is owed in the period. */
  moreOwed: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ context }: Args) => context.evidence.length + 1 < context.count,
  }),

  /** The Office enters later, on the word of whoever did it, what was done within the period. */
  enteredLater: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ context, event }: Args) => {
      const { stamp, ...fulfilled } = as(event, 'FULFIL');
      return stamp.onWordOf !== undefined && doneAt(fulfilled) < context.end;
    },
  }),

  /** It serves what this article owes. */
  owedBy: rule({
    code: 'EVIDENCE_MISSING',
    check: ({ context }: Args, { article }: { article: Article }) =>
      obligations[context.obligation].article === article,
  }),

  reasonGiven: rule({
    code: 'WAIVER_WITHOUT_REASON',
    check: ({ event }: Args) => (as(event, 'WAIVE').reason ?? '').trim() !== '',
  }),
};

/** Whether a meeting is of the kind that serves it, and was not told of before. */
function isNews(context: Context, event: { type: string }): boolean {
  const { kind, minutes, at } = as(event, 'MEETING_HELD');
  const known = isUsed(context, minutes) || context.offered.includes(minutes);
  return obligations[context.obligation].meeting === kind && !known && at >= context.begin;
}

/** It was held in the period, and no earlier period waits for one. */
export function servesOfItself({ context, event }: Args): boolean {
  return isNews(context, event) && as(event, 'MEETING_HELD').at < context.end && context.behind.length === 0;
}

/** Another period may have a claim to it: held after this one ended, or while an earlier one was open. */
export function mayServeAnother({ context, event }: Args): boolean {
  return isNews(context, event) && (as(event, 'MEETING_HELD').at >= context.end || context.behind.length > 0);
}
