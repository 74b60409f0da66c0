import { shippedDirectory } from '../../activities/directory';
import { directoryOf, small } from './small-city';
import { cleanUp } from './temporary';

afterAll(cleanUp);

const at = (iso: string) => Date.parse(`${iso}+08:00`);
const noon = at('2026-03-20T12:00:00');
const ids = (members: { person: { id: string } }[]) => members.map(({ person }) => person.id);
const city = shippedDirectory();
const drill = shippedDirectory('drill');

/** What is added to the city after its seats and persons. */
const named = (n: number) => Array.from({ length: n }, (_, i) => `person-${i + 3}`);
const richer = small
  .replace(
    'persons:',
    `  - { id: dsg-1, kind: dsg, nameZh: 副秘书长一, nameHant: 副秘書長一 }
  - { id: dsg-2, kind: dsg, nameZh: 副秘书长二, nameHant: 副秘書長二 }
  - { id: candidate-1, kind: candidate, nameZh: 候选人, nameHant: 候選人 }
  - { id: pg-secretary, kind: pg-secretary, nameZh: 党组书记, nameHant: 黨組書記 }
  - { id: pg-deputy, kind: pg-deputy, nameZh: 党组副书记, nameHant: 黨組副書記 }
  - { id: pg-1, kind: pg-member, nameZh: 党组成员, nameHant: 黨組成員 }
  - { id: pg-2, kind: pg-member, nameZh: 党组成员, nameHant: 黨組成員 }
  - { id: D01-deputy-2, kind: unit-deputy, unit: D01, nameZh: 甲局副局长, nameHant: 甲局副局長 }
  - { id: X1-deputy-2, kind: office-deputy, unit: X1, nameZh: 办公室副主任, nameHant: 辦公室副主任 }
persons:`,
  )
  .replace(
    'seats:',
    `  - { id: X1, kind: office-unit, nameZh: 办公室, nameHant: 辦公室, shortZh: 办公室, shortHant: 辦公室, source: page }
  - { id: X3, kind: commission, nameZh: 发改委, nameHant: 發改委, shortZh: 发改委, shortHant: 發改委, source: page }
  - { id: I1, kind: institution, nameZh: 中心, nameHant: 中心, shortZh: 中心, shortHant: 中心, source: page, legalScope: { article: 74, basis: stated } }
  - { id: A1, kind: agency, nameZh: 管委会, nameHant: 管委會, shortZh: 管委会, shortHant: 管委會, source: page, legalScope: { article: 74, basis: stated } }
  - { id: C1, kind: county, nameZh: 某区, nameHant: 某區, shortZh: 某区, shortHant: 某區, source: page }
  - { id: M1, kind: administered, under: D01, nameZh: 管理机构, nameHant: 管理機構, shortZh: 管理机构, shortHant: 管理機構, source: page }
  - { id: S1, kind: stationed, nameZh: 驻石单位, nameHant: 駐石單位, shortZh: 驻石单位, shortHant: 駐石單位, source: page }
  - { id: D03, kind: department, isMemberDepartment: false, nameZh: 丙局, nameHant: 丙局, shortZh: 丙局, shortHant: 丙局, source: page }
seats:`,
  )
  .concat(
    named(10)
      .map((id) => `  - { id: ${id}, nameZh: 丙, nameHant: 丙, active: true }\n`)
      .join(''),
  );

const held = directoryOf(`${richer}holders:
  - { seat: mayor, person: person-1, source: n }
  - { seat: vm-1, person: person-2, to: 2026-03-20, source: n }
  - { seat: sg, person: person-3, source: n }
  - { seat: pg-secretary, person: person-1, source: n }
  - { seat: pg-deputy, person: person-2, source: n }
  - { seat: pg-1, person: person-4, source: n }
  - { seat: candidate-1, person: person-4, source: n }
  - { seat: D01-head, person: person-2, source: n }
  - { seat: D03-head, person: person-5, source: n }
  - { seat: I1-head, person: person-6, source: n }
  - { seat: A1-head, person: person-7, source: n }
  - { seat: C1-head, person: person-8, source: n }
  - { seat: M1-head, person: person-9, source: n }
  - { seat: X1-head, person: person-10, source: n }
  - { seat: dsg-1, person: person-11, source: n }
  - { seat: D01-deputy-2, person: person-12, source: n }
portfolios:
  - { seat: vm-1, units: [D01], subjects: [教育, 科技], to: 2026-03-20, source: n }
  - { seat: vm-2, units: [D01], subjects: [教育], from: 2026-03-22, source: n }
  - { seat: mayor, units: [D02], subjects: [审计], source: n }
desks:
  - { seat: dsg-1, unit: D01, label: 归口, source: n }
  - { seat: dsg-2, unit: D01, label: 分管, source: n }
  - { seat: dsg-1, unit: D02, source: n }
  - { seat: dsg-2, subject: 教育, label: 归口, from: 2026-03-21, source: n }
`);

