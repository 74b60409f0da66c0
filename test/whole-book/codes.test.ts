/** Codes are stable API: every one that the sources can answer is in the catalogue and has its texts in both scripts. */
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import { rulesIn } from '../../client/docs/condition';
import { actionsOf, edgesOf } from '../../client/docs/edges';
import { mentionsIn, mentionsOf, sourcesIn } from '../../client/docs/mentions';
import { findings, refusals, type Said } from '../../locale';
import { type CodeEntry, codes, isCode } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import { nodesOf } from '../../workflows/runtime/workflow';

const workflows = join(packageRoot(), 'workflows');
const answered = [...new Set(sourcesIn(workflows).flatMap((source) => mentionsIn(source).codes))].sort();
const OF_THE_CATALOGUE = /^[A-Z][A-Z_]*$/;

const hasBothScripts = ({ sentence, remedy }: Said): boolean =>
  [sentence, remedy].every(({ hans, hant }) => hans.trim() !== '' && hant.trim() !== '');

/** What the locale table lacks for a code; codes that are not of the catalogue are refusals. */
function lacking(code: string): string[] {
  const { kind }: Pick<CodeEntry, 'kind'> = isCode(code) ? codes[code] : { kind: 'R' };
  const lacks = (what: string, table: Record<string, Said>) =>
    table[code] && hasBothScripts(table[code]) ? [] : [`locale/zh.ts has no ${what} '${code}' in both scripts`];
  return [
    ...(kind.includes('R') ? lacks('refusal', refusals) : []),
    ...(kind.includes('F') ? lacks('finding', findings) : []),
  ];
}

describe('the codes in the sources of workflows', () => {
  it('are found: those of rules, of the runtime, and both sides of a choice', () => {
    expect(answered).toEqual(expect.arrayContaining(['LEAD_NOT_UNIQUE', 'SELF_ACCEPTANCE', 'not-accepted-here']));
    expect(answered).toEqual(expect.arrayContaining(['stamp-in-future', 'stamp-out-of-order', 'guard', 'id-reused']));
  });

  it.each(answered)('%s is known by its form and has sentence and remedy in both scripts', (code) => {
    expect(OF_THE_CATALOGUE.test(code) ? isCode(code) : /^[a-z]+(-[a-z]+)*$/.test(code)).toBe(true);
    expect(lacking(code)).toEqual([]);
  });
});

describe.each(procedures)('$name', (procedure) => {
  const { machine, acts } = procedure;
  const edges = edgesOf(machine, Object.keys(acts));
  const actions = [
    ...edges.flatMap((edge) => edge.actions),
    ...nodesOf(machine.root).flatMap((node) => [...actionsOf(node.entry), ...actionsOf(node.exit)]),
  ];
  const found = actions.flatMap(({ params }) => (typeof params?.code === 'string' ? [params.code] : []));
  const asked = edges.flatMap(({ condition }) => rulesIn(condition).map(({ rule }) => rule.code));

  it('refuses by codes that the catalogue has as refusals', () => {
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((code) => !isCode(code) || !codes[code].kind.includes('R'))).toEqual([]);
  });

  it('records by codes that the catalogue has as findings', () => {
    expect(found.filter((code) => !isCode(code) || !codes[code].kind.includes('F'))).toEqual([]);
  });

  it('names every one of them on its page', () => {
    const { codes: mentioned } = mentionsOf(procedure.name, workflows);
    expect([...asked, ...found].filter((code) => !mentioned.includes(code))).toEqual([]);
  });
});
