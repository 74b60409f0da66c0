import { Duty, minutes } from '../support/duties';

/** Kind of meeting, whose it is, the last moment of its period, and the minutes that serve it. */
const meetings = [
  ['plenary', 'RO1', 'mayor', '2026-06-30T23:59:59.999+08:00'],
  ['standing meeting', 'RO3', 'mayor', '2026-01-31T23:59:59.999+08:00'],
] as const;

describe.each(meetings)('article 48: the Office organises the %s', (_, obligation, owner, last) => {
  it('so it is called first when the period has run out, and not a moment earlier', () => {
    const duty = Duty.of(obligation, owner, '2026-01-01').until(last);
    expect(duty.told('recurring.overdue')).toEqual([]);
    duty.play.until(Date.parse(last) + 1);
    expect(duty.told('recurring.overdue').map((line) => line.split(' ')[1])).toEqual(['X1-desk']);
    expect(duty.play.effects('tell').at(-1)).toMatchObject({ cite: { basis: 'stated', article: 48 } });
  });

  it('enters the minutes for whoever convened, and no other unit does', () => {
    const duty = Duty.of(obligation, owner, '2026-01-01').until('2026-01-20T09:00:00+08:00');
    const held = minutes('纪要1', '2026-01-19T09:00:00+08:00');
    expect(duty.send('D07-desk', 'FULFIL', held).outcome).toBe('not-entitled');
    expect(duty.send('X1-desk', 'FULFIL', held).outcome).toBe('changed');
  });
});
