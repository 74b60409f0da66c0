import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning, type ProcessRef, processRef } from './process';

export interface Lock {
  release(): void;
}

/** Who holds a lock that could not be taken. */
export interface Held {
  holder: ProcessRef;
}

/**
 * Takes a lock file or tells which running process holds it. A lock whose holder no longer runs is taken over, so a
 * crash never blocks the next start. Not re-entrant: a second call in one process finds the process itself as holder.
 */
export function tryLock(file: string): Lock | Held {
  const own = `${file}.${randomUUID()}`;
  // Written apart and linked into place, so that nobody ever reads a half-written lock.
  writeFileSync(own, JSON.stringify(processRef(process.pid)));
  try {
    for (;;) {
      if (linked(own, file)) return { release: () => rmSync(file, { force: true }) };
      const holder = holderOf(file);
      if (holder && isRunning(holder)) return { holder };
      discardStale(file, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(file: string): ProcessRef | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRef;
  } catch {
    return undefined;
  }
}

/** Moves a stale lock aside, and back again if another process replaced it with a live one in the meantime. */
function discardStale(file: string, stale: ProcessRef | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = holderOf(aside);
  if (moved && moved.pid !== stale?.pid && isRunning(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}
