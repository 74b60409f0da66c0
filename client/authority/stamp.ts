/**
 * The authority stamp: who acts, in which seat, on what basis, as of when. Made at the entrance and checked by the case
 * against what its acts allow. The person stays outside: the stamp carries a salted hash.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { basisOf, running, type Standing } from '../../workflows/law/machine';
import type { AuthorityStamp } from '../../workflows/procedures/kit';

/** Epoch milliseconds. */
type Instant = number;

/** What stamps need to know of the directory of seats and persons. */
export interface AuthorityDirectory {
  readonly version: string;
  seat(id: string): { id: string; unit?: string } | undefined;
  unit(id: string): object | undefined;
  /** The seat itself, where it exists at an instant. */
  seatOf(seat: string, at: Instant): string | undefined;
  /** The holder at an instant. */
  holderOf(seat: string, at: Instant): { person: { id: string } } | undefined;
  /** All holders there have been or will be; `from` and `to` are days, both included. */
  holdingsOf(seat: string): readonly Days[];
}

export interface Days {
  from?: string | undefined;
  to?: string | undefined;
}

/** Who acts, as the entrance knows it. */
export type ActingParty =
  | {
      person: string;
      /** Whether the person may act in a seat at an instant: holds it, or works at it as a desk. */
      mayActIn(seat: string, at: Instant): boolean;
    }
  | { system: string };

export interface StampRequest {
  directory: AuthorityDirectory;
  /** The seat the act is done in. */
  seat: string;
  /** The entrance that took the act in. */
  entrance: string;
  /** When it did. */
  receivedAt: Instant;
  /** Left out, the holder of the seat is taken to act: the entrance answers for it (drills, the machine's own operator). */
  by?: ActingParty;
  /** The Office enters what a leader said or wrote: the leader's seat, and the paper that shows it. */
  onWordOf?: { seat: string; ref: string };
  /** Who presides, as P01 has it. Absent while no term is open. */
  standing?: Standing;
  /** The row of spec 3.2 the act falls under, which says on what basis this seat does it. */
  row?: number;
  /** The entrustment by which the seat is in charge of the matter, where it is not by portfolio. */
  charge?: string;
  /** Secret of the installation, at least 16 characters: without it nobody finds the person behind a hash. */
  actorSalt: string;
}

/** A stamp as it is made here: whose it is and as of when is always known. */
export interface MadeStamp extends AuthorityStamp {
  /** Salted hash of the person, 16 hex digits; absent where a system acts. */
  actor?: string;
  /** The department's system that acts. */
  system?: string;
  /** The instant the directory was asked about. */
  asOf: Instant;
  directoryVersion: string;
}

export type StampRefusalCode =
  | 'unit-unknown'
  | 'seat-unknown'
  | 'seat-unassigned'
  | 'seat-not-held'
  | 'seat-not-yours'
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
export function stampFor(request: StampRequest): Stamped {
  const { directory, entrance, receivedAt, onWordOf, standing, actorSalt } = request;
  if (actorSalt.length < MIN_SALT)
    throw new Error(`the actor salt has ${actorSalt.length} characters; expected at least ${MIN_SALT}`);
  const acting = actingIn(request);
  if ('refused' in acting) return acting;
  const word = onWordOf && wordIn(request, acting, onWordOf);
  if (word && 'refused' in word) return word;
  return {
    ok: {
      receivedAt,
      entrance,
      ...acting,
      ...basisIn(request, (word ?? acting).seat),
      ...(word ? { onWordOf: word } : {}),
      ...(standing ? { standing: concerning(standing, (word ?? acting).seat, receivedAt) } : {}),
      asOf: receivedAt,
      directoryVersion: directory.version,
    },
  };
}

/** By the table; entrusted with the matter itself, by that entrustment. */
function basisIn({ row, standing, receivedAt, charge }: StampRequest, seat: string): ReturnType<typeof basisOf> {
  const by = basisOf(row, seat, standing, receivedAt);
  return by.basis === 'own' && charge !== undefined ? { basis: 'entrusted', entrustment: charge } : by;
}

