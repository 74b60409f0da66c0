/** Messages that wait: for their reader, or for a provider that has been given enough. None of them vanishes. */
import fc from 'fast-check';
import type { Ledger } from '../../activities/ledger';
import {
  ChannelBusy,
  type Contact,
  createDelivery,
  type DeliveryOptions,
  type Limit,
  portChannel,
  smtpChannel,
  startSmtpSink,
} from '../../activities/notify';
import { DAY, Desk, HOUR, MINUTE, PlayedCase, T0, tellEffect } from '../ledger/support';
import { CatchingChannel, Closing, plainDelivery, Receiver, type Reply } from './support';

const desk = new Desk();
const closing = new Closing();
afterEach(() => closing.all());
afterAll(() => desk.clear());

const SECOND = 1_000;
const at = (text: string): number => Date.parse(`${text}:00+08:00`);

async function toldLedger(messages: { to: string; urgent?: boolean; deliverAt?: number }[]): Promise<Ledger> {
  const ledger = await desk.open();
  for (const [n, { to, urgent, deliverAt = T0 }] of messages.entries())
    await new PlayedCase(`SI-2026-${String(n + 1).padStart(4, '0')}`).settled(ledger, {
      effects: [tellEffect([to], { deliverAt, ...(urgent ? { urgency: 'at-once' } : {}) })],
    });
  return ledger;
}

const byMail = (more: Partial<Contact> = {}) => ({
  contacts: ({ seat }: { seat: string }): Contact => ({
    channels: [{ kind: 'email', address: `${seat}@example.invalid` }],
    ...more,
  }),
});

describe('a person who wants to be left alone', () => {
  const quiet = { from: '22:00', to: '07:00' };
  const night = at('2026-03-18T23:00');
  const morning = at('2026-03-19T07:00');

  async function openMail(ledger: Ledger, more: Partial<Contact>) {
    const sink = closing.also(await startSmtpSink({ port: 0 }), (one) => one.close());
    const mail = smtpChannel({ host: sink.host, port: sink.port, from: 'office@example.invalid' });
    closing.also(mail, (one) => one.close());
    return { sink, delivery: createDelivery(plainDelivery(ledger, { channels: [mail], ...byMail(more) })) };
  }

  test('hears nothing in the quiet hours but what is urgent, and at their end all of it in one message', async () => {
    const ledger = await toldLedger([
      { to: 'sg', deliverAt: night },
      { to: 'sg', deliverAt: night + HOUR },
      { to: 'sg', deliverAt: night + HOUR, urgent: true },
    ]);
    const { sink, delivery } = await openMail(ledger, { quiet });
    expect(await delivery.runOnce(night)).toEqual({ delivered: 0, waiting: 1, failed: 0 });
    expect(await delivery.runOnce(night + HOUR)).toEqual({ delivered: 1, waiting: 1, failed: 0 });
    expect(sink.messages.map(({ subject }) => subject)).toEqual(['supervision.state SI-2026-0003']);
    expect(await delivery.runOnce(morning - 1)).toEqual({ delivered: 0, waiting: 0, failed: 0 });
    expect(await delivery.runOnce(morning)).toEqual({ delivered: 2, waiting: 0, failed: 0 });
    expect(sink.messages.map(({ subject }) => subject)).toEqual(['supervision.state SI-2026-0003', 'notify.digest']);
    const waited = (await ledger.tells()).filter(({ deferred }) => deferred);
    expect(waited.map(({ deliverAt, attempts }) => [deliverAt, attempts])).toEqual([
      [morning, 1],
      [morning, 1],
    ]);
  });

  test('says so in the list of what waits', async () => {
    const ledger = await toldLedger([{ to: 'sg', deliverAt: night }]);
    const { delivery } = await openMail(ledger, { quiet });
    await delivery.runOnce(night);
    expect((await ledger.tells())[0]).toMatchObject({
      state: 'pending',
      attempts: 0,
      lastError: 'waits for the end of the quiet hours',
    });
    expect(await ledger.deliveries()).toEqual([]);
  });

  test('gets what is not urgent once a day in one message, what is urgent at once', async () => {
    const day = at('2026-03-18T10:00');
    const ledger = await toldLedger([
      { to: 'sg', deliverAt: day },
      { to: 'sg', deliverAt: day + 3 * HOUR },
      { to: 'sg', deliverAt: day + 4 * HOUR, urgent: true },
      { to: 'sg', deliverAt: day + DAY },
    ]);
    const { sink, delivery } = await openMail(ledger, { digest: '08:30' });
    for (let now = day; now < day + 3 * DAY; now += 30 * MINUTE) await delivery.runOnce(now);
    expect(sink.messages.map(({ subject, headers }) => [subject, Date.parse(headers.get('date') ?? '')])).toEqual([
      ['supervision.state SI-2026-0003', day + 4 * HOUR],
      ['notify.digest', at('2026-03-19T08:30')],
      ['supervision.state SI-2026-0004', at('2026-03-20T08:30')],
    ]);
  });

  test('is not written of what was acknowledged in the inbox meanwhile', async () => {
    const ledger = await toldLedger([
      { to: 'sg', deliverAt: night },
      { to: 'sg', deliverAt: night },
    ]);
    const { sink, delivery } = await openMail(ledger, { quiet });
    await delivery.runOnce(night);
    await ledger.acknowledge({ tell: 'SI-2026-0001:1:0/sg', by: 'sg', at: night + MINUTE, how: 'inbox' });
    expect(await delivery.runOnce(morning)).toEqual({ delivered: 2, waiting: 0, failed: 0 });
    expect(sink.messages.map(({ subject }) => subject)).toEqual(['supervision.state SI-2026-0002']);
    expect((await ledger.tells({ case: 'SI-2026-0001' }))[0]).toMatchObject({
      state: 'delivered',
      channel: 'inbox',
      deliveredAt: night + MINUTE,
    });
  });

  test('who wants neither is written to at once, at any hour', async () => {
    const ledger = await toldLedger([{ to: 'sg', deliverAt: night }]);
    const { delivery } = await openMail(ledger, {});
    expect(await delivery.runOnce(night)).toMatchObject({ delivered: 1 });
  });
});

