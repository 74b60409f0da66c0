/** Articles 6 to 9: what the case of a term refuses, on what ground, with a remedy, and that nothing changes by it. */
import { refusalText } from '../../locale';
import { parseInstant } from '../../workflows/law';
import { actingAuthorityProcedure } from '../../workflows/procedures/acting-authority';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import type { Json, Refusal } from '../../workflows/runtime/workflow';
import { as, MONDAY, personOf, ranked, Term, termPayload } from '../support/term';

const NINE = '依第九条推定';
const OURS = '本系统规定';
const period = (from: string, to?: string) => ({ period: to === undefined ? { from } : { from, to } });

interface Case {
  what: string;
  by: string;
  type: string;
  payload: { [key: string]: Json };
  code: string;
  ground?: string;
}

const order = (seats: string[], change: (entries: ReturnType<typeof ranked>) => Json = (all) => all) => ({
  order: change(ranked(seats)),
  ref: 'W-9',
});
const full = ['vm-1', 'vm-3', 'vm-2', 'vm-5', 'vm-4'];
const entrust = { receiver: 'vm-1', act: 'preside', mode: 'standing', ...period(MONDAY), ref: 'W-1' };

const cases: Case[] = [
  {
    what: 'an order with a gap',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order(full, (all) => all.map((one) => (one.rank === 5 ? { ...one, rank: 6 } : one))),
    code: 'ORDER_AMBIGUOUS',
    ground: NINE,
  },
  {
    what: 'an order with a tie',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order(full, (all) => all.map((one) => (one.rank === 5 ? { ...one, rank: 4 } : one))),
    code: 'ORDER_AMBIGUOUS',
    ground: NINE,
  },
  {
    what: 'an order that leaves one out',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order(full.slice(0, 4)),
    code: 'ORDER_AMBIGUOUS',
    ground: NINE,
  },
  {
    what: 'an order that names one twice',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order([...full, 'vm-4']),
    code: 'ORDER_AMBIGUOUS',
    ground: NINE,
  },
  {
    what: 'an order against the days of appointment',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order(full, (all) => all.map((one, i) => ({ ...one, appointedOn: `20${20 - i}-01-01` }))),
    code: 'ORDER_AMBIGUOUS',
    ground: NINE,
  },
  {
    what: 'S04 a candidate in the order',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order([...full, 'candidate-1']),
    code: 'CANDIDATE_NOT_ELIGIBLE',
    ground: NINE,
  },
  {
    what: 'a member of the Party group who is no vice mayor, in the order',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order([...full, 'pg-member-1']),
    code: 'CANDIDATE_NOT_ELIGIBLE',
    ground: NINE,
  },
  {
    what: 'S04 somebody whose appointment lies ahead, in the order',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order(full, (all) => [...all.slice(0, 4), { ...all[4]!, appointedOn: '2026-03-03' }]),
    code: 'CANDIDATE_NOT_ELIGIBLE',
    ground: NINE,
  },
  {
    what: 'another person than holds the seat, in the order',
    by: 'X1-desk',
    type: 'ORDER_SET',
    payload: order(full, (all) => [...all.slice(0, 4), { ...all[4]!, person: 'test-other' }]),
    code: 'CANDIDATE_NOT_ELIGIBLE',
    ground: NINE,
  },
  {
    what: 'an order set by the supervision office',
    by: 'X2-desk',
    type: 'ORDER_SET',
    payload: order(full),
    code: 'not-entitled',
  },
  {
    what: 'an entrustment by the executive vice mayor to himself',
    by: 'vm-1',
    type: 'ENTRUST',
    payload: entrust,
    code: 'ENTRUSTMENT_NOT_BY_MAYOR',
    ground: '第九条、第四十四条',
  },
  {
    what: 'an entrustment by another vice mayor',
    by: 'vm-2',
    type: 'ENTRUST',
    payload: entrust,
    code: 'ENTRUSTMENT_NOT_BY_MAYOR',
    ground: '第九条、第四十四条',
  },
  {
    what: 'other work entrusted by the secretary-general',
    by: 'sg',
    type: 'ENTRUST',
    payload: { ...entrust, act: 'task', receiver: 'vm-2' },
    code: 'ENTRUSTMENT_NOT_BY_MAYOR',
    ground: '第七条',
  },
  {
    what: 'an entrustment to oneself',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'mayor', act: 'task' },
    code: 'ENTRUSTMENT_NOT_BY_MAYOR',
    ground: '依第七条、第九条推定',
  },
  {
    what: 'an entrustment to preside that skips the executive vice mayor',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'vm-3' },
    code: 'RANK_SKIPPED',
    ground: '第九条',
  },
  {
    what: 'an entrustment to chair the standing meeting to another vice mayor',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'vm-3', act: 'chair-standing' },
    code: 'RANK_SKIPPED',
    ground: '第九条',
  },
  {
    what: 'an entrustment to a candidate',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'candidate-1' },
    code: 'CANDIDATE_NOT_ELIGIBLE',
    ground: NINE,
  },
  {
    what: 'a task entrusted to somebody who is no vice mayor',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'sg', act: 'task' },
    code: 'CANDIDATE_NOT_ELIGIBLE',
    ground: NINE,
  },
  {
    what: 'a special meeting entrusted to a vice mayor',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'vm-2', act: 'hold-special' },
    code: 'receiver-not-eligible',
    ground: '第四十六条',
  },
  {
    what: 'the Party group entrusted by somebody who is not its secretary',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, receiver: 'pg-deputy', act: 'chair-party-group' },
    code: 'not-entitled',
  },
  {
    what: 'an entrustment that ends before it begins',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, ...period('2026-03-05T00:00:00+08:00', '2026-03-04T00:00:00+08:00') },
    code: 'TIME_NOT_ALLOWED',
    ground: OURS,
  },
  {
    what: 'an entrustment that ends when it begins',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, ...period('2026-03-05T00:00:00+08:00', '2026-03-05T00:00:00+08:00') },
    code: 'TIME_NOT_ALLOWED',
    ground: OURS,
  },
  {
    what: 'an entrustment that is over',
    by: 'mayor',
    type: 'ENTRUST',
    payload: { ...entrust, ...period('2026-02-01T00:00:00+08:00', MONDAY) },
    code: 'TIME_NOT_ALLOWED',
    ground: OURS,
  },
  {
    what: 'the revocation of an entrustment that was never given',
    by: 'mayor',
    type: 'REVOKE_ENTRUSTMENT',
    payload: { receiver: 'vm-1', act: 'preside', ref: 'W-2' },
    code: 'no-such-entrustment',
  },
  {
    what: 'S03 a notice that names another presider',
    by: 'X1-desk',
    type: 'CONFIRM_NOTICE',
    payload: { version: 1, presider: 'vm-3' },
    code: 'RANK_SKIPPED',
    ground: '第九条',
  },
  {
    what: 'a notice of another version',
    by: 'X1-desk',
    type: 'CONFIRM_NOTICE',
    payload: { version: 2, presider: 'mayor' },
    code: 'notice-outdated',
  },
  {
    what: 'a notice confirmed by the secretary-general',
    by: 'sg',
    type: 'CONFIRM_NOTICE',
    payload: { version: 1, presider: 'mayor' },
    code: 'not-entitled',
  },
  {
    what: 'an end of the term by the mayor himself',
    by: 'mayor',
    type: 'CLOSE_TERM',
    payload: { ref: 'W-3' },
    code: 'not-entitled',
  },
];

