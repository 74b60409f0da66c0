/** The printed pages about the rulebook itself, by file name. */
import { join } from 'node:path';
import { packageRoot } from '../../../activities/directory';
import { articlePage } from './article-page';
import { openShippedBook } from './article-view';
import { parameterPage } from './parameter-page';

/** Where they stand in the repository, beside pages written by hand. */
export const lawFolder = (): string => join(packageRoot(), 'docs', 'law');

/** @throws Error where the test files are not at hand: a page without them would say that nothing is tested */
export function lawPages(): Map<string, string> {
  const book = openShippedBook(packageRoot());
  if (book.tests === undefined)
    throw new Error(`${packageRoot()} holds no test files; the pages are printed in the repository`);
  return new Map([
    ['articles.md', articlePage(book)],
    ['parameters.md', parameterPage(book)],
  ]);
}
