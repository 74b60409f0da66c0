/** Who owes what by the directory, and what begins when: one arithmetic for schedules and drills. */
import fc from 'fast-check';
import { type Directory, loadDirectory, shippedFiles } from '../../activities/directory';
import { beginnings, dutiesAt, obligationStarts, payloadOn, periodFigures, whyNotOwed } from '../../client/schedules';
import { calendarsOf } from '../../worker/schedules';
import { edition, formatInstant, lawData, type Override, parseInstant } from '../../workflows/law';
import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import { validate } from '../../workflows/runtime/workflow';
import { calendarStamp } from '../support/duties';

const at = (local: string) => parseInstant(`${local}:00+08:00`);
const directoryOf = (kind?: 'demo'): Directory => {
  const loaded = loadDirectory([shippedFiles().city], kind && { file: shippedFiles().overlay, kind });
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.ok;
};
const shipped = directoryOf();
const assumed = directoryOf('demo');
const law = (overrides: Override[] = []) => lawData(edition, periodFigures, '2026-01-01', { overrides });
const day = at('2026-03-02T09:00');

describe('who owes what', () => {
  test('in the shipped city those whose seats are held, and the others are named in a sentence each', () => {
    const { owed, skipped } = dutiesAt(shipped, day);
    const vms = ['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5', 'vm-6', 'vm-7'];
    expect(owed.map(({ obligation, owner }) => `${obligation} ${owner}`)).toEqual([
      'RO1 mayor',
      'RO3 mayor',
      ...['mayor', ...vms, 'sg'].map((owner) => `RO10 ${owner}`),
      ...[...vms, 'sg'].map((owner) => `RO12 ${owner}`),
      'RO13 mayor',
    ]);
    expect(skipped).toContain('RO6 is not opened: D06 has nobody who holds its seat.');
    expect(skipped.filter((sentence) => !/^RO\d+ is not opened: .+\.$/.test(sentence))).toEqual([]);
    expect(new Set(skipped.map((sentence) => sentence.split(' ')[0]))).toEqual(
      new Set(['RO2', 'RO4', 'RO5', 'RO6', 'RO7', 'RO8', 'RO9', 'RO10', 'RO11', 'RO14']),
    );
  });

  test('where every seat is held, every department owes its own, and the Office what the government owes', () => {
    const owners = dutiesAt(assumed, day).owed.filter(({ obligation }) => obligation === 'RO9');
    const ids = owners.map(({ owner }) => owner);
    expect(ids).toContain('X1');
    expect(ids).toContain('D31');
    expect(ids).toContain('X3');
    expect(ids).not.toContain('X2');
    expect(ids.filter((id) => /^[ACI]/.test(id))).toEqual([]);
    expect(ids).toHaveLength(33);
  });

  test('why somebody does not owe it is said', () => {
    expect(whyNotOwed(shipped, { obligation: 'RO1', owner: 'mayor' }, day)).toBeUndefined();
    expect(whyNotOwed(shipped, { obligation: 'RO6', owner: 'D06' }, day)).toMatch('D06 has nobody who holds its seat');
    expect(whyNotOwed(shipped, { obligation: 'RO12', owner: 'vm-9' }, day)).toMatch('vm-9 does not owe it');
  });
});

