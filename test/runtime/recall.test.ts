import { migrate } from '../../workflows/runtime/workflow';
import { checkEnvelope, checkSize } from '../../workflows/runtime/workflow/envelope';
import { Handled, HOUR, lending, shelving, T0 } from './amendable';

const lent = () => new Handled(lending);

describe('the last act is taken back', () => {
  it('and the case stands exactly where it stood, its deadline where it was', () => {
    const loan = lent().until(T0 + 6 * HOUR);
    const before = loan.standing;
    const { id } = loan.do('RENEW');
    expect(loan.standing).not.toEqual(before);
    loan.until(T0 + 7 * HOUR);
    expect(loan.recall(id)).toMatchObject({ outcome: 'changed', state: ['lent'], sequence: 3 });
    expect(loan.standing).toEqual(before);
    expect(loan.subject.deadlines()).toMatchObject([{ name: 'due', dueAt: T0 + 24 * HOUR }]);
  });

  it('by a link that names it by sequence and hash, and both stay in the chain', () => {
    const loan = lent();
    const { id, recordHash } = loan.do('RENEW');
    loan.recall(id);
    const [, renewed, recalled] = loan.subject.unflushed;
    expect(recalled).toMatchObject({
      previous: recordHash,
      trigger: { kind: 'act', type: 'RECALL', payload: { eventId: id, reason: 'mistaken' } },
      steps: [{ from: '(root)', to: ['lent'], cite: 'rule 8' }],
      effects: [{ kind: 'recalled', sequence: 2, hash: renewed!.hash, act: id, type: 'RENEW' }],
      state: ['lent'],
    });
  });

  it('with the histories as they were', () => {
    const shelf = new Handled(shelving);
    for (const type of ['UP', 'PUSH']) shelf.do(type);
    shelf.do('AWAY');
    const before = shelf.standing;
    const { id } = shelf.do('BACK');
    shelf.recall(id);
    expect(shelf.standing).toEqual(before);
    expect(shelf.do('BACK').state).toEqual(['list.open', 'shelf.high.behind']);
  });

  it('and may be done again under another id; under the old one it is answered with its first receipt', () => {
    const loan = lent();
    const first = loan.do('RENEW', {}, 'reader', { id: 'same' });
    loan.recall('same');
    expect(loan.do('RENEW', {}, 'reader', { id: 'same' })).toEqual({ ...first, repeated: true });
    expect(loan.do('RENEW')).toMatchObject({ outcome: 'changed', sequence: 4 });
  });

  it('also a correction', () => {
    const loan = lent();
    const { id } = loan.do('CORRECT', { field: 'days', old: 1, new: 2, reason: 'misread' });
    expect(loan.recall(id).outcome).toBe('changed');
    expect(loan.subject.snapshot.context).toMatchObject({ days: 1 });
  });

  it('after continue-as-new as before it, any number of times', () => {
    const loan = lent();
    const before = loan.standing;
    const { id } = loan.do('RENEW');
    for (const hours of [1, 2, 3]) loan.until(T0 + hours * HOUR).hop();
    expect(loan.recall(id).outcome).toBe('changed');
    expect(loan.standing).toEqual(before);
  });

  it('and is shown as what may be taken back, to whom', () => {
    const loan = lent();
    expect(loan.subject.view(T0, 0).takeable).toBeUndefined();
    const { id } = loan.do('RENEW', {}, 'librarian');
    const { takeable, accepts } = loan.subject.view(T0, 0);
    expect(takeable).toEqual({ id, type: 'RENEW', sequence: 2 });
    expect(accepts.find(({ type }) => type === 'RECALL')).toEqual({ type: 'RECALL', entitled: ['librarian'] });
  });
});

