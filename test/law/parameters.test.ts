import fc from 'fast-check';
import {
  chosen,
  isDate,
  NoRuleInForce,
  type Override,
  type Parameter,
  type ParameterKey,
  parameter,
  parameters,
  parseOverrides,
  printCitation,
  withOverrides,
} from '../../workflows/law';

const all = Object.entries(parameters) as [ParameterKey, Parameter<unknown>][];

describe('the shipped figures', () => {
  test.each<[ParameterKey, string, unknown]>([
    ['calendar.dayEnds', 'clock', '24:00'],
    ['calendar.officeHours', 'clock', { from: '08:30', to: '18:00' }],
    ['calendar.noticeHour', 'clock', '09:00'],
    ['stamp.maxAge', 'hours', 72],
    ['escalation.unitStep', 'workingDays', 3],
    ['escalation.prepStep', 'workingDays', 3],
    ['escalation.deskStep', 'workingDays', 1],
    ['escalation.meetStep', 'workingDays', 1],
    ['escalation.overStep', 'workingDays', 5],
    ['supervision.dispatch', 'workingDays', 1],
    [
      'supervision.defaultDue',
      'days',
      { minutes: 20, document: 30, 'leader-assignment': 15, 'leader-assignment-urgent': 5 },
    ],
    ['supervision.reminders', 'days', [7, 3, 1]],
    ['supervision.explanationDue', 'workingDays', 3],
    ['supervision.ladder', 'workingDays', [0, 3, 10]],
    ['supervision.reviewSla', 'workingDays', 5],
    ['supervision.progressEvery', 'workingDays', 10],
    ['rectify.days', 'days', 15],
  ])('%s in %s is %j', (key, unit, value) => {
    const { at, unit: found } = parameter(key);
    expect([found, at('2026-03-02')]).toEqual([unit, value]);
  });

  test('none is missing from the table above', () => {
    expect(all).toHaveLength(17);
  });

  test.each(all)('%s passes its own shape, says why, and was checked', (_, { shape, values, lastCheck }) => {
    expect(isDate(lastCheck)).toBe(true);
    for (const { value, cite, reason } of values) {
      expect(shape.accepts(value)).toBe(true);
      if (cite.basis === 'chosen') expect(reason).toMatch(/\S/);
    }
  });

  test('what we chose shows no article, what a statute says shows its name', () => {
    expect(printCitation(parameter('supervision.explanationDue').entryAt('2026-03-02').cite)).toBe('本系统规定');
    expect(printCitation(parameter('calendar.dayEnds').entryAt('2026-03-02').cite)).toBe(
      '《中华人民共和国民法典》第二百零一条、第二百零三条',
    );
  });
});

describe('the days on which figures hold', () => {
  const quarters = ['2025', '2026', '2027', '2028', '2029'].flatMap((year) =>
    ['01-01', '04-01', '07-01', '10-01'].map((day) => `${year}-${day}`),
  );

  test.each(all)('%s has one value on the first day of every quarter', (key, { values }) => {
    const days = values.map(({ from }) => from);
    expect(days).toEqual([...new Set(days)].sort());
    for (const quarter of quarters) expect(() => parameter(key).at(quarter)).not.toThrow();
  });

  test.each(all)('%s holds on its first day and not on the day before', (key) => {
    expect(() => parameter(key).at('2025-01-01')).not.toThrow();
    expect(() => parameter(key).at('2024-12-31')).toThrow(NoRuleInForce);
  });

  test('a day without a value is named, with the key and the first day that has one', () => {
    expect(() => parameter('rectify.days').at('2024-12-31')).toThrow(
      'rectify.days has no value in force on 2024-12-31; the first value holds from 2025-01-01.',
    );
  });

  test('a key that does not exist is a compile error', () => {
    // @ts-expect-error misspelt
    expect(() => parameter('supervision.ladders')).toThrow();
  });
});

const override = (value: unknown, from: string, key: ParameterKey = 'supervision.explanationDue'): Override => ({
  key,
  value,
  from,
  reason: '本市实际',
  author: 'X1',
});

