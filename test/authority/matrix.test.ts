/** Spec 3.2 row by row, column by column. Written beside the matrix, from the spec: a wrong holder in any cell fails here. */
import {
  holders,
  type Moment,
  matrix,
  mayPerform,
  parameters,
  rowOf,
  shippedSettings,
  variantsOf,
} from '../../workflows/law';
import { given, standing } from '../support/standing';

const entrustments = [
  given('chair-standing', 'vm-1'),
  given('chair-party-group', 'pg-deputy'),
  given('hold-special', 'dsg-1'),
  given('task', 'vm-4'),
];

/** Every place that only the matter knows, each at a seat of its own. */
const places = {
  vmc: 'vm-2',
  'passed-vm': 'vm-6',
  dsg: 'dsg-2',
  entruster: 'vm-7',
  chair: ['vm-1', 'vm-5'],
  convener: 'vm-8',
  decider: 'body',
  principal: 'D07-head',
  'deputy-principal': 'D07-deputy',
};

const moment = (state: string, more: Partial<Moment> = {}): Moment => ({
  standing: standing(state, entrustments),
  at: 1,
  places,
  ...more,
});

/** `a | b` one of them, `a + b` all of them, `~` from afar, `-` nobody. */
function cell(row: number, state: string, more: Partial<Moment> = {}): string {
  const { need, found, waits } = holders(row, moment(state, more));
  const text = found.map(({ place, remote }) => place + (remote ? '~' : '')).join(need === 'all' ? ' + ' : ' | ');
  if (waits && text === '') return '-';
  return waits ? `${text} (waits)` : text;
}

type Expected = [row: number | string, A: string, B: string, C: string, D: string];

