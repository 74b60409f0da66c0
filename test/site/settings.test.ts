/** One schema: by file and by environment, with the same mistakes said the same way. */
import { configSchema, openConfig, settingsOf, variableOf } from '../../client/site';
import { processVariables } from '../../client/site/variables';
import { Installations } from '../support/installation';

const installations = new Installations();
afterAll(() => installations.close());

const opened = (settings: object | string, env: NodeJS.ProcessEnv, kind: 'city' | 'demo' | 'drill' = 'city') => {
  const data =
    typeof settings === 'string'
      ? installations.directory({ 'zhengling.yaml': settings })
      : installations.site(kind, settings);
  return openConfig(data, kind, env);
};

const settings = settingsOf(configSchema);

describe('the schema', () => {
  it('says of every setting what it means', () => {
    expect(settings.filter(({ description }) => description === '').map(({ path }) => path.join('.'))).toEqual([]);
    expect(settings.length).toBeGreaterThan(50);
  });

  it('gives every setting one variable, and no two the same', () => {
    const variables = [
      ...settings.flatMap(({ variable }) => variable ?? []),
      ...processVariables.map(({ name }) => name),
    ];
    expect(new Set(variables).size).toBe(variables.length);
    expect(settings.filter(({ variable }) => variable === undefined).map(({ path }) => path)).toEqual([['kind']]);
  });

  it.each([
    [['gateway', 'publicUrl'], 'ZHENGLING_GATEWAY_PUBLIC_URL'],
    [['attachments', 's3', 'accessKeyId', 'env'], 'ZHENGLING_ATTACHMENTS_S3_ACCESS_KEY_ID_ENV'],
    [['link'], 'ZHENGLING_LINK'],
  ])('%j is %s', (path, variable) => {
    expect(variableOf(path)).toBe(variable);
  });
});

describe('the environment', () => {
  it.each<[string, object, NodeJS.ProcessEnv, object]>([
    ['a number', {}, { ZHENGLING_GATEWAY_PORT: '9000' }, { gateway: { port: 9000 } }],
    ['a text that looks like a number', {}, { ZHENGLING_CONTACTS: '7' }, { contacts: '7' }],
    ['a list in brackets', {}, { ZHENGLING_DIRECTORY: '[a.yaml, b.yaml]' }, { directory: ['a.yaml', 'b.yaml'] }],
    [
      'before the file',
      { gateway: { port: 1, host: '0.0.0.0' } },
      { ZHENGLING_GATEWAY_PORT: '2' },
      { gateway: { port: 2, host: '0.0.0.0' } },
    ],
    ['nothing where it is empty', { script: 'hant' }, { ZHENGLING_SCRIPT: '' }, { script: 'hant' }],
    [
      'a whole section',
      {},
      {
        ZHENGLING_CHANNELS_SMTP_HOST: 'mail.example.org',
        ZHENGLING_CHANNELS_SMTP_PORT: '587',
        ZHENGLING_CHANNELS_SMTP_FROM: 'a@example.org',
      },
      { channels: { smtp: { host: 'mail.example.org', port: 587, from: 'a@example.org' } } },
    ],
  ])('is taken: %s', (_, file, env, config) => {
    expect(opened(file, env)).toEqual({ ok: { kind: 'city', ...config } });
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['no number', { ZHENGLING_GATEWAY_PORT: 'eighty' }, /^ZHENGLING_GATEWAY_PORT: gateway\.port expected a .*number$/],
    ['beyond what there is', { ZHENGLING_GATEWAY_PORT: '70000' }, /^ZHENGLING_GATEWAY_PORT: gateway\.port .*65535/],
    ['none of the choices', { ZHENGLING_SCRIPT: 'latin' }, /^ZHENGLING_SCRIPT: script expected one of hans, hant$/],
    ['no list', { ZHENGLING_DIRECTORY: 'a.yaml' }, /^ZHENGLING_DIRECTORY: directory expected a list$/],
    ['a list not closed', { ZHENGLING_DIRECTORY: '[a.yaml' }, /^ZHENGLING_DIRECTORY: directory expected a list$/],
    ['inside a list', { ZHENGLING_DIRECTORY: '[a.yaml, 7]' }, /^ZHENGLING_DIRECTORY: directory\[1\] expected a text$/],
    ['an address of no database', { ZHENGLING_LEDGER_URL: 'mysql://x/y' }, /^ZHENGLING_LEDGER_URL: .*postgres:\/\//],
    [
      'a namespace with a space',
      { ZHENGLING_TEMPORAL_NAMESPACE: 'a b' },
      /^ZHENGLING_TEMPORAL_NAMESPACE: .*a namespace$/,
    ],
    ['a link without its case', { ZHENGLING_LINK: 'https://x' }, /^ZHENGLING_LINK: link expected a link with \{case\}/],
    [
      'half a section',
      { ZHENGLING_CHANNELS_SMTP_HOST: 'mail.example.org' },
      /zhengling\.yaml:1: channels\.smtp\.port is missing; expected/,
    ],
  ])('is refused by the name of the variable: %s', (_, env, says) => {
    const answer = opened({}, env);
    expect('errors' in answer ? answer.errors[0] : answer).toMatch(says);
  });

  it('cannot change what an installation is', () => {
    expect(opened({}, { ZHENGLING_KIND: 'demo' })).toEqual({ ok: { kind: 'city' } });
  });

  it('says nothing to a drill', () => {
    expect(opened({}, { ZHENGLING_SCRIPT: 'hant' }, 'drill')).toEqual({ ok: { kind: 'drill' } });
  });
});

describe('the file', () => {
  it.each([
    ['a setting there is not', 'kind: city\ngatway:\n  port: 1\n', /zhengling\.yaml:2: has no field 'gatway'$/],
    ['one inside a section', 'kind: city\ngateway:\n  prt: 1\n', /zhengling\.yaml:3: gateway has no field 'prt'$/],
    [
      'a text for a number',
      'kind: city\ngateway:\n  port: "1"\n',
      /zhengling\.yaml:3: gateway\.port expected a .*number$/,
    ],
    ['what is not YAML', 'kind: city\ngateway: {\n', /zhengling\.yaml:\d: not valid YAML/],
  ])('is refused by file and line: %s', (_, text, says) => {
    const answer = opened(text, {});
    expect('errors' in answer ? answer.errors[0] : answer).toMatch(says);
  });
});
