/** Opening cases and acting on them over HTTP: what is done, what is refused and how it is said, and what may be repeated. */
import { dateOf, plusDays } from '../../workflows/law';
import type { Json } from '../../workflows/runtime/workflow';
import { assignment, matter, report } from '../support/installation';
import { type Loose, Matters, type Opened, openGatewayHouse, seen, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;

beforeAll(async () => {
  opened = await openGatewayHouse();
  visitor = new Visitor(opened.gateway.address);
  matters = new Matters(visitor, due);
}, 120_000);
afterAll(() => opened?.close());

describe('what is done', () => {
  it('a case is opened: 201, its number, where it is, and the receipt', async () => {
    const answer = await visitor.as('X2-desk').post('/v1/supervision-item', matter());
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      outcome: 'changed',
      case: expect.stringMatching(/^SI-\d{4}-\d{4}$/),
      sequence: 1,
    });
    expect(answer.body.recordHash).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.headers.get('location')).toBe(`/v1/cases/${answer.body.case}`);
  }, 30_000);

  it('an act is done: 200 with its receipt, and the record names who did it by which entrance', async () => {
    const id = await matters.registered();
    const answer = await matters.act(id, 'X2-desk', 'ASSIGN', assignment(due));
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'changed', case: id, sequence: 2 } });
    const { body } = await visitor.as('X2-desk').get(`/v1/cases/${id}/record?atLeast=${seen(answer)}`);
    expect(body.entries[1]).toMatchObject({
      hash: answer.body.recordHash,
      trigger: { type: 'ASSIGN' },
      by: { seat: 'X2-desk', entrance: 'gateway', proof: 'demo' },
    });
  }, 30_000);

  it('a title as long as it may be, in characters of three bytes', async () => {
    const id = await matters.registered({ title: '测'.repeat(200) });
    const { body } = await visitor.as('X2-desk').get(`/v1/cases/${id}`);
    expect(body.context.title).toBe('测'.repeat(200));
  }, 30_000);

  it('a fact says when it happened', async () => {
    const id = await matters.assigned();
    const at = new Date(Date.now() - 60_000).toISOString();
    const reported = await matters.act(id, 'D10-desk', `REPORT?at=${encodeURIComponent(at)}`, report());
    expect(reported.status).toBe(200);
    const { body } = await visitor.as('X2-desk').get(`/v1/cases/${id}/record?atLeast=${seen(reported)}`);
    expect(Date.parse(body.entries[2].happenedAt)).toBe(Date.parse(at));
  }, 30_000);

  it('the Office enters the word of a leader', async () => {
    const id = await matters.reviewing();
    const word = `?onWordOf=vm-5&ref=${encodeURIComponent('批示〔2026〕3号')}`;
    const answer = await matters.act(id, 'X1-desk', `IMPROVE${word}`, { opinion: '意见-1', date: due });
    expect(answer.status).toBe(200);
  }, 30_000);
});

describe('the same act again', () => {
  it('under the same key: the first receipt, and it is done once', async () => {
    const id = await matters.assigned();
    const send = () => matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-1' }, { 'idempotency-key': 'progress-1' });
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(200);
    expect(second).toMatchObject({
      status: 200,
      body: { repeated: true, sequence: first.body.sequence, recordHash: first.body.recordHash },
    });
    const { body } = await visitor.as('X2-desk').get(`/v1/cases/${id}/record?atLeast=${seen(first)}`);
    expect(body.entries.filter(({ trigger }: Loose) => trigger.type === 'PROGRESS')).toHaveLength(1);
  }, 30_000);

  it('another content under the same key is refused', async () => {
    const id = await matters.assigned();
    await matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-1' }, { 'idempotency-key': 'progress-2' });
    const answer = await matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-2' }, { 'idempotency-key': 'progress-2' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'id-reused', outcome: 'duplicate' } });
  }, 30_000);

  it('the same key of another sender is another act', async () => {
    const id = await matters.assigned();
    await matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-1' }, { 'idempotency-key': 'mine' });
    const answer = await matters.act(id, 'D10-head', 'PROGRESS', { text: 'P-1' }, { 'idempotency-key': 'mine' });
    expect(answer.body.repeated).toBeUndefined();
    expect(answer.status).toBe(200);
  }, 30_000);

  it('an opening under the same key opens one case', async () => {
    const send = () =>
      visitor.as('X2-desk').post('/v1/supervision-item', matter('同一事项'), { 'idempotency-key': 'matter-1' });
    const [first, second] = [await send(), await send()];
    expect(second).toMatchObject({ status: 201, body: { case: first.body.case } });
  }, 30_000);

  it('sent twelve times at once it is done once, and everybody has its receipt', async () => {
    const id = await matters.assigned();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-9' }, { 'idempotency-key': 'storm' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(new Set(answers.map(({ body }) => body.recordHash)).size).toBe(1);
  }, 30_000);
});

