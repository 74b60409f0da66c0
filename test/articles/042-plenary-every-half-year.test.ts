import { began, Duty, minutes } from '../support/duties';

const plenary = () => Duty.of('RO1', 'mayor', '2026-01-01');
const inTime = minutes('全会纪要1', '2026-05-20T09:00:00+08:00');

describe('[42] S60: a plenary in every half-year', () => {
  it('is reminded of ten days before the half-year ends, due on its last day, overdue when it has run out', () => {
    const duty = plenary().until('2026-07-01T00:00:00+08:00');
    expect(duty.course).toEqual([
      '2026-01-01T00:00 scheduled',
      '2026-06-21T00:00 due-soon',
      '2026-06-30T00:00 due',
      '2026-07-01T00:00 overdue',
    ]);
    expect(duty.told('recurring.due-soon')).toEqual(['2026-06-21T00:00 mayor,X1-desk,X1-head']);
    expect(duty.told('recurring.due')).toEqual(['2026-06-30T00:00 mayor,X1-desk,X1-head']);
  });

  it('S60: once missed, Office, SG, EVM and mayor are called one working day apart, the mayor again and again', () => {
    const duty = plenary().until('2026-07-08T00:00:00+08:00');
    expect(duty.told('recurring.overdue')).toEqual([
      '2026-07-01T00:00 X1-desk',
      '2026-07-02T00:00 sg',
      '2026-07-03T00:00 evm',
      '2026-07-04T00:00 mayor',
      '2026-07-07T00:00 mayor',
      '2026-07-08T00:00 mayor',
    ]);
    expect(duty.state).toBe('escalated');
  });

  it('S60: a reason recorded by the mayor ends the calls; the case says who let the period pass, and why', () => {
    const duty = plenary().until('2026-07-02T10:00:00+08:00');
    expect(duty.send('mayor', 'WAIVE', { reason: '换届筹备，合并于下半年召开' }).outcome).toBe('changed');
    const calls = duty.told('recurring.overdue').length;
    duty.until('2026-08-01T00:00:00+08:00');
    expect([duty.state, duty.told('recurring.overdue').length]).toEqual(['waived', calls]);
    expect(duty.play.subject.snapshot.context).toMatchObject({
      waiver: { reason: '换届筹备，合并于下半年召开', by: 'mayor' },
    });
    expect(duty.told('recurring.waived')).toEqual(['2026-07-02T10:00 mayor,X1-desk,X1-head,sg']);
  });

  it('is fulfilled with the minutes, at any time of the half-year, and rests on the article', () => {
    const duty = plenary().until('2026-05-21T09:00:00+08:00');
    expect(duty.send('X1-desk', 'FULFIL', inTime).outcome).toBe('changed');
    expect(duty.state).toBe('fulfilled');
    expect(duty.play.entries.at(-1)!.steps.map(({ cite }) => cite)).toEqual([{ basis: 'stated', article: 42 }]);
    expect(duty.told('recurring.fulfilled')).toEqual(['2026-05-21T09:00 mayor,X1-desk,X1-head,sg']);
  });

  it('told by the meeting itself, is fulfilled without anybody entering it', () => {
    const duty = plenary().until('2026-05-20T18:00:00+08:00');
    expect(duty.held('standing', '2026-05-20T09:00:00+08:00', 'MT-1')).toBe(true);
    expect(duty.state).toBe('scheduled');
    duty.held('plenary', '2026-05-20T09:00:00+08:00', 'MT-2');
    expect(duty.state).toBe('fulfilled');
    expect(duty.play.subject.snapshot.context).toMatchObject({
      evidence: [{ kind: 'minutes', ref: 'MT-2', by: 'MT-2-sitting' }],
    });
  });

  it('in time at the last moment of the half-year, late the moment after', () => {
    const last = plenary().until('2026-06-30T23:59:59.999+08:00');
    last.send('X1-desk', 'FULFIL', minutes('纪要', '2026-06-30T20:00:00+08:00'));
    expect(last.state).toBe('fulfilled');
    const after = plenary().until('2026-07-01T00:00:00+08:00');
    expect(after.state).toBe('overdue');
    after.send('X1-desk', 'FULFIL', minutes('纪要', '2026-06-30T20:00:00+08:00'));
    expect(after.state).toBe('fulfilled-late');
  });

  it('held in time and told of later, is fulfilled and not late: the notice says when it was', () => {
    const duty = plenary().until('2026-07-02T09:00:00+08:00');
    duty.held('plenary', '2026-06-30T15:00:00+08:00', 'MT-3');
    expect(duty.state).toBe('fulfilled');
  });

  it('held in time and entered later by the Office on the word of whoever did it, takes the rungs back', () => {
    const duty = plenary().until('2026-07-02T09:00:00+08:00');
    const onWordOf = { seat: 'mayor', ref: '签报1' };
    const receipt = duty.send('X1-desk', 'FULFIL', minutes('纪要', '2026-06-29T15:00:00+08:00'), { onWordOf });
    expect([receipt.outcome, duty.state]).toEqual(['changed', 'fulfilled']);
    expect(duty.play.entries.at(-1)!.steps.map(({ cite }) => (cite as { basis: string }).basis)).toEqual(['chosen']);
  });

  it('held late, serves the period that the Office names, and nobody else', () => {
    const duty = plenary().until('2026-07-10T09:00:00+08:00');
    const late = minutes('纪要', '2026-07-09T15:00:00+08:00');
    const refused = duty.send('mayor', 'FULFIL', late);
    expect([refused.outcome, refused.refusal?.entitled]).toEqual(['not-entitled', ['X1']]);
    expect(duty.send('X1-desk', 'FULFIL', late).outcome).toBe('changed');
    expect(duty.state).toBe('fulfilled-late');
  });

  it('told late by the meeting, is not taken for the period: the Office is asked which one it serves', () => {
    const missed = plenary().until('2026-07-10T09:00:00+08:00');
    missed.held('plenary', '2026-07-09T15:00:00+08:00', 'MT-4');
    expect(missed.state).toBe('escalated');
    expect(missed.told('task')).toEqual(['2026-07-10T09:00 X1-desk']);
    missed.held('plenary', '2026-07-09T15:00:00+08:00', 'MT-4');
    expect(missed.told('task')).toHaveLength(1);

    const next = Duty.of('RO1', 'mayor', '2026-07-01', { behind: ['RO-2026-0001'] }).until('2026-07-10T09:00:00+08:00');
    next.held('plenary', '2026-07-09T15:00:00+08:00', 'MT-4');
    expect([next.state, next.told('task').length]).toEqual(['scheduled', 1]);
    expect(next.send('X1-desk', 'FULFIL', minutes('MT-4', '2026-07-09T15:00:00+08:00')).outcome).toBe('changed');
    expect(next.state).toBe('fulfilled');
  });

  it('a site may grant days of grace after the end, and then it is overdue when they have run out', () => {
    const overrides = [
      { key: 'recurring.grace' as const, value: 5, from: '2026-01-01', reason: '会期安排', author: 'X1' },
      { key: 'recurring.dueSoon' as const, value: 30, from: '2026-01-01', reason: '会期安排', author: 'X1' },
    ];
    const duty = new Duty(began('RO1', 'mayor', '2026-01-01'), { site: { overrides } });
    expect(duty.until('2026-07-05T23:59:59+08:00').state).toBe('due');
    expect(duty.until('2026-07-06T00:00:00+08:00').course).toEqual([
      '2026-01-01T00:00 scheduled',
      '2026-06-01T00:00 due-soon',
      '2026-06-30T00:00 due',
      '2026-07-06T00:00 overdue',
    ]);
  });

  it('opened after its period had ended, as after an outage, it is overdue at once and climbs from then', () => {
    const duty = new Duty(began('RO1', 'mayor', '2026-01-01'), { at: '2026-07-15T09:00:00+08:00' });
    duty.until('2026-07-16T09:00:00+08:00');
    expect(duty.state).toBe('overdue');
    expect(duty.told('recurring.overdue')).toEqual(['2026-07-15T09:00 X1-desk']);
    expect(duty.until('2026-07-17T00:00:00+08:00').told('recurring.overdue').at(-1)).toBe('2026-07-17T00:00 sg');
  });
});
