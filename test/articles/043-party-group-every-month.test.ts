import { Duty, minutes } from '../support/duties';

const month = (day = '2026-02-01') => Duty.of('RO2', 'pg-secretary', day);

describe('[43] a Party-group meeting in every month', () => {
  it('is owed until the month ends, also the shortest one, and is then called for', () => {
    expect(month().until('2026-03-05T00:00:00+08:00').course).toEqual([
      '2026-02-01T00:00 scheduled',
      '2026-02-19T00:00 due-soon',
      '2026-02-28T00:00 due',
      '2026-03-01T00:00 overdue',
      // 1 March is a Sunday: the next rung is a working day later.
      '2026-03-03T00:00 escalated',
    ]);
  });

  it('in a leap year February has its 29th', () => {
    expect(month('2028-02-01').until('2028-03-01T00:00:00+08:00').course.slice(-2)).toEqual([
      '2028-02-29T00:00 due',
      '2028-03-01T00:00 overdue',
    ]);
  });

  it('is let pass by its secretary alone, who convenes it', () => {
    const duty = month().until('2026-03-02T09:00:00+08:00');
    for (const seat of ['mayor', 'sg', 'X1-desk'])
      expect(duty.send(seat, 'WAIVE', { reason: '外出考察' })).toMatchObject({
        outcome: 'not-entitled',
        refusal: { entitled: ['pg-secretary'] },
      });
    expect(duty.send('pg-secretary', 'WAIVE', { reason: '外出考察' }).outcome).toBe('changed');
    expect(duty.state).toBe('waived');
  });

  it('serves one month with one meeting: minutes of the month before are refused', () => {
    const duty = month().until('2026-02-10T09:00:00+08:00');
    const refused = duty.send('X1-desk', 'FULFIL', minutes('党组纪要1', '2026-01-30T09:00:00+08:00'));
    expect(refused).toMatchObject({ outcome: 'rule', refusal: { code: 'EVIDENCE_MISSING' } });
    expect(duty.send('X1-desk', 'FULFIL', minutes('党组纪要2', '2026-02-09T09:00:00+08:00')).outcome).toBe('changed');
  });
});