describe('two officials at once on one case', () => {
  it('both acts that fit are done, one after the other', async () => {
    const id = await matters.assigned();
    const [a, b] = await Promise.all([
      matters.act(id, 'D10-desk', 'PROGRESS', { text: 'P-1' }),
      matters.act(id, 'D10-head', 'PROGRESS', { text: 'P-2' }),
    ]);
    expect([a.status, b.status]).toEqual([200, 200]);
    expect([a.body.sequence, b.body.sequence].sort()).toEqual([3, 4]);
  }, 30_000);

  it('of two that exclude each other one is done, and the other is told what has become of the case', async () => {
    const id = await matters.reviewing();
    const answers = await Promise.all([
      matters.act(id, 'X2-desk', 'ACCEPT', { evidence: ['E-1'] }),
      matters.act(id, 'vm-5', 'IMPROVE', { opinion: '意见-1', date: due }),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200)!;
    expect([409, 410]).toContain(refused.status);
    expect(refused.body).toMatchObject({ detail: expect.stringMatching(/。$/), remedy: expect.stringMatching(/^请/) });
  }, 30_000);
});

interface Refused {
  what: string;
  of: () => Promise<string>;
  seat: string;
  event: string;
  payload: Json;
  status: number;
  problem: object;
}

const refused: Refused[] = [
  {
    what: 'an event nobody knows',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'BURN', payload: {} },
    status: 400,
    problem: {
      code: 'unknown-event',
      accepted: expect.arrayContaining(['ASSIGN']),
      detail: expect.stringContaining('“BURN”'),
    },
  },
  {
    what: 'an event that comes with a later version',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'INSPECTED', payload: {} },
    status: 409,
    problem: { code: 'not-available-yet', detail: expect.stringContaining('登记检查') },
  },
  {
    what: 'an event in the wrong state',
    of: () => matters.registered(),
    ...{ seat: 'D10-desk', event: 'REPORT', payload: report() },
    status: 409,
    problem: { code: 'not-accepted-here', outcome: 'not-accepted', accepted: expect.arrayContaining(['ASSIGN']) },
  },
  {
    what: 'a payload off schema',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'ASSIGN', payload: { ...assignment(due), due: '30 days' } },
    status: 400,
    problem: { code: 'malformed', path: 'payload.due', detail: expect.stringContaining('应为日期') },
  },
  {
    what: 'a unit there is not',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'ASSIGN', payload: { ...assignment(due), supporting: ['D77'] } },
    status: 422,
    problem: { code: 'unit-unknown', path: 'payload.supporting.0' },
  },
  {
    what: 'two lead units',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'ASSIGN', payload: { ...assignment(due), leadUnits: ['D10', 'D13'] } },
    status: 422,
    problem: { code: 'LEAD_NOT_UNIQUE', outcome: 'rule', ground: '第五十八条', articles: [58] },
  },
  {
    what: 'no evidence, which is our rule and no article’s',
    of: () => matters.reviewing(),
    ...{ seat: 'X2-desk', event: 'ACCEPT', payload: { evidence: [] } },
    status: 422,
    problem: { code: 'EVIDENCE_MISSING', ground: '本系统规定' },
  },
  {
    what: 'a unit that accepts its own work',
    of: () => matters.reviewing(),
    ...{ seat: 'D10-head', event: 'ACCEPT', payload: { evidence: ['E-1'] } },
    status: 422,
    problem: { code: 'SELF_ACCEPTANCE' },
  },
  {
    what: 'a seat that may not do it',
    of: () => matters.assigned(),
    ...{ seat: 'D07-desk', event: 'PROGRESS', payload: { text: 'P-1' } },
    status: 403,
    problem: { code: 'not-entitled', entitled: ['D10'] },
  },
  {
    what: 'a closed case',
    of: () => matters.closed(),
    ...{ seat: 'D10-desk', event: 'PROGRESS', payload: { text: 'P-1' } },
    status: 410,
    problem: { code: 'closed', outcome: 'closed' },
  },
  {
    what: 'what a machine tells itself',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'date.set', payload: {} },
    status: 400,
    problem: { code: 'unknown-event' },
  },
  {
    what: 'an internal event of the interpreter',
    of: () => matters.registered(),
    ...{ seat: 'X2-desk', event: 'xstate.init', payload: {} },
    status: 400,
    problem: { code: 'unknown-event' },
  },
  {
    what: 'the seat of somebody else',
    of: () => matters.registered(),
    ...{ seat: 'D07-desk', event: 'ASSIGN?seat=X2-desk', payload: {} },
    status: 403,
    problem: { code: 'seat-not-yours' },
  },
  {
    what: 'the word of a leader without the paper',
    of: () => matters.reviewing(),
    ...{ seat: 'X1-desk', event: 'IMPROVE?onWordOf=vm-5', payload: { opinion: '意见-1' } },
    status: 422,
    problem: { code: 'word-without-paper' },
  },
  {
    what: 'a case there is not',
    of: async () => 'SI-2026-9999',
    ...{ seat: 'X2-desk', event: 'ASSIGN', payload: assignment(due) },
    status: 404,
    problem: { code: 'no-such-case', detail: expect.stringContaining('SI-2026-9999') },
  },
  {
    what: 'a case of another procedure',
    of: async () => 'XX-2026-0001',
    ...{ seat: 'X2-desk', event: 'ASSIGN', payload: assignment(due) },
    status: 404,
    problem: { code: 'no-such-case' },
  },
];

