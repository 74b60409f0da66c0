import fc from 'fast-check';
import {
  addWorkingDays,
  calendarFrom,
  countingDateOf,
  dateOf,
  type Extension,
  endOfDay,
  extensionAmiss,
  formatDeadline,
  granted,
  HOUR,
  instantOf,
  isWorkingDay,
  type LawData,
  type Length,
  lengthFrom,
  limit,
  plusDays,
  rolledOver,
  runningLimit,
  type Stop,
  type Term,
  termDue,
  termLeft,
} from '../../workflows/law';
import { at, lawFrom } from './support/law';

const law = lawFrom('2025-01-01');
const calendar = calendarFrom(law);

const stop = (from: string, to?: string): Stop => ({
  from: at(from),
  ...(to === undefined ? {} : { to: at(to) }),
  reason: '等候鉴定',
  who: 'D06-desk',
});
const more = (by: number): Extension => ({ by, approver: 'vm-2', at: 0, reason: '情况复杂' });
const term = (length: Length, from: string, changes: Partial<Term> = {}): Term => ({
  ...length,
  from: at(from),
  ...changes,
});
const dueOf = (one: Term): string => {
  const due = termDue(calendar, one);
  return due ? formatDeadline(due.dueAt, due.provisional) : 'stands';
};
const days = (amount: number): Length => ({ unit: 'days', amount });
const workingDays = (amount: number): Length => ({ unit: 'workingDays', amount });

describe('a limit that is stopped', () => {
  test.each([
    ['nothing stops it', [], '2026-03-20 24:00'],
    ['a stop over two whole days', [stop('2026-03-17 00:00', '2026-03-19 00:00')], '2026-03-24 24:00'],
    ['a stop of a few hours gives its day back', [stop('2026-03-18 10:00', '2026-03-18 15:00')], '2026-03-23 24:00'],
    [
      'a stop on the first day, which is not counted',
      [stop('2026-03-16 11:00', '2026-03-16 17:00')],
      '2026-03-20 24:00',
    ],
    ['a stop over a weekend alone', [stop('2026-03-14 00:00', '2026-03-16 00:00')], '2026-03-20 24:00'],
    ['a stop before it began', [stop('2026-03-02 09:00', '2026-03-13 18:00')], '2026-03-20 24:00'],
    ['a stop from its last moment on', [stop('2026-03-21 00:00', '2026-03-28 00:00')], '2026-03-20 24:00'],
    ['a stop that lasts no time', [stop('2026-03-18 10:00', '2026-03-18 10:00')], '2026-03-20 24:00'],
    [
      'stops that overlap are one',
      [stop('2026-03-17 00:00', '2026-03-18 12:00'), stop('2026-03-18 00:00', '2026-03-19 00:00')],
      '2026-03-24 24:00',
    ],
    [
      'the same stop entered twice is one',
      [stop('2026-03-17 00:00', '2026-03-19 00:00'), stop('2026-03-17 00:00', '2026-03-19 00:00')],
      '2026-03-24 24:00',
    ],
    [
      'two stops apart add up',
      [stop('2026-03-17 00:00', '2026-03-18 00:00'), stop('2026-03-19 00:00', '2026-03-20 00:00')],
      '2026-03-24 24:00',
    ],
    [
      'a stop over Spring Festival is not counted twice',
      [stop('2026-03-19 00:00', '2026-03-23 00:00')],
      '2026-03-24 24:00',
    ],
    ['it is still stopped', [stop('2026-03-18 10:00')], 'stands'],
    ['it ran out before the stop that lasts', [stop('2026-03-21 00:00')], '2026-03-20 24:00'],
  ])('in working days: %s', (_, stops, due) => {
    expect(dueOf(term(workingDays(4), '2026-03-16 10:00', { stops }))).toBe(due);
  });

  test.each([
    ['2026-03-18 00:00', '2026-03-20 00:00', '2026-03-22 24:00'],
    ['2026-03-18 09:00', '2026-03-19 09:00', '2026-03-22 24:00'],
    ['2026-03-21 00:00', '2026-03-22 00:00', '2026-03-20 24:00'],
    ['2026-03-20 23:59', '2026-03-21 00:00', '2026-03-21 24:00'],
  ])('in calendar days, from %s to %s: %s', (from, to, due) => {
    expect(dueOf(term(days(4), '2026-03-16 10:00', { stops: [stop(from, to)] }))).toBe(due);
  });

  test('by the clock, to the minute; a stop of which a part lies before counts for the rest', () => {
    const hours: Length = { unit: 'hours', amount: 3 };
    const stops = [stop('2026-03-16 09:00', '2026-03-16 10:30'), stop('2026-03-16 12:00', '2026-03-16 12:10')];
    expect(dueOf(term(hours, '2026-03-16 10:00', { stops }))).toBe('2026-03-16 13:40');
    expect(dueOf(term({ unit: 'minutes', amount: 30 }, '2026-03-16 10:00', { stops }))).toBe('2026-03-16 11:00');
    expect(dueOf(term(hours, '2026-03-16 10:00', { stops: [stop('2026-03-16 13:00')] }))).toBe('2026-03-16 13:00');
    expect(dueOf(term(hours, '2026-03-16 10:00', { stops: [stop('2026-03-16 12:59')] }))).toBe('stands');
  });

  test('in months: as many days as the months would have had', () => {
    const stops = [stop('2026-02-10 00:00', '2026-02-15 00:00')];
    expect(dueOf(term({ unit: 'months', amount: 1 }, '2026-01-31 10:00', { stops }))).toBe('2026-03-05 24:00');
  });

  test('says what is left of it', () => {
    const one = term(workingDays(4), '2026-03-16 10:00', { stops: [stop('2026-03-18 10:00')] });
    const left = (when: string) => termLeft(calendar, one, at(when));
    expect(['2026-03-16 23:00', '2026-03-18 00:00', '2026-03-19 00:00', '2026-05-01 00:00'].map(left)).toEqual([
      4, 3, 3, 3,
    ]);
    const hours = term({ unit: 'hours', amount: 3 }, '2026-03-16 10:00', { stops: [stop('2026-03-16 11:00')] });
    expect(termLeft(calendar, hours, at('2026-03-16 18:00'))).toBe(2 * HOUR);
    expect(termLeft(calendar, { ...hours, stops: [] }, at('2026-03-16 18:00'))).toBe(0);
  });
});

