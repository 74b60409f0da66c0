import { type Directory, loadDirectory, shippedFiles } from '../../activities/directory';
import { cleanUp, temporaryFile } from './temporary';

afterAll(cleanUp);

/** A small city without fault. Lines are numbered from 1; every case below changes or adds to it. */
const small = `name: small
units:
  - { id: D01, kind: department, nameZh: 甲局, nameHant: 甲局, shortZh: 甲局, shortHant: 甲局, source: page }
  - { id: D02, kind: department, nameZh: 乙局, nameHant: 乙局, shortZh: 乙局, shortHant: 乙局, source: page }
seats:
  - { id: mayor, kind: mayor, nameZh: 市长, nameHant: 市長 }
  - { id: vm-1, kind: vm, nameZh: 副市长一, nameHant: 副市長一 }
  - { id: vm-2, kind: vm, nameZh: 副市长二, nameHant: 副市長二 }
  - { id: sg, kind: sg, nameZh: 秘书长, nameHant: 秘書長 }
  - { id: party-secretary, kind: party-secretary, nameZh: 市委书记, nameHant: 市委書記 }
persons:
  - { id: person-1, nameZh: 甲, nameHant: 甲, active: true }
  - { id: person-2, nameZh: 乙, nameHant: 乙, active: true }
`;
const added = small.split('\n').length;

function load(text: string): { ok: Directory } | { errors: string[] } {
  return loadDirectory([temporaryFile('city.yaml', text)]);
}

/** The complaints, with the name of the file instead of its path. */
function complaints(text: string): string[] {
  const loaded = load(text);
  const errors = 'errors' in loaded ? loaded.errors : [];
  return errors.map((error) => error.replace(/\S*\/(city\.yaml)/g, (_, name: string) => name));
}

function loadedWith(addition: string): Directory {
  const loaded = load(small + addition);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
}

const at = (iso: string) => Date.parse(`${iso}+08:00`);

test('the small city itself has no fault', () => {
  expect(complaints(small)).toEqual([]);
});

