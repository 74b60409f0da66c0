import { rulesIn } from '../../client/docs/condition';
import { edgesOf } from '../../client/docs/edges';
import { articles, articlesOf, type Citation } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import type { Procedure } from '../../workflows/procedures/kit';

const behindLadders = articles.filter((entry) => entry.behindLadders).map(({ number }) => number as number);

interface Cited {
  where: string;
  cite: Citation | undefined;
}

function cited({ machine, acts, deadlines }: Procedure): Cited[] {
  const edges = edgesOf(machine, Object.keys(acts));
  const named = (from: { path: string[] }, trigger: object) => `${from.path.join('.')} on ${JSON.stringify(trigger)}`;
  return [
    ...edges.map(({ from, trigger, cite }) => ({ where: named(from, trigger), cite })),
    ...edges.flatMap(({ actions }) =>
      actions
        .filter(({ params }) => params !== undefined && 'cite' in params)
        .map(({ name, params }) => ({ where: `action ${name}`, cite: params!.cite as Citation })),
    ),
    ...edges.flatMap(({ condition }) =>
      rulesIn(condition).map(({ name, rule }) => ({ where: `rule ${name}`, cite: rule.cite })),
    ),
    ...Object.entries(deadlines).map(([name, { cite }]) => ({ where: `deadline ${name}`, cite })),
  ];
}

describe.each(procedures)('$name', (procedure) => {
  const all = cited(procedure);

  it('says of every transition, rule and deadline where it rests', () => {
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter(({ cite }) => cite === undefined).map(({ where }) => where)).toEqual([]);
  });

  it('names an article or an instrument wherever it does not say that the choice is ours', () => {
    const bare = all.filter(
      ({ cite }) => cite !== undefined && cite.basis !== 'chosen' && articlesOf(cite).length === 0 && !cite.instrument,
    );
    expect(bare.map(({ where }) => where)).toEqual([]);
  });

  it('cites no article of the rulebook but those it answers to and those behind every ladder', () => {
    const allowed = new Set([...procedure.articles, ...behindLadders]);
    const strange = all.flatMap(({ where, cite }) =>
      cite === undefined || cite.basis === 'statute' || cite.basis === 'chosen'
        ? []
        : articlesOf(cite)
            .filter((article) => !allowed.has(article))
            .map((article) => `${where} cites article ${article}`),
    );
    expect(strange).toEqual([]);
  });

  it('answers to the articles that the table of articles gives it, and to no others', () => {
    const given = articles.filter(({ procedures }) => procedures.some((name) => name === procedure.name));
    expect([...procedure.articles].sort((a, b) => a - b)).toEqual(given.map(({ number }) => number));
  });
});
