import { type Absence, chosen, dateOf, overlap, parseInstant, rule, type Span, valueAt } from '../../law/machine';
import { now, stepId } from '../../runtime/workflow';
import {
  type Asked,
  type AuthorityStamp,
  type CommonContext,
  law,
  reader,
  type Stamped,
  unusedException,
} from '../kit';
import type { FilingOffice, LeaveEvents, LeaveKind, LeaveNotices, Observation } from './events';
import { filingOffices } from './events';
import { overlapping } from './exclusion';
import { type Applicant, dutyIn } from './facts';

export type Approval = { seat: string; at: number; reason?: string };
type Replacement = { slot: string; person: string };

/** Asked while the absence goes on; the leave has its old end until all have agreed. */
type Extension = {
  to: number;
  reason: string;
  at: number;
  approvals: Approval[];
  externallyApproved: boolean;
};

export interface Context extends CommonContext, Applicant {
  openedBy: string;
  person: string;
  kind?: LeaveKind;
  destination?: string;
  from?: number;
  to?: number;
  replacements: Replacement[];
  /** When the request was handed in. */
  askedAt?: number;
  approvals: Approval[];
  externallyApproved: boolean;
  externalApprovals: { body: string; ref: string; at: number }[];
  filed: FilingOffice[];
  receipts: { office: FilingOffice; ref: string; at: number }[];
  /** The P01 case that keeps the list of absences. */
  term?: string;
  /** Whether that list has been asked to keep the interval free, and does. */
  reservation: 'none' | 'asked' | 'held';
  /** The party secretary allowed both to be away. */
  excepted: boolean;
  /** Absences that stood in the way when it was last looked. */
  overlaps: Absence[];
  rejection?: { seat: string; at: number; reason?: string };
  leftAt?: number;
  /** On a leave, or seen to be gone without one. */
  awayBy?: Absence['basis'];
  returnedAt?: number;
  observations: { from: number; source: Observation['source']; at: number }[];
  calledBackAt?: number;
  callBacks: { seat: string; reason: string; at: number }[];
  extension: Extension | undefined;
  /** Ends the leave had before. */
  extended: { from: number; to: number; reason: string; at: number }[];
}

export type Event = LeaveEvents & Stamped;
export type NoticeEvent = LeaveNotices;
type Of<Type extends Event['type']> = Extract<Event, { type: Type }>;

type Args = Asked<Context>;
const as = reader<Event>();

type Asking = 'SUBMIT_LEAVE' | 'HOLD_FOR_EXCLUSION' | 'EXTEND_LEAVE';
type AboutDuty = Asking | 'START_LEAVE';

/** The case's own id. */
export const thisCase = (): string => stepId().split(':')[0]!;

/** When something that is said to have happened did. */
export const happenedAt = ({ at }: Pick<Stamped, 'at'>): number => at ?? now();

export function intervalOf({ from = 0, to }: Pick<Context, 'from' | 'to'>): Span {
  return to === undefined ? { from } : { from, to };
}

/** What an act asks for: the interval it names, the one of the draft, or what an extension adds. */
export function askedInterval(context: Context, event: Of<AboutDuty>): Span {
  switch (event.type) {
    case 'SUBMIT_LEAVE':
      return { from: parseInstant(event.interval.from), to: parseInstant(event.interval.to) };
    case 'EXTEND_LEAVE':
      return { from: context.to ?? now(), to: parseInstant(event.to) };
    default:
      return intervalOf(context);
  }
}

/** Absences in the way of what an act asks for, by P01's list as the entrance put it beside the act. */
export function overlapsOf(context: Context, event: Of<Asking>): Absence[] {
  const { facts } = event.stamp as AuthorityStamp;
  const notWith = facts?.applicant?.notWith ?? context.notWith;
  const interval = askedInterval(context, event);
  return overlapping(facts?.acting?.absences ?? [], { notWith, interval, itself: thisCase() });
}

const asksExternally = ({ groups }: Context): boolean => groups.includes('A');

/** Approvers whose word is still out, of the request or, while one is asked, of the extension. */
export function missing({ approvers, approvals, extension }: Context): string[] {
  const given = (extension ?? { approvals }).approvals;
  return approvers.filter((seat) => !given.some((approval) => approval.seat === seat));
}

export const inOrder = (): boolean => valueAt(law(), 'leave.order', dateOf(now())) === 'in-order';

