import { readFileSync, writeFileSync } from 'node:fs';
import { type Directory, loadDirectory, shippedFiles } from '../../activities/directory';
import { added, complaints, directoryOf, small } from './small-city';
import { cleanUp, temporaryFile } from './temporary';

afterAll(cleanUp);

const load = (text: string) => loadDirectory([temporaryFile('city.yaml', text)]);
const loadedWith = (addition: string): Directory => directoryOf(small + addition);

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
      'city.yaml:4: units[1].kind expected one of department, commission, office-unit, institution, agency, county, administered, stationed',
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
    [
      'a gap in the order of appointment',
      `${small}appointmentOrder:
  - { ranks: [{ seat: vm-1, rank: 1 }, { seat: vm-2, rank: 3 }], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment has a gap: nobody has rank 2; expected 1 to 2 without one`,
    ],
    [
      'a tie in the order of appointment',
      `${small}appointmentOrder:
  - { ranks: [{ seat: vm-1, rank: 1 }, { seat: vm-2, rank: 1 }], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment is tied: vm-1 and vm-2 both have the rank 1; expected each rank once`,
    ],
    [
      'two appointed on one day and no rank',
      `${small}appointmentOrder:
  - { ranks: [{ seat: vm-1, appointedOn: 2022-01-01 }, { seat: vm-2, appointedOn: 2022-01-01 }], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment is tied: vm-1 and vm-2 both have the day of appointment 2022-01-01; expected a rank for each`,
    ],
    [
      'some with a rank and some without',
      `${small}appointmentOrder:
  - { ranks: [{ seat: vm-1, rank: 1 }, { seat: vm-2, appointedOn: 2022-01-01 }], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment gives some a rank and others none; expected a rank for each`,
    ],
    [
      'neither rank nor day',
      `${small}appointmentOrder:
  - { ranks: [{ seat: vm-1 }, { seat: vm-2 }], source: page }
`,
      `city.yaml:${added + 1}: the order of appointment gives neither rank nor day of appointment for vm-1, vm-2`,
    ],
    [
      'an order that is none',
      `${small}appointmentOrder:
  - { source: page }
`,
      `city.yaml:${added + 1}: expected either order, a list of seats, or ranks, a list of seat with rank or appointedOn`,
    ],
    [
      'a candidate in the order of appointment',
      `${small.replace('persons:', '  - { id: candidate-1, kind: candidate, nameZh: 候选人, nameHant: 候選人 }\npersons:')}appointmentOrder:
  - { ranks: [{ seat: vm-1, rank: 1 }, { seat: vm-2, rank: 2 }, { seat: candidate-1, rank: 3 }], source: page }
`,
      `city.yaml:${added + 2}: 'candidate-1' is not in the order of appointment; only the seats of vice mayors are`,
    ],
    [
      'a candidate who is vice mayor already',
      `${small.replace('persons:', '  - { id: candidate-1, kind: candidate, nameZh: 候选人, nameHant: 候選人 }\npersons:')}holders:
  - { seat: candidate-1, person: person-1, source: page }
  - { seat: vm-2, person: person-1, from: 2026-03-01, source: page }
`,
      `city.yaml:${added + 3}: 'person-1' holds 'vm-2' (from 2026-03-01) and is still a candidate (always) at city.yaml:${added + 2}; expected 'to' there, on the day before`,
    ],
    [
      'a field in two portfolios at one time',
      `${small}portfolios:
  - { seat: vm-1, subjects: [教育], to: 2026-03-01, source: page }
  - { seat: vm-2, subjects: [教育], from: 2026-03-01, source: page }
`,
      `city.yaml:${added + 2}: subject '教育' is in the portfolio of 'vm-2' (from 2026-03-01), but subject '教育' is in the portfolio of 'vm-1' (to 2026-03-01) at city.yaml:${added + 1}; periods must not share a day`,
    ],
    [
      'a portfolio of nothing',
      `${small}portfolios:
  - { seat: vm-1, source: page }
`,
      `city.yaml:${added + 1}: a portfolio of nothing; expected units or subjects`,
    ],
    [
      'a unit among the fields',
      `${small}portfolios:
  - { seat: vm-1, subjects: [D01], source: page }
`,
      `city.yaml:${added + 1}: 'D01' is no field of work; expected it under units`,
    ],
    [
      'a portfolio of the secretary-general',
      `${small}portfolios:
  - { seat: sg, units: [D01], source: page }
`,
      `city.yaml:${added + 1}: 'sg' has no portfolio; expected the seat of a vice mayor, or mayor for what has none`,
    ],
    [
      'a desk that is no deputy secretary-general',
      `${small}desks:
  - { seat: sg, unit: D01, label: 归口, source: page }
`,
      `city.yaml:${added + 1}: 'sg' is no deputy secretary-general; expected a seat of kind 'dsg'`,
    ],
    [
      'two desks for one unit, one of them under both labels',
      `${small.replace('persons:', '  - { id: dsg-1, kind: dsg, nameZh: 甲, nameHant: 甲 }\n  - { id: dsg-2, kind: dsg, nameZh: 乙, nameHant: 乙 }\npersons:')}desks:
  - { seat: dsg-1, unit: D01, source: page }
  - { seat: dsg-2, unit: D01, label: 分管, source: page }
`,
      `city.yaml:${added + 4}: the desk 分管 of 'D01' is 'dsg-2' (always), but the desk 分管 of 'D01' is 'dsg-1' (always) at city.yaml:${added + 3}; periods must not share a day`,
    ],
    [
      'a desk for nothing',
      `${small.replace('persons:', '  - { id: dsg-1, kind: dsg, nameZh: 甲, nameHant: 甲 }\npersons:')}desks:
  - { seat: dsg-1, source: page }
`,
      `city.yaml:${added + 2}: expected either unit or subject`,
    ],
    [
      'a member as an attendee of his own meeting',
      `${small}attendees:
  - { meeting: standing, seat: sg, source: page }
`,
      `city.yaml:${added + 1}: 'sg' is a member of the standing meeting; expected a seat that attends it without being one`,
    ],
    [
      'a further deputy without a unit',
      small.replace('persons:', '  - { id: D01-deputy-2, kind: unit-deputy, nameZh: 甲, nameHant: 甲 }\npersons:'),
      `city.yaml:${added - 3}: 'D01-deputy-2' is a seat of kind 'unit-deputy'; expected unit, such as D07`,
    ],
    [
      'a further deputy with an id of another unit',
      small.replace(
        'persons:',
        '  - { id: D02-deputy-2, kind: unit-deputy, unit: D01, nameZh: 甲, nameHant: 甲 }\npersons:',
      ),
      `city.yaml:${added - 3}: a further deputy of D01 has an id such as D01-deputy-2, found 'D02-deputy-2'`,
    ],
    [
      'a deputy director of the Office elsewhere',
      small.replace(
        'persons:',
        '  - { id: D01-deputy-2, kind: office-deputy, unit: D01, nameZh: 甲, nameHant: 甲 }\npersons:',
      ),
      `city.yaml:${added - 3}: a seat of kind 'office-deputy' belongs to X1, the Office; found D01`,
    ],
    [
      'a second secretary of the Party group',
      small.replace(
        'persons:',
        '  - { id: pg-1, kind: pg-secretary, nameZh: 甲, nameHant: 甲 }\n  - { id: pg-2, kind: pg-secretary, nameZh: 乙, nameHant: 乙 }\npersons:',
      ),
      `city.yaml:${added - 2}: a second seat of kind 'pg-secretary'; a Party group has one`,
    ],
    [
      'a department that stands under another',
      small.replace('D02, kind: department', 'D02, kind: department, under: D01'),
      "city.yaml:4: D02 is of kind 'department'; only one of kind 'administered' stands under a department",
    ],
    ['an empty file', '', 'city.yaml:1: expected a mapping of fields'],
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

  test('a file that is not UTF-8 is named with the line, and what it seems to be', () => {
    const file = temporaryFile('city.yaml', '');
    writeFileSync(file, Buffer.concat([Buffer.from('name: small\n# '), Buffer.from([0xb2, 0xc6, 0xd5, 0xfe])]));
    const loaded = loadDirectory([file]);
    expect('errors' in loaded && loaded.errors).toEqual([
      `${file}:2: is not UTF-8 (it reads as GB18030); expected the file saved as UTF-8`,
    ]);
    writeFileSync(file, Buffer.from(`\ufeff${small}`, 'utf16le'));
    expect(loadDirectory([file])).toEqual({
      errors: [`${file}:1: is not UTF-8 (it looks like UTF-16); expected the file saved as UTF-8`],
    });
    writeFileSync(file, `\ufeff${small}`);
    expect('ok' in loadDirectory([file])).toBe(true);
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

describe('a reorganisation that cannot be followed', () => {
  /** D02 goes into D01 on the first of July, and everything of it has ended. */
  const merged = small.replace('乙局, source: page', '乙局, to: 2026-06-30, source: page');
  const change = 'reorganisations:\n  - { id: R1, from: 2026-07-01, units: { D02: D01 }, source: n }\n';
  const third =
    '  - { id: D03, kind: department, nameZh: 丙局, nameHant: 丙局, shortZh: 丙局, shortHant: 丙局, source: n }\nseats:';

  test('one that can', () => {
    expect(complaints(merged + change)).toEqual([]);
    expect(
      complaints(`${merged}holders:\n  - { seat: D02-head, person: person-1, to: 2026-06-30, source: n }\n${change}`),
    ).toEqual([]);
  });

  test.each([
    [
      'a unit that has not ended',
      small + change,
      `city.yaml:4: D02 goes into D01 on 2026-07-01, by city.yaml:${added + 1}; expected to: 2026-06-30`,
    ],
    [
      'a unit that ends a day too late',
      merged.replace('2026-06-30', '2026-07-01') + change,
      `city.yaml:4: D02 goes into D01 on 2026-07-01, by city.yaml:${added + 1}; expected to: 2026-06-30`,
    ],
    [
      'an unknown unit',
      merged + change.replace('D02: D01', 'D09: D01'),
      `city.yaml:${added + 1}: there is no unit 'D09'; expected one of the ids under 'units'`,
    ],
    [
      'a merged unit that still holds a seat',
      `${merged}holders:\n  - { seat: D02-head, person: person-1, source: n }\n${change}`,
      `city.yaml:${added + 1}: 'person-1' holds 'D02-head' always, but D02 ends; expected to: 2026-06-30`,
    ],
    [
      'a merged unit that is still in a portfolio',
      `${merged}portfolios:\n  - { seat: vm-1, units: [D01, D02], source: n }\n${change}`,
      `city.yaml:${added + 1}: D02 is in the portfolio of 'vm-1' always, but ends; expected to: 2026-06-30, and a new line without it`,
    ],
    [
      'a merged unit whose head still attends',
      `${merged}attendees:\n  - { meeting: standing, seat: D02-head, source: n }\n${change}`,
      `city.yaml:${added + 1}: 'D02-head' attends the standing meeting always, but D02 ends; expected to: 2026-06-30`,
    ],
    [
      'a unit that is not there yet',
      merged.replace('甲局, source: page', '甲局, from: 2026-07-02, source: page') + change,
      `city.yaml:${added + 1}: D02 goes into D01 on 2026-07-01, but D01 is there from 2026-07-02; expected it to be there then`,
    ],
    [
      'a unit that ends twice',
      `${merged.replace('seats:', third)}${change}  - { id: R2, from: 2026-08-01, units: { D02: D03 }, source: n }\n`,
      `city.yaml:${added + 3}: D02 has gone into another unit already, at city.yaml:${added + 2}; a unit ends once`,
    ],
    [
      'a circle',
      `${merged.replace('甲局, source: page', '甲局, to: 2026-07-31, source: page')}${change}  - { id: R2, from: 2026-08-01, units: { D01: D02 }, source: n }\n`,
      `city.yaml:${added + 2}: D01 goes into D02, which comes back to D01; expected an end: give a unit that is founded anew an id of its own`,
    ],
    [
      'a unit that goes into itself',
      merged + change.replace('D02: D01', 'D02: D02'),
      `city.yaml:${added + 1}: D02 goes into itself; expected another unit`,
    ],
    [
      'nothing',
      merged + change.replace('{ D02: D01 }', '{}'),
      `city.yaml:${added + 1}: a reorganisation of nothing; expected units: { D07: D32 }`,
    ],
    [
      'one id twice',
      `${merged}${change}  - { id: R1, from: 2026-08-01, units: { D02: D01 }, source: n }\n`,
      `city.yaml:${added + 2}: the reorganisation 'R1' is there already, at city.yaml:${added + 1}`,
    ],
    [
      'a day that is none',
      merged + change.replace('2026-07-01', '1 July'),
      `city.yaml:${added + 1}: reorganisations[0].from expected a day such as 2026-03-20, found "1 July"`,
    ],
  ])('%s', (_, text, complaint) => {
    expect(complaints(text)).toContain(complaint);
  });

  test('after it, what is told to a seat of the old unit is told to the new one', () => {
    const directory = directoryOf(`${merged}portfolios:\n  - { seat: vm-1, units: [D01], source: n }\n${change}`);
    const [before, after] = [at('2026-06-30T23:59:59.999'), at('2026-07-01T00:00:00')];
    expect(['D02-head', 'D02-desk', 'vmc:D02'].map((seat) => directory.seatOf(seat, before))).toEqual([
      'D02-head',
      'D02-desk',
      undefined,
    ]);
    expect(['D02-head', 'D02-desk', 'vmc:D02'].map((seat) => directory.seatOf(seat, after))).toEqual([
      'D01-head',
      'D01-desk',
      'vm-1',
    ]);
    expect([directory.successorsOf('D02', before), directory.successorsOf('D02', after)]).toEqual([['D02'], ['D01']]);
    expect([directory.predecessorsOf('D01', before), directory.predecessorsOf('D01', after)]).toEqual([[], ['D02']]);
    expect(directory.holderOf('D02-head', after)).toBeUndefined();
  });

  test('after a split nobody is guessed at', () => {
    const split = merged.replace('seats:', third) + change.replace('D02: D01', 'D02: [D01, D03]');
    const directory = directoryOf(split);
    const after = at('2026-07-01T00:00:00');
    expect(directory.successorsOf('D02', after)).toEqual(['D01', 'D03']);
    expect(directory.seatOf('D02-desk', after)).toBeUndefined();
    expect(directory.predecessorsOf('D01', after)).toEqual([]);
  });

  test('one after another is followed to its end', () => {
    const twice = merged.replace('甲局, source: page', '甲局, to: 2026-12-31, source: page').replace('seats:', third);
    const directory = directoryOf(
      `${twice}${change}  - { id: R2, from: 2027-01-01, units: { D01: D03 }, source: n }\n`,
    );
    expect(directory.seatOf('D02-head', at('2026-12-31T23:59:59.999'))).toBe('D01-head');
    expect(directory.seatOf('D02-head', at('2027-01-01T00:00:00'))).toBe('D03-head');
    expect(directory.predecessorsOf('D03', at('2027-01-01T00:00:00'))).toEqual(['D01', 'D02']);
  });

  test('a part that keeps the name stays', () => {
    const split = small.replace('seats:', third) + change.replace('D02: D01', 'D02: [D02, D03]');
    const directory = directoryOf(split);
    expect(directory.seatOf('D02-desk', at('2026-07-01T00:00:00'))).toBe('D02-desk');
    expect(directory.successorsOf('D02', at('2026-07-01T00:00:00'))).toEqual(['D02', 'D03']);
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

  test('a unit that ends has stand-ins and a vice mayor in charge until then, and a drill can be played on it', () => {
    const merged = readFileSync(shippedFiles().city, 'utf8').replace(
      'shortHant: 財政局,',
      'shortHant: 財政局,\n      to: 2026-06-30,',
    );
    const city = temporaryFile('city.yaml', merged);
    const change = 'reorganisations:\n  - { id: R1, from: 2026-07-01, units: { D07: D20 }, source: n }\n';
    const loaded = loadDirectory([city, temporaryFile('more.yaml', change)], overlay);
    if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
    expect(loaded.ok.holderOf('D07-head', at('2026-06-30T23:59:59.999'))?.assumption).toBe(true);
    expect(loaded.ok.seatOf('D07-head', at('2026-07-01T00:00:00'))).toBe('D20-head');
  });

  test('after the last holder has gone a stand-in takes the seat', () => {
    const loaded = drillWith('holders:\n  - { seat: D07-head, person: person-10, to: 2026-03-01, source: notice 3 }\n');
    if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
    const last = loaded.ok.holderOf('D07-head', at('2026-03-01T23:59:59.999'));
    const next = loaded.ok.holderOf('D07-head', at('2026-03-02T00:00:00'));
    expect([last?.assumption, next?.assumption]).toEqual([undefined, true]);
  });
});
