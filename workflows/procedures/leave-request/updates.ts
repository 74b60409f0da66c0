/** What each act writes into the case. */
import { type Absence, parseInstant } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type AuthorityStamp, actingSeat, commonUpdates, granted, useException } from '../kit';
import type { FilingOffice, Observation, Request } from './events';
import { withLeave } from './exclusion';
import { type Applicant, applicantOf, partySecretary } from './facts';
import {
  type Approval,
  type Context,
  type Event,
  happenedAt,
  intervalOf,
  isExtensionApproved,
  type NoticeEvent,
  overlapsOf,
} from './rules';

type Changes = Partial<Context>;
type Any = Event | NoticeEvent;
type Updates = { [K in Any['type']]?: (context: Context, event: Extract<Any, { type: K }>) => Changes };

const EXCLUSION = 'MUTUAL_EXCLUSION';

export const requested = ({ kind, destination, interval, replacements }: Request) => ({
  kind,
  destination,
  from: parseInstant(interval.from),
  to: parseInstant(interval.to),
  replacements: replacements ?? [],
});

/** Seats change hands: the request is judged by what the directory says when it is handed in. */
function applicantNow(stamp: AuthorityStamp): Partial<Applicant> {
  const known = stamp.facts?.applicant;
  return known ? applicantOf(known) : {};
}

const termOf = ({ facts }: AuthorityStamp): Pick<Context, 'term'> => (facts?.acting ? { term: facts.acting.case } : {});

/** An exception is used where it was needed. */
function exceptedBy(context: Context, overlaps: readonly Absence[]): Pick<Context, 'exceptions' | 'excepted'> {
  if (overlaps.length === 0) return { exceptions: context.exceptions, excepted: false };
  return { exceptions: useException(context.exceptions, EXCLUSION), excepted: true };
}

/** What was agreed to stays agreed while the request is the same. */
function wordsGiven(context: Context, next: Context): Pick<Context, 'approvals' | 'externallyApproved'> {
  const same = (['from', 'to', 'kind', 'destination'] as const).every((field) => context[field] === next[field]);
  if (!same) return { approvals: [], externallyApproved: false };
  const asked = context.approvals.filter(({ seat }) => next.approvers.includes(seat));
  return { approvals: asked, externallyApproved: context.externallyApproved };
}

function approved(context: Context, approval: Approval): Changes {
  const { extension, approvals } = context;
  if (extension) return { extension: { ...extension, approvals: [...extension.approvals, approval] } };
  return { approvals: [...approvals, approval] };
}

const word = (seat: string, reason: string | undefined): Approval =>
  reason === undefined ? { seat, at: now() } : { seat, at: now(), reason };

