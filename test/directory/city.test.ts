import { loadDirectory, shippedDirectory, shippedFiles } from '../../activities/directory';
import { label } from '../../locale';

const noon = Date.parse('2026-03-20T12:00:00+08:00');
const city = shippedDirectory();

describe('the shipped city: what its public page gives, and nothing more', () => {
  test('31 departments, 3 units named in the rules only, 4 institutions, 4 agencies, 3 counties', () => {
    const counted = (letter: string) => city.units.filter((unit) => unit.id.startsWith(letter)).length;
    expect(city.units).toHaveLength(31 + 3 + 4 + 4 + 3);
    expect({ D: counted('D'), X: counted('X'), I: counted('I'), A: counted('A'), C: counted('C') }).toEqual({
      D: 31,
      X: 3,
      I: 4,
      A: 4,
      C: 3,
    });
    expect(city.units.filter((unit) => unit.source === 'rulebook').map((unit) => unit.shortZh)).toEqual([
      '政府办公室',
      '政府督查室',
      '市发改委',
    ]);
  });

  test('the departments are 28 bureaus, 2 commissions and 1 office, numbered in the order of the page', () => {
    const kinds = city.units.filter((unit) => unit.id.startsWith('D')).map((unit) => unit.kind);
    expect(kinds.filter((kind) => kind === 'department')).toHaveLength(28);
    expect(kinds.filter((kind) => kind === 'commission')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'office-unit')).toHaveLength(1);
    expect(['D01', 'D07', 'D17', 'D20', 'D31'].map((id) => city.unit(id)?.nameHant)).toEqual([
      '石嘴山市教育體育局',
      '石嘴山市財政局',
      '石嘴山市衞生健康委員會',
      '石嘴山市審計局',
      '石嘴山市人民防空辦公室',
    ]);
    expect(city.unit('D22')?.nameZh).toBe('石嘴山市人民政府国有资产监督管理委员会');
  });

  test('the rules apply to institutions and agencies by article 74, and to no other unit by it', () => {
    const by74 = city.units.filter((unit) => unit.legalScope?.article === 74).map((unit) => unit.id);
    expect(by74).toEqual(['I1', 'I2', 'I3', 'I4', 'A1', 'A2', 'A3', 'A4']);
  });

  test('every unit has a head, a deputy and a desk', () => {
    const missing = city.units.flatMap((unit) =>
      ['head', 'deputy', 'desk'].filter((position) => city.seat(`${unit.id}-${position}`)?.unit !== unit.id),
    );
    expect(missing).toEqual([]);
    expect(city.seats).toHaveLength(12 + 45 * 3);
  });

  test('the mayor, the vice mayors in the order of the page, the secretary-general and the candidate hold their seats', () => {
    const vms = city.seats.filter((seat) => seat.kind === 'vm').map((seat) => seat.id);
    expect(vms).toEqual(['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5', 'vm-6', 'vm-7']);
    expect(vms.map((seat) => city.holderOf(seat, noon)?.person.nameHant)).toEqual([
      '孫鋒彪',
      '高延飛',
      '董立軍',
      '楊帆',
      '周曉濤',
      '王宇翔',
      '馬自',
    ]);
    expect(['mayor', 'sg', 'candidate-1'].map((seat) => city.holderOf(seat, noon)?.person.nameHant)).toEqual([
      '王偉',
      '劉世恩',
      '張新',
    ]);
  });

  test('only the name that looks cut off on the page is marked as uncertain', () => {
    expect(city.persons.filter((person) => person.nameUncertain).map((person) => person.nameHant)).toEqual(['馬自']);
  });

  test('no seat of a unit has a holder, nor the Party secretary and his office', () => {
    const unassigned = city.seats.filter((seat) => !city.holderOf(seat.id, noon)).map((seat) => seat.id);
    expect(unassigned).toHaveLength(45 * 3 + 2);
    expect(unassigned).toContain('D07-head');
    expect(unassigned).toEqual(expect.arrayContaining(['party-secretary', 'party-office']));
  });

  test('who is executive vice mayor, who is in charge of a unit, and the order of appointment are unassigned', () => {
    expect(city.seatOf('evm', noon)).toBeUndefined();
    expect(city.seatOf('vmc:D07', noon)).toBeUndefined();
    expect(city.appointmentOrder(noon)).toBeUndefined();
  });

  test('a seat that has no holder is still a place to send to; one that does not exist is none', () => {
    expect(city.seatOf('D07-desk', noon)).toBe('D07-desk');
    expect(city.seatOf('D99-desk', noon)).toBeUndefined();
  });

  test('names follow the script asked for, and an unknown id is given back', () => {
    expect(city.nameOf('D07-head', 'hans')).toBe('财政局主要负责人');
    expect(city.nameOf('D07-head', 'hant')).toBe('財政局主要負責人');
    expect(city.nameOf('D07', 'hant')).toBe('財政局');
    expect(city.nameOf('evm', 'hant')).toBe('常務副市長');
    expect(city.nameOf('D99', 'hans')).toBe('D99');
  });

  test('it carries no mark', () => {
    expect(city.mark).toBeUndefined();
    expect(city.version).toMatch(/^shizuishan@[0-9a-f]{12}$/);
  });
});

