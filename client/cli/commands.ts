/**
 * The commands officials and operators use. Each loads what it needs when it is used: a command that only reads a list does
 * not pay for machines, Temporal or HTTP.
 */
import { Argument, type Command, Option } from 'commander';
import type { Acting } from './acting';
import type { Publishing } from './calendar';
import type { ConfigOptions } from './config-command';
import { addDirectory } from './directory-commands';
import { addLaw } from './law-commands';
import type { Counting, Examining, Exporting, Logged } from './operator';
import { asSeat, count, onData, paged, position, throughGateway } from './options';
import type { Boxed, Feeding, Listing } from './reading';
import type { Common, Reaching } from './run';
import { addTerm } from './term-commands';

const acting = () => require('./acting') as typeof import('./acting');
const reading = () => require('./reading') as typeof import('./reading');
const operator = () => require('./operator') as typeof import('./operator');

/** The commands `ledger` and `directory`, for whoever adds to them. */
export function addCommands(program: Command): { ledger: Command; directory: Command } {
  addCases(program.commandsGroup('Cases:'));
  addInbox(program.commandsGroup('Inbox:'));
  const ledger = addInstallation(program.commandsGroup('Installation:'));
  const directory = addDirectory(program);
  addLaw(program);
  addTerm(program);
  return { ledger, directory };
}

function addCases(program: Command): void {
  const toAct = (command: Command) =>
    throughGateway(command)
      .addOption(new Option('--by <seat>', 'the seat that acts, e.g. X2-desk').env('ZHENGLING_SEAT'))
      .option('--input <file>', 'payload as a JSON file, - for standard input')
      .option('--payload <json>', 'payload as JSON')
      .option('--id <id>', 'id of the act; a repetition with the same id is done once')
      .option('--at <instant>', 'when it happened, if that differs, e.g. 2026-03-02T09:00:00+08:00')
      .option('--on-word-of <seat>', 'record what this leader said or wrote (the Office only; needs --ref)')
      .option('--ref <ref>', 'the paper that shows it')
      .addHelpText('after', '\nWhat an event takes, who may and on what ground: zhengling help acts PROCEDURE EVENT');

  toAct(
    program
      .command('start <procedure> [event]')
      .description('open a case; EVENT where the procedure has several start events'),
  )
    .option('--key <key>', "the sender's own key of the matter; the same key opens one case only")
    .action((procedure: string, event: string | undefined, options: Acting) =>
      acting().start(procedure, event, options),
    );

  toAct(program.command('act <case> <event>').description('do an act on a case')).action(
    (caseId: string, event: string, options: Acting) => acting().act(caseId, event, options),
  );

  asSeat(
    throughGateway(
      program.command('show <case>').description('where a case stands, what it waits for and who may act'),
    ),
  ).action((caseId: string, options: Reaching) => reading().show(caseId, options));

  asSeat(
    paged(throughGateway(program.command('list').description('cases as the ledger has them, or those with a text'))),
  )
    .option('--all', 'closed cases too')
    .option('--text <text>', 'in whose number, matter or unit it stands, newest first')
    .option('--unit <unit>', 'of one lead unit, e.g. D07')
    .option('--state <state>', 'in one state, e.g. overdue')
    .option('--awaiting <seat>', 'that await a seat, unit or function')
    .option('--procedure <procedure>', 'of one procedure')
    .action((options: Listing) => reading().list(options));

  onData(
    program.command('export <case>').description('a closed case as one package that verifies without this program'),
  )
    .requiredOption('-o, --output <file>', 'the .zip to write; it must not exist yet')
    .action((caseId: string, options: Exporting) => operator().exportOne(caseId, options));

  asSeat(
    throughGateway(
      program
        .command('record <case>')
        .description('every step of a case: article or 本系统规定, who, on what authority'),
    ),
  ).action((caseId: string, options: Reaching) => reading().record(caseId, options));
}

function addInbox(program: Command): void {
  asSeat(
    paged(
      throughGateway(
        program.command('inbox').description('待办 todo, 已办 done or 待阅 unread of a seat, and how much of each'),
      ),
    ),
    'whose inbox; needed unless a token names one seat',
  )
    .addOption(new Option('--box <box>', 'which of the three').choices(['todo', 'done', 'unread']).default('todo'))
    .option('--procedure <procedure>', 'of one procedure')
    .action((options: Boxed) => reading().inbox(options));

  asSeat(
    throughGateway(program.command('ack <message...>').description('say that messages were read (签收)')),
    'whose messages; needed unless a token names one seat',
  ).action((messages: string[], options: Reaching) => acting().acknowledge(messages, options));

  asSeat(throughGateway(program.command('feed').description('everything that happened, in one order')))
    .option('--after <position>', 'behind this position', position, 0)
    .option('--limit <n>', 'at most so many', count, 100)
    .option('--case <case>', 'of one case')
    .option('--follow', 'stay, and print what comes; with --json one value a line')
    .action((options: Feeding) => reading().feed(options));
}

