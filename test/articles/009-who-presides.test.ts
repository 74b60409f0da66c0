/** Article 9: who presides over government work when the mayor is away, and when the executive vice mayor is too. */
import { parseInstant } from '../../workflows/law';
import { MONDAY, personOf, ranked, Term } from '../support/term';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (hours: number): number => parseInstant(MONDAY) + hours * HOUR;

describe('the mayor is away', () => {
  it('S01 with an entrustment the executive vice mayor presides, for whoever asks', () => {
    const term = new Term();
    expect(term.now).toBe('mayor-presiding mayor v1');
    term.entrust('vm-1', 'preside');
    term.leaves('mayor');
    expect(term.now).toBe('evm-presiding vm-1 v2');
    expect(term.standing).toMatchObject({ column: 'B', presider: 'vm-1', evm: 'vm-1', away: ['mayor'] });
  });

  it('without one nobody presides until it arrives; mayor and secretary-general are pressed', () => {
    const term = new Term().leaves('mayor');
    expect(term.now).toBe('awaiting-entrustment - v2');
    expect(term.told('acting.entrustment-awaited')).toEqual([['sg', 'mayor']]);
    term.entrust('vm-1', 'preside');
    expect(term.now).toBe('evm-presiding vm-1 v3');
  });

  it('the executive vice mayor leaves while the entrustment is awaited: the order decides', () => {
    const term = new Term().leaves('mayor', 'vm-1');
    expect(term.now).toBe('ranked-vm-presiding vm-3 v3');
  });

  it('the mayor returns: he presides at once', () => {
    const term = new Term().leaves('mayor', 'vm-1').returns('mayor');
    expect(term.now).toBe('mayor-presiding mayor v4');
    expect(term.standing.column).toBe('D');
  });
});

describe('mayor and executive vice mayor are away', () => {
  it('S02 the first of the order who is here presides, exactly one, and everybody is told', () => {
    const term = new Term();
    term.leaves('vm-3', 'mayor', 'vm-1');
    expect(term.now).toBe('ranked-vm-presiding vm-2 v3');
    expect(term.told('acting.presider').at(-1)).toEqual([
      ...['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5', 'sg', 'X1-desk', 'D07-desk', 'D10-desk'],
    ]);
  });

  it('S03 naming another than the computed one is refused as a skipped rank, and changes nothing', () => {
    const term = new Term().leaves('mayor', 'vm-1');
    const { sequence } = term.play.subject.head;
    expect(term.send('X1-desk', 'CONFIRM_NOTICE', { version: 3, presider: 'vm-5' })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'RANK_SKIPPED', cite: { basis: 'stated', article: 9 } },
    });
    expect(term.play.subject.head.sequence).toBe(sequence);
    expect(term.send('X1-desk', 'CONFIRM_NOTICE', { version: 3, presider: 'vm-3' }).outcome).toBe('changed');
    expect(term.now).toBe('ranked-vm-presiding vm-3 v3');
  });

  it('the presiding vice mayor leaves: the next who is here', () => {
    const term = new Term().leaves('mayor', 'vm-1', 'vm-3');
    expect(term.now).toBe('ranked-vm-presiding vm-2 v4');
    term.leaves('vm-2', 'vm-5');
    expect(term.now).toBe('ranked-vm-presiding vm-4 v6');
  });

  it('nobody is here: an alarm to all, at once and again with every step, until somebody returns', () => {
    const term = new Term({}, { at: '2026-03-02T20:00:00+08:00' }).leaves(
      'mayor',
      'vm-1',
      'vm-2',
      'vm-3',
      'vm-4',
      'vm-5',
    );
    expect(term.now).toBe('unresolved - v5');
    expect(term.context.decided.reason).toBe('nobody-here');
    const [alarm] = term.tells('acting.unresolved');
    expect(alarm).toMatchObject({
      to: ['sg', 'X1-desk', 'vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5', 'mayor'],
      deliverAt: parseInstant('2026-03-02T20:00:00+08:00'),
    });
    term.until('2026-03-03T23:59:59+08:00');
    expect(term.tells('acting.unresolved')).toHaveLength(1);
    term.until('2026-03-04T00:00:00+08:00');
    expect(term.tells('acting.unresolved')).toHaveLength(2);
    term.returns('vm-4');
    expect(term.now).toBe('ranked-vm-presiding vm-4 v6');
    term.until('2026-03-10T09:00:00+08:00');
    expect(term.tells('acting.unresolved')).toHaveLength(2);
  });

  it('a vice mayor earlier in the order returns: he presides from then on', () => {
    const term = new Term().leaves('vm-3', 'mayor', 'vm-1').returns('vm-3');
    expect(term.now).toBe('ranked-vm-presiding vm-3 v4');
  });

  it('acting.onHigherReturn = stay: the one who presides goes on', () => {
    const term = new Term({}, { parameters: { 'acting.onHigherReturn': 'stay' } }).leaves('vm-3', 'mayor', 'vm-1');
    term.returns('vm-3');
    expect(term.now).toBe('ranked-vm-presiding vm-2 v3');
    term.leaves('vm-2');
    expect(term.now).toBe('ranked-vm-presiding vm-3 v4');
  });
});

