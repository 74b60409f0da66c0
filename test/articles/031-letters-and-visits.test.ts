import { Duty, minutes, visit } from '../support/duties';

describe('[31] every month each unit meets on letters and visits, and its leaders receive visitors', () => {
  it('a department brings the minutes of its meeting', () => {
    const duty = Duty.of('RO9', 'D11', '2026-03-01').until('2026-03-20T09:00:00+08:00');
    expect(duty.send('D11-deputy', 'FULFIL', minutes('局信访会纪要', '2026-03-19T09:00:00+08:00')).outcome).toBe(
      'changed',
    );
    expect(duty.state).toBe('fulfilled');
  });

  it('a leader brings the record of a visit, and nothing else counts for it', () => {
    const duty = Duty.of('RO10', 'vm-4', '2026-03-01').until('2026-03-20T09:00:00+08:00');
    expect(duty.send('vm-4', 'FULFIL', minutes('纪要', '2026-03-19T09:00:00+08:00')).refusal?.code).toBe(
      'EVIDENCE_MISSING',
    );
    expect(duty.send('vm-4', 'FULFIL', visit('接访记录', '2026-03-19T09:00:00+08:00')).outcome).toBe('changed');
  });

  it('another leader cannot do it for him, the Office may enter it for him', () => {
    const duty = Duty.of('RO10', 'vm-4', '2026-03-01').until('2026-03-20T09:00:00+08:00');
    const record = visit('接访记录', '2026-03-19T09:00:00+08:00');
    expect(duty.send('vm-3', 'FULFIL', record).outcome).toBe('not-entitled');
    expect(duty.send('X1-desk', 'FULFIL', record).outcome).toBe('changed');
  });

  it.each([
    ['RO9', 'D11', ['D11-desk,D11-head', 'vmc:D11,sg', 'mayor', 'mayor']],
    ['RO10', 'vm-4', ['vm-4', 'sg', 'mayor', 'mayor']],
    ['RO10', 'sg', ['sg', 'mayor', 'mayor', 'mayor']],
    ['RO10', 'mayor', ['mayor', 'sg', 'sg', 'sg']],
  ] as const)('%s of %s, missed, calls %j', (obligation, owner, calls) => {
    const duty = Duty.of(obligation, owner, '2026-03-01').until('2026-04-25T00:00:00+08:00');
    expect(duty.told('recurring.overdue').map((line) => line.split(' ')[1])).toEqual(calls);
  });
});
