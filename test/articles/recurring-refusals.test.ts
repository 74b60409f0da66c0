/** What a recurring obligation answers in every state, and what opens none (spec 2.7). */
import { edition, lawData } from '../../workflows/law';
import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import { type Json, validate } from '../../workflows/runtime/workflow';
import { began, calendarStamp, Duty, minutes, report } from '../support/duties';
import { as } from '../support/supervision';

const at = {
  scheduled: '2026-03-02T09:00:00+08:00',
  'due-soon': '2026-03-25T09:00:00+08:00',
  due: '2026-03-31T09:00:00+08:00',
  overdue: '2026-04-01T09:00:00+08:00',
  escalated: '2026-04-03T09:00:00+08:00',
} as const;
type State = keyof typeof at;

const done = '2026-03-02T08:00:00+08:00';
const acts: [string, string, string, Json][] = [
  ['the evidence', 'X1-desk', 'FULFIL', minutes('M-1', done)],
  ['no evidence', 'X1-desk', 'FULFIL', { at: done }],
  ['evidence of another kind', 'X1-desk', 'FULFIL', report('R-1', done)],
  ['evidence from before the period', 'X1-desk', 'FULFIL', minutes('M-1', '2026-02-28T23:59:59+08:00')],
  ['evidence of tomorrow', 'X1-desk', 'FULFIL', minutes('M-1', '2026-05-01T09:00:00+08:00')],
  ['somebody else brings it', 'D07-desk', 'FULFIL', minutes('M-1', done)],
  ['no reason', 'mayor', 'WAIVE', {}],
  ['a reason', 'mayor', 'WAIVE', { reason: '防汛' }],
  ['a reason of somebody else', 'sg', 'WAIVE', { reason: '防汛' }],
  ['withdrawal', 'X1-desk', 'WITHDRAW', { reason: '重复' }],
];

const answer = (state: State, seat: string, type: string, payload: Json): string => {
  const duty = new Duty({
    ...began('RO1', 'mayor', '2026-03-01'),
    period: { id: '2026-03', first: '2026-03-01', last: '2026-03-31' },
  });
  duty.until(at[state]);
  expect(duty.state).toBe(state);
  const before = duty.play.entries.length;
  const { outcome, refusal } = duty.send(seat, type, payload);
  expect(duty.play.entries).toHaveLength(before + (outcome === 'changed' ? 1 : 0));
  return outcome === 'rule' ? refusal!.code : outcome === 'changed' ? duty.state : outcome;
};

describe('state by act', () => {
  const missed = 'not-accepted';
  const table: Record<string, Record<State, string>> = {
    'the evidence': {
      scheduled: 'fulfilled',
      'due-soon': 'fulfilled',
      due: 'fulfilled',
      overdue: 'fulfilled-late',
      escalated: 'fulfilled-late',
    },
    'no evidence': all('EVIDENCE_MISSING'),
    'evidence of another kind': all('EVIDENCE_MISSING'),
    'evidence from before the period': all('EVIDENCE_MISSING'),
    'evidence of tomorrow': all('TIME_NOT_ALLOWED'),
    'somebody else brings it': all('not-entitled'),
    'no reason': {
      scheduled: missed,
      'due-soon': missed,
      due: missed,
      overdue: 'WAIVER_WITHOUT_REASON',
      escalated: 'WAIVER_WITHOUT_REASON',
    },
    'a reason': { scheduled: missed, 'due-soon': missed, due: missed, overdue: 'waived', escalated: 'waived' },
    'a reason of somebody else': {
      scheduled: missed,
      'due-soon': missed,
      due: missed,
      overdue: 'not-entitled',
      escalated: 'not-entitled',
    },
    withdrawal: all(missed),
  };
  it.each(acts)('%s', (name, seat, type, payload) => {
    const answers = Object.fromEntries(
      (Object.keys(at) as State[]).map((state) => [state, answer(state, seat, type, payload)]),
    );
    expect(answers).toEqual(table[name]);
  });

  function all(same: string): Record<State, string> {
    return { scheduled: same, 'due-soon': same, due: same, overdue: same, escalated: same };
  }
});

