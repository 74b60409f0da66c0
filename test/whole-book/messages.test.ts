import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import { mentionsOf } from '../../client/docs/mentions';
import { prefixOf } from '../../client/docs/words';
import { render, type Script, templates } from '../../locale';
import { procedures } from '../../workflows/procedures';

const workflows = join(packageRoot(), 'workflows');
const scripts: Script[] = ['hans', 'hant'];

describe.each(procedures)('$name', (procedure) => {
  const { templates: told } = mentionsOf(procedure.name, workflows);
  const [state] = Object.keys(procedure.states);
  const data = {
    caseNo: `${procedure.series}-2026-0001`,
    link: 'https://example.invalid/cases/1',
    due: Date.parse('2026-03-21T00:00:00+08:00'),
    cite: { basis: 'stated', article: 61 },
    state: `${procedure.mainRegion}.${state}`,
    code: 'EXPLANATION_MISSING',
    task: 'circular-decision',
    seat: 'D32',
    seats: ['D10'],
    ref: 'R-1',
  };

  it('tells something', () => {
    expect(told.length).toBeGreaterThan(0);
  });

  it.each(told.flatMap((template) => scripts.map((script) => [template, script] as const)))(
    'has words for %s in %s, which render',
    (template, script) => {
      const { subject, body } = render(template, data, script);
      expect(subject).toContain(data.caseNo);
      expect(body).toContain(data.link);
      expect(subject + body).not.toMatch(/[[\]{}]|undefined/);
    },
  );

  it('tells every message the locale table has in its name', () => {
    const own = Object.keys(templates).filter((template) => template.startsWith(`${prefixOf(procedure.name)}.`));
    expect(own.filter((template) => !told.includes(template))).toEqual([]);
  });
});
