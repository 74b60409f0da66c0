/** Rules about who asks or agrees, and about what the entrance has to know first. Asked before entitlement. */
import { chosen, dateOf, stated, valueAt } from '../../law/machine';
import { type Json, now, type Refusal } from '../../runtime/workflow';
import { type AuthorityStamp, actingSeat, law, refusedBy } from '../kit';
import type { Request } from './events';
import { applicantOf } from './facts';
import { asked, type Context, externalMissing, isApproved, isFiled, missing, overlapsOf, unfiled } from './rules';

export function barredFromRequest(context: Context, { facts }: AuthorityStamp, payload: Json): Refusal | undefined {
  const { person, seats } = payload as Request;
  if (person !== context.person) return { code: 'leave-other-person', path: 'payload.person' };
  const known = facts?.applicant;
  const { groups, unled, notWith, seats: held } = known ? applicantOf(known) : context;
  const foreign = seats.find((seat) => !held.includes(seat));
  if (foreign !== undefined)
    return { code: 'applicant-seat', path: 'payload.seats', params: { seat: foreign, person } };
  if (groups.length === 0) return { code: 'leave-not-regulated', cite: stated(71) as Json, params: { person } };
  if (unled[0] !== undefined) return { code: 'vmc-unassigned', cite: stated(71) as Json, params: { unit: unled[0] } };
  return notWith.length > 0 && !facts?.acting ? { code: 'term-not-open', cite: stated(71) as Json } : undefined;
}

/** A request is held only for what stands in its way. */
export function barredFromHolding(context: Context, stamp: AuthorityStamp): Refusal | undefined {
  const known = stamp.facts?.applicant;
  const { notWith } = known ? applicantOf(known) : context;
  if (notWith.length > 0 && !stamp.facts?.acting) return { code: 'term-not-open', cite: stated(71) as Json };
  const stands = overlapsOf(context, { type: 'HOLD_FOR_EXCLUSION', stamp }).length > 0;
  return stands ? undefined : { code: 'nothing-to-hold', cite: stated(71) as Json };
}

/** An operator may want a request of its own for every day added. */
export function barredFromExtending(context: Context, { facts }: AuthorityStamp): Refusal | undefined {
  if (valueAt(law(), 'leave.extension', dateOf(now())) === 'new-request')
    return { code: 'extension-is-a-request', cite: chosen(71) as Json };
  return context.notWith.length > 0 && !facts?.acting ? { code: 'term-not-open', cite: stated(71) as Json } : undefined;
}

/** Nobody agrees to his own leave, or for a seat that is not asked, or twice. */
export function barredFromWord(context: Context, stamp: AuthorityStamp, payload: Json): Refusal | undefined {
  const { asSeat } = payload as { asSeat: string };
  const { seat } = actingSeat(stamp);
  const { seats, approvers } = context;
  if (seats.includes(asSeat) || seats.includes(seat)) return refusedBy('SELF_APPROVAL', { seat: asSeat });
  if (!approvers.includes(asSeat)) return { code: 'not-entitled', entitled: [...approvers], params: { seat: asSeat } };
  if (asSeat !== seat) return { code: 'not-entitled', entitled: [asSeat], params: { seat } };
  if (!missing(context).includes(asSeat))
    return { code: 'word-given', cite: chosen(71) as Json, params: { seat: asSeat } };
  const [next] = asked(context);
  return asked(context).includes(asSeat)
    ? undefined
    : { code: 'word-not-next', cite: chosen(71) as Json, params: { seat: next! } };
}

/** As the rules of the machine, with what is missing by name. */
export function barredFromLeaving(context: Context): Refusal | undefined {
  if (!isApproved(context)) {
    const outside = externalMissing(context) ? ['regional-committee'] : [];
    return refusedBy('APPROVER_MISSING', { missing: [...missing(context), ...outside] });
  }
  return isFiled(context) ? undefined : refusedBy('LEAVE_NOT_FILED', { missing: unfiled(context) }, chosen(71));
}