function saidOf(refusal: Refusal) {
  const said = refusalText(refusal, 'hans', { nameOf: (id) => id });
  expect(said.sentence.length).toBeGreaterThan(5);
  expect(said.remedy.length).toBeGreaterThan(5);
  return said;
}

describe('refused, with ground and remedy, and nothing changed', () => {
  it.each(cases)('$what', ({ by, type, payload, code, ground }) => {
    const term = new Term();
    const before = {
      head: term.play.subject.head,
      context: JSON.stringify(term.context),
      told: term.play.effects().length,
    };
    const { refusal } = term.send(by, type, payload);
    expect(refusal?.code).toBe(code);
    if (ground !== undefined) expect(saidOf(refusal!).citation).toContain(ground);
    else saidOf(refusal!);
    expect({
      head: term.play.subject.head,
      context: JSON.stringify(term.context),
      told: term.play.effects().length,
    }).toEqual(before);
  });

  it('an entrustment in a form the operator does not take', () => {
    const term = new Term({}, { parameters: { 'acting.entrustmentMode': ['each-time'] } });
    expect(term.send('mayor', 'ENTRUST', entrust).refusal).toMatchObject({ code: 'entrustment-mode' });
    expect(term.send('mayor', 'ENTRUST', { ...entrust, mode: 'each-time' }).outcome).toBe('changed');
  });

  it('an entrustment of the mayor revoked by its receiver; by the mayor it ends', () => {
    const term = new Term();
    term.must('mayor', 'ENTRUST', entrust);
    const revoke = { receiver: 'vm-1', act: 'preside', ref: 'W-2' };
    expect(term.send('vm-1', 'REVOKE_ENTRUSTMENT', revoke).refusal?.code).toBe('ENTRUSTMENT_NOT_BY_MAYOR');
    expect(term.send('mayor', 'REVOKE_ENTRUSTMENT', revoke).outcome).toBe('changed');
  });

  it('everything, once the term is over', () => {
    const term = new Term().must('X1-desk', 'CLOSE_TERM', { ref: 'W-3' });
    expect(term.state).toBe('term-closed');
    expect(term.send('mayor', 'ENTRUST', entrust).outcome).toBe('closed');
    expect(term.notices('PRESIDER_CHANGED').at(-1)).toMatchObject({
      to: { every: true },
      payload: { state: 'term-closed' },
    });
  });
});

