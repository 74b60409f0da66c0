/** Bearer tokens of a real provider, over real HTTP. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportSPKI, SignJWT } from 'jose';
import { shippedDirectory } from '../../activities/directory';
import { type Identify, type IdentityParts, loadIdentities, openIdentity } from '../../client/identity';
import { cleanUp, temporaryFile } from '../directory/temporary';
import { newKey, type ProviderKey, stopProviders, TestProvider } from './provider';

const directory = shippedDirectory('drill');
const FILE = `people:
  - { subject: subject-of-another, person: assumed-d07-head }
  - { subject: subject-of-a-clerk, person: assumed-d10-head }
staff:
  - { person: assumed-d10-head, seat: D10-desk, from: 2026-01-01 }
systems:
  - { id: d10-oa, client: d10-oa, unit: D10, seat: D10-desk, procedures: [supervision-item], acts: [PROGRESS] }
`;

const acts = new Map([['supervision-item', ['REGISTER', 'PROGRESS', 'REPORT']]]);

function identities() {
  const loaded = loadIdentities(temporaryFile('identities.yaml', FILE), directory, acts);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
}

let key: ProviderKey;
let provider: TestProvider;
let identify: Identify;

const neverAsked: IdentityParts['ledger'] = { spendToken: () => Promise.reject(new Error('no webhook was sent')) };

function entrance(issuer: string, more: Partial<IdentityParts> = {}): Identify {
  return openIdentity({
    kind: 'city',
    config: { issuer, audience: 'zhengling', tolerance: 5 },
    identities: identities(),
    ledger: neverAsked,
    entrance: 'gateway',
    ...more,
  });
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

beforeAll(async () => {
  key = await newKey('first');
  provider = await TestProvider.start(key);
  identify = entrance(provider.issuer);
}, 60_000);

afterAll(async () => {
  await stopProviders();
  cleanUp();
});

describe('a token of the provider says who calls', () => {
  it('names the person its subject stands for, with the seats held and the desks staffed', async () => {
    const token = await provider.tokenOfPerson('subject-of-a-clerk');
    expect(await identify(bearer(token))).toEqual({
      caller: {
        kind: 'person',
        person: 'assumed-d10-head',
        seats: ['D10-head', 'D10-desk'],
        entrance: 'gateway',
        proof: 'token',
      },
    });
  });

  it('names the system its client is', async () => {
    expect(await identify(bearer(await provider.tokenOfSystem()))).toEqual({
      caller: {
        kind: 'system',
        system: 'd10-oa',
        unit: 'D10',
        seat: 'D10-desk',
        procedures: ['supervision-item'],
        acts: ['PROGRESS'],
        entrance: 'gateway',
        proof: 'token',
      },
    });
  });

  it('opens nothing to a subject that nobody entered', async () => {
    const token = await provider.tokenOfPerson('somebody');
    expect(await identify(bearer(token))).toEqual({
      refused: { status: 403, refusal: { code: 'subject-unknown', params: { subject: 'somebody' } } },
    });
  });

  it('opens nothing where it was given for somebody else', async () => {
    const token = await provider.tokenOfPerson('subject-of-a-clerk', 'https://another-program');
    expect(await identify(bearer(token))).toMatchObject(refusedFor('token.audience'));
  });

  it('does not make a person a system: who logs in through its client stays himself', async () => {
    const token = await forged({}, { subject: 'somebody', client: 'd10-oa' });
    expect(await identify(bearer(token))).toMatchObject({ refused: { refusal: { code: 'subject-unknown' } } });
  });
});

const refusedFor = (problem: string) => ({
  refused: {
    status: 401,
    refusal: { code: 'token-refused', params: { problem } },
    challenge: 'Bearer error="invalid_token"',
  },
});

interface Forgery {
  issuer?: string;
  audience?: string;
  expires?: number;
  from?: number;
  kid?: string;
  signedBy?: CryptoKey;
}

const now = () => Math.floor(Date.now() / 1000);

/** A token as the provider would sign it, but for what is told. */
function forged(
  { issuer = provider.issuer, audience = 'zhengling', expires = now() + 600, from, kid = key.kid, signedBy }: Forgery,
  { subject = 'subject-of-a-clerk', client = 'inbox' } = {},
): Promise<string> {
  const token = new SignJWT({ client_id: client })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now() - 10)
    .setExpirationTime(expires);
  if (from !== undefined) token.setNotBefore(from);
  return token.sign(signedBy ?? key.privateKey);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function unsigned(): Promise<string> {
  const [, claims] = (await forged({})).split('.');
  return `${part({ alg: 'none' })}.${claims}.`;
}

/** The oldest trick: the public key, which everybody has, as the secret of an HMAC. */
async function publicKeyAsSecret(): Promise<string> {
  const secret = Buffer.from(await exportSPKI(key.publicKey));
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', kid: key.kid })
    .setSubject('subject-of-a-clerk')
    .setIssuer(provider.issuer)
    .setAudience('zhengling')
    .setExpirationTime('10m')
    .sign(secret);
}

async function withOtherClaims(): Promise<string> {
  const [header, , signature] = (await forged({})).split('.');
  const claims = { iss: provider.issuer, aud: 'zhengling', sub: 'subject-of-another', exp: now() + 600 };
  return `${header}.${part(claims)}.${signature}`;
}

