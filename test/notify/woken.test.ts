/** Deadlines that passed while the system slept: one message for one person and case, over a real mail server. */
import type { Ledger } from '../../activities/ledger';
import {
  createDelivery,
  type DeliveryOptions,
  type Office,
  type Recipient,
  type SunkMail,
  smtpChannel,
  startSmtpSink,
} from '../../activities/notify';
import { renderNotice } from '../../locale';
import type { RecordEntry } from '../../workflows/runtime/workflow';
import { DAY, Desk, HOUR, MINUTE, T0 } from '../ledger/support';
import { Matter } from '../support/supervision';
import { Closing, plainDelivery, SleepingCase } from './support';

const desk = new Desk();
const closing = new Closing();
afterEach(() => closing.all());
afterAll(() => desk.clear());

const link = 'https://example.invalid/cases';
const render: DeliveryOptions['render'] = (template, data, script) =>
  renderNotice(template, { link: `${link}/${data.caseNo}`, ...data }, script);

const rung = (level: 1 | 2 | 3, to: string[], passed: number, more: object = {}) => ({
  kind: 'tell',
  to,
  template: `supervision.level${level}`,
  cite: { article: level === 1 ? 61 : 63, basis: 'derived' },
  deliverAt: passed,
  ...more,
});

async function openMail(ledger: Ledger, options: Partial<DeliveryOptions> = {}) {
  const sink = closing.also(await startSmtpSink({ port: 0 }), (one) => one.close());
  const mail = closing.also(smtpChannel({ host: sink.host, port: sink.port, from: 'office@example.invalid' }), (one) =>
    one.close(),
  );
  return { sink, delivery: createDelivery(plainDelivery(ledger, { channels: [mail], render, ...options })) };
}

/** Three rungs of one ladder, due on three days in a row. */
function ladder(slept: SleepingCase, woken: (i: number) => number, to = ['sg'], more: object = {}) {
  return ([1, 2, 3] as const).map((level, i) => {
    const passed = T0 + i * DAY;
    return slept.deadline({ passed, woken: woken(i), effects: [rung(level, to, passed, more)] });
  });
}

test('three rungs slept over are one message that names each with its due time and article, and three links and rows', async () => {
  const ledger = await desk.open();
  const slept = new SleepingCase('SI-2026-0001');
  const wokenAt = T0 + 3 * DAY;
  await slept.flushed(
    ledger,
    ladder(slept, () => wokenAt),
  );
  const { sink, delivery } = await openMail(ledger);

  expect(await delivery.runOnce(wokenAt)).toEqual({ delivered: 3, waiting: 0, failed: 0 });

  expect(sink.messages).toHaveLength(1);
  const [mail] = sink.messages;
  expect(mail?.subject).toBe('事项SI-2026-0001有3项期限已过');
  expect(mail?.text).toContain('1. 2026-03-18 10:00 督查事项SI-2026-0001逾期（依据：依第六十一条推定）');
  expect(mail?.text).toContain('2. 2026-03-19 10:00 督查事项SI-2026-0001逾期，升至第二级（依据：依第六十三条推定）');
  expect(mail?.text).toContain('3. 2026-03-20 10:00 督查事项SI-2026-0001逾期，升至第三级（依据：依第六十三条推定）');
  expect(mail?.text).toContain('追责事实核查已列入政府办公室待办');
  expect(await ledger.record(slept.id)).toHaveLength(3);
  expect((await ledger.tells()).map(({ state, template }) => `${state} ${template}`).toSorted()).toEqual([
    'delivered supervision.level1',
    'delivered supervision.level2',
    'delivered supervision.level3',
  ]);
  expect(await ledger.verify()).toMatchObject({ ok: true });
});

test('rungs that fired on time are messages of their own, also when they are delivered late', async () => {
  const ledger = await desk.open();
  const awake = new SleepingCase('SI-2026-0002');
  await awake.flushed(
    ledger,
    ladder(awake, (i) => T0 + i * DAY + 30_000),
  );
  const { sink, delivery } = await openMail(ledger);
  expect(await delivery.runOnce(T0 + 3 * DAY)).toMatchObject({ delivered: 3 });
  expect(sink.messages.map(({ subject }) => subject)).toEqual([
    '督查事项SI-2026-0002逾期',
    '督查事项SI-2026-0002逾期，升至第二级',
    '督查事项SI-2026-0002逾期，升至第三级',
  ]);
});