describe("a stop over the site's own days and over days that may still change", () => {
  const overlay = {
    holidays: [{ date: '2026-03-20', reason: '开斋节，自治区规定' }],
    workingDays: [{ date: '2026-03-21', reason: '调休' }],
  };
  const local = calendarFrom(lawFrom('2026-01-05', { overlay }));

  test('gives back the days the site works and not those it rests', () => {
    const due = (stops: Stop[]) =>
      formatDeadline(termDue(local, { ...workingDays(3), from: at('2026-03-18 10:00'), stops })!.dueAt);
    expect(due([])).toBe('2026-03-23 24:00');
    expect(due([stop('2026-03-20 00:00', '2026-03-21 00:00')])).toBe('2026-03-23 24:00');
    expect(due([stop('2026-03-21 00:00', '2026-03-22 00:00')])).toBe('2026-03-24 24:00');
  });

  test('is provisional where it is pushed into a year without a notice', () => {
    const late = calendarFrom(lawFrom('2026-11-30'));
    const from = at('2026-12-20 10:00');
    const firm = termDue(late, { ...workingDays(5), from, stops: [stop('2026-12-21 09:00', '2026-12-21 10:00')] })!;
    const pushed = termDue(late, { ...workingDays(5), from, stops: [stop('2026-12-21 09:00', '2027-01-04 10:00')] })!;
    expect([formatDeadline(firm.dueAt, firm.provisional), formatDeadline(pushed.dueAt, pushed.provisional)]).toEqual([
      '2026-12-28 24:00',
      '2027-01-11 24:00（暂定）',
    ]);
  });
});

