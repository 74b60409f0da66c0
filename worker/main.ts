#!/usr/bin/env node
import { Command } from 'commander';
import { addCaseCommands } from '../client/cli/commands';
import { Misused } from '../client/cli/desk';
import { demo } from './demo';
import { drill } from './drill';
import { CannotStart } from './errors';
import { openLog } from './logging';
import { TemporalError } from './temporal';
import { up } from './up';
import { moveOneCase, upgradeInstallation } from './upgrade-command';
import { runWorker } from './worker';

const program = new Command('zhengling')
  .description("政令: a city government's work rules, running")
  .showHelpAfterError()
  .configureHelp({ sortSubcommands: true });

addCaseCommands(program);

program
  .command('up')
  .description('bring the city up: Temporal server, worker, delivery; stays until Ctrl-C')
  .requiredOption('--data <dir>', 'data directory; a new one is set up')
  .action(({ data }: { data: string }) => plainly(() => up(data, openLog())));

program
  .command('worker')
  .description(
    'one more worker and delivery loop for an installation whose Temporal server runs elsewhere (TEMPORAL_ADDRESS)',
  )
  .requiredOption('--data <dir>', 'data directory of the installation')
  .action(({ data }: { data: string }) => plainly(() => runWorker(data, openLog())));

program
  .command('demo')
  .description('play the drill, then keep two sample cases running on the real clock')
  .option('--data <dir>', 'its own data directory', process.env.ZHENGLING_DATA ?? './data/demo')
  .option('--exit', 'end after the drill')
  .action(({ data, exit }: { data: string; exit?: boolean }) =>
    plainly(async () => {
      if (!(await demo(data, openLog(), exit ?? false))) process.exitCode = 1;
    }),
  );

program
  .command('drill <name>')
  .description('play a drill (supervision) and hold it against the course written down; exit 0 only on a match')
  .option('--data <dir>', 'where the drill keeps its server and ledger', './data/drill')
  .option('--json', 'print one JSON value')
  .action((name: string, { data, json }: { data: string; json?: boolean }) =>
    plainly(async () => {
      if (!(await drill(name, data, openLog(), json ?? false))) process.exitCode = 1;
    }),
  );

program
  .command('upgrade')
  .description('move open cases to the build of this version: replay gate, new cases begin on it, open ones are woken')
  .requiredOption('--data <dir>', 'data directory of the running installation')
  .option('--json', 'print one JSON value')
  .action(({ data, json }: { data: string; json?: boolean }) =>
    plainly(() => upgradeInstallation(data, json ?? false)),
  );

program
  .command('case')
  .description("an operator's last resorts for one case")
  .command('move <case>')
  .description('move a case stuck on a broken build to this one, if its history replays on it')
  .requiredOption('--data <dir>', 'data directory of the running installation')
  .action((caseId: string, { data }: { data: string }) => plainly(() => moveOneCase(data, caseId)));

/** What cannot be started is one sentence; anything else is a bug and keeps its stack. */
async function plainly(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof CannotStart || error instanceof TemporalError || error instanceof Misused)
      process.stderr.write(`${error.message}\n`);
    else console.error(error);
  }
}

void program.parseAsync();
