import { loadContacts, shippedDirectory, sinkContacts } from '../../activities/directory';
import { cleanUp, temporaryFile } from './temporary';

afterAll(cleanUp);

const directory = shippedDirectory();
const noon = Date.parse('2026-03-20T12:00:00+08:00');

const load = (text: string) => loadContacts(temporaryFile('contacts.yaml', text), directory);

function complaints(text: string): string[] {
  const loaded = load(text);
  const errors = 'errors' in loaded ? loaded.errors : [];
  return errors.map((error) => error.replace(/\S*\/(contacts\.yaml)/g, (_, name: string) => name));
}

test('a seat is reached by its holder, or else by its own channels, in the language asked for', () => {
  const loaded = load(`contacts:
  - seat: mayor
    channels: [{ email: mayor-office@example.org }]
  - person: person-01
    language: zh-Hant
    channels:
      - { email: first@example.org }
      - { webhook: https://example.org/hook }
  - seat: D07-desk
    channels: [{ email: d07@example.org }]
`);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  expect(loaded.ok.of('mayor', noon)).toEqual({
    script: 'hant',
    channels: [
      { kind: 'email', address: 'first@example.org' },
      { kind: 'webhook', url: 'https://example.org/hook' },
    ],
  });
  expect(loaded.ok.of('D07-desk', noon)).toEqual({
    script: 'hans',
    channels: [{ kind: 'email', address: 'd07@example.org' }],
  });
  expect(loaded.ok.of('D08-desk', noon)).toBeUndefined();
});

test('every kind of channel is taken in the order of its file, with quiet hours and the time of a daily digest', () => {
  const loaded = load(`contacts:
  - seat: sg
    channels:
      - { dingtalk: "https://oapi.example.org/robot/send?access_token=t", secretEnv: DINGTALK_SG, mention: m-1 }
      - { feishu: https://open.example.org/hook/t, secretEnv: FEISHU_SG }
      - { wecom: "https://qyapi.example.org/send?key=t", mention: m-2 }
      - { sms: "+8609520000000" }
      - { telephone: "09520000000" }
    quiet: { from: "22:00", to: "07:00" }
    digest: "08:30"
`);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  expect(loaded.ok.of('sg', noon)).toEqual({
    script: 'hans',
    channels: [
      {
        kind: 'dingtalk',
        url: 'https://oapi.example.org/robot/send?access_token=t',
        secretEnv: 'DINGTALK_SG',
        mention: 'm-1',
      },
      { kind: 'feishu', url: 'https://open.example.org/hook/t', secretEnv: 'FEISHU_SG' },
      { kind: 'wecom', url: 'https://qyapi.example.org/send?key=t', mention: 'm-2' },
      { kind: 'sms', number: '+8609520000000' },
      { kind: 'telephone', number: '09520000000' },
    ],
    quiet: { from: '22:00', to: '07:00' },
    digest: '08:30',
  });
});

