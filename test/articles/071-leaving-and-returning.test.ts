import { leaveRequestProcedure } from '../../workflows/procedures/leave-request';
import { applicants, Leave, type Who } from '../support/leave';

/** A second, in which the last allowed moment and the moment after differ. */
const momentBefore = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

describe('article 71: filing with both offices before leaving', () => {
  it('a head of a unit leaves only once both receipts are in', () => {
    const leave = Leave.approved('bureauHead');
    expect(leave.told('leave.filing-asked')).toEqual([['X1-desk', 'party-office']]);
    leave.until('2026-03-11T08:00:00+08:00');
    expect(leave.send('D07-head', 'START_LEAVE')).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'LEAVE_NOT_FILED', params: { missing: ['party-office', 'government-office'] } },
    });
    leave.file('party-office');
    expect(leave.send('D07-head', 'START_LEAVE').refusal).toMatchObject({ params: { missing: ['government-office'] } });
    expect(leave.summary.awaiting).toEqual(['X1']);
    leave.file('government-office');
    expect(leave.summary.awaiting).toEqual(['D07-head']);
    expect(leave.send('D07-head', 'START_LEAVE').outcome).toBe('changed');
    expect(leave.state).toBe('on-leave');
    expect(leave.effects('paper').map(({ paper }) => paper)).toEqual([
      'leave-sheet',
      'filing-receipt',
      'filing-receipt',
    ]);
  });

  it('may come later where the operator says so; the case stays open until the receipts are in', () => {
    const parameters = { 'leave.filingBefore': false };
    const leave = Leave.approved('bureauHead', { parameters }).until('2026-03-11T08:00:00+08:00');
    expect(leave.send('X1-desk', 'START_LEAVE').outcome).toBe('changed');
    leave.file('government-office');
    leave.until('2026-03-12T08:00:00+08:00').send('D07-head', 'RETURNED');
    expect(leave.state).toBe('returned');
    expect(leave.summary.awaiting).toEqual(['X1']);
    expect(leave.file('government-office')).toMatchObject({ outcome: 'rule', refusal: { code: 'filed-already' } });
    expect(leave.file('party-office').outcome).toBe('changed');
    expect(leave.state).toBe('closed');
    expect(leave.found).toEqual([]);
  });

  it('takes no receipt of a third office, and records none by others than the Office', () => {
    const leave = Leave.approved('bureauHead');
    expect(leave.file('people-congress')).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'LEAVE_NOT_FILED', cite: { article: 71, basis: 'stated' } },
    });
    expect(leave.send('D07-desk', 'RECORD_FILING', { office: 'party-office', ref: 'R' }).outcome).toBe('not-entitled');
    expect(leave.context.filed).toEqual([]);
  });
});

