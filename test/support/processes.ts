/** Processes a test starts: their output can be waited for, and none outlives the test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');
export const compiledProgram = join(root, 'dist', 'worker', 'main.js');

export interface Ended {
  /** Exit code, or nothing if a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

type Env = Record<string, string | undefined>;

/** A Node process with what it has written so far. */
export class Running {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #end: Ended | undefined;

  /** @param env laid over this process's own; undefined leaves a variable out */
  constructor(args: readonly string[], env: Env = {}, input = '') {
    const own = Object.fromEntries(Object.entries({ ...process.env, ...env }).filter(([, v]) => v !== undefined));
    // A process group of its own, so that a test can do what Ctrl-C does: signal the whole group.
    this.#child = spawn(process.execPath, args, { cwd: root, env: own as NodeJS.ProcessEnv, detached: true });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    this.#child.stdin?.on('error', () => {});
    this.#child.stdin?.end(input);
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) => {
        this.#end = { code, signal, stdout: this.#stdout, stderr: this.#stderr };
        resolve(this.#end);
      });
    });
  }

  get pid(): number {
    return this.#child.pid!;
  }

  get output(): string {
    return this.#stdout + this.#stderr;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Waits until the process has written `text`. @throws Error with its output if it ends before, or takes too long */
  async says(text: string, patienceMs = 30_000): Promise<void> {
    for (const until = Date.now() + patienceMs; ; await pause(20)) {
      if (this.output.includes(text)) return;
      if (this.hasEnded || Date.now() > until)
        throw new Error(`'${text}' was not said ${this.hasEnded ? 'before the end' : 'in time'}:\n${this.output}`);
    }
  }

  /** Ctrl-C: the terminal signals the process and whatever it started in its group. */
  async interrupt(): Promise<Ended> {
    if (!this.hasEnded) process.kill(-this.pid, 'SIGINT');
    return this.ended;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    if (!this.hasEnded) this.#child.kill(signal);
    return this.ended;
  }
}

/** Starts processes and ends those left over. */
export class Processes {
  readonly #started: Running[] = [];

  node(args: readonly string[], env: Env = {}, input = ''): Running {
    const running = new Running(args, env, input);
    this.#started.push(running);
    return running;
  }

  /** The compiled program. */
  program(args: readonly string[], env: Env = {}, input = ''): Running {
    return this.node([compiledProgram, ...args], env, input);
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#started.map((one) => one.stop('SIGKILL')));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Tries until `check` throws no more; its last error is thrown when patience ends. */
export async function eventually<T>(check: () => T | Promise<T>, patienceMs = 15_000): Promise<T> {
  for (const until = Date.now() + patienceMs; ; await pause(50)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}
