/** Reading over HTTP: who may, what is noted down, what is shown, and that a reader sees the step he was told of. */
import { dateOf, plusDays } from '../../workflows/law';
import { assignment, report } from '../support/installation';
import { type Loose, Matters, type Opened, openGatewayHouse, seen, Visitor } from './support';

const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;
let assigned: string;
let registered: string;

beforeAll(async () => {
  opened = await openGatewayHouse({ options: { patienceMs: 1_000 } });
  visitor = new Visitor(opened.gateway.address);
  matters = new Matters(visitor, due);
  registered = await matters.registered({ title: '河道清淤工程' });
  assigned = await matters.assigned({ title: '污水处理设施建设' });
  await visitor.as('X2-desk').get(`/v1/cases/${assigned}?atLeast=${assigned}:2`);
}, 120_000);
afterAll(() => opened?.close());

describe('a case', () => {
  it('is shown with where it stands, what it accepts from whom, and its marks', async () => {
    const { status, body } = await visitor.as('D10-desk').get(`/v1/cases/${assigned}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      case: assigned,
      procedure: 'supervision-item',
      title: '督查事项',
      status: 'open',
      stateLabel: '办理',
      marks: expect.stringContaining('【演示】'),
      head: { sequence: 2 },
    });
    expect(body.accepts).toContainEqual({ type: 'PROGRESS', label: '报送进展', entitled: ['D10'] });
    expect(body.deadlines).toContainEqual(expect.objectContaining({ name: 'due', label: '办理期限' }));
  });

  it('has its record, hash by hash', async () => {
    const { body } = await visitor.as('X2-desk').get(`/v1/cases/${assigned}/record`);
    expect(body.entries.map(({ sequence }: Loose) => sequence)).toEqual([1, 2]);
    expect(body.entries[1].previous).toBe(body.entries[0].hash);
    expect(body.entries[1].steps[0]).toHaveProperty('cite');
    expect(JSON.stringify(body)).not.toMatch(/test-|stand-in/);
  });

  it.each(['view', 'record', 'attachments'])('is not there under a number nobody gave: %s', async (what) => {
    const path = what === 'view' ? '' : `/${what}`;
    expect(await visitor.as('X2-desk').get(`/v1/cases/SI-2026-9999${path}`)).toMatchObject({
      status: 404,
      body: { code: 'no-such-case' },
    });
  });
});

describe('who may read a case', () => {
  it.each([
    ['its lead unit', 'D10-desk', 200],
    ['another seat of it', 'D10-head', 200],
    ['the vice mayor in charge of it', 'vm-5', 200],
    ['the Office', 'X1-desk', 200],
    ['the Supervision Office', 'X2-desk', 200],
    ['the mayor', 'mayor', 200],
    ['a unit that has nothing to do with it', 'D07-desk', 403],
    ['a vice mayor of other units', 'vm-7', 403],
  ])('%s (%s): %i', async (_, seat, status) => {
    for (const path of ['', '/record', '/attachments']) {
      const answer = await visitor.as(seat).get(`/v1/cases/${assigned}${path}`);
      expect(answer.status).toBe(status);
      if (status === 403) expect(answer.body).toMatchObject({ code: 'reading-refused', case: assigned });
    }
  });

  it('is asked before anything of it is said: lists and searches of a stranger are empty', async () => {
    const stranger = visitor.as('D07-desk');
    expect((await stranger.get('/v1/cases')).body.items).toEqual([]);
    expect((await stranger.get(`/v1/search?text=${encodeURIComponent('污水')}`)).body.items).toEqual([]);
    expect((await stranger.get('/v1/feed')).body).toEqual([]);
  });

  it('every reading is noted: who, in which seat, what', async () => {
    await visitor.as('D10-head').get(`/v1/cases/${assigned}`);
    await visitor.as('D10-head').get('/v1/cases');
    const lines = await opened.house.ledger.readings({ limit: 2 });
    expect(lines).toMatchObject([
      { what: 'list', seat: 'D10-head', entrance: 'gateway', reader: expect.stringMatching(/^[0-9a-f]{16}$/) },
      { what: 'view', seat: 'D10-head', case: assigned },
    ]);
  });
});

describe('lists', () => {
  it('go page by page, in the order of numbers', async () => {
    const office = visitor.as('X2-desk');
    const first = await office.get('/v1/cases?limit=1');
    const second = await office.get(`/v1/cases?limit=1&after=${encodeURIComponent(first.body.next)}`);
    expect([first, second].map(({ body }) => body.items[0].case)).toEqual([registered, assigned]);
  });

  it.each([
    ['unit=D10', () => [assigned]],
    ['state=assigning', () => [registered]],
    ['status=closed', () => []],
    ['procedure=supervision-item&status=open', () => [registered, assigned]],
    ['awaiting=D10', () => [assigned]],
  ])('are narrowed by %s', async (query, cases) => {
    const { body } = await visitor.as('X2-desk').get(`/v1/cases?${query}`);
    expect(body.items.map((one: Loose) => one.case)).toEqual(cases());
  });

  it('search finds two characters inside a matter, newest first', async () => {
    const office = visitor.as('X2-desk');
    const find = async (text: string) =>
      (await office.get(`/v1/search?text=${encodeURIComponent(text)}`)).body.items.map((one: Loose) => one.case);
    expect(await find('清淤')).toEqual([registered]);
    expect(await find('SI-')).toEqual([assigned, registered]);
    expect(await find('没有的')).toEqual([]);
  });
});

describe('the inbox of a seat', () => {
  const counts = async (seat: string) => (await visitor.as(seat).get('/v1/inbox/counts')).body;

  it('has what waits for it: 待办', async () => {
    const { body } = await visitor.as('D10-desk').get('/v1/inbox?box=todo');
    expect(body.items).toMatchObject([{ box: 'todo', case: { case: assigned, stateLabel: '办理' }, overdue: false }]);
    expect(await counts('D10-desk')).toMatchObject({ todo: 1, overdue: 0 });
    expect(await counts('D07-desk')).toEqual({ todo: 0, overdue: 0, unread: 0 });
  });

  it('has what it has done: 已办', async () => {
    const { body } = await visitor.as('X2-desk').get('/v1/inbox?box=done');
    expect(body.items.map((item: Loose) => item.case.case)).toEqual([assigned, registered]);
  });

  it('has what it was told, in words, until it says that it was read: 待阅', async () => {
    const head = visitor.as('D10-head');
    const { body } = await head.get('/v1/inbox?box=unread');
    const { tell } = body.items.find((item: Loose) => item.tell.case === assigned);
    expect(tell.subject).toContain(assigned);
    const before = (await counts('D10-head')).unread;
    expect(await head.post('/v1/inbox/acknowledgements', { tell: tell.id })).toMatchObject({
      status: 200,
      body: { outcome: 'acknowledged' },
    });
    expect(await head.post('/v1/inbox/acknowledgements', { tell: tell.id })).toMatchObject({
      status: 200,
      body: { outcome: 'already' },
    });
    expect((await counts('D10-head')).unread).toBe(before - 1);
  });

  it('nobody acknowledges for somebody else, nor what there is not', async () => {
    const { body } = await visitor.as('vm-5').get('/v1/inbox?box=unread');
    const { tell } = body.items[0];
    expect(await visitor.as('D07-desk').post('/v1/inbox/acknowledgements', { tell: tell.id })).toMatchObject({
      status: 403,
      body: { code: 'message-not-yours' },
    });
    expect(await visitor.as('vm-5').post('/v1/inbox/acknowledgements', { tell: 'nothing' })).toMatchObject({
      status: 404,
      body: { code: 'no-such-message' },
    });
  });

  it('is a seat’s own', async () => {
    expect(await visitor.as('D07-desk').get('/v1/inbox?box=todo&seat=D10-desk')).toMatchObject({
      status: 403,
      body: { code: 'seat-not-yours' },
    });
  });
});

describe('a reader who was given a receipt', () => {
  it('sees its step in whatever he reads next', async () => {
    const id = await matters.assigned();
    const answer = await matters.act(id, 'D10-desk', 'REPORT', report());
    const office = visitor.as('X2-desk');
    const [list, record, todo] = await Promise.all([
      office.get(`/v1/cases?unit=D10&limit=500&atLeast=${seen(answer)}`),
      office.get(`/v1/cases/${id}/record?atLeast=${seen(answer)}`),
      office.get(`/v1/inbox?box=todo&limit=500&atLeast=${seen(answer)}`),
    ]);
    expect(list.body.items.find((one: Loose) => one.case === id).sequence).toBe(3);
    expect(record.body.entries).toHaveLength(3);
    expect(todo.body.items.map((item: Loose) => item.case.case)).toContain(id);
  }, 30_000);

  it('sees also a step that came in by another entrance', async () => {
    const { house } = opened;
    const id = await matters.registered();
    const procedure = house.city.procedure('supervision-item')!;
    const receipt = await house.city.act(procedure, id, 'ASSIGN', { seat: 'X2-desk', payload: assignment(due) });
    const { body } = await visitor.as('X2-desk').get(`/v1/cases/${id}/record?atLeast=${id}:${receipt.sequence}`);
    expect(body.entries.at(-1).hash).toBe(receipt.recordHash);
  }, 30_000);

  it('is told to come again where the step is not there in time', async () => {
    const answer = await visitor.as('X2-desk').get(`/v1/cases?atLeast=${assigned}:99`);
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'not-reached', params: { case: assigned, sequence: 99 } },
    });
    expect(answer.headers.get('retry-after')).toBe('1');
  }, 30_000);
});

describe('what can be done here', () => {
  it('is told with the JSON Schema of every act', async () => {
    const { body } = await visitor.as('D10-desk').get('/v1/procedures/supervision-item');
    expect(body.opening).toMatchObject({
      type: 'REGISTER',
      label: '立项登记',
      schema: { required: expect.arrayContaining(['title']) },
    });
    expect(body.events.find(({ type }: Loose) => type === 'SET_DATE').schema.properties.date).toMatchObject({
      type: 'string',
      format: 'date',
    });
  });

  it('of a procedure there is not: 404', async () => {
    expect(await visitor.as('D10-desk').get('/v1/procedures/parade')).toMatchObject({
      status: 404,
      body: { code: 'no-such-procedure' },
    });
  });

  it('every code of a problem is explained to anybody', async () => {
    const { status, body } = await visitor.get('/v1/problems');
    expect(status).toBe(200);
    expect(body.items.find(({ code }: Loose) => code === 'LEAD_NOT_UNIQUE').remedy).toMatch(/^请/);
  });
});