describe('article 71: leaving', () => {
  it('S10 refuses a vice mayor whose leave only the mayor approved: the party secretary is missing', () => {
    const leave = Leave.submitted('viceMayor');
    leave.approve('mayor');
    leave.until('2026-03-11T08:00:00+08:00');
    expect(leave.send('vm-3', 'START_LEAVE')).toMatchObject({
      outcome: 'rule',
      refusal: {
        code: 'APPROVER_MISSING',
        cite: { article: 71, basis: 'stated' },
        params: { missing: ['party-secretary'] },
      },
    });
    expect(leave.state).toBe('awaiting-approvals');
    leave.approve('party-secretary');
    expect(leave.send('vm-3', 'START_LEAVE').outcome).toBe('changed');
  });

  it('is not before the leave begins: the last moment too early and the first that is not', () => {
    const leave = Leave.approved('viceMayor').until(momentBefore('2026-03-11T08:00:00+08:00'));
    expect(leave.send('vm-3', 'START_LEAVE')).toMatchObject({ refusal: { code: 'TIME_NOT_ALLOWED' } });
    leave.until('2026-03-11T08:00:00+08:00');
    expect(leave.send('vm-3', 'START_LEAVE').outcome).toBe('changed');
  });

  it('takes nobody for gone at the planned start; an hour later applicant and Office are asked, and again', () => {
    const leave = Leave.approved('viceMayor').until(momentBefore('2026-03-11T09:00:00+08:00'));
    expect(leave.told('leave.departure-ask')).toEqual([]);
    leave.until('2026-03-11T09:00:00+08:00');
    expect(leave.told('leave.departure-ask')).toEqual([['vm-3', 'X1-desk']]);
    expect(leave.state).toBe('approved');
    expect(leave.summary.absence).toMatchObject({ state: 'granted' });
    expect(leave.notified('acting-authority').map(({ type }) => type)).toEqual(['ABSENCE_PLANNED']);
    leave.until('2026-03-13T00:00:00+08:00');
    expect(leave.toldAt('leave.departure-ask')).toEqual(['2026-03-11T09:00:00+08:00', '2026-03-13T00:00:00+08:00']);
  });

  it('is told to P01, the duty watch and the meetings, with the time that was claimed', () => {
    const leave = Leave.approved('viceMayor').until('2026-03-11T12:00:00+08:00');
    const at = Date.parse('2026-03-11T10:00:00+08:00');
    leave.send('X1-desk', 'START_LEAVE', {}, {}, { at });
    expect(leave.summary.absence).toEqual({
      person: 'test-vm-3',
      seats: ['vm-3'],
      case: 'case-1',
      interval: { from: at, to: Date.parse('2026-03-13T18:00:00+08:00') },
      basis: 'leave',
      state: 'open',
    });
    for (const procedure of ['acting-authority', 'duty-watch', 'standing-meeting', 'standing-agenda-item'])
      expect(leave.notified(procedure)).toEqual([
        { type: 'ABSENCE_PLANNED', from: '2026-03-11T08:00:00+08:00', to: '2026-03-13T18:00:00+08:00' },
        { type: 'ABSENCE_STARTED', from: '2026-03-11T10:00:00+08:00', to: '2026-03-13T18:00:00+08:00' },
      ]);
  });
});