test.each([
  ['a second after the minute', 60_001, 1],
  ['at the minute itself', 60_000, 2],
])('a deadline fired late is slept over from %s on', async (_, lateMs, messages) => {
  const ledger = await desk.open();
  const slept = new SleepingCase('SI-2026-0003');
  const entries = ([1, 2] as const).map((level) =>
    slept.deadline({ passed: T0, woken: T0 + lateMs, effects: [rung(level, ['sg'], T0)] }),
  );
  await slept.flushed(ledger, entries);
  const { sink, delivery } = await openMail(ledger);
  await delivery.runOnce(T0 + HOUR);
  expect(sink.messages).toHaveLength(messages);
});

test('each case, each waking and each person has a message of its own', async () => {
  const ledger = await desk.open();
  const wakings = [T0 + 3 * DAY, T0 + 10 * DAY];
  for (const id of ['SI-2026-0004', 'SI-2026-0005']) {
    const slept = new SleepingCase(id);
    for (const woken of wakings)
      await slept.flushed(
        ledger,
        ladder(slept, () => woken, ['sg', 'vm-2']),
      );
  }
  const { sink, delivery } = await openMail(ledger);
  expect(await delivery.runOnce(T0 + 10 * DAY)).toMatchObject({ delivered: 24 });
  expect(sink.messages).toHaveLength(8);
});

test('a person who holds two of the seats hears of each rung once', async () => {
  const ledger = await desk.open();
  const slept = new SleepingCase('SI-2026-0006');
  await slept.flushed(
    ledger,
    ladder(slept, () => T0 + 3 * DAY, ['evm', 'vm-2']),
  );
  const resolve = (): Recipient => ({ seat: 'vm-2', person: 'person-2' });
  const { sink, delivery } = await openMail(ledger, { resolve });
  expect(await delivery.runOnce(T0 + 3 * DAY)).toMatchObject({ delivered: 6 });
  expect(sink.messages.map(({ subject }) => subject)).toEqual(['事项SI-2026-0006有3项期限已过']);
});

test('one deadline alone is told in its own words', async () => {
  const ledger = await desk.open();
  const slept = new SleepingCase('SI-2026-0007');
  await slept.flushed(ledger, [slept.deadline({ passed: T0, woken: T0 + DAY, effects: [rung(1, ['sg'], T0)] })]);
  const { sink, delivery } = await openMail(ledger);
  await delivery.runOnce(T0 + DAY);
  expect(sink.messages.map(({ subject }) => subject)).toEqual(['督查事项SI-2026-0007逾期']);
});

test('they are one message even when more is due than one loop takes at once', async () => {
  const ledger = await desk.open();
  const slept = new SleepingCase('SI-2026-0008');
  await slept.flushed(
    ledger,
    ladder(slept, () => T0 + 3 * DAY),
  );
  const { sink, delivery } = await openMail(ledger, { pace: { claimLimit: 1 } });
  expect(await delivery.runOnce(T0 + 3 * DAY)).toMatchObject({ delivered: 3 });
  expect(sink.messages).toHaveLength(1);
});

test('urgent rungs are together too, and go before the others', async () => {
  const ledger = await desk.open();
  const slept = new SleepingCase('SI-2026-0009');
  const woken = T0 + 3 * DAY;
  await slept.flushed(ledger, [
    ...ladder(slept, () => woken),
    ...ladder(slept, () => woken, ['sg'], { urgency: 'at-once' }),
  ]);
  const { sink, delivery } = await openMail(ledger, { contacts: atNight });
  expect(await delivery.runOnce(woken + 13 * HOUR)).toEqual({ delivered: 3, waiting: 3, failed: 0 });
  expect(sink.messages).toHaveLength(1);
});

const atNight = ({ seat }: Recipient) => ({
  channels: [{ kind: 'email', address: `${seat}@example.invalid` } as const],
  quiet: { from: '22:00', to: '07:00' },
});