describe('an act that is refused', () => {
  it.each(refused)(
    '$what: $status, a problem with sentence, ground and remedy, and nothing changed',
    async ({ of, seat, event, payload, status, problem }) => {
      const id = await of();
      const before = await opened.house.ledger.record(id);
      const answer = await matters.act(id, seat, event, payload);
      expect(answer.body).toMatchObject({
        status,
        title: expect.any(String),
        detail: expect.stringMatching(/。$/),
        remedy: expect.stringMatching(/。$/),
        ground: expect.stringMatching(/条|本系统规定/),
        instance: `urn:uuid:${answer.headers.get('x-request-id')}`,
        ...problem,
      });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect((await opened.house.ledger.record(id)).map(({ entry }) => entry)).toEqual(
        before.map(({ entry }) => entry),
      );
    },
    30_000,
  );

  const openings = [
    {
      what: 'a matter without category',
      seat: 'X2-desk',
      payload: { ...matter(), category: undefined },
      status: 422,
      code: 'CATEGORY_MISSING',
    },
    {
      what: 'a payload off schema',
      seat: 'X2-desk',
      payload: { ...matter(), category: 9 },
      status: 400,
      code: 'malformed',
    },
    { what: 'a unit that may not register', seat: 'D07-desk', payload: matter(), status: 403, code: 'not-entitled' },
    { what: 'no object at all', seat: 'X2-desk', payload: [1, 2], status: 400, code: 'malformed' },
    { what: 'nothing', seat: 'X2-desk', payload: null, status: 400, code: 'malformed' },
  ];
  it.each(openings)(
    '$what opens no case: $status',
    async ({ seat, payload, status, code }) => {
      const before = await opened.house.ledger.list({ limit: 1_000 });
      const answer = await visitor.as(seat).post('/v1/supervision-item', payload as Json);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(await opened.house.ledger.list({ limit: 1_000 })).toEqual(before);
    },
    30_000,
  );

  it('is logged by the entrance, with code and seat', async () => {
    const id = await matters.assigned();
    await matters.act(id, 'D07-desk', 'PROGRESS', { text: 'P-1' });
    expect(await opened.house.ledger.refusals({ case: id })).toMatchObject([
      { code: 'not-entitled', seat: 'D07-desk', entrance: 'gateway', actType: 'PROGRESS' },
    ]);
  }, 30_000);
});

describe('the numbers an operator sees', () => {
  it('count requests by route and status, and refusals by code', async () => {
    const { text } = await visitor.get('/metrics');
    expect(text).toMatch(
      /gateway_request_seconds_count\{method="POST",route="\/v1\/supervision-item",status="201"\} [1-9]/,
    );
    expect(text).toMatch(/gateway_refusals_total\{code="LEAD_NOT_UNIQUE",status="422"\} [1-9]/);
    expect(text).not.toMatch(/SI-\d{4}/);
  });
});