/** Of entrustments those that run and were given to the seat. */
function concerning(standing: Standing, seat: string, at: Instant): Standing {
  const own = running(standing.entrustments, at).filter(({ receiver }) => receiver === seat);
  return { ...standing, entrustments: own };
}

type Placed = { seat: string; unit?: string };
type Acting = Placed & ({ actor: string } | { system: string });

/** The seat with who acts in it, or why he cannot. */
function actingIn({
  directory,
  seat: id,
  by,
  receivedAt,
  actorSalt,
}: StampRequest): Acting | { refused: StampRefusal } {
  if (!by) return holderIn(directory, id, receivedAt, actorSalt, 'seat');
  const seat = directory.seat(id);
  if (!seat || directory.seatOf(id, receivedAt) !== id) return { refused: seatProblem(directory, id, 'seat') };
  if ('system' in by) return { ...placed(seat), system: by.system };
  if (by.mayActIn(id, receivedAt)) return { ...placed(seat), actor: actorOf(by.person, actorSalt) };
  return { refused: { code: 'seat-not-yours', path: 'seat', params: { seat: id } } };
}

/** What a leader said or wrote is entered by a person of the Office. */
function wordIn(
  { directory, receivedAt, actorSalt }: StampRequest,
  acting: Acting,
  { seat, ref }: { seat: string; ref: string },
): (Placed & { actor: string; ref: string }) | { refused: StampRefusal } {
  if (acting.unit !== OFFICE || 'system' in acting)
    return { refused: { code: 'not-entitled', params: { seat: acting.seat, event: 'onWordOf' }, entitled: [OFFICE] } };
  if (ref.trim() === '') return { refused: { code: 'malformed', path: 'onWordOf.ref', params: { expected: 'ref' } } };
  const giver = holderIn(directory, seat, receivedAt, actorSalt, 'onWordOf.seat');
  return 'refused' in giver ? giver : { ...giver, ref };
}

/** The seat with the hash of its holder at an instant, or why nobody can act in it then. */
function holderIn(
  directory: AuthorityDirectory,
  id: string,
  at: Instant,
  salt: string,
  path: string,
): (Placed & { actor: string }) | { refused: StampRefusal } {
  const seat = directory.seat(id);
  const holding = directory.holderOf(id, at);
  if (!seat || !holding) return { refused: seatProblem(directory, id, path) };
  return { ...placed(seat), actor: actorOf(holding.person.id, salt) };
}

function placed({ id, unit }: { id: string; unit?: string }): Placed {
  return unit === undefined ? { seat: id } : { seat: id, unit };
}

/** Why nobody can act in a seat: there is none, nobody was ever given it, or nobody holds it at that instant. */
export function seatProblem(directory: AuthorityDirectory, seat: string, path: string): StampRefusal {
  if (!directory.seat(seat)) return unknownSeat(directory, seat, path);
  const holdings = directory.holdingsOf(seat);
  if (holdings.length === 0) return { code: 'seat-unassigned', path, params: { seat } };
  return { code: 'seat-not-held', path, params: { seat, holders: holdings.map(printDays).join('；') } };
}

/** A seat the directory does not have, or whose unit it does not have; or no name of a seat at all. */
export function unknownSeat(directory: Pick<AuthorityDirectory, 'unit'>, seat: string, path: string): StampRefusal {
  if (seat.trim() === '') return { code: 'malformed', path, params: { expected: 'D07-head' } };
  const unit = /^([A-Z]\d{1,3})-/.exec(seat)?.[1];
  if (unit !== undefined && !directory.unit(unit)) return { code: 'unit-unknown', path, params: { unit, seat } };
  return { code: 'seat-unknown', path, params: { seat } };
}

export function printDays({ from, to }: Days): string {
  return `${from ?? '…'} – ${to ?? '…'}`;
}

/** SHA-256 over salt and person id, cut to 16 hex digits: tells two persons apart, names neither. */
export function actorOf(person: string, salt: string): string {
  return bytesToHex(sha256(utf8ToBytes(salt + person))).slice(0, ACTOR_DIGITS);
}
