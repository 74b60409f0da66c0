import { z } from 'zod';
import { versionKinds } from '../kit/law-change';
import { date, reference } from '../kit/payload';

/** To whom a version applies (article 74). */
export const scopes = ['departments', 'dispatched-agencies', 'affiliated-institutions'] as const;
export const bases = ['stated', 'statute', 'chosen'] as const;

export const draftVersion = z.strictObject({
  number: reference.optional(),
  repeals: z.array(z.strictObject({ number: reference, date: date.optional() })).max(50),
  /** The instruments it is made under (article 1), by name. */
  basis: z.array(reference).max(50),
  scope: z.array(z.enum(scopes)).min(1),
  kind: z.enum(versionKinds),
});

/** A figure of any shape the table of parameters knows; which one, is told by a rule. */
const scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()]);
const parameterValue = z.union([
  scalar,
  z.array(scalar).max(50),
  z.record(z.string().max(50), z.union([scalar, z.record(z.string().max(50), scalar)])),
]);

export const events = {
  SET_PARAMETER: z.strictObject({
    key: z.string().min(1).max(100),
    value: parameterValue,
    unit: z.string().min(1).max(40),
    basis: z.enum(bases),
    source: reference.optional(),
    reason: z.string().min(1).max(1000).optional(),
    author: reference,
    from: date,
  }),
  APPROVE: z.strictObject({ ref: reference }),
  PUBLISH: z.strictObject({ effectiveFrom: date.optional(), number: reference }),
  WITHDRAW: z.strictObject({ reason: z.string().min(1).max(1000) }),
};

/** What the carrier of a notice adds, `law`, is the kit's to take. */
export const versionChanged = z.looseObject({
  from: reference,
  to: reference,
  kind: z.enum(versionKinds),
  at: z.int().optional(),
});

export type Draft = z.infer<typeof draftVersion>;
export type ParameterSet = z.infer<typeof events.SET_PARAMETER>;
export type VersionEvents =
  | { [K in keyof typeof events]: { type: K } & z.infer<(typeof events)[K]> }[keyof typeof events]
  | ({ type: 'VERSION_CHANGED' } & z.infer<typeof versionChanged>);
