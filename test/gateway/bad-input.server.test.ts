/** What a stranger, a careless program or an attacker sends: refused with a clear answer, never a fault, and nothing changes. */
import { connect } from 'node:net';
import { dateOf, plusDays } from '../../workflows/law';
import { matter } from '../support/installation';
import { type Answered, Matters, type Opened, openGatewayHouse, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;
let caseId: string;
const JSON_TYPE = { 'content-type': 'application/json' };
const START = '/v1/supervision-item';

beforeAll(async () => {
  opened = await openGatewayHouse({ settings: { gateway: { requestsPerMinute: 100_000 } } });
  visitor = new Visitor(opened.gateway.address, 'X2-desk');
  matters = new Matters(visitor, due);
  caseId = await matters.registered();
}, 120_000);
afterAll(() => opened?.close());

const raw = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE) =>
  visitor.send('POST', START, body as RequestInit['body'], headers);

const bodies: { what: string; send: () => Promise<Answered>; status: number; code: string }[] = [
  {
    what: 'a body over the limit',
    send: () => raw(JSON.stringify(matter('x'.repeat(700_000)))),
    status: 413,
    code: 'too-large',
  },
  {
    what: 'a payload over what an act may hold',
    send: () => raw(JSON.stringify({ ...matter(), content: 'x'.repeat(550_000) })),
    status: 400,
    code: 'malformed',
  },
  { what: 'a body cut off', send: () => raw(JSON.stringify(matter()).slice(0, -20)), status: 400, code: 'malformed' },
  { what: 'no body', send: () => visitor.send('POST', START), status: 400, code: 'malformed' },
  { what: 'an empty body', send: () => raw(''), status: 400, code: 'malformed' },
  {
    what: 'bytes that are no UTF-8',
    send: () => raw(Buffer.from('7b227469746c65223a22b2e2cad4227d', 'hex')),
    status: 400,
    code: 'malformed',
  },
  {
    what: 'another character set by name',
    send: () => raw('{}', { 'content-type': 'application/json; charset=gb18030' }),
    status: 415,
    code: 'media-type',
  },
  {
    what: 'a form',
    send: () => raw('title=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'media-type',
  },
  {
    what: 'plain text, as a page of another site may send',
    send: () => raw('{}', { 'content-type': 'text/plain' }),
    status: 415,
    code: 'media-type',
  },
  { what: 'XML', send: () => raw('<a/>', { 'content-type': 'application/xml' }), status: 415, code: 'media-type' },
  { what: 'a NUL character', send: () => raw(JSON.stringify(matter('a\u0000b'))), status: 400, code: 'malformed' },
  { what: 'half of a surrogate pair', send: () => raw('{"title":"\\ud800"}'), status: 400, code: 'malformed' },
  {
    what: 'a nest without end',
    send: () => raw('['.repeat(100_000) + ']'.repeat(100_000)),
    status: 400,
    code: 'malformed',
  },
  {
    what: 'a key that would change every object',
    send: () => raw('{"__proto__":{"x":1}}'),
    status: 400,
    code: 'malformed',
  },
  {
    what: 'a field nobody knows',
    send: () => raw(JSON.stringify({ ...matter(), admin: true })),
    status: 400,
    code: 'malformed',
  },
  { what: 'numbers without end', send: () => raw('{"category":1e999}'), status: 400, code: 'malformed' },
  {
    what: 'an idempotency key that is none',
    send: () => raw(JSON.stringify(matter()), { ...JSON_TYPE, 'idempotency-key': 'x'.repeat(300) }),
    status: 400,
    code: 'malformed',
  },
];

const addresses: { path: () => string; status: number; code: string }[] = [
  { path: () => '/v1/cases/..%2f..%2f..%2fetc%2fpasswd', status: 400, code: 'malformed' },
  { path: () => '/v1/cases/%2e%2e%2fledger.db', status: 400, code: 'malformed' },
  { path: () => '/v1/attachments/..%2f..%2fzhengling.yaml', status: 400, code: 'malformed' },
  { path: () => `/v1/attachments/${'g'.repeat(64)}`, status: 400, code: 'malformed' },
  { path: () => "/v1/cases/SI-2026-0001'%20OR%20'1'='1", status: 400, code: 'malformed' },
  { path: () => '/v1/cases/SI-2026-0001%00', status: 400, code: 'malformed' },
  { path: () => "/v1/cases?unit=D10'--", status: 400, code: 'malformed' },
  { path: () => '/v1/cases?limit=-1', status: 400, code: 'malformed' },
  { path: () => '/v1/cases?limit=1e3', status: 400, code: 'malformed' },
  { path: () => '/v1/cases?limit=1&limit=2', status: 400, code: 'malformed' },
  { path: () => '/v1/cases?after=bm90aGluZw', status: 200, code: '' },
  { path: () => '/v1/search?text=x&after=bm90aGluZw', status: 404, code: 'no-such-cursor' },
  { path: () => '/v1/inbox?box=todo&after=%7B%7D', status: 404, code: 'no-such-cursor' },
  { path: () => '/v1/cases?=', status: 400, code: 'malformed' },
  { path: () => '/v1/cases?admin=true', status: 400, code: 'malformed' },
  { path: () => '/v1/search?text=', status: 400, code: 'malformed' },
  { path: () => '/v1/search?text=%00', status: 400, code: 'malformed' },
  { path: () => '/v1/search?text=%ED%A0%80', status: 400, code: 'malformed' },
  { path: () => `/v1/search?text=${encodeURIComponent("%' OR 1=1; DROP TABLE record; --")}`, status: 200, code: '' },
  { path: () => `/v1/search?text=${encodeURIComponent('"*^()')}`, status: 200, code: '' },
  { path: () => '/v1/inbox', status: 400, code: 'malformed' },
  { path: () => '/v1/inbox?box=everything', status: 400, code: 'malformed' },
  { path: () => '/v1/feed?after=99999999999999999999', status: 400, code: 'malformed' },
  { path: () => '/v1/feed?types=drop', status: 400, code: 'malformed' },
  { path: () => '/v1/cases?atLeast=SI-2026-0001', status: 400, code: 'malformed' },
  { path: () => '/%zz', status: 400, code: 'malformed' },
  { path: () => '/v1//cases', status: 404, code: 'no-such-page' },
  { path: () => `/v1/${'x'.repeat(5_000)}`, status: 404, code: 'no-such-page' },
  { path: () => '/', status: 404, code: 'no-such-page' },
];

describe('a body that is not what it should be', () => {
  it.each(bodies)('$what: $status', async ({ send, status, code }) => {
    const answer = await send();
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body.detail).toMatch(/。$/);
  });

  it('is never repeated in the answer', async () => {
    const { text } = await raw('{"title": 独特的词语');
    expect(text).not.toContain('独特');
  });
});

