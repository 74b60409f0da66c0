import { refusalText } from '../../locale';
import { openingsOf } from '../../workflows/procedures/kit';
import { leaveRequestProcedure as procedure } from '../../workflows/procedures/leave-request';
import { type Json, type Refusal, validate } from '../../workflows/runtime/workflow';
import { applicants, Leave, stampOf, type Who } from '../support/leave';

const AT = '2026-03-11T10:00:00+08:00';

const states = {
  drafted: () => new Leave('bureauHead'),
  checking: () => {
    const leave = new Leave('evm');
    leave.submit({}, { absences: [] });
    return leave;
  },
  'exclusion-hold': () => {
    const leave = new Leave('evm');
    const { from, to } = leave.context as unknown as { from: number; to: number };
    const mayors = {
      person: 'm',
      seats: ['mayor'],
      interval: { from, to },
      basis: 'leave',
      case: 'LR-9',
      state: 'asked',
    } as const;
    leave.send('vm-1', 'HOLD_FOR_EXCLUSION', {}, { absences: [mayors as never] });
    return leave;
  },
  'awaiting-approvals': () => Leave.submitted('bureauHead'),
  approved: () => Leave.approved('viceMayor'),
  filing: () => Leave.approved('bureauHead'),
  'on-leave': () => Leave.away('bureauHead'),
  overstayed: () => Leave.away('bureauHead').until('2026-03-14T08:00:00+08:00'),
  recalled: () => {
    const leave = Leave.away('bureauHead');
    leave.send('mayor', 'CALL_BACK', { reason: '急事' });
    return leave;
  },
  observed: () => Leave.observed('bureauHead', AT),
  returned: () => {
    const leave = Leave.approved('bureauHead').until(AT);
    leave.observe(AT);
    leave.send('D07-head', 'RETURNED');
    return leave;
  },
  closed: () => {
    const leave = Leave.away('bureauHead');
    leave.send('D07-head', 'RETURNED');
    return leave;
  },
  rejected: () => {
    const leave = Leave.submitted('bureauHead');
    leave.send('mayor', 'REJECT_LEAVE', { asSeat: 'mayor' });
    return leave;
  },
  withdrawn: () => {
    const leave = new Leave('bureauHead');
    leave.send('D07-head', 'WITHDRAW', { reason: '不去了' });
    return leave;
  },
};
type State = keyof typeof states;

/** An act as somebody entitled would send it, in a state that might take it. */
const acts: Record<string, (leave: Leave) => [string, Json]> = {
  SUBMIT_LEAVE: (leave) => [leave.who.seats[0]!, leave.request()],
  APPROVE_LEAVE: () => ['mayor', { asSeat: 'mayor' }],
  REJECT_LEAVE: () => ['mayor', { asSeat: 'mayor' }],
  RECORD_EXTERNAL_APPROVAL: () => ['X1-desk', { body: 'municipal-committee', ref: 'W-1' }],
  HOLD_FOR_EXCLUSION: (leave) => [leave.who.seats[0]!, {}],
  RECORD_FILING: () => ['X1-desk', { office: 'party-office', ref: 'R-1' }],
  START_LEAVE: (leave) => [leave.who.seats[0]!, {}],
  EXTEND_LEAVE: (leave) => [leave.who.seats[0]!, { to: '2026-03-20T18:00:00+08:00', reason: '未完' }],
  CALL_BACK: () => ['mayor', { reason: '急事' }],
  WITHDRAW: (leave) => [leave.who.seats[0]!, { reason: '不去了' }],
  STOP_WAITING: () => ['X1-desk', { reason: '无答复' }],
  RETURNED: () => ['X1-desk', {}],
  NOT_TAKEN: () => ['X1-desk', {}],
  GRANT_EXCEPTION: () => ['party-secretary', { code: 'MUTUAL_EXCLUSION', reason: '外事' }],
};

const open: State[] = ['drafted', 'checking', 'exclusion-hold', 'awaiting-approvals', 'approved', 'filing'];
const N = 'not-accepted-here';

