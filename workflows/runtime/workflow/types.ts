/** The values that cross the boundary of a case: what clients send, what the ledger keeps, what views show. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** Milliseconds since the epoch. Printed forms are the host's business. */
export type Instant = number;

/** What an entrance says about an act: when it received it and which entrance it was. The host adds who, in which seat. */
export interface Stamp {
  receivedAt: Instant;
  /** The entrance that took the act in; acts of one entrance never run backwards. */
  entrance: string;
  [key: string]: Json | undefined;
}

export interface Act {
  /** Chosen by the sender; the same id with the same content is answered with the first receipt. */
  id: string;
  type: string;
  payload: Json;
  stamp: Stamp;
  /** When it happened, where that is claimed to differ from when it was received. */
  at?: Instant;
}

/** From another case, a calendar or an edition; never refused, possibly without effect. A lower `seq` of the same sender is ignored. */
export interface Notice {
  id: string;
  from: string;
  seq: number;
  type: string;
  payload: Json;
}

/** Opaque to the runtime: where a transition, rule or deadline rests. */
export type Cite = Json;

/** One transition that was taken. `from` and `to` are state paths such as `open.course.overdue`. */
export interface Step {
  from: string;
  to: string[];
  label?: string;
  cite?: Cite;
}

/** An effect a machine named: told, recorded, started, notified. Carried out by activities. */
export interface Effect {
  kind: string;
  [key: string]: Json | undefined;
}

export interface Trigger {
  kind: 'open' | 'act' | 'notice' | 'timer' | 'result' | 'runtime';
  type: string;
  id?: string;
  payload?: Json;
}

/** One link of a case's legal record: everything one stimulus changed. `hash` is SHA-256 (hex) over RFC 8785 JSON of the rest. */
export interface RecordEntry {
  case: string;
  sequence: number;
  machine: string;
  trigger: Trigger;
  /** When it happened in the world: the claim of a fact, the due instant of a timer, else when it was received. */
  happenedAt: string;
  receivedAt: string;
  recordedAt: string;
  by?: Json;
  steps: Step[];
  effects: Effect[];
  /** State paths after the step. */
  state: string[];
  previous: string;
  hash: string;
}

export interface Deadline {
  /** Declared delay name, or the event type of a delayed event. */
  name: string;
  dueAt: Instant;
  label: string;
  cite?: Cite;
}

/** What lists and inboxes show of a case, as of `sequence`. `attributes` and `summary` come from the host. */
export interface Projection {
  case: string;
  machine: string;
  sequence: number;
  status: 'open' | 'closed';
  state: string[];
  deadlines: Deadline[];
  summary: Json;
}

/** A deadline that moved: what it is called in the table and to people, from when, to when. */
export interface Moved {
  name: string;
  label: string;
  from: Instant;
  to: Instant;
}

export interface OutboxItem {
  /** `<case>:<sequence>:<n>`: the same effect always has the same id. */
  id: string;
  sequence: number;
  effect: Effect;
}

/**
 * One flush of a case to the ledger, written in one transaction.
 * `committed` is the newest link that Temporal is known to have committed: rows up to it may be confirmed.
 */
export interface FlushBatch {
  case: string;
  machine: string;
  drill: boolean;
  committed: { sequence: number; hash: string };
  entries: RecordEntry[];
  projection: Projection;
  outbox: OutboxItem[];
}

export interface Head {
  sequence: number;
  hash: string;
}