describe('an address that is not what it should be', () => {
  it.each(addresses.map((one) => ({ ...one, shown: one.path().slice(0, 80) })))(
    '$shown: $status',
    async ({ path, status, code }) => {
      const answer = await visitor.get(path());
      expect({ status: answer.status, code: answer.body.code ?? '' }).toEqual({ status, code });
    },
  );

  it('another method than there is: 405, with those there are', async () => {
    const answer = await visitor.send('DELETE', `/v1/cases/${caseId}`);
    expect(answer).toMatchObject({ status: 405, body: { code: 'no-such-method' } });
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('a page of another site', () => {
  it.each([
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['no origin that has a name', { origin: 'null' }],
    ['a request a browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['the same machine by another port', { origin: 'http://127.0.0.1:1' }],
  ])('%s changes nothing: 403', async (_, headers) => {
    const answer = await visitor.post(START, matter(), headers as Record<string, string>);
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
  });

  it('is given no leave to read either', async () => {
    const answer = await visitor.get('/v1/cases', { origin: 'https://evil.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await visitor.send('OPTIONS', '/v1/cases', undefined, { origin: 'https://evil.example' })).status).toBe(
      405,
    );
  });

  it('our own page may', async () => {
    const answer = await visitor.post(START, matter(), {
      origin: opened.gateway.address,
      'sec-fetch-site': 'same-origin',
    });
    expect(answer.status).toBe(201);
  }, 30_000);

  it('a foreign name for this address is refused', async () => {
    const said = await spoken(
      `GET /v1/cases HTTP/1.1\r\nhost: evil.example\r\nauthorization: Demo X2-desk\r\nconnection: close\r\n\r\n`,
    );
    expect(said).toMatch(/^HTTP\/1\.1 421 /);
    expect(said).toContain('wrong-host');
  });
});

describe('what every answer bears', () => {
  it.each(['/v1/cases', '/nowhere', '/health/live', '/openapi.json'])('%s', async (path) => {
    const { headers } = await visitor.get(path);
    expect(
      Object.fromEntries(
        ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'cache-control'].map((name) => [
          name,
          headers.get(name),
        ]),
      ),
    ).toEqual({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-powered-by') ?? headers.get('server')).toBeNull();
  });
});

describe('who shows nothing, or nothing valid', () => {
  it.each([
    ['nothing', {}, 401, 'not-identified'],
    ['a scheme nobody knows', { authorization: 'Basic eDp5' }, 401, 'not-identified'],
    ['a token, where there is no issuer', { authorization: 'Bearer abc' }, 401, 'no-issuer'],
    ['a seat there is not', { authorization: 'Demo D77-desk' }, 403, 'unit-unknown'],
    ['more than a seat', { authorization: 'Demo X2-desk X1-desk' }, 401, 'not-identified'],
  ])('%s: %#', async (_, headers, status, code) => {
    const stranger = new Visitor(opened.gateway.address);
    for (const ask of [
      () => stranger.get('/v1/cases', headers as never),
      () => stranger.post(START, matter(), headers as never),
    ]) {
      const answer = await ask();
      expect(answer).toMatchObject({ status, body: { code } });
      if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Demo');
    }
  });

  it('is asked before anything is read: a body that cannot be read changes nothing about it', async () => {
    const stranger = new Visitor(opened.gateway.address);
    expect(await stranger.send('POST', START, '{', JSON_TYPE)).toMatchObject({ status: 401 });
  });
});

describe('what is no HTTP, or too slow', () => {
  it('is answered with 400 and closed', async () => {
    expect(await spoken('this is not http\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('headers without end: 431', async () => {
    expect(await spoken(`GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });

  it('a body that is announced and does not come is not waited for long: nothing is opened', async () => {
    const before = await opened.house.ledger.list({ limit: 1_000 });
    const { port } = new URL(opened.gateway.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST ${START} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Demo X2-desk\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"title":`,
    );
    await new Promise((done) => setTimeout(done, 200));
    socket.destroy();
    expect(await opened.house.ledger.list({ limit: 1_000 })).toEqual(before);
  });
});

describe('too much', () => {
  it('of a caller is put off: 429, with the time to wait', async () => {
    const narrow = await openGatewayHouse({
      data: opened.installations.site('demo', { gateway: { requestsPerMinute: 5 } }),
    });
    try {
      const caller = new Visitor(narrow.gateway.address, 'X2-desk');
      const answers = [];
      for (let n = 0; n < 7; n += 1) answers.push(await caller.get('/v1/cases'));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
      expect(answers[6]).toMatchObject({ body: { code: 'too-many-requests' } });
      expect(Number(answers[6]!.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await caller.as('D10-desk').get('/v1/cases')).status).toBe(200);
    } finally {
      await narrow.close();
    }
  }, 60_000);

  it('guessing by a stranger is put off, and does not hinder who is known', async () => {
    const stranger = new Visitor(opened.gateway.address);
    const statuses = new Set<number>();
    for (let n = 0; n < 70; n += 1)
      statuses.add((await stranger.get('/v1/cases', { authorization: `Bearer guess-${n}` })).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await visitor.get('/v1/cases')).status).toBe(200);
  }, 30_000);
});

/** What the gateway says to bytes sent as they are. */
function spoken(text: string): Promise<string> {
  const { port } = new URL(opened.gateway.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      said += chunk;
    });
    socket.once('close', () => resolve(said));
    socket.once('error', (error) => (said === '' ? reject(error) : resolve(said)));
    socket.write(text);
  });
}
