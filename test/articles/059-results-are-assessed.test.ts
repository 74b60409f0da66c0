import { doc, Matter } from '../support/supervision';

const closed = (matter: Matter): Matter => {
  matter.send('D07-desk', 'REPORT', { doc: doc('R-1'), evidence: ['E-1'], claims: 'done' });
  matter.send('X2-desk', 'ACCEPT', { evidence: ['E-1'] });
  return matter;
};

describe('article 59: what was settled is assessed', () => {
  it('an accepted item leaves one entry for the assessment, on the ground of this article, and nothing is left open', () => {
    const matter = closed(Matter.assigned('2026-03-20').until('2026-03-19T10:00:00+08:00'));
    expect(matter.state).toBe('closed');
    const papers = matter.play.effects('paper').filter(({ paper }) => paper === 'assessment-entry');
    expect(papers).toHaveLength(1);
    const { steps } = matter.play.entries.at(-1)!;
    expect(steps.flatMap(({ cite }) => (cite ? [(cite as { article: unknown }).article] : [])).flat()).toContain(59);
  });

  it('no entry is written before a person has accepted, however late it gets', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-05-29T00:00:00+08:00');
    expect(matter.play.effects('paper').map(({ paper }) => paper)).not.toContain('assessment-entry');
    expect(matter.state).toBe('overdue');
  });
});
