/** Where the rulebook and what runs here do not meet; each gap is one sentence. */

import { articles } from '../../../workflows/law';
import type { Procedure } from '../../../workflows/procedures/kit';
import { type ArticleView, articleView, type Book } from './article-view';
import { rests } from './cited';

/** Kinds of article that ask for something a procedure can carry out. */
const ENFORCEABLE = ['procedural', 'routing', 'constraint'] as const;

/**
 * Articles with something to enforce whose procedures run here, and on which nothing of those procedures rests: no
 * transition, rule, effect or deadline, and no figure they carry.
 */
export function withoutRule(book: Book): string[] {
  return views(book).flatMap((view) => {
    const here = view.procedures.filter(({ runs, byChain }) => runs && !byChain).map(({ name }) => name as string);
    if (here.length === 0 || !asks(view.number)) return [];
    const carried = view.parameters.some(({ procedures }) => procedures.some((name) => here.includes(name)));
    const rest = [...view.transitions, ...view.things].some(({ procedure }) => here.includes(procedure));
    return rest || carried ? [] : [`article ${view.number}: nothing of ${here.join(', ')} rests on it`];
  });
}

/**
 * Transitions, rules, effects and deadlines that say an article states or implies them, where the article's row does not
 * name the procedure. What stands in a function may cite what lies behind: a grant to chair is tested by the article on that meeting.
 */
export function withoutRow(book: Book): string[] {
  return views(book).flatMap((view) => {
    const named = new Set<string>(view.procedures.map(({ name }) => name));
    const ladder = articles[view.number - 1]!.behindLadders === true;
    const cites = [
      ...view.transitions.map(({ procedure, from, on, cite }) => ({ procedure, cite, what: `${from} on ${on}` })),
      ...view.things
        .filter(({ kind }) => kind !== 'function')
        .map(({ procedure, kind, name, cite }) => ({ procedure, cite, what: `${kind} ${name}` })),
    ];
    return cites
      .filter(
        ({ procedure, cite }) => rests(cite, view.number, ['stated', 'derived']) && !named.has(procedure) && !ladder,
      )
      .map(
        ({ procedure, what }) => `${procedure}: ${what} rests on article ${view.number}, whose row does not name it`,
      );
  });
}

/** Articles on which something that runs rests, stated or derived, without a test named after them. */
export function withoutTest(book: Book): string[] {
  return views(book).flatMap((view) => {
    const shown = view.things.filter(({ procedure, kind }) => kind !== 'function' || answers(view, procedure));
    const resting = [...view.transitions, ...shown].filter(({ cite }) =>
      rests(cite, view.number, ['stated', 'derived']),
    );
    if (resting.length === 0 || (view.tests?.length ?? 0) > 0) return [];
    const by = [...new Set(resting.map(({ procedure }) => procedure))].join(', ');
    return [`article ${view.number}: ${by} rests on it, and no test is named after it`];
  });
}

/** Articles with something to enforce that a procedure says it answers to, and rests nothing on: stated, derived or chosen. */
export function unanswered(book: Book, procedures: readonly Procedure[]): string[] {
  return procedures.flatMap(({ name, articles: own }) => {
    const cited = book.cited.get(name)!;
    const cites = [...cited.transitions, ...cited.things].map(({ cite }) => cite);
    const missing = own.filter((article) => asks(article) && !cites.some((cite) => rests(cite, article)));
    return missing.map((article) => `${name}: nothing in it rests on article ${article}, which it answers to`);
  });
}

const answers = ({ procedures }: ArticleView, procedure: string): boolean =>
  procedures.some(({ name }) => name === procedure);

const asks = (article: number): boolean => ENFORCEABLE.some((kind) => articles[article - 1]!.kinds.includes(kind));

const views = (book: Book): ArticleView[] => articles.map(({ number }) => articleView(book, number));