const documents = 'vmc | passed-vm';
const expected: Expected[] = [
  [1, 'mayor', 'presider', 'presider', 'mayor'],
  [2, 'mayor', '-', '-', 'mayor'],
  [3, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [
    4,
    'pg-secretary | pg-deputy-entrusted',
    'pg-secretary | pg-deputy-entrusted',
    'pg-deputy-entrusted',
    'pg-secretary | pg-deputy-entrusted',
  ],
  [5, 'pg-secretary', 'pg-secretary', 'pg-secretary', 'pg-secretary'],
  [6, 'mayor | evm-entrusted', 'evm-entrusted', '-', 'mayor'],
  [7, 'mayor | evm', 'evm', 'mayor~', 'mayor'],
  [8, 'mayor + evm', 'evm', 'mayor~', 'mayor'],
  [9, 'mayor', '-', '-', 'mayor'],
  [
    10,
    'mayor | vm | sg | dsg-entrusted',
    'vm | sg | dsg-entrusted',
    'vm | sg | dsg-entrusted',
    'mayor | vm | sg | dsg-entrusted',
  ],
  [11, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [12, 'sg', 'sg', 'sg', 'sg'],
  [13, 'mayor | evm-chaired', 'evm-chaired', '-', 'mayor'],
  ['13 plenary', 'mayor', '-', '-', 'mayor'],
  ['13 mayors-office', 'mayor', '-', '-', 'mayor'],
  [14, 'chair', 'chair', 'chair', 'chair'],
  ['14 sg-held', 'sg', 'sg', 'sg', 'sg'],
  ['14 sg-held-important', 'mayor | evm', 'evm | mayor~', 'mayor~', 'mayor'],
  ['14 dsg-held', 'entruster', 'entruster', 'entruster', 'entruster'],
  [15, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [16, 'sg', 'sg', 'sg', 'sg'],
  ['16 needed', 'mayor | evm', 'evm', 'mayor~', 'mayor'],
  [17, documents, documents, documents, documents],
  [18, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [19, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [20, 'mayor', 'presider', 'presider', 'mayor'],
  [21, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [22, 'vmc', 'vmc', 'vmc', 'vmc'],
  ['22 major', 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [23, 'sg', 'sg', 'sg', 'sg'],
  ['23 key', 'vmc | mayor', 'vmc', 'vmc', 'vmc | mayor'],
  [24, 'vmc + evm', 'vmc + evm', '-', '-'],
  ['24 approve', 'mayor', 'mayor~', '-', '-'],
  [25, 'vmc | vm-entrusted', 'vmc | vm-entrusted', 'vmc | vm-entrusted', 'vmc | vm-entrusted'],
  [
    '25 mayor-unreachable',
    'vmc | vm-entrusted',
    'vmc | vm-entrusted',
    'vmc | vm-entrusted | presider',
    'vmc | vm-entrusted',
  ],
  [26, 'principal', 'principal', 'principal', 'principal'],
  [27, 'vmc | sg', 'vmc | sg', 'vmc | sg', 'vmc | sg'],
  ['27 call', 'mayor | evm', 'evm', 'mayor~', 'mayor'],
  [28, 'decider', 'decider', '-', 'decider'],
  [29, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  ['29 opinion', 'justice', 'justice', 'justice', 'justice'],
  [30, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [31, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [32, 'convener', 'convener', 'convener', 'convener'],
  [33, 'dsg', 'dsg', 'dsg', 'dsg'],
  ['33 sign', 'vmc', 'vmc', 'vmc', 'vmc'],
  ['33 collate', 'office', 'office', 'office', 'office'],
  ['33 countersign', 'sg', 'sg', 'sg', 'sg'],
  [34, 'party-secretary + mayor', 'party-secretary + mayor~', 'party-secretary + mayor~', 'party-secretary + mayor'],
  [
    35,
    'party-secretary + mayor + vmc',
    'party-secretary + mayor~ + vmc',
    'party-secretary + mayor~ + vmc',
    'party-secretary + mayor + vmc',
  ],
  [36, 'chair', 'chair', 'chair', 'chair'],
  [37, 'sg', 'sg', 'sg', 'sg'],
  ['37 party-group', 'convener', 'convener', 'convener', 'convener'],
  [
    38,
    'principal | deputy-principal',
    'principal | deputy-principal',
    'principal | deputy-principal',
    'principal | deputy-principal',
  ],
  [39, 'vmc | sg', 'vmc | sg', 'vmc | sg', 'vmc | sg'],
  [
    40,
    'supervision-office | office',
    'supervision-office | office',
    'supervision-office | office',
    'supervision-office | office',
  ],
  [41, documents, documents, documents, documents],
  ['41 major', 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [42, 'mayor', 'mayor~', 'mayor~', 'mayor'],
  [43, 'vm-entrusted', 'vm-entrusted', 'vm-entrusted', 'vm-entrusted'],
  [44, 'mayor | vm | sg', 'mayor~ | vm | sg', 'mayor~ | vm | sg', 'mayor | vm | sg'],
  [
    45,
    'supervision-office | office',
    'supervision-office | office',
    'supervision-office | office',
    'supervision-office | office',
  ],
  ['45 by-decision', 'decider', 'decider', '-', 'decider'],
];

const split = (row: number | string): [number, string | undefined] => {
  const [number, variant] = String(row).split(' ');
  return [Number(number), variant];
};

describe('the matrix of authority', () => {
  it('has 45 rows, and every kind of each stands in this table', () => {
    expect(matrix.map(({ row }) => row)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1));
    const all = matrix.flatMap(({ row }) => variantsOf(row).map((variant) => (variant ? `${row} ${variant}` : row)));
    expect(expected.map(([row]) => row)).toEqual(all);
  });

  const cells = expected.flatMap(([row, ...columns]) => columns.map((text, i) => [row, 'ABCD'[i]!, text] as const));
  it.each(cells)('row %s, column %s: %s', (row, column, text) => {
    const [number, variant] = split(row);
    expect(cell(number, column, { variant })).toBe(text);
  });

  /** Spec 3.2, last column; c: our own choice near that article. */
  const articles: [number, string, number | number[]][] = [
    ...[
      [1, 'stated', [6, 9]],
      [2, 'stated', 42],
      [3, 'stated', 47],
      [4, 'stated', 43],
      [5, 'stated', 47],
    ],
    ...[
      [6, 'stated', 44],
      [7, 'stated', 47],
      [8, 'stated', 47],
      [9, 'stated', 45],
      [10, 'stated', 46],
    ],
    ...[
      [11, 'stated', 49],
      [12, 'stated', 49],
      [13, 'stated', 50],
      [14, 'stated', 50],
      [15, 'stated', 50],
    ],
    ...[
      [16, 'stated', 50],
      [17, 'stated', 53],
      [18, 'stated', [53, 41]],
      [19, 'stated', 54],
      [20, 'stated', 55],
    ],
    ...[
      [21, 'stated', 55],
      [22, 'stated', 55],
      [23, 'stated', 55],
      [24, 'stated', 55],
      [25, 'stated', [41, 7]],
    ],
    ...[
      [26, 'stated', 52],
      [27, 'stated', 63],
      [28, 'stated', 60],
      [29, 'stated', 21],
      [30, 'stated', [7, 9, 44]],
    ],
    ...[
      [31, 'stated', 47],
      [32, 'stated', 47],
      [33, 'stated', 47],
      [34, 'stated', 71],
      [35, 'stated', 71],
    ],
    ...[
      [36, 'stated', 49],
      [37, 'chosen', 49],
      [38, 'stated', 52],
      [39, 'stated', [61, 64]],
      [40, 'derived', [61, 62]],
    ],
    ...[
      [41, 'stated', [20, 69, 53]],
      [42, 'stated', 51],
      [43, 'stated', 7],
      [44, 'stated', 46],
      [45, 'chosen', [60, 61]],
    ],
  ] as never;
  it.each(articles)('row %i rests on what is %s, article %s', (row, basis, article) => {
    expect(rowOf(row).cite).toEqual({ basis, article });
  });

  it.each([0, 46, 1.5])('has no row %s', (row) => {
    expect(() => rowOf(row)).toThrow(RangeError);
  });

  it('knows no kind of a row that it does not have', () => {
    expect(() => holders(20, moment('A', { variant: 'secret' }))).toThrow("row 20 has no kind 'secret'");
  });
});

describe('between the columns', () => {
  const rows = expected.map(([row]) => row);
  const text = (row: number | string, state: string) => cell(split(row)[0], state, { variant: split(row)[1] });

  it.each(rows)('row %s while an entrustment is awaited: B, but nobody presides', (row) => {
    const own: Record<string, string> = { 1: '-', 6: 'evm-entrusted', 20: '-' };
    expect(text(row, 'awaiting')).toBe(own[row] ?? text(row, 'B'));
  });

  it('an entrustment to preside is none to chair while it does not run: row 6 waits', () => {
    expect(cell(6, 'awaiting', { standing: standing('awaiting') })).toBe('-');
  });

  it.each(rows)(
    'row %s with a ranked vice mayor presiding and the executive one back: B, but C for 1, 6 and 20',
    (row) => {
      expect(text(row, 'back')).toBe(text(row, [1, 6, 20].includes(row as number) ? 'C' : 'B'));
    },
  );

  it.each(rows)('row %s with nobody to preside: C, with nobody in the place of the ranked vice mayor', (row) => {
    const c = text(row, 'C')
      .split(' | ')
      .filter((one) => one !== 'presider')
      .join(' | ');
    expect(text(row, 'unresolved')).toBe(c === '' ? '-' : c);
  });
});

describe('the readings left to the operator', () => {
  const by = (settings: object, row: number, state: string, variant?: string) =>
    cell(row, state, { variant, settings: { ...shippedSettings, ...settings } as never });

  it.each<[string, object, number, string, string, string?]>([
    ['plenary.evmMayChair', { 'plenary.evmMayChair': true }, 2, 'B', 'evm'],
    ['mayorsOffice.evmMayChair', { 'mayorsOffice.evmMayChair': true }, 9, 'B', 'evm'],
    ['standing.rankedVmMayChair', { 'standing.rankedVmMayChair': true }, 6, 'C', 'presider'],
    ['agenda.finalApproval = both, B', { 'agenda.finalApproval': 'both' }, 8, 'B', 'evm + mayor~'],
    ['agenda.finalApproval = one, A', { 'agenda.finalApproval': 'one' }, 8, 'A', 'mayor | evm'],
    ['meeting.leaveGrantorAway = presider', { 'meeting.leaveGrantorAway': 'presider' }, 11, 'C', 'presider'],
    ['minutes.dsgSigner = SG', { 'minutes.dsgSigner': 'SG' }, 14, 'B', 'sg', 'dsg-held'],
    ['evm.waiverByMayor, review', { 'evm.waiverByMayor': true }, 24, 'D', 'vmc'],
    ['evm.waiverByMayor, approval', { 'evm.waiverByMayor': true }, 24, 'D', 'mayor', 'approve'],
    ['supervision.orderBy', { 'supervision.orderBy': ['mayor'] }, 39, 'A', 'mayor'],
    ['citywide.approver = EVM', { 'citywide.approver': 'EVM' }, 42, 'B', 'evm'],
    ['special.entruster', { 'special.entruster': ['SG'] }, 44, 'A', 'sg'],
    ['dispute.countersigner', { 'dispute.countersigner': ['UH'] }, 38, 'A', 'principal'],
    ['meeting.memberLeave', { 'meeting.memberLeave': { plenary: 'mayor', partyGroup: 'mayor' } }, 37, 'B', 'mayor~'],
  ])('%s', (...[, settings, row, state, text, variant]) => {
    expect(by(settings, row, state, variant)).toBe(text);
  });

  it('remoteActs: what may not be done from afar waits for the mayor', () => {
    const remoteActs = { signature: false, consent: true, chairing: false };
    expect(by({ remoteActs }, 19, 'B')).toBe('-');
    expect(by({ remoteActs }, 19, 'A')).toBe('mayor');
    expect(by({ remoteActs: { ...remoteActs, consent: false } }, 42, 'A')).toBe('mayor');
    expect(by({ remoteActs: { ...remoteActs, consent: false } }, 42, 'B')).toBe('-');
    expect(by({ remoteActs }, 18, 'B')).toBe('mayor~');
  });

  it('the shipped readings are the shipped parameters', () => {
    for (const [key, value] of Object.entries(shippedSettings))
      expect({ key, value: parameters[key as keyof typeof shippedSettings].values.at(-1)!.value }).toEqual({
        key,
        value,
      });
  });
});

describe('who may perform an act', () => {
  const may = (seat: string, row: number, state: string, more: object = {}) =>
    mayPerform(row, { ...moment(state, more), seat });

  it.each([
    ['the mayor by his own office', 'mayor', 20, 'A', { may: true, basis: 'own', remote: false }],
    ['the executive vice mayor acting', 'vm-1', 20, 'B', { may: true, basis: 'acting', place: 'presider' }],
    ['a ranked vice mayor acting', 'vm-3', 20, 'C', { may: true, basis: 'acting' }],
    [
      'the one entrusted, by the entrustment',
      'vm-1',
      6,
      'B',
      { may: true, basis: 'entrusted', entrustment: 'E-chair-standing-vm-1' },
    ],
    ['the mayor from afar', 'mayor', 19, 'C', { may: true, basis: 'own', remote: true }],
    ['a deputy secretary-general entrusted', 'dsg-1', 10, 'A', { may: true, basis: 'entrusted' }],
    ['no ranked vice mayor for the standing meeting (5.5)', 'vm-3', 6, 'C', { may: false, waits: true, seats: [] }],
    ['no vice mayor who does not preside', 'vm-2', 20, 'C', { may: false, waits: false, seats: ['vm-3'] }],
    ['no mayor who is away, in the chair', 'mayor', 10, 'B', { may: false }],
  ] as const)('%s', (_, seat, row, state, answer) => {
    expect(may(seat, row, state)).toMatchObject(answer);
  });

  it('a whole unit where the row names one', () => {
    expect(mayPerform(40, { seat: 'X2-desk', unit: 'X2', at: 1 })).toMatchObject({ may: true, basis: 'own' });
  });

  it('an entrustment to preside is enough to chair the standing meeting, unless the operator asks for a second (5.61)', () => {
    const presiding = standing('B', [given('preside', 'vm-1')]);
    expect(mayPerform(6, { seat: 'vm-1', standing: presiding, at: 1 })).toMatchObject({ basis: 'entrusted' });
    const settings = { ...shippedSettings, 'standing.presidingEntrustmentSuffices': false };
    expect(mayPerform(6, { seat: 'vm-1', standing: presiding, at: 1, settings })).toMatchObject({ may: false });
  });

  it('an entrustment that is over makes nobody a holder', () => {
    const over = standing('A', [given('hold-special', 'dsg-1', { period: { from: 0, to: 5 } })]);
    expect(mayPerform(10, { seat: 'dsg-1', standing: over, at: 4 })).toMatchObject({ may: true });
    expect(mayPerform(10, { seat: 'dsg-1', standing: over, at: 5 })).toMatchObject({ may: false });
  });

  it('without a term everybody is taken to be here', () => {
    expect(mayPerform(19, { seat: 'mayor', at: 1 })).toMatchObject({ may: true, remote: false });
    expect(mayPerform(20, { seat: 'vm-3', at: 1 })).toMatchObject({ may: false });
  });
});
