/** An installation put back from a backup, on this machine or another. Everything is looked at before anything is written. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  isVacant,
  LedgerUnusable,
  ledgerEdition,
  openLedger,
  type Place,
  type Verification,
} from '../../activities/ledger';
import { kindOf, ledgerPlace, openConfig, type SiteConfig, type SiteKind } from '../../client/site';
import { CannotStart } from '../errors';
import { copyFile, describe } from './copying';
import { readRows } from './ledger-file';
import { type BackupFile, type Manifest, ownVersion, parts, readManifest } from './manifest';

export interface RestoreOptions {
  /** The directory that a backup was made into. */
  from: string;
  /** Data directory to be; new or empty. */
  data: string;
  /** What it must be a backup of: a demonstration is not restored as the real thing by oversight. `city` unless told. */
  kind?: SiteKind;
  onProgress?(sentence: string): void;
  /** `ZHENGLING_LEDGER_URL` names another database than the backup's configuration does. */
  env?: NodeJS.ProcessEnv;
}

export interface Restored {
  /** Absolute path. */
  data: string;
  /** The moment it is of; ISO instant. */
  at: string;
  kind: SiteKind;
  ledger: { kind: 'sqlite' | 'postgresql'; name: string; rows: number };
  /** Every chain and seal, computed anew after restoring. */
  verification: Verification;
  /** Series of the Temporal server that opens the data. */
  temporal: { serverVersion: string };
  /** What is left to be done by hand. */
  notes: string[];
}

/**
 * @throws CannotStart if this is no whole backup of that kind that this version can restore, or the target is not empty;
 *   nothing has been written then
 * @throws LedgerUnavailable if the database cannot be reached; nothing has been written then
 */
export async function restore({
  from,
  data,
  kind = 'city',
  onProgress = () => {},
  env = process.env,
}: RestoreOptions): Promise<Restored> {
  const source = resolve(from);
  const target = resolve(data);
  const manifest = readManifest(source);
  requireKind(manifest, kind);
  requireEdition(manifest);
  requireEmpty(target, kind);
  await requireWhole(source, manifest, onProgress);
  const config = configOf(source, manifest, env);
  const place = (dataDir: string) => ledgerPlace({ dataDir, kind: manifest.kind, config });
  await requireVacant(place(target));
  const staging = `${target}.restoring`;
  rmSync(staging, { recursive: true, force: true });
  try {
    await copyAll(source, staging, manifest);
    onProgress(`${manifest.files.length} files are put back`);
    const ledger = await fillLedger(join(source, parts.ledger), place(staging), onProgress);
    if (existsSync(target)) rmdirSync(target);
    renameSync(staging, target);
    return {
      ...{ data: target, at: manifest.at, kind: manifest.kind, temporal: manifest.temporal },
      ledger: { ...ledger.at, name: ledger.at.name.replace(staging, target) },
      verification: ledger.verification,
      notes: [...manifest.notes, ...notesOf(manifest, config, env)],
    };
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error instanceof LedgerUnusable ? new CannotStart(error.message) : error;
  }
}

function requireKind(manifest: Manifest, kind: SiteKind): void {
  if (manifest.kind === kind) return;
  throw new CannotStart(
    `this is the backup of a ${manifest.kind}, which is not restored as a ${kind}: name a backup of a ${kind}, or say ` +
      `--kind ${manifest.kind} if that is what you want`,
  );
}

function requireEdition({ ledger, version }: Manifest): void {
  if (ledger.edition === ledgerEdition()) return;
  throw new CannotStart(
    `the backup was made by version ${version}, whose ledger is '${ledger.edition}'; this version is ${ownVersion()} with ` +
      `'${ledgerEdition()}': restore it with the version that made it, and open it with this one then`,
  );
}

function requireEmpty(target: string, kind: SiteKind): void {
  const there = kindOf(target);
  if (there !== undefined)
    throw new CannotStart(
      `${target} is the data directory of a ${there} already; a backup of a ${kind} is restored into a new or empty directory`,
    );
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new CannotStart(`${target} is not empty: a backup is restored into a new or empty directory`);
}

