import { doc, Matter } from '../support/supervision';

const report = { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' };
const reason = '录入有误';

describe('收回: the seat that did the last act takes it back, as long as nothing has followed', () => {
  const recall = (matter: Matter, eventId: string, seat: string, more: object = {}) =>
    matter.send(seat, 'RECALL', { eventId, reason }, more);

  it('a report is withdrawn in the last moment before the review is pressed, and not in that moment', () => {
    const reported = () => {
      const matter = Matter.assigned('2026-03-20').until('2026-03-09T09:00:00+08:00');
      return { matter, id: matter.send('D07-desk', 'REPORT', report).id };
    };
    const { matter, id } = reported();
    const pressed = matter.play.subject.deadlines().find(({ name }) => name === 'reviewLimit')!.dueAt;
    matter.play.until(pressed - 1);
    expect(recall(matter, id, 'D07-desk')).toMatchObject({ outcome: 'changed' });
    expect(matter.state).toBe('in-progress');
    const late = reported();
    late.matter.play.until(pressed);
    expect(recall(late.matter, late.id, 'D07-desk')).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'recall-passed', params: { followed: '审核时限' } },
    });
  });

  it('the due date goes on running as if nothing had been reported', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-19T18:00:00+08:00');
    const { id } = matter.send('D07-desk', 'REPORT', report);
    recall(matter, id, 'D07-desk');
    matter.until('2026-03-20T23:59:59.999+08:00');
    expect(matter.state).toBe('in-progress');
    matter.until('2026-03-21T00:00:00+08:00');
    expect(matter.state).toBe('overdue');
  });

  it('a due date that passes under review is a step that follows: the report stands', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-20T18:00:00+08:00');
    const { id } = matter.send('D07-desk', 'REPORT', report);
    matter.until('2026-03-21T00:00:00+08:00');
    expect(matter.state).toBe('reviewing');
    expect(recall(matter, id, 'D07-desk').refusal?.code).toBe('recall-passed');
  });

  it('whoever was told by it is to be told, from the next notice hour on, by the same ground', () => {
    const matter = new Matter();
    const { id, sequence } = matter.send('X2-desk', 'ASSIGN', {
      ...{ leadUnits: ['D07'], supporting: [], leadVms: ['vm-2'], due: '2026-03-20', dueSetBy: 'SupO' },
    });
    recall(matter, id, 'X2-desk');
    expect(matter.state).toBe('assigning');
    expect(matter.play.effects('recalled')).toEqual([
      {
        kind: 'recalled',
        sequence,
        hash: matter.play.entries[1]!.hash,
        act: id,
        type: 'ASSIGN',
        template: 'recalled',
        cite: expect.objectContaining({ basis: 'chosen' }),
        deliverAt: matter.play.now,
      },
    ]);
  });

  it.each([
    { seat: 'D07-head', outcome: 'not-entitled', what: 'another seat of the same unit' },
    { seat: 'X2-desk', outcome: 'not-entitled', what: 'the supervision office' },
    { seat: 'D07-desk', outcome: 'changed', what: 'the seat itself' },
  ])('by $what: $outcome', ({ seat, outcome }) => {
    const matter = Matter.assigned('2026-03-20');
    const { id } = matter.send('D07-desk', 'PROGRESS', { text: 'T-1' });
    expect(recall(matter, id, seat).outcome).toBe(outcome);
  });

  it("a leader's word is taken back by the leader, and by the Office that entered it", () => {
    const word = { onWordOf: { seat: 'mayor', ref: 'N-1' } };
    for (const [seat, stamped] of [
      ['mayor', {}],
      ['X1-desk', {}],
      ['X1-desk', word],
    ] as const) {
      const matter = new Matter();
      const stamp = {
        entrance: 'test',
        receivedAt: matter.play.now,
        seat: 'X1-desk',
        unit: 'X1',
        basis: 'own',
        ...word,
      };
      const grant = matter.play.send('GRANT_EXCEPTION', { code: 'LEAD_NOT_UNIQUE', reason: 'r' }, stamp);
      expect(grant.outcome).toBe('changed');
      const by = seat === 'mayor' ? { seat, basis: 'own' } : { seat, unit: 'X1', basis: 'own', ...stamped };
      expect(matter.play.send('RECALL', { eventId: grant.id, reason }, by).outcome).toBe('changed');
    }
  });
});

