import { z } from 'zod';
import { differences, remarks, shippedDirectory } from '../../activities/directory';
import { unknownReference } from '../../client/city/references';
import { checkedDirectory, heldOver, shown } from '../../client/cli/directory-command';
import { type Matter, mayRead, namesOf, readingScope } from '../../client/rights';
import { Installations } from '../support/installation';
import { directoryOf, small } from './small-city';
import { cleanUp, temporaryFile } from './temporary';

const installations = new Installations();
afterAll(async () => {
  cleanUp();
  await installations.close();
});

const at = (iso: string) => Date.parse(`${iso}+08:00`);
const noon = at('2026-03-20T12:00:00');

describe('zhengling directory check', () => {
  test('of files by themselves, with what they leave open', () => {
    const checked = checkedDirectory({ data: '/nowhere' }, [temporaryFile('city.yaml', small)]);
    expect(checked).toMatchObject({ ok: true, version: expect.stringMatching(/^small@/), problems: [] });
    expect(checked.remarks.map(({ what }) => what)).toEqual([
      'seats',
      'evm',
      'order',
      'portfolios',
      'party-group',
      'dsg',
    ]);
  });

  test('of an installation with all that rests on it', () => {
    const data = installations.city(
      [],
      { contacts: 'contacts.yaml' },
      { 'contacts.yaml': { contacts: [{ seat: 'D99-desk', channels: [{ email: 'a@example.org' }] }] } },
    );
    expect(checkedDirectory({ data }, [])).toEqual({
      ok: false,
      problems: [expect.stringMatching(/contacts\.yaml:2: the directory has no seat 'D99-desk'/)],
      remarks: [],
    });
  });

  test('nowhere', () => {
    expect(() => checkedDirectory({ data: '/nowhere' }, [])).toThrow(
      '/nowhere is not a data directory of zhengling; name files to check',
    );
  });
});

describe('what a directory leaves open', () => {
  test('of the shipped city: the fixed attendees have no known heads (5.35), and everything its page does not say', () => {
    const open = remarks(shippedDirectory(), noon);
    expect(open.map(({ what }) => what)).toEqual([
      'seats',
      'observers',
      'evm',
      'order',
      'portfolios',
      'party-group',
      'dsg',
    ]);
    expect(open.find(({ what }) => what === 'observers')?.about).toEqual([
      'X3-head',
      'D06-head',
      'D07-head',
      'D20-head',
    ]);
  });

  test('of a drill: what its assumptions do not fill', () => {
    expect(remarks(shippedDirectory('drill'), noon).map(({ what }) => what)).toEqual(['party-group', 'dsg']);
  });

  test('a Party group without its secretary is named as that', () => {
    const group = small.replace('persons:', '  - { id: pg-1, kind: pg-member, nameZh: 甲, nameHant: 甲 }\npersons:');
    const directory = directoryOf(`${group}holders:\n  - { seat: pg-1, person: person-1, source: n }\n`);
    expect(remarks(directory, noon).find(({ what }) => what === 'party-group')?.seen).toBe(
      'the Party group has no secretary',
    );
  });
});

test('zhengling directory show: what the questions are answered on a day', () => {
  const directory = directoryOf(`${small}holders:
  - { seat: mayor, person: person-1, to: 2026-03-20, source: n }
portfolios:
  - { seat: vm-1, units: [D01], source: n }
`);
  expect(shown(directory, noon)).toMatchObject({
    at: '2026-03-20',
    leaders: expect.arrayContaining([
      { seat: 'mayor', person: 'person-1' },
      { seat: 'sg', person: null },
    ]),
    members: { standing: [{ person: 'person-1', seats: ['mayor'] }], partyGroup: [] },
    units: [
      { unit: 'D01', inCharge: 'vm-1', 归口: null },
      { unit: 'D02', inCharge: null },
    ],
  });
  expect(shown(directory, at('2026-03-21T12:00:00'))).toMatchObject({ members: { standing: [] } });
});

