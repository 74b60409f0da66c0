import { z } from 'zod';
import { instant, person, reference, seat } from '../kit/payload';

const text = z.string().min(1).max(1000);
/** Of the envelope (spec 2.0b): what the sender adds in words. */
const note = z.strictObject({ note: text.optional() });

export const kinds = ['visit', 'business', 'holiday'] as const;
export type LeaveKind = (typeof kinds)[number];

/** The bodies whose rules the mayor's leave follows (71). */
export const bodies = ['regional-committee', 'regional-government', 'municipal-committee'] as const;

/** 市委辦公室 and 政府辦公室. A third is told by a rule, so that the answer names the article. */
export const filingOffices = ['party-office', 'government-office'] as const;
export type FilingOffice = (typeof filingOffices)[number];

const observers = ['office', 'duty-room', 'meeting-roll'] as const;

/** Whether the times hold together is told by a rule. */
export const request = z.strictObject({
  person,
  seats: z.array(seat).min(1).max(20),
  kind: z.enum(kinds),
  destination: reference,
  interval: z.strictObject({ from: instant, to: instant }),
  replacements: z
    .array(z.strictObject({ slot: reference, person }))
    .max(50)
    .optional(),
});

/** Begun, nothing is over before it: no `to`. */
export const observation = z.strictObject({ person, from: instant, source: z.enum(observers) });

/** The acts and facts of spec 2.2, besides the common ones of the kit. */
export const events = {
  SUBMIT_LEAVE: request,
  APPROVE_LEAVE: z.strictObject({ asSeat: seat, reason: text.optional() }),
  REJECT_LEAVE: z.strictObject({ asSeat: seat, reason: text.optional() }),
  RECORD_EXTERNAL_APPROVAL: z.strictObject({ body: z.enum(bodies), ref: reference }),
  HOLD_FOR_EXCLUSION: note,
  RECORD_FILING: z.strictObject({
    office: reference.meta({ examples: [...filingOffices] }),
    ref: reference,
  }),
  START_LEAVE: note,
  ABSENCE_OBSERVED: observation,
  EXTEND_LEAVE: z.strictObject({
    to: instant,
    reason: text,
    replacements: request.shape.replacements,
  }),
  CALL_BACK: z.strictObject({ reason: text }),
  RETURNED: note,
  NOT_TAKEN: note,
  WITHDRAW: z.strictObject({ reason: text }),
  STOP_WAITING: z.strictObject({ case: reference.optional(), reason: text }),
};

const span = z.strictObject({ from: z.int(), to: z.int().optional() });
const absence = z.looseObject({
  seats: z.array(z.string()),
  interval: span,
  case: z.string(),
  state: z.enum(['asked', 'granted', 'open']),
});

/** From P01 about the reservation; from the other leave case what its time is now (spec 2.0b). */
export const notices = {
  ABSENCE_RESERVED: z.looseObject({ interval: span }),
  ABSENCE_OVERLAPS: z.looseObject({ interval: span.optional(), overlaps: z.array(absence) }),
  ABSENCE_CANCELLED: z.looseObject({ interval: span, case: z.string() }),
  ABSENCE_STARTED: z.looseObject({ interval: span, case: z.string() }),
  ABSENCE_ENDED: z.looseObject({ interval: span, case: z.string() }),
};

export type Request = z.infer<typeof request>;
export type Observation = z.infer<typeof observation>;
export type LeaveEvents = {
  [K in keyof typeof events]: { type: K } & z.infer<(typeof events)[K]>;
}[keyof typeof events];
export type LeaveNotices = {
  [K in keyof typeof notices]: { type: K } & z.infer<(typeof notices)[K]>;
}[keyof typeof notices];
