/** What an operator does to a running installation. What it needs is loaded when it is used. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { onData, onNamedData } from '../client/cli/options';
import type { SiteKind } from '../client/site';
import { plainly } from './plainly';
import type { ReorganiseOptions } from './reorganise-command';
import type { RepairOptions } from './repair-command';
import type { SchedulesOptions } from './schedules-command';

const upgrading = () => require('./upgrade-command') as typeof import('./upgrade-command');

export function addOperations(program: Command, { ledger, directory }: { ledger: Command; directory: Command }): void {
  addRebuild(ledger);
  addReorganise(directory);
  addBackups(program);
  addSchedules(program.command('schedules').description('what opens the periods of periodic duties (定期义务)'));
  onNamedData(
    program
      .command('upgrade')
      .description(
        'move open cases to the build of this version: replay gate, new cases begin on it, open ones are woken',
      ),
    'data directory of the running installation',
  )
    .option('--json', 'print one JSON value')
    .action(({ data, json }: { data: string; json?: boolean }) =>
      plainly(() => upgrading().upgradeInstallation(data, json ?? false)),
    );
  addLastResorts(program.command('case').description("an operator's last resorts for one case"));
}

function addSchedules(schedules: Command): void {
  const commands = () => require('./schedules-command') as typeof import('./schedules-command');
  const running = 'data directory of the running installation';
  onNamedData(
    schedules.command('list', { isDefault: true }).description('each with when its next period begins'),
    running,
  )
    .option('--json', 'print one JSON value')
    .action((options: SchedulesOptions) => plainly(() => commands().listTheSchedules(options)));
  onNamedData(
    schedules.command('sync').description('make them what directory and law say now; a city does so at every start'),
    running,
  )
    .option('--current', 'open the periods that run now as well')
    .option('--json', 'print one JSON value')
    .action((options: SchedulesOptions & { current?: boolean }) => plainly(() => commands().syncTheSchedules(options)));
  for (const change of ['pause', 'unpause'] as const)
    onNamedData(
      schedules
        .command(`${change} [schedules...]`)
        .description(change === 'pause' ? 'open no periods for a while; all of them unless named' : 'let them go on'),
      running,
    )
      .requiredOption('--reason <text>', 'why; it stands beside the schedule')
      .option('--json', 'print one JSON value')
      .action((ids: string[], options: SchedulesOptions & { reason: string }) =>
        plainly(() => commands().pauseTheSchedules(change, ids, options)),
      );
}

interface BackupFlags {
  data: string;
  json?: boolean;
}

function addBackups(program: Command): void {
  const backups = () => require('./backup') as typeof import('./backup');
  const say = (line: string) => process.stderr.write(`${line}\n`);

  onNamedData(
    program.command('backup <dir>').description('everything an installation keeps, as of one moment, while it runs'),
  )
    .option('--json', 'print one JSON value')
    .action((into: string, { data, json }: BackupFlags) =>
      plainly(async () => {
        const { backUp, backedUpText } = backups();
        const made = await backUp({ data, into, onProgress: say });
        noteBackup(data, made);
        process.stdout.write(`${json ? JSON.stringify(made, null, 2) : backedUpText(made)}\n`);
      }),
    );

  onNamedData(
    program.command('restore <dir>').description('put an installation back from a backup'),
    'data directory to be; new or empty',
  )
    .option('--json', 'print one JSON value')
    .addOption(
      new Option('--kind <kind>', 'what it must be a backup of').choices(['city', 'demo', 'drill']).default('city'),
    )
    .action((from: string, { data, json, kind }: BackupFlags & { kind: SiteKind }) =>
      plainly(async () => {
        const { restore, restoredText } = backups();
        const restored = await restore({ from, data, kind, onProgress: say });
        process.stdout.write(`${json ? JSON.stringify(restored, null, 2) : restoredText(restored)}\n`);
        if (!restored.verification.ok) process.exitCode = 1;
      }),
    );
}

/** The doctor asks how old it is. */
function noteBackup(data: string, { at, directory }: { at: string; directory: string }): void {
  const { BACKUP_NOTE } = require('../client/cli/desk') as typeof import('../client/cli/desk');
  writeFileSync(join(data, BACKUP_NOTE), JSON.stringify({ at, directory }));
}

function addReorganise(directory: Command): void {
  onNamedData(
    directory
      .command('reorganise <id>')
      .description(
        'move open cases from units that ended to those that have their work; or undo a batch of such moves',
      ),
    'data directory of the running installation',
  )
    .option('--dry-run', 'say what would be moved, and change nothing')
    .option('--apply', 'move')
    .option('--undo', 'take a batch back; <id> is the batch then')
    .option('--by <seat>', 'the seat of the Office that has it done')
    .option('--choose <choice...>', 'of a split: which case goes where, such as SI-2026-0001=D33')
    .option('--json', 'print one JSON value')
    .action((id: string, options: ReorganiseOptions) =>
      plainly(async () => {
        const { reorganise } = require('./reorganise-command') as typeof import('./reorganise-command');
        if (!(await reorganise(id, options))) process.exitCode = 1;
      }),
    );
}

function addRebuild(ledger: Command): void {
  onData(
    ledger.command('rebuild').description('make lists, inboxes and search anew from the record and the open cases'),
  )
    .option('--check', 'look only, and say what differs')
    .action(({ data, check = false, json }: { data: string; check?: boolean; json?: boolean }) =>
      plainly(async () => {
        const { isWhole, rebuildInstallation, rebuildText } = require('./rebuild') as typeof import('./rebuild');
        const say = (line: string) => process.stderr.write(`${line}\n`);
        const rebuilt = await rebuildInstallation({ data, check, say });
        process.stdout.write(`${json ? JSON.stringify(rebuilt, null, 2) : rebuildText(rebuilt)}\n`);
        if (!isWhole(rebuilt)) process.exitCode = 1;
      }),
    );
}

function addLastResorts(one: Command): void {
  onNamedData(
    one
      .command('move <case>')
      .description('move a case stuck on a broken build to this one, if its history replays on it'),
    'data directory of the running installation',
  ).action((caseId: string, { data }: { data: string }) => plainly(() => upgrading().moveOneCase(data, caseId)));

  onNamedData(
    one
      .command('repair <case>')
      .description(
        'set by hand where a case stands: proposed with --second and a reason, confirmed by that seat without',
      ),
    'data directory of the running installation',
  )
    .requiredOption('--by <seat>', 'the seat that proposes, or confirms')
    .option('--second <seat>', 'the seat that is to confirm; with it nothing is changed yet')
    .option('--state <path...>', 'where it is to stand, as `show --json` names states')
    .option('--set <setting...>', 'a value, such as /context/due=1767196800000')
    .option('--reason <text>', 'why; it stands in the record')
    .option('--proposal <sequence>', 'the proposal that is confirmed; the one that waits, if left out', Number)
    .option('--json', 'print one JSON value')
    .action((caseId: string, options: RepairOptions) =>
      plainly(async () => {
        const { repairCase } = require('./repair-command') as typeof import('./repair-command');
        if (!(await repairCase(caseId, options))) process.exitCode = 1;
      }),
    );
}
