import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import {
  ChannelBusy,
  createDelivery,
  type Message,
  type SmtpOptions,
  type SmtpSinkOptions,
  smtpChannel,
  startSmtpSink,
  webhookChannel,
} from '../../activities/notify';
import { Desk, PlayedCase, T0, tellEffect } from '../ledger/support';
import { Closing, plainDelivery, Receiver } from './support';

const desk = new Desk();
const closing = new Closing();
afterEach(() => closing.all());
afterAll(() => desk.clear());

const openSink = async (options: Partial<SmtpSinkOptions> = {}) =>
  closing.also(await startSmtpSink({ port: 0, ...options }), (sink) => sink.close());

const openMail = (port: number, options: Partial<SmtpOptions> = {}) =>
  closing.also(
    smtpChannel({ host: '127.0.0.1', port, from: '政府办公室 <office@example.invalid>', ...options }),
    (channel) => channel.close(),
  );

async function openReceiver(status = 200): Promise<{ receiver: Receiver; url: string }> {
  const receiver = closing.also(new Receiver(), (one) => one.stop());
  receiver.status = status;
  return { receiver, url: await receiver.start() };
}

const message: Message = {
  id: '0123456789abcdef0123456789abcdef',
  seat: 'D07-desk',
  subject: '【演练】督查事项SI-2026-0001：已交办，请在2026年3月25日24时前报告落实情况，协办单位按分工配合',
  body: '督查事项SI-2026-0001已交办。\n依据：第六十一条。\n查看和办理：http://127.0.0.1:8080/cases/SI-2026-0001\n.\n末行',
  short: '【演练】督查事项SI-2026-0001已交办。http://127.0.0.1:8080/cases/SI-2026-0001',
  spoken: '【演练】督查事项SI-2026-0001已交办。请登录系统查看和办理。',
  cases: ['SI-2026-0001'],
  at: T0,
  drill: true,
};
const email = { kind: 'email', address: 'D07-desk@example.invalid' } as const;

describe('e-mail', () => {
  test('arrives with its Chinese text whole, an id of its own and the instant of the loop', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'zhengling-sink-'));
    const seen: string[] = [];
    closing.also(directory, async () => rmSync(directory, { recursive: true }));
    const sink = await openSink({ directory, onMessage: ({ subject }) => void seen.push(subject) });
    const channel = openMail(sink.port);
    await channel.send(message, email);
    await channel.send({ ...message, subject: 'plain', body: 'plain' }, email);

    const [first, second] = sink.messages;
    expect(first).toMatchObject({ subject: message.subject, text: message.body, to: ['D07-desk@example.invalid'] });
    expect(first?.headers.get('message-id')).toBe(`<${message.id}@zhengling>`);
    expect(first?.headers.get('from')).toContain('政府办公室');
    expect(Date.parse(first?.headers.get('date') ?? '')).toBe(T0);
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(second).toMatchObject({ subject: 'plain', text: 'plain' });
    expect(seen).toEqual([message.subject, 'plain']);
    expect(readdirSync(directory)).toEqual(['000001.eml', '000002.eml']);
    expect(readFileSync(join(directory, '000001.eml'))).toEqual(first?.raw);
  });

  test('a server that was down is reached again when it is up, and what waited arrives', async () => {
    const ledger = await desk.open();
    await new PlayedCase('SI-2026-0001').settled(ledger, { effects: [tellEffect(['sg', 'mayor'])] });
    const first = await openSink();
    const { port } = first;
    const channel = openMail(port, { timeoutMs: 2_000 });
    const delivery = createDelivery(plainDelivery(ledger, { channels: [channel] }));
    await channel.send(message, email);
    await first.close();

    expect(await delivery.runOnce(T0)).toEqual({ delivered: 0, waiting: 0, failed: 2 });
    expect((await ledger.tells())[0]).toMatchObject({
      state: 'pending',
      attempts: 1,
      lastError: expect.stringMatching(/^email: /),
    });
    const second = await openSink({ port });
    expect(await delivery.runOnce(T0 + 29_999)).toMatchObject({ delivered: 0, failed: 0 });
    expect(await delivery.runOnce(T0 + 30_000)).toEqual({ delivered: 2, waiting: 0, failed: 0 });
    expect(second.messages.flatMap(({ to }) => to).toSorted()).toEqual(['mayor@example.invalid', 'sg@example.invalid']);
  });

  test('a mailbox the server refuses is an error without the address in the ledger', async () => {
    const ledger = await desk.open();
    await new PlayedCase('SI-2026-0002').settled(ledger, { effects: [tellEffect(['sg'])] });
    const refuse = ({ to }: { to: string[] }) => {
      throw new Error(`mailbox ${to[0]} is full`);
    };
    const sink = await openSink({ onMessage: refuse });
    const channel = openMail(sink.port);
    expect(await createDelivery(plainDelivery(ledger, { channels: [channel] })).runOnce(T0)).toMatchObject({
      failed: 1,
    });
    const [tell] = await ledger.tells();
    expect(tell?.lastError).toMatch(/is full/);
    expect(tell?.lastError).not.toContain('@');
    expect(sink.messages).toEqual([]);
  });

  test.each([
    ['421 4.3.2 closing, try later', true],
    ['450 4.2.1 mailbox busy', false],
    ['451 4.7.1 too many messages', true],
    ['452 4.2.2 mailbox full', false],
    ['550 5.1.1 no such mailbox', false],
  ])('an answer of "%s" asks the whole channel to wait: %p', async (answer, isBusy) => {
    const [responseCode] = answer.split(' ');
    const refuse = () => {
      throw Object.assign(new Error(answer.slice(4)), { responseCode: Number(responseCode) });
    };
    const sink = await openSink({ onMessage: refuse });
    const failure = await openMail(sink.port)
      .send(message, email)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure instanceof ChannelBusy).toBe(isBusy);
  });

  test('a server that takes the connection and says nothing is left after the time allowed', async () => {
    const silent = closing.also(
      createServer(() => {}),
      (server) => new Promise((resolve) => server.close(resolve)),
    );
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    await expect(openMail(port, { timeoutMs: 200 }).send(message, email)).rejects.toThrow();
  });

  test('two sinks cannot share a port, and the second says so', async () => {
    const { port } = await openSink();
    await expect(openSink({ port })).rejects.toThrow(`127.0.0.1:${port}: the port is taken`);
  });
});

