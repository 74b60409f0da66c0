/**
 * What a machine may ask of the world while it takes one step: the instant, the data that travel with its case, and a
 * place for the effects it names. Set around each synchronous step, absent outside one: a guard that reads a clock
 * elsewhere is a bug and says so. Module state is safe here although all cases of a worker share it: a step is synchronous.
 */
import type { Effect, Instant, Json } from './types';

interface Frame {
  now: Instant;
  wake: Instant;
  data: Json;
  caseId: string;
  sequence: number;
  effects: Effect[];
}

let frame: Frame | undefined;

function current(what: string): Frame {
  if (!frame) throw new Error(`${what} was asked for outside a step of a case`);
  return frame;
}

/** The instant of the step being taken, in epoch milliseconds: when an act was received, when a timer was due. */
export function now(): Instant {
  return current('now()').now;
}

/** The instant at which the case really woke for this step; later than `now()` after an outage. */
export function wokenAt(): Instant {
  return current('wokenAt()').wake;
}

/** The data that travel with the case (for zhengling: the law of its edition). */
export function caseData<T>(): T {
  return current('caseData()').data as T;
}

/** From here on the step goes by other data of its case. */
export function replaceData(data: Json): void {
  current('replaceData()').data = data;
}

/** The id of the case that takes the step. */
export function caseId(): string {
  return current('caseId()').caseId;
}

/** An id for something this step creates: case, sequence of the step, position within it. The same on every replay. */
export function stepId(): string {
  const { caseId, sequence, effects } = current('stepId()');
  return `${caseId}:${sequence}:${effects.length}`;
}

/** Names an effect. It is carried out only if the whole step ends without error. */
export function emitEffect(effect: Effect): void {
  current('emitEffect()').effects.push(effect);
}

export function within<T>(next: Frame, run: () => T): T {
  const outer = frame;
  frame = next;
  try {
    return run();
  } finally {
    frame = outer;
  }
}
