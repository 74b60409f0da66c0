/** Short messages and telephone calls against a real HTTP server. */
import { createServer } from 'node:net';
import { ChannelBusy, type Message, type PortKind, type PortOptions, portChannel } from '../../activities/notify';
import { T0 } from '../ledger/support';
import { Closing, Receiver, type Reply } from './support';

const closing = new Closing();
afterEach(() => closing.all());

const message: Message = {
  id: '0123456789abcdef0123456789abcdef',
  seat: 'D07-desk',
  subject: '督查事项SI-2026-0001逾期',
  body: '到期未报告。',
  short: '督查事项SI-2026-0001逾期。https://example.invalid/"SI-2026-0001"',
  spoken: '督查事项SI-2026-0001逾期。请登录系统查看和办理。',
  cases: ['SI-2026-0001'],
  at: T0,
  drill: false,
};
const number = '+8609520000000';

async function openPort(
  options: Partial<PortOptions> = {},
  reply: (count: number) => Reply = () => ({}),
  kind: PortKind = 'sms',
) {
  const receiver = closing.also(new Receiver(), (one) => one.stop());
  receiver.reply = (_, count) => reply(count);
  const url = await receiver.start();
  const body = {
    to: ['{number}'],
    text: '{text}',
    about: { case: '{case}', seat: '{seat}', id: '{id}' },
    urgent: true,
    n: 3,
  };
  const env = { SMS_TOKEN: 't0ken"', SMS_APP: 'app-1' };
  const channel = portChannel(kind, { url, body, timeoutMs: 10_000, ...options }, env);
  return { receiver, url, send: () => channel.send(message, { kind, number }) };
}

test('the provider is given its own shape, values as texts, secrets from the environment, and the id of the message', async () => {
  const { receiver, send } = await openPort({
    headers: { authorization: 'Bearer {env:SMS_TOKEN}', 'x-app': '{env:SMS_APP}' },
  });
  await send();
  const { headers, body } = receiver.posted[0]!;
  expect(headers).toMatchObject({
    authorization: 'Bearer t0ken"',
    'x-app': 'app-1',
    'idempotency-key': message.id,
    'content-type': 'application/json; charset=utf-8',
  });
  expect(JSON.parse(body)).toEqual({
    to: [number],
    text: message.short,
    about: { case: 'SI-2026-0001', seat: 'D07-desk', id: message.id },
    urgent: true,
    n: 3,
  });
});

test('a telephone call reads the number aloud and no link', async () => {
  const { receiver, send } = await openPort({ idempotencyHeader: 'X-Request-Id' }, undefined, 'telephone');
  await send();
  expect(JSON.parse(receiver.posted[0]!.body).text).toBe(message.spoken);
  expect(receiver.posted[0]!.headers['x-request-id']).toBe(message.id);
});

test('a secret that is not in the environment keeps the channel from opening', () => {
  const options = { url: 'http://127.0.0.1:9', headers: { a: '{env:NOT_THERE}' }, body: { key: '{env:NOR_THIS}' } };
  expect(() => portChannel('sms', options, {})).toThrow('the environment variable NOT_THERE, NOR_THIS is not set');
});

test.each<[string, Reply, RegExp]>([
  ['an error of the provider', { status: 500 }, /answered 500/],
  ['a refusal', { status: 401 }, /answered 401/],
  ['a redirect', { status: 302 }, /could not be reached/],
  ['an answer that comes too late', { delayMs: 2_000 }, /did not answer within 300 ms/],
  ['a connection that is reset', { hangUp: true }, /could not be reached: (ECONNRESET|UND_ERR_SOCKET)/],
  ['overload without a time', { status: 503 }, /answered 503/],
])('%s is a failure, and tells neither number nor address', async (_, reply, reason) => {
  const { send, url } = await openPort(reply.delayMs ? { timeoutMs: 300 } : {}, () => reply);
  const failure = (await send().catch((error: unknown) => error)) as Error;
  expect(failure).not.toBeInstanceOf(ChannelBusy);
  expect(failure.message).toMatch(reason);
  expect(failure.message).not.toContain(number);
  expect(failure.message).not.toContain(new URL(url).host);
});

test('a port where nobody listens is a failure', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const channel = portChannel('sms', { url: `http://127.0.0.1:${port}`, body: '{number}' });
  await expect(channel.send(message, { kind: 'sms', number })).rejects.toThrow('could not be reached: ECONNREFUSED');
});

test.each<[string, Reply, number | undefined]>([
  ['429 with seconds', { status: 429, headers: { 'retry-after': '7' } }, 7_000],
  ['429 without a time', { status: 429 }, undefined],
  ['503 with seconds', { status: 503, headers: { 'retry-after': '120' } }, 120_000],
  ['429 with nonsense', { status: 429, headers: { 'retry-after': 'soon' } }, undefined],
  ['429 with a year', { status: 429, headers: { 'retry-after': '31536000' } }, 86_400_000],
  ['429 with a date that is past', { status: 429, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }, 0],
])('%s asks to wait', async (_, reply, waitMs) => {
  const { send } = await openPort({}, () => reply);
  const failure = await send().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ChannelBusy);
  expect((failure as ChannelBusy).waitMs).toBe(waitMs);
});

test('429 with a date asks to wait until then', async () => {
  const until = new Date(Date.now() + 90_000);
  const { send } = await openPort({}, () => ({ status: 429, headers: { 'retry-after': until.toUTCString() } }));
  const failure = (await send().catch((error: unknown) => error)) as ChannelBusy;
  expect(failure.waitMs).toBeGreaterThan(80_000);
  expect(failure.waitMs).toBeLessThanOrEqual(90_000);
});

describe('a provider that answers 200 to everything', () => {
  const success = { field: 'result.code', equals: 0 };

  test.each<[string, string, 'taken' | 'busy' | RegExp]>([
    ['the good code', '{"result":{"code":0}}', 'taken'],
    ['the good code as a text', '{"result":{"code":"0"}}', 'taken'],
    ['a bad code', '{"result":{"code":1014}}', /result\.code 1014, expected 0/],
    ['the code of too much at once', '{"result":{"code":"LIMIT"}}', 'busy'],
    ['no code', '{"code":0}', /result\.code nothing, expected 0/],
    ['no JSON', 'OK', /result\.code nothing, expected 0/],
  ])('is believed by the field that is named: %s', async (_, body, expected) => {
    const { send } = await openPort({ success, busy: ['LIMIT'] }, () => ({ body }));
    const failure = await send().then(
      () => undefined,
      (error: Error) => error,
    );
    if (expected === 'taken') expect(failure).toBeUndefined();
    else if (expected === 'busy') expect(failure).toBeInstanceOf(ChannelBusy);
    else expect(failure?.message).toMatch(expected);
  });
});