describe('it may be taken back until something follows', () => {
  it('in the last moment before a deadline, and not in the moment in which it falls due', () => {
    for (const [at, outcome] of [
      [T0 + 30 * HOUR - 1, 'changed'],
      [T0 + 30 * HOUR, 'rule'],
    ] as const) {
      const loan = lent().until(T0 + 6 * HOUR);
      const { id } = loan.do('RENEW');
      loan.at = at;
      expect(loan.recall(id).outcome).toBe(outcome);
    }
  });

  const followers: { what: string; follow: (loan: Handled) => unknown; followed?: string }[] = [
    { what: 'a deadline', follow: (loan) => loan.until(T0 + 24 * HOUR), followed: 'due back' },
    { what: 'another act', follow: (loan) => loan.do('RENEW'), followed: 'RENEW' },
    {
      what: 'a notice',
      follow: ({ subject }) => subject.notice({ id: 'n1', from: 'x', seq: 1, type: 'CALENDAR', payload: {} }, T0),
      followed: 'CALENDAR',
    },
    {
      what: 'a correction',
      follow: (loan) => loan.do('CORRECT', { field: 'days', old: 1, new: 3, reason: 'x' }),
      followed: 'CORRECT',
    },
    { what: 'its own recall', follow: (loan) => loan.recall('first'), followed: 'RECALL' },
    {
      what: 'more than the case can tell of',
      follow: (loan) => loan.until(T0 + 24 * HOUR + 10 * 12 * HOUR),
    },
  ];

  it.each(followers)('$what, which the refusal names', ({ follow, followed }) => {
    const loan = lent();
    loan.do('RENEW', {}, 'reader', { id: 'first' });
    follow(loan);
    const { head } = loan.subject;
    const refused = loan.recall('first');
    expect(refused.outcome).toBe('rule');
    expect(refused.refusal).toEqual({
      code: 'recall-passed',
      cite: 'rule 8',
      params: { eventId: 'first', sequence: 2, next: 3, ...(followed ? { followed } : {}) },
      state: loan.subject.state(),
    });
    expect(loan.subject.head).toEqual(head);
  });

  it('a refused act does not count as following', () => {
    const loan = lent();
    const { id } = loan.do('RENEW');
    expect(loan.do('PAY').outcome).toBe('not-accepted');
    expect(loan.recall('no such').outcome).toBe('rule');
    expect(loan.recall(id).outcome).toBe('changed');
  });

  it('a deadline that passed while the act kept it away fires at once when the act is taken back, at its own instant', () => {
    const loan = lent();
    const { id } = loan.do('RENEW', {}, 'reader');
    loan.do('CORRECT', { field: 'days', old: 1, new: 1.5, reason: 'x' });
    loan.until(T0 + 12 * HOUR);
    const renewed = loan.do('RENEW');
    loan.until(T0 + 26 * HOUR);
    expect(loan.recall(id).refusal?.code).toBe('recall-passed');
    expect(loan.recall(renewed.id)).toMatchObject({ outcome: 'changed', sequence: 5 });
    const fired = loan.last;
    expect(fired).toMatchObject({ sequence: 6, trigger: { kind: 'timer', type: 'due' }, state: ['overdue'] });
    expect(Date.parse(fired.happenedAt)).toBe(T0 + 24 * HOUR);
  });

  it('such deadlines were not slept over, however many they are', () => {
    const shelf = new Handled(shelving);
    shelf.do('UP');
    const { id } = shelf.do('DOWN');
    shelf.until(T0 + 4 * HOUR);
    shelf.recall(id);
    const types = shelf.subject.unflushed.map(({ trigger }) => trigger.type);
    expect(types.slice(1)).toEqual(['UP', 'DOWN', 'RECALL', 'settle', 'gather']);
  });
});

