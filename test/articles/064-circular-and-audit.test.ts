import { Matter } from '../support/supervision';

const papers = (matter: Matter) => matter.play.effects('paper').map(({ paper }) => paper);
const tasks = (matter: Matter) => matter.play.effects('task').map(({ task }) => task);

describe('article 64: those who do not execute are named in a circular', () => {
  it('the circular is drafted at the second level and not a moment earlier; that it goes out is a task of the Office', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-03-25T23:59:59.999+08:00');
    expect([papers(matter), tasks(matter)]).toEqual([[], []]);
    matter.until('2026-03-26T00:00:00+08:00');
    expect(papers(matter)).toEqual(['rectification-order', 'circular']);
    expect(tasks(matter)).toEqual(['circular-decision']);
  });

  it('it is drafted, never released by the passing of time', () => {
    const matter = Matter.assigned('2026-03-20').until('2026-05-29T00:00:00+08:00');
    const templates = matter.play.effects('tell').map(({ template }) => String(template));
    expect(templates.filter((template) => template.includes('circular'))).toEqual([]);
    expect(papers(matter).filter((paper) => paper === 'circular')).toHaveLength(1);
  });

  it('the audit bureau hears of items with special funds from assignment on, and of no others', () => {
    const assignment = { leadUnits: ['D07'], supporting: [], leadVms: ['vm-2'], due: '2026-03-20', dueSetBy: 'SupO' };
    const heard = (specialFunds: boolean) => {
      const matter = new Matter(undefined, { specialFunds });
      matter.send('X2-desk', 'ASSIGN', assignment);
      return matter.told('supervision.assigned').flat().includes('D20-desk');
    };
    expect([heard(true), heard(false)]).toEqual([true, false]);
  });
});
