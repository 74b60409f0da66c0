import fc from 'fast-check';
import { type Absence, overlap, parseInstant, type Span } from '../../workflows/law/machine';
import { overlapping, withLeave } from '../../workflows/procedures/leave-request/exclusion';
import type { Json } from '../../workflows/runtime/workflow';
import { absence, Leave, MONDAY } from '../support/leave';

const MAY = { at: '2026-04-20T09:00:00+08:00', from: '2026-05-05T08:00:00+08:00', to: '2026-05-08T18:00:00+08:00' };
const mayorsLeave = absence('mayor', '2026-05-03T08:00:00+08:00', '2026-05-06T18:00:00+08:00', {
  case: 'LR-2026-0001',
});
const clash = { absences: [mayorsLeave] };
const exception = { code: 'MUTUAL_EXCLUSION', reason: '两项外事活动均不能改期', ref: 'P-3' };
const asked = ({ context }: Leave) => ({ from: context.from as number, to: context.to as number });

describe('article 71: mayor and executive vice mayor are generally not away together', () => {
  it('S08 refuses the executive vice mayor a leave that meets the mayor’s, and the hold is a recorded step of its own', () => {
    const leave = new Leave('evm', MAY);
    expect(leave.submit({}, clash)).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'MUTUAL_EXCLUSION', soft: true, cite: { article: 71, basis: 'stated' } },
    });
    expect(leave.state).toBe('drafted');
    const before = leave.play.entries.length;
    expect(leave.send('vm-1', 'HOLD_FOR_EXCLUSION', {}, clash).outcome).toBe('changed');
    expect(leave.state).toBe('exclusion-hold');
    expect(leave.play.entries).toHaveLength(before + 1);
    expect(leave.told('leave.held')).toEqual([['party-secretary', 'vm-1', 'mayor', 'X1-desk']]);
    expect(leave.summary.awaiting).toEqual(['party-secretary', 'mayor']);
  });

  it('refuses the mayor likewise, in the other direction', () => {
    const leave = new Leave('mayor', MAY);
    const evms = absence('vm-1', '2026-05-01T08:00:00+08:00', '2026-05-30T18:00:00+08:00');
    expect(leave.submit({}, { absences: [evms] }).refusal?.code).toBe('MUTUAL_EXCLUSION');
    expect(leave.submit({}, { absences: [] }).outcome).toBe('changed');
  });

  it.each([
    { what: 'a leave only asked for', other: { state: 'asked' as const }, refused: true },
    {
      what: 'somebody observed to be away, until nobody knows when',
      other: { state: 'open' as const },
      open: true,
      refused: true,
    },
    { what: 'the leave of another vice mayor', other: { seats: ['vm-4'] }, refused: false },
    { what: 'an entry of this very case', other: { case: 'case-1' }, refused: false },
  ])('counts $what: refused $refused', ({ other, open, refused }) => {
    const leave = new Leave('evm', MAY);
    const interval: Span = open ? { from: parseInstant('2026-04-01T00:00:00+08:00') } : mayorsLeave.interval;
    const receipt = leave.submit({}, { absences: [{ ...mayorsLeave, ...other, interval }] });
    expect(receipt.refusal?.code).toBe(refused ? 'MUTUAL_EXCLUSION' : undefined);
  });

  it.each([
    {
      what: 'ends in the moment the other begins',
      from: '2026-05-01T08:00:00+08:00',
      to: '2026-05-03T08:00:00+08:00',
      refused: false,
    },
    { what: 'ends a second later', from: '2026-05-01T08:00:00+08:00', to: '2026-05-03T08:00:01+08:00', refused: true },
    {
      what: 'begins in the moment the other ends',
      from: '2026-05-06T18:00:00+08:00',
      to: '2026-05-07T18:00:00+08:00',
      refused: false,
    },
    {
      what: 'begins a second earlier',
      from: '2026-05-06T17:59:59+08:00',
      to: '2026-05-07T18:00:00+08:00',
      refused: true,
    },
  ])('that $what: refused $refused', ({ from, to, refused }) => {
    const leave = new Leave('evm', { ...MAY, from, to });
    expect(leave.submit({}, clash).refusal?.code).toBe(refused ? 'MUTUAL_EXCLUSION' : undefined);
  });

  it('asks P01 for the interval and waits for its answer; the other vice mayors are not asked about', () => {
    const leave = new Leave('evm', MAY);
    leave.submit({}, { absences: [] });
    expect(leave.state).toBe('checking');
    expect(leave.notified('AA-2026-0001')).toEqual([{ type: 'RESERVE_ABSENCE', from: MAY.from, to: MAY.to }]);
    expect(leave.summary.absence).toMatchObject({ state: 'asked', seats: ['vm-1'], case: 'case-1' });
    leave.notice('ABSENCE_RESERVED', { interval: asked(leave) });
    expect(leave.state).toBe('awaiting-approvals');
    const other = Leave.submitted('viceMayor', MAY);
    expect(other.state).toBe('awaiting-approvals');
    expect(other.effects('notifyCase')).toEqual([]);
  });

  it('takes no answer that is about another interval', () => {
    const leave = new Leave('evm', MAY);
    leave.submit({}, { absences: [] });
    leave.notice('ABSENCE_RESERVED', { interval: { ...asked(leave), to: asked(leave).to + 1 } });
    expect(leave.state).toBe('checking');
  });

  it('of two requests in one moment the one that P01 turns away is a draft again, with the code told', () => {
    const leave = new Leave('evm', MAY);
    leave.submit({}, { absences: [] });
    leave.notice('ABSENCE_OVERLAPS', { interval: asked(leave), overlaps: [{ ...mayorsLeave, state: 'asked' }] });
    expect(leave.state).toBe('drafted');
    expect(leave.told('leave.overlaps')).toEqual([['vm-1']]);
    expect(leave.summary).not.toHaveProperty('absence');
    const moved = { interval: { from: '2026-05-07T08:00:00+08:00', to: MAY.to } };
    expect(leave.submit(moved, clash).outcome).toBe('changed');
  });

  it('goes on by a person’s act where P01 does not answer, and can be taken back', () => {
    const leave = new Leave('evm', MAY);
    leave.submit({}, { absences: [] });
    expect(leave.send('vm-1', 'STOP_WAITING', { reason: 'x' }).outcome).toBe('not-entitled');
    expect(leave.send('X1-desk', 'STOP_WAITING', { reason: '系统故障' }).outcome).toBe('changed');
    expect(leave.state).toBe('awaiting-approvals');
    const taken = new Leave('evm', MAY);
    taken.submit({}, { absences: [] });
    taken.send('vm-1', 'WITHDRAW', { reason: '不去了' });
    expect(taken.state).toBe('withdrawn');
    expect(taken.notified('AA-2026-0001').map(({ type }) => type)).toEqual(['RESERVE_ABSENCE', 'RELEASE_RESERVATION']);
  });

  it('is refused while nobody keeps the list, and says what is missing', () => {
    const leave = new Leave('evm', MAY);
    expect(leave.submit({}, {})).toMatchObject({ outcome: 'rule', refusal: { code: 'term-not-open' } });
    expect(leave.state).toBe('drafted');
  });
});

