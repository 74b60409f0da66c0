/** From what a request shows to who sends it. */
import type { Instant, Refusal } from '../../workflows/runtime/workflow';
import { seatProblem } from '../authority';
import type { Caller, Credentials, Identified, Identify, NotIdentified, Proof, SystemCaller } from './caller';
import { algorithms, demoIdentities, type IdentityConfig } from './config';
import type { Identities, SystemEntry } from './identities';
import { type Claims, Issuer, type IssuerOptions } from './issuer';
import { openWebhook, type SpentTokens } from './webhook';

export interface IdentityParts {
  /** Of the installation: demo identities are for demonstrations and drills. */
  kind: 'city' | 'demo' | 'drill';
  config: IdentityConfig | undefined;
  identities: Identities;
  ledger: SpentTokens;
  /** The name of the entrance. */
  entrance: string;
  /** How patient it is with its issuer. */
  issuer?: Pick<IssuerOptions, 'timeoutMs' | 'cooldownMs'>;
}

/** Seconds by which the clocks of issuer and entrance may differ, unless the site says otherwise. */
const TOLERANCE_S = 30;

/** One entrance's way of telling who calls. Nothing is asked of the issuer before the first token is shown. */
export function openIdentity(parts: IdentityParts): Identify {
  const reception = new Reception(parts);
  return (credentials) => reception.identify(credentials);
}

class Reception {
  readonly #parts: IdentityParts;
  readonly #issuer: Issuer | undefined;
  readonly #demo: boolean;

  constructor(parts: IdentityParts) {
    this.#parts = parts;
    this.#demo = demoIdentities(parts.kind, parts.config);
    const { issuer, audience, tolerance = TOLERANCE_S, algorithms: allowed = algorithms } = parts.config ?? {};
    if (issuer !== undefined && audience !== undefined)
      this.#issuer = new Issuer({ issuer, audience, tolerance, algorithms: allowed, ...parts.issuer });
  }

  async identify({ headers, webhook, at = Date.now() }: Credentials): Promise<Identified> {
    if (webhook) return this.#bySignature(webhook, headers, at);
    const { authorization } = headers;
    if (typeof authorization !== 'string' || authorization === '') return this.#unknown();
    const [, scheme = '', shown = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
    switch (scheme.toLowerCase()) {
      case 'bearer':
        return this.#byToken(shown, at);
      case 'demo':
        return this.#asDemo(shown, at);
      default:
        return this.#unknown();
    }
  }

  #unknown(): Identified {
    return unauthorized({ code: 'not-identified' }, this.#issuer ? 'Bearer' : 'Demo');
  }

  async #byToken(token: string, at: Instant): Promise<Identified> {
    if (!this.#issuer) return unauthorized({ code: 'no-issuer' }, 'Demo');
    const checked = await this.#issuer.check(token, at);
    if ('unreachable' in checked)
      return {
        refused: { status: 503, refusal: { code: 'issuer-unreachable', params: { why: checked.unreachable } } },
      };
    if ('problem' in checked)
      return unauthorized(
        { code: 'token-refused', params: { problem: checked.problem } },
        'Bearer error="invalid_token"',
      );
    return this.#bearer(checked.ok, at);
  }

  #bearer(claims: Claims, at: Instant): Identified {
    const { identities } = this.#parts;
    const person = identities.personOf(claims.subject);
    if (person !== undefined) return { caller: this.#person(person, identities.seatsOf(person, at), 'token') };
    const system = identities.systems.find((entry) => isIts(entry, claims));
    if (system) return { caller: this.#system(system, 'token') };
    return forbidden({ code: 'subject-unknown', params: { subject: claims.subject } });
  }

  #asDemo(seat: string, at: Instant): Identified {
    if (!this.#demo) return unauthorized({ code: 'demo-refused' }, this.#issuer ? 'Bearer' : 'Demo');
    const { directory } = this.#parts.identities;
    const holder = directory.holderOf(seat, at);
    if (!holder) return forbidden(seatProblem(directory, seat, 'authorization'));
    return { caller: this.#person(holder.person.id, [seat], 'demo') };
  }

  async #bySignature(
    { system: id, body }: NonNullable<Credentials['webhook']>,
    headers: Credentials['headers'],
    at: Instant,
  ): Promise<Identified> {
    const system = this.#parts.identities.system(id);
    if (!system || system.secrets.length === 0)
      return unauthorized({ code: 'webhook-refused', params: { problem: 'webhook.no-system' } });
    const opened = await openWebhook(system, headers, body, at, this.#parts.ledger);
    if ('problem' in opened) return unauthorized({ code: 'webhook-refused', params: { problem: opened.problem } });
    if ('replayed' in opened)
      return { refused: { status: 409, refusal: { code: 'webhook-replayed', params: { id: opened.replayed } } } };
    return { caller: { ...this.#system(system, 'webhook'), message: opened.message } };
  }

  #person(person: string, seats: readonly string[], proof: Proof): Caller {
    return { kind: 'person', person, seats, entrance: this.#parts.entrance, proof };
  }

  #system({ id, unit, seat, procedures, acts }: SystemEntry, proof: Proof): SystemCaller {
    return { kind: 'system', system: id, unit, seat, procedures, acts, entrance: this.#parts.entrance, proof };
  }
}

/**
 * A token of the client itself. A person's token names a client too, the program he uses; but then its subject is the
 * person, so the subject decides.
 */
function isIts({ client, subject }: SystemEntry, claims: Claims): boolean {
  return client !== undefined && claims.client === client && claims.subject === (subject ?? client);
}

function unauthorized(refusal: Refusal, challenge?: string): { refused: NotIdentified } {
  return { refused: { status: 401, refusal, ...(challenge === undefined ? {} : { challenge }) } };
}

function forbidden(refusal: Refusal): { refused: NotIdentified } {
  return { refused: { status: 403, refusal } };
}
