/**
 * Everything an installation on this machine keeps, as of one moment, while it runs.
 *
 * The order matters. A step is flushed to the ledger before Temporal commits it: so the ledger may hold links that Temporal
 * does not know yet (they are unconfirmed, and replaced if the step never was), but where Temporal is the older of the two
 * the case would take other steps than the record has confirmed, and where it is the newer one the record would lack links
 * the case will never hand over again. So both are cut while the ledger's write lock is held: no flush falls between. What
 * Temporal commits during that moment was flushed before it, or waits to be flushed. Acts are answered meanwhile; their
 * receipts say `recorded: pending`. The lock is held for as long as the server's database takes to be copied (3 s for
 * 800 MB); the ledger's own snapshot only has to begin under it.
 *
 * Configuration, keys and builds are few and copied under the lock too. Attachments never change and are there before the
 * ledger speaks of them: they are copied afterwards.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { type CopiedRow, type Ledger, openLedger } from '../../activities/ledger';
import { kindOf, ledgerPlace, openSite, type Site } from '../../client/site';
import { CannotStart } from '../errors';
import { temporalDir } from '../house';
import { copyTemporalData, hasTemporalData, settleTemporalCopy } from '../temporal';
import { copyFile, describe, filesBelow } from './copying';
import { type Copied, writeRows } from './ledger-file';
import { type BackupFile, FORMAT, MANIFEST, type Manifest, ownVersion, parts, SUMS } from './manifest';

export interface BackUpOptions {
  /** Data directory of the installation. */
  data: string;
  /** Where the backup goes; new or empty. */
  into: string;
  onProgress?(sentence: string): void;
  env?: NodeJS.ProcessEnv;
}

export interface BackedUp {
  /** Absolute path. */
  directory: string;
  /** The moment it is of; ISO instant. */
  at: string;
  kind: Manifest['kind'];
  /** How long nobody could write to the ledger. */
  heldMs: number;
  files: number;
  bytes: number;
  ledgerRows: number;
  attachments: number;
  /** What is not in it, and what is wrong with what is. */
  notes: string[];
}

/**
 * Backs up an installation, running or not. All or nothing: half a backup is never left behind.
 *
 * @throws CannotStart if there is no such installation, the target is not empty, or the Temporal data are kept elsewhere
 * @throws TemporalError, LedgerUnavailable
 */
export async function backUp({
  data,
  into,
  onProgress = () => {},
  env = process.env,
}: BackUpOptions): Promise<BackedUp> {
  const site = installation(data, env);
  const target = resolve(into);
  requireOwnServer(site, env);
  requireEmpty(target, site.dataDir);
  const folder = `${target}.part`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ledger = await openLedger(ledgerPlace(site));
  try {
    const manifest = await new BackingUp(site, ledger, folder, onProgress).run();
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
    return { ...manifest, directory: target };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await ledger.close();
  }
}

function installation(data: string, env: NodeJS.ProcessEnv): Site {
  const kind = kindOf(data);
  if (!kind)
    throw new CannotStart(
      `${resolve(data)} is not a data directory of zhengling: give the one that 'zhengling up --data DIR' runs on.`,
    );
  const opened = openSite(data, kind, env);
  if ('errors' in opened) throw new CannotStart(opened.errors.join('\n'));
  return opened.ok;
}

/** A server elsewhere keeps its data where only its own means can copy them at one moment. */
function requireOwnServer({ config, dataDir }: Site, env: NodeJS.ProcessEnv): void {
  const address = env.TEMPORAL_ADDRESS || config.temporal?.address;
  if (address)
    throw new CannotStart(
      `the Temporal server of this installation runs at ${address} and keeps its data elsewhere: 'backup' copies the ` +
        'server that zhengling runs itself. Stop the workers, back that server up by its own means, then the ledger, and ' +
        'start them again (docs/operations.md).',
    );
  if (!hasTemporalData(temporalDir(dataDir)))
    throw new CannotStart(`nothing has run on ${dataDir} yet: there is nothing to back up.`);
}

function requireEmpty(target: string, dataDir: string): void {
  if (!relative(dataDir, target).startsWith('..'))
    throw new CannotStart(`${target} lies in the data directory: a backup belongs on another disk.`);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new CannotStart(`${target} is not empty: name a new or empty directory.`);
}

class BackingUp {
  readonly #files: BackupFile[] = [];
  readonly #notes: string[] = [];
  readonly #outside: Manifest['outside'] = [];

  constructor(
    private readonly site: Site,
    private readonly ledger: Ledger,
    private readonly folder: string,
    private readonly say: (sentence: string) => void,
  ) {}