describe('article 71: the exception of the party secretary', () => {
  const held = (): Leave => {
    const leave = new Leave('evm', MAY);
    leave.send('vm-1', 'HOLD_FOR_EXCLUSION', {}, clash);
    return leave;
  };

  it('is granted by nobody else, and for nothing else', () => {
    const leave = held();
    expect(leave.send('mayor', 'GRANT_EXCEPTION', exception)).toMatchObject({
      outcome: 'not-entitled',
      refusal: { entitled: ['party-secretary'] },
    });
    expect(leave.send('party-secretary', 'GRANT_EXCEPTION', { ...exception, code: 'APPROVER_MISSING' })).toMatchObject({
      refusal: { code: 'no-exception' },
    });
    expect(leave.state).toBe('exclusion-hold');
  });

  it('granted while the request is held counts as his approval; the other is still missing', () => {
    const leave = held();
    expect(leave.send('party-secretary', 'GRANT_EXCEPTION', exception).outcome).toBe('changed');
    expect(leave.state).toBe('awaiting-approvals');
    expect(leave.summary.awaiting).toEqual(['mayor']);
    expect(leave.context.exceptions).toEqual([expect.objectContaining({ usedAt: leave.play.now })]);
    expect(leave.effects('notifyCase').at(-1)).toMatchObject({
      type: 'RESERVE_ABSENCE',
      payload: { excepted: true, seats: ['vm-1'] },
    });
  });

  it('leads to approved at once where everybody else has agreed meanwhile', () => {
    const leave = held();
    leave.approve('mayor');
    expect(leave.state).toBe('exclusion-hold');
    leave.send('party-secretary', 'GRANT_EXCEPTION', exception);
    expect(leave.state).toBe('approved');
    expect(leave.play.entries.at(-1)!.steps.map(({ to }) => to)).toEqual([['open.exclusion-hold'], ['open.approved']]);
  });

  it('all others agreeing does not lift the hold', () => {
    const leave = held();
    leave.approve('mayor');
    leave.approve('party-secretary');
    leave.until(MAY.from);
    expect(leave.state).toBe('exclusion-hold');
    expect(leave.send('vm-1', 'START_LEAVE')).toMatchObject({ outcome: 'rule', refusal: { code: 'MUTUAL_EXCLUSION' } });
  });

  it('nor does it let anybody go while P01 is still asked, or has said no', () => {
    const leave = held();
    leave.approve('mayor');
    leave.approve('party-secretary');
    leave.notice('ABSENCE_CANCELLED', { ...mayorsLeave }, 'LR-2026-0001');
    leave.until(MAY.from);
    expect(leave.state).toBe('checking');
    expect(leave.send('vm-1', 'START_LEAVE').refusal?.code).toBe('MUTUAL_EXCLUSION');
    leave.notice('ABSENCE_OVERLAPS', { interval: asked(leave), overlaps: [mayorsLeave] });
    expect(leave.state).toBe('drafted');
    expect(leave.send('vm-1', 'START_LEAVE').refusal?.code).toBe('MUTUAL_EXCLUSION');
  });

  it('granted beforehand lets the request pass once, and P01 hears of it', () => {
    const leave = new Leave('evm', MAY);
    leave.send('party-secretary', 'GRANT_EXCEPTION', exception);
    expect(leave.submit({}, clash).outcome).toBe('changed');
    leave.notice('ABSENCE_OVERLAPS', { interval: asked(leave), overlaps: [mayorsLeave] });
    expect(leave.state).toBe('awaiting-approvals');
    expect(leave.summary.awaiting).toEqual(['party-secretary', 'mayor']);
  });

  it('stays unused where nothing overlaps', () => {
    const leave = new Leave('evm', MAY);
    leave.send('party-secretary', 'GRANT_EXCEPTION', exception);
    leave.submit({}, { absences: [] });
    expect(leave.context.exceptions).toEqual([expect.not.objectContaining({ usedAt: expect.anything() })]);
  });
});

