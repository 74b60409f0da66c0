/** Checks bearer tokens against the keys their issuer publishes. */
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';

export interface IssuerOptions {
  issuer: string;
  audience: string;
  algorithms: readonly string[];
  /** Seconds by which clocks may differ. */
  tolerance: number;
  /** How long the issuer may take to answer, in milliseconds. */
  timeoutMs?: number;
  /** How long a key that is not known is not asked for again, in milliseconds: strangers must not make us flood the issuer. */
  cooldownMs?: number;
}

/** What a genuine token says of its bearer. */
export interface Claims {
  subject: string;
  /** The client it was given to. */
  client?: string;
}

/** Why a token is not accepted; a key of the locale's table of problems. */
export type TokenProblem =
  | 'token.malformed'
  | 'token.algorithm'
  | 'token.signature'
  | 'token.unknown-key'
  | 'token.expired'
  | 'token.not-yet'
  | 'token.issuer'
  | 'token.audience'
  | 'token.claims';

export type Checked = { ok: Claims } | { problem: TokenProblem } | { unreachable: string };

const TIMEOUT_MS = 5_000;
const COOLDOWN_MS = 10_000;
/** Keys are asked for anew at the latest after so long, so that a withdrawn one does not count for ever. */
const KEYS_KEPT_MS = 10 * 60_000;

export class Issuer {
  readonly #options: IssuerOptions & { timeoutMs: number; cooldownMs: number };
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(options: IssuerOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, cooldownMs: COOLDOWN_MS, ...options };
  }

  /** @param at when the token was shown, epoch milliseconds */
  async check(token: string, at: number): Promise<Checked> {
    const { issuer, audience, algorithms, tolerance } = this.#options;
    const expected: JWTVerifyOptions = {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: tolerance,
      currentDate: new Date(at),
      requiredClaims: ['exp', 'sub'],
    };
    try {
      const { payload } = await jwtVerify(token, await this.#published(), expected);
      return { ok: claimsOf(payload) };
    } catch (error) {
      const problem = problemOf(error);
      if (problem !== undefined) return { problem };
      if (isOutOfReach(error)) return { unreachable: error.message };
      throw error;
    }
  }

  /** What the issuer publishes is found once; a failure is not remembered. */
  async #published(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#discover();
    try {
      return await this.#keys;
    } catch (error) {
      this.#keys = undefined;
      throw error;
    }
  }

  async #discover(): Promise<JWTVerifyGetKey> {
    const { issuer, timeoutMs, cooldownMs } = this.#options;
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await reach(address, { signal: AbortSignal.timeout(timeoutMs) });
    if (!answer.ok) throw new IssuerUnusable(`${address} answered ${answer.status}`);
    const found = await describedBy(address, answer);
    if (found.issuer !== issuer)
      throw new IssuerUnusable(`${address} speaks for '${String(found.issuer)}', not for '${issuer}'`);
    if (typeof found.jwks_uri !== 'string' || !isAsGuarded(found.jwks_uri, issuer))
      throw new IssuerUnusable(`${address} names no address of keys that is as well guarded as its own`);
    return createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: KEYS_KEPT_MS,
      [customFetch]: reach,
    });
  }
}

/** The issuer did not answer, or not as an issuer does. */
class IssuerUnusable extends Error {}

/** A redirect is not followed: the issuer is where its identifier says. */
async function reach(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...options, redirect: 'error' });
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    throw new IssuerUnusable(`${address}: ${cause?.code ?? cause?.message ?? message}`, { cause: error });
  }
}

async function describedBy(address: string, answer: Response): Promise<{ issuer?: unknown; jwks_uri?: unknown }> {
  try {
    return { ...((await answer.json()) as object | null) };
  } catch (error) {
    throw new IssuerUnusable(`${address} did not answer with JSON`, { cause: error });
  }
}

/** Keys fetched in the clear could be anybody's. */
function isAsGuarded(address: string, issuer: string): boolean {
  if (!URL.canParse(address)) return false;
  return new URL(address).protocol === 'https:' || new URL(issuer).protocol === 'http:';
}

function claimsOf({ sub, client_id, azp }: JWTPayload): Claims {
  const client = client_id ?? azp;
  return { subject: sub as string, ...(typeof client === 'string' ? { client } : {}) };
}

/** What is wrong with the token; undefined where it could not be checked at all. */
function problemOf(error: unknown): TokenProblem | undefined {
  if (error instanceof errors.JWTExpired) return 'token.expired';
  if (error instanceof errors.JWTClaimValidationFailed) return problemOfClaim(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return 'token.algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'token.signature';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'token.unknown-key';
  if (error instanceof errors.JOSENotSupported) return 'token.algorithm';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'token.malformed';
  return undefined;
}

function problemOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): TokenProblem {
  if (claim === 'nbf' && reason === 'check_failed') return 'token.not-yet';
  if (claim === 'iss') return 'token.issuer';
  if (claim === 'aud') return 'token.audience';
  return 'token.claims';
}

/** What is neither wrong with the token nor a bug. */
function isOutOfReach(error: unknown): error is Error {
  return error instanceof IssuerUnusable || error instanceof errors.JOSEError;
}
