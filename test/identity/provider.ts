/** The provider as a test uses it: started, asked for tokens the way programs and browsers do, stopped. */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import { Processes, type Running, root } from '../support/processes';

export interface ProviderKey {
  kid: string;
  jwk: JWK;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

export async function newKey(kid: string): Promise<ProviderKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { kid, jwk: { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }, privateKey, publicKey };
}

const AUDIENCE = 'https://zhengling';
const BACK = 'http://127.0.0.1/back';
const processes = new Processes();

/** Ends every provider of this test file. */
export const stopProviders = (): Promise<void> => processes.killAll();

export class TestProvider {
  private constructor(
    readonly issuer: string,
    readonly key: ProviderKey,
    readonly process: Running,
  ) {}

  /** @param port of the one before it, where another takes its place */
  static async start(key: ProviderKey, port = 0): Promise<TestProvider> {
    const process = processes.node([join(root, 'test', 'identity', 'provider-process.mjs')], {
      PROVIDER_JWKS: JSON.stringify({ keys: [key.jwk] }),
      PROVIDER_PORT: String(port),
      NODE_OPTIONS: undefined,
    });
    await process.says('listening as');
    const issuer = /listening as (\S+)/.exec(process.output)![1]!;
    return new TestProvider(issuer, key, process);
  }

  get port(): number {
    return Number(new URL(this.issuer).port);
  }

  stop(): Promise<unknown> {
    return this.process.stop();
  }

  /** Authorization code with PKCE, as a browser takes it: login page, consent page, back to the program with a code. */
  async tokenOfPerson(subject: string, resource = AUDIENCE): Promise<string> {
    const verifier = randomBytes(32).toString('base64url');
    const browser = new Browser(this.issuer);
    const code = await browser.codeFor(subject, {
      client_id: 'inbox',
      response_type: 'code',
      redirect_uri: BACK,
      scope: 'openid',
      resource,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return this.#token({
      grant_type: 'authorization_code',
      client_id: 'inbox',
      code,
      code_verifier: verifier,
      redirect_uri: BACK,
      resource,
    });
  }

  async tokenOfSystem(resource = AUDIENCE): Promise<string> {
    const authorization = `Basic ${Buffer.from(`d10-oa:${encodeURIComponent('a secret of this test')}`).toString('base64')}`;
    return this.#token({ grant_type: 'client_credentials', resource }, { authorization });
  }

  async #token(form: Record<string, string>, headers: Record<string, string> = {}): Promise<string> {
    const answer = await fetch(`${this.issuer}/token`, { method: 'POST', body: new URLSearchParams(form), headers });
    const body = (await answer.json()) as { access_token?: string };
    if (body.access_token === undefined) throw new Error(`the provider gave no token: ${JSON.stringify(body)}`);
    return body.access_token;
  }
}

/** As much of a browser as logging in takes: it keeps cookies and follows redirects up to the program's own address. */
class Browser {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly issuer: string) {}

  async codeFor(subject: string, query: Record<string, string>): Promise<string> {
    let at = `/auth?${new URLSearchParams(query)}`;
    const forms = [{ prompt: 'login', login: subject, password: 'any' }, { prompt: 'consent' }];
    for (let step = 0; step < 10; step++) {
      const form = at.startsWith('/interaction/') ? forms.shift() : undefined;
      const next = await this.#go(at, form);
      if (next.startsWith(BACK)) return new URL(next).searchParams.get('code') ?? Promise.reject(new Error(next));
      at = next.replace(this.issuer, '');
    }
    throw new Error(`no code after ten steps; the last one led to ${at}`);
  }

  async #go(path: string, form: Record<string, string> | undefined): Promise<string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const answer = await fetch(this.issuer + path, { ...post, headers: { cookie }, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      this.#cookies.set(name!, value!);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return location;
  }
}
