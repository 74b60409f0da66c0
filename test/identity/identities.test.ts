/** The identities file: what may stand in it, and what is said about what may not. */
import { shippedDirectory } from '../../activities/directory';
import { type Identities, loadIdentities } from '../../client/identity';
import { cleanUp, temporaryFile } from '../directory/temporary';

afterAll(cleanUp);

const directory = shippedDirectory('drill');
const acts = new Map([['supervision-item', ['REGISTER', 'PROGRESS', 'REPORT']]]);
const SECRET = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
const env = { D10_SECRET: SECRET, SHORT_SECRET: 'whsec_c2hvcnQ=', PLAIN_SECRET: 'hunter2' };
const at = (day: string) => Date.parse(`${day}T12:00:00+08:00`);

const load = (text: string) => loadIdentities(temporaryFile('identities.yaml', text), directory, acts, env);

function loaded(text: string): Identities {
  const found = load(text);
  if ('errors' in found) throw new Error(found.errors.join('\n'));
  return found.ok;
}

/** Errors with the folder left out. */
function errorsOf(text: string): string[] {
  const found = load(text);
  return 'errors' in found ? found.errors.map((error) => error.replace(/^\S*\//, '')) : [];
}

describe('a person acts in the seats held, and at the desks staffed', () => {
  const identities = loaded(`staff:
  - { person: assumed-d07-head, seat: D07-desk, from: 2026-03-01, to: 2026-03-31 }
  - { person: assumed-d07-head, seat: X2-desk }
`);

  it.each([
    ['on the day before', '2026-02-28', ['D07-head', 'X2-desk']],
    ['on the first day', '2026-03-01', ['D07-head', 'D07-desk', 'X2-desk']],
    ['on the last day', '2026-03-31', ['D07-head', 'D07-desk', 'X2-desk']],
    ['on the day after', '2026-04-01', ['D07-head', 'X2-desk']],
  ])('%s', (_, day, seats) => {
    expect(identities.seatsOf('assumed-d07-head', at(day))).toEqual(seats);
    expect(identities.mayActIn('assumed-d07-head', 'D07-desk', at(day))).toBe(seats.includes('D07-desk'));
  });

  it('and in no other', () => {
    expect(identities.mayActIn('assumed-d07-head', 'mayor', at('2026-03-02'))).toBe(false);
    expect(identities.seatsOf('nobody', at('2026-03-02'))).toEqual([]);
  });
});

describe('what is wrong with the file is said with its line', () => {
  it.each<[string, string, string]>([
    [
      'a person nobody knows',
      'people:\n  - { subject: s, person: nobody }\n',
      'identities.yaml:2: nobody in shizuishan+drill@',
    ],
    [
      'a subject of two persons',
      'people:\n  - { subject: s, person: person-01 }\n  - { subject: s, person: person-02 }\n',
      "identities.yaml:3: the subject 's' is there already, at ",
    ],
    [
      'staff of a seat that is no desk',
      'staff:\n  - { person: person-01, seat: D07-head }\n',
      "identities.yaml:2: 'D07-head' is no desk",
    ],
    [
      'staff of a desk that is not there',
      'staff:\n  - { person: person-01, seat: D99-desk }\n',
      'identities.yaml:2: shizuishan+drill@',
    ],
    [
      'a stay that ends before it begins',
      'staff:\n  - { person: person-01, seat: D07-desk, from: 2026-03-02, to: 2026-03-01 }\n',
      'identities.yaml:2: ends on 2026-03-01, before it begins on 2026-03-02',
    ],
    [
      'a day that is none',
      'staff:\n  - person: person-01\n    seat: D07-desk\n    from: 2026-02-30\n',
      'identities.yaml:4: staff[0].from expected a day such as',
    ],
    ['an auditor without a seat', 'auditors: [vm-99]\n', 'identities.yaml:1: shizuishan+drill@'],
    [
      'a field that does not exist',
      'people:\n  - { subject: s, person: person-01, password: x }\n',
      "identities.yaml:2: people[0] has no field 'password'",
    ],
  ])('%s', (_, text, error) => {
    const errors = errorsOf(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(error);
  });

  const system = (more: string) =>
    `systems:\n  - id: d10-oa\n    unit: D10\n    seat: D10-desk\n    procedures: [supervision-item]\n    acts: [PROGRESS]\n${more}`;

  it.each<[string, string, string]>([
    ['nobody can speak for', system(''), 'systems[0] expected client, webhook or both'],
    [
      'a subject without a client',
      system('    subject: x\n    webhook: [{ env: D10_SECRET }]\n'),
      'systems[0] has a subject and no client',
    ],
    [
      'a secret in the file itself',
      system('    webhook: [whsec_abc]\n'),
      'systems[0].webhook[0] expected a mapping of fields',
    ],
    ['a secret from two places', system('    webhook: [{ env: A, file: b }]\n'), 'a secret itself never stands here'],
    [
      'a variable that is not set',
      system('    webhook: [{ env: NOT_SET }]\n'),
      'identities.yaml:7: the environment has no NOT_SET',
    ],
    [
      'a file that is not there',
      system('    webhook: [{ file: gone.txt }]\n'),
      'identities.yaml:7: the file gone.txt cannot be read',
    ],
    [
      'a secret that is too short',
      system('    webhook: [{ env: SHORT_SECRET }]\n'),
      'is too short (5 bytes; at least 24)',
    ],
    ['a secret that is none', system('    webhook: [{ env: PLAIN_SECRET }]\n'), 'is no webhook secret'],
    [
      'a seat of another unit',
      system('    client: x\n').replace('D10-desk', 'D07-desk'),
      "identities.yaml:4: 'D07-desk' is no seat of D10",
    ],
    ['a unit that is not there', system('    client: x\n').replace('unit: D10', 'unit: D99'), "has no unit 'D99'"],
    [
      'a procedure that is not there',
      system('    client: x\n').replace('[supervision-item]', '[nothing]'),
      "identities.yaml:5: there is no procedure 'nothing'; there is supervision-item",
    ],
    [
      'an act that none of its procedures takes',
      system('    client: x\n').replace('[PROGRESS]', '[PROGRESS, BURN]'),
      "identities.yaml:6: none of its procedures takes 'BURN'",
    ],
    [
      'an event of the machine itself',
      system('    client: x\n').replace('[PROGRESS]', '[xstate.done]'),
      'expected the type of an act',
    ],
    [
      'a client that is a person',
      `people: [{ subject: x, person: person-01 }]\n${system('    client: x\n')}`,
      "the subject 'x' is there already",
    ],
  ])('a system: %s', (_, text, error) => {
    const errors = errorsOf(text);
    expect(errors.join('\n')).toContain(error);
    expect(errors).toHaveLength(1);
  });

  it('never shows a secret', () => {
    expect(errorsOf(system('    webhook: [{ env: PLAIN_SECRET }, { env: SHORT_SECRET }]\n')).join()).not.toMatch(
      /hunter2|c2hvcnQ/,
    );
  });
});

describe('the secrets of webhooks', () => {
  it('come from the environment or from a file, two of them while one replaces the other', () => {
    const next = `whsec_${Buffer.from('the next secret, also 24 bytes').toString('base64')}`;
    const file = temporaryFile('secret.txt', `${next}\n`);
    const identities = loaded(`systems:
  - id: d10-oa
    webhook: [{ env: D10_SECRET }, { file: ${file} }]
    unit: D10
    seat: D10-desk
    procedures: [supervision-item]
    acts: [PROGRESS]
`);
    expect(identities.system('d10-oa')?.secrets).toEqual([SECRET, next]);
  });
});
