import { procedures } from '../../workflows/procedures';
import { rulebookVersionProcedure as procedure } from '../../workflows/procedures/rulebook-version';
import { type Json, validate } from '../../workflows/runtime/workflow';
import { alone, drafted, figure, Version } from '../support/version';

type Payload = { [key: string]: Json };
const publish: Payload = { effectiveFrom: '2026-03-02', number: '测试〔2026〕1号' };

describe('article 75: a version is drafted, approved, published, superseded', () => {
  it('takes its course, and each step says where it rests', () => {
    const version = Version.published('2026-03-02');
    expect(version.state).toBe('published');
    expect(version.play.entries.map(({ trigger, steps }) => [trigger.type, steps.at(-1)?.cite])).toEqual([
      ['xstate.init', undefined],
      ['APPROVE', { basis: 'chosen', article: 75 }],
      ['PUBLISH', { basis: 'stated', article: 75 }],
    ]);
  });

  it('refuses to be published without an effective date (S106)', () => {
    const version = Version.approved();
    const steps = version.play.entries.length;
    expect(version.send('X1-desk', 'PUBLISH', { number: 'N' })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'EFFECTIVE_DATE_MISSING', cite: { basis: 'chosen', article: 75 } },
    });
    expect(version.state).toBe('approved');
    expect(version.play.entries).toHaveLength(steps);
    expect(version.play.effects('notifyCase')).toEqual([]);
  });

  it.each([
    { effectiveFrom: '2026-03-02', inForce: undefined, outcome: 'changed', what: 'today' },
    { effectiveFrom: '2026-03-03', inForce: undefined, outcome: 'rule', what: 'tomorrow' },
    { effectiveFrom: '2026-01-01', inForce: undefined, outcome: 'changed', what: 'a day past, entered late' },
    { effectiveFrom: '2026-01-01', inForce: '2026-01-02', outcome: 'rule', what: 'a day before the one in force' },
    { effectiveFrom: '2026-01-02', inForce: '2026-01-02', outcome: 'changed', what: 'the day of the one in force' },
  ])('in force from $what ($effectiveFrom after $inForce): $outcome', ({ effectiveFrom, inForce, outcome }) => {
    const version = Version.approved();
    version.inForce = inForce ? { edition: 'RV-1', case: 'RV-1', effectiveFrom: inForce } : { edition: 'draft-2026' };
    const receipt = version.send('X1-desk', 'PUBLISH', { ...publish, effectiveFrom });
    expect(receipt.outcome).toBe(outcome);
    if (outcome === 'rule') expect(receipt.refusal?.code).toBe('TIME_NOT_ALLOWED');
  });

  it('tells every open case in the same act, from which version to which, and of what kind', () => {
    const version = Version.published('2026-03-02', { ...drafted, kind: 'structure' });
    expect(version.play.entries.at(-1)!.effects.filter(({ kind }) => kind === 'notifyCase')).toEqual([
      {
        kind: 'notifyCase',
        to: { every: true },
        type: 'VERSION_CHANGED',
        payload: { from: 'draft-2026', to: 'RV-2026-0001', kind: 'structure', at: version.play.now },
        cite: { basis: 'chosen', article: 75 },
      },
    ]);
  });

  it('can be heard of by every procedure there is', () => {
    for (const { name, definition } of procedures)
      for (const notice of ['VERSION_CHANGED', 'CALENDAR_CHANGED'])
        expect([name, definition.events[notice]?.kind]).toEqual([name, 'notice']);
  });
});

