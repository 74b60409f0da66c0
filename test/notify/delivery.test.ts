import type { Ledger, TellQuery } from '../../activities/ledger';
import { createDelivery, type Recipient } from '../../activities/notify';
import { DAY, Desk, HOUR, MINUTE, PlayedCase, T0, tellEffect } from '../ledger/support';
import { CatchingChannel, plainDelivery } from './support';

const desk = new Desk();
afterAll(() => desk.clear());

const nineOClock = Date.parse('2026-03-19T09:00:00+08:00');

/** A ledger in which `to` are told one message of a confirmed entry. */
async function toldLedger(to: string[], options: Parameters<typeof tellEffect>[1] = {}): Promise<Ledger> {
  const ledger = await desk.open();
  await new PlayedCase('SI-2026-0001').settled(ledger, { effects: [tellEffect(to, options)] });
  return ledger;
}

const statesOf = async (ledger: Ledger, query: TellQuery = {}) =>
  Object.fromEntries((await ledger.tells(query)).map(({ recipient, state }) => [recipient, state]));

describe('what leaves the house', () => {
  test('goes out when it is due and not a moment before, and it is written down which way and to which seat', async () => {
    const ledger = await toldLedger(['evm'], { deliverAt: nineOClock });
    const mail = new CatchingChannel();
    const delivery = createDelivery(plainDelivery(ledger, { channels: [mail] }));

    expect(await delivery.runOnce(nineOClock - 1)).toEqual({ delivered: 0, waiting: 0, failed: 0 });
    expect(await delivery.runOnce(nineOClock)).toEqual({ delivered: 1, waiting: 0, failed: 0 });
    expect(await delivery.runOnce(nineOClock + 1)).toEqual({ delivered: 0, waiting: 0, failed: 0 });

    expect(mail.recipients).toEqual(['vm-2@example.invalid']);
    const [tell] = await ledger.tells();
    expect(tell).toMatchObject({
      recipient: 'evm',
      seat: 'vm-2',
      state: 'delivered',
      channel: 'email',
      deliveredAt: nineOClock,
      attempts: 1,
    });
    expect(JSON.stringify(await ledger.tells())).not.toContain('@');
  });

  test('nothing leaves on an unconfirmed entry until its case says it stands on it', async () => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    const played = new PlayedCase('SI-2026-0002');
    await ledger.flush(played.batch(played.step({ effects: [tellEffect(['sg'])] })));
    const asked: string[] = [];
    let answer: 'silent' | 'head' = 'silent';
    const delivery = createDelivery(
      plainDelivery(ledger, {
        channels: [mail],
        headOf: async (caseId) => {
          asked.push(caseId);
          return answer === 'head' ? played.head : undefined;
        },
      }),
    );

    await delivery.runOnce(T0 + 4_999);
    expect(asked).toEqual([]);
    await delivery.runOnce(T0 + 5_000);
    await delivery.runOnce(T0 + 6_000);
    expect(asked).toEqual([played.id]);
    expect(mail.sent).toEqual([]);

    answer = 'head';
    await delivery.runOnce(T0 + 35_000);
    expect(asked).toHaveLength(2);
    expect(mail.recipients).toEqual(['sg@example.invalid']);
  });

  test('what a killed worker left behind is never sent; what took its place is', async () => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    const killed = new PlayedCase('SI-2026-0003');
    await killed.settled(ledger);
    const successor = killed.fork();
    await ledger.flush(killed.batch(killed.step({ attempt: 'killed', effects: [tellEffect(['mayor'])] })));
    await ledger.flush(successor.batch(successor.step({ attempt: 'again', effects: [tellEffect(['sg'])] })));
    const delivery = createDelivery(
      plainDelivery(ledger, { channels: [mail], headOf: async () => successor.head, pace: { askAfterMs: 0 } }),
    );
    await delivery.runOnce(T0);
    expect(mail.recipients).toEqual(['sg@example.invalid']);
  });

  test('a case whose head contradicts the record raises an alarm and holds up nobody else', async () => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    const strange = new PlayedCase('SI-2026-0004');
    await strange.settled(ledger);
    await ledger.flush(strange.batch(strange.step()));
    await new PlayedCase('SI-2026-0005').settled(ledger, { effects: [tellEffect(['sg'])] });
    const problems: string[] = [];
    const delivery = createDelivery(
      plainDelivery(ledger, {
        channels: [mail],
        headOf: async () => ({ sequence: 1, hash: 'a'.repeat(64) }),
        onProblem: (sentence) => problems.push(sentence),
      }),
    );
    expect(await delivery.runOnce(T0 + MINUTE)).toMatchObject({ delivered: 1 });
    expect(problems).toEqual([
      expect.stringMatching(/^ALARM: case SI-2026-0004 .* entry 1 of case SI-2026-0004 is confirmed/),
    ]);
  });
});

