/** The two ways a leave case begins: a request that is drawn up, and an absence that somebody saw. */
import { covers, parseInstant, stated } from '../../law/machine';
import type { Json, Refusal } from '../../runtime/workflow';
import { type AuthorityStamp, actingSeat, isOneOf, type LeaveFact, type Opening, refusedBy } from '../kit';
import { type Observation, observation, type Request, request } from './events';
import { office, officesOf } from './facts';

/** Only somebody of the directory can be away, and only in seats of his. */
const strange = (person: string): Refusal => ({ code: 'person-unknown', path: 'payload.person', params: { person } });

/** The entrance has it: nobody unknown comes past `refuse`. */
function applicantOfStamp({ facts }: AuthorityStamp): Json {
  if (!facts?.applicant) throw new Error('a leave case is opened for nobody');
  return facts.applicant;
}

export const drafting: Opening<Request> = {
  type: 'DRAFT_LEAVE',
  schema: request,
  // Whoever it concerns is known with the facts: `refuse` says who may.
  who: ['*'],
  facts: ['applicant'],
  refuse: (payload, stamp) => {
    const applicant = stamp.facts?.applicant;
    if (!applicant) return strange(payload.person);
    const foreign = payload.seats.find((seat) => !applicant.seats.includes(seat));
    if (foreign !== undefined)
      return { code: 'applicant-seat', path: 'payload.seats', params: { seat: foreign, person: payload.person } };
    if (applicant.groups.length === 0 && applicant.units.length === 0)
      return { code: 'leave-not-regulated', cite: stated(71) as Json, params: { person: payload.person } };
    const entitled = [...applicant.seats, ...officesOf(applicant)];
    if (!isOneOf(stamp, entitled))
      return { code: 'not-entitled', entitled, params: { event: 'DRAFT_LEAVE', seat: stamp.seat } };
    const { from, to } = payload.interval;
    return parseInstant(from) < parseInstant(to) ? undefined : refusedBy('TIME_NOT_ALLOWED', { from, to });
  },
  input: (payload, stamp) => ({
    openedBy: actingSeat(stamp).seat,
    applicant: applicantOfStamp(stamp),
    request: payload as unknown as Json,
  }),
};

const AWAY = ['on-leave', 'overstayed', 'recalled', 'observed'];

/** The person's open case that covers the moment: the one he is away by, or the one that asks for that time. */
function caseOf(leaves: readonly LeaveFact[], from: number): LeaveFact | undefined {
  const away = leaves.find(({ state }) => AWAY.includes(state));
  return away ?? leaves.find(({ state, interval }) => state !== 'returned' && interval && covers(interval, from));
}

export const observing: Opening<Observation> = {
  type: 'ABSENCE_OBSERVED',
  schema: observation,
  who: [office],
  facts: ['applicant', 'leaves'],
  refuse: ({ person, from }, stamp) => {
    if (!stamp.facts?.applicant) return strange(person);
    return parseInstant(from) <= stamp.receivedAt ? undefined : refusedBy('TIME_NOT_ALLOWED', { from });
  },
  route: ({ from }, { leaves = [] }) => caseOf(leaves, parseInstant(from))?.case,
  input: ({ person: _, ...seen }, stamp) => ({
    openedBy: actingSeat(stamp).seat,
    applicant: applicantOfStamp(stamp),
    observation: seen,
  }),
  opened: (input) => typeof input === 'object' && input !== null && 'observation' in input,
};