const updates: Updates = {
  ...commonUpdates,
  SUBMIT_LEAVE: (context, { stamp, ...event }) => {
    const overlaps = overlapsOf(context, { ...event, stamp });
    const next = { ...context, ...applicantNow(stamp), ...requested(event), ...termOf(stamp) };
    return {
      ...next,
      ...exceptedBy(context, overlaps),
      ...wordsGiven(context, next),
      askedAt: now(),
      overlaps,
      reservation: next.notWith.length > 0 ? 'asked' : 'none',
    };
  },
  HOLD_FOR_EXCLUSION: (context, { stamp, ...event }) => ({
    ...applicantNow(stamp),
    ...termOf(stamp),
    askedAt: now(),
    overlaps: overlapsOf(context, { ...event, stamp }),
    reservation: 'none',
  }),
  APPROVE_LEAVE: (context, { asSeat, reason }) => approved(context, word(asSeat, reason)),
  REJECT_LEAVE: (context, { asSeat, reason }) =>
    context.extension ? { extension: undefined } : { rejection: word(asSeat, reason) },
  RECORD_EXTERNAL_APPROVAL: (context, { body, ref }) => {
    const externalApprovals = [...context.externalApprovals, { body, ref, at: now() }];
    return context.extension
      ? { externalApprovals, extension: { ...context.extension, externallyApproved: true } }
      : { externalApprovals, externallyApproved: true };
  },
  RECORD_FILING: ({ filed, receipts }, { office, ref }) => ({
    filed: [...filed, office as FilingOffice],
    receipts: [...receipts, { office: office as FilingOffice, ref, at: now() }],
  }),
  START_LEAVE: (_, event) => ({ leftAt: happenedAt(event), awayBy: 'leave' }),
  ABSENCE_OBSERVED: (context, event) => observed(context, event),
  EXTEND_LEAVE: (context, { stamp, ...event }) => {
    const overlaps = overlapsOf(context, { ...event, stamp });
    return {
      ...exceptedBy(context, overlaps),
      ...termOf(stamp),
      overlaps,
      reservation: context.notWith.length > 0 ? 'asked' : 'none',
      replacements: event.replacements ?? context.replacements,
      extension: {
        to: parseInstant(event.to),
        reason: event.reason,
        at: now(),
        approvals: [],
        externallyApproved: false,
      },
    };
  },
  CALL_BACK: ({ callBacks }, { reason, stamp }) => ({
    calledBackAt: now(),
    callBacks: [...callBacks, { seat: actingSeat(stamp).seat, reason, at: now() }],
  }),
  RETURNED: (_, event) => ({ returnedAt: happenedAt(event), extension: undefined }),
  NOT_TAKEN: () => ({}),
  WITHDRAW: () => ({}),
  STOP_WAITING: () => ({ reservation: 'none' }),
  ABSENCE_RESERVED: () => ({ reservation: 'held' }),
  ABSENCE_OVERLAPS: (_, { overlaps }) => ({ reservation: 'none', overlaps: overlaps as Absence[] }),
  ABSENCE_CANCELLED: (context, event) => ({ overlaps: overlapsWithout(context, event) }),
  ABSENCE_STARTED: (context, event) => ({ overlaps: overlapsWithout(context, event) }),
  ABSENCE_ENDED: (context, event) => ({ overlaps: overlapsWithout(context, event) }),
};

/** What stands in the way still, after another leave case said what its time is now. */
export function overlapsWithout(context: Context, event: { type: string }): Absence[] {
  const {
    type,
    interval,
    case: from,
  } = event as Exclude<NoticeEvent, { type: 'ABSENCE_RESERVED' | 'ABSENCE_OVERLAPS' }>;
  const { from: begin, to } = interval;
  const now = type === 'ABSENCE_CANCELLED' ? {} : { now: to === undefined ? { from: begin } : { from: begin, to } };
  return withLeave(context.overlaps, { from, ...now }, intervalOf(context));
}

/** Seen to be gone; who is away already stays away since then. */
export function observed(
  { observations, leftAt }: Pick<Context, 'observations' | 'leftAt'>,
  { from, source }: Pick<Observation, 'from' | 'source'>,
): Pick<Context, 'observations' | 'leftAt'> {
  const since = parseInstant(from);
  return { observations: [...observations, { from: since, source, at: now() }], leftAt: leftAt ?? since };
}

export function applied(context: Context, event: { type: string }): Changes {
  const update = updates[event.type as Any['type']] as ((context: Context, event: unknown) => Changes) | undefined;
  if (!update) throw new Error(`nothing is written for ${event.type}`);
  return update(context, event);
}

/** Granted while the request is held: used at once, and his approval along with it. */
export function lifted(context: Context, event: Parameters<typeof granted>[1]): Changes {
  const exceptions = useException(granted(context.exceptions, event), EXCLUSION);
  const isAsked = context.approvers.includes(partySecretary);
  const given = context.approvals.some(({ seat }) => seat === partySecretary);
  const approvals = isAsked && !given ? [...context.approvals, word(partySecretary, event.reason)] : context.approvals;
  return { exceptions, approvals, excepted: true, reservation: 'asked' };
}

/** The leave has a later end from now on. */
export function extended(context: Context): Changes {
  const { extension, to = now(), extended: before } = context;
  if (!extension || !isExtensionApproved(context)) throw new Error('an extension takes effect that nobody approved');
  const { to: next, reason } = extension;
  return { to: next, extension: undefined, extended: [...before, { from: to, to: next, reason, at: now() }] };
}