describe('the digest', () => {
  test('all that waited for one notice hour is one message for each person, whatever seats they hold', async () => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    for (const [n, to] of [
      ['0001', ['vm-2', 'sg']],
      ['0002', ['evm']],
      ['0003', ['vm-2', 'D07-desk']],
    ] as const)
      await new PlayedCase(`SI-2026-${n}`).settled(ledger, {
        effects: [tellEffect([...to], { deliverAt: nineOClock })],
      });
    const holder: Record<string, Recipient> = {
      evm: { seat: 'vm-2', person: 'p-li' },
      'vm-2': { seat: 'vm-2', person: 'p-li' },
    };
    const delivery = createDelivery(
      plainDelivery(ledger, { channels: [mail], resolve: (recipient) => holder[recipient] ?? { seat: recipient } }),
    );

    expect(await delivery.runOnce(nineOClock)).toEqual({ delivered: 5, waiting: 0, failed: 0 });

    expect(mail.recipients.toSorted()).toEqual([
      'D07-desk@example.invalid',
      'sg@example.invalid',
      'vm-2@example.invalid',
    ]);
    const digest = mail.sent.find(({ to }) => to.startsWith('vm-2'))?.message;
    expect(digest).toMatchObject({ subject: 'notify.digest', cases: ['SI-2026-0001', 'SI-2026-0003', 'SI-2026-0002'] });
    expect(JSON.parse(digest?.body ?? '')).toMatchObject({
      count: 3,
      seat: 'vm-2',
      list: expect.stringMatching(/^1\. supervision\.state SI-2026-0001\n/),
    });
    expect(mail.sent.find(({ to }) => to.startsWith('sg'))?.message.subject).toBe('supervision.state SI-2026-0001');
  });

  test('is whole even when more is due than one loop takes at once', async () => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    const played = new PlayedCase('SI-2026-0006');
    const effects = Array.from({ length: 12 }, () => tellEffect(['sg'], { deliverAt: nineOClock }));
    await played.settled(ledger, { effects });
    const delivery = createDelivery(plainDelivery(ledger, { channels: [mail], pace: { claimLimit: 5 } }));
    expect(await delivery.runOnce(nineOClock)).toMatchObject({ delivered: 12 });
    expect(mail.sent).toHaveLength(1);
  });

  test.each([
    ['what is told inside office hours', { deliverAt: T0 }],
    ['what is told at once at any hour', { deliverAt: T0 + 1, urgency: 'at-once' }],
  ])('%s goes out by itself', async (_, options) => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    await new PlayedCase('SI-2026-0007').settled(ledger, {
      effects: [tellEffect(['sg'], options), tellEffect(['sg'], options)],
    });
    await createDelivery(plainDelivery(ledger, { channels: [mail] })).runOnce(T0 + 1);
    expect(mail.sent).toHaveLength(2);
  });
});

