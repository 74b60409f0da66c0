/** Where requests become stamped acts: who may act at all, in which seat, signed by this entrance. */
import type { Ledger } from '../../activities/ledger';
import { LedgerUnavailable } from '../../activities/ledger';
import type { AuthorityStamp, Procedure } from '../../workflows/procedures/kit';
import type { Instant, Outcome, Refusal } from '../../workflows/runtime/workflow';
import { type ActingParty, type Authority, openSigner, type SignedAct, type StampSigner, stampFor } from '../authority';
import { type Caller, seatFor } from '../identity';
import type { Site } from '../site';
import type { Asker } from './city';

interface Parts {
  site: Site;
  ledger: Ledger;
  entrance: string;
  authority: Authority;
}

export interface Stamped {
  stamp: AuthorityStamp;
  /** Who is behind it; nobody where a system acts. */
  person: string | undefined;
}

export interface NotStamped {
  outcome: Outcome;
  refused: Refusal;
}

export class StampDesk {
  readonly #parts: Parts;
  readonly #remembered = new Set<string>();
  #signer: StampSigner | undefined;
  #isKeyKnown = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The stamp of an act, or why it gets none: a name that is no act's, a system beyond its acts, a seat that is not his. */
  async stamp(
    procedure: Procedure,
    type: string,
    asker: Asker,
    receivedAt: Instant,
    caseId?: string,
  ): Promise<Stamped | NotStamped> {
    const { caller } = asker;
    if (!OUTSIDE_NAME.test(type)) return { outcome: 'malformed', refused: noAct(procedure, type) };
    if (caller?.kind === 'system' && !mayDo(caller, procedure.name, type))
      return {
        outcome: 'not-entitled',
        refused: { code: 'system-not-allowed', params: { system: caller.system, event: type } },
      };
    const chosen = this.#seatOf(asker);
    if ('refused' in chosen) return { outcome: 'not-entitled', ...chosen };
    return this.#made(chosen.seat, asker, receivedAt, { row: procedure.acts[type]?.row, case: caseId });
  }

  /** Signs a stamp for one act of one case; a drill's record is fixed and bears no signatures. @throws KeyUnusable */
  async sign({ stamp, person }: Stamped, act: SignedAct): Promise<AuthorityStamp> {
    await this.#rememberPerson(stamp, person);
    if (this.#parts.site.kind === 'drill') return stamp;
    this.#signer ??= openSigner(this.#parts.site.dataDir);
    await this.#rememberKey(this.#signer, stamp.receivedAt);
    return this.#signer.sign(act, stamp);
  }

  #seatOf({ caller, seat }: Asker): { seat: string } | { refused: Refusal } {
    return caller ? seatFor(caller, seat, this.#parts.site.identities) : { seat };
  }

  async #made(
    seat: string,
    { caller, onWordOf }: Asker,
    receivedAt: Instant,
    { row, case: caseId }: { row: number | undefined; case: string | undefined },
  ): Promise<Stamped | NotStamped> {
    const { site, entrance, ledger, authority } = this.#parts;
    const standing = await authority.standing();
    const charge =
      standing &&
      caseId &&
      (await authority.chargeIn({ case: caseId, row, seat: onWordOf?.seat ?? seat }, receivedAt, standing));
    const stamped = stampFor({
      directory: site.directory,
      seat,
      entrance,
      receivedAt,
      actorSalt: ledger.salt,
      ...(caller ? { by: this.#party(caller) } : {}),
      ...(onWordOf ? { onWordOf } : {}),
      ...(standing ? { standing } : {}),
      ...(row === undefined ? {} : { row }),
      ...(charge ? { charge } : {}),
    });
    if ('refused' in stamped) return { outcome: 'not-entitled', refused: stamped.refused };
    const person = caller ? personOf(caller) : site.directory.holderOf(seat, receivedAt)?.person.id;
    const proof = site.kind === 'drill' ? {} : { proof: caller?.proof ?? 'word' };
    return { stamp: { ...stamped.ok, ...proof }, person };
  }

  #party(caller: Caller): ActingParty {
    const { identities } = this.#parts.site;
    if (caller.kind === 'system') return { system: caller.system };
    const { person } = caller;
    return { person, mayActIn: (seat, at) => identities.mayActIn(person, seat, at) };
  }

  /** Who is behind a hash stands apart from the record, and may be forgotten without breaking it. */
  async #rememberPerson({ actor }: AuthorityStamp, person: string | undefined): Promise<void> {
    if (actor === undefined || person === undefined || this.#remembered.has(actor)) return;
    await this.#parts.ledger.rememberPerson(actor, person).then(() => this.#remembered.add(actor), ledgerMayBeAway);
  }

  async #rememberKey({ id, publicKey }: StampSigner, since: Instant): Promise<void> {
    if (this.#isKeyKnown) return;
    const remembered = this.#parts.ledger.rememberKey({ id, publicKey, since });
    await remembered.then(() => {
      this.#isKeyKnown = true;
    }, ledgerMayBeAway);
  }
}

/** Acts have names like this one; what a machine tells itself, what other cases tell it, has not. */
const OUTSIDE_NAME = /^[A-Z][A-Z_]*$/;

function noAct({ definition }: Procedure, type: string): Refusal {
  const accepted = Object.keys(definition.events).filter((name) => definition.events[name]?.kind !== 'notice');
  if (type.trim() === '') return { code: 'malformed', path: 'type', params: { expected: accepted.join(', ') } };
  return { code: 'unknown-event', params: { event: type }, accepted };
}

function mayDo({ procedures, acts }: Caller & { kind: 'system' }, procedure: string, type: string): boolean {
  return procedures.includes(procedure) && acts.includes(type);
}

function personOf(caller: Caller): string | undefined {
  return caller.kind === 'person' ? caller.person : undefined;
}

export function ledgerMayBeAway(error: unknown): void {
  if (!(error instanceof LedgerUnavailable)) throw error;
}
