/** The commands that stay: they bring up an installation, or a part of one. What they load is loaded when they are used. */
import type { Command } from 'commander';
import { DATA, onNamedData } from '../client/cli/options';
import { plainly } from './plainly';

const log = () => (require('./logging') as typeof import('./logging')).openLog();

export function addProcesses(program: Command): void {
  onNamedData(
    program.command('up').description('bring the city up: Temporal server, worker, delivery, gateway; until Ctrl-C'),
    'data directory; a new one is set up',
  ).action(({ data }: { data: string }) => plainly(() => (require('./up') as typeof import('./up')).up(data, log())));

  onNamedData(
    program
      .command('worker')
      .description('one more worker and delivery loop, where the Temporal server runs elsewhere (TEMPORAL_ADDRESS)'),
  ).action(({ data }: { data: string }) =>
    plainly(() => (require('./worker') as typeof import('./worker')).runWorker(data, log())),
  );

  onNamedData(
    program.command('gateway').description('the HTTP gateway by itself, beside a running installation'),
  ).action(({ data }: { data: string }) =>
    plainly(() => (require('./gateway') as typeof import('./gateway')).runGateway(data, log())),
  );

  program
    .command('demo')
    .description('play the drill, then keep two sample cases running on the real clock')
    .option('--data <dir>', 'its own data directory', process.env.ZHENGLING_DATA ?? DATA)
    .option('--exit', 'end after the drill')
    .action(({ data, exit }: { data: string; exit?: boolean }) =>
      plainly(async () => {
        const { demo } = require('./demo') as typeof import('./demo');
        if (!(await demo(data, log(), exit ?? false))) process.exitCode = 1;
      }),
    );

  program
    .command('drill <name>')
    .description(
      'play a drill, such as supervision, and hold it against the course written down; exit 0 only on a match',
    )
    .option('--data <dir>', 'where the drill keeps its server and ledger', './data/drill')
    .option('--json', 'print one JSON value')
    .action((name: string, { data, json }: { data: string; json?: boolean }) =>
      plainly(async () => {
        const { drill } = require('./drill') as typeof import('./drill');
        if (!(await drill(name, data, log(), json ?? false))) process.exitCode = 1;
      }),
    );
}