describe('several loops', () => {
  test('never send the same message twice, and take each recipient one at a time', async () => {
    const file = desk.newFile();
    const writer = await desk.open({ file });
    const mail = new CatchingChannel();
    mail.slowMs = 3;
    for (let n = 1; n <= 15; n++)
      await new PlayedCase(`SI-2026-${n}`).settled(writer, {
        effects: [tellEffect(['sg', 'mayor', `D0${(n % 9) + 1}-desk`])],
      });
    const loops = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const own = await desk.open({ file });
        return createDelivery(plainDelivery(own, { channels: [mail], pace: { claimLimit: 4 } }));
      }),
    );
    let delivered = 0;
    while (delivered < 45) {
      const rounds = await Promise.all(loops.map((loop) => loop.runOnce(T0)));
      delivered += rounds.reduce((sum, round) => sum + round.delivered, 0);
    }
    expect(mail.sent).toHaveLength(45);
    expect(new Set(mail.sent.map(({ to, message }) => `${to} ${message.cases}`)).size).toBe(45);
    expect((await writer.statistics()).tells).toMatchObject({ delivered: 45, pending: 0, leased: 0 });
  });

  test('a recipient that one loop is writing to is not taken by another', async () => {
    const ledger = await toldLedger(['sg', 'mayor']);
    const claim = { now: T0, leaseMs: MINUTE, limit: 1, waiting: false };
    const [first] = await ledger.claimTells(claim);
    await new PlayedCase('SI-2026-0008').settled(ledger, { effects: [tellEffect(['mayor', 'sg'])] });
    const others = await ledger.claimTells({ ...claim, limit: 10 });
    expect(others.map(({ recipient }) => recipient)).not.toContain(first?.recipient);
    expect(others).toHaveLength(2);
  });

  test('what a loop that died had taken is free once its lease has ended', async () => {
    const ledger = await toldLedger(['sg']);
    const mail = new CatchingChannel();
    const claim = { now: T0, leaseMs: MINUTE, limit: 10, waiting: false };
    const [dead] = await ledger.claimTells(claim);
    const delivery = createDelivery(plainDelivery(ledger, { channels: [mail] }));
    expect(await delivery.runOnce(T0 + MINUTE - 1)).toMatchObject({ delivered: 0 });
    expect(await delivery.runOnce(T0 + MINUTE)).toMatchObject({ delivered: 1 });
    expect(await ledger.keepLease(dead!.lease, [dead!.id], T0 + HOUR)).toBe(false);
    await ledger.settleTells(dead!.lease, [dead!.id], { state: 'released' });
    expect(await statesOf(ledger)).toEqual({ sg: 'delivered' });
  });

  test('a loop that comes back late has no say over what another has taken since', async () => {
    const ledger = await toldLedger(['sg']);
    const claim = { now: T0, leaseMs: MINUTE, limit: 10, waiting: false };
    const [late] = await ledger.claimTells(claim);
    const [current] = await ledger.claimTells({ ...claim, now: T0 + MINUTE });
    expect(current?.id).toBe(late?.id);
    expect(await ledger.keepLease(late!.lease, [late!.id], T0 + HOUR)).toBe(false);
    await ledger.settleTells(late!.lease, [late!.id], { state: 'delivered', at: T0, channel: 'email', seat: 'sg' });
    expect(await statesOf(ledger)).toEqual({ sg: 'leased' });
    expect(await ledger.keepLease(current!.lease, [current!.id], T0 + HOUR)).toBe(true);
  });

  test('a started loop delivers by itself, beside a receiver that does not answer, and stops when told', async () => {
    const ledger = await toldLedger(['sg']);
    const mail = new CatchingChannel();
    const hangs = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer')), 600));
    const stuck = new CatchingChannel('webhook');
    stuck.send = () => hangs;
    const delivery = createDelivery(
      plainDelivery(ledger, {
        channels: [mail, stuck],
        contacts: ({ seat }) => ({
          channels: [seat === 'sg' ? { kind: 'webhook', url: 'http://stuck' } : { kind: 'email', address: seat }],
        }),
        clock: () => T0 + HOUR,
        pace: { pollMs: 10 },
      }),
    );
    delivery.start();
    try {
      await new Promise((resolve) => setTimeout(resolve, 40));
      await new PlayedCase('SI-2026-0009').settled(ledger, { effects: [tellEffect(['mayor'])] });
      await eventually(() => mail.sent.length === 1);
      expect((await ledger.tells({ recipient: 'sg' }))[0]).toMatchObject({ state: 'leased' });
    } finally {
      await delivery.stop();
    }
    expect(await statesOf(ledger)).toEqual({ sg: 'pending', mayor: 'delivered' });
  });
});

