/** What the kernel knows of a process. Linux only. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

let ticksPerSecond: number | undefined;

/** @throws Error where there is no /proc: nothing here can be measured then */
export function requireKernelAccounts(): void {
  try {
    ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
    readFileSync('/proc/self/stat');
  } catch (cause) {
    throw new Error('the bench reads processor time and memory of its processes from /proc; run it on Linux', {
      cause,
    });
  }
}

/** Processor time used since the process began, user and system, in milliseconds (by ticks of usually 10 ms). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond!;
}

/** Memory in use, in KiB. */
export function residentKib(pid: number): number {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found?.[1]);
}
