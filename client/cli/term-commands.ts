/** `zhengling term` and `zhengling presider`. Loads nothing before it is asked. */
import { type Command, Option } from 'commander';
import { onData } from './options';
import type { Asking, Opening } from './term';

const asked = () => require('./term') as typeof import('./term');

export function addTerm(program: Command): void {
  const term = program
    .command('term')
    .description('the term of the government: who presides over its work, in what order');
  onData(
    term
      .command('open')
      .description('open the term from the directory; says what is unassigned, and refuses what the rules forbid')
      .addOption(
        new Option('--by <seat>', 'the seat of the Office that opens it').env('ZHENGLING_SEAT').default('X1-desk'),
      )
      .option('--dry-run', 'only say what it would be, and what would be refused'),
  ).action((options: Opening) => asked().openTerm(options));
  onData(
    program
      .command('presider')
      .description('who presides over government work, on what ground, and what is planned')
      .option('--at <instant>', 'then instead of now, e.g. 2026-03-02T09:00:00+08:00'),
  ).action((options: Asking) => asked().presiderAt(options));
}