/** What each state answers to each act; nothing where it takes it. */
const table: Record<string, Partial<Record<State, string>>> = {
  SUBMIT_LEAVE: but(N, { drafted: undefined, 'exclusion-hold': 'term-not-open' }),
  APPROVE_LEAVE: but(N, {
    'exclusion-hold': undefined,
    'awaiting-approvals': undefined,
    observed: undefined,
    overstayed: 'word-given',
  }),
  REJECT_LEAVE: but(N, {
    'exclusion-hold': undefined,
    'awaiting-approvals': undefined,
    observed: undefined,
    overstayed: 'word-given',
  }),
  RECORD_EXTERNAL_APPROVAL: but(N, {
    'exclusion-hold': 'no-external-approval',
    'awaiting-approvals': 'no-external-approval',
    observed: 'no-external-approval',
    overstayed: 'no-external-approval',
  }),
  HOLD_FOR_EXCLUSION: but(N, { drafted: 'nothing-to-hold' }),
  RECORD_FILING: but(N, {
    filing: undefined,
    observed: undefined,
    returned: undefined,
    'on-leave': 'filed-already',
    overstayed: 'filed-already',
    recalled: 'filed-already',
  }),
  START_LEAVE: but(N, {
    drafted: 'APPROVER_MISSING',
    checking: 'APPROVER_MISSING',
    'exclusion-hold': 'APPROVER_MISSING',
    'awaiting-approvals': 'APPROVER_MISSING',
    approved: 'TIME_NOT_ALLOWED',
    filing: 'LEAVE_NOT_FILED',
  }),
  EXTEND_LEAVE: but(N, { 'on-leave': undefined, overstayed: 'LEAVE_NOT_PRIOR' }),
  CALL_BACK: but(N, { 'on-leave': undefined, overstayed: undefined }),
  WITHDRAW: but(N, {
    drafted: undefined,
    checking: undefined,
    'exclusion-hold': undefined,
    'awaiting-approvals': undefined,
  }),
  STOP_WAITING: but(N, { checking: undefined }),
  RETURNED: but(N, { 'on-leave': undefined, overstayed: undefined, recalled: undefined, observed: undefined }),
  NOT_TAKEN: but(N, { approved: undefined, filing: undefined }),
  GRANT_EXCEPTION: but(N, { drafted: undefined, 'exclusion-hold': undefined, 'on-leave': undefined }),
};

function but(usual: string, others: Partial<Record<State, string | undefined>>): Partial<Record<State, string>> {
  const ends = { closed: 'closed', rejected: 'closed', withdrawn: 'closed' };
  const all = Object.keys(states).map((state) => [state, usual]);
  return { ...Object.fromEntries(all), ...ends, ...others } as Partial<Record<State, string>>;
}

const rows = Object.entries(table).flatMap(([type, by]) =>
  (Object.keys(states) as State[]).map((state) => ({ type, state, code: by[state] })),
);

const kept = new Map<State, Leave>();

/** One case for all that a state refuses: it changes nothing. */
function standing(state: State): Leave {
  const leave = kept.get(state) ?? states[state]();
  kept.set(state, leave);
  return leave;
}

describe('article 71: what each state answers to each act', () => {
  it.each(Object.keys(states) as State[])('%s is reached', (state) => {
    expect(states[state]().state).toBe(state);
  });

  it('the table has every act and fact of the procedure that the kit does not carry itself', () => {
    const kit = ['CORRECT', 'RECALL', 'CONFIRM_FINDING', 'CHOOSE_VERSION'];
    const own = Object.entries(procedure.acts).filter(([type, { kind }]) => kind !== 'notice' && !kit.includes(type));
    expect([...Object.keys(table), 'ABSENCE_OBSERVED'].sort()).toEqual(own.map(([type]) => type).sort());
    expect(open.length).toBeGreaterThan(0);
  });

  it.each(rows)('$state answers $type with $code', ({ type, state, code }) => {
    const leave = code === undefined ? states[state]() : standing(state);
    const { head } = leave.play.subject;
    const [seat, payload] = acts[type]!(leave);
    const receipt = leave.send(seat, type, payload);
    expect(receipt.refusal?.code).toBe(code);
    if (code === undefined) return;
    expect(leave.play.subject.head).toEqual(head);
    expect(leave.state).toBe(state);
  });
});

describe('article 71: nobody agrees to his own leave', () => {
  const words: [Who, string, string][] = [
    ['bureauHead', 'D07-head', 'D07-head'],
    ['bureauHead', 'D07-head', 'mayor'],
    ['evm', 'vm-1', 'vm-1'],
    ['viceMayorAndHead', 'vm-3', 'vm-3'],
    ['viceMayorAndHead', 'D04-head', 'vm-3'],
  ];
  it.each(words)('%s, in the seat %s, for %s: SELF_APPROVAL', (who, seat, asSeat) => {
    const leave = who === 'evm' ? states['exclusion-hold']() : Leave.submitted(who);
    const { head } = leave.play.subject;
    expect(leave.send(seat, 'APPROVE_LEAVE', { asSeat })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'SELF_APPROVAL', cite: { article: 71, basis: 'derived' } },
    });
    expect(leave.send(seat, 'REJECT_LEAVE', { asSeat }).refusal?.code).toBe('SELF_APPROVAL');
    expect(leave.play.subject.head).toEqual(head);
  });

  it('nor does the Office enter his word', () => {
    const leave = Leave.submitted('viceMayorAndHead');
    const receipt = leave.send('X1-desk', 'APPROVE_LEAVE', { asSeat: 'vm-3' }, { onWordOf: 'vm-3' });
    expect(receipt.refusal?.code).toBe('SELF_APPROVAL');
  });
});

