/** The parent's hand on a worker process. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Forked } from './forked';
import { residentKib } from './kernel';
import type { WorkerOrder } from './worker-process';

export class BenchWorker {
  private constructor(private readonly process: Forked) {}

  /**
   * @param profilesIn a directory for V8's processor profiles of the process and each of its threads
   * @throws Error if the worker ends before it polls
   */
  static async start(order: WorkerOrder, profilesIn?: string): Promise<BenchWorker> {
    const profiled = profilesIn === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profilesIn];
    const execArgv = ['--expose-gc', '--require', require.resolve('./collect'), ...profiled];
    return new BenchWorker(
      await Forked.start('a worker process', require.resolve('./worker-process'), order, { execArgv }),
    );
  }

  get pid(): number {
    return this.process.pid;
  }

  /** Memory in use once everything that can be collected was, in KiB. */
  async residentKib(): Promise<number> {
    for (let round = 0; round < 3; round++) {
      await this.process.ask('collect');
      await sleep(700);
    }
    return residentKib(this.pid);
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}