describe('article 71: coming back', () => {
  it('closes with the return, and tells who was told of the leaving', () => {
    const leave = Leave.away('bureauHead').until('2026-03-12T18:00:00+08:00');
    expect(leave.send('vm-1', 'RETURNED').outcome).toBe('not-entitled');
    expect(leave.send('D07-head', 'RETURNED').outcome).toBe('changed');
    expect(leave.play.state).toEqual(['closed']);
    expect(leave.notified('acting-authority').at(-1)).toEqual({
      type: 'ABSENCE_ENDED',
      from: '2026-03-11T08:00:00+08:00',
      to: '2026-03-12T18:00:00+08:00',
    });
    expect(leave.effects('paper').at(-1)).toMatchObject({ paper: 'return-record' });
    expect(leave.send('D07-head', 'RETURNED').outcome).toBe('closed');
  });

  it('is not before the leaving', () => {
    const leave = Leave.away('viceMayor');
    const at = Date.parse('2026-03-11T07:59:59+08:00');
    expect(leave.send('vm-3', 'RETURNED', {}, {}, { at })).toMatchObject({ refusal: { code: 'TIME_NOT_ALLOWED' } });
    expect(leave.state).toBe('on-leave');
  });

  const overstays: [Who, string[]][] = [
    ['bureauHead', ['D07-head', 'sg', 'vm-1']],
    ['countyMayor', ['C3-head', 'sg', 'vm-5']],
    ['viceMayor', ['vm-3', 'sg']],
    ['secretaryGeneral', ['sg']],
    ['viceMayorAndHead', ['vm-3', 'sg']],
  ];
  it.each(overstays)(
    'S14 when the grace of four hours passes without return, %s: %j are alerted at once',
    (who, seats) => {
      const leave = Leave.away(who).until(momentBefore('2026-03-13T22:00:00+08:00'));
      expect(leave.told('leave.return-due')).toEqual([[applicants[who].seats[0]]]);
      expect(leave.state).toBe('on-leave');
      leave.until('2026-03-13T22:00:00+08:00');
      expect(leave.state).toBe('overstayed');
      expect(leave.told('leave.overstayed')).toEqual([seats]);
    },
  );

  it('reminds at the end of the leave, alerts after grace, and then tells the mayor at every step until the return', () => {
    const leave = Leave.away('bureauHead').until(momentBefore('2026-03-13T18:00:00+08:00'));
    expect(leave.told('leave.return-due')).toEqual([]);
    leave.until(momentBefore('2026-03-17T00:00:00+08:00'));
    expect(leave.toldAt('leave.return-due')).toEqual(['2026-03-13T18:00:00+08:00']);
    expect(leave.told('leave.overstayed')).toHaveLength(1);
    expect(leave.summary).toMatchObject({ overdue: true, level: 0 });
    leave.until('2026-03-18T00:00:00+08:00');
    expect(leave.told('leave.overstayed')).toEqual([['D07-head', 'sg', 'vm-1'], ['mayor'], ['mayor']]);
    expect(leave.toldAt('leave.overstayed').slice(1)).toEqual([
      '2026-03-17T00:00:00+08:00',
      '2026-03-18T00:00:00+08:00',
    ]);
    expect(leave.summary.absence).not.toHaveProperty('interval.to');
    expect(leave.send('X1-desk', 'RETURNED').outcome).toBe('changed');
    expect(leave.play.state).toEqual(['closed']);
  });

  it('passes over the mayor where he is the one who stays away', () => {
    const leave = new Leave('mayor');
    leave.submit({}, { absences: [] });
    leave.notice('ABSENCE_RESERVED', { interval: { from: leave.context.from!, to: leave.context.to! } });
    leave.send('X1-desk', 'RECORD_EXTERNAL_APPROVAL', { body: 'regional-committee', ref: 'W-1' });
    leave.until('2026-03-11T08:00:00+08:00').send('mayor', 'START_LEAVE');
    leave.until('2026-03-17T00:00:00+08:00');
    expect(leave.told('leave.overstayed')).toEqual([['mayor', 'sg']]);
  });

  it('may be ordered by whoever approved, and by nobody else', () => {
    const leave = Leave.away('bureauHead').until('2026-03-12T10:00:00+08:00');
    expect(leave.send('vm-2', 'CALL_BACK', { reason: '防汛' }).outcome).toBe('not-entitled');
    expect(leave.send('D07-head', 'CALL_BACK', { reason: '防汛' }).outcome).toBe('not-entitled');
    expect(leave.send('vm-1', 'CALL_BACK', { reason: '防汛' }).outcome).toBe('changed');
    expect(leave.state).toBe('recalled');
    expect(leave.told('leave.called-back')).toEqual([['D07-head', 'X1-desk']]);
    leave.until(momentBefore('2026-03-13T22:00:00+08:00'));
    expect(leave.state).toBe('recalled');
    leave.until('2026-03-13T22:00:00+08:00');
    expect(leave.state).toBe('overstayed');
    expect(leave.send('mayor', 'CALL_BACK', { reason: '防汛' }).outcome).toBe('changed');
    leave.until(momentBefore('2026-03-14T02:00:00+08:00'));
    expect(leave.state).toBe('recalled');
    leave.until('2026-03-14T02:00:00+08:00');
    expect(leave.state).toBe('overstayed');
    leave.send('D07-head', 'RETURNED');
    expect(leave.state).toBe('closed');
  });
});

