/** The parent's hand on a worker process. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentKib } from './kernel';
import type { Question, WorkerOrder } from './worker-process';

const STOP_MS = 15_000;

export class BenchWorker {
  private constructor(
    private readonly child: ChildProcess,
    readonly order: WorkerOrder,
  ) {}

  /**
   * @param profilesIn a directory for V8's processor profiles of the process and each of its threads
   * @throws Error if the worker ends before it polls
   */
  static async start(order: WorkerOrder, profilesIn?: string): Promise<BenchWorker> {
    const profiled = profilesIn === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profilesIn];
    const child = fork(require.resolve('./worker-process'), [JSON.stringify(order)], {
      execArgv: ['--expose-gc', '--require', require.resolve('./collect'), ...profiled],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const kill = () => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    const worker = new BenchWorker(child, order);
    await worker.#answer('start');
    return worker;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Memory in use once everything that can be collected was, in KiB. */
  async residentKib(): Promise<number> {
    for (let round = 0; round < 3; round++) {
      await this.#ask('collect');
      await sleep(700);
    }
    return residentKib(this.pid);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    const limit = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    this.child.send('stop' satisfies Question);
    await ended;
    clearTimeout(limit);
  }

  async #ask(question: Question): Promise<void> {
    this.child.send(question);
    await this.#answer(question);
  }

  #answer(question: Question | 'start'): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.child.off('message', heard);
        this.child.off('exit', ended);
        end();
      };
      const heard = (message: unknown) => {
        if ((message as { done?: string }).done === question) settle(resolve);
      };
      const ended = (code: number | null) =>
        settle(() => reject(new Error(`a worker process ended (${code}) before it answered '${question}'`)));
      this.child.on('message', heard);
      this.child.on('exit', ended);
    });
  }
}
