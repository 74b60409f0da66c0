/**
 * The authority stamp: who acts, in which seat, on what basis, as of when. Made at the entrance and checked by the case
 * against what its acts allow. The person stays outside: the stamp carries a salted hash.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AuthorityStamp } from '../../workflows/procedures/kit';

/** Epoch milliseconds. */
type Instant = number;

/** What stamps need to know of the directory of seats and persons. */
export interface AuthorityDirectory {
  readonly version: string;
  seat(id: string): { id: string; unit?: string } | undefined;
  unit(id: string): object | undefined;
  /** The holder at an instant. */
  holderOf(seat: string, at: Instant): { person: { id: string } } | undefined;
  /** All holders there have been or will be; `from` and `to` are days, both included. */
  holdingsOf(seat: string): readonly { from?: string | undefined; to?: string | undefined }[];
}

export interface StampRequest {
  directory: AuthorityDirectory;
  /** The seat the act is done in. */
  seat: string;
  /** The entrance that took the act in. */
  entrance: string;
  /** When it did. */
  receivedAt: Instant;
  /** The Office enters what a leader said or wrote: the leader's seat, and the paper that shows it. */
  onWordOf?: { seat: string; ref: string };
  basis?: AuthorityStamp['basis'];
  /** Secret of the installation, at least 16 characters: without it nobody finds the person behind a hash. */
  actorSalt: string;
}

/** A stamp as it is made here: whose it is and as of when is always known. */
export interface MadeStamp extends AuthorityStamp {
  basis: 'own';
  /** Salted hash of the person, 16 hex digits. */
  actor: string;
  /** The instant the directory was asked about. */
  asOf: Instant;
  directoryVersion: string;
}

export type StampRefusalCode =
  | 'unit-unknown'
  | 'seat-unknown'
  | 'seat-unassigned'
  | 'seat-not-held'
  | 'not-available-yet'
  | 'malformed'
  | 'not-entitled';

/** A refusal as the runtime gives it; sentence and remedy stand in the locale table. */
export interface StampRefusal {
  code: StampRefusalCode;
  params?: { [key: string]: string };
  path?: string;
  entitled?: string[];
}

export type Stamped = { ok: MadeStamp } | { refused: StampRefusal };

/** The unit whose seats enter what leaders say: the Office. */
const OFFICE = 'X1';
const ACTOR_DIGITS = 16;
const MIN_SALT = 16;

/**
 * Makes the stamp of an act, or says why this seat cannot act now.
 * @throws Error when the salt is too short to hide anybody: a fault of the installation, not of the act
 */
export function stampFor({
  directory,
  seat,
  entrance,
  receivedAt,
  onWordOf,
  basis = 'own',
  actorSalt,
}: StampRequest): Stamped {
  if (actorSalt.length < MIN_SALT)
    throw new Error(`the actor salt has ${actorSalt.length} characters; expected at least ${MIN_SALT}`);
  if (basis !== 'own') return { refused: { code: 'not-available-yet', params: { what: basis } } };
  const actor = holderIn(directory, seat, receivedAt, actorSalt, 'seat');
  if ('refused' in actor) return actor;
  const word = onWordOf && wordIn(directory, actor, onWordOf, receivedAt, actorSalt);
  if (word && 'refused' in word) return word;
  return {
    ok: {
      receivedAt,
      entrance,
      ...actor,
      basis,
      ...(word ? { onWordOf: word } : {}),
      asOf: receivedAt,
      directoryVersion: directory.version,
    },
  };
}

type Acting = { seat: string; unit?: string; actor: string };

function wordIn(
  directory: AuthorityDirectory,
  actor: Acting,
  { seat, ref }: { seat: string; ref: string },
  at: Instant,
  salt: string,
): (Acting & { ref: string }) | { refused: StampRefusal } {
  if (actor.unit !== OFFICE)
    return { refused: { code: 'not-entitled', params: { seat: actor.seat, event: 'onWordOf' }, entitled: [OFFICE] } };
  if (ref.trim() === '') return { refused: { code: 'malformed', path: 'onWordOf.ref', params: { expected: 'ref' } } };
  const giver = holderIn(directory, seat, at, salt, 'onWordOf.seat');
  return 'refused' in giver ? giver : { ...giver, ref };
}

/** The seat with the hash of its holder at an instant, or why nobody can act in it then. */
function holderIn(
  directory: AuthorityDirectory,
  id: string,
  at: Instant,
  salt: string,
  path: string,
): Acting | { refused: StampRefusal } {
  const seat = directory.seat(id);
  if (!seat) return { refused: unknown(directory, id, path) };
  const holding = directory.holderOf(id, at);
  if (!holding) return { refused: vacant(directory, id, path) };
  const actor = actorOf(holding.person.id, salt);
  return seat.unit === undefined ? { seat: id, actor } : { seat: id, unit: seat.unit, actor };
}

function unknown(directory: AuthorityDirectory, seat: string, path: string): StampRefusal {
  const unit = /^([A-Z]\d{1,3})-/.exec(seat)?.[1];
  if (unit !== undefined && !directory.unit(unit)) return { code: 'unit-unknown', path, params: { unit, seat } };
  return { code: 'seat-unknown', path, params: { seat } };
}

function vacant(directory: AuthorityDirectory, seat: string, path: string): StampRefusal {
  const holdings = directory.holdingsOf(seat);
  if (holdings.length === 0) return { code: 'seat-unassigned', path, params: { seat } };
  return { code: 'seat-not-held', path, params: { seat, holders: holdings.map(printDays).join('；') } };
}

function printDays({ from, to }: { from?: string | undefined; to?: string | undefined }): string {
  return `${from ?? '…'} – ${to ?? '…'}`;
}

/** SHA-256 over salt and person id, cut to 16 hex digits: tells two persons apart, names neither. */
export function actorOf(person: string, salt: string): string {
  return bytesToHex(sha256(utf8ToBytes(salt + person))).slice(0, ACTOR_DIGITS);
}