describe('members of the standing meeting: mayor, vice mayors and secretary-general in office (article 44, spec 3.6)', () => {
  test('of the shipped city nine, as its page names them; the candidate is none', () => {
    expect(city.members('standing', noon)).toHaveLength(9);
    expect(ids(city.members('standing', noon))).not.toContain('person-10');
  });

  test.each([
    ['in the last moment in office', '2026-03-20T23:59:59.999', ['person-1', 'person-2', 'person-3']],
    ['the moment after: the vacant seat does not count', '2026-03-21T00:00:00', ['person-1', 'person-3']],
  ])('%s', (_, instant, expected) => {
    expect(ids(held.members('standing', at(instant)))).toEqual(expected);
  });
});

describe('members of the Party group (article 43)', () => {
  test('whoever holds one of its seats, each once, a candidate among them', () => {
    expect(held.members('party-group', noon)).toMatchObject([
      { person: { id: 'person-1' }, seats: ['pg-secretary'] },
      { person: { id: 'person-2' }, seats: ['pg-deputy'] },
      { person: { id: 'person-4' }, seats: ['pg-1'] },
    ]);
  });

  test('of the shipped city nobody is known to be one: its page names none', () => {
    expect(city.members('party-group', noon)).toEqual([]);
  });
});

describe('members of the plenary: those of the standing meeting and the heads of member departments (articles 4, 42)', () => {
  test('a person with two seats is one member', () => {
    expect(held.members('plenary', noon)).toMatchObject([
      { person: { id: 'person-1' }, seats: ['mayor'] },
      { person: { id: 'person-2' }, seats: ['vm-1', 'D01-head'] },
      { person: { id: 'person-3' }, seats: ['sg'] },
    ]);
  });

  test('all 31 departments and the development and reform commission alike (5.34); not the Office, not affiliated units', () => {
    const departments = city.memberDepartments(noon);
    expect(departments).toHaveLength(32);
    expect(departments).toContain('X3');
    expect(departments.filter((id) => !/^D/.test(id))).toEqual(['X3']);
  });

  test('the files may say otherwise of a unit', () => {
    expect(held.memberDepartments(noon)).toEqual(['D01', 'D02', 'X3']);
  });

  test('only those the files flag, where units.memberSet has it so', () => {
    const flagged = directoryOf(
      small.replace('D02, kind: department', 'D02, kind: department, isMemberDepartment: true'),
    );
    expect([flagged.memberDepartments(noon), flagged.memberDepartments(noon, 'flagged')]).toEqual([
      ['D01', 'D02'],
      ['D02'],
    ]);
    expect(held.groupsOf('person-2', noon, true, 'flagged')).toEqual(['B']);
  });
});

describe('fixed attendees of the standing meeting (article 44, 5.35)', () => {
  test('heads of development and reform, justice, finance, audit; of the shipped city none is known', () => {
    expect(city.fixedAttendees(noon)).toEqual(
      ['X3-head', 'D06-head', 'D07-head', 'D20-head'].map((seat) => ({ seat, holder: undefined })),
    );
  });

  test('and every deputy secretary-general, held or not', () => {
    expect(held.fixedAttendees(noon).map(({ seat, holder }) => [seat, holder?.person.id])).toEqual([
      ['dsg-1', 'person-11'],
      ['dsg-2', undefined],
      ['X3-head', undefined],
    ]);
  });

  test('others, from a day on, where the files name them', () => {
    const named = directoryOf(`${richer}attendees:
  - { meeting: standing, seat: X3-head, to: 2026-03-20, source: n }
  - { meeting: standing, seat: D01-head, source: n }
`);
    const seats = (instant: string) => named.fixedAttendees(at(instant)).map(({ seat }) => seat);
    expect(seats('2026-03-20T23:59:59.999')).toEqual(['X3-head', 'D01-head']);
    expect(seats('2026-03-21T00:00:00')).toEqual(['D01-head']);
  });
});

describe('the vice mayor in charge of a unit or a field', () => {
  test.each([
    ['D01', '2026-03-20T23:59:59.999', 'vm-1', 'vm-1'],
    ['教育', '2026-03-20T23:59:59.999', 'vm-1', 'vm-1'],
    ['科技', '2026-03-21T00:00:00', undefined, undefined],
    ['D01', '2026-03-21T12:00:00', undefined, undefined],
    ['D01', '2026-03-22T00:00:00', 'vm-2', 'vm-2'],
    ['D02', '2026-03-20T12:00:00', undefined, 'mayor'],
    ['审计', '2026-03-20T12:00:00', undefined, 'mayor'],
    ['X1', '2026-03-20T12:00:00', undefined, undefined],
  ])('%s at %s: %s, and %s takes the step', (thing, instant, vmc, taking) => {
    expect(held.vmcOf(thing, at(instant))).toBe(vmc);
    expect(held.inCharge(thing, at(instant))?.seat).toBe(taking);
    expect(held.seatOf(`vmc:${thing}`, at(instant))).toBe(taking);
  });

  test('a unit in no portfolio is unassigned; only a unit the files put there stands directly under the mayor (5.38)', () => {
    expect(held.inCharge('X1', noon)).toBeUndefined();
    expect(held.inCharge('D02', noon)).toEqual({ seat: 'mayor', mayorDirect: true });
    expect(drill.inCharge('D07', noon)).toEqual({ seat: 'vm-1', mayorDirect: false });
  });
});

