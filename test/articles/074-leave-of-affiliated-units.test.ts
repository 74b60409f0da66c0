import { Leave } from '../support/leave';

describe('article 74: dispatched agencies and affiliated institutions ask for leave as departments do', () => {
  it('S15 the head of a development zone needs the same three approvals and two filings', () => {
    const leave = Leave.submitted('zoneHead');
    expect(leave.summary.awaiting).toEqual(['party-secretary', 'mayor', 'vm-6']);
    for (const seat of ['vm-6', 'mayor']) leave.approve(seat);
    expect(leave.state).toBe('awaiting-approvals');
    leave.approve('party-secretary');
    expect(leave.state).toBe('filing');
    leave.until('2026-03-11T08:00:00+08:00');
    leave.file('party-office');
    expect(leave.send('A1-head', 'START_LEAVE').refusal?.code).toBe('LEAVE_NOT_FILED');
    leave.file('government-office');
    expect(leave.send('A1-head', 'START_LEAVE').outcome).toBe('changed');
  });

  it('does not ask where the operator takes leave out of the scope, and says so', () => {
    const leave = new Leave('zoneHead', { parameters: { 'scope.affiliated': ['duty', 'documents', 'supervision'] } });
    expect(leave.submit()).toMatchObject({ outcome: 'rule', refusal: { code: 'leave-not-regulated' } });
    expect(leave.approvers).toEqual([]);
    const seen = Leave.observed('zoneHead', '2026-03-02T10:00:00+08:00', '2026-03-02T10:00:00+08:00', {
      parameters: { 'scope.affiliated': [] },
    });
    expect(seen.found).toEqual([]);
  });

  it('leaves departments and counties as they are', () => {
    const parameters = { 'scope.affiliated': [] };
    expect(new Leave('countyMayor', { parameters }).approvers).toEqual(['party-secretary', 'mayor', 'vm-5']);
    expect(new Leave('bureauHead', { parameters }).approvers).toEqual(['party-secretary', 'mayor', 'vm-1']);
  });
});