describe('article 71: out of the hold', () => {
  const held = (): Leave => {
    const leave = new Leave('evm', MAY);
    leave.send('X1-desk', 'HOLD_FOR_EXCLUSION', {}, clash);
    return leave;
  };
  const cancelled = { ...mayorsLeave, basis: 'leave' };

  it('checks anew as soon as the other leave is withdrawn', () => {
    const leave = held();
    leave.notice('ABSENCE_CANCELLED', { ...cancelled, case: 'LR-2026-0777' }, 'LR-2026-0777');
    expect(leave.state).toBe('exclusion-hold');
    leave.notice('ABSENCE_CANCELLED', cancelled, 'LR-2026-0001');
    expect(leave.state).toBe('checking');
    expect(leave.notified('AA-2026-0001').map(({ type }) => type)).toEqual(['RESERVE_ABSENCE']);
  });

  it('checks anew where the other is cut short, not where it still meets', () => {
    const cut = (to: string) => ({ ...cancelled, interval: { ...mayorsLeave.interval, to: parseInstant(to) } });
    const early = held();
    early.notice('ABSENCE_ENDED', cut('2026-05-05T09:00:00+08:00'), 'LR-2026-0001');
    expect(early.state).toBe('exclusion-hold');
    early.notice('ABSENCE_ENDED', cut('2026-05-05T08:00:00+08:00'), 'LR-2026-0001');
    expect(early.state).toBe('checking');
  });

  it('checks anew where the mayor, gone already, comes back before it begins, and not where he stays longer', () => {
    const begun = (to: string) => ({ ...cancelled, interval: { ...mayorsLeave.interval, to: parseInstant(to) } });
    const leave = held();
    leave.notice('ABSENCE_STARTED', begun('2026-05-20T08:00:00+08:00'), 'LR-2026-0001');
    expect(leave.state).toBe('exclusion-hold');
    leave.notice('ABSENCE_STARTED', begun('2026-05-04T08:00:00+08:00'), 'LR-2026-0001');
    expect(leave.state).toBe('checking');
  });

  it('a request of one that is taken back or refused tells the held request of the other, after P01', () => {
    const ends: [string, string, Json][] = [
      ['vm-1', 'WITHDRAW', { reason: '不去了' }],
      ['mayor', 'REJECT_LEAVE', { asSeat: 'mayor' }],
    ];
    for (const [seat, type, payload] of ends) {
      const leave = Leave.submitted('evm', MAY, { absences: [] });
      leave.notice('ABSENCE_RESERVED', { interval: asked(leave) });
      expect(leave.send(seat, type, payload).outcome).toBe('changed');
      const told = leave.effects('notifyCase').slice(1);
      expect(told.map(({ type: notice, to }) => [notice, to])).toEqual([
        ['RELEASE_RESERVATION', { case: 'AA-2026-0001' }],
        ['ABSENCE_CANCELLED', { procedure: 'leave-request' }],
      ]);
    }
  });

  it('is asked anew by the applicant for a time that does not meet; what was agreed to before is asked again', () => {
    const leave = held();
    leave.approve('mayor');
    expect(leave.submit({}, clash).refusal?.code).toBe('MUTUAL_EXCLUSION');
    const later = { interval: { from: '2026-05-12T08:00:00+08:00', to: '2026-05-13T08:00:00+08:00' } };
    expect(leave.submit(later, clash).outcome).toBe('changed');
    expect(leave.context.approvals).toEqual([]);
  });

  it('keeps what was agreed to where the same time is free now', () => {
    const leave = held();
    leave.approve('mayor');
    leave.submit({}, { absences: [] });
    leave.notice('ABSENCE_RESERVED', { interval: asked(leave) });
    expect(leave.summary.awaiting).toEqual(['party-secretary']);
  });

  it('a leave of one that ends tells the held request of the other', () => {
    const mayor = Leave.submitted('mayor', { ...MAY, id: 'LR-2026-0001' }, { absences: [] });
    mayor.notice('ABSENCE_RESERVED', { interval: asked(mayor) });
    mayor.send('X1-desk', 'RECORD_EXTERNAL_APPROVAL', { body: 'municipal-committee', ref: 'W-1' });
    mayor.send('mayor', 'NOT_TAKEN');
    const told = mayor.effects('notifyCase').filter(({ type }) => type === 'ABSENCE_CANCELLED');
    expect(told.map(({ to }) => (to as { procedure: string }).procedure)).toEqual(
      expect.arrayContaining(['acting-authority', 'leave-request', 'duty-watch', 'standing-meeting']),
    );
    const order = told.map(({ to }) => (to as { procedure: string }).procedure);
    expect(order.indexOf('acting-authority')).toBeLessThan(order.indexOf('leave-request'));
  });

  it('holds nothing that nothing stands in the way of', () => {
    const leave = new Leave('evm', MAY);
    const receipt = leave.send('vm-1', 'HOLD_FOR_EXCLUSION', {}, { absences: [] });
    expect(receipt).toMatchObject({ outcome: 'rule', refusal: { code: 'nothing-to-hold' } });
    expect(leave.state).toBe('drafted');
  });
});

