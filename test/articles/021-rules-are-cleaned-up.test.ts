import { Duty, report } from '../support/duties';

describe('[21] S104: rules and normative documents are cleaned up within two years', () => {
  const due = () => Duty.of('RO7', 'D06', '2026-05-01');

  it('S104: when the period ends without it, the justice bureau, then its vice mayor and the secretary-general are called', () => {
    const duty = due().until('2028-01-10T00:00:00+08:00');
    expect(duty.told('recurring.overdue')).toEqual([
      '2028-01-01T00:00 D06-desk,D06-head',
      '2028-01-06T00:00 vmc:D06,sg',
    ]);
  });

  it('the period is two calendar years, over two new years', () => {
    expect(due().until('2028-01-01T00:00:00+08:00').course).toEqual([
      '2026-01-01T00:00 scheduled',
      '2027-12-22T00:00 due-soon',
      '2027-12-31T00:00 due',
      '2028-01-01T00:00 overdue',
    ]);
  });

  it('is fulfilled with the report on it, by the bureau itself or by the Office for it', () => {
    for (const seat of ['D06-desk', 'X1-desk']) {
      const duty = due().until('2027-10-01T09:00:00+08:00');
      expect(duty.send(seat, 'FULFIL', report('清理报告', '2027-09-30T09:00:00+08:00')).outcome).toBe('changed');
      expect(duty.state).toBe('fulfilled');
    }
  });
});
