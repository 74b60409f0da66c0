/** Exactly one presider or a named reason, whoever is away, in whatever order; never a candidate, never someone away. */
import fc from 'fast-check';
import {
  type Absence,
  type Government,
  inOrder,
  isViceMayor,
  MAYOR,
  type Presiding,
  presider,
  type Ranked,
  type Readings,
} from '../../workflows/law';
import { given } from '../support/standing';

const NOON = 1_000_000;
const readings: Readings = { minHours: 0, onEvmReturn: 'ranked-continues', onHigherReturn: 'switch' };
const viceMayors = ['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5'];
const seats = [MAYOR, ...viceMayors];
const personOf = (seat: string): string => `p-${seat}`;

const absence = (seat: string, more: Partial<Absence> = {}): Absence => ({
  person: personOf(seat),
  seats: [seat],
  interval: { from: 0 },
  basis: 'observed',
  case: `LR-${seat}`,
  state: 'open',
  ...more,
});

const order = fc
  .shuffledSubarray(viceMayors, { minLength: 5 })
  .map((all) => all.map((seat, i): Ranked => ({ seat, person: personOf(seat), rank: i + 1 })));
const away = fc.subarray(seats);
const vacant = fc.oneof(
  { weight: 3, arbitrary: fc.constant<string[]>([]) },
  { weight: 1, arbitrary: fc.subarray(seats) },
);
const evm = fc.option(fc.constantFrom(...viceMayors), { nil: undefined });
const before: fc.Arbitrary<Presiding | undefined> = fc.option(
  fc.constantFrom(...viceMayors).map((seat): Presiding => ({ state: 'ranked-vm-presiding', presider: seat })),
  { nil: undefined },
);
const reading = fc.record({
  minHours: fc.constant(0),
  onEvmReturn: fc.constantFrom('ranked-continues' as const, 'await-entrustment' as const),
  onHigherReturn: fc.constantFrom('switch' as const, 'stay' as const),
});

const government = fc
  .record({ order, away, vacant, evm, isEntrusted: fc.boolean(), hasOrder: fc.boolean() })
  .map(({ order, away, vacant, evm, isEntrusted, hasOrder }) => ({
    away,
    isEntrusted,
    government: {
      holders: Object.fromEntries(seats.map((seat) => [seat, vacant.includes(seat) ? undefined : personOf(seat)])),
      evm,
      order: hasOrder ? order : [],
      absences: away.map((seat) => absence(seat)),
      entrustments: isEntrusted && evm !== undefined ? [given('preside', evm)] : [],
    } satisfies Government,
  }));

describe('for every order and all absences', () => {
  const always = (
    check: (asked: {
      government: Government;
      away: string[];
      isEntrusted: boolean;
      before: Presiding | undefined;
      readings: Readings;
      answer: Presiding;
    }) => void,
  ) =>
    fc.assert(
      fc.property(government, before, reading, ({ government, away, isEntrusted }, before, readings) => {
        const answer = presider(government, NOON, readings, before);
        check({ government, away, isEntrusted, before, readings, answer });
      }),
      { numRuns: 300 },
    );

  it('one presides, or nobody for a reason that has a name', () => {
    always(({ answer: { state, presider, reason } }) => {
      if (state === 'unresolved') expect([presider, reason]).toEqual([undefined, expect.any(String)]);
      else if (state === 'awaiting-entrustment') expect([presider, reason]).toEqual([undefined, undefined]);
      else expect([typeof presider, reason]).toEqual(['string', undefined]);
    });
  });

  it('who presides is in office and here', () => {
    always(({ government: { holders }, away, answer: { presider } }) => {
      if (presider === undefined) return;
      expect(holders[presider]).toBeDefined();
      expect(away).not.toContain(presider);
    });
  });

  it('the mayor presides exactly when he is in office and here', () => {
    always(({ government: { holders }, away, answer: { state } }) =>
      expect(state === 'mayor-presiding').toBe(holders[MAYOR] !== undefined && !away.includes(MAYOR)),
    );
  });

  it('the executive vice mayor presides only by an entrustment, and always when he has one and the mayor is away', () => {
    always(({ government: { holders, evm }, away, isEntrusted, answer: { state, presider } }) => {
      const isHere = evm !== undefined && holders[evm] !== undefined && !away.includes(evm);
      const mayorAway = holders[MAYOR] !== undefined && away.includes(MAYOR);
      expect(state === 'evm-presiding').toBe(mayorAway && isHere && isEntrusted);
      if (state === 'ranked-vm-presiding') expect(presider).not.toBe(evm);
    });
  });

  it('a ranked vice mayor is the first of the order who is here, unless one goes on by the readings', () => {
    always(({ government: { order, holders, evm }, away, before, readings, answer: { state, presider } }) => {
      if (state !== 'ranked-vm-presiding') return;
      const here = inOrder(order).filter(({ seat }) => holders[seat] && !away.includes(seat) && seat !== evm);
      const stays = readings.onHigherReturn === 'stay' && here.some(({ seat }) => seat === before?.presider);
      expect(presider).toBe(stays ? before!.presider : here[0]!.seat);
    });
  });

  it('somebody presides by the order whenever both are away and one of it is here', () => {
    always(({ government: { order, holders, evm }, away, answer: { state } }) => {
      const bothAway = holders[MAYOR] && away.includes(MAYOR) && (!evm || !holders[evm] || away.includes(evm));
      const here = order.some(({ seat }) => holders[seat] && !away.includes(seat) && seat !== evm);
      if (bothAway && here) expect(state).toBe('ranked-vm-presiding');
    });
  });
});

describe('away', () => {
  const city = (absences: Absence[]): Government => ({
    holders: Object.fromEntries(seats.map((seat) => [seat, personOf(seat)])),
    evm: 'vm-1',
    order: viceMayors.map((seat, i) => ({ seat, person: personOf(seat), rank: i + 1 })),
    absences,
    entrustments: [],
  });
  const stateWith = (absences: Absence[], more: Partial<Readings> = {}) =>
    presider(city(absences), NOON, { ...readings, ...more }).state;

  it.each([
    ['asked for', absence('mayor', { state: 'asked' })],
    ['granted', absence('mayor', { state: 'granted' })],
    ['not begun', absence('mayor', { interval: { from: NOON + 1 } })],
    ['of another person in the seat before', absence('mayor', { person: 'p-former' })],
  ])('is nobody whose absence is %s', (_, one) => {
    expect(stateWith([one])).toBe('mayor-presiding');
  });

  it('is whoever has gone, from the first instant and past the planned end', () => {
    expect(stateWith([absence('mayor', { interval: { from: NOON } })])).toBe('awaiting-entrustment');
    expect(stateWith([absence('mayor', { interval: { from: 0, to: NOON - 1 } })])).toBe('awaiting-entrustment');
  });

  it('absence.minHours: a shorter trip is none', () => {
    const trip = absence('mayor', { interval: { from: NOON - 1, to: NOON + 3_600_000 } });
    expect(stateWith([trip], { minHours: 1 })).toBe('awaiting-entrustment');
    expect(stateWith([trip], { minHours: 2 })).toBe('mayor-presiding');
  });
});

test('a candidate has no seat of a vice mayor', () => {
  expect(['vm-1', 'vm-12'].map(isViceMayor)).toEqual([true, true]);
  expect(['candidate-1', 'sg', 'pg-member-1', 'mayor', 'vm-1a'].some(isViceMayor)).toBe(false);
});