describe('a limit that is extended', () => {
  test('has so much more, in its own unit, whether it was stopped before or not', () => {
    const stops = [stop('2026-03-18 10:00', '2026-03-18 15:00')];
    expect(dueOf(term(workingDays(4), '2026-03-16 10:00', { extensions: [more(2)] }))).toBe('2026-03-24 24:00');
    expect(dueOf(term(workingDays(4), '2026-03-16 10:00', { stops, extensions: [more(2)] }))).toBe('2026-03-25 24:00');
  });

  test.each([
    ['within the maximum', { by: 10, approver: 'vm-2', reason: '案情复杂' }, 10, undefined],
    ['a day beyond it', { by: 11, approver: 'vm-2', reason: '案情复杂' }, 10, 'maximum'],
    ['without a maximum', { by: 300, approver: 'vm-2', reason: '案情复杂' }, undefined, undefined],
    ['without an approver', { by: 1, approver: ' ', reason: '案情复杂' }, 10, 'approver'],
    ['without a reason', { by: 1, approver: 'vm-2', reason: '' }, 10, 'reason'],
    ['of nothing', { by: 0, approver: 'vm-2', reason: '案情复杂' }, 10, 'amount'],
    ['of half a day', { by: 0.5, approver: 'vm-2', reason: '案情复杂' }, 10, 'amount'],
    ['that shortens', { by: -1, approver: 'vm-2', reason: '案情复杂' }, 10, 'amount'],
  ])('%s: %j of at most %p is %p', (_, extension, maximum, problem) => {
    expect(extensionAmiss({}, extension, maximum)).toBe(problem);
  });

  test('counts all that was granted before against the maximum', () => {
    const extensions = [more(4), more(5)];
    expect(granted({ amount: 10, extensions })).toBe(19);
    expect(extensionAmiss({ extensions }, { by: 1, approver: 'vm-2', reason: '补件' }, 10)).toBeUndefined();
    expect(extensionAmiss({ extensions }, { by: 2, approver: 'vm-2', reason: '补件' }, 10)).toBe('maximum');
  });
});

describe('a last day that is not worked', () => {
  const flagged = (rollOver?: true): LawData => {
    const { parameters } = law;
    const values = [
      {
        from: '2025-01-01',
        value: 5,
        cite: { basis: 'statute' as const, instrument: '试' },
        ...(rollOver ? { rollOver } : {}),
      },
    ];
    return { ...law, parameters: { ...parameters, 'rectify.days': { unit: 'days', values } } };
  };

  test.each([
    ['2026-03-16 10:00', '2026-03-21 24:00', '2026-03-23 24:00', 'a Saturday'],
    ['2026-03-13 10:00', '2026-03-18 24:00', '2026-03-18 24:00', 'a working day stays'],
    ['2026-02-10 10:00', '2026-02-15 24:00', '2026-02-24 24:00', 'Spring Festival'],
    ['2026-02-09 10:00', '2026-02-14 24:00', '2026-02-14 24:00', 'a worked Saturday stays'],
  ])('from %s: %s, and %s where the source says so (%s)', (from, plain, rolled) => {
    expect(formatDeadline(limit(flagged(), 'rectify.days', at(from)).dueAt)).toBe(plain);
    expect(formatDeadline(limit(flagged(true), 'rectify.days', at(from)).dueAt)).toBe(rolled);
  });

  test('goes over after stops and extensions, and never for hours', () => {
    const stops = [stop('2026-03-18 10:00', '2026-03-18 15:00')];
    const { due } = runningLimit(flagged(true), 'rectify.days', at('2026-03-16 10:00'), {
      stops,
      extensions: [more(6)],
    });
    expect(formatDeadline(due!.dueAt)).toBe('2026-03-30 24:00');
    expect(dueOf(term({ unit: 'hours', amount: 1 }, '2026-03-21 10:00', { rollOver: true }))).toBe('2026-03-21 11:00');
  });

  test('is none of ours', () => {
    const flags = Object.values(law.parameters).flatMap(({ values }) => values.filter(({ rollOver }) => rollOver));
    expect(flags).toEqual([]);
  });

  test('in a year without a notice it may still change', () => {
    const late = calendarFrom(lawFrom('2026-11-30'));
    expect(rolledOver(late, { dueAt: endOfDay('2027-01-04'), provisional: false })).toEqual({
      dueAt: endOfDay('2027-01-04'),
      provisional: true,
    });
    expect(rolledOver(late, { dueAt: endOfDay('2027-01-02'), provisional: false })).toEqual({
      dueAt: endOfDay('2027-01-04'),
      provisional: true,
    });
  });

  test('every rolled limit ends with a working day, and none was moved that had one', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, (from, amount) => {
        const due = lengthFrom(calendar, from, { unit: 'days', amount });
        const rolled = rolledOver(calendar, due);
        const [last, moved] = [countingDateOf(due.dueAt), countingDateOf(rolled.dueAt)];
        return isWorkingDay(calendar, moved) && (isWorkingDay(calendar, last) ? moved === last : moved > last);
      }),
    );
  });
});

/** Any moment from which what follows stays inside the published years, by the minute so that days are often cut. */
const anyInstant = fc
  .integer({ min: 0, max: 360 * 24 * 60 })
  .map((minutes) => at('2025-01-01 00:00') + minutes * 60_000);
