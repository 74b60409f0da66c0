/** `zhengling law`: an article with all that hangs on it, and the figures with their grounds. Needs no server and no ledger. */
import { resolve } from 'node:path';
import { packageRoot } from '../../activities/directory';
import {
  articlesInShort,
  type BookHead,
  type BookWord,
  bookHead,
  bookText,
  chapterTitles,
  citationText,
  findings,
  outcomes,
  procedureTitles,
  refusals,
  type Said,
  type Script,
} from '../../locale';
import { type Article, type Basis, chineseNumber, edition, editionMark, stated } from '../../workflows/law';
import { type ArticleView, articleView, everyArticle, openShippedBook } from '../docs/rulebook/article-view';
import { type ArticleTests, testCount } from '../docs/rulebook/tests';
import { Misused } from './errors';
import { parameterLines, parameterRows, parametersFor, type ShownParameter } from './law-parameters';
import { columns, type Out, tell } from './out';
import { printed } from './run';

export interface LawOptions {
  json?: boolean;
  script: string;
}

export interface ParameterOptions extends LawOptions {
  chosen?: boolean;
  data?: string;
  on?: string;
}

export const law = (article: string | undefined, options: LawOptions): Promise<void> =>
  printed(options, (out) => lawHelp(article, out));

export const lawParameters = (key: string | undefined, options: ParameterOptions): Promise<void> =>
  printed(options, (out) => {
    const shown = parametersFor(key, options);
    tell(out, shown, () => parametersText(shown, key, out));
  });

/** All articles, or one. @throws Misused naming what is expected */
export function lawHelp(article: string | undefined, out: Out): void {
  const book = openShippedBook(packageRoot());
  if (article === undefined) {
    const all = everyArticle(book);
    tell(out, { edition, articles: all.map(inBrief) }, () => overview(all, out));
  } else {
    const view = articleView(book, numberOf(article));
    tell(out, view, () => articleText(view, out));
  }
}

function numberOf(text: string): Article {
  const number = Number(text);
  if (/^[1-9]\d?$/.test(text) && number <= edition.articleCount) return number as Article;
  const what = /^-?\d+$/.test(text) ? `there is no article ${text}` : `'${text}' is no article`;
  throw new Misused(
    `${what}; the rulebook has articles 1 to ${edition.articleCount}. Figures: zhengling law parameters`,
  );
}

function inBrief({ number, chapter, kinds, heading, procedures, transitions, codes, tests }: ArticleView) {
  return {
    number,
    chapter: chapter.number,
    kinds,
    heading,
    procedures: procedures.map(({ number: id, name, runs }) => ({ number: id, name, runs })),
    transitions: transitions.length,
    codes: codes.map(({ code }) => code),
    ...(tests ? { tests: testCount(tests) } : {}),
  };
}

const say = (out: Out, key: BookWord, values: Record<string, string | number> = {}) =>
  bookText(key, out.script, values);
const grid = (out: Out, head: BookHead, rows: readonly (string | number)[][]) =>
  columns(rows, bookHead(head, out.script));
const indented = (text: string): string => text.replace(/^/gm, '  ');

function overview(all: readonly ArticleView[], out: Out): string {
  const parts = chapterTitles.map((_, i) => {
    const rows = all.filter(({ chapter }) => chapter.number === i + 1).map((view) => overviewRow(view, out));
    return `${chapterText(i + 1, out)}\n${indented(grid(out, 'articles', rows))}`;
  });
  return [editionText(out), ...parts, say(out, 'hint')].join('\n\n');
}

function overviewRow({ number, kinds, procedures, tests }: ArticleView, out: Out): (string | number)[] {
  const numbers = (runs: boolean) =>
    procedures.filter((one) => one.runs === runs && !one.byChain).map((one) => one.number);
  return [
    number,
    articlesInShort[number].heading[out.script],
    kinds.map((kind) => say(out, `kind.${kind}`)).join('、'),
    numbers(true).join(' ') || '—',
    numbers(false).join(' ') || '—',
    tests ? testCount(tests) || '—' : '',
  ];
}

const chapterText = (number: number, { script }: Out): string =>
  bookText('chapter', script, { number: chineseNumber(number), title: chapterTitles[number - 1]![script] });

function editionText(out: Out): string {
  const { id, title, repeals } = edition;
  return say(out, 'edition', {
    title,
    edition: id,
    mark: editionMark(edition) ?? '',
    repeals: repeals.number,
    date: repeals.date,
  });
}

function articleText(view: ArticleView, out: Out): string {
  const { number, chapter, kinds } = view;
  const { heading, gist } = articlesInShort[number];
  const titled = (runs: boolean) =>
    view.procedures
      .filter((one) => one.runs === runs && !one.byChain)
      .map((one) => `${one.number} ${procedureTitles[one.name][out.script]}`)
      .join('、');
  const chained = view.procedures
    .filter(({ runs, byChain }) => runs && byChain)
    .map((one) => `${one.number} ${procedureTitles[one.name][out.script]}`)
    .join('、');
  const line = (key: BookWord, names: string) => (names === '' ? [] : [say(out, key, { procedures: names })]);
  return [
    say(out, 'article', {
      chapter: chapterText(chapter.number, out),
      article: citationText(stated(number), out.script),
      heading: heading[out.script],
    }),
    ...[editionMark(edition) ?? []].flat(),
    gist[out.script],
    say(out, 'kinds', { kinds: kinds.map((kind) => say(out, `kind.${kind}`)).join('、') }),
    ...line('runs', titled(true)),
    ...line('later', titled(false)),
    ...line('chain', chained),
    ...(view.procedures.length === 0 ? [say(out, 'answers.none')] : []),
    ...sections(view, out),
  ].join('\n');
}