describe('article 71: each approver once for each seat, and nobody else', () => {
  it.each([
    {
      what: 'a vice mayor who is not in charge',
      seat: 'vm-2',
      asSeat: 'vm-2',
      entitled: ['party-secretary', 'mayor', 'vm-1'],
    },
    { what: 'the secretary-general', seat: 'sg', asSeat: 'sg', entitled: ['party-secretary', 'mayor', 'vm-1'] },
    { what: 'one approver in the place of another', seat: 'vm-1', asSeat: 'mayor', entitled: ['mayor'] },
  ])('refuses $what', ({ seat, asSeat, entitled }) => {
    const leave = Leave.submitted('bureauHead');
    const receipt = leave.send(seat, 'APPROVE_LEAVE', { asSeat });
    expect(receipt).toMatchObject({ outcome: 'not-entitled', refusal: { code: 'not-entitled', entitled } });
    expect(leave.context.approvals).toEqual([]);
  });

  it('a second word of one seat is refused, be it the other way round', () => {
    const leave = Leave.submitted('bureauHead');
    leave.approve('mayor');
    for (const type of ['APPROVE_LEAVE', 'REJECT_LEAVE'])
      expect(leave.send('mayor', type, { asSeat: 'mayor' })).toMatchObject({
        outcome: 'rule',
        refusal: { code: 'word-given', params: { seat: 'mayor' } },
      });
    expect(leave.context.approvals).toHaveLength(1);
    expect(leave.state).toBe('awaiting-approvals');
  });
});

describe('article 71: a request that does not hold together', () => {
  const stamp = (seat: string, who: Who | undefined) =>
    stampOf(seat, Date.parse('2026-03-02T09:00:00+08:00'), who === undefined ? {} : { applicant: applicants[who] });
  const draft = { ...new Leave('bureauHead').request() };
  const interval = (from: string, to: string) => ({ interval: { from, to } });

  it.each([
    {
      what: 'that ends before it starts',
      seat: 'D07-head',
      more: interval('2026-03-13T08:00:00+08:00', '2026-03-11T08:00:00+08:00'),
      code: 'TIME_NOT_ALLOWED',
    },
    {
      what: 'that ends as it starts',
      seat: 'D07-head',
      more: interval('2026-03-13T08:00:00+08:00', '2026-03-13T08:00:00+08:00'),
      code: 'TIME_NOT_ALLOWED',
    },
    { what: 'of a person nobody knows', seat: 'D07-head', who: undefined, more: {}, code: 'person-unknown' },
    { what: 'for a seat of somebody else', seat: 'D07-head', more: { seats: ['D08-head'] }, code: 'applicant-seat' },
    {
      what: 'of somebody article 71 does not name',
      seat: 'D07-deputy',
      who: 'deputy' as Who,
      more: { seats: ['D07-deputy'] },
      code: 'leave-not-regulated',
    },
    { what: 'by another unit', seat: 'D08-desk', more: {}, code: 'not-entitled' },
    { what: 'by his own desk', seat: 'D07-desk', more: {}, code: undefined },
  ])('$what opens no case: $code', ({ seat, more, code, ...row }) => {
    const who = 'who' in row ? row.who : 'bureauHead';
    const refusal = procedure.opening.refuse({ ...draft, ...more } as never, stamp(seat, who));
    expect(refusal?.code).toBe(code);
    if (refusal) expect(said(refusal).sentence).toMatch(/。$/);
  });

  it.each([
    {
      what: 'ends before it starts',
      more: interval('2026-03-13T08:00:00+08:00', '2026-03-11T08:00:00+08:00'),
      code: 'TIME_NOT_ALLOWED',
    },
    {
      what: 'has begun',
      more: interval('2026-03-01T08:00:00+08:00', '2026-03-11T08:00:00+08:00'),
      code: 'LEAVE_NOT_PRIOR',
    },
    { what: 'is of another person', more: { person: 'test-d08' }, code: 'leave-other-person' },
    { what: 'is for another seat', more: { seats: ['mayor'] }, code: 'applicant-seat' },
  ])('handed in, it stays a draft where it $what: $code', ({ more, code }) => {
    const leave = new Leave('bureauHead');
    const { head } = leave.play.subject;
    const receipt = leave.submit(more);
    expect(receipt.refusal?.code).toBe(code);
    expect(said(receipt.refusal!).remedy).toMatch(/。$/);
    expect(leave.play.subject.head).toEqual(head);
  });

  it.each([
    { what: 'a day without time', more: interval('2026-03-13', '2026-03-14'), path: 'payload.interval.from' },
    {
      what: 'a time without offset',
      more: interval('2026-03-13T08:00:00', '2026-03-14T08:00:00'),
      path: 'payload.interval.from',
    },
    { what: 'a kind that is none', more: { kind: 'fishing' }, path: 'payload.kind' },
    { what: 'a name in the place of an id', more: { person: '张三' }, path: 'payload.person' },
    { what: 'no seats', more: { seats: [] }, path: 'payload.seats' },
    { what: 'a field that is none', more: { reason: 'x' }, path: 'payload' },
  ])('is malformed with $what', ({ more, path }) => {
    expect(validate(procedure.opening.schema, { ...draft, ...more } as Json)).toMatchObject({
      code: 'malformed',
      path,
    });
  });

  it('an absence is not seen ahead, nor of somebody nobody knows', () => {
    const observing = openingsOf(procedure)[1]!;
    const seen = (from: string) => ({ person: 'test-d07', from, source: 'office' }) as never;
    expect(observing.refuse(seen('2026-03-02T09:00:01+08:00'), stamp('X1-desk', 'bureauHead'))?.code).toBe(
      'TIME_NOT_ALLOWED',
    );
    expect(observing.refuse(seen('2026-03-02T09:00:00+08:00'), stamp('X1-desk', 'bureauHead'))).toBeUndefined();
    expect(observing.refuse(seen('2026-03-02T08:00:00+08:00'), stamp('X1-desk', undefined))?.code).toBe(
      'person-unknown',
    );
  });
});