describe('article 75: one version is in force at any moment', () => {
  const now = Date.parse('2026-03-02T09:00:00+08:00');
  const heard = (version: Version, to: string, at: number) =>
    version.play.notify('VERSION_CHANGED', { from: 'draft-2026', to, kind: 'limits', at }, { from: to });

  it('the one that is published later takes the place of the one before', () => {
    const version = Version.published('2026-03-02').until('2026-03-09T09:00:00+08:00');
    heard(version, 'RV-2026-0002', version.play.now);
    expect(version.state).toBe('superseded');
    expect(version.play.subject.closed).toBe(true);
    expect(version.told('rulebook.superseded')).toEqual([['X1-desk']]);
  });

  it.each([
    { what: 'its own notice', to: 'RV-2026-0005', at: now },
    { what: 'one published before it', to: 'RV-2026-0009', at: now - 1 },
    { what: 'a lower number of the same moment', to: 'RV-2026-0004', at: now },
  ])('is left in force by $what', ({ to, at }) => {
    const version = Version.published('2026-03-02', drafted, undefined, 'RV-2026-0005');
    heard(version, to, at);
    expect(version.state).toBe('published');
  });

  it.each([
    ['RV-2026-0004', 'RV-2026-0005'],
    ['RV-2026-0005', 'RV-2026-0004'],
  ])('of two published in one moment one is left, in whatever order they hear: %s first', (first, second) => {
    const both = new Map(
      [first, second].map((id) => [id, Version.published('2026-03-02', drafted, undefined, id)] as const),
    );
    for (const [id, version] of both) for (const other of both.keys()) if (other !== id) heard(version, other, now);
    expect([...both].map(([id, { state }]) => [id, state]).sort()).toEqual([
      ['RV-2026-0004', 'superseded'],
      ['RV-2026-0005', 'published'],
    ]);
  });

  it('a draft does not care', () => {
    const version = new Version();
    heard(version, 'RV-2026-0002', version.play.now);
    expect(version.state).toBe('draft');
  });
});

describe('article 75: figures of a version, each with author and ground', () => {
  it('are kept in the order they were set, one per key and day', () => {
    const version = new Version();
    for (const value of [6, 5])
      expect(version.send('X1-desk', 'SET_PARAMETER', { ...figure, value }).outcome).toBe('changed');
    version.send('D06-desk', 'SET_PARAMETER', { ...figure, from: '2027-01-01', value: 7 });
    expect(version.play.subject.present(version.play.now, 0).summary).toMatchObject({
      version: {
        state: 'draft',
        parameters: [
          { ...figure, value: 5 },
          { ...figure, from: '2027-01-01', value: 7 },
        ],
      },
    });
  });

  const { reason, ...bare } = figure;

  it.each<{ what: string; payload: Payload; seat?: string; outcome: string; code: string; path?: string }>([
    { what: 'chosen without a reason', payload: bare, outcome: 'rule', code: 'PARAMETER_WITHOUT_BASIS' },
    {
      what: 'of a statute without its name',
      payload: { ...figure, basis: 'statute' },
      outcome: 'rule',
      code: 'PARAMETER_WITHOUT_BASIS',
    },
    {
      what: 'stated without saying where',
      payload: { ...bare, basis: 'stated', reason: reason },
      outcome: 'rule',
      code: 'PARAMETER_WITHOUT_BASIS',
    },
    {
      what: 'of no key',
      payload: { ...figure, key: 'supervision.never' },
      outcome: 'rule',
      code: 'parameter-unknown',
      path: 'payload.key',
    },
    {
      what: 'in another unit',
      payload: { ...figure, unit: 'hours' },
      outcome: 'rule',
      code: 'parameter-unit',
      path: 'payload.unit',
    },
    {
      what: 'of another form',
      payload: { ...figure, value: 0 },
      outcome: 'rule',
      code: 'parameter-value',
      path: 'payload.value',
    },
    {
      what: 'without an author',
      payload: { ...figure, author: '' },
      outcome: 'malformed',
      code: 'malformed',
      path: 'payload.author',
    },
    {
      what: 'from a day that is none',
      payload: { ...figure, from: '2026-02-30' },
      outcome: 'malformed',
      code: 'malformed',
      path: 'payload.from',
    },
    { what: 'by a unit', payload: figure, seat: 'D07-head', outcome: 'not-entitled', code: 'not-entitled' },
  ])('are refused $what', ({ payload, seat = 'X1-desk', outcome, code, path }) => {
    const version = new Version();
    const receipt = version.send(seat, 'SET_PARAMETER', payload);
    expect(receipt).toMatchObject({ outcome, refusal: { code, ...(path ? { path } : {}) } });
    expect(version.play.entries).toHaveLength(1);
  });

  it('rest on a statute by its name', () => {
    const statute = { ...bare, basis: 'statute', source: '政府督查工作条例第九条' };
    expect(new Version().send('D06-desk', 'SET_PARAMETER', statute).outcome).toBe('changed');
  });
});

