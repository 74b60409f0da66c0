/**
 * The acts that put a record right, the same in every procedure and every state: 更正 of a slip, 收回 of one's own last act
 * (spec 2.0b), and the repair of a case by two persons where nothing else helps. No transition of a machine is taken by
 * them: the runtime carries them out.
 */
import { z } from 'zod';
import { chosen, nextNoticeInstant } from '../../law/machine';
import {
  type Act,
  type CorrectableField,
  type CorrectSpec,
  fieldOf,
  type Json,
  now,
  type Outcome,
  type RecallSpec,
  type Refusal,
  type RepairSpec,
  type Stamp,
} from '../../runtime/workflow';
import { calendar } from './case-law';
import { seat } from './payload';
import { type AuthorityStamp, actingSeat, isOneOf } from './stamp';

/** A value of the context in which a slip may be put right. Never one that a rule or a deadline looks at. */
export interface Correctable<Context> extends CorrectableField {
  /** What it is called. */
  label: string;
  /** Seats and units that may put it right: whoever answers for what is written there. */
  who: (context: Context) => readonly (string | undefined)[];
}

const reason = z.string().min(1).max(1000);
const scalars = [z.string().min(1).max(1000), z.number(), z.boolean()] as const;

export const amendingEvents = {
  /** Field as it is declared, with places for `*`: `reports.0.doc`. `old` is left out where nothing stands. */
  CORRECT: z.strictObject({
    field: z.string().min(1).max(200),
    old: z.union([...scalars, z.null()]).optional(),
    new: z.union([...scalars]),
    reason,
  }),
  /** `eventId`: the id under which the act was sent; it stands in its receipt, in the record and in the view. */
  RECALL: z.strictObject({ eventId: z.string().min(1).max(200), reason }),
};

export const repairEvents = {
  PROPOSE_REPAIR: z.strictObject({
    state: z.array(z.string().min(1)).max(20).optional(),
    set: z
      .array(z.strictObject({ at: z.string().min(1), value: z.json() }))
      .max(50)
      .optional(),
    reason,
    second: seat,
  }),
  CONFIRM_REPAIR: z.strictObject({ proposal: z.int().min(1) }),
};

/** Effects by which another case began or heard of something: what has left the house of one case stays. */
const BINDING = ['startCase', 'notifyCase'];

const authority = (stamp: Stamp): AuthorityStamp => stamp as AuthorityStamp;

/** The seat whose act it was, and the one that entered it. */
function ownersOfAct(first: Stamp): string[] {
  const stamp = authority(first);
  return [...new Set([actingSeat(stamp).seat, stamp.seat])];
}

export function recalling(): RecallSpec {
  return {
    event: 'RECALL',
    cite: chosen() as Json,
    isOwn: (first, current) => isOneOf(authority(current), ownersOfAct(first)),
    owners: ownersOfAct,
    binding: BINDING,
    // Whoever was told because of the act is told that it was taken back.
    effect: () => ({
      template: 'recalled',
      cite: chosen() as Json,
      deliverAt: nextNoticeInstant(calendar(), now()),
    }),
  };
}

export function correcting(fields: readonly CorrectableField[]): CorrectSpec {
  return { event: 'CORRECT', cite: chosen() as Json, fields: fields.map(({ path, schema }) => ({ path, schema })) };
}

/** Who may put right what a correction names; an unknown field is refused by the runtime, which says what is known. */
export function mayCorrect<Context>(
  fields: readonly Correctable<Context>[],
  context: Context,
  stamp: AuthorityStamp,
  payload: Json,
): Refusal | undefined {
  const { field } = payload as { field: string };
  const declared = fieldOf(fields, field);
  if (!declared) return undefined;
  const entitled = declared.who(context).filter((one) => one !== undefined);
  const params = { event: 'CORRECT', seat: stamp.seat };
  return isOneOf(stamp, entitled) ? undefined : { code: 'not-entitled', entitled, params };
}

/** The Office runs the system, the supervision office sees that it is done: seats of either may repair. */
const REPAIRERS = ['X1', 'X2'];

export function repairing(): RepairSpec {
  return {
    propose: 'PROPOSE_REPAIR',
    confirm: 'CONFIRM_REPAIR',
    cite: chosen() as Json,
    unfit: ({ second, proposed, confirming }) => notSecond(second, authority(proposed), authority(confirming)),
  };
}

export const isRepair = (type: string): boolean => Object.hasOwn(repairEvents, type);

/** Who may propose or confirm a repair at all: a person, in his own name, in a seat of the two offices. */
export function mayRepair(
  { type, payload }: Act,
  stamp: AuthorityStamp,
): { outcome: Outcome; refusal: Refusal } | undefined {
  const params = { event: type, seat: stamp.seat };
  const { second = stamp.seat } = payload as { second?: string };
  const isOfOffices = (one: string) => REPAIRERS.some((unit) => one.startsWith(`${unit}-`));
  if (stamp.onWordOf || !isOneOf(stamp, REPAIRERS) || !isOfOffices(second))
    return { outcome: 'not-entitled', refusal: { code: 'not-entitled', entitled: REPAIRERS, params } };
  const isAlone = type === 'PROPOSE_REPAIR' && second === stamp.seat;
  return isAlone || stamp.actor === undefined ? { outcome: 'rule', refusal: { code: 'repair-one-person' } } : undefined;
}

/** Another seat, another person, and known as surely as the first one was. */
function notSecond(second: string, proposed: AuthorityStamp, confirming: AuthorityStamp): Refusal | undefined {
  const params = { event: 'CONFIRM_REPAIR', seat: confirming.seat };
  if (confirming.seat !== second) return { code: 'not-entitled', entitled: [second], params };
  if (confirming.seat === proposed.seat || confirming.actor === undefined || confirming.actor === proposed.actor)
    return { code: 'repair-one-person' };
  const isWord = ({ proof }: AuthorityStamp) => proof === 'word';
  return isWord(proposed) === isWord(confirming) ? undefined : { code: 'repair-not-proven' };
}
