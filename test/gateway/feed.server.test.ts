/** The feed: one ordered sequence, as pages, as a stream that is resumed, and sent to subscribers that fall down and get up. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { dateOf, plusDays } from '../../workflows/law';
import { eventually } from '../support/processes';
import { type Loose, Matters, type Opened, openGatewayHouse, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;
const RETRY_MS = [100, 200];

beforeAll(async () => {
  opened = await openGatewayHouse({ options: { webhooks: { retryAfterMs: RETRY_MS, pollMs: 50, timeoutMs: 1_000 } } });
  visitor = new Visitor(opened.gateway.address, 'X2-desk');
  matters = new Matters(visitor, due);
}, 120_000);
afterAll(() => opened?.close());

const last = async (): Promise<number> => opened.house.ledger.lastPosition();
/** Until the feed has a step of a case. */
const shown = async (caseId: string, sequence: number) => {
  expect(
    (await visitor.get(`/v1/feed?case=${caseId}&limit=500`)).body.map(({ data }: Loose) => data.sequence),
  ).toContain(sequence);
};

describe('a page of the feed', () => {
  it('has what happened as CloudEvents, in order, without content and without persons', async () => {
    const id = await matters.closed();
    await eventually(() => shown(id, 4));
    const { body, headers, text } = await visitor.get(`/v1/feed?case=${id}`);
    expect(headers.get('content-type')).toBe('application/cloudevents-batch+json; charset=utf-8');
    expect(body.map(({ type, data }: Loose) => [type, data.sequence])).toEqual([
      ['zhengling.case.opened', 1],
      ['zhengling.case.step', 2],
      ['zhengling.case.step', 3],
      ['zhengling.case.closed', 4],
    ]);
    const [first] = body;
    expect(first).toMatchObject({
      specversion: '1.0',
      source: `/zhengling/${opened.house.site.namespace}`,
      subject: id,
      datacontenttype: 'application/json',
    });
    expect(first.id).toBe(String(Number(first.sequence)));
    expect(first.time).toMatch(/\+08:00$/);
    expect(text).not.toMatch(/测试事项|X2-desk|D10-desk/);
    expect(body[3].data.hash).toBe((await opened.house.ledger.record(id)).at(-1)!.entry.hash);
  }, 30_000);

  it('leads on to the next, until there is none', async () => {
    await matters.assigned();
    const positions: number[] = [];
    let path: string | undefined = '/v1/feed?limit=2';
    while (path !== undefined) {
      const { body, headers }: { body: Loose; headers: Headers } = await visitor.get(path);
      positions.push(...body.map(({ id }: Loose) => Number(id)));
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(positions.length).toBeGreaterThan(4);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(new Set(positions).size).toBe(positions.length);
  }, 30_000);

  it('is narrowed by type', async () => {
    const { body } = await visitor.get('/v1/feed?limit=500&types=zhengling.case.closed,zhengling.case.opened');
    expect(new Set(body.map(({ type }: Loose) => type))).toEqual(
      new Set(['zhengling.case.opened', 'zhengling.case.closed']),
    );
  });
});

describe('the stream', () => {
  it('brings what happens while it is open, and is resumed behind the last event seen: nothing twice, nothing lost', async () => {
    const from = await last();
    const first = await Stream.open(from);
    const a = await matters.registered();
    await eventually(() => expect(first.events).toHaveLength(1));
    await first.close();
    const b = await matters.registered();
    const c = await matters.registered();
    await eventually(async () => shown(c, 1));
    const second = await Stream.open(undefined, { 'last-event-id': first.events.at(-1)!.id });
    await eventually(() => expect(second.events).toHaveLength(2));
    const d = await matters.registered();
    await eventually(() => expect(second.events).toHaveLength(3));
    await second.close();
    const all = [...first.events, ...second.events];
    expect(all.map(({ data }) => data.subject)).toEqual([a, b, c, d]);
    expect(all.map(({ id }) => Number(id))).toEqual(all.map((_, i) => Number(all[0]!.id) + i));
    expect(all.every(({ event, data }) => event === data.type)).toBe(true);
  }, 60_000);

  it('without a position begins with what comes next', async () => {
    await matters.registered();
    const stream = await Stream.open();
    const id = await matters.registered();
    await eventually(() => expect(stream.events.length).toBeGreaterThan(0));
    await stream.close();
    expect(stream.events.map(({ data }) => data.subject)).toEqual([id]);
  }, 30_000);

  it('shows a reader only what he may read', async () => {
    const stream = await Stream.open(await last(), {}, 'D10-desk');
    await matters.registered();
    const his = await matters.assigned();
    await eventually(() =>
      expect(stream.events.map(({ data }) => [data.subject, data.data.sequence])).toContainEqual([his, 2]),
    );
    await stream.close();
    expect(new Set(stream.events.map(({ data }) => data.subject))).toEqual(new Set([his]));
  }, 30_000);

  it('a position that is none is refused before it begins', async () => {
    expect(await visitor.get('/v1/feed/stream', { 'last-event-id': 'x' })).toMatchObject({
      status: 400,
      body: { code: 'malformed' },
    });
  });
});

describe('a subscription', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    for (const { id } of (await visitor.get('/v1/subscriptions')).body.items)
      await visitor.send('DELETE', `/v1/subscriptions/${id}`);
    await receiver.close();
  });

  const subscribe = async (more: object = {}) => {
    const { status, body, text } = await visitor.post('/v1/subscriptions', { url: receiver.url, ...more });
    if (status !== 201) throw new Error(text);
    return body;
  };

  it('has every event sent once, in order, signed', async () => {
    const { secret, id } = await subscribe();
    const a = await matters.assigned();
    await eventually(() => expect(receiver.taken).toHaveLength(2));
    const [first] = receiver.taken;
    expect(new Webhook(secret).verify(first!.body, first!.headers as Record<string, string>)).toMatchObject({
      subject: a,
      type: 'zhengling.case.opened',
    });
    expect(first!.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(first!.headers['webhook-id']).toBe(`${id}_${JSON.parse(first!.body).id}`);
    expect(receiver.taken.map(({ body }) => JSON.parse(body).data.sequence)).toEqual([1, 2]);
    expect(() =>
      new Webhook('whsec_c29tZWJvZHkgZWxzZXMgc2VjcmV0IGtleSE=').verify(first!.body, first!.headers as never),
    ).toThrow();
  }, 30_000);

  it('tries again a receiver that is down, and goes on where it was', async () => {
    await subscribe();
    receiver.answers = [500, 503];
    const id = await matters.assigned();
    await eventually(() => expect(receiver.taken).toHaveLength(2));
    expect(receiver.tries).toBe(4);
    expect(receiver.taken.map(({ body }) => [JSON.parse(body).subject, JSON.parse(body).data.sequence])).toEqual([
      [id, 1],
      [id, 2],
    ]);
  }, 30_000);

  it('gives up in the end: a dead letter, which is kept, and the next event is sent; replayed, it arrives', async () => {
    const { id, secret } = await subscribe();
    receiver.answers = [500, 500, 500];
    const matter = await matters.assigned();
    await eventually(() => expect(receiver.taken).toHaveLength(1));
    expect(receiver.taken.map(({ body }) => JSON.parse(body).data.sequence)).toEqual([2]);
    const { body } = await visitor.get(`/v1/subscriptions/${id}/dead-letters`);
    expect(body.items).toMatchObject([
      { event: { subject: matter, data: { sequence: 1 } }, error: 'the receiver answered 500', attempts: 3 },
    ]);
    const [dead] = body.items;
    const replayed = await visitor.post(`/v1/subscriptions/${id}/replay`, { from: Number(dead.event.id) });
    expect(replayed.status).toBe(200);
    await eventually(() => expect(receiver.taken).toHaveLength(3));
    expect(receiver.taken.map(({ body: sent }) => JSON.parse(sent).data.sequence)).toEqual([2, 1, 2]);
    expect((await visitor.get(`/v1/subscriptions/${id}/dead-letters`)).body.items).toEqual([]);
    expect(new Set(receiver.taken.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
    new Webhook(secret).verify(receiver.taken[1]!.body, receiver.taken[1]!.headers as Record<string, string>);
  }, 30_000);

  it('gives up a receiver that is not there at all', async () => {
    const { id } = await subscribe();
    await receiver.close();
    await matters.registered();
    await eventually(async () => {
      const { body } = await visitor.get(`/v1/subscriptions/${id}/dead-letters`);
      expect(body.items).toMatchObject([{ error: 'the receiver could not be reached (ECONNREFUSED)' }]);
    });
  }, 30_000);

  it('begins at a number, where one is given', async () => {
    const from = (await last()) + 1;
    const id = await matters.assigned();
    await eventually(() => shown(id, 2));
    await subscribe({ from });
    await eventually(() => expect(receiver.taken.map(({ body }) => JSON.parse(body).subject)).toEqual([id, id]));
  }, 30_000);

  it('sends only the types asked for', async () => {
    await subscribe({ types: ['zhengling.case.closed'] });
    const id = await matters.closed();
    await eventually(() =>
      expect(receiver.taken.map(({ body }) => [JSON.parse(body).subject, JSON.parse(body).type])).toEqual([
        [id, 'zhengling.case.closed'],
      ]),
    );
  }, 30_000);

  it('of a unit brings only cases it may read', async () => {
    const made = await visitor.as('D10-desk').post('/v1/subscriptions', { url: receiver.url });
    await matters.registered();
    const his = await matters.assigned();
    await eventually(() => expect(receiver.taken.map(({ body }) => JSON.parse(body).subject)).toContain(his));
    expect(new Set(receiver.taken.map(({ body }) => JSON.parse(body).subject))).toEqual(new Set([his]));
    await visitor.as('D10-desk').send('DELETE', `/v1/subscriptions/${made.body.id}`);
  }, 30_000);

  it('is its owner’s alone, and its secret is shown once', async () => {
    const { id } = await subscribe();
    const stranger = visitor.as('D10-desk');
    expect((await stranger.get('/v1/subscriptions')).body.items).toEqual([]);
    expect((await stranger.send('DELETE', `/v1/subscriptions/${id}`)).status).toBe(404);
    expect((await stranger.post(`/v1/subscriptions/${id}/replay`, { from: 1 })).status).toBe(404);
    expect((await stranger.get(`/v1/subscriptions/${id}/dead-letters`)).status).toBe(404);
    const { body } = await visitor.get('/v1/subscriptions');
    expect(body.items).toMatchObject([{ id, url: receiver.url, deadLetters: 0 }]);
    expect(JSON.stringify(body)).not.toContain('whsec_');
    expect(JSON.stringify(await opened.house.ledger.webhooks())).not.toContain('whsec_');
  }, 30_000);

  it.each([
    'http://10.0.0.1/hook',
    'https://metadata.example/latest',
    'ftp://127.0.0.1/x',
    'file:///etc/passwd',
    'http://user:word@127.0.0.1/',
  ])('goes to no host that the operator has not named: %s', async (url) => {
    expect(await visitor.post('/v1/subscriptions', { url })).toMatchObject({
      status: 422,
      body: { code: 'receiver-not-allowed' },
    });
  });

  it('follows no receiver that sends it elsewhere', async () => {
    const { id } = await subscribe();
    receiver.answers = [302, 302, 302];
    await matters.registered();
    await eventually(async () =>
      expect((await visitor.get(`/v1/subscriptions/${id}/dead-letters`)).body.items).toHaveLength(1),
    );
    expect(receiver.taken).toEqual([]);
  }, 30_000);
});

interface Sent {
  id: string;
  event: string;
  data: Loose;
}

/** A reader of server-sent events. */
class Stream {
  readonly events: Sent[] = [];

  private constructor(
    private readonly stop: AbortController,
    private readonly done: Promise<void>,
    events: Sent[],
  ) {
    this.events = events;
  }

  static async open(after?: number, headers: Record<string, string> = {}, seat = 'X2-desk'): Promise<Stream> {
    const stop = new AbortController();
    const answer = await fetch(
      `${opened.gateway.address}/v1/feed/stream${after === undefined ? '' : `?after=${after}`}`,
      {
        headers: { authorization: `Demo ${seat}`, ...headers },
        signal: stop.signal,
      },
    );
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events: Sent[] = [];
    const reader = answer.body!.getReader();
    // The first words say from where it goes on: from then on nothing is missed.
    let text = new TextDecoder().decode((await reader.read()).value);
    const done = (async () => {
      for (;;) {
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        events.push(...blocks.flatMap(parsed));
        const { value, done: ended } = await reader.read();
        if (ended) return;
        text += new TextDecoder().decode(value);
      }
    })().catch((error) => {
      if (!stop.signal.aborted) throw error;
    });
    return new Stream(stop, done, events);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.done;
  }
}

function parsed(block: string): Sent[] {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  return fields.data === undefined ? [] : [{ id: fields.id!, event: fields.event!, data: JSON.parse(fields.data) }];
}

/** A department's server. */
class Receiver {
  readonly taken: { headers: IncomingMessage['headers']; body: string }[] = [];
  /** Statuses of the next answers; 200 when there are none left. */
  answers: number[] = [];
  tries = 0;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        receiver.tries += 1;
        const status = receiver.answers.shift() ?? 200;
        if (status === 200) receiver.taken.push({ headers: request.headers, body });
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    const { port } = (this.server.address() ?? { port: 9 }) as { port: number };
    return `http://127.0.0.1:${port}/hook`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