describe('the overlap of absences', () => {
  const hour = fc.integer({ min: 0, max: 40 });
  const span: fc.Arbitrary<Span> = fc
    .tuple(hour, hour, fc.boolean())
    .map(([a, b, isOpen]) => (isOpen ? { from: a } : { from: Math.min(a, b), to: Math.max(a, b) + 1 }));
  const entry: fc.Arbitrary<Absence> = fc.record({
    person: fc.constant('p'),
    seats: fc.subarray(['mayor', 'vm-1', 'vm-2'], { minLength: 1 }),
    interval: span,
    basis: fc.constantFrom('leave' as const, 'observed' as const),
    case: fc.constantFrom('a', 'b', 'c'),
    state: fc.constantFrom('asked' as const, 'granted' as const, 'open' as const),
  });
  const END = 100;
  /** Hour by hour: whether both cover one. */
  const sharesAnHour = (one: Span, other: Span): boolean =>
    Array.from({ length: END }, (_, h) => h).some((h) =>
      [one, other].every(({ from, to }) => from <= h && h < (to ?? END)),
    );

  it('is found as by looking at every hour, whatever the state, open-ended or not, and in both directions', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), span, (absences, interval) => {
        const notWith = ['mayor'];
        const found = overlapping(absences, { notWith, interval, itself: 'a' });
        const expected = absences.filter(
          (one) => one.case !== 'a' && one.seats.includes('mayor') && sharesAnHour(interval, one.interval),
        );
        expect(found).toEqual(expected);
        for (const { interval: other } of absences) expect(overlap(interval, other)).toBe(overlap(other, interval));
      }),
    );
  });

  it('is gone for the entries of a leave that was not taken, and only for those', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), span, (absences, interval) => {
        const left = withLeave(absences, { from: 'b' }, interval);
        expect(left).toEqual(absences.filter((one) => one.case !== 'b' && sharesAnHour(interval, one.interval)));
      }),
    );
  });

  it('a draft is no request: its time is in nobody’s way', () => {
    expect(new Leave('evm', { at: MONDAY }).summary).not.toHaveProperty('absence');
  });
});
