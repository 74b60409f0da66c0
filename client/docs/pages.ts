/** Every printed page with its text, by file name. */
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import { procedures } from '../../workflows/procedures';
import { contents, fileOf } from './contents';
import { mentionsOf } from './mentions';
import { page } from './page';

/** Where the pages stand in the repository. */
export const pagesFolder = (): string => join(packageRoot(), 'docs', 'procedures');

export function pages(): Map<string, string> {
  const workflows = join(packageRoot(), 'workflows');
  const printed = procedures.map(
    (procedure) => [fileOf(procedure), page(procedure, mentionsOf(procedure.name, workflows))] as const,
  );
  return new Map([['README.md', contents(procedures)], ...printed]);
}
