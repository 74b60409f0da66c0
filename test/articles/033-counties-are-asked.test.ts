import { Duty, report } from '../support/duties';

describe('[33] counties and districts are asked for their opinions in every half-year', () => {
  it('missed, the owner and the Office, the secretary-general and the executive vice mayor are called a working day apart', () => {
    const duty = Duty.of('RO14', 'D14', '2026-01-01').until('2026-07-04T00:00:00+08:00');
    expect(duty.told('recurring.overdue')).toEqual([
      '2026-07-01T00:00 D14-desk,D14-head,X1-desk',
      '2026-07-02T00:00 sg',
      '2026-07-03T00:00 evm',
      '2026-07-04T00:00 evm',
    ]);
  });

  it('is let pass by the secretary-general, with a reason', () => {
    const duty = Duty.of('RO14', 'D14', '2026-01-01').until('2026-07-02T09:00:00+08:00');
    expect(duty.send('D14-head', 'WAIVE', { reason: '机构改革' }).outcome).toBe('not-entitled');
    expect(duty.send('sg', 'WAIVE', { reason: '  ' }).refusal).toMatchObject({
      code: 'WAIVER_WITHOUT_REASON',
      cite: { basis: 'chosen' },
    });
    expect(duty.send('sg', 'WAIVE', { reason: '机构改革' }).outcome).toBe('changed');
  });

  it('is fulfilled with the report on what they said', () => {
    const duty = Duty.of('RO14', 'X1', '2026-01-01').until('2026-06-30T23:59:59+08:00');
    duty.send('X1-desk', 'FULFIL', report('征求意见情况', '2026-06-30T17:00:00+08:00'));
    expect(duty.state).toBe('fulfilled');
  });
});
