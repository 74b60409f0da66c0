import { checkConfig, configJsonSchema, printedConfig } from '../../client/cli/config-command';
import { openConfig } from '../../client/site';
import { Installations } from '../support/installation';

const installations = new Installations();
afterAll(() => installations.close());

const SECRETS = ['hunter2-hunter2-hunter2', 'pg-password', 'Bearer sms-key'];
const settings = {
  ledger: { url: 'postgres://zhengling:pg-password@db.example.org/zhengling' },
  channels: {
    smtp: { host: 'mail.example.org', port: 587, from: 'a@example.org', password: '{env:MAIL_PASSWORD}' },
    webhook: { secret: 'hunter2-hunter2-hunter2' },
    sms: {
      url: 'https://sms.example.org/send?key=hunter2-hunter2-hunter2',
      headers: { authorization: 'Bearer sms-key' },
      body: { to: '{number}', text: '{text}' },
    },
  },
};

function printed(env: NodeJS.ProcessEnv = {}) {
  const opened = openConfig(installations.site('city', settings as never), 'city', env);
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  return printedConfig(opened.ok, env);
}

describe('config print', () => {
  it('shows what counts and no secret; a reference to the environment is none', () => {
    const all = printed();
    for (const secret of SECRETS) expect(JSON.stringify(all)).not.toContain(secret);
    expect(all).toContainEqual({ setting: 'ledger.url', value: '…', from: 'zhengling.yaml' });
    expect(all).toContainEqual({
      setting: 'channels.smtp.password',
      value: '{env:MAIL_PASSWORD}',
      from: 'zhengling.yaml',
    });
    expect(all).toContainEqual({
      setting: 'channels.sms.body',
      value: { to: '{number}', text: '{text}' },
      from: 'zhengling.yaml',
    });
  });

  it('says where a value comes from', () => {
    expect(printed({ ZHENGLING_CHANNELS_SMTP_PORT: '25' })).toContainEqual({
      setting: 'channels.smtp.port',
      value: 25,
      from: 'ZHENGLING_CHANNELS_SMTP_PORT',
    });
  });
});

describe('config check', () => {
  it('is content with a new installation', () => {
    expect(checkConfig({ data: installations.site('city') }, {})).toEqual({ ok: true, problems: [], notes: [] });
  });

  it('names a secret that the environment lacks', () => {
    const { ok, problems } = checkConfig({ data: installations.site('city', settings as never) }, {});
    expect(ok).toBe(false);
    expect(problems).toEqual(['channels.smtp: the environment variable MAIL_PASSWORD is not set']);
  });

  it('names variables nobody reads, and goes on', () => {
    const env = { ZHENGLING_GATEWAYPORT: '1', ZHENGLING_BUILT: '1', OTHER: '1' };
    const { ok, notes } = checkConfig({ data: installations.site('city') }, env);
    expect({ ok, notes }).toEqual({ ok: true, notes: [expect.stringMatching(/^ZHENGLING_GATEWAYPORT is no setting/)] });
  });

  it.each([
    ['a directory that is none', () => installations.directory({ 'letter.txt': 'hello' }), /holds no zhengling\.yaml/],
    [
      'a file that is not there',
      () => installations.site('city', { contacts: 'gone.yaml' }),
      /gone\.yaml: cannot be read/,
    ],
    ['demo identities in a city', () => installations.site('city', { identity: { demo: true } }), /identity\.demo/],
  ])('finds %s', (_, data, says) => {
    const { ok, problems } = checkConfig({ data: data() }, {});
    expect(ok).toBe(false);
    expect(problems.join('\n')).toMatch(says);
  });
});

it('config schema describes the file to editors', () => {
  expect(configJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['kind'],
    additionalProperties: false,
    properties: { gateway: { properties: { port: { type: 'integer', description: expect.any(String) } } } },
  });
});