/** Those whose word is asked now: all that are out, or by the order in which article 71 names them. */
export function asked(context: Context): string[] {
  const out = missing(context);
  return inOrder() ? out.slice(0, 1) : out;
}

export function externalMissing(context: Context): boolean {
  return asksExternally(context) && !(context.extension ?? context).externallyApproved;
}

/** Of the request itself, whatever is asked besides. */
export const isApproved = (context: Context): boolean => {
  const request = { ...context, extension: undefined };
  return context.askedAt !== undefined && missing(request).length === 0 && !externalMissing(request);
};

export const isExtensionApproved = (context: Context): boolean =>
  context.extension !== undefined && missing(context).length === 0 && !externalMissing(context);

/** Group C files with both offices (71). */
export const mustFile = ({ groups }: Context): boolean => groups.includes('C');
export const unfiled = (context: Context): FilingOffice[] =>
  mustFile(context) ? filingOffices.filter((one) => !context.filed.includes(one)) : [];

const filingComesFirst = (): boolean => valueAt(law(), 'leave.filingBefore', dateOf(now()));
export const isFiled = (context: Context): boolean => unfiled(context).length === 0 || !filingComesFirst();

/** Receipts that are owed for a leave that was granted. */
export const owesReceipts = (context: Context): boolean => isApproved(context) && unfiled(context).length > 0;

export const rules = {
  timesInOrder: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ context, event }: Args) => {
      const { from, to } = askedInterval(context, as(event, 'SUBMIT_LEAVE', 'HOLD_FOR_EXCLUSION', 'EXTEND_LEAVE'));
      return to !== undefined && from < to;
    },
  }),

  askedBefore: rule({
    code: 'LEAVE_NOT_PRIOR',
    check: ({ context, event }: Args) =>
      now() < askedInterval(context, as(event, 'SUBMIT_LEAVE', 'HOLD_FOR_EXCLUSION', 'EXTEND_LEAVE')).from,
  }),

  /** Soft: passes with an exception of the party secretary. */
  notAwayTogether: rule({
    code: 'MUTUAL_EXCLUSION',
    check: ({ context, event }: Args) =>
      overlapsOf(context, as(event, 'SUBMIT_LEAVE', 'EXTEND_LEAVE')).length === 0 ||
      unusedException(context.exceptions, 'MUTUAL_EXCLUSION') !== undefined,
  }),

  /** Every slot of a roster within the interval has somebody else named for it. */
  dutyCovered: rule({
    code: 'DUTY_CONFLICT',
    check: ({ context, event }: Args) => {
      const act = as(event, 'SUBMIT_LEAVE', 'HOLD_FOR_EXCLUSION', 'EXTEND_LEAVE', 'START_LEAVE');
      const interval = askedInterval(context, act);
      const named = 'replacements' in act && act.replacements ? act.replacements : context.replacements;
      const slots = dutyIn((act.stamp as AuthorityStamp).facts).filter((slot) => overlap(interval, slot));
      return slots.every(({ slot }) => named.some((one) => one.slot === slot && one.person !== context.person));
    },
  }),

  approversComplete: rule({ code: 'APPROVER_MISSING', check: ({ context }: Args) => isApproved(context) }),

  /** Of a request that has not come past the other's absence, or waits for P01 to say so. */
  notHeld: rule({
    code: 'MUTUAL_EXCLUSION',
    check: ({ context }: Args) =>
      context.excepted || (context.reservation !== 'asked' && context.overlaps.length === 0),
  }),

  /** That both are told is stated; that it comes before leaving is our reading. */
  filedWithBoth: rule({
    code: 'LEAVE_NOT_FILED',
    cite: chosen(71),
    check: ({ context }: Args) => isFiled(context),
  }),

  /** Who goes earlier is not on this leave: that is observed. */
  leaveBegun: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ context, event }: Args) => happenedAt(as(event, 'START_LEAVE')) >= (context.from ?? 0),
  }),

  returnAfterLeaving: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ context, event }: Args) => happenedAt(as(event, 'RETURNED')) >= (context.leftAt ?? 0),
  }),

  observedNotAhead: rule({
    code: 'TIME_NOT_ALLOWED',
    check: ({ event }: Args) => parseInstant(as(event, 'ABSENCE_OBSERVED').from) <= now(),
  }),
};