describe('article 71: leave extended', () => {
  const extend = { to: '2026-03-16T18:00:00+08:00', reason: '会谈延期' };

  it('asks the same approvers again; the leave has its old end until all agree', () => {
    const leave = Leave.away('bureauHead').until('2026-03-12T10:00:00+08:00');
    expect(leave.send('D07-head', 'EXTEND_LEAVE', extend).outcome).toBe('changed');
    expect(leave.told('leave.extension-asked')).toEqual([['party-secretary'], ['mayor'], ['vm-1']]);
    expect(leave.summary.awaiting).toEqual(['D07-head', 'party-secretary', 'mayor', 'vm-1']);
    leave.approve('mayor');
    leave.approve('vm-1');
    expect(leave.summary.due).toBe(Date.parse('2026-03-13T18:00:00+08:00'));
    expect(leave.approve('mayor')).toMatchObject({ refusal: { code: 'word-given' } });
    leave.approve('party-secretary');
    expect(leave.summary.due).toBe(Date.parse(extend.to));
    expect(leave.notified('acting-authority').at(-1)).toEqual({
      type: 'ABSENCE_STARTED',
      from: '2026-03-11T08:00:00+08:00',
      to: extend.to,
    });
    leave.until(momentBefore('2026-03-16T22:00:00+08:00'));
    expect(leave.state).toBe('on-leave');
    leave.until('2026-03-16T22:00:00+08:00');
    expect(leave.state).toBe('overstayed');
    expect(leave.toldAt('leave.return-due')).toEqual(['2026-03-16T18:00:00+08:00']);
  });

  it.each([
    { what: 'the last moment before the end', at: momentBefore('2026-03-13T18:00:00+08:00'), code: undefined },
    { what: 'the end itself', at: '2026-03-13T18:00:00+08:00', code: 'LEAVE_NOT_PRIOR' },
    { what: 'overstayed', at: '2026-03-13T23:00:00+08:00', code: 'LEAVE_NOT_PRIOR' },
  ])('asked at $what: $code', ({ at, code }) => {
    const leave = Leave.away('bureauHead').until(at);
    expect(leave.send('D07-head', 'EXTEND_LEAVE', extend).refusal?.code).toBe(code);
  });

  it('to an earlier day is none', () => {
    const leave = Leave.away('bureauHead');
    expect(leave.send('D07-head', 'EXTEND_LEAVE', { ...extend, to: '2026-03-13T18:00:00+08:00' })).toMatchObject({
      refusal: { code: 'TIME_NOT_ALLOWED' },
    });
  });

  it('refused by one, the leave goes on to its old end', () => {
    const leave = Leave.away('bureauHead');
    leave.send('D07-head', 'EXTEND_LEAVE', extend);
    expect(leave.send('mayor', 'REJECT_LEAVE', { asSeat: 'mayor' }).outcome).toBe('changed');
    expect(leave.state).toBe('on-leave');
    expect(leave.told('leave.extension-refused')).toHaveLength(1);
    leave.until('2026-03-13T22:00:00+08:00');
    expect(leave.state).toBe('overstayed');
  });

  it('refused, tells P01 that the added days are free and the other’s held request only what the absence is now', () => {
    const leave = new Leave('evm');
    leave.submit({}, { absences: [] });
    leave.notice('ABSENCE_RESERVED', { interval: { from: leave.context.from!, to: leave.context.to! } });
    for (const seat of ['party-secretary', 'mayor']) leave.approve(seat);
    leave.until('2026-03-11T08:00:00+08:00').send('vm-1', 'START_LEAVE');
    leave.send('vm-1', 'EXTEND_LEAVE', extend, { absences: [] });
    leave.send('X1-desk', 'STOP_WAITING', { reason: '无答复' });
    const count = leave.effects('notifyCase').length;
    leave.send('mayor', 'REJECT_LEAVE', { asSeat: 'mayor' });
    const told = leave.effects('notifyCase').slice(count);
    expect(told[0]).toMatchObject({ type: 'RELEASE_RESERVATION', to: { case: 'AA-2026-0001' } });
    const others = told.filter(({ to }) => (to as { procedure?: string }).procedure === 'leave-request');
    expect(others.map(({ type }) => type)).toEqual(['ABSENCE_STARTED']);
  });

  it('is a request of its own where the operator wants it so', () => {
    const leave = Leave.away('viceMayor', { parameters: { 'leave.extension': 'new-request' } });
    expect(leave.send('vm-3', 'EXTEND_LEAVE', extend).refusal?.code).toBe('extension-is-a-request');
  });

  it('is pressed as the request was, and agreed to after the grace brings the absence back into the leave', () => {
    const leave = Leave.away('bureauHead').until('2026-03-12T10:00:00+08:00');
    leave.send('D07-head', 'EXTEND_LEAVE', extend);
    leave.approve('mayor');
    leave.approve('vm-1');
    leave.until('2026-03-14T00:00:00+08:00');
    expect(leave.told('leave.approval-overdue')).toEqual([]);
    expect(leave.state).toBe('overstayed');
    leave.approve('party-secretary');
    expect(leave.state).toBe('on-leave');
    leave.until('2026-03-16T22:00:00+08:00');
    expect(leave.state).toBe('overstayed');
  });

  it('tests the exclusion again, and asks P01 for what it adds', () => {
    const leave = new Leave('evm');
    leave.submit({}, { absences: [] });
    leave.notice('ABSENCE_RESERVED', { interval: { from: leave.context.from!, to: leave.context.to! } });
    leave.approve('party-secretary');
    leave.approve('mayor');
    leave.until('2026-03-11T08:00:00+08:00').send('vm-1', 'START_LEAVE');
    const mayors = {
      person: 'test-mayor',
      seats: ['mayor'],
      interval: { from: Date.parse('2026-03-15T08:00:00+08:00') },
      basis: 'leave' as const,
      case: 'LR-2026-0900',
      state: 'asked' as const,
    };
    expect(leave.send('vm-1', 'EXTEND_LEAVE', extend, { absences: [mayors] }).refusal?.code).toBe('MUTUAL_EXCLUSION');
    leave.send('vm-1', 'EXTEND_LEAVE', extend, { absences: [] });
    expect(leave.play.state).toEqual(['open.on-leave.reserving']);
    expect(leave.notified('AA-2026-0001').at(-1)).toEqual({
      type: 'RESERVE_ABSENCE',
      from: '2026-03-13T18:00:00+08:00',
      to: extend.to,
    });
    leave.notice('ABSENCE_OVERLAPS', { overlaps: [mayors] });
    expect(leave.play.state).toEqual(['open.on-leave.away']);
    leave.send('vm-1', 'EXTEND_LEAVE', extend, { absences: [] });
    leave.notice('ABSENCE_RESERVED', {
      interval: { from: Date.parse('2026-03-13T18:00:00+08:00'), to: Date.parse(extend.to) },
    });
    expect(leave.summary.awaiting).toEqual(['vm-1', 'party-secretary', 'mayor']);
  });
});