describe('webhooks', () => {
  const secrets = {
    'a Standard Webhooks secret': 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'any other text': 'sixteen characters',
  };

  test.each(Object.entries(secrets))('are signed with %s, and a receiver can check it', async (_, secret) => {
    const { receiver, url } = await openReceiver();
    await webhookChannel({ secret }).send(message, { kind: 'webhook', url });

    const { headers, body } = receiver.posted[0]!;
    const raw = secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' });
    expect(raw.verify(body, headers as Record<string, string>)).toEqual({
      type: 'zhengling.tell',
      timestamp: '2026-03-18T10:00:00+08:00',
      data: {
        id: message.id,
        seat: 'D07-desk',
        subject: message.subject,
        body: message.body,
        cases: ['SI-2026-0001'],
        drill: true,
      },
    });
    expect(headers['webhook-id']).toBe(message.id);
    expect(() => raw.verify(body.replace('D07', 'D08'), headers as Record<string, string>)).toThrow();
  });

  test.each([
    [500, /answered 500/],
    [429, /answered 429/],
    [302, /could not be reached/],
    [0, /did not answer within 150 ms/],
  ])('an answer of %p is a failure', async (status, reason) => {
    const { url } = await openReceiver(status);
    const channel = webhookChannel({ secret: 'sixteen characters', timeoutMs: 150 });
    await expect(channel.send(message, { kind: 'webhook', url })).rejects.toThrow(reason);
  });

  test('a failure says nothing of the address, which may hold a key', async () => {
    const { receiver, url } = await openReceiver();
    await receiver.stop();
    const ledger = await desk.open();
    await new PlayedCase('SI-2026-0003').settled(ledger, { effects: [tellEffect(['sg'])] });
    const channels = [webhookChannel({ secret: 'sixteen characters' })];
    const contacts = () => ({ channels: [{ kind: 'webhook', url } as const] });
    await createDelivery(plainDelivery(ledger, { channels, contacts })).runOnce(T0);
    const [tell] = await ledger.tells();
    expect(tell?.lastError).toMatch(/^webhook: the receiver could not be reached: ECONNREFUSED/);
    expect(tell?.lastError).not.toContain('s3cret');
  });
});