describe('the executive vice mayor returns while a ranked vice mayor presides', () => {
  it('S05 with an entrustment that covers the absence he presides at once, and cases that wait hear it', () => {
    const term = new Term();
    term.entrust('vm-1', 'preside');
    term.leaves('mayor', 'vm-1').returns('vm-1');
    expect(term.now).toBe('evm-presiding vm-1 v4');
    const last = term
      .notices('PRESIDER_CHANGED')
      .filter(({ to }) => 'awaiting' in (to as object))
      .at(-1)!;
    expect(last.to).toEqual({ awaiting: ['vm-3', 'vm-1', 'mayor', 'evm'] });
    expect(last.payload).toMatchObject({ case: 'AA-2026-0001', version: 4, state: 'evm-presiding', presider: 'vm-1' });
  });

  it('S05 without one the ranked vice mayor goes on, and mayor and secretary-general are pressed', () => {
    const term = new Term().leaves('mayor', 'vm-1').returns('vm-1');
    expect(term.now).toBe('ranked-vm-presiding vm-3 v3');
    expect(term.context.decided.awaited).toBe(true);
    expect(term.told('acting.entrustment-awaited')).toHaveLength(2);
    term.until('2026-03-04T09:00:00+08:00');
    expect(term.told('acting.entrustment-awaited')).toHaveLength(3);
    term.entrust('vm-1', 'preside');
    expect(term.now).toBe('evm-presiding vm-1 v4');
    term.until('2026-03-20T09:00:00+08:00');
    expect(term.told('acting.entrustment-awaited')).toHaveLength(3);
  });

  it('acting.onEvmReturn = await-entrustment: nobody presides until it arrives', () => {
    const parameters = { 'acting.onEvmReturn': 'await-entrustment' };
    const term = new Term({}, { parameters }).leaves('mayor', 'vm-1').returns('vm-1');
    expect(term.now).toBe('awaiting-entrustment - v4');
  });
});

describe('an entrustment', () => {
  it('ends at its last instant, not before: the mayor still away, one is awaited again', () => {
    const term = new Term();
    term.entrust('vm-1', 'preside', { period: { from: MONDAY, to: '2026-03-04T12:00:00+08:00' } });
    term.leaves('mayor');
    term.until('2026-03-04T11:59:59.999+08:00');
    expect(term.state).toBe('evm-presiding');
    term.until('2026-03-04T12:00:00+08:00');
    expect(term.now).toBe('awaiting-entrustment - v3');
    expect(term.told('acting.entrustment-ended')).toEqual([['vm-1', 'mayor', 'sg', 'X1-desk']]);
  });

  it('begins at its first instant', () => {
    const term = new Term();
    term.entrust('vm-1', 'preside', { period: { from: '2026-03-03T08:00:00+08:00' } });
    term.leaves('mayor');
    expect(term.state).toBe('awaiting-entrustment');
    term.until('2026-03-03T07:59:59.999+08:00');
    expect(term.state).toBe('awaiting-entrustment');
    term.until('2026-03-03T08:00:00+08:00');
    expect(term.now).toBe('evm-presiding vm-1 v3');
  });

  it('revoked, ends at once', () => {
    const term = new Term();
    term.entrust('vm-1', 'preside');
    term.leaves('mayor');
    term.must('mayor', 'REVOKE_ENTRUSTMENT', { receiver: 'vm-1', act: 'preside', ref: 'W-2' });
    expect(term.now).toBe('awaiting-entrustment - v3');
  });

  it('for one absence is used up by the return; a standing one holds for the next', () => {
    const each = new Term();
    each.entrust('vm-1', 'preside', { mode: 'each-time' });
    each.leaves('mayor').returns('mayor').leaves('mayor');
    expect(each.state).toBe('awaiting-entrustment');
    const standing = new Term();
    standing.entrust('vm-1', 'preside');
    standing.leaves('mayor').returns('mayor').leaves('mayor');
    expect(standing.state).toBe('evm-presiding');
  });

  it('to another whose seat changes hands ends with him', () => {
    const term = new Term();
    term.entrust('vm-1', 'preside');
    term.must('X1-desk', 'SEAT_CHANGED', { seat: 'vm-1', person: 'test-new', from: MONDAY });
    expect(term.standing.entrustments).toEqual([]);
  });
});

