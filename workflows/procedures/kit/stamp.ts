import type { Json, Stamp } from '../../runtime/workflow';

/** Who acts, in which seat, on what authority; made by client/authority, checked against the acts of a procedure. */
export interface AuthorityStamp extends Stamp {
  seat: string;
  /** The unit of the seat, where it has one. */
  unit?: string;
  basis: 'own' | 'entrusted' | 'acting';
  /** Salted hash of the person; who that is stands apart from the record. */
  actor?: string;
  /** The Office records what this seat said or wrote: it is that seat's act, shown with both. */
  onWordOf?: { seat: string; unit?: string; ref: string };
  [key: string]: Json | undefined;
}

/** What every outside event carries besides its payload. `at`: when it happened, where that is claimed. */
export interface Stamped {
  stamp: AuthorityStamp;
  at?: number;
}

/** The seat an act counts as done by: the leader's, where the Office records his word. */
export function actingSeat({ seat, unit, onWordOf }: AuthorityStamp): { seat: string; unit?: string } {
  const { seat: by, unit: of } = onWordOf ?? { seat, unit };
  return of === undefined ? { seat: by } : { seat: by, unit: of };
}

/** Whether the actor is one of `allowed`: seats (`sg`, `D07-head`), whole units (`X2`), one seat of every unit (`*-head`). */
export function isOneOf(stamp: AuthorityStamp, allowed: readonly string[]): boolean {
  const { seat, unit } = actingSeat(stamp);
  return allowed.some((one) => one === seat || one === unit || (one.startsWith('*') && seat.endsWith(one.slice(1))));
}
