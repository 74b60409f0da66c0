/** A process of our own that answers questions: the parent's hand on it, and its own side of the talk. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const STOP_MS = 15_000;

type Said = { done: string; answer?: unknown } | { failed: string };

export class Forked {
  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * @param name what it is called in sentences, such as `a worker process`
   * @param order what its `main` is given; JSON
   * @throws Error if it ends before it is ready
   */
  static async start(
    name: string,
    module: string,
    order: object,
    options: { execArgv?: string[]; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Forked> {
    const child = fork(module, [JSON.stringify(order)], {
      execArgv: [],
      ...options,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const kill = () => void child.kill('SIGKILL');
    process.once('exit', kill);
    child.once('exit', () => process.off('exit', kill));
    const forked = new Forked(name, child);
    await forked.#answer('start');
    return forked;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** @throws Error if it ends meanwhile */
  async ask<T = void>(question: string): Promise<T> {
    this.child.send(question);
    return (await this.#answer(question)) as T;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    const limit = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    this.child.send('stop');
    await ended;
    clearTimeout(limit);
  }

  #answer(question: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.child.off('message', heard);
        this.child.off('exit', ended);
        end();
      };
      const heard = (said: Said) => {
        if ('failed' in said) settle(() => reject(this.#failure(said.failed)));
        else if (said.done === question) settle(() => resolve(said.answer));
      };
      const ended = (code: number | null) =>
        settle(() => reject(new Error(`${this.name} ended (${code}) before it answered '${question}'`)));
      this.child.on('message', heard);
      this.child.on('exit', ended);
    });
  }

  #failure(stack: string): Error {
    return new Error(`${this.name} failed: ${stack.split('\n', 1)[0]}`, { cause: stack });
  }
}

export interface Answers {
  /** Shuts everything down; the process ends when it is done. */
  stop(): Promise<void>;
  [question: string]: () => Promise<unknown>;
}

/** The whole of a forked process: `begin` brings it up from its order, and what it answers are the parent's questions. */
export function runForked<Order>(begin: (order: Order) => Promise<Answers>): void {
  // A parent that died cannot stop us.
  process.on('disconnect', () => process.exit(1));
  const fail = (error: unknown): void => {
    const failed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.send!({ failed } satisfies Said, () => process.exit(1));
  };
  begin(JSON.parse(process.argv[2]!) as Order).then((answers) => {
    process.on('message', (question: string) => {
      answers[question]!().then((answer) => {
        process.send!({ done: question, answer } satisfies Said, () => {
          if (question === 'stop') process.exit(0);
        });
      }, fail);
    });
    process.send!({ done: 'start' } satisfies Said);
  }, fail);
}
