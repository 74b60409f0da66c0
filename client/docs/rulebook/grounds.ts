/**
 * Grounds that stand in the functions of a procedure, where its machine does not show them: what is told, owed or written
 * into a record cites in code. Read off the sources of its folder.
 */
import { join } from 'node:path';
import { type Article, cite, type RulebookCitation } from '../../../workflows/law';
import { sourcesIn } from '../mentions';

/** Every `stated(…)`, `derived(…)` and `chosen(…)` with articles, each once. */
export function groundsIn(source: string): RulebookCitation[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const found = [...code.matchAll(/\b(stated|derived|chosen)\(\s*(\d+|\[[\d\s,]+\])/g)].map(([, basis, where]) => {
    const numbers = [...where!.matchAll(/\d+/g)].map(([number]) => Number(number) as Article);
    return cite(where!.startsWith('[') ? numbers : numbers[0]!, undefined, basis as RulebookCitation['basis']);
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

export const groundsOf = (procedure: string, workflows: string): RulebookCitation[] =>
  groundsIn(sourcesIn(join(workflows, 'procedures', procedure)).join('\n'));