const said = (refusal: Refusal) => refusalText(refusal as never, 'hans');

describe('what a leave case writes down', () => {
  it.each(Object.keys(states) as State[])('is what its schema says a context must be: %s', (state) => {
    const { context } = states[state]();
    const schema = procedure.definition.contextSchema!();
    expect(validate(schema, JSON.parse(JSON.stringify(context)) as Json)).toBeUndefined();
  });

  it('holds ids and no names, and what lists show of it holds no more', () => {
    const { summary } = Leave.away('bureauHead');
    expect(summary).toMatchObject({
      matter: '出差 D07-head',
      unit: 'D07',
      leave: { person: 'test-d07', seats: ['D07-head'] },
    });
  });

  it('lets a slip of the destination be put right, by the applicant', () => {
    const leave = Leave.submitted('bureauHead');
    const correction = { field: 'destination', old: '银川', new: '中卫', reason: '笔误' };
    expect(leave.send('vm-1', 'CORRECT', correction).outcome).toBe('not-entitled');
    expect(leave.send('D07-head', 'CORRECT', correction).outcome).toBe('changed');
    expect(leave.context.destination).toBe('中卫');
  });

  it('lets an approval be taken back while nothing has followed it, and not once others were told', () => {
    const leave = Leave.submitted('viceMayor');
    leave.approve('mayor');
    const id = leave.play.entries.at(-1)!.trigger.id!;
    expect(leave.send('mayor', 'RECALL', { eventId: id, reason: '误点' }).outcome).toBe('changed');
    expect(leave.summary.awaiting).toEqual(['party-secretary', 'mayor']);
    leave.approve('mayor');
    leave.approve('party-secretary');
    const last = leave.play.entries.at(-1)!.trigger.id!;
    expect(leave.send('party-secretary', 'RECALL', { eventId: last, reason: '误点' }).refusal?.code).toBe(
      'recall-binding',
    );
  });
});

describe('a finding about somebody’s absence', () => {
  it('is confirmed by the Office or the supervision office, never by him or his unit', () => {
    const leave = Leave.observed('bureauHead', AT);
    const verdict = { findingId: 'F1', stands: true, reason: '属实' };
    expect(leave.send('D07-desk', 'CONFIRM_FINDING', verdict).outcome).toBe('not-entitled');
    expect(leave.send('X2-desk', 'CONFIRM_FINDING', { ...verdict, findingId: 'F2' }).refusal?.code).toBe(
      'unknown-finding',
    );
    expect(leave.send('X2-desk', 'CONFIRM_FINDING', verdict).outcome).toBe('changed');
    expect(leave.context.findings).toEqual([
      expect.objectContaining({
        code: 'LEAVE_NOT_PRIOR',
        seat: 'D07-head',
        unit: 'D07',
        evidence: 'duty-room',
        verdict: expect.objectContaining({ stands: true, by: 'X2-desk' }),
      }),
    ]);
  });
});
