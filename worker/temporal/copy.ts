import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { files } from './config';
import { reason, TemporalError } from './errors';

/** Which server made the data; without it a database is taken for one that was never completed. */
const SETTLED = 'settled.json';
/** The server writes every few milliseconds and keeps its lock for less. */
const PATIENCE_MS = 10_000;

/** Whether a server of ours has kept its data there. */
export function hasTemporalData(dataDir: string): boolean {
  return [files.database, SETTLED].every((name) => existsSync(path.join(dataDir, name)));
}

/**
 * Copies what a Temporal server keeps, also while it runs: its write lock is held while database and log are copied, so
 * that neither grows nor is begun anew (a checkpoint that is under way writes pages the log holds as well). The server
 * waits meanwhile, as it does for its own commits. `VACUUM INTO` would hold up nobody, but the server's tables are written
 * in a dialect that the SQLite at hand reads and does not write. This thread stands still for as long as it takes. What is copied is made
 * whole by `settleTemporalCopy`, when nobody waits any more.
 *
 * @returns the version of the server that made the data
 * @throws TemporalError if there are none, or they cannot be read or written
 */
export function copyTemporalData(dataDir: string, target: string): string {
  if (!hasTemporalData(dataDir))
    throw new TemporalError(`There are no data of a Temporal server in ${dataDir}: it has not run there yet.`);
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    copyDatabase(path.join(dataDir, files.database), path.join(target, files.database));
    copyFileSync(path.join(dataDir, SETTLED), path.join(target, SETTLED));
    return (JSON.parse(readFileSync(path.join(target, SETTLED), 'utf8')) as { serverVersion: string }).serverVersion;
  } catch (error) {
    throw new TemporalError(`The data of the Temporal server in ${dataDir} cannot be copied (${reason(error)}).`);
  }
}

function copyDatabase(from: string, to: string): void {
  const database = new Database(from, { timeout: PATIENCE_MS } as never);
  const opened: number[] = [];
  try {
    database.exec('BEGIN IMMEDIATE');
    // Opened before, closed after: a process that closes a file gives up all locks it has on it.
    for (const suffix of ['', '-wal']) if (existsSync(from + suffix)) opened.push(openSync(from + suffix, 'r'));
    for (const [i, file] of opened.entries()) copyOpened(file, to + (i === 0 ? '' : '-wal'));
    database.exec('ROLLBACK');
  } finally {
    database.close();
    for (const file of opened) closeSync(file);
  }
}

const CHUNK = 4 * 1_048_576;

function copyOpened(from: number, to: string): void {
  const target = openSync(to, 'wx', 0o600);
  const buffer = Buffer.allocUnsafe(CHUNK);
  try {
    for (let at = 0, read = 0; ; at += read) {
      read = readSync(from, buffer, 0, CHUNK, at);
      if (read === 0) break;
      writeSync(target, buffer, 0, read);
    }
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}

/**
 * Works the log into a copied database, as the next start of a server would: one file is left, and it can be read.
 * @throws TemporalError if it is damaged
 */
export function settleTemporalCopy(target: string): void {
  const file = path.join(target, files.database);
  const database = new Database(file);
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    // A statement that waits to be collected keeps the connection, and with it the files beside the database: in this mode
    // there are none. The server sets its own when it starts.
    database.exec('PRAGMA journal_mode = DELETE');
    const [found] = database.prepare('PRAGMA quick_check').all() as { quick_check: string }[];
    if (found?.quick_check !== 'ok') throw new Error(found?.quick_check);
  } catch (error) {
    throw new TemporalError(`The copy of the Temporal server's data in ${file} is damaged (${reason(error)}).`);
  } finally {
    database.close();
  }
}
