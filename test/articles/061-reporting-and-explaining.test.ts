import { doc, Matter } from '../support/supervision';

const report = { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' };
const explanation = { doc: doc('X-1'), cause: '施工图审查滞后' };

describe('article 61: results are reported within the time set', () => {
  it('takes a report in the last moment of the due day as on time', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-20T23:59:59.999+08:00');
    expect(matter.send('D07-desk', 'REPORT', report).outcome).toBe('changed');
    expect(matter.state).toBe('reviewing');
  });

  it('finds the item overdue the moment after, and wants an explanation with the report', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-21T00:00:00+08:00');
    expect(matter.state).toBe('overdue');
    expect(matter.level).toBe(1);
    const refused = matter.send('D07-desk', 'REPORT', report);
    expect(refused).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'EXPLANATION_MISSING', cite: { article: 61, basis: 'stated' } },
    });
    expect(matter.send('D07-desk', 'REPORT', { ...report, explanation }).outcome).toBe('changed');
    expect(matter.state).toBe('reviewing');
    expect(matter.level).toBe(0);
  });

  it('tells handler and principal at the due instant, the vice mayor and the secretary-general three working days later', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-25T23:59:59+08:00');
    expect(matter.told('supervision.level1')).toEqual([['D07-desk', 'D07-head']]);
    expect(matter.told('supervision.level2')).toEqual([]);
    matter.until('2026-03-26T00:00:00+08:00');
    expect(matter.told('supervision.level2')).toEqual([['vm-2', 'sg']]);
    expect(matter.found).toEqual([{ code: 'EXPLANATION_MISSING', at: '2026-03-26T00:00:00+08:00' }]);
  });

  it('reaches the mayor after ten working days and says that nobody reported to him', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-04-04T00:00:00+08:00');
    expect(matter.level).toBe(3);
    expect(matter.told('supervision.level3')).toEqual([['evm', 'mayor']]);
    expect(matter.found.map((f) => f.code)).toEqual(['EXPLANATION_MISSING', 'REPORT_TO_MAYOR_MISSING']);
  });
});
