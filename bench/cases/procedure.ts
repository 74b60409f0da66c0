/** The procedure under test, as far as all its versions share it: states, events, what goes in and what comes back. */

/** Waiting states in their order, each with the event that leads on. */
export const COURSE = [
  { state: 'drafting', event: 'CHECK' },
  { state: 'checked', event: 'SIGN' },
  { state: 'signed', event: 'APPROVE' },
  { state: 'approved', event: 'LIST' },
  { state: 'listed', event: 'CLOSE' },
] as const;

export type WaitingState = (typeof COURSE)[number]['state'];
export type StepEvent = (typeof COURSE)[number]['event'];
/** NOTE changes one number and neither state nor deadline; ROUND enters the present state anew. */
export type EventType = StepEvent | 'NOTE' | 'ROUND';

/** Every waiting state may last so long; then the case lapses. */
export const LIMIT_MS = 3_600_000;

export const ACT = 'act';

export interface Input {
  /** About 1 kB of context. */
  text: string;
  /** Every deadline of the case falls on this instant instead of an hour after its state was entered. */
  dueAt?: number;
  /** Nobody is told when the case lapses. */
  silentLapse?: boolean;
}

export interface Event {
  type: EventType;
  payload: { value?: number };
}

export interface Answer {
  state: string;
  dueAt: number | null;
}

/** Where an event leads from a waiting state; undefined if it is not accepted there. */
export function next(state: WaitingState, type: EventType): WaitingState | 'done' | undefined {
  if (type === 'NOTE' || type === 'ROUND') return state;
  const at = COURSE.findIndex((step) => step.state === state);
  if (COURSE[at]?.event !== type) return undefined;
  return COURSE[at + 1]?.state ?? 'done';
}

export const limitOf = ({ dueAt }: Pick<Input, 'dueAt'>, now: number): number =>
  dueAt === undefined ? LIMIT_MS : Math.max(1, dueAt - now);
