/** What is asked of an act or notice before a machine sees it, and what is answered where it is not taken. */
import type { EventObject } from 'xstate';
import { jsonBytes } from './carry';
import type { Definition, EventSpec, Schema } from './definition';
import type { Verdict } from './explain';
import type { Outcome, Refusal } from './receipt';
import type { Act, Instant, Json, Notice, Stamp } from './types';

/**
 * JSON of one act or notice, in bytes. Temporal takes 2 MiB; an act also stands in the record, beside what it caused, and
 * papers are referred to, not sent.
 */
export const ACT_LIMIT = 256 * 1024;

/** Entrances are processes whose acts may overtake each other on the way; an act older than this is back-dated. */
const OVERTAKING_MS = 30_000;
/** Clocks of entrance and server may differ by so much before a stamp counts as lying in the future. */
const CLOCK_SKEW_MS = 5_000;
/** The range of Date. */
const MAX_INSTANT = 8.64e15;
/** Temporal takes ids up to 1,000 bytes. */
const MAX_ID = 200;

/** Set by the runtime on the event a machine sees; a payload may not pretend to them. */
const RESERVED = ['type', 'stamp', 'notice'];

export interface Refused {
  outcome: Outcome;
  refusal: Refusal;
}

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'number' && Math.abs(value) <= MAX_INSTANT;
}

/** Not further ahead than clocks may differ. */
export function isSoon(receivedAt: Instant, now: Instant): boolean {
  return receivedAt <= now + CLOCK_SKEW_MS;
}

/** Whether something that came from outside has the shape of an act. */
export function isAct(act: unknown): act is Act {
  const { id, type, stamp, at } = (act ?? {}) as Partial<Act>;
  return (
    typeof id === 'string' &&
    id.length > 0 &&
    id.length <= MAX_ID &&
    typeof type === 'string' &&
    isInstant(stamp?.receivedAt) &&
    typeof stamp.entrance === 'string' &&
    (at === undefined || isInstant(at))
  );
}

export const NOT_AN_ACT: Refused = {
  outcome: 'malformed',
  refusal: {
    code: 'malformed',
    path: 'act',
    params: { expected: '{id, type, payload, stamp: {receivedAt, entrance}}' },
  },
};

/** Types that can be sent from outside as acts or facts, in the order of their declaration. */
export function actTypes({ events }: Definition): string[] {
  return Object.keys(events).filter((type) => events[type]?.kind !== 'notice');
}

/** The declaration of an event; an inherited name such as `toString` is none. */
function specOf({ events }: Definition, type: string): EventSpec | undefined {
  return Object.hasOwn(events, type) ? events[type] : undefined;
}

/** Shape and type: what can be wrong with an act whatever the case. */
export function shapeAmiss(definition: Definition, act: Act): Refused | undefined {
  if (!isAct(act)) return NOT_AN_ACT;
  const spec = specOf(definition, act.type);
  if (!spec || spec.kind === 'notice')
    return malformed({ code: 'unknown-event', params: { event: act.type }, accepted: actTypes(definition) });
  const bytes = jsonBytes(act);
  if (bytes > ACT_LIMIT) return malformed({ code: 'too-large', path: 'act', params: { bytes, limit: ACT_LIMIT } });
  const amiss = validate(spec.schema, act.payload) ?? reservedKey(act.payload);
  return amiss && malformed(amiss);
}

function reservedKey(payload: Json): Refusal | undefined {
  const key = RESERVED.find((name) => Object.hasOwn(payload as object, name));
  return key === undefined
    ? undefined
    : { code: 'malformed', path: `payload.${key}`, params: { problem: 'the runtime keeps this name for itself' } };
}

/** What is wrong with an act's stamp: in the future, or before what its entrance sent already or the case itself. */
export function stampAmiss(
  { receivedAt, entrance }: Stamp,
  {
    now,
    lastOfEntrance,
    openedAt,
    drill,
  }: { now: Instant; lastOfEntrance: Instant; openedAt: Instant; drill: boolean },
): Refused | undefined {
  const ahead = !drill && !isSoon(receivedAt, now);
  const behind = receivedAt < Math.max(lastOfEntrance, openedAt) - OVERTAKING_MS;
  if (!ahead && !behind) return undefined;
  const params = { receivedAt, entrance, now };
  return malformed({ code: ahead ? 'stamp-in-future' : 'stamp-out-of-order', params, path: 'stamp.receivedAt' });
}

/** The payload's fields, the stamp and the claimed instant, as the machine's event. */
export function eventOf({ type, payload, stamp, at }: Act): EventObject {
  return { ...(payload as object), type, stamp, ...(at === undefined ? {} : { at }) } as EventObject;
}

/** A notice as the machine's event; undefined if the machine takes no such notice, or not with this payload. */
export function eventOfNotice(definition: Definition, notice: Notice): EventObject | undefined {
  const spec = specOf(definition, notice.type);
  if (spec?.kind !== 'notice' || (validate(spec.schema, notice.payload) ?? reservedKey(notice.payload)))
    return undefined;
  const { id, from, seq, type, payload } = notice;
  return { ...(payload as object), type, notice: { id, from, seq } } as EventObject;
}

/** Whether something that came by signal is a notice. What is not cannot be refused, so it is left aside. */
export function isNotice(notice: unknown): notice is Notice {
  const { id, from, seq, type, payload } = (notice ?? {}) as Partial<Notice>;
  return (
    [id, from, type].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(seq) &&
    payload !== undefined &&
    jsonBytes(notice) <= ACT_LIMIT
  );
}

/** The first thing wrong with a payload, with its path; undefined if it fits. */
export function validate(schema: EventSpec['schema'], payload: Json): Refusal | undefined {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload))
    return { code: 'malformed', path: 'payload', params: { expected: 'an object' } };
  return schema && validateValue(schema, payload, 'payload');
}

/** The first thing wrong with any value, at its path below `at`. */
export function validateValue(schema: Schema, value: unknown, at: string): Refusal | undefined {
  const result = schema['~standard'].validate(value) as Checked | Promise<unknown>;
  if (result instanceof Promise) throw new Error('a payload schema must not be asynchronous');
  const issue = result.issues?.[0];
  if (!issue) return undefined;
  const path = [at, ...(issue.path ?? []).map((p) => String(typeof p === 'object' ? p.key : p))].join('.');
  return { code: 'malformed', path, params: { problem: issue.message } };
}

interface Checked {
  issues?: readonly { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] }[];
}

/** What a verdict of the machine means for the sender; undefined if the act is taken. */
export function refusalOf(
  verdict: Verdict,
  type: string,
  state: string[],
  accepted: () => string[],
): Refused | undefined {
  switch (verdict.kind) {
    case 'changes':
      return undefined;
    case 'nothing':
      return { outcome: 'unchanged', refusal: { code: 'unchanged', params: { event: type }, state } };
    case 'not-accepted':
      return {
        outcome: 'not-accepted',
        refusal: { code: 'not-accepted-here', params: { event: type }, state, accepted: accepted() },
      };
    case 'refused': {
      const { rule, guard } = verdict;
      const refusal: Refusal = { code: rule?.code ?? 'guard', params: { event: type, guard }, state };
      if (rule?.cite !== undefined) refusal.cite = rule.cite;
      if (rule?.soft) refusal.soft = true;
      return { outcome: 'rule', refusal };
    }
  }
}

function malformed(refusal: Refusal): Refused {
  return { outcome: 'malformed', refusal };
}
