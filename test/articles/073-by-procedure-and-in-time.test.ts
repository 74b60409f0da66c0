import { doc, Matter } from '../support/supervision';

const report = { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' };

describe('article 73: matters are handled in time, at the desks too', () => {
  it('[8] a report that lies undecided presses desk and secretary-general when its limit is over, and not a moment earlier', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-09T09:00:00+08:00');
    matter.send('D07-desk', 'REPORT', report);
    matter.until('2026-03-16T23:59:59.999+08:00');
    expect(matter.told('desk.overdue')).toEqual([]);
    matter.until('2026-03-17T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X2-desk', 'sg']]);
  });

  it('[6] it climbs to the executive vice mayor and the mayor, one desk step each, and stays with the mayor', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-09T09:00:00+08:00');
    matter.send('D07-desk', 'REPORT', report);
    matter.until('2026-03-20T00:00:00+08:00');
    expect(matter.told('desk.overdue')).toEqual([['X2-desk', 'sg'], ['evm'], ['mayor'], ['mayor']]);
  });

  it('deciding stops the pressing; nothing is accepted by silence', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-09T09:00:00+08:00');
    matter.send('D07-desk', 'REPORT', report);
    matter.until('2026-03-17T09:00:00+08:00');
    expect(matter.state).toBe('reviewing');
    matter.send('X2-desk', 'ACCEPT', { evidence: ['E-1'] });
    const pressed = matter.told('desk.overdue').length;
    expect(matter.state).toBe('closed');
    expect(matter.until('2026-04-30T00:00:00+08:00').told('desk.overdue')).toHaveLength(pressed);
  });

  it('[10] the principal of the unit is told with the handler from assignment on, and when the item falls overdue', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-21T00:00:00+08:00');
    expect(matter.told('supervision.assigned').flat()).toContain('D07-head');
    expect(matter.told('supervision.level1')).toEqual([['D07-desk', 'D07-head']]);
  });
});
