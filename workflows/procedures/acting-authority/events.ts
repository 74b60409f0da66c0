import { z } from 'zod';
import { date, instant, person, reference, seat, unit } from '../kit/payload';

const interval = z.strictObject({ from: instant, to: instant.optional() });

/** Whether ranks have gaps or ties is told by a rule. */
const order = z
  .array(z.strictObject({ seat, person, appointedOn: date.optional(), rank: z.int().min(1).max(50) }))
  .max(50);

/** Opens a term. What is left out is unassigned. */
export const term = z.strictObject({
  mayor: person.optional(),
  evm: seat.optional(),
  order,
  absences: z.array(z.strictObject({ person, seats: z.array(seat).min(1).max(20), interval, ref: reference })).max(50),
});

export const entrustedActs = ['preside', 'chair-standing', 'chair-party-group', 'hold-special', 'task'] as const;
export const modes = ['each-time', 'standing'] as const;

const matter = z.strictObject({
  units: z.array(unit).min(1).optional(),
  subject: reference.optional(),
  case: reference.optional(),
  text: z.string().min(1).max(1000).optional(),
});

/** The acts and facts of spec 2.1. */
export const events = {
  SEAT_CHANGED: z.strictObject({ seat, person: person.optional(), from: instant, evm: z.boolean().optional() }),
  ORDER_SET: z.strictObject({ order, ref: reference }),
  ENTRUST: z.strictObject({
    receiver: seat,
    act: z.enum(entrustedActs),
    mode: z.enum(modes),
    matter: matter.optional(),
    period: interval,
    ref: reference,
  }),
  REVOKE_ENTRUSTMENT: z.strictObject({
    receiver: seat,
    act: z.enum(entrustedActs),
    /** Of several alike, which. */
    entrustment: reference.optional(),
    ref: reference,
  }),
  CONFIRM_NOTICE: z.strictObject({ version: z.int().min(1), presider: seat }),
  CLOSE_TERM: z.strictObject({ ref: reference }),
};

const span = z.strictObject({ from: z.int(), to: z.int().optional() });
const text = z.string().min(1);
const absence = { person: text, seats: z.array(text).min(1), interval: span, case: text };

/** From leave cases (spec 2.0b): the whole of the absence, not a change. */
export const notices = {
  RESERVE_ABSENCE: z.looseObject({ ...absence, excepted: z.boolean().optional() }),
  RELEASE_RESERVATION: z.looseObject({ ...absence }),
  ABSENCE_PLANNED: z.looseObject({ ...absence, basis: z.enum(['leave', 'observed']) }),
  ABSENCE_CANCELLED: z.looseObject({ ...absence }),
  ABSENCE_STARTED: z.looseObject({ ...absence, basis: z.enum(['leave', 'observed']) }),
  ABSENCE_ENDED: z.looseObject({ ...absence }),
};

export type Term = z.infer<typeof term>;
export type AuthorityEvents = {
  [K in keyof typeof events]: { type: K } & z.infer<(typeof events)[K]>;
}[keyof typeof events];
export type AuthorityNotices = {
  [K in keyof typeof notices]: { type: K } & z.infer<(typeof notices)[K]>;
}[keyof typeof notices];
