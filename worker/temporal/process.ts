import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process that can be recognised again: a pid alone may have been given to another process since. */
export interface ProcessRef {
  pid: number;
  /** When it started, in the form the system reports it; absent where the system does not say. */
  started?: string;
}

const hasProc = existsSync('/proc/self/stat');

/** Reference to a running process, or nothing if there is none with this pid. */
export function processRef(pid: number): ProcessRef | undefined {
  if (!signal(pid, 0)) return undefined;
  const started = startOf(pid);
  return started === undefined ? { pid } : { pid, started };
}

/** Whether exactly this process still runs. A zombie (ended, not yet reaped by its parent) does not. */
export function isRunning(ref: ProcessRef): boolean {
  const now = processRef(ref.pid);
  return now !== undefined && now.started === ref.started && !isZombie(ref.pid);
}

/** Command line of a process, shortened; nothing where the system does not tell. */
export function commandOf(pid: number): string | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return command.length > 80 ? `${command.slice(0, 79)}…` : command || undefined;
  } catch {
    return undefined;
  }
}

/** `process 123 (command)`, for sentences. */
export function describeProcess(pid: number): string {
  const command = commandOf(pid);
  return command === undefined ? `process ${pid}` : `process ${pid} (${command})`;
}

/** Sends a signal; false if the process is gone or not ours to signal. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    // EPERM: it exists but belongs to somebody else.
    return name === 0 && (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Asks a process to end and waits; after `limit` milliseconds it is killed. With a limit of 0 it is killed at once.
 * Does nothing if that very process no longer runs. False if it outlived even the kill.
 */
export async function stopProcess(ref: ProcessRef, limit: number): Promise<boolean> {
  if (!isRunning(ref)) return true;
  if (limit > 0) {
    signal(ref.pid, 'SIGTERM');
    if (await ends(ref, limit)) return true;
  }
  signal(ref.pid, 'SIGKILL');
  return ends(ref, 5_000);
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function ends(ref: ProcessRef, limit: number): Promise<boolean> {
  const deadline = Date.now() + limit;
  while (isRunning(ref)) {
    if (Date.now() >= deadline) return false;
    await delay(hasProc ? 25 : 100);
  }
  return true;
}

function startOf(pid: number): string | undefined {
  if (hasProc) {
    const start = procStat(pid)?.[19];
    return start === undefined ? undefined : `${start}@${bootId()}`;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

function isZombie(pid: number): boolean {
  return procStat(pid)?.[0] === 'Z';
}

/** Fields of `/proc/<pid>/stat` after the command name, which may itself contain spaces and brackets. */
function procStat(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

let boot: string | undefined;

function bootId(): string {
  if (boot === undefined) {
    try {
      boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    } catch {
      boot = '';
    }
  }
  return boot;
}
