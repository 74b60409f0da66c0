/** The `directory` command. What it loads is loaded when it is used. */
import { Argument, type Command, Option } from 'commander';
import type { ImportKind } from '../../activities/directory/import';
import type { Diffing, DirectoryOptions, Importing, Showing } from './directory-command';
import { onData } from './options';

const commands = () => require('./directory-command') as typeof import('./directory-command');

/** The command itself, for whoever adds to it. */
export function addDirectory(program: Command): Command {
  const directory = program.command('directory').description('seats, persons, units: the files and what they say');

  onData(
    directory
      .command('check [file...]')
      .description('check these files, or those of the installation with all that rests on them'),
  ).action((files: string[], options: DirectoryOptions) => commands().check(files, options));

  onData(directory.command('show').description('who is in office, who is in charge, what is unassigned'))
    .option('--at <day>', 'on this day; today if left out')
    .action((options: Showing) => commands().show(options));

  onData(directory.command('history <seat>').description('who held a seat when')).action(
    (seat: string, options: DirectoryOptions) => commands().history(seat, options),
  );

  onData(directory.command('diff').description('what a reload would change'))
    .option('--from <version>', 'against this version; the one that is served, if left out')
    .action((options: Diffing) => commands().diff(options));

  onData(
    directory.command('reload').description('check the files and have every running process take them, all or nothing'),
  ).action((options: DirectoryOptions) => commands().reload(options));

  onData(
    directory
      .command('import')
      .description('make a directory file from a CSV list')
      .addArgument(new Argument('<what>', 'what its rows are').choices(['persons', 'holders', 'units', 'portfolios']))
      .argument('<file>', 'the CSV file; UTF-8 or GB18030'),
  )
    .option('-o, --output <file>', 'the YAML file to write; printed, if left out')
    .option('--dry-run', 'check only')
    .option('--source <text>', 'where it is known from, for rows that do not say')
    .addOption(new Option('--encoding <name>', 'instead of whichever fits').choices(['utf-8', 'gb18030']))
    .action((what: ImportKind, file: string, options: Importing) => commands().importFile(what, file, options));

  return directory;
}
