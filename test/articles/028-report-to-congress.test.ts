import { Duty, report } from '../support/duties';

describe.each([
  ['[28] the report on suggestions and proposals to the standing committee of the congress', 'RO8', 'X1', '2026-06-30'],
  ['[27] the work report to the congress', 'RO13', 'mayor', '2026-12-31'],
] as const)('%s', (_, obligation, owner, last) => {
  const missed = () =>
    Duty.of(obligation, owner, '2026-01-01').until(`${last}T23:00:00+08:00`).until('2027-01-04T09:00:00+08:00');

  it('is owed outside: no reason lets it pass, whoever gives it', () => {
    const duty = missed();
    for (const seat of ['sg', 'mayor', 'X1-head'])
      expect(duty.send(seat, 'WAIVE', { reason: '议程已满' })).toMatchObject({
        outcome: 'rule',
        refusal: { code: 'WAIVER_WITHOUT_REASON' },
      });
    expect(['overdue', 'escalated']).toContain(duty.state);
  });

  it('missed, climbs to the vice mayor in charge and the secretary-general, then to the mayor, five working days apart', () => {
    const duty = Duty.of(obligation, owner, '2026-01-01').until('2027-03-01T00:00:00+08:00');
    const calls = duty.told('recurring.overdue').map((line) => line.split(' ')[1]);
    expect(calls.slice(0, 3)).toEqual(
      obligation === 'RO8'
        ? ['X1-desk,X1-head', 'vmc:X1,sg', 'mayor']
        : // The mayor owes it himself: he is called with the first rung, and the chain ends with the secretary-general.
          ['mayor,X1-desk,X1-head', 'sg', 'sg'],
    );
  });

  it('is fulfilled late all the same', () => {
    const duty = missed();
    expect(duty.send('X1-desk', 'FULFIL', report('报告', '2027-01-04T08:00:00+08:00')).outcome).toBe('changed');
    expect(duty.state).toBe('fulfilled-late');
  });
});
