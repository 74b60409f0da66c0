/** Who may read a case, row by row. */
import { shippedDirectory } from '../../activities/directory';
import type { ListedCase } from '../../activities/ledger';
import type { Caller } from '../../client/identity';
import { type Ground, type Matter, matterOf, mayRead, readingScope } from '../../client/rights';
import { refusalText } from '../../locale';
import type { RecordEntry } from '../../workflows/runtime/workflow';

const directory = shippedDirectory('drill');
const at = Date.parse('2026-03-20T12:00:00+08:00');
const standing = { directory, auditors: ['D20-head'], at };

const person = (...seats: string[]): Caller => ({ kind: 'person', person: 'p', seats, entrance: 'e', proof: 'token' });
const system = (seat: string, procedures: string[]): Caller => ({
  kind: 'system',
  system: 's',
  unit: seat.split('-')[0]!,
  seat,
  procedures,
  acts: ['PROGRESS'],
  entrance: 'e',
  proof: 'token',
});

/** Led by D10 under vice mayor 5; D13 was told, X2 acted on the word of vice mayor 3. */
const matter: Matter = {
  case: 'SI-2026-0001',
  procedure: 'supervision-item',
  units: ['D10'],
  leaders: ['vm-5'],
  awaited: ['D10', 'evm'],
  acted: ['D12-desk', 'vm-3'],
  told: ['D13-desk', 'D10-head'],
};

const evm = directory.seatOf('evm', at)!;
const chargedWith = (unit: string) => directory.vmcOf(unit, at)!;

const withoutDirectory = { ...matter, units: [], leaders: [], awaited: [], acted: [], told: [] };

describe('a seat may read a case', () => {
  it.each<[string, string, Matter, Ground]>([
    ['it waits for', 'D10-desk', matter, 'awaited'],
    ['it waits for by a function', evm, { ...withoutDirectory, awaited: ['evm'] }, 'awaited'],
    ['it acted in', 'D12-desk', matter, 'acted'],
    ['on whose word something was entered', 'vm-3', matter, 'acted'],
    ['in which its unit acted', 'D12-head', matter, 'acted'],
    ['it was told of', 'D13-desk', matter, 'told'],
    ['of which its unit was told', 'D13-head', matter, 'told'],
    ['of its own unit', 'D10-deputy', { ...withoutDirectory, units: ['D10'] }, 'own-unit'],
    ['it is named in charge of', 'vm-5', { ...withoutDirectory, leaders: ['vm-5'] }, 'in-line'],
    ['of a unit in its portfolio', chargedWith('D10'), { ...withoutDirectory, units: ['D10'] }, 'in-line'],
    ['as the Office', 'X1-desk', withoutDirectory, 'supervises'],
    ['as the Supervision Office', 'X2-head', withoutDirectory, 'supervises'],
    ['as the mayor', 'mayor', withoutDirectory, 'supervises'],
    ['as the secretary-general', 'sg', withoutDirectory, 'supervises'],
    ['as executive vice mayor', evm, withoutDirectory, 'supervises'],
    ['that audits', 'D20-head', withoutDirectory, 'audits'],
  ])('%s (%s)', (_, seat, of, ground) => {
    expect(mayRead(person(seat), of, standing)).toEqual({ ok: { seat, ground } });
  });

  it('by any one of the seats of its holder', () => {
    expect(mayRead(person('D07-head', 'D13-desk'), matter, standing)).toEqual({
      ok: { seat: 'D13-desk', ground: 'told' },
    });
  });
});

describe('a seat may not read a case', () => {
  const other = directory.seats.find(
    ({ kind, id }) => kind === 'vm' && ![evm, chargedWith('D10'), 'vm-3', 'vm-5'].includes(id),
  )!;

  it.each<[string, Caller]>([
    ['of another unit', person('D07-head')],
    ['of another vice mayor', person(other.id)],
    ['as a colleague of the auditing seat', person('D20-desk')],
    ['without any seat', person()],
    ['as the party secretary, who is no part of the line', person('party-secretary')],
    ['with a seat that does not exist', person('D99-desk')],
    ['as a system of its own unit, if it has other procedures', system('D10-desk', ['other'])],
    ['as a system of another unit', system('D07-desk', ['supervision-item'])],
  ])('%s', (_, caller) => {
    const answer = mayRead(caller, matter, standing);
    expect(answer).toEqual({
      refused: { code: 'reading-refused', params: { case: 'SI-2026-0001' }, entitled: ['X1', 'X2'] },
    });
    const refusal = 'refused' in answer ? answer.refused : { code: 'none' };
    expect(refusalText(refusal, 'hans', { nameOf: directory.nameOf.bind(directory) }).sentence).toBe(
      '您未参与、未督办也未审计事项“SI-2026-0001”，不得查阅。',
    );
  });

  it('unless its system has to do with it', () => {
    expect(mayRead(system('D10-desk', ['supervision-item']), matter, standing)).toHaveProperty('ok');
  });
});

describe('a list shows', () => {
  it.each<[string, Caller]>([
    ['the Supervision Office', person('X2-desk')],
    ['the mayor', person('mayor')],
    ['an auditor', person('D20-head')],
    ['whoever has one such seat among others', person('D07-desk', 'X1-desk')],
  ])('%s everything', (_, caller) => {
    expect(readingScope(caller, standing)).toEqual({ all: true });
  });

  it('a unit what concerns seat and unit', () => {
    expect(readingScope(person('D10-desk'), standing)).toEqual({ all: false, for: ['D10-desk', 'D10'] });
  });

  it('a vice mayor what concerns him and the units in his portfolio', () => {
    const seat = chargedWith('D10');
    const scope = readingScope(person(seat), standing);
    if (scope.all) throw new Error('everything');
    expect(scope.for[0]).toBe(seat);
    expect(scope.for).toContain('D10');
    expect(scope.for.slice(1).every((unit) => directory.vmcOf(unit, at) === seat)).toBe(true);
  });

  it('nobody anything who has no seat', () => {
    expect(readingScope(person(), standing)).toEqual({ all: false, for: [] });
  });
});

describe('who has to do with a case', () => {
  const listed = {
    case: 'SI-2026-0002',
    machine: 'supervision-item@draft-2026',
    summary: { unit: 'D10', leadVms: ['vm-5'], awaiting: ['D10'] },
  } as unknown as ListedCase;
  const entry = (by: unknown, to: string[]) =>
    ({ by, effects: [{ kind: 'tell', to }, { kind: 'task' }] }) as unknown as RecordEntry;

  it('stands in its summary and its record', () => {
    const record = [
      entry({ seat: 'X1-desk', onWordOf: { seat: 'vm-3', ref: 'note 7' } }, ['D10-desk', 'evm']),
      entry({ from: 'another case' }, ['D10-desk']),
      entry(undefined, []),
    ];
    expect(matterOf(listed, record)).toEqual({
      case: 'SI-2026-0002',
      procedure: 'supervision-item',
      units: ['D10'],
      leaders: ['vm-5'],
      awaited: ['D10'],
      acted: ['X1-desk', 'vm-3'],
      told: ['D10-desk', 'evm'],
    });
  });

  it('is nobody while there is nothing to tell it from', () => {
    expect(matterOf({ ...listed, summary: null })).toMatchObject({
      units: [],
      leaders: [],
      awaited: [],
      acted: [],
      told: [],
    });
  });
});
