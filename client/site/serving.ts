/**
 * How the processes of an installation and the command line speak of its directory: by small files of the data directory.
 * A file that changes is not taken by itself: an editor saves half-way, and a valid file is not yet one that is meant. It
 * is checked and asked for by `zhengling directory reload`; every process that looks at this data directory, in whatever
 * container, takes the very version that was asked for and says so. Not by SIGHUP: a terminal that is closed sends one.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../../activities/directory';

export interface ReloadRequest {
  id: string;
  version: string;
}

/** What a process serves, and what it made of the last request. */
export interface Serving {
  entrance: string;
  pid: number;
  host: string;
  version: string;
  /** The request it answered last. */
  request?: string;
  /** Why it did not take what was asked for. */
  errors?: string[];
}

/** A process that has not said so for this long is gone. */
const SILENT_MS = 15_000;

const requestFile = (dataDir: string): string => join(dataDir, 'directory', 'request.json');
export const servingFolder = (dataDir: string): string => join(dataDir, 'directory', 'serving');

export function requestReload(dataDir: string, request: ReloadRequest): void {
  mkdirSync(join(dataDir, 'directory'), { recursive: true });
  writeWhole(requestFile(dataDir), request);
}

/** The last request; undefined where there was none. */
export function requested(dataDir: string): ReloadRequest | undefined {
  return readJson<ReloadRequest>(requestFile(dataDir));
}

/** What the processes that are there say of themselves. */
export function serving(dataDir: string, now = Date.now()): Serving[] {
  const folder = servingFolder(dataDir);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const file = join(folder, name);
    const said = readJson<Serving>(file);
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return said && now - at < SILENT_MS ? [said] : [];
  });
}

/** A file may go away, or be another's by then, between two looks. */
function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
