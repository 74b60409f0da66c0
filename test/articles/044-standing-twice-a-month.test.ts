import { began, Duty, minutes } from '../support/duties';

const month = () => Duty.of('RO3', 'mayor', '2026-03-01');

describe('[44] the standing meeting twice in every month', () => {
  it('is fulfilled with the second meeting; the first one is counted', () => {
    const duty = month().until('2026-03-12T18:00:00+08:00');
    duty.held('standing', '2026-03-12T09:00:00+08:00', 'MT-1');
    expect(duty.state).toBe('scheduled');
    expect(duty.told('recurring.counted')).toEqual(['2026-03-12T18:00 mayor,X1-desk,X1-head']);
    duty.until('2026-03-26T18:00:00+08:00').held('standing', '2026-03-26T09:00:00+08:00', 'MT-2');
    expect(duty.state).toBe('fulfilled');
  });

  it('the same minutes do not count twice, whoever brings them', () => {
    const duty = month().until('2026-03-12T18:00:00+08:00');
    duty.held('standing', '2026-03-12T09:00:00+08:00', 'MT-1');
    duty.held('standing', '2026-03-12T09:00:00+08:00', 'MT-1');
    expect(duty.send('X1-desk', 'FULFIL', minutes('MT-1', '2026-03-12T09:00:00+08:00')).refusal?.code).toBe(
      'EVIDENCE_MISSING',
    );
    expect(duty.play.subject.snapshot.context.evidence).toHaveLength(1);
  });

  it('with one meeting of two the month is missed, and the second one makes it late', () => {
    const duty = month().until('2026-03-12T18:00:00+08:00');
    duty.held('standing', '2026-03-12T09:00:00+08:00', 'MT-1');
    expect(duty.until('2026-04-01T00:00:00+08:00').state).toBe('overdue');
    duty.until('2026-04-02T09:00:00+08:00');
    expect(duty.send('X1-desk', 'FULFIL', minutes('MT-2', '2026-04-02T08:30:00+08:00')).outcome).toBe('changed');
    expect(duty.state).toBe('fulfilled-late');
  });

  it('is let pass by the mayor, or by the executive vice mayor who is entrusted to chair it', () => {
    const duty = month().until('2026-04-02T09:00:00+08:00');
    expect(duty.send('vm-1', 'WAIVE', { reason: '防汛' }).outcome).toBe('not-entitled');
    const entrustment = {
      id: 'E1',
      giver: 'mayor',
      receiver: 'vm-1',
      act: 'chair-standing',
      mode: 'standing',
      period: { from: 0 },
      ref: '委托书',
      givenAt: 0,
    };
    const standing = {
      case: 'AA-1',
      version: 1,
      state: 'mayor-presiding',
      column: 'A',
      away: [],
      since: 0,
      entrustments: [entrustment],
    };
    expect(duty.send('vm-1', 'WAIVE', { reason: '防汛' }, { standing }).outcome).toBe('changed');
    expect(duty.state).toBe('waived');
  });
});

describe('[44] law study and economic analysis at standing meetings', () => {
  it('are served by a sitting that had the slot, not by every sitting', () => {
    const study = Duty.of('RO4', 'X1', '2026-01-01').until('2026-03-12T18:00:00+08:00');
    study.held('standing', '2026-03-12T09:00:00+08:00', 'MT-1');
    expect(study.state).toBe('scheduled');
    study.held('law-study', '2026-03-12T09:00:00+08:00', 'MT-1');
    expect(study.state).toBe('fulfilled');
  });

  it('may be brought by the units that owe them together, and by nobody else', () => {
    const analysis = Duty.of('RO5', 'X1', '2026-03-01').until('2026-03-20T09:00:00+08:00');
    const paper = minutes('纪要', '2026-03-19T09:00:00+08:00');
    expect(analysis.send('D07-desk', 'FULFIL', paper)).toMatchObject({
      outcome: 'not-entitled',
      refusal: { entitled: ['X1', 'X3', 'D23', 'X1'] },
    });
    expect(analysis.send('D23-desk', 'FULFIL', paper).outcome).toBe('changed');
  });

  it('missed, climb as preparation does: desk and principal, vice mayor and secretary-general, then the top', () => {
    const study = Duty.of('RO4', 'X1', '2026-01-01').until('2026-04-17T00:00:00+08:00');
    expect(study.told('recurring.overdue')).toEqual([
      '2026-04-01T00:00 X1-desk,X1-head,D06-desk,D06-head',
      '2026-04-04T00:00 vmc:X1,sg',
      '2026-04-10T00:00 evm',
      '2026-04-15T00:00 mayor',
    ]);
    expect(study.send('sg', 'WAIVE', { reason: '并入下季度' }).outcome).toBe('changed');
  });

  it('have a quarter and a month', () => {
    expect(began('RO4', 'X1', '2026-05-20').period).toEqual({ id: '2026-Q2', first: '2026-04-01', last: '2026-06-30' });
    expect(began('RO5', 'X1', '2026-05-20').period).toEqual({ id: '2026-05', first: '2026-05-01', last: '2026-05-31' });
  });
});
