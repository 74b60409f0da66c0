import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of a command on the PATH of this environment, if there is one. */
export function findExecutable(command: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = executableName(command);
  return (env.PATH ?? '')
    .split(path.delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => path.resolve(directory, file))
    .find(isExecutable);
}

export function executableName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