function addInstallation(program: Command): Command {
  onData(program.command('stats').description('how much there is, how much is late, and whose it is'))
    .option('--since <day>', 'opened and closed from this day on')
    .option('--until <day>', 'and before this one')
    .option('--unit <unit>', 'of one lead unit')
    .action((options: Counting) => operator().stats(options));

  onData(program.command('refusals').description('what was asked and refused, newest first'))
    .option('--case <case>', 'of one case')
    .option('--limit <n>', 'at most so many', count, 100)
    .action((options: Logged) => operator().refusals(options));

  onData(program.command('readings').description('who looked at what, newest first'))
    .option('--case <case>', 'of one case')
    .option('--limit <n>', 'at most so many', count, 100)
    .action((options: Logged) => operator().readings(options));

  onData(program.command('seats').description('the seats of the directory, and which are held'))
    .option('--unit <unit>', 'of one unit')
    .action((options: Common & { unit?: string }) => operator().seats(options));

  onData(program.command('doctor').description('what is wrong with this installation, and what to do'))
    .option('--who <seat>', 'how one seat would be told, and what waits to be told it')
    .action((options: Examining) => operator().doctor(options));

  const notify = program.command('notify').description('the channels people are told by');
  onData(notify.command('test <seat>').description('send a marked test message by every channel of a seat')).action(
    (seat: string, options: Common) => operator().notifyTest(seat, options),
  );

  onData(program.command('config').description('the settings: file, environment, schema'))
    .addArgument(
      new Argument('<what>', 'check them, print what counts, or print their JSON Schema').choices([
        'check',
        'print',
        'schema',
      ]),
    )
    .action((what: 'check' | 'print' | 'schema', options: ConfigOptions) =>
      (require('./config-command') as typeof import('./config-command')).config(what, options),
    );

  addCalendar(program.command('calendar').description('which days are worked, by the notices of the State Council'));

  const ledger = program.command('ledger').description('the legal record');
  onData(ledger.command('verify').description('recompute every chain and daily seal, check every signature')).action(
    (options: Common) => operator().verifyLedger(options),
  );
  return ledger;
}

/** `help`, and `help acts`. */
export function addHelp(program: Command): void {
  program.helpCommand(false);
  const help = program
    .command('help')
    .description('help for a command; help acts PROCEDURE EVENT says what an event takes')
    .argument('[command...]')
    .action((names: string[]) => {
      const asked = names.reduce<Command | undefined>(
        (command, name) => command?.commands.find((one) => one.name() === name),
        program,
      );
      if (!asked) program.error(`error: unknown command '${names.join(' ')}'`);
      asked?.outputHelp();
    });
  help
    .command('acts [procedure] [event]')
    .description('what can be done: fields, who may, on what ground')
    .option('--json', 'print one JSON value')
    .option('--script <script>', 'hans or hant', 'hans')
    .action((procedure: string | undefined, event: string | undefined, options: { json?: boolean; script: string }) => {
      const { actsHelp } = require('./acts-help') as typeof import('./acts-help');
      const { printed } = require('./run') as typeof import('./run');
      return printed(options, (out) => actsHelp(procedure, event, out));
    });
}

function addCalendar(calendar: Command): void {
  const calendars = () => require('./calendar') as typeof import('./calendar');
  onData(calendar.command('show [year]').description('the days of a year, as cases count them')).action(
    (year: string | undefined, options: Common) => calendars().show(year, options),
  );
  onData(calendar.command('check <file>').description('whether the notice of a year is in order')).action(
    (file: string, options: Common) => calendars().check(file, options),
  );
  onData(
    calendar
      .command('publish <file>')
      .description('put a notice in force: new cases count by it, the deadlines of open ones are counted anew'),
  )
    .addOption(new Option('--by <seat>', 'the seat of the Office that publishes it').env('ZHENGLING_SEAT'))
    .option('--dry-run', 'only list the deadlines that would move')
    .action((file: string, options: Publishing) => calendars().publish(file, options));
}
