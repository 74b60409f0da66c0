/** The list of all printed pages. */
import type { Procedure } from '../../workflows/procedures/kit';
import { table } from './markdown';
import { articlesOf, markOf, RENEW, startOf } from './page';
import { Words } from './words';

export const fileOf = ({ name }: Pick<Procedure, 'name'>): string => `${name}.md`;

export function contents(procedures: readonly Procedure[]): string {
  const rows = procedures.map((procedure) => [
    `[${procedure.title}](${fileOf(procedure)})`,
    `\`${procedure.machine.id}\``,
    articlesOf(procedure),
    startOf(procedure, new Words(procedure)),
    Object.values(procedure.deadlines)
      .map(({ label }) => label)
      .join('、'),
    markOf(procedure),
  ]);
  return [
    '# Procedures 程序',
    `Printed from the machines; not written by hand. To renew the pages: \`${RENEW}\`.`,
    table(['Procedure', 'Machine', 'Articles 条文', 'Opened by 立项', 'Deadlines 时限', 'Mark 标记'], rows),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