describe('what begins', () => {
  const starts = (from: string, to: string, overrides?: Override[]) =>
    obligationStarts({ directory: shipped, law: law(overrides) }, at(from), at(to));

  test('at the first moment of January nearly everything, of March what is owed by the month', () => {
    const obligations = (from: string, to: string) => [...new Set(starts(from, to).map((s) => s.payload.obligation))];
    expect(obligations('2026-01-01T00:00', '2026-01-01T00:01')).toEqual(['RO1', 'RO3', 'RO10', 'RO12', 'RO13']);
    expect(obligations('2026-03-01T00:00', '2026-03-31T00:00')).toEqual(['RO3', 'RO10', 'RO12']);
    expect(starts('2026-03-01T00:01', '2026-04-01T00:00')).toEqual([]);
  });

  test('each with what opens its case, which the procedure takes', () => {
    const [first] = starts('2026-07-01T00:00', '2026-07-02T00:00');
    expect(first).toEqual({
      at: at('2026-07-01T00:00'),
      key: 'RO1/mayor/2026-H2',
      payload: {
        obligation: 'RO1',
        owner: 'mayor',
        count: 1,
        period: { id: '2026-H2', first: '2026-07-01', last: '2026-12-31' },
      },
    });
    for (const { payload } of starts('2026-01-01T00:00', '2028-01-01T00:00')) {
      expect(validate(procedure.opening.schema, payload as never)).toBeUndefined();
      expect(procedure.opening.refuse(payload as never, { receivedAt: 0, ...calendarStamp } as never)).toBeUndefined();
    }
  });

  test('once each: no key twice, whatever the span', () => {
    const keys = starts('2026-01-01T00:00', '2030-01-01T00:00').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('a span cut anywhere gives the same', () => {
    const whole = starts('2026-01-01T00:00', '2028-01-01T00:00').map(({ key }) => key);
    fc.assert(
      fc.property(fc.nat(730 * 1440), (minutes) => {
        const cut = formatInstant(at('2026-01-01T00:00') + minutes * 60_000).slice(0, 16);
        const parts = [...starts('2026-01-01T00:00', cut), ...starts(cut, '2028-01-01T00:00')];
        return parts.map(({ key }) => key).join() === whole.join();
      }),
      { numRuns: 4 },
    );
  });

  const override = (key: Override['key'], value: unknown, from: string): Override => ({
    key,
    value,
    from,
    reason: '本市实际',
    author: 'X1',
  });

  test('a figure of the site holds for the periods that begin from its day on', () => {
    const overrides = [override('recurring.leaderCheck', { times: 3, every: 1, unit: 'quarters' }, '2026-04-01')];
    const checks = starts('2026-03-01T00:00', '2026-08-01T00:00', overrides).filter((s) => s.key.startsWith('RO12/sg'));
    expect(checks.map(({ key, payload }) => [key, payload.count])).toEqual([
      ['RO12/sg/2026-03', 1],
      ['RO12/sg/2026-Q2', 3],
      ['RO12/sg/2026-Q3', 3],
    ]);
  });

  test('where windows roll, the first one begins with the calendar and knows that it rolls', () => {
    const rolling = law([override('recurring.window', 'rolling', '2026-01-01')]);
    expect(payloadOn({ obligation: 'RO1', owner: 'mayor' }, '2026-03-16', rolling).period).toEqual({
      id: '2026-03-16+6',
      first: '2026-03-16',
      last: '2026-09-15',
      rolling: 6,
    });
  });
});

describe('schedules in the words of the server', () => {
  const months = beginnings('RO3', law(), at('2026-01-01T00:00'), at('2046-01-01T00:00'));

  test('name the instants of the arithmetic, in UTC, and no others', () => {
    const instants = calendarsOf(months).flatMap(({ year, month, dayOfMonth, hour, minute }) =>
      (year as { start: number; end: number }[]).flatMap(({ start, end }) =>
        Array.from({ length: end - start + 1 }, (_, i) =>
          Date.parse(`${dayOfMonth} ${month} ${start + i} ${hour}:0${minute} UTC`),
        ),
      ),
    );
    expect(instants.sort((a, b) => a - b)).toEqual(months);
    expect(months).toHaveLength(240);
  });

  test('are short: one entry a month, and one more for the leap day before March', () => {
    expect(calendarsOf(months)).toHaveLength(13);
    expect(calendarsOf(months)[0]).toEqual({
      year: [{ start: 2025, end: 2044 }],
      month: 'DECEMBER',
      dayOfMonth: 31,
      hour: 16,
      minute: 0,
      second: 0,
    });
  });
});