describe('one piece of evidence serves one instance', () => {
  const fulfil = (facts: object | undefined) => {
    const duty = Duty.of('RO2', 'pg-secretary', '2026-03-01').until(at.scheduled);
    return duty.send(
      'X1-desk',
      'FULFIL',
      minutes('M-1', done),
      facts ? { facts: { asOf: Date.parse(at.scheduled), ...facts } } : {},
    );
  };

  it('is refused where the entrance found that another case has it', () => {
    expect(fulfil({ served: [{ case: 'RO-2026-0007', obligation: 'RO2' }] })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'EVIDENCE_MISSING' },
    });
  });

  it('is taken where no case has it', () => {
    expect(fulfil({ served: [] }).outcome).toBe('changed');
    expect(fulfil({ served: [{ case: 'RO-2026-0008', obligation: 'RO3' }] }).outcome).toBe('changed');
  });

  it('asks the entrance for it', () => {
    expect(procedure.acts.FULFIL!.facts).toEqual(['served']);
  });
});

describe('a case is opened by the calendar, for those who owe it', () => {
  const { opening } = procedure;
  const refusal = (payload: object, stamp: object = calendarStamp) =>
    opening.refuse(payload as never, { receivedAt: 0, ...stamp } as never)?.code;

  it.each([
    ['RO1', 'mayor', undefined],
    ['RO1', 'sg', 'malformed'],
    ['RO2', 'pg-secretary', undefined],
    ['RO2', 'D07', 'malformed'],
    ['RO6', 'D07', 'malformed'],
    ['RO9', 'D07', undefined],
    ['RO9', 'vm-1', 'malformed'],
    ['RO10', 'vm-1', undefined],
    ['RO10', 'X1', 'malformed'],
    ['RO12', 'mayor', 'malformed'],
    ['RO14', 'X1', undefined],
  ] as const)('%s of %s: %p', (obligation, owner, code) => {
    expect(refusal(began(obligation, owner, '2026-03-01'))).toBe(code);
  });

  it('nobody opens one by hand, not even the Office', () => {
    expect(refusal(began('RO1', 'mayor', '2026-03-01'), as('X1-desk'))).toBe('not-entitled');
  });

  it.each([
    ['an obligation that is none', { obligation: 'RO15' }, 'payload.obligation'],
    [
      'a period that ends before it begins',
      { period: { id: '2026-03', first: '2026-03-31', last: '2026-03-01' } },
      'payload.period',
    ],
    [
      'a day that is none',
      { period: { id: '2026-02', first: '2026-02-01', last: '2026-02-30' } },
      'payload.period.last',
    ],
    ['nothing owed', { count: 0 }, 'payload.count'],
    ['a name in the place of a seat', { owner: '王伟' }, 'payload.owner'],
  ])('%s is malformed', (_, change, path) => {
    expect(validate(opening.schema, { ...began('RO1', 'mayor', '2026-03-01'), ...change })?.path).toBe(path);
  });
});

