import { applicants, Leave, type Who } from '../support/leave';

const asked: [Who, string[]][] = [
  ['viceMayor', ['party-secretary', 'mayor']],
  ['secretaryGeneral', ['party-secretary', 'mayor']],
  ['evm', ['party-secretary', 'mayor']],
  ['bureauHead', ['party-secretary', 'mayor', 'vm-1']],
  ['countyMayor', ['party-secretary', 'mayor', 'vm-5']],
  ['viceMayorAndHead', ['party-secretary', 'mayor']],
  ['mayorAndHead', ['party-secretary', 'vm-7']],
  ['ofUnitWithoutVmc', ['party-secretary', 'mayor']],
  ['mayor', []],
];

describe('article 71: whom leave is asked of', () => {
  it.each(asked)('the leave of %s asks %j', (who, approvers) => {
    expect(new Leave(who).approvers).toEqual(approvers);
  });

  it('asks every approver of a bureau head, each for himself, and waits for all of them', () => {
    const leave = Leave.submitted('bureauHead');
    expect(leave.told('leave.approval-asked')).toEqual([['party-secretary'], ['mayor'], ['vm-1']]);
    expect(leave.summary.awaiting).toEqual(['party-secretary', 'mayor', 'vm-1']);
    leave.approve('vm-1');
    leave.approve('party-secretary');
    expect(leave.state).toBe('awaiting-approvals');
    expect(leave.summary.awaiting).toEqual(['mayor']);
    leave.approve('mayor');
    expect(leave.state).toBe('filing');
  });

  it('the approvals come in any order', () => {
    const orders = [
      ['party-secretary', 'mayor', 'vm-1'],
      ['vm-1', 'mayor', 'party-secretary'],
      ['mayor', 'party-secretary', 'vm-1'],
    ];
    for (const order of orders) {
      const leave = Leave.submitted('bureauHead');
      for (const seat of order) expect(leave.approve(seat).outcome).toBe('changed');
      expect(leave.state).toBe('filing');
    }
  });

  it('comes by the order of the article where the operator wants it so: the next is asked when the one before has agreed', () => {
    const leave = Leave.submitted('bureauHead', { parameters: { 'leave.order': 'in-order' } });
    expect(leave.told('leave.approval-asked')).toEqual([['party-secretary']]);
    expect(leave.approve('mayor')).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'word-not-next', params: { seat: 'party-secretary' } },
    });
    leave.approve('party-secretary');
    expect(leave.summary.awaiting).toEqual(['mayor']);
    leave.approve('mayor');
    leave.approve('vm-1');
    expect(leave.told('leave.approval-asked')).toEqual([['party-secretary'], ['mayor'], ['vm-1']]);
    expect(leave.state).toBe('filing');
  });

  it('is approved for a vice mayor with two words, and files nowhere', () => {
    const leave = Leave.submitted('viceMayor');
    leave.approve('party-secretary');
    leave.approve('mayor');
    expect(leave.state).toBe('approved');
    expect(leave.file('party-office')).toMatchObject({ outcome: 'not-accepted' });
  });

  it('records of the mayor only what the bodies above said, and by the Office', () => {
    const leave = Leave.submitted('mayor', {}, { absences: [] });
    leave.notice('ABSENCE_RESERVED', { interval: { from: leave.context.from!, to: leave.context.to! } });
    expect(leave.state).toBe('awaiting-approvals');
    expect(leave.summary.awaiting).toEqual(['X1']);
    expect(leave.told('leave.external-asked')).toEqual([['X1-desk']]);
    const approval = { body: 'regional-committee', ref: 'W-7' };
    expect(leave.send('vm-1', 'RECORD_EXTERNAL_APPROVAL', approval).outcome).toBe('not-entitled');
    expect(leave.send('party-secretary', 'APPROVE_LEAVE', { asSeat: 'party-secretary' }).outcome).toBe('not-entitled');
    expect(leave.send('X1-desk', 'RECORD_EXTERNAL_APPROVAL', approval).outcome).toBe('changed');
    expect(leave.state).toBe('approved');
    expect(leave.context.externalApprovals).toEqual([{ ...approval, at: leave.play.now }]);
  });

  it('of somebody in two groups needs the words and the filings of both; his own falls away, the others stay', () => {
    const leave = Leave.submitted('viceMayorAndHead');
    leave.approve('party-secretary');
    leave.approve('mayor');
    expect(leave.state).toBe('filing');
    const head = Leave.submitted('mayorAndHead', {}, { absences: [] });
    head.notice('ABSENCE_RESERVED', { interval: { from: head.context.from!, to: head.context.to! } });
    head.approve('party-secretary');
    head.approve('vm-7');
    expect(head.state).toBe('awaiting-approvals');
    expect(head.summary.awaiting).toEqual(['X1']);
    head.send('X1-desk', 'RECORD_EXTERNAL_APPROVAL', { body: 'municipal-committee', ref: 'W-8' });
    expect(head.state).toBe('filing');
  });

  it('needs the vice mayor of each unit of somebody who heads two', () => {
    const units = [
      { unit: 'D07', vmc: 'vm-1' },
      { unit: 'I1', vmc: 'vm-6', affiliated: true as const },
    ];
    const both = { ...applicants.bureauHead, seats: ['D07-head', 'I1-head'], units };
    expect(new Leave(both).approvers).toEqual(['party-secretary', 'mayor', 'vm-1', 'vm-6']);
  });

  it('waits, where nobody is in charge of a unit and the mayor does not stand in, and says which', () => {
    const leave = new Leave('ofUnitWithoutVmc', { parameters: { 'portfolio.mayorDirect': false } });
    expect(leave.submit()).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'vmc-unassigned', params: { unit: 'D31' } },
    });
    expect(leave.state).toBe('drafted');
  });

  it('is over with one refusal, and all who were asked hear of it', () => {
    const leave = Leave.submitted('bureauHead');
    leave.approve('mayor');
    expect(leave.send('vm-1', 'REJECT_LEAVE', { asSeat: 'vm-1', reason: '防汛' }).outcome).toBe('changed');
    expect(leave.state).toBe('rejected');
    expect(leave.told('leave.rejected')).toEqual([['D07-head', 'party-secretary', 'mayor', 'vm-1', 'X1-desk']]);
    expect(leave.approve('party-secretary').outcome).toBe('closed');
  });

  it('may be taken back until it is granted, and afterwards only be recorded as not taken', () => {
    const leave = Leave.submitted('bureauHead');
    expect(leave.send('vm-1', 'WITHDRAW', { reason: 'x' }).outcome).toBe('not-entitled');
    expect(leave.send('D07-head', 'WITHDRAW', { reason: '行程取消' }).outcome).toBe('changed');
    expect(leave.state).toBe('withdrawn');
    const granted = Leave.approved('bureauHead');
    expect(granted.send('D07-head', 'WITHDRAW', { reason: 'x' }).outcome).toBe('not-accepted');
    expect(granted.send('X1-desk', 'NOT_TAKEN').outcome).toBe('changed');
    expect(granted.state).toBe('withdrawn');
    expect(granted.notified('acting-authority').map(({ type }) => type)).toEqual([
      'ABSENCE_PLANNED',
      'ABSENCE_CANCELLED',
    ]);
  });

  it('records the word of a leader by the Office, with the paper', () => {
    const leave = Leave.submitted('viceMayor');
    const word = { asSeat: 'mayor' };
    expect(leave.send('X1-desk', 'APPROVE_LEAVE', word).outcome).toBe('not-entitled');
    expect(leave.send('X1-desk', 'APPROVE_LEAVE', word, { onWordOf: 'mayor' }).outcome).toBe('changed');
    expect(leave.summary.awaiting).toEqual(['party-secretary']);
    expect(leave.send('X1-desk', 'APPROVE_LEAVE', { asSeat: 'party-secretary' }, { onWordOf: 'mayor' })).toMatchObject({
      outcome: 'not-entitled',
      refusal: { entitled: ['party-secretary'] },
    });
  });
});
