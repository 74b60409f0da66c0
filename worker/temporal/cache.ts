import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { reason, TemporalError } from './errors';
import { tryLock } from './lock';
import { delay, describeProcess } from './process';
import { run } from './run';

export type Progress = (line: string) => void;

/** An executable kept between runs, outside the source tree. */
export interface Artefact {
  /** Directory name without version, e.g. `server`. */
  name: string;
  version: string;
  /** File name of the executable. */
  file: string;
  /** What it is called in sentences. */
  title: string;
  /** What its `--version` output must contain, e.g. `1.32.1`. */
  reports: string;
  /** Folder of the cache it is kept in; `temporal` unless told. */
  folder?: string;
  /** A way out where it cannot be used, continuing the sentence after "or"; about Temporal unless told. */
  otherwise?: string;
}

interface Marker {
  version: string;
  bytes: number;
}

const markerFile = 'complete.json';

/** `ZHENGLING_CACHE` or `~/.cache/zhengling`, and a folder below it. */
export function cacheRoot(env: NodeJS.ProcessEnv, folder = 'temporal'): string {
  return path.resolve(env.ZHENGLING_CACHE || path.join(homedir(), '.cache', 'zhengling'), folder);
}

/**
 * Path of the executable if it is in the cache, whole and of this version. The marker is written last, after the
 * executable has told its version, and the directory appears by one rename: what an interrupted build or download left
 * behind, or a file of another size than was marked, does not count.
 */
export function cached(artefact: Artefact, env: NodeJS.ProcessEnv): string | undefined {
  const directory = artefactDirectory(artefact, env);
  const executable = path.join(directory, artefact.file);
  try {
    const marker = JSON.parse(readFileSync(path.join(directory, markerFile), 'utf8')) as Marker;
    accessSync(executable, constants.X_OK);
    const whole = marker.version === artefact.version && marker.bytes === statSync(executable).size;
    return whole ? executable : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The cached executable; made first if it is missing. `make` puts the file into the directory it is given. Only one
 * process makes it at a time; others wait and then use what it made. Throws {@link TemporalError}.
 */
export async function obtain(
  artefact: Artefact,
  env: NodeJS.ProcessEnv,
  progress: Progress,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  const ready = cached(artefact, env);
  if (ready !== undefined) return ready;
  const target = artefactDirectory(artefact, env);
  prepare(path.dirname(target));
  const lock = await waitForLock(`${target}.lock`, artefact, env, progress);
  if (typeof lock === 'string') return lock;
  try {
    return await makeInto(target, artefact, env, make);
  } finally {
    lock.release();
  }
}

/** The directory is named after version and machine: a home directory may be shared by machines of several kinds. */
function artefactDirectory(artefact: Artefact, env: NodeJS.ProcessEnv): string {
  const name = `${artefact.name}-${artefact.version}-${process.platform}-${process.arch}`;
  return path.join(cacheRoot(env, artefact.folder), name);
}

function prepare(root: string): void {
  try {
    mkdirSync(root, { recursive: true });
    accessSync(root, constants.W_OK);
  } catch (error) {
    throw new TemporalError(
      `The cache directory cannot be used (${reason(error)}): set ZHENGLING_CACHE to a writable one.`,
    );
  }
}

/** The lock, or the finished executable if the holder made it while we waited. */
async function waitForLock(file: string, artefact: Artefact, env: NodeJS.ProcessEnv, progress: Progress) {
  let told = false;
  for (;;) {
    const lock = tryLock(file);
    const ready = cached(artefact, env);
    if ('release' in lock) {
      if (ready === undefined) return lock;
      lock.release();
    }
    if (ready !== undefined) return ready;
    if ('holder' in lock && !told) {
      told = true;
      progress(`waiting for ${describeProcess(lock.holder.pid)}, which is preparing the ${artefact.title}`);
    }
    await delay(500);
  }
}

async function makeInto(
  target: string,
  artefact: Artefact,
  env: NodeJS.ProcessEnv,
  make: (directory: string) => Promise<void>,
): Promise<string> {
  removeStaging(target);
  const staging = `${target}.making-${process.pid}`;
  mkdirSync(staging);
  try {
    await make(staging);
    const executable = path.join(staging, artefact.file);
    await verify(artefact, executable);
    const marker: Marker = { version: artefact.version, bytes: statSync(executable).size };
    writeFileSync(path.join(staging, markerFile), JSON.stringify(marker));
    rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  const made = cached(artefact, env);
  if (made === undefined) throw new Error(`${target} is incomplete right after it was made`);
  return made;
}

/** What a killed maker left behind; called under the lock, so no other maker is at work. */
function removeStaging(target: string): void {
  const prefix = `${path.basename(target)}.making-`;
  for (const name of readdirSync(path.dirname(target))) {
    if (name.startsWith(prefix)) rmSync(path.join(path.dirname(target), name), { recursive: true, force: true });
  }
}

async function verify(artefact: Artefact, executable: string): Promise<void> {
  const output = await versionOutput(executable);
  const { title, reports, otherwise = 'set TEMPORAL_ADDRESS to a running server' } = artefact;
  if (!output.includes(reports)) {
    throw new TemporalError(
      `The ${title} says it is "${output}" where ${reports} was expected, and is not used: try again, or ${otherwise}.`,
    );
  }
}

/** What an executable prints for `--version`, or why it does not. */
export async function versionOutput(executable: string): Promise<string> {
  try {
    const { output, timedOut } = await run(executable, ['--version'], { limit: 10_000 });
    return timedOut ? 'no answer within 10 s' : output.trim();
  } catch (error) {
    return reason(error);
  }
}
