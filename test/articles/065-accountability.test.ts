import { Matter } from '../support/supervision';

const checks = (matter: Matter) =>
  matter.play.effects('task').filter(({ task }) => task === 'accountability-fact-check');

describe('article 65: delay and change without leave are answered for', () => {
  it('at the third level facts are checked, on the ground of this article, and not a moment earlier', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-04-03T23:59:59.999+08:00');
    expect(checks(matter)).toEqual([]);
    matter.until('2026-04-04T00:00:00+08:00');
    expect(checks(matter)).toEqual([
      expect.objectContaining({ cite: expect.objectContaining({ article: expect.arrayContaining([65]) }) }),
    ]);
  });

  it('they are checked once, however long the item stays there', () => {
    expect(checks(Matter.assigned('2026-03-20').until('2026-05-29T00:00:00+08:00'))).toHaveLength(1);
  });

  it('a change that happened is recorded as a finding and blamed on nobody by the system', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-10T09:00:00+08:00');
    const observed = { what: '自行停工', since: '2026-03-09T09:00:00+08:00', evidence: 'E-9' };
    expect(matter.send('X2-desk', 'CHANGE_OBSERVED', observed).outcome).toBe('changed');
    expect(matter.found.map(({ code }) => code)).toEqual(['UNAUTHORISED_CHANGE']);
    expect(matter.state).toBe('in-progress');
    const verdict = { findingId: 'F1', stands: true, reason: '当事单位自认' };
    expect(matter.send('D07-head', 'CONFIRM_FINDING', verdict).outcome).toBe('not-entitled');
    expect(matter.send('X2-desk', 'CONFIRM_FINDING', verdict).outcome).toBe('changed');
  });
});