describe('overrides of a site', () => {
  test('hold from their day, the shipped value until the day before', () => {
    const table = withOverrides(parameters, [override(5, '2026-03-01')]);
    const { at } = parameter('supervision.explanationDue', table);
    expect([at('2026-02-28'), at('2026-03-01'), at('2030-01-01')]).toEqual([3, 5, 5]);
  });

  test('follow one another in the order of their days, however they are entered', () => {
    const table = withOverrides(parameters, [override(7, '2026-06-01'), override(5, '2026-03-01')]);
    const { at } = parameter('supervision.explanationDue', table);
    expect(['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map(at)).toEqual([3, 5, 5, 7]);
  });

  test('stand in place of every shipped value from their day on, later ones too', () => {
    const shipped = parameters['supervision.explanationDue'];
    const later = { ...shipped.values[0]!, from: '2027-01-01', value: 4 };
    const table = withOverrides(
      { ...parameters, 'supervision.explanationDue': { ...shipped, values: [...shipped.values, later] } },
      [override(5, '2026-03-01')],
    );
    const { at } = parameter('supervision.explanationDue', table);
    expect(['2026-02-28', '2026-03-01', '2027-01-01'].map(at)).toEqual([3, 5, 5]);
    expect(withOverrides(parameters, [override(5, '2025-01-01')])['supervision.explanationDue'].values).toHaveLength(1);
  });

  test('leave every other parameter and the shipped table as they were', () => {
    const table = withOverrides(parameters, [override(5, '2025-01-01')]);
    expect(parameter('supervision.explanationDue').at('2026-03-01')).toBe(3);
    expect(parameter('supervision.reviewSla', table)).toEqual(expect.objectContaining({ unit: 'workingDays' }));
    expect(parameter('supervision.reviewSla', table).at('2026-03-01')).toBe(5);
  });

  test('are our own choice wherever they are shown, even over a statute', () => {
    const table = withOverrides(parameters, [
      override(5, '2026-03-01'),
      override('18:00', '2026-03-01', 'calendar.dayEnds'),
    ]);
    expect(parameter('supervision.explanationDue', table).entryAt('2026-03-01')).toEqual({
      from: '2026-03-01',
      value: 5,
      cite: chosen([61]),
      reason: '本市实际',
      author: 'X1',
    });
    expect(parameter('calendar.dayEnds', table).entryAt('2026-03-01').cite).toEqual(chosen());
    expect(parameter('calendar.dayEnds', table).entryAt('2026-02-28').cite.basis).toBe('statute');
  });

  test('that never passed the reader are refused with a sentence', () => {
    const { reason: _, ...withoutReason } = override(5, '2026-03-01');
    expect(() => withOverrides(parameters, [withoutReason as Override])).toThrow(
      'supervision.explanationDue: reason must say why the site departs from the shipped value, but is missing.',
    );
  });
});

describe('a parameter file', () => {
  const good = { value: 5, from: '2026-03-01', reason: '本市实际', author: 'X1' };

  test('gives its overrides, one or several to a key', () => {
    const file = { 'rectify.days': good, 'supervision.ladder': [{ ...good, value: [0, 2, 6] }] };
    expect(parseOverrides(file, 'site.yaml')).toEqual({
      ok: true,
      overrides: [
        { key: 'rectify.days', ...good },
        { key: 'supervision.ladder', ...good, value: [0, 2, 6] },
      ],
    });
  });

  test('without content gives none', () => {
    expect(parseOverrides({}, 'site.yaml')).toEqual({ ok: true, overrides: [] });
  });

  const faulty = (fields: object, key = 'rectify.days') => ({ [key]: { ...good, ...fields } });

  test.each<[string, unknown, string]>([
    [
      'without a reason',
      faulty({ reason: undefined }),
      'site.yaml: rectify.days: reason must say why the site departs from the shipped value, but is missing.',
    ],
    [
      'with an empty reason',
      faulty({ reason: ' ' }),
      'reason must say why the site departs from the shipped value, but is " ".',
    ],
    [
      'without an author',
      faulty({ author: undefined }),
      'rectify.days: author must name the seat or office that answers for it, but is missing.',
    ],
    [
      'without a day',
      faulty({ from: undefined }),
      'rectify.days: from must be the first day it holds, such as 2026-03-01, but is missing.',
    ],
    ['with a day that does not exist', faulty({ from: '2026-02-30' }), 'such as 2026-03-01, but is "2026-02-30".'],
    [
      'without a value',
      faulty({ value: undefined }),
      'rectify.days: value must be a whole number of calendar days from 1 to 366, but is missing.',
    ],
    ['with a word for a number', faulty({ value: 'five' }), 'but is "five".'],
    ['with a number as text', faulty({ value: '5' }), 'but is "5".'],
    [
      'with a step of nothing',
      faulty({ value: 0 }, 'escalation.unitStep'),
      'escalation.unitStep: value must be a whole number of working days from 1 to 366, but is 0.',
    ],
    [
      'with a ladder of two rungs',
      faulty({ value: [0, 3] }, 'supervision.ladder'),
      'a list of 3 whole numbers of working days from 0 to 366, each larger than the one before, but is [0,3].',
    ],
    ['with a ladder that falls', faulty({ value: [0, 10, 3] }, 'supervision.ladder'), 'but is [0,10,3].'],
    [
      'with reminders out of order',
      faulty({ value: [1, 3, 7] }, 'supervision.reminders'),
      'the largest first, each once, but is [1,3,7].',
    ],
    [
      'with a source left out',
      faulty({ value: { minutes: 20 } }, 'supervision.defaultDue'),
      'for each of minutes, document, leader-assignment, leader-assignment-urgent, but is {"minutes":20}.',
    ],
    [
      'with hours that end before they begin',
      faulty({ value: { from: '18:00', to: '08:30' } }, 'calendar.officeHours'),
      'the first before the second',
    ],
    [
      'with a notice hour past the day',
      faulty({ value: '24:00' }, 'calendar.noticeHour'),
      'a time of day from 00:00 to 23:59, written as HH:MM, but is "24:00".',
    ],
    [
      'with a field nobody knows',
      faulty({ reson: 'x' }),
      'rectify.days: reson is not expected; an override has value, from, reason, author.',
    ],
    [
      'with a key nobody knows',
      faulty({}, 'supervision.reviewSLA'),
      'site.yaml: supervision.reviewSLA is not a parameter; expected one of calendar.dayEnds, ',
    ],
    ['with a key every object has', faulty({}, 'constructor'), 'site.yaml: constructor is not a parameter'],
    [
      'with a bare value',
      { 'rectify.days': 5 },
      'site.yaml: rectify.days must be an override with value, from, reason, author, but is 5.',
    ],
    [
      'with nothing under a key',
      { 'rectify.days': null },
      'must be an override with value, from, reason, author, but is null.',
    ],
    [
      'with two overrides of one day',
      { 'rectify.days': [good, good] },
      'rectify.days has two overrides from 2026-03-01; expected one.',
    ],
    ['that is a list', [good], 'site.yaml must hold parameter keys with their overrides, but holds [{'],
    ['that is empty', null, 'site.yaml must hold parameter keys with their overrides, but holds null.'],
  ])('%s is refused', (_, file, sentence) => {
    const parsed = parseOverrides(file, 'site.yaml');
    expect(parsed.ok ? [] : parsed.errors).toEqual([expect.stringContaining(sentence)]);
  });

  test('with several faults names them all', () => {
    const parsed = parseOverrides({ 'rectify.days': { value: 0 }, nonsense: good }, 'site.yaml');
    expect(parsed.ok ? 0 : parsed.errors.length).toBe(5);
  });

  test('is refused or read whatever it holds, and never throws', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true }), fc.constantFrom(...all.map(([key]) => key)), (content, key) => {
        expect(typeof parseOverrides({ [key]: content }, 'site.yaml').ok).toBe('boolean');
        expect(typeof parseOverrides(content, 'site.yaml').ok).toBe('boolean');
      }),
    );
  });
});