describe('what cannot be delivered', () => {
  test('a dead recipient blocks nobody, is tried ever more rarely, and in the end is listed as given up', async () => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    mail.broken = (to) => (to.startsWith('mayor') ? `550 no mailbox ${to} here` : undefined);
    const problems: string[] = [];
    const delivery = createDelivery(
      plainDelivery(ledger, { channels: [mail], onProblem: (sentence) => problems.push(sentence) }),
    );
    const played = new PlayedCase('SI-2026-0010');
    await played.settled(ledger, { effects: [tellEffect(['mayor', 'sg'])] });

    const tried: number[] = [];
    for (let at = T0; at < T0 + 8 * DAY; at += 10_000) {
      if (at === T0 + DAY) await new PlayedCase('SI-2026-0011').settled(ledger, { effects: [tellEffect(['sg'])] });
      if (at > T0 + 20 * MINUTE && at % HOUR !== 0) continue;
      const { failed } = await delivery.runOnce(at);
      if (failed > 0) tried.push((at - T0) / 1000);
    }

    expect(mail.recipients).toEqual(['sg@example.invalid', 'sg@example.invalid']);
    expect(tried.slice(0, 6)).toEqual([0, 30, 90, 210, 450, 930]);
    expect(tried.length).toBeLessThan(8 * 24 + 8);
    const [lost] = await ledger.tells({ state: 'given-up' });
    expect(lost).toMatchObject({ recipient: 'mayor', lastError: 'email: 550 no mailbox … here' });
    expect(problems.at(-1)).toMatch(/^1 messages could not be delivered/);
    expect(problems.join()).not.toContain('@');
  });

  test('it is given up after the last moment of its time, not at the moment before', async () => {
    const ledger = await toldLedger(['mayor']);
    const mail = new CatchingChannel();
    mail.broken = () => 'down';
    const deliver = (now: number) => createDelivery(plainDelivery(ledger, { channels: [mail] })).runOnce(now);
    await deliver(T0);
    await deliver(T0 + 7 * DAY - 1);
    expect(await statesOf(ledger)).toEqual({ mayor: 'pending' });
    await deliver(T0 + 7 * DAY);
    expect(await statesOf(ledger)).toEqual({ mayor: 'given-up' });
  });

  test('what was never tried is not given up, however long the loop was down', async () => {
    const ledger = await toldLedger(['mayor']);
    const mail = new CatchingChannel();
    await createDelivery(plainDelivery(ledger, { channels: [mail] })).runOnce(T0 + 30 * DAY);
    expect(await statesOf(ledger)).toEqual({ mayor: 'delivered' });
  });

  test('a second address is tried in the same moment when the first one fails', async () => {
    const ledger = await toldLedger(['mayor']);
    const mail = new CatchingChannel();
    const hook = new CatchingChannel('webhook');
    mail.broken = () => 'down';
    const channels = [
      { kind: 'email', address: 'mayor@example.invalid' },
      { kind: 'webhook', url: 'https://im.example.invalid/hook' },
    ] as const;
    await createDelivery(plainDelivery(ledger, { channels: [mail, hook], contacts: () => ({ channels }) })).runOnce(T0);
    expect((await ledger.tells())[0]).toMatchObject({ state: 'delivered', channel: 'webhook' });
  });

  test('without any channel it waits in sight, and leaves once there is one', async () => {
    const ledger = await toldLedger(['mayor', 'sg']);
    expect(await createDelivery(plainDelivery(ledger)).runOnce(T0)).toEqual({ delivered: 0, waiting: 2, failed: 0 });
    const [tell] = await ledger.tells({ recipient: 'sg' });
    expect(tell).toMatchObject({ state: 'waiting', lastError: 'no channel is configured for sg', attempts: 0 });
    expect(await createDelivery(plainDelivery(ledger)).runOnce(T0 + HOUR)).toMatchObject({ waiting: 0 });

    const mail = new CatchingChannel();
    await createDelivery(plainDelivery(ledger, { channels: [mail] })).runOnce(T0 + HOUR);
    expect(mail.sent).toHaveLength(2);
  });

  test('somebody without a contact waits alone', async () => {
    const ledger = await toldLedger(['mayor', 'sg']);
    const mail = new CatchingChannel();
    const contacts = ({ seat }: Recipient) =>
      seat === 'sg' ? { channels: [{ kind: 'email', address: 'sg@example.invalid' } as const] } : undefined;
    await createDelivery(plainDelivery(ledger, { channels: [mail], contacts })).runOnce(T0);
    expect(await statesOf(ledger)).toEqual({ mayor: 'waiting', sg: 'delivered' });
  });

  test('a seat nobody holds is passed over and the Office told once; its message leaves when somebody does', async () => {
    const ledger = await toldLedger(['evm', 'sg']);
    const mail = new CatchingChannel();
    let evm: Recipient | undefined;
    const delivery = createDelivery(
      plainDelivery(ledger, {
        channels: [mail],
        resolve: (recipient) => (recipient === 'evm' ? evm : { seat: recipient }),
      }),
    );
    expect(await delivery.runOnce(T0)).toEqual({ delivered: 1, waiting: 1, failed: 0 });
    for (const minutes of [0, 11, 22, 33]) await delivery.runOnce(T0 + minutes * MINUTE);
    expect(await statesOf(ledger)).toEqual({ evm: 'unassigned', sg: 'delivered', 'X1-desk': 'delivered' });
    expect(mail.recipients.toSorted()).toEqual(['X1-desk@example.invalid', 'sg@example.invalid']);
    const told = mail.sent.find(({ to }) => to.startsWith('X1'))?.message;
    expect(told?.subject).toBe('notify.unassigned SI-2026-0001');
    expect(JSON.parse(told?.body ?? '')).toMatchObject({ recipient: 'evm', cite: { article: 62, basis: 'derived' } });

    evm = { seat: 'vm-3' };
    await delivery.runOnce(T0 + HOUR);
    expect((await ledger.tells({ recipient: 'evm' }))[0]).toMatchObject({ state: 'delivered', seat: 'vm-3' });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  test('the Office without a desk is not told of itself', async () => {
    const ledger = await toldLedger(['X1-desk']);
    await createDelivery(plainDelivery(ledger, { resolve: () => undefined })).runOnce(T0);
    expect(await ledger.tells()).toHaveLength(1);
  });

  test.each([
    ['a directory that is not there', { resolve: () => Promise.reject(new Error('no directory')) }, /no directory/],
    ['contacts that cannot be read', { contacts: () => Promise.reject(new Error('no contacts')) }, /no contacts/],
  ])('%s is tried again later', async (_, broken, reason) => {
    const ledger = await toldLedger(['sg']);
    const mail = new CatchingChannel();
    expect(await createDelivery(plainDelivery(ledger, { channels: [mail], ...broken })).runOnce(T0)).toMatchObject({
      failed: 1,
    });
    expect((await ledger.tells())[0]).toMatchObject({ state: 'pending', lastError: expect.stringMatching(reason) });
    await createDelivery(plainDelivery(ledger, { channels: [mail] })).runOnce(T0 + 30_000);
    expect(mail.sent).toHaveLength(1);
  });

  test('a message that has no words keeps no other back', async () => {
    const ledger = await toldLedger(['sg'], { template: 'nothing.of.the.kind' });
    const mail = new CatchingChannel();
    await new PlayedCase('SI-2026-0012').settled(ledger, { effects: [tellEffect(['sg'])] });
    const render = (template: string) => {
      if (template === 'nothing.of.the.kind') throw new Error(`no template '${template}'`);
      return { subject: template, body: '' };
    };
    expect(await createDelivery(plainDelivery(ledger, { channels: [mail], render })).runOnce(T0)).toEqual({
      delivered: 1,
      waiting: 0,
      failed: 1,
    });
  });
});

describe('marks', () => {
  test.each([
    ['a drill', undefined, true, '【演练】'],
    ['an installation with a mark of its own', '【演示】', false, '【演示】'],
    ['the real thing', undefined, false, ''],
  ])('every message of %s is marked as such', async (_, mark, drill, expected) => {
    const ledger = await desk.open();
    const mail = new CatchingChannel();
    const played = Object.assign(new PlayedCase('SI-2026-0013'), { drill });
    await played.settled(ledger, { effects: [tellEffect(['sg'])] });
    const render = () => ({ subject: '督查事项', body: '请办理' });
    await createDelivery(plainDelivery(ledger, { channels: [mail], render, mark })).runOnce(T0);
    expect(mail.sent[0]?.message).toMatchObject({ subject: `${expected}督查事项`, body: `${expected}请办理`, drill });
  });
});

async function eventually(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}