describe('one is away', () => {
  it('with at least one absence open; planned ones change nothing', () => {
    const term = new Term();
    term.absence('ABSENCE_PLANNED', 'mayor', { from: at(1), to: at(20), basis: 'leave' });
    term.until('2026-03-02T12:00:00+08:00');
    expect(term.now).toBe('mayor-presiding mayor v1');
  });

  it('until one return ends all of them', () => {
    const term = new Term();
    term.absence('ABSENCE_STARTED', 'mayor', { case: 'LR-1' }).absence('ABSENCE_STARTED', 'mayor', { case: 'LR-2' });
    term.absence('ABSENCE_ENDED', 'mayor', { case: 'LR-1' });
    expect(term.state).toBe('mayor-presiding');
  });

  it('in person, not in the seat: who takes over a seat is here', () => {
    const term = new Term().leaves('mayor');
    term.must('X1-desk', 'SEAT_CHANGED', { seat: 'mayor', person: 'test-next', from: MONDAY });
    expect(term.now).toBe('mayor-presiding mayor v3');
  });
});

describe('seats and order', () => {
  it('the seat of the executive vice mayor is vacant: as away', () => {
    const term = new Term({ evm: undefined as never }).leaves('mayor');
    expect(term.now).toBe('ranked-vm-presiding vm-1 v2');
    expect(term.standing.evm).toBeUndefined();
  });

  it('the seat of the mayor is vacant: nobody presides, and that is the reason', () => {
    const term = new Term({ mayor: undefined as never });
    expect(term.now).toBe('unresolved - v1');
    expect(term.context.decided.reason).toBe('mayor-vacant');
    term.must('X1-desk', 'SEAT_CHANGED', { seat: 'mayor', person: personOf('mayor'), from: MONDAY });
    expect(term.now).toBe('mayor-presiding mayor v2');
  });

  it('no order when one is needed: nobody presides, and that is the reason', () => {
    const term = new Term({ order: [], evm: undefined as never }).leaves('mayor');
    expect(term.context.decided.reason).toBe('order-missing');
  });

  it('an appointment that begins later counts from then', () => {
    const term = new Term({ mayor: undefined as never });
    term.must('X1-desk', 'SEAT_CHANGED', { seat: 'mayor', person: 'test-next', from: '2026-03-05T00:00:00+08:00' });
    term.until('2026-03-04T23:59:59.999+08:00');
    expect(term.state).toBe('unresolved');
    term.until('2026-03-05T00:00:00+08:00');
    expect(term.now).toBe('mayor-presiding mayor v2');
  });

  it('a new order counts at once', () => {
    const term = new Term().leaves('mayor', 'vm-1');
    term.must('X1-desk', 'ORDER_SET', { order: ranked(['vm-5', 'vm-1', 'vm-3', 'vm-2', 'vm-4']), ref: 'W-3' });
    expect(term.now).toBe('ranked-vm-presiding vm-5 v4');
  });

  it('who leaves office is passed over', () => {
    const term = new Term().leaves('mayor', 'vm-1');
    term.must('X1-desk', 'SEAT_CHANGED', { seat: 'vm-3', from: MONDAY });
    expect(term.now).toBe('ranked-vm-presiding vm-2 v4');
  });
});

describe('planned absences', () => {
  it('have a plan of presiders for each interval', () => {
    const term = new Term();
    term.entrust('vm-1', 'preside', { period: { from: MONDAY, to: '2026-03-06T00:00:00+08:00' } });
    const [wed, fri, sun] = [at(0) + 2 * DAY, parseInstant('2026-03-06T00:00:00+08:00'), at(0) + 6 * DAY];
    term.absence('ABSENCE_PLANNED', 'mayor', { from: wed, to: sun, basis: 'leave' });
    expect(term.context.plan).toEqual([
      { from: at(0), to: wed, state: 'mayor-presiding', presider: 'mayor' },
      { from: wed, to: fri, state: 'evm-presiding', presider: 'vm-1' },
      { from: fri, to: sun, state: 'awaiting-entrustment' },
      { from: sun, state: 'mayor-presiding', presider: 'mayor' },
    ]);
    term.absence('ABSENCE_CANCELLED', 'mayor');
    expect(term.context.plan).toEqual([]);
  });

  it('remind of an entrustment two hours before the departure it does not cover, once', () => {
    const term = new Term();
    term.absence('ABSENCE_PLANNED', 'mayor', { from: at(24), to: at(48), basis: 'leave' });
    term.until('2026-03-03T06:59:59.999+08:00');
    expect(term.told('acting.entrustment-lead')).toEqual([]);
    term.until('2026-03-03T07:00:00+08:00');
    expect(term.told('acting.entrustment-lead')).toEqual([['mayor', 'sg']]);
    term.until('2026-03-04T00:00:00+08:00');
    expect(term.told('acting.entrustment-lead')).toHaveLength(1);
  });

  it('told less than two hours ahead, at once; covered, not at all', () => {
    const late = new Term();
    late.absence('ABSENCE_PLANNED', 'mayor', { from: at(1), to: at(48), basis: 'leave' }).until(MONDAY);
    expect(late.told('acting.entrustment-lead')).toHaveLength(1);
    const covered = new Term();
    covered.entrust('vm-1', 'preside');
    covered.absence('ABSENCE_PLANNED', 'mayor', { from: at(24), to: at(48), basis: 'leave' });
    covered.until('2026-03-05T00:00:00+08:00');
    expect(covered.told('acting.entrustment-lead')).toEqual([]);
  });
});
