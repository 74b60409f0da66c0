import { createHmac } from 'node:crypto';
import { type Address, ChannelBusy, type Message, type RobotKind, robotChannel } from '../../activities/notify';
import { T0 } from '../ledger/support';
import { Closing, Receiver } from './support';

const closing = new Closing();
afterEach(() => closing.all());

const message: Message = {
  id: '0123456789abcdef0123456789abcdef',
  seat: 'D07-desk',
  subject: '督查事项SI-2026-0001逾期',
  body: '督查事项SI-2026-0001到期未报告落实情况。\n查看和办理：https://example.invalid/SI-2026-0001',
  short: '督查事项SI-2026-0001逾期。https://example.invalid/SI-2026-0001',
  spoken: '督查事项SI-2026-0001逾期。请登录系统查看和办理。',
  cases: ['SI-2026-0001'],
  at: T0,
  drill: false,
};
const whole = `${message.subject}\n${message.body}`;

const good: Record<RobotKind, string> = {
  wecom: '{"errcode":0,"errmsg":"ok"}',
  dingtalk: '{"errcode":0,"errmsg":"ok"}',
  feishu: '{"code":0,"msg":"success","data":{}}',
};
const kinds = Object.keys(good) as RobotKind[];

async function openRobot(kind: RobotKind, body: string = good[kind], status = 200) {
  const receiver = closing.also(new Receiver(), (one) => one.stop());
  receiver.reply = () => ({ body, status });
  const url = await receiver.start();
  const env = { ROBOT_SECRET: 'SECf3a1', EMPTY: '' };
  const channel = robotChannel(kind, { env, timeoutMs: 2_000 });
  const send = (more: object = {}, sent: Message = message) => channel.send(sent, { kind, url, ...more } as Address);
  return { receiver, channel, send, url };
}

test.each([
  ['wecom', { msgtype: 'text', text: { content: whole } }],
  ['dingtalk', { msgtype: 'text', text: { content: whole } }],
  ['feishu', { msg_type: 'text', content: { text: whole } }],
] as const)('a %s robot is given the text in the form of its maker', async (kind, body) => {
  const { receiver, send } = await openRobot(kind);
  await send();
  expect(receiver.posted.map((posted) => JSON.parse(posted.body))).toEqual([body]);
  expect(receiver.posted[0]?.path).toBe('/hook?key=s3cret');
});

test.each([
  ['wecom', { text: { content: whole, mentioned_list: ['m-1'] } }],
  ['dingtalk', { text: { content: `${whole}\n@m-1` }, at: { atUserIds: ['m-1'], isAtAll: false } }],
  ['feishu', { content: { text: `<at user_id="m-1"></at> ${whole}` } }],
] as const)('a %s robot calls the person by name where the contact says so', async (kind, body) => {
  const { receiver, send } = await openRobot(kind);
  await send({ mention: 'm-1' });
  expect(JSON.parse(receiver.posted[0]!.body)).toMatchObject(body);
});

test('a DingTalk robot signs time and secret with the secret, in the address', async () => {
  const { receiver, send } = await openRobot('dingtalk');
  await send({ secretEnv: 'ROBOT_SECRET' });
  const query = new URL(receiver.posted[0]!.path, 'http://127.0.0.1').searchParams;
  const time = query.get('timestamp')!;
  expect(Math.abs(Date.now() - Number(time))).toBeLessThan(60_000);
  expect(query.get('sign')).toBe(createHmac('sha256', 'SECf3a1').update(`${time}\nSECf3a1`).digest('base64'));
  expect(query.get('key')).toBe('s3cret');
});

test('a Feishu robot signs nothing with time and secret, in the body', async () => {
  const { receiver, send } = await openRobot('feishu');
  await send({ secretEnv: 'ROBOT_SECRET' });
  const { timestamp, sign } = JSON.parse(receiver.posted[0]!.body);
  expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
  expect(sign).toBe(createHmac('sha256', `${timestamp}\nSECf3a1`).digest('base64'));
});

test.each(['UNSET', 'EMPTY'])(
  'a secret that is not in the environment (%s) is told by the name of its variable',
  async (secretEnv) => {
    const { receiver, send } = await openRobot('dingtalk');
    await expect(send({ secretEnv })).rejects.toThrow(`the environment variable ${secretEnv}`);
    expect(receiver.posted).toEqual([]);
  },
);

test.each([
  ['wecom', '{"errcode":45009,"errmsg":"api freq out of limit"}', 60_000],
  ['dingtalk', '{"errcode":130101,"errmsg":"send too fast"}', 600_000],
  ['dingtalk', '{"errcode":410100,"errmsg":"发送速度太快而限流"}', 600_000],
  ['feishu', '{"code":11232,"msg":"frequency limited"}', 60_000],
] as const)('a %s robot that answers %s asks to wait', async (kind, answer, waitMs) => {
  const { send } = await openRobot(kind, answer);
  const failure = await send().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ChannelBusy);
  expect(failure).toMatchObject({ waitMs });
});

test.each([
  ['wecom', '{"errcode":93000,"errmsg":"invalid webhook url"}', /errcode 93000/],
  ['dingtalk', '{"errcode":310000,"errmsg":"sign not match"}', /errcode 310000/],
  ['feishu', '{"code":19021,"msg":"sign match fail"}', /code 19021/],
  ['feishu', '<html>proxy</html>', /code unknown/],
  ['wecom', '', /errcode unknown/],
] as const)('a %s robot that answers %s has not taken it, although it says 200', async (kind, answer, reason) => {
  const { send } = await openRobot(kind, answer);
  const failure = await send().catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(ChannelBusy);
  expect((failure as Error).message).toMatch(reason);
});

test('a text that is too long for the chat is not cut: number and link go instead', async () => {
  const { receiver, send } = await openRobot('wecom');
  await send({}, { ...message, body: '请'.repeat(1_000) });
  expect(JSON.parse(receiver.posted[0]!.body).text.content).toBe(message.short);
});

test.each(kinds)('a %s robot has a limit of its own, per robot', async (kind) => {
  const { channel, url } = await openRobot(kind);
  expect(channel.limit?.count).toBeGreaterThan(0);
  const lane = (address: string) => channel.lane?.({ kind, url: address } as Address);
  expect(lane(url)).not.toBe(lane(`${url}2`));
  expect(channel.takes({ kind, url })).toBe(true);
  expect(channel.takes({ kind: 'webhook', url })).toBe(false);
});