const anyAmount = fc.integer({ min: 1, max: 30 });
const anyStops = (longest: number) =>
  fc.array(
    fc.record({
      after: fc.integer({ min: -10 * 24 * 60, max: 60 * 24 * 60 }),
      minutes: fc.integer({ min: 0, max: longest }),
    }),
    { maxLength: 5 },
  );
const stopsFrom = (from: number, given: { after: number; minutes: number }[]): Stop[] =>
  given.map(({ after, minutes }) => {
    const begin = from + after * 60_000;
    return { from: begin, to: begin + minutes * 60_000, reason: 'x', who: 'y' };
  });

/** Day by day, as one would with a finger on a wall calendar: a day counts that is worked and that nothing of a stop touches. */
function naive(from: number, unit: 'days' | 'workingDays', amount: number, stops: readonly Stop[]): number {
  let date = countingDateOf(from);
  for (let left = amount; left > 0; ) {
    date = plusDays(date, 1);
    if (unit === 'workingDays' && !isWorkingDay(calendar, date)) continue;
    const [begin, end] = [instantOf(date, '00:00'), instantOf(date, '24:00')];
    const minutes = Array.from({ length: 24 * 60 }, (_, i) => begin + i * 60_000);
    const isTouched = stops.some((s) => s.from < end && s.to! > begin && minutes.some((m) => s.from <= m && m < s.to!));
    if (!isTouched) left--;
  }
  return endOfDay(date);
}

describe('whatever the stops', () => {
  test.each(['days', 'workingDays'] as const)('%s are those that a finger on the calendar finds', (unit) => {
    fc.assert(
      fc.property(anyInstant, anyAmount, anyStops(6 * 24 * 60), (from, amount, given) => {
        const stops = stopsFrom(from, given);
        return termDue(calendar, { unit, amount, from, stops })!.dueAt === naive(from, unit, amount, stops);
      }),
      { numRuns: 60 },
    );
  });

  test('their order and their doubles change nothing', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, anyStops(6 * 24 * 60), (from, amount, given) => {
        const stops = stopsFrom(from, given);
        const one = termDue(calendar, { unit: 'workingDays', amount, from, stops })!.dueAt;
        const other = termDue(calendar, { unit: 'workingDays', amount, from, stops: [...stops, ...stops].reverse() })!;
        return one === other.dueAt;
      }),
    );
  });

  test('hours: the clock has run just as long as the limit when it is due', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 72 }), anyStops(3 * 24 * 60), (from, amount, given) => {
        const stops = stopsFrom(from, given);
        const { dueAt } = termDue(calendar, { unit: 'hours', amount, from, stops })!;
        let ran = 0;
        for (let minute = from; minute < dueAt; minute += 60_000)
          if (!stops.some((s) => s.from <= minute && minute < s.to!)) ran++;
        return ran === amount * 60;
      }),
    );
  });

  test('an extension moves the end as far as if it had been given at the start', () => {
    fc.assert(
      fc.property(anyInstant, anyAmount, anyStops(4 * 24 * 60), anyAmount, (from, amount, given, by) => {
        const stops = stopsFrom(from, given);
        const extended = termDue(calendar, { unit: 'workingDays', amount, from, stops, extensions: [more(by)] })!;
        const longer = termDue(calendar, { unit: 'workingDays', amount: amount + by, from, stops })!;
        const after = addWorkingDays(
          calendar,
          termDue(calendar, { unit: 'workingDays', amount, from, stops })!.dueAt,
          by,
        );
        return extended.dueAt === longer.dueAt && extended.dueAt >= after.dueAt;
      }),
    );
  });

  test('what is used and what is left are the whole', () => {
    fc.assert(
      fc.property(
        anyInstant,
        anyAmount,
        anyStops(4 * 24 * 60),
        fc.integer({ min: 0, max: 60 }),
        (from, amount, given, on) => {
          const one: Term = { unit: 'workingDays', amount, from, stops: stopsFrom(from, given) };
          const due = termDue(calendar, one)!.dueAt;
          const when = endOfDay(plusDays(dateOf(from), on));
          const left = termLeft(calendar, one, when);
          if (when >= due) return left === 0;
          const rest = (one.stops ?? [])
            .map((s) => ({ ...s, from: Math.max(s.from, when) }))
            .filter((s) => s.to! > s.from);
          return (
            left > 0 && termDue(calendar, { unit: 'workingDays', amount: left, from: when, stops: rest })!.dueAt === due
          );
        },
      ),
    );
  });
});
