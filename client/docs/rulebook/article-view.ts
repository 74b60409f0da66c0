/** What hangs on an article: who answers to it, and what in this version rests on it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Article,
  type ArticleKind,
  articles,
  articlesOf,
  type Basis,
  type Chapter,
  type CodeEntry,
  type CodeKind,
  chapterOf,
  chapters,
  codes,
  type DatedValue,
  type Instrument,
  instruments,
  isCode,
  type MeetingTask,
  meetingTasks,
  type Parameter,
  type ParameterKey,
  type ProcedureName,
  parameters,
  procedureNumbers,
  type RulebookCitation,
  type SoftRule,
  softRules,
} from '../../../workflows/law';
import { articleTexts } from '../../../workflows/law/article-texts';
import { procedures as running } from '../../../workflows/procedures';
import type { Procedure } from '../../../workflows/procedures/kit';
import { mentionsOf } from '../mentions';
import { type Cited, type CitedThing, type CitedTransition, citedIn, rests } from './cited';
import { groundsOf } from './grounds';
import { type ArticleTests, testsByArticle } from './tests';

export interface Answering {
  /** P25 */
  number: string;
  name: ProcedureName;
  /** Whether this version runs it. */
  runs: boolean;
  /** Reached by a chain or a guard only. */
  byChain: boolean;
}

export interface CodeResting {
  code: string;
  kind: CodeKind;
  basis: Basis;
  /** Procedures of this version whose machine asks or records it. */
  procedures: string[];
}

export interface ParameterNear {
  key: ParameterKey;
  basis: Basis;
  /** Procedures of this version that carry it. */
  procedures: string[];
}

export interface ArticleView {
  number: Article;
  chapter: Chapter;
  kinds: readonly ArticleKind[];
  heading: string;
  summary: string;
  nothing?: string;
  procedures: Answering[];
  transitions: CitedTransition[];
  things: CitedThing[];
  codes: CodeResting[];
  parameters: ParameterNear[];
  softRules: SoftRule[];
  instruments: Instrument[];
  tasks: readonly MeetingTask[];
  /** Absent where there are no test files. */
  tests?: ArticleTests[];
}

export interface Book {
  cited: ReadonlyMap<string, Cited>;
  tests: ReadonlyMap<number, ArticleTests[]> | undefined;
}

/** What the sources of a procedure say beside its machine. */
export interface InSources {
  codes: readonly string[];
  grounds: readonly RulebookCitation[];
}

/** Procedures, read once. */
export function openBook(
  tests: Book['tests'],
  procedures: readonly Procedure[] = running,
  sources: (procedure: string) => InSources = () => ({ codes: [], grounds: [] }),
): Book {
  const read = procedures.map((one) => [one.name, withSources(citedIn(one), one.name, sources(one.name))] as const);
  return { cited: new Map(read), tests };
}

/** Grounds that the machine shows already are not told twice. */
function withSources(cited: Cited, procedure: string, { codes: named, grounds }: InSources): Cited {
  const shown = new Set([...cited.transitions, ...cited.things].map(({ cite }) => JSON.stringify(cite)));
  const hidden = grounds.filter((cite) => !shown.has(JSON.stringify(cite)));
  return {
    ...cited,
    things: [
      ...cited.things,
      ...hidden.map((cite) => ({ procedure, kind: 'function', name: 'function', cite }) as const),
    ],
    codes: [...new Set([...cited.codes, ...named.filter(isCode)])],
  };
}

/**
 * The procedures of this version. In the repository the sources and test files are read as well; an installed package has
 * the machines only, which do not show what stands inside a function.
 */
export function openShippedBook(root: string): Book {
  const workflows = join(root, 'workflows');
  const sources = (name: string) => ({ codes: mentionsOf(name, workflows).codes, grounds: groundsOf(name, workflows) });
  const here = existsSync(join(workflows, 'procedures'));
  return openBook(testsByArticle(root), running, here ? sources : undefined);
}

const NUMBERS = Object.entries(procedureNumbers) as [string, ProcedureName][];

export function articleView(book: Book, number: Article): ArticleView {
  const { kinds, procedures, byChain } = articles[number - 1]!;
  const all = [...book.cited.values()];
  return {
    number,
    chapter: chapters[chapterOf(number) - 1]!,
    kinds,
    ...articleTexts[number],
    procedures: NUMBERS.filter(([, name]) => procedures.includes(name)).map(([code, name]) => ({
      number: code,
      name,
      runs: book.cited.has(name),
      byChain: byChain.includes(name),
    })),
    transitions: all.flatMap(({ transitions }) => transitions.filter(({ cite }) => rests(cite, number))),
    things: all.flatMap(({ things }) => things.filter(({ cite }) => rests(cite, number))),
    codes: codesOn(book, number),
    parameters: parametersNear(book, number),
    softRules: softRules.filter((one) => one.articles.includes(number)),
    instruments: instruments.filter((one) => one.article === number),
    tasks: Object.values(meetingTasks).find((one) => one.article === number)?.tasks ?? [],
    ...(book.tests ? { tests: book.tests.get(number) ?? [] } : {}),
  };
}

function codesOn(book: Book, number: Article): CodeResting[] {
  return (Object.entries(codes) as [keyof typeof codes, CodeEntry][])
    .filter(([, { articles: on }]) => on.includes(number))
    .map(([code, { kind, basis }]) => ({
      code,
      kind,
      basis,
      procedures: [...book.cited].filter(([, one]) => one.codes.includes(code)).map(([name]) => name),
    }));
}

function parametersNear(book: Book, number: Article): ParameterNear[] {
  return (Object.entries(parameters) as [ParameterKey, Parameter<unknown>][])
    .map(([key, { values }]) => ({ key, last: values.at(-1)! }))
    .filter(({ last }) => last.cite.basis !== 'statute' && articlesOf(last.cite).includes(number))
    .map(({ key, last }: { key: ParameterKey; last: DatedValue<unknown> }) => ({
      key,
      basis: last.cite.basis,
      procedures: [...book.cited].filter(([, one]) => one.parameters.includes(key)).map(([name]) => name),
    }));
}

export const everyArticle = (book: Book): ArticleView[] => articles.map(({ number }) => articleView(book, number));
