import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChannels } from '../../activities/notify';
import { openConfig } from '../../client/site';

const folder = mkdtempSync(join(tmpdir(), 'zhengling-channels-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(channels: string) {
  writeFileSync(join(folder, 'zhengling.yaml'), `kind: city\nchannels:\n${channels.replace(/^/gm, '  ')}\n`);
  return openConfig(folder, 'city');
}

const everything = `
smtp: { host: mail.example.org, port: 587, from: "政府办公室 <office@example.org>", user: office, password: "{env:SMTP_PASSWORD}", limit: { count: 60, perSeconds: 60 }, timeoutSeconds: 20 }
webhook: { secret: "{env:HOOK}" }
wecom: {}
dingtalk: { limit: { count: 10, perSeconds: 60 } }
feishu: {}
sms:
  url: https://sms.example.org/send
  headers: { Authorization: "Bearer {env:SMS_TOKEN}" }
  body: { to: ["{number}"], text: "{text}", id: "{id}", retries: 0, urgent: false, extra: null }
  success: { field: code, equals: 0 }
  busy: [1014, LIMIT]
  limit: { count: 5, perSeconds: 1 }
telephone: { url: "https://call.example.org", body: "{number} {text}" }
alarm: [X1-desk, D07-desk]`;
const env = { SMTP_PASSWORD: 'p', HOOK: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', SMS_TOKEN: 't' };

test('every channel that is written is opened, with its limit', async () => {
  const config = read(everything);
  if ('errors' in config) throw new Error(config.errors.join('\n'));
  const opened = openChannels(config.ok.channels ?? {}, env);
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  expect(opened.ok.map(({ name, limit }) => [name, limit?.count])).toEqual([
    ['email', 60],
    ['webhook', undefined],
    ['wecom', 20],
    ['dingtalk', 10],
    ['feishu', 100],
    ['sms', 5],
    ['telephone', undefined],
  ]);
  await Promise.all(opened.ok.map((channel) => channel.close()));
});

test('nothing written is no channel', () => {
  expect(openChannels({}, {})).toEqual({ ok: [] });
});

test('each secret that is not in the environment is told with its setting, and nothing opens', () => {
  const config = read(everything);
  if ('errors' in config) throw new Error(config.errors.join('\n'));
  expect(openChannels(config.ok.channels ?? {}, {})).toEqual({
    errors: [
      'channels.smtp: the environment variable SMTP_PASSWORD is not set',
      'channels.webhook: the environment variable HOOK is not set',
      'channels.sms: the environment variable SMS_TOKEN is not set',
    ],
  });
});

test.each([
  [
    'a limit of none',
    'wecom: { limit: { count: 0, perSeconds: 60 } }',
    /:3: channels\.wecom\.limit\.count expected at least 1/,
  ],
  [
    'a short secret',
    'webhook: { secret: short }',
    /:3: channels\.webhook\.secret at least 16 characters, or \{env:NAME\}/,
  ],
  ['a channel nobody knows', 'fax: {}', /:3: channels has no field 'fax'/],
  [
    'an address that is none',
    'sms: { url: sms.example.org, body: "{number}" }',
    /:3: channels\.sms\.url expected an address/,
  ],
  [
    'a body without a number',
    'sms: { url: "https://a.example.org", body: { text: "{text}" } }',
    /:3: channels\.sms\.body does not say where the number goes/,
  ],
  [
    'a body that asks for the content',
    'sms: { url: "https://a.example.org", body: ["{number}", "{matter}"] }',
    /:3: channels\.sms\.body nothing is put in the place of \{matter\}/,
  ],
  [
    'busy without a field',
    'sms: { url: "https://a.example.org", body: "{number}", busy: [1] }',
    /:3: channels\.sms\.busy has no field to look at/,
  ],
  [
    'a header with a blank',
    'sms: { url: "https://a.example.org", body: "{number}", idempotencyHeader: "a b" }',
    /:3: channels\.sms\.idempotencyHeader expected the name of a header/,
  ],
  ['an alarm for nobody', 'alarm: []', /:3: channels\.alarm expected at least one seat/],
])('refused with file and line: %s', (_, channels, complaint) => {
  const config = read(channels);
  expect('errors' in config && config.errors.join('\n')).toMatch(complaint);
});