describe('articles 9 and 71: away is away, allowed or not', () => {
  const seen = '2026-03-11T10:00:00+08:00';

  it('S12 a county mayor who asks after leaving is refused, and the absence is recorded as a finding of its own', () => {
    const leave = new Leave('countyMayor', { at: '2026-03-11T09:00:00+08:00' });
    expect(leave.submit()).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'LEAVE_NOT_PRIOR', cite: { article: 71, basis: 'stated' } },
    });
    expect(leave.state).toBe('drafted');
    expect(leave.found).toEqual([]);
    leave.until(seen);
    expect(leave.observe('2026-03-11T08:00:00+08:00').outcome).toBe('changed');
    expect(leave.state).toBe('observed');
    expect(leave.found).toEqual(['LEAVE_NOT_PRIOR']);
    expect(leave.told('leave.finding')).toEqual([['C3-head', 'X1-desk']]);
    expect(leave.notified('acting-authority')).toEqual([
      { type: 'ABSENCE_STARTED', from: '2026-03-11T08:00:00+08:00' },
    ]);
  });

  it('asked in the moment the leave begins is too late, a moment earlier is not', () => {
    const late = new Leave('viceMayor', { at: '2026-03-11T08:00:00+08:00' });
    expect(late.submit().refusal?.code).toBe('LEAVE_NOT_PRIOR');
    expect(new Leave('viceMayor', { at: momentBefore('2026-03-11T08:00:00+08:00') }).submit().outcome).toBe('changed');
  });

  it.each([
    { where: 'drafted', leave: () => new Leave('bureauHead'), state: 'observed', found: ['LEAVE_NOT_PRIOR'] },
    {
      where: 'awaiting-approvals',
      leave: () => Leave.submitted('bureauHead'),
      state: 'observed',
      found: ['LEAVE_NOT_PRIOR'],
    },
    { where: 'filing', leave: () => Leave.approved('bureauHead'), state: 'observed', found: ['LEAVE_NOT_FILED'] },
    {
      where: 'filing, with both receipts',
      leave: () => {
        const leave = Leave.approved('bureauHead');
        leave.file('party-office');
        leave.file('government-office');
        return leave;
      },
      state: 'on-leave',
      found: [],
    },
    { where: 'approved', leave: () => Leave.approved('viceMayor'), state: 'on-leave', found: [] },
    { where: 'on-leave', leave: () => Leave.away('viceMayor'), state: 'on-leave', found: [] },
  ])('seen away in $where: $state, findings $found', ({ leave: made, state, found }) => {
    const leave = made().until(seen);
    expect(leave.observe(seen).outcome).toBe('changed');
    expect(leave.state).toBe(state);
    expect(leave.found).toEqual(found);
    expect(leave.summary.absence).toMatchObject({ state: 'open', basis: state === 'observed' ? 'observed' : 'leave' });
  });

  it('a moment that a granted leave does not cover is an absence without leave', () => {
    const leave = Leave.approved('viceMayor').until('2026-03-10T10:00:00+08:00');
    leave.observe('2026-03-10T09:00:00+08:00');
    expect(leave.state).toBe('observed');
    expect(leave.found).toEqual(['LEAVE_NOT_PRIOR']);
  });

  it('opens a case where there is none, and closes it with the return', () => {
    const leave = Leave.observed('bureauHead', seen);
    expect(leave.state).toBe('observed');
    expect(leave.found).toEqual(['LEAVE_NOT_PRIOR']);
    expect(leave.summary.awaiting).toEqual(['D07-head']);
    expect(leave.notified('acting-authority')).toEqual([{ type: 'ABSENCE_STARTED', from: seen }]);
    expect(leave.send('X1-desk', 'RETURNED').outcome).toBe('changed');
    expect(leave.play.state).toEqual(['closed']);
  });

  it('of somebody whom article 71 does not name it is recorded, without finding', () => {
    expect(Leave.observed('deputy', seen).found).toEqual([]);
  });

  it('approvals given afterwards are recorded and do not lift it; receipts then owed keep the case open', () => {
    const leave = Leave.submitted('bureauHead').until(seen);
    leave.observe(seen);
    for (const seat of leave.approvers) expect(leave.approve(seat).outcome).toBe('changed');
    expect(leave.state).toBe('observed');
    expect(leave.approve('mayor')).toMatchObject({ refusal: { code: 'word-given' } });
    leave.send('D07-head', 'RETURNED');
    expect(leave.state).toBe('returned');
    leave.file('party-office');
    leave.file('government-office');
    expect(leave.state).toBe('closed');
  });

  it('cannot lie ahead', () => {
    const leave = new Leave('bureauHead');
    expect(leave.observe('2026-03-02T09:00:01+08:00')).toMatchObject({ refusal: { code: 'TIME_NOT_ALLOWED' } });
    expect(leave.observe('2026-03-02T09:00:00+08:00').outcome).toBe('changed');
    const granted = Leave.approved('viceMayor');
    expect(granted.observe('2026-03-11T10:00:00+08:00').refusal?.code).toBe('TIME_NOT_ALLOWED');
    expect(granted.state).toBe('approved');
  });

  it('seen twice is away since the first time', () => {
    const leave = Leave.observed('viceMayor', seen).until('2026-03-11T16:00:00+08:00');
    expect(leave.observe('2026-03-11T15:00:00+08:00', 'meeting-roll').outcome).toBe('changed');
    expect(leave.summary.absence).toMatchObject({ interval: { from: Date.parse(seen) } });
    expect(leave.found).toHaveLength(1);
  });

  it('is recorded by the Office, not by anybody', () => {
    const leave = new Leave('viceMayor');
    const payload = { person: 'test-vm-3', from: '2026-03-02T09:00:00+08:00', source: 'office' };
    expect(leave.send('D07-desk', 'ABSENCE_OBSERVED', payload).outcome).toBe('not-entitled');
    expect(leave.send('X1-desk', 'ABSENCE_OBSERVED', { ...payload, person: 'test-mayor' })).toMatchObject({
      refusal: { code: 'leave-other-person' },
    });
  });

  describe('goes to', () => {
    const route = leaveRequestProcedure.alsoOpens![0]!.route!;
    const to = (leaves: object[], from = seen) =>
      route({ person: 'p', from, source: 'office' } as never, { asOf: 0, leaves } as never, {} as never);
    const interval = { from: Date.parse('2026-03-11T08:00:00+08:00'), to: Date.parse('2026-03-13T18:00:00+08:00') };
    const leave = (state: string, more: object = {}) => ({
      case: `LR-${state}`,
      state,
      interval,
      seats: ['vm-3'],
      ...more,
    });

    it.each([
      { what: 'the request whose time covers it', leaves: [leave('drafted')], expected: 'LR-drafted' },
      {
        what: 'the leave he is away on, whatever was planned',
        leaves: [leave('drafted'), leave('overstayed')],
        expected: 'LR-overstayed',
      },
      {
        what: 'an observed absence without end',
        leaves: [{ case: 'LR-o', state: 'observed', seats: [] }],
        expected: 'LR-o',
      },
      {
        what: 'no request for another time',
        leaves: [leave('approved')],
        from: '2026-03-10T08:00:00+08:00',
        expected: undefined,
      },
      { what: 'no leave that is over', leaves: [leave('returned')], expected: undefined },
      { what: 'a case of its own where there is none', leaves: [], expected: undefined },
    ])('$what', ({ leaves, from, expected }) => {
      expect(to(leaves, from)).toBe(expected);
    });
  });
});

