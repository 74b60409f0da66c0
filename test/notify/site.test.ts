/** Delivery and alarm as an installation has them: its files, its directory, its texts; over a real mail server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { shippedFiles } from '../../activities/directory';
import { acknowledgeByLink, linkKey, NoticeLinks, type SmtpSink, startSmtpSink } from '../../activities/notify';
import { Meant } from '../../client/authority';
import type { City } from '../../client/city';
import { openSite, type Site } from '../../client/site';
import { siteAlarm, startDelivery } from '../../worker/delivery';
import { CannotStart } from '../../worker/errors';
import { openLog } from '../../worker/logging';
import { DAY, Desk, HOUR, PlayedCase, T0, tellEffect } from '../ledger/support';
import { holdersOf } from '../support/installation';
import { Closing, SleepingCase } from './support';

const desk = new Desk();
const closing = new Closing();
afterEach(() => closing.all());
afterAll(() => desk.clear());

const log = openLog('silent');
/** A city whose server cannot be reached and in which no term is open. */
function cityOf({ directory }: Site): City {
  const lastMeant = new Meant(directory, undefined);
  const authority = { meant: async () => lastMeant, lastMeant };
  return { view: () => Promise.reject(new Error('no server')), authority } as unknown as City;
}

interface Wish {
  contacts?: object[];
  settings?: object;
}

async function openCity({ contacts = [], settings = {} }: Wish = {}): Promise<{ site: Site; sink: SmtpSink }> {
  const sink = closing.also(await startSmtpSink({ port: 0 }), (one) => one.close());
  const folder = mkdtempSync(join(tmpdir(), 'zhengling-site-'));
  closing.also(folder, async () => rmSync(folder, { recursive: true }));
  const write = (name: string, content: object) => writeFileSync(join(folder, name), stringify(content));
  write('holders.yaml', holdersOf(['X1-desk']));
  write('contacts.yaml', { contacts });
  write('zhengling.yaml', {
    kind: 'city',
    directory: [shippedFiles().city, 'holders.yaml'],
    contacts: 'contacts.yaml',
    channels: { smtp: { host: sink.host, port: sink.port, from: '政府办公室 <office@example.invalid>' } },
    link: 'https://zhengling.example.invalid/cases/{case}',
    ...settings,
  });
  const opened = openSite(folder, 'city');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  return { site: opened.ok, sink };
}

async function deliver(
  site: Site,
  played: (ledger: Awaited<ReturnType<Desk['open']>>) => Promise<unknown>,
  at: number,
) {
  const ledger = await desk.open();
  await played(ledger);
  const delivery = await startDelivery({ site, ledger, city: cityOf(site), log, clock: () => at });
  closing.also(delivery, (one) => one.stop());
  return { ledger, delivery, outcome: await delivery.deliver(at) };
}

const mailTo = (seat: string, more: object = {}) => ({
  seat,
  channels: [{ email: `${seat}@example.invalid` }],
  ...more,
});
const toldTo = (seat: string) => (ledger: Awaited<ReturnType<Desk['open']>>) =>
  new PlayedCase('SI-2026-0001').settled(ledger, { effects: [tellEffect([seat], { template: 'supervision.level1' })] });

test('a message in the language of its reader bears number, ground, link, and where it is acknowledged; the link does so', async () => {
  const { site, sink } = await openCity({
    contacts: [mailTo('sg', { language: 'zh-Hant' })],
    settings: { gateway: { publicUrl: 'https://zhengling.example.invalid' } },
  });
  const { ledger } = await deliver(site, toldTo('sg'), T0);
  const [mail] = sink.messages;
  expect(mail?.subject).toBe('督查事項SI-2026-0001逾期');
  const [, token = ''] =
    /\n簽收：https:\/\/zhengling\.example\.invalid\/acknowledge\/(\S+)$/.exec(mail?.text ?? '') ?? [];
  expect(mail?.text).toContain('依據：依第六十二條推定');
  expect(mail?.text).toContain('查看和辦理：https://zhengling.example.invalid/cases/SI-2026-0001\n');
  expect(mail?.text).not.toContain('roads');

  const links = new NoticeLinks({ key: linkKey(site.dataDir), address: 'https://other.example.invalid' });
  expect(await acknowledgeByLink(links, ledger, token, T0 + HOUR)).toMatchObject({
    outcome: 'acknowledged',
    seat: 'sg',
  });
  expect((await ledger.tells())[0]?.acknowledged).toEqual({ at: T0 + HOUR, by: 'sg', how: 'link' });
});

test('without a gateway that is reached from outside there is no such link, and no key is made', async () => {
  const { site, sink } = await openCity({ contacts: [mailTo('sg')] });
  await deliver(site, toldTo('sg'), T0);
  expect(sink.messages[0]?.text).not.toContain('签收');
});

test('what was slept over and is found on a Sunday goes out on Monday at nine, by the calendar of the installation', async () => {
  const { site, sink } = await openCity({ contacts: [mailTo('sg')] });
  const sunday = Date.parse('2026-03-22T11:00:00+08:00');
  const monday = Date.parse('2026-03-23T09:00:00+08:00');
  const slept = new SleepingCase('SI-2026-0001');
  const rungs = ([1, 2] as const).map((level, i) => {
    const passed = T0 + i * DAY;
    const effects = [tellEffect(['sg'], { deliverAt: passed, template: `supervision.level${level}` })];
    return slept.deadline({ passed, woken: sunday, effects });
  });
  const { delivery, outcome } = await deliver(site, (ledger) => slept.flushed(ledger, rungs), sunday);
  expect(outcome).toEqual({ delivered: 0, next: monday });
  expect(await delivery.deliver(monday)).toEqual({ delivered: 2, next: undefined });
  expect(sink.messages.map(({ subject }) => subject)).toEqual(['事项SI-2026-0001有2项期限已过']);
});

test('a channel without its secret keeps everything from starting, with a sentence', async () => {
  const { site } = await openCity({ settings: { channels: { webhook: { secret: '{env:ZL_TEST_NOT_SET}' } } } });
  const ledger = await desk.open();
  const start = startDelivery({ site, ledger, city: cityOf(site), log });
  await expect(start).rejects.toThrow(CannotStart);
  await expect(start).rejects.toThrow('channels.webhook: the environment variable ZL_TEST_NOT_SET is not set');
});

test('the alarm reaches the desk of the Office, or the seats the operator names', async () => {
  const contacts = [mailTo('X1-desk'), mailTo('sg')];
  const usual = await openCity({ contacts });
  const alarm = closing.also(siteAlarm(usual.site, log), (one) => one.close());
  await alarm.alarm('任务队列procedures已5分钟无工作进程。');
  expect(usual.sink.messages.map(({ to, subject }) => [to[0], subject])).toEqual([
    ['X1-desk@example.invalid', '政令系统告警'],
  ]);

  const { smtp } = usual.site.config.channels!;
  const named = await openCity({ contacts, settings: { channels: { smtp, alarm: ['sg'] } } });
  const other = closing.also(siteAlarm(named.site, log), (one) => one.close());
  await other.alarm('甲。');
  expect(usual.sink.messages.at(-1)?.to).toEqual(['sg@example.invalid']);
});