function sections(view: ArticleView, out: Out): string[] {
  const section = (title: BookWord, text: string): string[] =>
    text === '' ? [] : ['', say(out, title), indented(text)];
  const { script } = out;
  return [
    ...section('head.transitions', transitionsText(view, out)),
    ...section('head.deadlines', thingsText(view, out)),
    ...section('head.codes', codesText(view, out)),
    ...section('head.parameters', parametersNear(view, out)),
    ...section('head.soft', softText(view, out)),
    ...section('head.tasks', view.tasks.map(({ number, task }) => `${number}. ${task}`).join('\n')),
    ...section('head.instruments', view.instruments.map(({ name }) => `《${name}》`).join('、')),
    ...(view.tests ? section('head.tests', testsText(view.tests, out)) : ['', bookText('tests.absent', script)]),
  ];
}

function transitionsText({ transitions }: ArticleView, out: Out): string {
  const rows = transitions.map(({ procedure, from, on, to, cite }) => [
    procedure,
    from || '*',
    on,
    to.join(', ') || '=',
    citationText(cite, out.script) + near(cite.basis, out),
  ]);
  return rows.length === 0 ? '' : grid(out, 'transitions', rows);
}

/** What we chose shows no article, so that it is said why it stands here. */
const near = (basis: Basis, out: Out): string => (basis === 'chosen' ? say(out, 'near') : '');

function thingsText({ things }: ArticleView, out: Out): string {
  const rows = things.map(({ procedure, kind, name, cite }) => [
    procedure,
    say(out, `kind.${kind}`),
    name,
    citationText(cite, out.script) + near(cite.basis, out),
  ]);
  return rows.length === 0 ? '' : columns(rows);
}

function codesText({ codes }: ArticleView, out: Out): string {
  const rows = codes.map(({ code, kind, basis, procedures }) => [
    code,
    say(out, `code.${kind}`),
    say(out, `basis.${basis}`),
    procedures.join(' ') || '—',
    sentenceOf(code, out.script),
  ]);
  return rows.length === 0 ? '' : grid(out, 'codes', rows);
}

/** Without the parts that speak of a single case. */
function sentenceOf(code: string, script: Script): string {
  const tables: Partial<Record<string, Said>>[] = [refusals, findings, outcomes];
  const said = tables.flatMap((table) => table[code] ?? [])[0];
  return (said?.sentence[script] ?? '').replace(/\[[^[\]]*\]/g, '');
}

function parametersNear(view: ArticleView, out: Out): string {
  if (view.parameters.length === 0) return '';
  const keys = new Set<string>(view.parameters.map(({ key }) => key));
  const { parameters } = parametersFor(undefined, {});
  const rows = parameters.filter(({ key }) => keys.has(key)).map((one) => parameterRows(one, out.script).slice(0, 4));
  return grid(out, 'parameters', rows);
}

function softText({ softRules }: ArticleView, out: Out): string {
  const rows = softRules.map(({ codes, wording, grantors, parameter }) => [
    codes.length === 0 ? wording : codes.map((code) => sentenceOf(code, out.script)).join(' '),
    grantors.map((grantor) => say(out, `grantor.${grantor}`)).join('、'),
    parameter ?? '—',
  ]);
  return rows.length === 0 ? '' : grid(out, 'softRules', rows);
}

function testsText(tests: readonly ArticleTests[], out: Out): string {
  if (tests.length === 0) return say(out, 'no.tests');
  return tests.map(({ file, sentences }) => [file, ...sentences.map((one) => `  ${one}`)].join('\n')).join('\n');
}

function parametersText(
  { parameters, site }: { parameters: ShownParameter[]; site?: string },
  key: string | undefined,
  out: Out,
): string {
  const mark = editionMark(edition);
  const first = [...(mark ? [mark] : []), ...(site ? [`${bookText('site', out.script)}　${resolve(site)}`] : [])];
  if (parameters.length === 0) return [...first, say(out, 'not.chosen')].join('\n');
  if (key !== undefined) return [...first, ...parameters.map((one) => parameterLines(one, out.script))].join('\n');
  const rows = parameters.map((one) => parameterRows(one, out.script));
  const count = (test: (one: ShownParameter) => boolean) => parameters.filter(test).length;
  const hint = say(out, 'parameters.hint', {
    count: parameters.length,
    chosen: count(({ basis, author }) => basis === 'chosen' && author === undefined),
    own: count(({ author }) => author !== undefined),
  });
  return [...first, grid(out, 'allParameters', rows), hint].join('\n');
}
