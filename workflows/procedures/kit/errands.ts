/**
 * What a case asks of other cases. Named like every effect; carried by the ledger's errand loop once the step is confirmed,
 * in the order of the sending case.
 */
import type { Citation } from '../../law/machine';
import { emitEffect, type Json } from '../../runtime/workflow';

type Payload = { [key: string]: Json | undefined };

/** Whom a notice is for, found when it is carried: cases that have closed by then are passed over, and that is noted. */
export type NoticeTo =
  | { case: string }
  /** The open cases of a procedure. */
  | { procedure: string }
  /** The open cases that wait for one of these seats or units. */
  | { awaiting: string[] }
  | { every: true };

export interface CaseNotice {
  to: NoticeTo;
  type: string;
  /** The whole state of the thing, not a change of it. */
  payload: Payload;
  cite: Citation;
}

export interface CaseStart {
  procedure: string;
  /** The start event, where the procedure has several. */
  type?: string;
  /** A case is opened once per key. */
  key: string;
  /** In whose name the system opens it. */
  seat: string;
  payload: Payload;
  cite: Citation;
}

export function notifyCases({ to, type, payload, cite }: CaseNotice): void {
  emitEffect({ kind: 'notifyCase', to: to as Json, type, payload, cite: cite as Json });
}

export function startCase({ cite, ...start }: CaseStart): void {
  emitEffect({ kind: 'startCase', ...start, cite: cite as Json });
}
