/**
 * Which tests are named after which article, read off the test files: every test of `test/articles/NNN-….test.ts` belongs to
 * article NNN, and a test anywhere whose sentence, whose `describe` around it, or whose row of a table begins with `[NN]`, or
 * whose sentence bears it elsewhere, belongs to article NN.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface ArticleTests {
  /** From the root of the repository. */
  file: string;
  /** Tests and groups in the file that belong to the article; all of them where the file is named after it. */
  sentences: string[];
}

/** By article. Undefined where there are no test files: an installed package has none. */
export function testsByArticle(root: string): Map<number, ArticleTests[]> | undefined {
  const folder = join(root, 'test');
  if (!existsSync(join(folder, 'articles'))) return undefined;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
  const byArticle = new Map<number, ArticleTests[]>();
  for (const name of files.sort()) {
    const file = join('test', name);
    for (const [article, sentences] of articlesIn(file, readFileSync(join(root, file), 'utf8')))
      byArticle.set(article, [...(byArticle.get(article) ?? []), { file, sentences }]);
  }
  return byArticle;
}

/** The articles a test file belongs to, with its sentences that do. */
export function articlesIn(file: string, source: string): Map<number, string[]> {
  const titles = titlesIn(source);
  const named = /(?:^|\/)articles\/0*(\d+)-/.exec(file)?.[1];
  const articles = new Map<number, string[]>(named === undefined ? [] : [[Number(named), titles]]);
  for (const title of titles) {
    for (const [, number] of title.matchAll(/\[(\d{1,2})\]/g)) {
      const known = articles.get(Number(number)) ?? [];
      if (!known.includes(title)) articles.set(Number(number), [...known, title]);
    }
  }
  return articles;
}

/** What `describe`, `test` and `it` are called with, tables (`test.each(…)('…')`) and their rows that begin with `[NN]` included. */
export function titlesIn(source: string): string[] {
  const called =
    /(?:\b(?:describe|test|it)(?:\.(?:only|skip|failing))?\(|[\])`]\)?\(|>\(\[[\s\S]*?\]\)\()\s*(['"`])((?:\\.|(?!\1).)+)\1\s*,/g;
  const rows = /[[,]\s*(['"`])(\[\d{1,2}\](?:\\.|(?!\1).)+)\1/g;
  const found = [...source.matchAll(called), ...source.matchAll(rows)].sort((one, other) => one.index - other.index);
  return found.map(([, , title]) => title!.replace(/\\(['"`])/g, '$1'));
}

export const testCount = (tests: readonly ArticleTests[]): number =>
  tests.reduce((sum, { sentences }) => sum + sentences.length, 0);

export const shortFile = (file: string): string => basename(file);