describe('article 75: what a version takes in which state', () => {
  const made: Record<string, () => Version> = {
    draft: () => new Version(alone),
    approved: () => Version.approved(alone),
    published: () => Version.published('2026-03-02', alone),
    withdrawn: () => {
      const version = new Version(alone);
      version.send('X1-desk', 'WITHDRAW', { reason: '不再需要' });
      return version;
    },
    superseded: () => {
      const version = Version.published('2026-03-02', alone);
      const payload = { from: 'a', to: 'RV-2026-0002', kind: 'limits', at: version.play.now + 1 };
      version.play.notify('VERSION_CHANGED', payload, { from: 'RV-2026-0002' });
      return version;
    },
  };
  const acts: Record<string, [seat: string, payload: Payload]> = {
    SET_PARAMETER: ['X1-desk', figure],
    APPROVE: ['mayor', { ref: 'P-1' }],
    PUBLISH: ['X1-desk', publish],
    WITHDRAW: ['X1-desk', { reason: '不再需要' }],
  };
  const taken: Record<string, string[]> = {
    draft: ['SET_PARAMETER', 'APPROVE', 'WITHDRAW'],
    approved: ['PUBLISH', 'WITHDRAW'],
    published: [],
    withdrawn: [],
    superseded: [],
  };

  it.each(Object.keys(made).flatMap((state) => Object.keys(acts).map((type) => [state, type] as const)))(
    '%s, %s',
    (state, type) => {
      const version = made[state]!();
      expect(version.state).toBe(state);
      const steps = version.play.entries.length;
      const receipt = version.send(...([acts[type]![0], type, acts[type]![1]] as const));
      const isTaken = taken[state]!.includes(type);
      const closed = state === 'withdrawn' || state === 'superseded';
      expect(receipt.outcome).toBe(isTaken ? 'changed' : closed ? 'closed' : 'not-accepted');
      expect(version.play.entries).toHaveLength(isTaken ? steps + 1 : steps);
    },
  );

  it.each([
    ['PUBLISH', 'D06-desk'],
    ['PUBLISH', 'mayor'],
    ['WITHDRAW', 'D06-desk'],
  ])('%s is not for %s', (type, seat) => {
    const version = Version.approved();
    expect(version.send(seat, type, acts[type]![1]).outcome).toBe('not-entitled');
  });

  it('is not published where nobody knows what is in force', () => {
    const version = Version.approved();
    version.inForce = undefined;
    expect(version.send('X1-desk', 'PUBLISH', publish)).toMatchObject({ refusal: { code: 'version-unknown' } });
  });

  it('presses the Office and whoever leads it, where an approved version is not published', () => {
    const version = Version.approved();
    version.until('2026-03-03T23:59:59.999+08:00');
    expect(version.told('desk.overdue')).toEqual([]);
    version.until('2026-03-04T00:00:00+08:00');
    expect(version.told('desk.overdue')).toEqual([['X1-desk', 'sg']]);
    version.until('2026-03-06T00:00:00+08:00');
    expect(version.told('desk.overdue')).toEqual([['X1-desk', 'sg'], ['evm'], ['mayor']]);
    expect(version.state).toBe('approved');
  });

  it.each([
    ['of an unknown kind', { ...drafted, kind: 'all' }, 'payload.kind'],
    ['without a list of what it repeals', { ...drafted, repeals: '53号' }, 'payload.repeals'],
    ['with a field nobody knows', { ...drafted, force: true }, 'payload'],
  ])('cannot be drafted %s', (_, payload, path) => {
    expect(validate(procedure.opening.schema, payload as Json)).toMatchObject({ code: 'malformed', path });
  });
});