describe('the deputy secretary-general for a unit or a field, under 归口 and under 分管 (3.8, 5.39)', () => {
  test.each([
    ['D01', '归口', 'dsg-1'],
    ['D01', '分管', 'dsg-2'],
    ['D02', '归口', 'dsg-1'],
    ['D02', '分管', 'dsg-1'],
    ['教育', '归口', undefined],
    ['X3', '归口', undefined],
  ] as const)('%s %s: %s', (thing, label, seat) => {
    expect(held.dsgOf(thing, label, noon)).toBe(seat);
  });

  test('from its day on', () => {
    expect(held.dsgOf('教育', '归口', at('2026-03-21T00:00:00'))).toBe('dsg-2');
    expect(held.dsgOf('教育', '分管', at('2026-03-21T00:00:00'))).toBeUndefined();
  });
});

describe('whom a person asks for leave (3.4, articles 71 and 74)', () => {
  test.each([
    ['the mayor', 'person-1', ['A']],
    ['a vice mayor who heads a department: both', 'person-2', ['B', 'C']],
    ['the secretary-general', 'person-3', ['B']],
    ['a candidate, who is neither', 'person-4', []],
    ['the head of a department the files put outside the government', 'person-5', []],
    ['the head of an institution', 'person-6', ['C']],
    ['the head of an agency', 'person-7', ['C']],
    ['the head of a district', 'person-8', ['C']],
    ['the head of an administered body, of which article 71 does not speak', 'person-9', []],
    ['the head of the Office, which is no department', 'person-10', []],
    ['a deputy of a unit', 'person-12', []],
    ['nobody known', 'person-99', []],
  ])('%s', (_, person, groups) => {
    expect(held.groupsOf(person, noon)).toEqual(groups);
  });

  test('agencies and institutions only where the scope reaches them (5.70)', () => {
    expect(held.groupsOf('person-6', noon, false)).toEqual([]);
    expect(held.groupsOf('person-7', noon, false)).toEqual([]);
    expect(held.groupsOf('person-8', noon, false)).toEqual(['C']);
  });

  test('by the seats of that day', () => {
    expect(held.groupsOf('person-2', at('2026-03-21T00:00:00'))).toEqual(['C']);
  });
});

test('the seats of a person, and the head of a unit, on a day', () => {
  expect(held.seatsOf('person-2', noon)).toEqual(['vm-1', 'pg-deputy', 'D01-head']);
  expect(held.seatsOf('person-2', at('2026-03-21T00:00:00'))).toEqual(['pg-deputy', 'D01-head']);
  expect(held.headOf('D01', noon)?.person.id).toBe('person-2');
  expect(held.headOf('D02', noon)).toBeUndefined();
  expect(held.seat('D01-deputy-2')).toMatchObject({ kind: 'unit-deputy', unit: 'D01' });
});

test('who held a seat over time, by their days whatever the order of the lines', () => {
  const handed = directoryOf(`${richer}holders:
  - { seat: sg, person: person-2, from: 2026-03-02, source: n }
  - { seat: sg, person: person-1, to: 2026-02-27, source: n }
`);
  expect(handed.historyOf('sg').map(({ person, from, to }) => [person.id, from, to])).toEqual([
    ['person-1', undefined, '2026-02-27'],
    ['person-2', '2026-03-02', undefined],
  ]);
});

describe('the order of appointment (article 9)', () => {
  const orderOf = (lines: string) =>
    directoryOf(`${small}appointmentOrder:\n  - { ${lines}, source: n }\n`).appointmentOrder(noon);

  test.each([
    ['as a list', 'order: [vm-2, vm-1]'],
    ['by ranks, in any order', 'ranks: [{ seat: vm-1, rank: 2 }, { seat: vm-2, rank: 1 }]'],
    ['by days', 'ranks: [{ seat: vm-1, appointedOn: 2022-01-01 }, { seat: vm-2, appointedOn: 2021-12-31 }]'],
    [
      'by ranks where two were appointed on one day',
      'ranks: [{ seat: vm-1, rank: 2, appointedOn: 2022-01-01 }, { seat: vm-2, rank: 1, appointedOn: 2022-01-01 }]',
    ],
  ])('%s', (_, lines) => {
    expect(orderOf(lines)).toEqual(['vm-2', 'vm-1']);
  });
});

test('the version of the shipped city and its drill is that of its content, and of nothing else', () => {
  expect(city.version).toBe('shizuishan@92ad16dc2457');
  expect(drill.version).toBe('shizuishan+drill@3c15e972d962');
});

test('another directory is taken at once and wholly by whoever holds the old one', () => {
  const served = directoryOf(small);
  const held = served;
  const other = directoryOf(`${small}holders:\n  - { seat: sg, person: person-1, source: n }\n`);
  served.take(other);
  expect([held.version, held.holderOf('sg', noon)?.person.id]).toEqual([other.version, 'person-1']);
});