describe('what cannot be taken back is refused by name', () => {
  it.each([
    { what: 'the opening', acts: [], eventId: 'open', code: 'recall-opening' },
    { what: 'an act nobody did', acts: ['UP'], eventId: 'no such', code: 'recall-unknown' },
    { what: 'an act that set an activity to work', acts: ['UP', 'AWAY', 'FETCH'], code: 'recall-activity' },
    { what: 'an act that stopped an activity', acts: ['UP', 'AWAY', 'FETCH', 'STOP'], code: 'recall-activity' },
    { what: 'an act by which another was bound', acts: ['ORDER'], code: 'recall-binding' },
  ])('$what: $code', ({ acts, eventId, code }) => {
    const shelf = new Handled(shelving);
    const receipts = acts.map((type) => shelf.do(type));
    const { standing } = shelf;
    const refused = shelf.recall(eventId ?? receipts.at(-1)!.id);
    expect(refused).toMatchObject({ outcome: 'rule', refusal: { code } });
    expect(shelf.standing).toEqual(standing);
  });

  it('a recall', () => {
    const loan = lent();
    const { id } = loan.do('RENEW');
    const recall = loan.recall(id);
    expect(loan.recall(recall.id)).toMatchObject({
      refusal: { code: 'recall-amendment', params: { event: 'RECALL' } },
    });
  });

  it('an act that closed the case', () => {
    const loan = lent();
    const { id } = loan.do('RETURN', { condition: 'good' });
    expect(loan.recall(id)).toMatchObject({ outcome: 'closed', refusal: { code: 'closed' } });
    expect(loan.subject.view(T0, 0)).not.toHaveProperty('takeable');
  });

  it("another's act, and says whose it is", () => {
    const loan = lent();
    const { id } = loan.do('RENEW', {}, 'librarian');
    expect(loan.recall(id, 'reader')).toMatchObject({
      outcome: 'not-entitled',
      refusal: { code: 'not-entitled', entitled: ['librarian'] },
    });
    expect(loan.recall(id, 'librarian').outcome).toBe('changed');
  });

  it('an act that is not named', () => {
    expect(lent().do('RECALL', { reason: 'x' })).toMatchObject({
      outcome: 'malformed',
      refusal: { path: 'payload.eventId' },
    });
  });
});

describe('the step back in the envelope', () => {
  const carried = () => {
    const loan = lent();
    loan.do('RENEW');
    return loan.subject.carry(T0);
  };

  it('is gone once something has followed', () => {
    const loan = lent();
    loan.do('RENEW');
    expect(loan.subject.carry(T0).memory.lastAct).toMatchObject({ id: 'a1', before: { entries: [{ name: 'due' }] } });
    loan.until(T0 + 24 * HOUR);
    expect(loan.subject.carry(T0).memory).not.toHaveProperty('lastAct');
  });

  it.each([
    ['of another link', { sequence: 1 }],
    ['without whose act it was', { stamp: null }],
    ['without a snapshot', { before: { snapshot: null, entries: [] } }],
    ['with a damaged deadline', { before: { snapshot: carried().snapshot, entries: [{ name: 'due' }] } }],
    [
      'in a state the machine has not',
      { before: { snapshot: { ...(carried().snapshot as object), value: 'gone' }, entries: [] } },
    ],
  ])('is refused %s', (_, change) => {
    const envelope = carried();
    const lastAct = { ...envelope.memory.lastAct, ...change } as never;
    expect(() => checkEnvelope({ ...envelope, memory: { ...envelope.memory, lastAct } }, lending.machine)).toThrow(
      'cannot be taken up',
    );
    expect(checkEnvelope(envelope, lending.machine)).toBe(envelope);
  });

  it('is left behind where the case would not fit in twice, and the refusal says so', () => {
    const loan = lent();
    const { id } = loan.do('RENEW');
    loan.hop((envelope) => {
      const before = { snapshot: { ...(envelope.snapshot as object), padding: 'x'.repeat(1_950 * 1024) }, entries: [] };
      const lastAct = { ...envelope.memory.lastAct!, before } as never;
      return checkSize({ ...envelope, memory: { ...envelope.memory, lastAct } });
    });
    expect(loan.recall(id)).toMatchObject({ outcome: 'rule', refusal: { code: 'recall-too-large' } });
  });

  it('is left behind where the case goes over to another edition', () => {
    const moved = migrate({ ...carried(), machine: 'loan@0' }, { from: 'loan@0' }, lending.machine);
    expect(moved.memory).not.toHaveProperty('lastAct');
  });
});