describe('a term is not opened', () => {
  const refuse = (more: { [key: string]: Json | undefined }, facts: object = {}): Refusal | undefined => {
    const stamp = {
      receivedAt: parseInstant(MONDAY),
      entrance: 'test',
      ...as('X1-desk'),
      facts: { asOf: 0, ...facts },
    };
    return actingAuthorityProcedure.opening.refuse(termPayload(more) as never, stamp as AuthorityStamp);
  };
  const away = (from: string, to?: string) => [
    { person: personOf('mayor'), seats: ['mayor'], interval: { from, ...(to ? { to } : {}) }, ref: 'LR-1' },
  ];

  it.each<[string, object, object, string]>([
    ['while one is open', {}, { acting: { case: 'AA-2026-0001' } }, 'term-open'],
    [
      'with a tie in the order',
      { order: ranked(['vm-1', 'vm-2']).map((one) => ({ ...one, rank: 1 })) },
      {},
      'ORDER_AMBIGUOUS',
    ],
    [
      'with a gap in the order',
      { order: ranked(['vm-1', 'vm-2']).map((one) => ({ ...one, rank: one.rank * 2 })) },
      {},
      'ORDER_AMBIGUOUS',
    ],
    [
      'with one person in two seats',
      { order: ranked(['vm-1', 'vm-2']).map((one) => ({ ...one, person: 'p' })) },
      {},
      'ORDER_AMBIGUOUS',
    ],
    ['S04 with a candidate in the order', { order: ranked(['vm-1', 'candidate-1']) }, {}, 'CANDIDATE_NOT_ELIGIBLE'],
    ['with an executive vice mayor who is none', { evm: 'sg' }, {}, 'CANDIDATE_NOT_ELIGIBLE'],
    [
      'with an absence that ends before it begins',
      { absences: away('2026-03-01T00:00:00+08:00', '2026-02-01T00:00:00+08:00') },
      {},
      'TIME_NOT_ALLOWED',
    ],
    ['with an absence that has not begun', { absences: away('2026-03-03T00:00:00+08:00') }, {}, 'TIME_NOT_ALLOWED'],
  ])('%s', (_, more, facts, code) => {
    const refusal = refuse(more as never, facts);
    expect(refusal?.code).toBe(code);
    saidOf(refusal!);
  });

  it('otherwise it is, also with what is not assigned yet, and with somebody away', () => {
    expect(refuse({})).toBeUndefined();
    expect(refuse({ mayor: undefined, evm: undefined, order: [] })).toBeUndefined();
    expect(refuse({ absences: away('2026-03-01T00:00:00+08:00') })).toBeUndefined();
    const term = new Term({ absences: away('2026-03-01T00:00:00+08:00') });
    expect(term.state).toBe('awaiting-entrustment');
  });
});