describe('a provider that has been given enough', () => {
  const limit: Limit = { count: 2, perSeconds: 60 };
  const two = { kind: 'webhook', url: 'https://im.example.invalid/hook' } as const;
  const first = ({ seat }: { seat: string }) => ({ kind: 'email', address: `${seat}@example.invalid` }) as const;

  const limited = (ledger: Ledger, mail: CatchingChannel, more: Partial<DeliveryOptions> = {}) =>
    createDelivery(plainDelivery(ledger, { channels: [Object.assign(mail, { limit })], ...more }));

  test('is given no more until its time is over, to the second', async () => {
    const ledger = await toldLedger(['sg', 'mayor', 'vm-1', 'vm-2', 'vm-3'].map((to) => ({ to })));
    const mail = new CatchingChannel();
    const delivery = limited(ledger, mail);
    expect(await delivery.runOnce(T0)).toEqual({ delivered: 2, waiting: 3, failed: 0 });
    expect((await ledger.tells({ state: 'pending' }))[0]).toMatchObject({
      attempts: 0,
      lastError: 'email: at most 2 messages in 60 s',
    });
    expect(await delivery.runOnce(T0 + 59_999)).toEqual({ delivered: 0, waiting: 0, failed: 0 });
    expect(await delivery.runOnce(T0 + 60_000)).toEqual({ delivered: 2, waiting: 1, failed: 0 });
    expect(await delivery.runOnce(T0 + 120_000)).toEqual({ delivered: 1, waiting: 0, failed: 0 });
    expect(new Set(mail.recipients).size).toBe(5);
  });

  test('is passed over at once by what is urgent, where there is a second way', async () => {
    const ledger = await toldLedger([{ to: 'sg' }, { to: 'mayor' }, { to: 'vm-1' }, { to: 'vm-2', urgent: true }]);
    const [mail, hook] = [new CatchingChannel(), new CatchingChannel('webhook')];
    const contacts = (recipient: { seat: string }) => ({ channels: [first(recipient), two] });
    const delivery = limited(ledger, mail, {
      channels: [Object.assign(mail, { limit }), hook],
      contacts,
      pace: { atOnce: 1 },
    });
    expect(await delivery.runOnce(T0)).toEqual({ delivered: 3, waiting: 1, failed: 0 });
    expect(hook.sent.map(({ message }) => message.seat)).toEqual(['vm-2']);
    expect(await delivery.runOnce(T0 + MINUTE)).toMatchObject({ delivered: 1 });
    expect(mail.sent.map(({ message }) => message.seat)).toEqual(['sg', 'mayor', 'vm-1']);
  });

  test.each([
    ['waits when its time is short', 10 * MINUTE, 'email'],
    ['changes the channel when it is long', 10 * MINUTE + 1, 'webhook'],
  ])('and the rest %s', async (_, waitMs, channel) => {
    const ledger = await toldLedger([{ to: 'sg' }]);
    const [mail, hook] = [new CatchingChannel(), new CatchingChannel('webhook')];
    let closed = true;
    mail.send = async (message, address) => {
      if (closed) throw new ChannelBusy('the receiver answered 429', waitMs);
      await CatchingChannel.prototype.send.call(mail, message, address);
    };
    const contacts = (recipient: { seat: string }) => ({ channels: [first(recipient), two] });
    const delivery = createDelivery(plainDelivery(ledger, { channels: [mail, hook], contacts }));
    await delivery.runOnce(T0);
    closed = false;
    await delivery.runOnce(T0 + waitMs - 1);
    await delivery.runOnce(T0 + waitMs);
    expect((await ledger.tells())[0]).toMatchObject({ state: 'delivered', channel });
    expect((await ledger.deliveries()).map(({ outcome, channel: by }) => [by, outcome])).toContainEqual([
      'email',
      'busy',
    ]);
  });

  test('that asks to wait is asked by nobody meanwhile', async () => {
    const ledger = await toldLedger(['sg', 'mayor', 'vm-1', 'vm-2'].map((to) => ({ to })));
    const receiver = closing.also(new Receiver(), (one) => one.stop());
    receiver.reply = (_, count) => (count === 1 ? { status: 429, headers: { 'retry-after': '90' } } : {});
    const channel = portChannel('sms', { url: await receiver.start(), body: '{number}' }, {});
    const delivery = createDelivery(
      plainDelivery(ledger, { channels: [channel], contacts: bySms, pace: { atOnce: 1 } }),
    );
    expect(await delivery.runOnce(T0)).toEqual({ delivered: 0, waiting: 4, failed: 0 });
    expect(await delivery.runOnce(T0 + 89 * SECOND)).toEqual({ delivered: 0, waiting: 0, failed: 0 });
    expect(receiver.posted).toHaveLength(1);
    expect(await delivery.runOnce(T0 + 90 * SECOND)).toMatchObject({ delivered: 4 });
  });
});