async function requireWhole(source: string, { files }: Manifest, say: (sentence: string) => void): Promise<void> {
  const problems: string[] = [];
  for (const file of files) {
    const problem = await damage(source, file);
    if (problem) problems.push(problem);
  }
  const needed = [parts.ledger, join(parts.temporal, 'temporal.db'), join(parts.installation, 'zhengling.yaml')];
  const listed = new Set(files.map(({ path }) => path));
  problems.push(...needed.filter((path) => !listed.has(path)).map((path) => `${path} is not part of it`));
  if (problems.length > 0)
    throw new CannotStart(`the backup is damaged, nothing was restored; take another one:\n${problems.join('\n')}`);
  say(`${files.length} files are whole`);
}

async function damage(source: string, { path, bytes, sha256 }: BackupFile): Promise<string | undefined> {
  if (path.split('/').includes('..') || path.startsWith('/')) return `${path} leads out of the backup`;
  if (!existsSync(join(source, path))) return `${path} is missing`;
  const found = await describe(source, path);
  if (found.bytes !== bytes) return `${path} has ${found.bytes} bytes where ${bytes} are expected`;
  return found.sha256 === sha256 ? undefined : `${path} is another content than was backed up`;
}

/** As the installation will read it. */
function configOf(source: string, { kind }: Manifest, env: NodeJS.ProcessEnv): SiteConfig {
  const read = openConfig(join(source, parts.installation), kind, env);
  if ('errors' in read) throw new CannotStart(read.errors.join('\n'));
  return read.ok;
}

async function requireVacant(place: Place): Promise<void> {
  try {
    if (await isVacant(place)) return;
  } catch (error) {
    throw error instanceof LedgerUnusable ? new CannotStart(error.message) : error;
  }
  throw new CannotStart(
    `the database that the configuration names holds a ledger already: empty it, or name another one by ` +
      'ZHENGLING_LEDGER_URL or ZHENGLING_LEDGER_SCHEMA',
  );
}

async function copyAll(source: string, staging: string, { files }: Manifest): Promise<void> {
  mkdirSync(dirname(staging), { recursive: true });
  mkdirSync(staging, { mode: 0o700 });
  for (const { path } of files) {
    const target = placeOf(path);
    if (target !== undefined) await copyFile(join(source, path), staging, target);
  }
}

/** Where a file of a backup belongs in a data directory; the ledger is filled row by row. */
function placeOf(path: string): string | undefined {
  if (path === parts.ledger) return undefined;
  const inside = `${parts.installation}/`;
  return path.startsWith(inside) ? path.slice(inside.length) : path;
}

async function fillLedger(file: string, place: Place, say: (sentence: string) => void) {
  const ledger = await openLedger(place);
  try {
    const rows = await ledger.restore(readRows(file));
    say(`${rows} rows of the ledger are put back`);
    return { at: { kind: ledger.kind, name: ledger.name, rows }, verification: await ledger.verify() };
  } finally {
    await ledger.close();
  }
}

function notesOf({ outside, ledger, kind }: Manifest, config: SiteConfig, env: NodeJS.ProcessEnv): string[] {
  const files = outside.map(
    ({ path, was }) =>
      `${was} lay outside of the data directory and is in ${path} now: put it back, or change zhengling.yaml`,
  );
  const named =
    env.ZHENGLING_LEDGER_URL !== undefined && env.ZHENGLING_LEDGER_URL !== '' && config.ledger?.url !== undefined;
  return [
    ...files,
    ...(named
      ? [
          'the ledger is in the database that ZHENGLING_LEDGER_URL names: set it for every process, or write it into zhengling.yaml',
        ]
      : []),
    ...(kind === 'city' && ledger.kind === 'postgresql' && config.ledger?.url === undefined
      ? ['the ledger was in PostgreSQL and is a file of the data directory now']
      : []),
  ];
}
