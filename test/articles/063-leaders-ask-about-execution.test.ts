import { Duty, report, visit } from '../support/duties';

describe('[63] each vice mayor and the secretary-general ask about execution every month', () => {
  it.each([
    ['vm-3', ['vm-3', 'sg', 'mayor', 'mayor']],
    ['sg', ['sg', 'mayor', 'mayor', 'mayor']],
  ] as const)('%s, who did not, is called, then those above him: %j', (owner, calls) => {
    const duty = Duty.of('RO12', owner, '2026-03-01').until('2026-04-04T00:00:00+08:00');
    expect(duty.told('recurring.overdue').map((line) => line.split(' ')[1])).toEqual(calls);
  });

  it('a record or a report of his asking fulfils it', () => {
    for (const paper of [
      visit('过问记录', '2026-03-19T09:00:00+08:00'),
      report('调度情况', '2026-03-19T09:00:00+08:00'),
    ]) {
      const duty = Duty.of('RO12', 'vm-3', '2026-03-01').until('2026-03-20T09:00:00+08:00');
      expect(duty.send('vm-3', 'FULFIL', paper).outcome).toBe('changed');
      expect(duty.state).toBe('fulfilled');
    }
  });
});