const bySms = (): Contact => ({ channels: [{ kind: 'sms', number: '+8609520000000' }] });

test('what is urgent is tried every two minutes as long as it fails, the rest ever more rarely', async () => {
  const ledger = await toldLedger([{ to: 'sg' }, { to: 'mayor', urgent: true }]);
  const mail = new CatchingChannel();
  mail.broken = () => 'down';
  const delivery = createDelivery(plainDelivery(ledger, { channels: [mail] }));
  for (let now = T0; now <= T0 + HOUR; now += 10 * SECOND) await delivery.runOnce(now);
  const triesOf = async (seat: string) => (await ledger.tells({ recipient: seat }))[0]?.attempts;
  expect(await triesOf('sg')).toBe(7);
  expect(await triesOf('mayor')).toBe(32);
});

test('a loop that was slow on the first way does not take the second when another has the message by then', async () => {
  const file = desk.newFile();
  const [slow, quick] = [await desk.open({ file }), await desk.open({ file })];
  await new PlayedCase('SI-2026-0001').settled(slow, { effects: [tellEffect(['sg'])] });
  const [mail, hook, other] = [new CatchingChannel(), new CatchingChannel('webhook'), new CatchingChannel()];
  let now = T0;
  mail.send = async () => {
    now += 3 * MINUTE;
    await createDelivery(plainDelivery(quick, { channels: [other] })).runOnce(now);
    throw new Error('no answer');
  };
  const channels = [
    { kind: 'email', address: 'sg@example.invalid' },
    { kind: 'webhook', url: 'https://im.example.invalid/hook' },
  ] as const;
  const options = { channels: [mail, hook], contacts: () => ({ channels }), clock: () => now, pace: { pollMs: 5 } };
  const delivery = createDelivery(plainDelivery(slow, options));
  delivery.start();
  for (let i = 0; i < 200 && (await slow.deliveries()).length < 2; i++)
    await new Promise((done) => setTimeout(done, 20));
  await delivery.stop();
  expect([other.sent.length, hook.sent.length]).toEqual([1, 0]);
  expect((await slow.tells())[0]).toMatchObject({ state: 'delivered', channel: 'email' });
  expect((await slow.deliveries()).map(({ outcome }) => outcome).toSorted()).toEqual(['delivered', 'failed']);
});

