/**
 * Robots of group chats: WeCom (企业微信), DingTalk (钉钉), Feishu (飞书). Each takes JSON at an address that holds its key,
 * answers 200 to everything and says by a code whether it took the message. As their makers describe them:
 * developer.work.weixin.qq.com/document/path/91770, open.dingtalk.com/document/robots/custom-robot-access,
 * open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
 */
import { createHmac } from 'node:crypto';
import { type Address, type Channel, ChannelBusy, type Message, type RobotAddress } from './channel';
import { fieldOf, post } from './http';
import type { Limit } from './limits';

export interface RobotOptions {
  /** Per robot; what its maker allows unless told. */
  limit?: Limit | undefined;
  timeoutMs?: number;
  env?: NodeJS.ProcessEnv;
}

export type RobotKind = RobotAddress['kind'];

interface Sending {
  text: string;
  mention: string | undefined;
  secret: string | undefined;
  now: number;
}

interface Maker {
  limit: Limit;
  /** Longest text, in bytes. */
  room: number;
  /** Where the answer has its code; 0 is good. */
  code: string;
  /** Codes of "too much at once", and how long it is closed then. */
  busy: { codes: readonly number[]; waitMs: number };
  /** What is posted, and where. */
  post(url: string, sending: Sending): { url: string; body: object };
}

const MINUTE = 60_000;

const makers: Record<RobotKind, Maker> = {
  wecom: {
    limit: { count: 20, perSeconds: 60 },
    room: 2_048,
    code: 'errcode',
    busy: { codes: [45_009], waitMs: MINUTE },
    post: (url, { text, mention }) => ({
      url,
      body: { msgtype: 'text', text: { content: text, ...(mention ? { mentioned_list: [mention] } : {}) } },
    }),
  },
  dingtalk: {
    limit: { count: 20, perSeconds: 60 },
    room: 20_000,
    code: 'errcode',
    // Whoever sends more is shut out for ten minutes.
    busy: { codes: [130_101, 410_100], waitMs: 10 * MINUTE },
    post: (url, { text, mention, secret, now }) => ({
      url: secret === undefined ? url : withQuery(url, { timestamp: String(now), sign: dingtalkSign(secret, now) }),
      body: {
        msgtype: 'text',
        text: { content: mention ? `${text}\n@${mention}` : text },
        ...(mention ? { at: { atUserIds: [mention], isAtAll: false } } : {}),
      },
    }),
  },
  feishu: {
    limit: { count: 100, perSeconds: 60 },
    room: 18_000,
    code: 'code',
    busy: { codes: [11_232], waitMs: MINUTE },
    post: (url, { text, mention, secret, now }) => ({
      url,
      body: {
        ...(secret === undefined ? {} : feishuSign(secret, now)),
        msg_type: 'text',
        content: { text: mention ? `<at user_id="${mention}"></at> ${text}` : text },
      },
    }),
  },
};

/** A robot of one maker; which group it speaks in is a matter of the address. */
export function robotChannel(kind: RobotKind, options: RobotOptions = {}): Channel {
  const { timeoutMs = 10_000, env = process.env } = options;
  const maker = makers[kind];
  return {
    name: kind,
    limit: options.limit ?? maker.limit,
    takes: (address) => address.kind === kind,
    lane: (address) => (isRobot(address) ? address.url : ''),
    async send(message: Message, to: Address) {
      if (!isRobot(to) || to.kind !== kind) throw new Error(`a ${kind} robot cannot reach a ${to.kind} address`);
      const sending = { text: textFor(message, maker.room), mention: to.mention, secret: secretFor(to, env) };
      const { url, body } = maker.post(to.url, { ...sending, now: Date.now() });
      const answer = await post({ url, body: JSON.stringify(body), headers: {}, timeoutMs });
      check(answer, maker);
    },
    async close() {},
  };
}

const isRobot = (address: Address): address is Extract<Address, { kind: RobotKind }> => address.kind in makers;

/** The whole text where there is room for it, otherwise number and link: a text is never cut. */
function textFor({ subject, body, short }: Message, room: number): string {
  const whole = `${subject}\n${body}`;
  return Buffer.byteLength(whole) <= room ? whole : short;
}

/** @throws Error naming the variable that is not set */
function secretFor({ secretEnv }: RobotAddress, env: NodeJS.ProcessEnv): string | undefined {
  if (secretEnv === undefined) return undefined;
  const secret = env[secretEnv];
  if (!secret) throw new Error(`the environment variable ${secretEnv}, which holds the robot's secret, is not set`);
  return secret;
}

function check(answer: string, { code, busy }: Maker): void {
  const found = fieldOf(answer, code);
  if (found === 0) return;
  const sentence = `the robot answered ${code} ${typeof found === 'number' ? found : 'unknown'}`;
  throw busy.codes.some((one) => one === found) ? new ChannelBusy(sentence, busy.waitMs) : new Error(sentence);
}

/** The secret signs `<milliseconds>\n<secret>`. */
export function dingtalkSign(secret: string, now: number): string {
  return createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
}

/** `<seconds>\n<secret>` signs nothing: here it is the key. */
export function feishuSign(secret: string, now: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}

function withQuery(address: string, values: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
  return url.href;
}
