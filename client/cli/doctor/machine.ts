/** The machine: room on its disk, and its clock. */
import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '../../../activities/ledger';
import { formatInstant } from '../../../workflows/law';
import type { Site } from '../../site';
import { BACKUP_NOTE } from '../desk';
import { type Check, check } from './check';

const GIB = 1024 ** 3;
/** Below either, a busy month may fill it. */
const LEAST = { bytes: 2 * GIB, share: 0.05 };
/** Instants of the record are this machine's own; so far into the future, its clock was set back. */
const AHEAD_MS = 60_000;

export async function machineChecks(site: Site, ledger: Ledger, now: number): Promise<Check[]> {
  return [await diskCheck(site), ...(await clockCheck(ledger, now)), ...backupCheck(site, now)];
}

async function diskCheck({ dataDir }: Site): Promise<Check> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const [free, all] = [bavail * bsize, blocks * bsize];
  const isTight = free < LEAST.bytes || free / all < LEAST.share;
  const todo = isTight ? 'make room: ledger and Temporal stop taking anything once it is full' : undefined;
  return check('disk', `${(free / GIB).toFixed(1)} GiB free of ${(all / GIB).toFixed(1)} GiB at ${dataDir}`, todo);
}

const DAY_MS = 86_400_000;
const OLDEST_BACKUP_MS = 7 * DAY_MS;

/** Of backups made by this program; how others are made is not known here. */
export function backupCheck({ dataDir, kind }: Pick<Site, 'dataDir' | 'kind'>, now: number): Check[] {
  if (kind !== 'city') return [];
  const file = join(dataDir, BACKUP_NOTE);
  if (!existsSync(file))
    return [check('backup', 'none by this program', "'zhengling backup DIR', every day; or see that others are made")];
  const { at, directory } = JSON.parse(readFileSync(file, 'utf8')) as { at: string; directory: string };
  const age = now - Date.parse(at);
  const todo = age > OLDEST_BACKUP_MS ? "make a new one: 'zhengling backup DIR'" : undefined;
  return [check('backup', `${Math.floor(age / DAY_MS)} days old, in ${directory}`, todo)];
}

async function clockCheck(ledger: Ledger, now: number): Promise<Check[]> {
  const last = await ledger.lastPosition();
  const [newest] = last === 0 ? [] : await ledger.feed({ after: last - 1, limit: 1 });
  if (!newest) return [];
  const isBehind = newest.at > now + AHEAD_MS;
  const todo = isBehind ? 'the clock was set back: set it by NTP before anything is done' : undefined;
  return [check('clock', `${formatInstant(now)}; the newest entry is of ${formatInstant(newest.at)}`, todo)];
}