describe('a token that is not what it should be', () => {
  it('is one the provider would have given, before anything is wrong with it', async () => {
    expect(await identify(bearer(await forged({})))).toMatchObject({ caller: { person: 'assumed-d10-head' } });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['expired', () => forged({ expires: now() - 6 }), 'token.expired'],
    ['not valid yet', () => forged({ from: now() + 60 }), 'token.not-yet'],
    ['of another issuer', () => forged({ issuer: 'https://id.example.org' }), 'token.issuer'],
    ['for another audience', () => forged({ audience: 'somebody-else' }), 'token.audience'],
    ['without a signature', unsigned, 'token.algorithm'],
    ['signed with the public key as a secret', publicKeyAsSecret, 'token.algorithm'],
    [
      'signed with a key nobody published',
      async () => forged({ kid: 'unheard-of', signedBy: (await newKey('x')).privateKey }),
      'token.unknown-key',
    ],
    [
      'signed with another key under a known name',
      async () => forged({ signedBy: (await newKey('x')).privateKey }),
      'token.signature',
    ],
    ['changed after it was signed', withOtherClaims, 'token.signature'],
    ['cut short', async () => (await forged({})).slice(0, -40), 'token.signature'],
    ['no token at all', async () => 'abc', 'token.malformed'],
  ])('%s is refused', async (_, make, problem) => {
    expect(await identify(bearer(await make()))).toMatchObject(refusedFor(problem));
  });

  it('may be a few seconds over its time, as clocks differ', async () => {
    expect(await identify(bearer(await forged({ expires: now() - 2 })))).toHaveProperty('caller');
  });
});

describe('where there is no token to check', () => {
  it.each([
    ['no header', {}],
    ['an empty one', { authorization: '' }],
    ['a password', { authorization: 'Basic YTpi' }],
    ['a scheme alone', { authorization: 'Bearer' }],
    ['two tokens', { authorization: 'Bearer a b' }],
  ])('%s identifies nobody', async (_, headers) => {
    expect(await identify({ headers })).toEqual({
      refused: { status: 401, refusal: { code: 'not-identified' }, challenge: 'Bearer' },
    });
  });

  it('a site without an issuer says so', async () => {
    const site = openIdentity({
      kind: 'city',
      config: undefined,
      identities: identities(),
      ledger: neverAsked,
      entrance: 'gateway',
    });
    expect(await site(bearer('a.b.c'))).toMatchObject({ refused: { status: 401, refusal: { code: 'no-issuer' } } });
  });
});

describe('an issuer', () => {
  it('that changes its keys is believed by its new ones, and no longer by the old', async () => {
    const before = await TestProvider.start(await newKey('before'));
    const visited = entrance(before.issuer, { issuer: { cooldownMs: 0 } });
    const old = await before.tokenOfPerson('subject-of-a-clerk');
    expect(await visited(bearer(old))).toHaveProperty('caller');
    await before.stop();
    const after = await TestProvider.start(await newKey('after'), before.port);
    const fresh = await after.tokenOfPerson('subject-of-a-clerk');
    expect(await visited(bearer(fresh))).toHaveProperty('caller');
    expect(await visited(bearer(old))).toMatchObject(refusedFor('token.unknown-key'));
    await after.stop();
  }, 30_000);

  it('that cannot be reached is not taken for a bad token, and is found again', async () => {
    const first = await TestProvider.start(key);
    const token = await first.tokenOfPerson('subject-of-a-clerk');
    await first.stop();
    const visited = entrance(first.issuer);
    const away = await visited(bearer(token));
    expect(away).toMatchObject({ refused: { status: 503, refusal: { code: 'issuer-unreachable' } } });
    expect(JSON.stringify(away)).toContain('ECONNREFUSED');
    const second = await TestProvider.start(key, first.port);
    expect(await visited(bearer(token))).toHaveProperty('caller');
    await second.stop();
  }, 30_000);

  describe('that is none', () => {
    let server: Server;
    let answer: (path: string, own: string) => { status?: number; body: string };
    let own: string;

    beforeAll(async () => {
      server = createServer((request, response) => {
        const { status = 200, body } = answer(request.url ?? '', own);
        response.writeHead(status, status === 302 ? { location: `${provider.issuer}${request.url}` } : {}).end(body);
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterAll(() => new Promise((done) => server.close(done)));

    const described = (more: object) => (path: string, issuer: string) =>
      path.includes('.well-known')
        ? { body: JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks`, ...more }) }
        : { body: 'no keys' };

    it.each<[string, typeof answer, string]>([
      ['speaks for another', described({ issuer: 'https://id.example.org' }), 'speaks for'],
      ['names no keys', described({ jwks_uri: undefined }), 'names no address of keys'],
      ['answers with no JSON', () => ({ body: '<html>' }), 'did not answer with JSON'],
      ['answers with null', () => ({ body: 'null' }), 'speaks for'],
      ['fails', () => ({ status: 500, body: '' }), 'answered 500'],
      ['leads elsewhere', () => ({ status: 302, body: '' }), 'redirect'],
      ['publishes no key set', described({}), ''],
    ])('because it %s leaves the token unchecked', async (_, answers, why) => {
      answer = answers;
      const found = await entrance(own)(bearer(await forged({ issuer: own })));
      expect(found).toMatchObject({ refused: { status: 503, refusal: { code: 'issuer-unreachable' } } });
      expect(JSON.stringify(found)).toContain(why);
    });
  });
});
