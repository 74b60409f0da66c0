import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FlushBatch } from '../../workflows/runtime/workflow';
import { NAMESPACE, type Notebook } from './lab';

export interface KillableOptions {
  taskQueue: string;
  /** File that holds the code of the bundle. */
  codePath: string;
  /** Module with the activities besides `flushRecord`. */
  activities?: string;
  /** Its record goes here. */
  notebook: Notebook;
}

/** A worker in a process of its own. `kill` is SIGKILL: nothing is handed over, nothing finished. */
export class KillableWorker {
  #child: ChildProcess | undefined;
  kills = 0;

  constructor(private readonly options: KillableOptions) {}

  async start(): Promise<void> {
    const { taskQueue, codePath, activities, notebook } = this.options;
    const settings = {
      address: process.env.ZHENGLING_TEST_TEMPORAL!,
      namespace: NAMESPACE,
      taskQueue,
      workflowBundle: { codePath },
      maxCachedWorkflows: 200,
      // A task for a worker that is gone waits for it no longer than this.
      stickyQueueScheduleToStartTimeout: '500 ms',
      ...(activities ? { activities } : {}),
    };
    const child = fork(join(__dirname, 'worker-process.js'), [JSON.stringify(settings)]);
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the worker process ended with ${code} before it was ready`)));
      child.on('message', (message: { ready?: true; id?: number; batch?: FlushBatch }) => {
        if (message.ready) return resolve();
        notebook.flushRecord(message.batch!).then(
          (result) => this.#answer(child, { id: message.id, result }),
          (error: Error) => this.#answer(child, { id: message.id, error: error.message }),
        );
      });
    });
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = undefined;
    this.kills += 1;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  #answer(child: ChildProcess, message: object): void {
    if (child.connected) child.send(message, () => {});
  }
}