describe('the delivery log', () => {
  test('has every use of a channel with when, outcome and why, and no address', async () => {
    const ledger = await toldLedger([{ to: 'sg' }]);
    const [mail, hook] = [new CatchingChannel(), new CatchingChannel('webhook')];
    mail.broken = (to) => `550 no mailbox ${to} here`;
    hook.broken = (to) => (broken ? `no route to ${to}` : undefined);
    let broken = true;
    const channels = [
      { kind: 'email', address: 'sg@example.invalid' },
      { kind: 'webhook', url: 'https://im.example.invalid/hook?key=s3cret' },
    ] as const;
    const delivery = createDelivery(plainDelivery(ledger, { channels: [mail, hook], contacts: () => ({ channels }) }));
    await delivery.runOnce(T0);
    broken = false;
    await delivery.runOnce(T0 + 30 * SECOND);

    const tell = 'SI-2026-0001:1:0/sg';
    const failed = { tell, outcome: 'failed', channel: 'email', error: '550 no mailbox … here' };
    expect(await ledger.deliveries({ tell })).toEqual([
      { tell, attempt: 4, at: T0 + 30 * SECOND, outcome: 'delivered', channel: 'webhook', seat: 'sg' },
      { ...failed, attempt: 3, at: T0 + 30 * SECOND },
      { tell, attempt: 2, at: T0, outcome: 'failed', channel: 'webhook', error: 'no route to …' },
      { ...failed, attempt: 1, at: T0 },
    ]);
    expect(JSON.stringify(await ledger.deliveries())).not.toMatch(/@|s3cret|https/);
    expect(await ledger.deliveries({ case: 'SI-2026-0002' })).toEqual([]);
  });
});

describe('whatever a provider does', () => {
  const reply = fc.oneof(
    fc.constant<Reply>({ status: 200 }),
    fc.record({
      status: fc.constant(429),
      headers: fc.record({ 'retry-after': fc.integer({ min: 0, max: 300 }).map(String) }),
    }),
    fc.constant<Reply>({ status: 429 }),
    fc.constant<Reply>({ status: 500 }),
    fc.constant<Reply>({ status: 503 }),
    fc.constant<Reply>({ hangUp: true }),
  );
  const world = fc.record({
    messages: fc.array(fc.record({ to: fc.constantFrom('sg', 'mayor', 'vm-1', 'vm-2'), urgent: fc.boolean() }), {
      minLength: 1,
      maxLength: 10,
    }),
    replies: fc.array(reply, { maxLength: 12 }),
    limit: fc.record({ count: fc.integer({ min: 1, max: 3 }), perSeconds: fc.integer({ min: 1, max: 90 }) }),
    second: fc.boolean(),
  });

  test('no message vanishes, none is taken for two, and no limit is passed', async () => {
    const receiver = closing.also(new Receiver(), (one) => one.stop());
    const url = await receiver.start();
    await fc.assert(
      fc.asyncProperty(world, async ({ messages, replies, limit, second }) => {
        const ledger = await toldLedger(messages);
        const script = [...replies];
        const begun = receiver.posted.length;
        const sentAt: Record<string, number[]> = { sms: [], telephone: [] };
        let now = T0;
        receiver.reply = ({ headers }) => {
          sentAt[String(headers['x-kind'])]?.push(now);
          return script.shift() ?? {};
        };
        const port = (kind: 'sms' | 'telephone') =>
          portChannel(kind, { url, limit, headers: { 'x-kind': kind }, body: { to: '{number}', about: '{case}' } }, {});
        const kinds = second ? (['sms', 'telephone'] as const) : (['sms'] as const);
        const contacts = () => ({ channels: kinds.map((kind) => ({ kind, number: '110' })) });
        const delivery = createDelivery(plainDelivery(ledger, { channels: kinds.map(port), contacts }));

        for (
          let open = messages.length;
          open > 0 && now < T0 + 6 * HOUR;
          now += now < T0 + 10 * MINUTE ? 5_000 : MINUTE
        ) {
          await delivery.runOnce(now);
          const tells = await ledger.tells({ limit: 100 });
          expect(tells.filter(({ state }) => state === 'pending' || state === 'delivered')).toHaveLength(
            messages.length,
          );
          open = tells.filter(({ state }) => state !== 'delivered').length;
        }

        const tells = await ledger.tells({ limit: 100 });
        expect(tells.map(({ state }) => state)).toEqual(messages.map(() => 'delivered'));
        const posted = receiver.posted.slice(begun);
        expect(new Set(posted.map(({ body }) => JSON.parse(body).about)).size).toBe(messages.length);
        // A provider that knows the id of what it has taken takes nothing twice.
        const keys = new Map(posted.map(({ headers, body }) => [headers['idempotency-key'], JSON.parse(body).about]));
        expect(keys.size).toBe(messages.length);
        for (const times of Object.values(sentAt))
          for (const [i, time] of times.entries())
            expect(time - (times[i - limit.count] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(
              limit.perSeconds * SECOND,
            );
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