test('found on waking at night they wait for the notice hour, in one message with whatever else waits for it', async () => {
  const ledger = await desk.open();
  const [slept, other] = [new SleepingCase('SI-2026-0010'), new SleepingCase('SI-2026-0011')];
  const woken = T0 + 2 * DAY + 17 * HOUR;
  const nine = woken + 6 * HOUR;
  await slept.flushed(
    ledger,
    ladder(slept, () => woken),
  );
  const waiting = other.deadline({ passed: woken - MINUTE, woken: woken - MINUTE, effects: [rung(1, ['sg'], nine)] });
  await other.flushed(ledger, [waiting]);
  const office: Office = { isWorkingDay: () => true, noticeAt: (at) => Math.max(at, nine) };
  const { sink, delivery } = await openMail(ledger, { office });

  expect(await delivery.runOnce(woken)).toEqual({ delivered: 0, waiting: 3, failed: 0 });
  expect(await delivery.runOnce(nine - 1)).toEqual({ delivered: 0, waiting: 0, failed: 0 });
  expect(await delivery.runOnce(nine)).toEqual({ delivered: 4, waiting: 0, failed: 0 });
  expect(sink.messages.map(({ subject }) => subject)).toEqual(['2项通知']);
  expect(sink.messages[0]?.text).toMatch(/\d\. 事项SI-2026-0010有3项期限已过\n/);
  expect(sink.messages[0]?.text).toMatch(/\d\. 督查事项SI-2026-0011逾期\n/);
});

describe('a supervised matter, as the runtime plays it, of which nobody took note for seven weeks', () => {
  const back = Date.parse('2026-05-08T10:00:00+08:00');

  /** What arrives at each seat, by the delivery loop looking in at all hours at which something is due. */
  async function arriving(play: (matter: Matter) => void): Promise<Map<string, SunkMail[]>> {
    const ledger = await desk.open();
    const matter = Matter.assigned('2026-03-20');
    const assigned = matter.play.entries.length;
    play(matter);
    const written = new SleepingCase('case-1');
    for (const entries of [matter.play.entries.slice(0, assigned), matter.play.entries.slice(assigned)]) {
      written.head = entries.at(-1) as RecordEntry;
      await written.flushed(ledger, entries);
    }
    const { sink, delivery } = await openMail(ledger);
    const due = (await ledger.tells({ limit: 200 }))
      .map(({ deliverAt }) => deliverAt)
      .sort((one, other) => one - other);
    for (const at of [...due.filter((at) => at < Date.parse('2026-03-14T00:00:00+08:00')), back])
      await delivery.runOnce(at);
    const mails = new Map<string, SunkMail[]>();
    for (const mail of sink.messages) mails.set(mail.to[0]!, [...(mails.get(mail.to[0]!) ?? []), mail]);
    return mails;
  }
  const since = (mails: SunkMail[] = []) =>
    mails.filter(({ subject }) => !/交办|办理$/.test(subject)).map(({ subject }) => subject);

  test('each seat has one message after the outage, and it names every deadline with its day and article', async () => {
    const mails = await arriving((matter) => matter.play.oversleep(back));
    expect(since(mails.get('D07-desk@example.invalid'))).toEqual(['事项case-1有6项期限已过']);
    expect(since(mails.get('mayor@example.invalid'))).toEqual(['事项case-1有7项期限已过']);
    expect(since(mails.get('sg@example.invalid'))).toEqual(['事项case-1有3项期限已过']);
    const [text = ''] = (mails.get('D07-desk@example.invalid') ?? []).slice(-1).map((mail) => mail.text);
    expect(text.split('\n').slice(1, 7)).toEqual([
      '1. 2026-03-13 24:00 督查事项case-1即将到期（依据：第六十二条）',
      '2. 2026-03-16 24:00 督查事项case-1请报进展（依据：第六十二条）',
      '3. 2026-03-17 24:00 督查事项case-1即将到期（依据：第六十二条）',
      '4. 2026-03-19 24:00 督查事项case-1即将到期（依据：第六十二条）',
      expect.stringMatching(/^5\. 2026-03-20 24:00 督查事项case-1逾期（依据：.+）$/),
      expect.stringMatching(/^6\. 2026-03-25 24:00 督查事项case-1记录问题（依据：.+）$/),
    ]);
    expect(text).toContain('现要求如下：督查事项case-1记录以下问题：书面说明到期未交。');
  });

  test('had the workers been there, each would have been a message of its own', async () => {
    const mails = await arriving((matter) => matter.until('2026-05-08T10:00:00+08:00'));
    expect(since(mails.get('D07-desk@example.invalid'))).toHaveLength(6);
    expect(since(mails.get('D07-desk@example.invalid')).join()).not.toContain('期限已过');
  });
});
