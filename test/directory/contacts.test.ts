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
    'contacts.yaml:2: contacts[0].channels[0] expected either email or webhook; a second channel is an entry of its own',
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
    'a telephone number, for which there is no channel',
    '- { seat: sg, channels: [{ sms: "13800000000" }] }',
    "contacts.yaml:2: contacts[0].channels[0] has no field 'sms'",
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
