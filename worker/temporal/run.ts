import { spawn } from 'node:child_process';

export interface Outcome {
  /** Exit code; null if a signal or the time limit ended it. */
  code: number | null;
  output: string;
  timedOut: boolean;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Milliseconds after which it is killed. */
  limit?: number;
  /** Each line of its output as it comes, standard output and standard error alike. */
  onLine?(line: string): void;
}

/** Runs a command to its end. Never throws for what the command does; throws if it cannot be started at all. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: options.env, cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let timedOut = false;
    const limit =
      options.limit === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, options.limit);
    for (const stream of [child.stdout, child.stderr]) {
      const emit = lineSplitter((line) => options.onLine?.(line));
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = `${output}${text}`.slice(-64_000);
        emit(text);
      });
    }
    child.once('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ code, output, timedOut });
    });
  });
}

function lineSplitter(emit: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) emit(line);
  };
}
