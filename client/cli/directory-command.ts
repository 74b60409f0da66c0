/** `zhengling directory`: whether its files are in order, what they say, who held what when, and having them taken. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Difference,
  type Directory,
  differences,
  type Encoding,
  editionSaid,
  loadDirectory,
  printPeriod,
  type Remark,
  remarks,
  type Said,
  shippedFiles,
} from '../../activities/directory';
import type { ImportKind } from '../../activities/directory/import';
import { dateOf, instantOf, isDate, plusDays } from '../../workflows/law';
import { kindOf, openConfig, openSite, requestReload, type Serving, type Site, serving } from '../site';
import { Misused } from './errors';
import { columns } from './out';

export interface DirectoryOptions {
  data: string;
  json?: boolean;
}

/** Runs a command of a data directory without opening anything else of it. */
async function run(options: DirectoryOptions, what: () => Promise<number> | number): Promise<void> {
  try {
    process.exitCode = await what();
  } catch (error) {
    process.exitCode = 2;
    const sentence = error instanceof Error ? error.message : String(error);
    if (!(error instanceof Misused)) console.error(error);
    else if (options.json) print(JSON.stringify({ error: sentence }));
    else process.stderr.write(`${sentence}\n`);
  }
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function tell<T>({ json }: DirectoryOptions, value: T, words: (value: T) => string): void {
  print(json ? JSON.stringify(value, null, 2) : words(value));
}

/** The installation with its files as they are now. @throws Misused with every sentence */
function siteNow({ data }: DirectoryOptions): Site {
  const folder = resolve(data);
  const kind = kindOf(folder);
  if (!kind) throw new Misused(`${folder} is not a data directory of zhengling: give the one 'zhengling up' runs on`);
  const opened = openSite(folder, kind);
  if ('errors' in opened) throw new Misused(opened.errors.join('\n'));
  return opened.ok;
}

// ---- check -----------------------------------------------------------------------------------------------------

export interface CheckedDirectory {
  ok: boolean;
  version?: string;
  problems: string[];
  /** What it leaves open. */
  remarks: Remark[];
}

/** With files: those by themselves. Without: everything the installation would take. */
export function checkedDirectory({ data }: DirectoryOptions, files: readonly string[]): CheckedDirectory {
  const folder = resolve(data);
  const kind = files.length > 0 ? undefined : kindOf(folder);
  if (files.length === 0 && !kind)
    throw new Misused(`${folder} is not a data directory of zhengling; name files to check`);
  const opened = kind ? openSite(folder, kind) : undefined;
  const loaded = opened ? ('ok' in opened ? { ok: opened.ok.directory } : opened) : loadDirectory(files);
  if ('errors' in loaded) return { ok: false, problems: loaded.errors, remarks: [] };
  const { ok: directory } = loaded;
  return { ok: true, version: directory.version, problems: [], remarks: remarks(directory, Date.now()) };
}

export function check(files: readonly string[], options: DirectoryOptions): Promise<void> {
  return run(options, () => {
    const checked = checkedDirectory(options, files);
    tell(options, checked, ({ ok, problems, version, remarks: open }) =>
      ok ? [`${version} is in order`, ...open.map(remarkText)].join('\n') : problems.join('\n'),
    );
    return checked.ok ? 0 : 1;
  });
}

const remarkText = ({ seen, about, todo }: Remark): string => {
  const some = about.slice(0, 8).join(', ') + (about.length > 8 ? ` and ${about.length - 8} more` : '');
  return `open: ${seen}${about.length > 0 ? ` (${some})` : ''}\n      ${todo}`;
};

// ---- show, history ---------------------------------------------------------------------------------------------

export interface Showing extends DirectoryOptions {
  at?: string;
}

/** What the questions of procedures are answered on a day. */
export function shown(directory: Directory, at: number): object {
  const named = (seat: string) => ({ seat, person: directory.holderOf(seat, at)?.person.id ?? null });
  const members = (body: 'standing' | 'party-group' | 'plenary') =>
    directory.members(body, at).map(({ person, seats }) => ({ person: person.id, seats }));
  const leaders = directory.seats.filter(({ id, unit }) => unit === undefined && directory.hasSeat(id, at));
  return {
    version: directory.version,
    at: dateOf(at),
    leaders: leaders.map(({ id }) => named(id)),
    evm: directory.seatOf('evm', at) ?? null,
    appointmentOrder: directory.appointmentOrder(at) ?? null,
    members: { standing: members('standing'), partyGroup: members('party-group'), plenary: members('plenary') },
    fixedAttendees: directory.fixedAttendees(at).map(({ seat }) => named(seat)),
    units: directory.units
      .filter(({ id }) => directory.hasUnit(id, at))
      .map(({ id, kind }) => ({
        unit: id,
        kind,
        head: directory.headOf(id, at)?.person.id ?? null,
        inCharge: directory.inCharge(id, at)?.seat ?? null,
        归口: directory.dsgOf(id, '归口', at) ?? null,
        分管: directory.dsgOf(id, '分管', at) ?? null,
      })),
    reorganisations: directory.reorganisations,
  };
}

export function show(options: Showing): Promise<void> {
  return run(options, () => {
    const { directory, config } = siteNow(options);
    const at = instantOn(options.at);
    const script = config.script ?? 'hans';
    const name = (id: string) => directory.nameOf(id, script);
    const unassigned = 'unassigned';
    const person = (seat: string) => {
      const held = directory.holderOf(seat, at)?.person;
      return held ? (script === 'hans' ? held.nameZh : held.nameHant) : unassigned;
    };
    tell(options, shown(directory, at), () => {
      const leaders = directory.seats.filter(({ unit }) => unit === undefined);
      const standing = directory.members('standing', at).length;
      const group = directory.members('party-group', at).length;
      const evm = directory.seatOf('evm', at);
      return [
        `${directory.version} on ${dateOf(at)}`,
        columns(leaders.map(({ id }) => [id, name(id), person(id)])),
        `executive vice mayor: ${evm ? name(evm) : unassigned}`,
        `order of appointment: ${directory.appointmentOrder(at)?.map(name).join(', ') ?? unassigned}`,
        `members in office: standing meeting ${standing}, Party group ${group || unassigned}, plenary ${directory.members('plenary', at).length}`,
        `fixed attendees: ${directory
          .fixedAttendees(at)
          .map(({ seat, holder }) => `${name(seat)}${holder ? '' : ` (${unassigned})`}`)
          .join(', ')}`,
        columns(
          directory.units
            .filter(({ id }) => directory.hasUnit(id, at))
            .map(({ id }) => [id, name(id), person(`${id}-head`), directory.inCharge(id, at)?.seat ?? unassigned]),
          ['unit', 'name', 'head', 'in charge'],
        ),
      ].join('\n\n');
    });
    return 0;
  });
}

export interface Held {
  from: string | null;
  to: string | null;
  person: string | null;
  name?: string;
  source?: string;
}

/** Who held a seat when; days nobody is known to have held it between two holders are a row of their own. */
export function heldOver(directory: Directory, seat: string): Held[] {
  const rows: Held[] = [];
  for (const { from = null, to = null, person, source } of directory.historyOf(seat)) {
    const before = rows.at(-1);
    if (before?.to && from !== null && nextDay(before.to) < from)
      rows.push({ from: nextDay(before.to), to: dayBefore(from), person: null });
    rows.push({ from, to, person: person.id, name: person.nameZh, source });
  }
  return rows;
}

const nextDay = (day: string): string => plusDays(day, 1);
const dayBefore = (day: string): string => plusDays(day, -1);

export function history(seat: string, options: DirectoryOptions): Promise<void> {
  return run(options, () => {
    const { directory } = siteNow(options);
    if (!directory.seat(seat))
      throw new Misused(`${directory.version} has no seat '${seat}'; 'zhengling seats' lists them`);
    const rows = heldOver(directory, seat);
    tell(options, rows, () =>
      rows.length === 0
        ? `${seat} was never assigned`
        : columns(
            rows.map(({ from, to, person, name, source }) => [
              printPeriod({ from: from ?? undefined, to: to ?? undefined }),
              person ?? 'unassigned',
              name ?? '',
              source ?? '',
            ]),
          ),
    );
    return 0;
  });
}

// ---- diff, reload ----------------------------------------------------------------------------------------------

export interface Diffing extends DirectoryOptions {
  /** A version this installation went by. */
  from?: string;
}

/** What a reload would change. */
export function diff(options: Diffing): Promise<void> {
  return run(options, () => {
    const { dataDir, directory } = siteNow(options);
    const version = options.from ?? servedVersion(dataDir);
    const before = saidBy(dataDir, version);
    const found = differences(before, directory.said);
    tell(options, { from: version, to: directory.version, differences: found }, () =>
      [
        `${version} → ${directory.version}`,
        ...(found.length === 0 ? ['no difference'] : found.map(differenceText)),
      ].join('\n'),
    );
    return 0;
  });
}

function servedVersion(dataDir: string): string {
  const versions = [...new Set(serving(dataDir).map(({ version }) => version))];
  if (versions.length === 0) throw new Misused(`nothing runs on ${dataDir}: name a version by --from`);
  if (versions.length > 1) throw new Misused(`the processes serve ${versions.join(' and ')}: name one by --from`);
  return versions[0]!;
}

function saidBy(dataDir: string, version: string): Said {
  const said = editionSaid(dataDir, version);
  if (!said)
    throw new Misused(`${dataDir} never went by '${version}'; 'zhengling directory show' names the present one`);
  return said;
}

function differenceText({ section, entry, kind, fields = [], said }: Difference): string {
  const sign = { added: '+', removed: '-', changed: '~' }[kind];
  const value = (one: unknown) => (one === undefined ? 'nothing' : JSON.stringify(one));
  const what = said
    ? ` ${JSON.stringify(said)}`
    : fields.map(({ field, before, after }) => `\n    ${field}: ${value(before)} → ${value(after)}`).join('');
  return `${sign} ${section} ${entry}${what}`;
}

/** Processes look every second. */
const PATIENCE_MS = 10_000;

/** Has every running process take the files as they are now. */
export function reload(options: DirectoryOptions): Promise<void> {
  return run(options, async () => {
    const { dataDir, directory } = siteNow(options);
    const { version } = directory;
    const running = serving(dataDir);
    const request = { id: randomUUID(), version };
    requestReload(dataDir, request);
    const answers = await answered(dataDir, request.id, running);
    const outcome = (one: Serving): string =>
      one.errors?.join('\n    ') ?? (one.version === version ? 'taken' : `did not answer; serves ${one.version}`);
    const isTaken = (one: Serving) => one.request === request.id && one.errors === undefined && one.version === version;
    tell(options, { version, processes: answers.map((one) => ({ ...one, taken: isTaken(one) })) }, () =>
      answers.length === 0
        ? `${version} is in order; nothing runs here, the next start takes it`
        : [
            version,
            ...answers.map(
              (one) => `  ${one.entrance} (${one.host}, ${one.pid}): ${isTaken(one) ? 'taken' : outcome(one)}`,
            ),
          ].join('\n'),
    );
    return answers.every(isTaken) ? 0 : 1;
  });
}

async function answered(dataDir: string, request: string, running: readonly Serving[]): Promise<Serving[]> {
  for (const until = Date.now() + PATIENCE_MS; ; await pause(100)) {
    const now = serving(dataDir);
    const same = (one: Serving) =>
      now.find(({ pid, host, entrance }) => pid === one.pid && host === one.host && entrance === one.entrance);
    const answers = running.map((one) => same(one) ?? one);
    if (answers.every((one) => one.request === request) || Date.now() > until) return answers;
  }
}

// ---- import ----------------------------------------------------------------------------------------------------

export interface Importing extends DirectoryOptions {
  dryRun?: boolean;
  output?: string;
  encoding?: Encoding;
  source?: string;
}

export function importFile(kind: ImportKind, file: string, options: Importing): Promise<void> {
  return run(options, () => {
    const { importCsv } =
      require('../../activities/directory/import') as typeof import('../../activities/directory/import');
    const { encoding, source, output, dryRun } = options;
    const imported = importCsv(kind, file, {
      beside: filesOf(options),
      ...(encoding === undefined ? {} : { encoding }),
      ...(source === undefined ? {} : { source }),
    });
    if ('errors' in imported) {
      tell(options, { ok: false, problems: imported.errors }, ({ problems }) => problems.join('\n'));
      return 1;
    }
    const { rows, encoding: found, yaml } = imported.ok;
    if (!dryRun && output !== undefined) writeNew(output, yaml);
    tell(
      options,
      { ok: true, kind, rows, encoding: found, ...(dryRun ? {} : output === undefined ? { yaml } : { output }) },
      () => {
        if (dryRun) return `${rows} ${kind} (${found}) are in order; nothing was written`;
        if (output === undefined) return yaml.trimEnd();
        return `${rows} ${kind} (${found}) written to ${output}; name it under directory in zhengling.yaml, then 'zhengling directory reload'`;
      },
    );
    return 0;
  });
}

/** The files rows must fit; without an installation the shipped city. */
function filesOf({ data }: DirectoryOptions): string[] {
  const folder = resolve(data);
  const kind = kindOf(folder);
  if (!kind) return [shippedFiles().city];
  const configured = openConfig(folder, kind);
  if ('errors' in configured) throw new Misused(configured.errors.join('\n'));
  return configured.ok.directory?.map((file) => resolve(folder, file)) ?? [shippedFiles().city];
}

function writeNew(file: string, text: string): void {
  if (existsSync(file)) {
    const same = readFileSync(file, 'utf8') === text;
    if (same) return;
    throw new Misused(`${file} is there already and says something else; name a new file`);
  }
  writeFileSync(file, text);
}

function instantOn(day: string | undefined): number {
  if (day === undefined) return Date.now();
  if (!isDate(day)) throw new Misused(`--at is '${day}'; a day such as ${dateOf(Date.now())} is expected`);
  return instantOf(day, '12:00');
}