describe.each([
  ['drill', '演练', '【演練】'],
  ['demo', '演示', '【演示】'],
] as const)('the overlay for a %s', (kind, suffix, mark) => {
  const filled = shippedDirectory(kind);

  test('fills every seat, and marks itself', () => {
    expect(filled.seats.filter((seat) => !filled.holderOf(seat.id, noon))).toEqual([]);
    expect(filled.mark?.hant).toBe(mark);
    expect(filled.mark).toMatchObject({ hans: label(`mark.${kind}`, 'hans'), hant: label(`mark.${kind}`, 'hant') });
    expect(filled.version).toMatch(new RegExp(`^shizuishan\\+${kind}@`));
  });

  test('names its stand-ins by their seat', () => {
    expect(filled.holderOf('D07-head', noon)?.person.nameZh).toBe(`财政局主要负责人·${suffix}`);
    expect(filled.holderOf('party-secretary', noon)?.person.nameZh).toBe(`市委书记·${suffix}`);
  });

  test('leaves the holders of the page in their seats, and flags all others as assumed', () => {
    const held = filled.seats.map((seat) => filled.holderOf(seat.id, noon));
    const fromPage = held.filter((holding) => !holding?.assumption);
    expect(fromPage.map((holding) => holding?.seat)).toEqual(
      city.seats.filter((seat) => city.holderOf(seat.id, noon)).map((seat) => seat.id),
    );
    expect(fromPage.every((holding) => holding?.source === 'page' && !holding.person.assumption)).toBe(true);
    const assumed = held.filter((holding) => holding?.assumption);
    expect(assumed.every((holding) => holding?.source === 'assumption' && holding.person.assumption)).toBe(true);
  });

  test('says who is executive vice mayor, who is in charge of every unit, and in which order vice mayors were appointed', () => {
    expect(filled.seatOf('evm', noon)).toBe('vm-1');
    expect(filled.units.filter((unit) => !filled.vmcOf(unit.id, noon))).toEqual([]);
    expect(filled.seatOf('vmc:D20', noon)).toBe('vm-1');
    const order = filled.appointmentOrder(noon) ?? [];
    expect([...order].sort()).toEqual(filled.seats.filter((seat) => seat.kind === 'vm').map((seat) => seat.id));
    expect(order).not.toEqual([...order].sort());
  });
});

test('a comment more or less leaves the version as it is: it follows what the files say', () => {
  const { city: file } = shippedFiles();
  const loaded = loadDirectory([file]);
  expect('ok' in loaded && loaded.ok.version).toBe(city.version);
  expect(shippedDirectory('drill').version).not.toBe(shippedDirectory('demo').version);
});
