/**
 * Where a transition, rule or figure rests. A rule of the text and a rule of this system are never shown alike, so every
 * citation carries its basis, and what we chose ourselves is printed without any article.
 */
import { chineseNumber } from './numerals';

type Count<To extends number, Seen extends number[] = []> = Seen['length'] extends To
  ? Seen[number] | To
  : Count<To, [...Seen, Seen['length']]>;

/** The number of an article of the rulebook, 1 to 75. Any other number is a compile error. */
export type Article = Exclude<Count<75>, 0>;

/**
 * `stated` by the article · `derived` from it · `statute`: another instrument, by name · `chosen` by this system, where
 * the article only tells the neighbourhood, for search.
 */
export type Basis = 'stated' | 'derived' | 'statute' | 'chosen';

export type RulebookCitation = {
  basis: 'stated' | 'derived' | 'chosen';
  article?: Article | Article[];
  paragraph?: number;
  instrument?: never;
};

export type StatuteCitation = {
  basis: 'statute';
  /** Name of the instrument without its title marks. */
  instrument: string;
  /** Its own article, not one of the rulebook. */
  article?: number | number[];
  paragraph?: number;
};

/** JSON: it travels in records, deadlines and effects. */
export type Citation = RulebookCitation | StatuteCitation;

/** One article, with its paragraph counted from 1 where that matters, or several that carry the rule together. */
interface CiteRulebook {
  (article: Article, paragraph?: number): RulebookCitation;
  (articles: readonly Article[]): RulebookCitation;
}

function rulebook(
  basis: RulebookCitation['basis'],
  articles: Article | readonly Article[],
  paragraph?: number,
): RulebookCitation {
  const article = typeof articles === 'number' ? articles : [...articles];
  return paragraph === undefined ? { basis, article } : { basis, article, paragraph };
}

/** Cites the rulebook on any basis; the constructors below say the basis by their name. */
export function cite(
  articles: Article | readonly Article[],
  paragraph?: number,
  basis: RulebookCitation['basis'] = 'stated',
): RulebookCitation {
  return rulebook(basis, articles, paragraph);
}

/** The article says so. */
export const stated: CiteRulebook = (articles: Article | readonly Article[], paragraph?: number) =>
  rulebook('stated', articles, paragraph);

/** It follows from the article, which does not say so itself. */
export const derived: CiteRulebook = (articles: Article | readonly Article[], paragraph?: number) =>
  rulebook('derived', articles, paragraph);

/** This system says so; `near` only tells where in the rulebook the gap lies and is never shown. */
export function chosen(near?: Article | readonly Article[]): RulebookCitation {
  return near === undefined ? { basis: 'chosen' } : rulebook('chosen', near);
}

/** Another instrument says so, cited by its name and its own article. */
export function statute(instrument: string, articles?: number | readonly number[]): StatuteCitation {
  if (articles === undefined) return { basis: 'statute', instrument };
  return { basis: 'statute', instrument, article: typeof articles === 'number' ? articles : [...articles] };
}

/** The articles a citation names, in its order; of the rulebook unless the basis is `statute`. */
export function articlesOf(citation: Citation): number[] {
  const { article } = citation;
  if (article === undefined) return [];
  return typeof article === 'number' ? [article] : [...article];
}

/** The citation as officials see it (Simplified): 第六十一条 · 依第六十一条推定 · 《…》第十一条 · 本系统规定. */
export function printCitation(citation: Citation): string {
  const { basis, paragraph } = citation;
  if (basis === 'chosen') return '本系统规定';
  const places = articlesOf(citation).map((number) => `第${chineseNumber(number)}条`);
  const where = places.join('、') + (paragraph === undefined ? '' : `第${chineseNumber(paragraph)}款`);
  if (basis === 'statute') return `《${citation.instrument}》${where}`;
  return basis === 'derived' ? `依${where}推定` : where;
}