test.each([
  [
    'an address that is none',
    '- { seat: sg, channels: [{ email: nobody }] }',
    'contacts.yaml:2: contacts[0].channels[0].email expected an e-mail address such as desk@example.org',
  ],
  [
    'a webhook that is no web address',
    '- { seat: sg, channels: [{ webhook: "ftp://example.org" }] }',
    'contacts.yaml:2: contacts[0].channels[0].webhook expected an address that begins with https:// or http://',
  ],
  [
    'a channel with two addresses',
    '- { seat: sg, channels: [{ email: a@example.org, webhook: "https://example.org" }] }',
    'contacts.yaml:2: contacts[0].channels[0] expected one of email, webhook, wecom, dingtalk, feishu, sms, telephone; a second channel is an entry of its own',
  ],
  ['no channel', '- { seat: sg, channels: [] }', 'contacts.yaml:2: contacts[0].channels expected at least one channel'],
  [
    'neither seat nor person',
    '- { channels: [{ email: a@example.org }] }',
    'contacts.yaml:2: contacts[0] expected either seat or person; each is an entry of its own',
  ],
  [
    'a seat the directory does not have',
    '- { seat: D99-desk, channels: [{ email: a@example.org }] }',
    `contacts.yaml:2: the directory has no seat 'D99-desk'; expected an id of ${directory.version}`,
  ],
  [
    'a person the directory does not have',
    '- { person: person-99, channels: [{ email: a@example.org }] }',
    `contacts.yaml:2: the directory has no person 'person-99'; expected an id of ${directory.version}`,
  ],
  [
    'a language that is not written here',
    '- { seat: sg, language: en, channels: [{ email: a@example.org }] }',
    'contacts.yaml:2: contacts[0].language expected one of zh-Hans, zh-Hant',
  ],
  [
    'a seat twice',
    '- { seat: sg, channels: [{ email: a@example.org }] }\n  - { seat: sg, channels: [{ email: b@example.org }] }',
    "contacts.yaml:3: the seat 'sg' has its contact already, at contacts.yaml:2; expected one entry with all channels",
  ],
  [
    'a telephone number that is not in quotes and so no text',
    '- { seat: sg, channels: [{ sms: 9520000000 }] }',
    'contacts.yaml:2: contacts[0].channels[0].sms expected a telephone number in quotes, such as "+8609520000000"',
  ],
  [
    'a telephone number with words in it',
    '- { seat: sg, channels: [{ telephone: "0952 ask for the desk" }] }',
    'contacts.yaml:2: contacts[0].channels[0].telephone expected a telephone number of digits, such as "+8609520000000"',
  ],
  [
    'a way that is none of ours',
    '- { seat: sg, channels: [{ fax: "0952" }] }',
    "contacts.yaml:2: contacts[0].channels[0] has no field 'fax'",
  ],
  [
    'the secret of a robot itself',
    '- { seat: sg, channels: [{ dingtalk: "https://example.org", secretEnv: "SEC-1" }] }',
    'contacts.yaml:2: contacts[0].channels[0].secretEnv expected the name of an environment variable, not the secret itself',
  ],
  [
    'a secret for what does not sign',
    '- { seat: sg, channels: [{ wecom: "https://example.org", secretEnv: WECOM }] }',
    'contacts.yaml:2: contacts[0].channels[0] secretEnv is for the robots that sign: dingtalk, feishu',
  ],
  [
    'somebody called by name where there is no chat',
    '- { seat: sg, channels: [{ email: a@example.org, mention: m-1 }] }',
    'contacts.yaml:2: contacts[0].channels[0] mention is for the robots of group chats: wecom, dingtalk, feishu',
  ],
  [
    'quiet hours that are no times of the day',
    '- { seat: sg, quiet: { from: "25:00", to: "07:00" }, channels: [{ email: a@example.org }] }',
    'contacts.yaml:2: contacts[0].quiet.from expected a time of day such as "08:30"',
  ],
  [
    'quiet hours that never end',
    '- { seat: sg, quiet: { from: "07:00", to: "07:00" }, channels: [{ email: a@example.org }] }',
    'contacts.yaml:2: contacts[0].quiet quiet hours end when they begin; expected two times of the day, or no quiet hours',
  ],
  [
    'a digest in the quiet hours',
    '- { seat: sg, quiet: { from: "22:00", to: "07:00" }, digest: "06:59", channels: [{ email: a@example.org }] }',
    'contacts.yaml:2: contacts[0].digest lies in the quiet hours; expected a time outside them',
  ],
])('refused with a sentence: %s', (_, line, complaint) => {
  expect(complaints(`contacts:\n  ${line}\n`)).toContain(complaint);
});

test('a file that is no contacts file is refused with a sentence', () => {
  expect(complaints('')).toEqual(['contacts.yaml:1: expected a mapping of fields']);
  expect(complaints('contact: []\n')).toEqual([
    'contacts.yaml:1: contacts is missing; expected a list',
    "contacts.yaml:1: has no field 'contact'",
  ]);
});

test('drills reach every seat at a domain that leads nowhere', () => {
  const drill = shippedDirectory('drill');
  const sink = sinkContacts(drill);
  expect(sink.of('D07-desk', noon)).toEqual({
    script: 'hans',
    channels: [{ kind: 'email', address: 'D07-desk@example.invalid' }],
  });
  expect(drill.seats.filter((seat) => !sink.of(seat.id, noon))).toEqual([]);
  expect(sink.of('D99-desk', noon)).toBeUndefined();
});
