import { Duty, report } from '../support/duties';

describe('[20] the justice bureau reports on normative documents in every half-year', () => {
  it('late by an hour is late, and what was done stands with when it was done', () => {
    const duty = Duty.of('RO6', 'D06', '2026-01-01').until('2026-07-01T01:00:00+08:00');
    duty.send('D06-desk', 'FULFIL', report('备案审查报告', '2026-07-01T00:30:00+08:00'));
    expect(duty.state).toBe('fulfilled-late');
    expect(duty.told('recurring.fulfilled-late')).toEqual(['2026-07-01T01:00 D06-desk,D06-head,sg']);
  });

  it('another bureau cannot report for it', () => {
    const duty = Duty.of('RO6', 'D06', '2026-01-01').until('2026-06-01T01:00:00+08:00');
    expect(duty.send('D07-desk', 'FULFIL', report('报告', '2026-05-30T09:00:00+08:00')).outcome).toBe('not-entitled');
  });
});