test('zhengling directory history: holders by their days, and the days between them', () => {
  const directory = directoryOf(`${small}holders:
  - { seat: sg, person: person-1, to: 2026-02-27, source: a }
  - { seat: sg, person: person-2, from: 2026-03-02, source: b }
`);
  expect(heldOver(directory, 'sg')).toEqual([
    { from: null, to: '2026-02-27', person: 'person-1', name: '甲', source: 'a' },
    { from: '2026-02-28', to: '2026-03-01', person: null },
    { from: '2026-03-02', to: null, person: 'person-2', name: '乙', source: 'b' },
  ]);
  expect(heldOver(directory, 'mayor')).toEqual([]);
});

test('zhengling directory diff: entry by entry', () => {
  const before = directoryOf(`${small}holders:\n  - { seat: sg, person: person-1, source: a }\n`);
  const after = directoryOf(`${small.replace('nameZh: 乙局', 'nameZh: 丁局')}holders:
  - { seat: sg, person: person-1, to: 2026-03-01, source: a }
  - { seat: sg, person: person-2, from: 2026-03-02, source: b }
`);
  expect(differences(before.said, after.said)).toEqual([
    { section: 'units', entry: 'D02', kind: 'changed', fields: [{ field: 'nameZh', before: '乙局', after: '丁局' }] },
    {
      section: 'holders',
      entry: 'sg 2026-03-02',
      kind: 'added',
      said: { seat: 'sg', person: 'person-2', from: '2026-03-02', source: 'b' },
    },
    { section: 'holders', entry: 'sg', kind: 'changed', fields: [{ field: 'to', after: '2026-03-01' }] },
  ]);
  expect(differences(after.said, after.said)).toEqual([]);
  expect(differences(after.said, before.said).map(({ kind }) => kind)).toEqual(['changed', 'removed', 'changed']);
});

describe('after a merger the matters and messages of the old unit are the new one’s to read', () => {
  const merged = directoryOf(`${small.replace('乙局, source: page', '乙局, to: 2026-06-30, source: page')}holders:
  - { seat: D01-desk, person: person-1, source: n }
reorganisations:
  - { id: R1, from: 2026-07-01, units: { D02: D01 }, source: n }
`);
  const [last, first] = [at('2026-06-30T23:59:59.999'), at('2026-07-01T00:00:00')];
  const naming = z.strictObject({
    unit: z.string().meta({ directory: 'unit' }).optional(),
    seat: z.string().meta({ directory: 'seat' }).optional(),
  });
  test.each([
    ['unit', 'D02', 'unit-unknown'],
    ['seat', 'D02-head', 'seat-unknown'],
  ])('a %s of the old one can be named in its last moment, and no more from then on', (field, id, code) => {
    const asked = (instant: number) => unknownReference(naming, { [field]: id }, merged, instant);
    expect(asked(last)).toBeUndefined();
    expect(asked(first)).toMatchObject({ code, path: `payload.${field}` });
  });

  const caller = { kind: 'person', person: 'person-1', seats: ['D01-desk'], entrance: 'e', proof: 'token' } as const;
  const nothing = { leaders: [], awaited: [], acted: [], told: [] };
  const closed: Matter = { case: 'SI-1', procedure: 'supervision-item', units: ['D02'], ...nothing };
  const acted: Matter = { ...closed, units: [], acted: ['D02-desk'] };

  test.each([
    ['its matters', closed, 'own-unit'],
    ['what its people did', acted, 'acted'],
  ])('%s: in the last moment before not, from then on yes', (_, matter, ground) => {
    const asked = (instant: number) => mayRead(caller, matter, { directory: merged, auditors: [], at: instant });
    expect('refused' in asked(last)).toBe(true);
    expect(asked(first)).toEqual({ ok: { seat: 'D01-desk', ground } });
  });

  test('and stand in its lists and its inbox', () => {
    const scope = (instant: number) => readingScope(caller, { directory: merged, auditors: [], at: instant });
    expect([scope(last), scope(first)]).toEqual([
      { all: false, for: ['D01-desk', 'D01'] },
      { all: false, for: ['D01-desk', 'D01', 'D02'] },
    ]);
    expect(namesOf('D01-desk', { directory: merged }, last)).toEqual(['D01-desk', 'D01']);
    expect(namesOf('D01-desk', { directory: merged }, first)).toEqual(['D01-desk', 'D01', 'D02-desk', 'D02']);
  });
});
