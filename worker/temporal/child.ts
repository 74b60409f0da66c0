import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { reason, TemporalError } from './errors';
import { type ProcessRef, processRef, signal, stopProcess } from './process';

const rotateAbove = 10_000_000;

/** One program we started, with its log. */
export interface Child {
  /** What it is called in sentences. */
  name: string;
  ref: ProcessRef;
  /** Resolves when it has ended, whatever the cause. */
  ended: Promise<void>;
  hasEnded(): boolean;
  /** A sentence on how it ended, with the last it said. */
  obituary(): string;
  stop(limit: number): Promise<void>;
}

export interface Launch {
  name: string;
  executable: string;
  args: string[];
  /** Working directory. */
  directory: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Signal sent if our own process exits without having stopped it. */
  atExit: NodeJS.Signals;
}

/**
 * Starts a program in a session of its own, so that a Ctrl-C in the terminal reaches only us: workers drain first, then
 * it is stopped. Its output goes to the end of the log file. Throws {@link TemporalError} if it cannot be started.
 */
export async function launch(options: Launch): Promise<Child> {
  const log = openLog(options.logFile);
  const from = fstatSync(log).size;
  const { directory: cwd, env } = options;
  const child = spawn(options.executable, options.args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  await started(child, options);
  const ref = processRef(child.pid!) ?? { pid: child.pid! };
  let outcome: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, name) => {
      outcome = name === null ? `exit code ${code}` : `signal ${name}`;
      process.off('exit', stopAtExit);
      resolve();
    });
  });
  const stopAtExit = () => void signal(child.pid!, options.atExit);
  process.once('exit', stopAtExit);
  child.unref();
  return {
    name: options.name,
    ref,
    ended,
    hasEnded: () => outcome !== undefined,
    obituary: () => `The ${options.name} ended by itself (${outcome}): ${lastWords(options.logFile, from)}.`,
    async stop(limit) {
      if (outcome !== undefined) return;
      // Until it has ended, it keeps us from ending.
      child.ref();
      if (await stopProcess(ref, limit)) await ended;
      else throw new TemporalError(`The ${options.name} (process ${ref.pid}) could not be stopped: end it by hand.`);
    },
  };
}

function started(child: ChildProcess, { name, executable }: Launch): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(
        new TemporalError(
          `The ${name} cannot be started from ${executable} (${reason(error)}): remove it and start again.`,
        ),
      );
    });
  });
}

/** Opens the log for appending; a large one from earlier runs is set aside first, keeping one generation. */
function openLog(file: string): number {
  try {
    if (statSync(file).size > rotateAbove) renameSync(file, `${file}.1`);
  } catch {
    // No log yet.
  }
  return openSync(file, 'a');
}

/** The last error it logged since it started, or else its last line. */
function lastWords(file: string, from: number): string {
  const lines = tail(file, from)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine);
  const said = lines.findLast(({ serious }) => serious) ?? lines.at(-1);
  return said === undefined ? 'it said nothing' : shorten(reason(said.text));
}

/** Wrapped errors begin with what was tried and end with the cause: both ends are kept. */
function shorten(text: string): string {
  return text.length <= 400 ? text : `${text.slice(0, 100)} … ${text.slice(-300)}`;
}

/** The end of a file, at most 64 KB, and nothing from before `from`. */
function tail(file: string, from: number): string {
  const fd = openSync(file, 'r');
  try {
    const size = fstatSync(fd).size;
    const start = Math.max(from, size - 65_536);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    closeSync(fd);
  }
}

/** A line of the log: JSON as Temporal writes it, or plain text as the command line parser and a crash do. */
function readLine(line: string): { text: string; serious: boolean } {
  try {
    const { level, msg, error } = JSON.parse(line) as { level?: string; msg?: string; error?: string };
    if (typeof msg === 'string') {
      const serious = ['error', 'fatal', 'panic', 'dpanic'].includes(String(level).toLowerCase());
      return { text: error ? `${msg}: ${error}` : msg, serious };
    }
  } catch {
    // Plain text.
  }
  return { text: line.trim(), serious: /unable to|error|panic/i.test(line) };
}