describe('更正: a slip of the record, in every state, by whoever answers for what is written there', () => {
  const correct = (matter: Matter, seat: string, field: string, old: string | number, value: string | number) =>
    matter.send(seat, 'CORRECT', { field, old, new: value, reason });
  const titled = (matter: Matter) => (matter.play.subject.view(matter.play.now, 0).context as { title: string }).title;

  it.each([
    { when: 'assigning', matter: () => new Matter() },
    { when: 'in-progress', matter: () => Matter.assigned('2026-03-20') },
    { when: 'overdue', matter: () => Matter.assigned('2026-03-20').until('2026-03-21T00:00:00+08:00') },
    {
      when: 'reviewing',
      matter: () => {
        const matter = Matter.assigned('2026-03-20');
        matter.send('D07-desk', 'REPORT', report);
        return matter;
      },
    },
  ])('moves no deadline: $when', ({ when, matter }) => {
    const one = matter();
    const table = [...one.play.subject.table];
    expect(correct(one, 'X2-desk', 'title', '测试事项', '测试事项（一期）').outcome).toBe('changed');
    expect(one.state).toBe(when);
    expect(one.play.subject.table).toEqual(table);
    expect(titled(one)).toBe('测试事项（一期）');
  });

  it('lists follow it', () => {
    const matter = new Matter();
    correct(matter, 'X1-desk', 'title', '测试事项', '更名');
    expect(matter.play.subject.present(matter.play.now, 0).summary).toMatchObject({ matter: '更名' });
  });

  it.each([
    { what: 'the unit may not touch what the offices wrote', seat: 'D07-desk', field: 'title', code: 'not-entitled' },
    {
      what: 'the offices may not touch what the unit reported',
      seat: 'X2-desk',
      field: 'reports.0.doc',
      code: 'not-entitled',
    },
    { what: 'the unit may put its own report right', seat: 'D07-head', field: 'reports.0.doc', code: undefined },
    { what: 'the due date is set, not corrected', seat: 'X2-desk', field: 'due', code: 'correct-field' },
    { what: 'the lead unit is assigned, not corrected', seat: 'X2-desk', field: 'lead', code: 'correct-field' },
  ])('$what', ({ seat, field, code }) => {
    const matter = Matter.assigned('2026-03-20');
    matter.send('D07-desk', 'REPORT', report);
    const receipt = correct(matter, seat, field, 'R-1', 'R-2');
    expect(receipt.refusal?.code).toBe(code);
  });

  it('an old value that does not stand is refused with the one that does', () => {
    const refused = correct(new Matter(), 'X2-desk', 'category', 1, 2);
    expect(refused).toMatchObject({ outcome: 'rule', refusal: { code: 'correct-old', params: { stands: '3' } } });
  });
});

describe('修复: two persons of the two offices', () => {
  const [first, second] = ['a'.repeat(16), 'b'.repeat(16)];
  const propose = (matter: Matter, seat = 'X1-desk', more: object = {}) =>
    matter.play.send(
      'PROPOSE_REPAIR',
      { set: [{ at: '/context/lead', value: 'D08' }], reason, second: 'X2-head', ...more },
      { seat, unit: seat.split('-')[0]!, basis: 'own', actor: first },
    );
  const confirm = (matter: Matter, actor: string | undefined, more: object = {}) =>
    matter.play.send(
      'CONFIRM_REPAIR',
      { proposal: 3 },
      { seat: 'X2-head', unit: 'X2', basis: 'own', ...(actor ? { actor } : {}), ...more },
    );

  it('set what no act could, and the case goes on from there', () => {
    const matter = Matter.assigned('2026-03-20');
    expect(propose(matter).outcome).toBe('changed');
    expect(confirm(matter, second).outcome).toBe('changed');
    expect(matter.send('D08-desk', 'REPORT', report).outcome).toBe('changed');
  });

  it.each([
    { what: 'the same person in the other seat', actor: first, code: 'repair-one-person' },
    { what: 'nobody in person', actor: undefined, code: 'repair-one-person' },
    {
      what: "somebody known by the machine's word alone",
      actor: second,
      more: { proof: 'word' },
      code: 'repair-not-proven',
    },
    {
      what: "another's word",
      actor: second,
      more: { seat: 'X1-desk', unit: 'X1', onWordOf: { seat: 'X2-head', unit: 'X2', ref: 'N' } },
      code: 'not-entitled',
    },
  ])('are not $what', ({ actor, more, code }) => {
    const matter = Matter.assigned('2026-03-20');
    propose(matter);
    expect(confirm(matter, actor, more).refusal?.code).toBe(code);
  });

  it.each([
    { what: 'a seat of a unit', seat: 'D07-desk', code: 'not-entitled' },
    { what: 'one that names itself as the second', seat: 'X2-head', code: 'repair-one-person' },
    { what: 'one that names a seat of a unit', seat: 'X1-desk', more: { second: 'D07-head' }, code: 'not-entitled' },
    {
      what: 'one that leaves the item without what it must have',
      seat: 'X1-desk',
      more: { set: [{ at: '/context/missed', value: -1 }] },
      code: 'repair-context',
    },
    { what: 'one that strikes the item off', seat: 'X1-desk', more: { state: ['closed'] }, code: 'repair-closes' },
    {
      what: 'one by which it would be struck off at once',
      seat: 'X1-desk',
      more: { state: ['open.course.accepted'] },
      code: 'repair-restless',
    },
  ])('are not $what', ({ seat, more, code }) => {
    expect(propose(Matter.assigned('2026-03-20'), seat, more).refusal?.code).toBe(code);
  });
});