describe('a window that rolls', () => {
  const window = { id: '2026-03-01+1', first: '2026-03-01', last: '2026-03-31', rolling: 1 };
  const rolling = () => new Duty({ ...began('RO1', 'mayor', '2026-03-01'), period: window, count: 1 });
  const next = (duty: Duty) =>
    duty.play.effects('startCase').map(({ key, payload }) => [key, (payload as { period: Json }).period]);

  it('is followed by the next one from the day it was served', () => {
    const duty = rolling().until('2026-03-20T09:00:00+08:00');
    duty.send('X1-desk', 'FULFIL', minutes('M-1', '2026-03-18T09:00:00+08:00'));
    expect(next(duty)).toEqual([
      ['RO1/mayor/2026-03-19+1', { id: '2026-03-19+1', first: '2026-03-19', last: '2026-04-18', rolling: 1 }],
    ]);
  });

  it('is followed by the next one from its end where nothing served it', () => {
    const duty = rolling().until('2026-04-02T09:00:00+08:00');
    duty.send('mayor', 'WAIVE', { reason: '防汛' });
    expect(next(duty)).toEqual([
      ['RO1/mayor/2026-04-01+1', { id: '2026-04-01+1', first: '2026-04-01', last: '2026-04-30', rolling: 1 }],
    ]);
  });

  it('a calendar period is followed by none of its own: the schedule opens it', () => {
    const duty = Duty.of('RO1', 'mayor', '2026-03-01').until('2026-03-20T09:00:00+08:00');
    duty.send('X1-desk', 'FULFIL', minutes('M-1', '2026-03-18T09:00:00+08:00'));
    expect(next(duty)).toEqual([]);
  });
});

describe('what is written down', () => {
  const schema = procedure.definition.contextSchema!();
  const fits = (duty: Duty) => validate(schema, duty.play.subject.snapshot.context as Json);

  it('is what the schema says, in every way a case goes', () => {
    const duty = Duty.of('RO3', 'mayor', '2026-03-01', { behind: ['RO-2026-0001'] });
    expect(fits(duty)).toBeUndefined();
    duty.until('2026-03-12T18:00:00+08:00').held('standing', '2026-03-12T09:00:00+08:00', 'MT-1');
    duty.send('X1-desk', 'FULFIL', minutes('MT-1', '2026-03-12T09:00:00+08:00'));
    expect(duty.play.subject.snapshot.context).toMatchObject({ offered: ['MT-1'], evidence: [{ ref: 'MT-1' }] });
    expect(fits(duty.until('2026-04-10T00:00:00+08:00'))).toBeUndefined();
    duty.send('mayor', 'WAIVE', { reason: '防汛' });
    expect(fits(duty)).toBeUndefined();
  });

  it('and nothing else', () => {
    const duty = Duty.of('RO3', 'mayor', '2026-03-01');
    const context = duty.play.subject.snapshot.context as { [key: string]: Json };
    expect(validate(schema, { ...context, rung: -1 })?.path).toMatch('rung');
    expect(validate(schema, { ...context, obligation: 'RO99' })?.path).toMatch('obligation');
    expect(validate(schema, { ...context, more: 1 })).toBeDefined();
  });
});

describe('a law that changes in mid-period', () => {
  const changed = (key: 'recurring.dueSoon' | 'recurring.grace', value: number) => {
    const from = '2026-02-01';
    const overrides = [{ key, value, from, reason: '本市实际', author: 'X1' }];
    return { ...lawData(edition, procedure.parameters, '2026-02-01', { overrides }), edition: 'second' };
  };
  const told = (duty: Duty, law: object) =>
    duty.play.notify('VERSION_CHANGED', {
      from: duty.law.edition,
      to: 'second',
      kind: 'limits',
      at: 0,
      law: law as Json,
    });

  it('moves the reminder and the grace, and leaves the end of the period where it is', () => {
    const duty = Duty.of('RO1', 'mayor', '2026-01-01').until('2026-03-02T09:00:00+08:00');
    expect(told(duty, changed('recurring.dueSoon', 30))).toBe(true);
    expect(duty.until('2026-07-01T00:00:00+08:00').course).toEqual([
      '2026-01-01T00:00 scheduled',
      '2026-06-01T00:00 due-soon',
      '2026-06-30T00:00 due',
      '2026-07-01T00:00 overdue',
    ]);
    const graced = Duty.of('RO1', 'mayor', '2026-01-01').until('2026-06-30T09:00:00+08:00');
    told(graced, changed('recurring.grace', 3));
    expect(graced.until('2026-07-03T23:59:59+08:00').state).toBe('due');
    expect(graced.until('2026-07-04T00:00:00+08:00').state).toBe('overdue');
  });
});
