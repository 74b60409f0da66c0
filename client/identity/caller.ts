/** Who stands at an entrance, once it is known; and what is answered while it is not. */
import type { Instant, Refusal } from '../../workflows/runtime/workflow';

/**
 * How it is known who calls: a `token` of the issuer, a signed `webhook`, a `demo` identity, or the `word` of whoever may
 * use the machine. It stands in every signed stamp.
 */
export type Proof = 'token' | 'webhook' | 'demo' | 'word';

/** An official. */
export interface PersonCaller {
  kind: 'person';
  /** Id of the person in the directory. */
  person: string;
  /** The seats the person may act in at the instant of identification: held, or staffed as a desk. May be empty. */
  seats: readonly string[];
  entrance: string;
  proof: Proof;
}

/** A department's system; it acts in one seat and only where its entry allows it. */
export interface SystemCaller {
  kind: 'system';
  /** Id of its entry in the identities file. */
  system: string;
  unit: string;
  seat: string;
  /** What it may open and do. */
  procedures: readonly string[];
  acts: readonly string[];
  entrance: string;
  proof: Proof;
  /** Id of its webhook message: an act without an id of its own takes this one, so that a repeated message is done once. */
  message?: string;
}

export type Caller = PersonCaller | SystemCaller;

/** This system itself, in the name of a seat, for one act of one procedure. */
export const innerSystem = (
  system: string,
  { unit, seat, procedure, act }: { unit: string; seat: string; procedure: string; act: string },
): SystemCaller => ({
  kind: 'system',
  system,
  unit,
  seat,
  procedures: [procedure],
  acts: [act],
  entrance: system,
  proof: 'word',
});

/** What a request says of its sender. */
export interface Credentials {
  /** As Node gives them: names in lower case. */
  headers: { readonly [name: string]: string | readonly string[] | undefined };
  /**
   * Present where the request came in as a signed webhook: the system its address names, and the body byte for byte. The
   * signature covers the body and not the address, so whatever the message asks for must stand in the body.
   */
  webhook?: { system: string; body: string };
  /** When the entrance received it; now unless told. */
  at?: Instant;
}

/** Why a caller is not known, with the HTTP status that says so. Sentence and remedy stand in the locale table. */
export interface NotIdentified {
  /** 401 nothing, or nothing valid, was shown · 403 known and not admitted · 409 shown before · 503 cannot be checked now */
  status: 401 | 403 | 409 | 503;
  refusal: Refusal;
  /** For `WWW-Authenticate`, with 401. */
  challenge?: string;
}

export type Identified = { caller: Caller } | { refused: NotIdentified };

/**
 * Finds out who calls; made by `openIdentity`, once per entrance. Throws LedgerUnavailable when a webhook cannot be
 * compared with those taken before; it may then be sent again.
 */
export type Identify = (credentials: Credentials) => Promise<Identified>;