  async run(): Promise<Omit<BackedUp, 'directory'>> {
    const rows = this.ledger.dump();
    try {
      const { at, begun, heldMs, serverVersion } = await this.#cut(rows);
      this.say(`cut at ${at}; the ledger was held for ${heldMs} ms`);
      const copied = await writeRows(join(this.folder, parts.ledger), resumed(begun, rows));
      this.#files.push(await describe(this.folder, parts.ledger));
      this.say(`${copied.rows} rows of the ledger`);
      settleTemporalCopy(join(this.folder, parts.temporal));
      for (const path of filesBelow(join(this.folder, parts.temporal)))
        this.#files.push(await describe(this.folder, join(parts.temporal, path)));
      const attachments = await this.#attachments(copied);
      this.say(`${attachments} attachments`);
      this.#write(this.#manifest(at, copied, serverVersion));
      const bytes = this.#files.reduce((sum, file) => sum + file.bytes, 0);
      return {
        ...{ at, kind: this.site.kind, heldMs, files: this.#files.length, bytes },
        ...{ ledgerRows: copied.rows, attachments, notes: this.#notes },
      };
    } finally {
      await rows.return(undefined);
    }
  }

  #cut(rows: AsyncGenerator<CopiedRow>) {
    return this.ledger.hold(async () => {
      const at = new Date();
      // The first row is the version; with the second the snapshot has begun.
      const begun = [await rows.next(), await rows.next()].flatMap((one) => (one.done ? [] : [one.value]));
      const temporal = join(this.folder, parts.temporal);
      const serverVersion = copyTemporalData(temporalDir(this.site.dataDir), temporal);
      await this.#installation();
      return { at: at.toISOString(), begun, heldMs: Date.now() - at.getTime(), serverVersion };
    });
  }

  async #installation(): Promise<void> {
    const { dataDir } = this.site;
    for (const path of filesBelow(dataDir, isLeftOut))
      this.#files.push(await copyFile(join(dataDir, path), this.folder, join(parts.installation, path)));
    for (const was of elsewhere(this.site)) {
      const path = join(parts.outside, `${this.#outside.length + 1}-${basename(was)}`);
      this.#files.push(await copyFile(was, this.folder, path));
      this.#outside.push({ path, was });
    }
  }

  async #attachments({ attachments: known }: Copied): Promise<number> {
    const { dataDir, config } = this.site;
    if (config.attachments?.s3) {
      this.#notes.push(
        `${known.size} attachments are in the storage ${config.attachments.s3.endpoint}, which is backed up by its own means`,
      );
      return 0;
    }
    const at = join(dataDir, parts.attachments);
    const paths = filesBelow(at, (path) => path.endsWith('.part'));
    for (const path of paths) {
      const file = await copyFile(join(at, path), this.folder, join(parts.attachments, path));
      this.#files.push(file);
      if (file.sha256 !== basename(path))
        this.#notes.push(`the attachment ${basename(path)} is damaged in the installation`);
    }
    const there = new Set(paths.map((path) => basename(path)));
    for (const hash of known)
      if (!there.has(hash)) this.#notes.push(`the attachment ${hash} is missing in the installation`);
    return paths.length;
  }

  #manifest(at: string, { rows, lastSeal }: Copied, serverVersion: string): Manifest {
    const { kind, edition } = this.ledger;
    return {
      ...{ format: FORMAT, kind: this.site.kind, at, version: ownVersion() },
      ledger: { kind, edition, rows, ...(lastSeal ? { lastSeal } : {}) },
      temporal: { serverVersion },
      ...{ outside: this.#outside, notes: this.#notes, files: this.#files },
    };
  }

  /** The manifest for us, the sums for anybody: `sha256sum -c SHA256SUMS`. */
  #write(manifest: Manifest): void {
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    writeFileSync(join(this.folder, MANIFEST), text, { mode: 0o600, flush: true });
    const sums = manifest.files.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
    writeFileSync(join(this.folder, SUMS), sums.join(''), { mode: 0o600, flush: true });
  }
}

async function* resumed<T>(begun: readonly T[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield* begun;
  yield* rest;
}

/** Copied otherwise, of the running process, or an installation of its own. */
const leftOut = [
  /^ledger\.db(-wal|-shm)?$/,
  /^temporal(\/|$)/,
  /^attachments(\/|$)/,
  /^mail(\/|$)/,
  /^drill(\/|$)/,
  /^run\.json$/,
  // What processes say while they run.
  /^directory\/(serving(\/|$)|request\.json$)/,
  /\.part$/,
];
const isLeftOut = (path: string): boolean => leftOut.some((pattern) => pattern.test(path.replaceAll('\\', '/')));

/** Files that the configuration names outside of the data directory. */
function elsewhere({ dataDir, config }: Site): string[] {
  const { directory = [], contacts, parameters, calendar, identity } = config;
  const named = [
    ...directory,
    contacts,
    parameters,
    ...(calendar?.years ?? []),
    calendar?.overlay,
    identity?.identities,
  ];
  const files = named.flatMap((file) => (file === undefined ? [] : [resolve(dataDir, file)]));
  return [...new Set(files)].filter((file) => {
    const inside = relative(dataDir, file);
    return (inside.startsWith('..') || isAbsolute(inside)) && existsSync(file);
  });
}
