/** Signed messages of a department's system: an opening and acts without a token, and everything that must not pass. */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { dateOf, plusDays } from '../../workflows/law';
import type { Json } from '../../workflows/runtime/workflow';
import { matter } from '../support/installation';
import { type Answered, Matters, type Opened, openGatewayHouse, seen, Visitor } from './support';

const SECRET = `whsec_${Buffer.from('a secret for tests, long enough').toString('base64')}`;
const due = plusDays(dateOf(Date.now()), 30);
let opened: Opened;
let visitor: Visitor;
let matters: Matters;
let assigned: string;

beforeAll(async () => {
  process.env.TEST_D10_OA = SECRET;
  opened = await openGatewayHouse({
    settings: { identity: { identities: 'identities.yaml' } },
    files: {
      'identities.yaml': {
        systems: [
          {
            id: 'd10-oa',
            webhook: [{ env: 'TEST_D10_OA' }],
            unit: 'D10',
            seat: 'D10-desk',
            procedures: ['supervision-item'],
            acts: ['PROGRESS', 'REPORT'],
          },
          {
            id: 'x2-oa',
            webhook: [{ env: 'TEST_D10_OA' }],
            unit: 'X2',
            seat: 'X2-desk',
            procedures: ['supervision-item'],
            acts: ['REGISTER'],
          },
        ],
      },
    },
  });
  visitor = new Visitor(opened.gateway.address);
  matters = new Matters(visitor, due);
  assigned = await matters.assigned();
}, 120_000);
afterAll(() => opened?.close());

interface Sending {
  system?: string;
  id?: string;
  at?: Date;
  secret?: string;
  sign?: (body: string) => string;
}

function send(
  body: Json,
  { system = 'd10-oa', id = randomUUID(), at = new Date(), secret = SECRET, sign }: Sending = {},
): Promise<Answered> {
  const text = JSON.stringify(body);
  const signature = new Webhook(secret).sign(id, at, sign ? sign(text) : text);
  return visitor.send('POST', `/v1/messages/${system}`, text, {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  });
}

const progress = (text = 'P-1'): Json => ({
  procedure: 'supervision-item',
  case: assigned,
  type: 'PROGRESS',
  payload: { text },
});

it('does an act; the record names the system, its seat and that it was a signed message', async () => {
  const answer = await send(progress());
  expect(answer).toMatchObject({ status: 200, body: { outcome: 'changed', case: assigned } });
  const { body } = await visitor.as('X2-desk').get(`/v1/cases/${assigned}/record?atLeast=${seen(answer)}`);
  expect(body.entries.at(-1).by).toMatchObject({
    system: 'd10-oa',
    seat: 'D10-desk',
    proof: 'webhook',
    entrance: 'gateway',
  });
}, 30_000);

it('opens a case', async () => {
  const answer = await send(
    { procedure: 'supervision-item', type: 'REGISTER', payload: matter() },
    { system: 'x2-oa' },
  );
  expect(answer).toMatchObject({ status: 201, body: { outcome: 'changed', sequence: 1 } });
}, 30_000);

it('sent again with its id and a new signature it is done once', async () => {
  const id = randomUUID();
  const first = await send(progress('P-2'), { id });
  const again = await send(progress('P-2'), { id, at: new Date(Date.now() + 1_000) });
  expect(again).toMatchObject({ status: 200, body: { repeated: true, sequence: first.body.sequence } });
}, 30_000);

describe('what must not pass', () => {
  it.each<[string, () => Promise<Answered>, number, string]>([
    [
      'the very same message, by somebody who listened',
      async () => {
        const sending = { id: randomUUID(), at: new Date() };
        await send(progress('P-3'), sending);
        return send(progress('P-3'), sending);
      },
      409,
      'webhook-replayed',
    ],
    ['one of six minutes ago', () => send(progress(), { at: new Date(Date.now() - 360_000) }), 401, 'webhook-refused'],
    ['one of the future', () => send(progress(), { at: new Date(Date.now() + 360_000) }), 401, 'webhook-refused'],
    [
      'one signed with another secret',
      () => send(progress(), { secret: `whsec_${Buffer.from('another secret, as long as this').toString('base64')}` }),
      401,
      'webhook-refused',
    ],
    [
      'one changed on the way',
      () => send(progress(), { sign: (body) => body.replace('P-1', 'P-2') }),
      401,
      'webhook-refused',
    ],
    ['one without signature', () => visitor.post('/v1/messages/d10-oa', progress()), 401, 'webhook-refused'],
    ['one of a system nobody entered', () => send(progress(), { system: 'd77-oa' }), 401, 'webhook-refused'],
    [
      'an act the system was not given',
      () => send({ procedure: 'supervision-item', case: assigned, type: 'EXPLAIN', payload: {} }),
      403,
      'system-not-allowed',
    ],
    [
      'an opening the system was not given',
      () => send({ procedure: 'supervision-item', type: 'REGISTER', payload: matter() }),
      403,
      'system-not-allowed',
    ],
    [
      'a procedure there is not',
      () => send({ procedure: 'parade', type: 'REGISTER', payload: {} }),
      404,
      'no-such-procedure',
    ],
    ['classified matter', () => send(progress('【机密】内容')), 422, 'classified'],
    ['a message that is none', () => send({ hello: 'world' }), 400, 'malformed'],
    [
      'an act without a case',
      () => send({ procedure: 'supervision-item', type: 'PROGRESS', payload: { text: 'x' } }),
      400,
      'malformed',
    ],
  ])(
    '%s: %#',
    async (_, sending, status, code) => {
      const before = await opened.house.ledger.record(assigned);
      const answer = await sending();
      expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
      if (code !== 'webhook-replayed') expect((await opened.house.ledger.record(assigned)).length).toBe(before.length);
    },
    30_000,
  );
});
