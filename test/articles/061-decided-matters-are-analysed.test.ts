import { Duty, report } from '../support/duties';

describe('[61] Office and supervision office inspect and analyse decided matters every month', () => {
  it('either of them brings the report', () => {
    for (const seat of ['X1-desk', 'X2-desk']) {
      const duty = Duty.of('RO11', 'X1', '2026-03-01').until('2026-03-25T09:00:00+08:00');
      expect(duty.send(seat, 'FULFIL', report('督查分析', '2026-03-24T09:00:00+08:00')).outcome).toBe('changed');
      expect(duty.state).toBe('fulfilled');
    }
  });

  it('missed, both are called, then the secretary-general, then the executive vice mayor', () => {
    const duty = Duty.of('RO11', 'X1', '2026-03-01').until('2026-04-04T00:00:00+08:00');
    expect(duty.told('recurring.overdue').map((line) => line.split(' ')[1])).toEqual([
      'X1-desk,X1-head,X2-desk,X2-head',
      'sg',
      'evm',
      'evm',
    ]);
  });
});