describe('articles 8 and 71: an approval that does not come is pressed and never taken for given', () => {
  it('each missing approver for himself at the limit, then the secretary-general for each, again and again', () => {
    const leave = Leave.submitted('bureauHead');
    leave.approve('mayor');
    leave.until(momentBefore('2026-03-04T00:00:00+08:00'));
    expect(leave.told('leave.approval-overdue')).toEqual([]);
    leave.until('2026-03-04T00:00:00+08:00');
    expect(leave.told('leave.approval-overdue')).toEqual([['party-secretary'], ['vm-1']]);
    leave.until(momentBefore('2026-03-05T00:00:00+08:00'));
    leave.approve('vm-1');
    leave.until('2026-03-06T00:00:00+08:00');
    const pressed = leave
      .effects('tell')
      .filter(({ template }) => template === 'leave.approval-overdue')
      .slice(2);
    expect(pressed.map(({ to, data }) => [to, (data as { seats: string[] }).seats])).toEqual([
      [['sg'], ['party-secretary']],
      [['sg'], ['party-secretary']],
    ]);
    leave.until('2026-04-30T00:00:00+08:00');
    expect(leave.state).toBe('awaiting-approvals');
  });

  it('is not pressed from the secretary-general on his own leave', () => {
    const leave = Leave.submitted('secretaryGeneral').until('2026-03-06T00:00:00+08:00');
    expect(leave.told('leave.approval-overdue')).toEqual([['party-secretary'], ['mayor']]);
  });

  it('reminds whoever has a draft two working days ahead, and refuses nothing for that', () => {
    const leave = new Leave('bureauHead').until(momentBefore('2026-03-09T00:00:00+08:00'));
    expect(leave.told('leave.notice')).toEqual([]);
    leave.until('2026-03-09T00:00:00+08:00');
    expect(leave.told('leave.notice')).toEqual([['D07-head']]);
    expect(leave.submit().outcome).toBe('changed');
    expect(Leave.submitted('bureauHead').until('2026-03-10T00:00:00+08:00').told('leave.notice')).toEqual([]);
  });
});