describe('what is wrong is told by file, line and what is expected', () => {
  test.each([
    [
      'two holders of one seat at one time',
      `${small}holders:
  - { seat: mayor, person: person-1, source: page }
  - { seat: mayor, person: person-2, from: 2026-03-01, source: page }
`,
      `city.yaml:${added + 2}: 'mayor' is held by 'person-2' (from 2026-03-01), but 'mayor' is held by 'person-1' (always) at city.yaml:${added + 1}; periods must not share a day`,
    ],
    [
      'periods that share one day',
      `${small}holders:
  - { seat: sg, person: person-1, to: 2026-03-01, source: page }
  - { seat: sg, person: person-2, from: 2026-03-01, source: page }
`,
      `city.yaml:${added + 2}: 'sg' is held by 'person-2' (from 2026-03-01), but 'sg' is held by 'person-1' (to 2026-03-01) at city.yaml:${added + 1}; periods must not share a day`,
    ],
    [
      'the seat of an unknown unit',
      `${small}holders:
  - { seat: D99-head, person: person-1, source: page }
`,
      `city.yaml:${added + 1}: there is no unit 'D99'; expected one of the ids under 'units'`,
    ],
    [
      'an unknown seat',
      `${small}holders:
  - { seat: vm-9, person: person-1, source: page }
`,
      `city.yaml:${added + 1}: there is no seat 'vm-9'; expected an id under 'seats', or a unit's head, deputy or desk such as D07-head`,
    ],
    [
      'an unknown person',
      `${small}holders:
  - { seat: mayor, person: person-9, source: page }
`,
      `city.yaml:${added + 1}: nobody has the id 'person-9'; expected one of the ids under 'persons'`,
    ],
    [
      'a holder who is no longer active',
      `${small.replace('nameHant: 乙, active: true', 'nameHant: 乙, active: false')}holders:
  - { seat: sg, person: person-2, source: page }
`,
      `city.yaml:${added + 1}: 'person-2' is no longer active but holds 'sg' without an end; expected 'to'`,
    ],
    [
      'a period that ends before it begins',
      `${small}holders:
  - { seat: sg, person: person-2, from: 2026-03-02, to: 2026-03-01, source: page }
`,
      `city.yaml:${added + 1}: ends on 2026-03-01, before it begins on 2026-03-02; expected 'to' on or after 'from'`,
    ],
    [
      'a day that does not exist',
      `${small}holders:
  - { seat: sg, person: person-2, from: 2026-02-30, source: page }
`,
      `city.yaml:${added + 1}: holders[0].from expected a day such as 2026-03-20, found "2026-02-30"`,
    ],
    [
      'a field nobody knows',
      `${small}holders:
  - { seat: sg, person: person-2, since: 2026-02-28, source: page }
`,
      `city.yaml:${added + 1}: holders[0] has no field 'since'`,
    ],
    [
      'a field left out',
      `${small}holders:
  - seat: sg
    person: person-2
`,
      `city.yaml:${added + 1}: holders[0].source is missing; expected a text that is not empty`,
    ],
    [
      'a kind of unit that does not exist',
      small.replace('D02, kind: department', 'D02, kind: ministry'),
      'city.yaml:4: units[1].kind expected one of department, commission, office-unit, institution, agency, county',
    ],
    [
      'a unit twice',
      small.replace('id: D02', 'id: D01'),
      "city.yaml:4: the unit 'D01' is there already, at city.yaml:3; an id names one unit",
    ],
    [
      'the seat of a unit listed by hand',
      small.replace('persons:', '  - { id: D01-head, kind: vm, nameZh: 甲, nameHant: 甲 }\npersons:'),
      "city.yaml:11: the seat 'D01-head' exists with its unit; take the line out",
    ],
    [
      'a seat the rules cannot do without left out',
      small.replace(/ {2}- \{ id: sg.*\n/, ''),
      "city.yaml:6: no seat of kind 'sg' under 'seats'; the rules cannot do without it",
    ],
    [
      'a second mayor',
      small.replace('id: vm-2, kind: vm', 'id: mayor-2, kind: mayor'),
      "city.yaml:8: a second seat of kind 'mayor'; there is one, 'mayor'",
    ],
    [
      'an agency to which nothing says that the rules apply',
      small.replace('D02, kind: department', 'A01, kind: agency'),
      'city.yaml:4: A01 is an agency: the rules apply to it by article 74; expected legalScope: { article: 74, … }',
    ],
    [
      'an executive vice mayor who is no vice mayor',
      `${small}functions:
  - { function: evm, seat: sg, source: page }
`,
      `city.yaml:${added + 1}: 'sg' cannot be evm; expected the seat of a vice mayor, or unassigned`,
    ],
    [
      'a unit in two portfolios at one time',
      `${small}portfolios:
  - { seat: vm-1, units: [D01, D02], source: page }
  - { seat: vm-2, units: [D02], source: page }
`,
      `city.yaml:${added + 2}: unit 'D02' is in the portfolio of 'vm-2' (always), but unit 'D02' is in the portfolio of 'vm-1' (always) at city.yaml:${added + 1}; periods must not share a day`,
    ],
    [
      'an order of appointment that leaves someone out',
      `${small}appointmentOrder:
  - { order: [vm-2], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment leaves out vm-1; expected every vice mayor`,
    ],
    [
      'an order of appointment that names someone twice',
      `${small}appointmentOrder:
  - { order: [vm-2, vm-1, vm-2], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment names vm-2 more than once`,
    ],
    [
      'an order of appointment with someone who is not in it',
      `${small}appointmentOrder:
  - { order: [vm-2, vm-1, sg], source: page }
`,
      `city.yaml:${added + 1}: 'sg' is not in the order of appointment; only the seats of vice mayors are`,
    ],
    [
      'a desk for an unknown unit',
      `${small}desks:
  - { seat: sg, unit: D09, label: 归口, source: page }
`,
      `city.yaml:${added + 1}: there is no unit 'D09'; expected one of the ids under 'units'`,
    ],
    ['text that is no YAML', 'units:\n  - { id: D01\n', /^city\.yaml:\d: not valid YAML: /],
    ['a key written twice', 'name: one\nname: two\n', 'city.yaml:2: not valid YAML: Map keys must be unique'],
    ['a file that is no mapping', '- D01\n', 'city.yaml:1: expected a mapping of fields'],
  ])('%s', (_, text, complaint) => {
    const found = complaints(text);
    if (typeof complaint === 'string') expect(found).toContain(complaint);
    else expect(found).toContainEqual(expect.stringMatching(complaint));
  });

  test('all complaints are told at once', () => {
    const two = `${small}holders:
  - { seat: vm-9, person: person-9, source: page }
`;
    expect(complaints(two)).toHaveLength(2);
  });

  test('a file that is not there is named', () => {
    const loaded = loadDirectory(['/nowhere/city.yaml']);
    expect('errors' in loaded && loaded.errors).toEqual([
      '/nowhere/city.yaml: cannot be read (ENOENT); expected a YAML file',
    ]);
  });

  test('no file at all is no directory', () => {
    expect(loadDirectory([])).toEqual({ errors: ['no directory file was named; expected at least one'] });
  });
});

describe('periods', () => {
  const handedOver = loadedWith(`holders:
  - { seat: sg, person: person-1, to: 2026-03-01, source: page }
  - { seat: sg, person: person-2, from: 2026-03-02, to: 2026-03-31, source: page }
functions:
  - { function: evm, seat: vm-1, to: 2026-03-01, source: page }
  - { function: evm, seat: vm-2, from: 2026-03-03, source: page }
`);

  test.each([
    ['in the last moment of the last day', '2026-03-01T23:59:59.999', 'person-1'],
    ['the moment after, at 24:00', '2026-03-02T00:00:00', 'person-2'],
    ['in the last moment of the successor', '2026-03-31T23:59:59.999', 'person-2'],
    ['the moment after, without a successor', '2026-04-01T00:00:00', undefined],
  ])('the holder %s', (_, instant, person) => {
    expect(handedOver.holderOf('sg', at(instant))?.person.id).toBe(person);
  });

  test.each([
    ['2026-03-01T23:59:59.999', 'vm-1'],
    ['2026-03-02T00:00:00', undefined],
    ['2026-03-02T23:59:59.999', undefined],
    ['2026-03-03T00:00:00', 'vm-2'],
  ])('the executive vice mayor at %s', (instant, seat) => {
    expect(handedOver.seatOf('evm', at(instant))).toBe(seat);
  });

  test('the seats of a unit that has been dissolved are no places to send to', () => {
    const merged = load(
      `${small.replace('乙局, source: page', '乙局, to: 2026-06-30, source: page')}holders:
  - { seat: D02-head, person: person-1, source: page }
`,
    );
    if ('errors' in merged) throw new Error(merged.errors.join('\n'));
    expect(merged.ok.seatOf('D02-head', at('2026-06-30T23:59:59.999'))).toBe('D02-head');
    expect(merged.ok.seatOf('D02-head', at('2026-07-01T00:00:00'))).toBeUndefined();
    expect(merged.ok.holderOf('D02-head', at('2026-07-01T00:00:00'))).toBeUndefined();
  });
});

describe('several files and the overlay', () => {
  const overlay = { file: shippedFiles().overlay, kind: 'drill' } as const;
  const drillWith = (text: string) => loadDirectory([shippedFiles().city, temporaryFile('more.yaml', text)], overlay);

  test('a second file adds to the first', () => {
    const loaded = loadDirectory([
      temporaryFile('city.yaml', small),
      temporaryFile('more.yaml', 'holders:\n  - { seat: D01-head, person: person-1, source: notice 3 }\n'),
    ]);
    expect('ok' in loaded && loaded.ok.holderOf('D01-head', 0)?.source).toBe('notice 3');
  });

  test('an assumption never replaces what the city says', () => {
    const loaded = drillWith(`functions:
  - { function: evm, seat: vm-4, from: 2026-01-01, source: notice 1 }
portfolios:
  - { seat: vm-6, units: [D07], source: notice 2 }
holders:
  - { seat: D07-head, person: person-10, source: notice 3 }
`);
    if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
    const { ok: filled } = loaded;
    const now = at('2026-03-20T12:00:00');
    expect([filled.seatOf('evm', now), filled.vmcOf('D07', now), filled.vmcOf('D20', now)]).toEqual([
      'vm-4',
      'vm-6',
      'vm-1',
    ]);
    expect(filled.holderOf('D07-head', now)?.source).toBe('notice 3');
  });

  test('after the last holder has gone a stand-in takes the seat', () => {
    const loaded = drillWith('holders:\n  - { seat: D07-head, person: person-10, to: 2026-03-01, source: notice 3 }\n');
    if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
    const last = loaded.ok.holderOf('D07-head', at('2026-03-01T23:59:59.999'));
    const next = loaded.ok.holderOf('D07-head', at('2026-03-02T00:00:00'));
    expect([last?.assumption, next?.assumption]).toEqual([undefined, true]);
  });
});
