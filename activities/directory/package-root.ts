import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PACKAGE = 'zhengling';

/**
 * The directory of this package's package.json, found by walking up from `start`. Data files are resolved from it, so
 * that they are found from the sources and from the compiled output alike.
 * @throws Error when no directory above `start` holds it
 */
export function packageRoot(start: string = __dirname): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isPackage(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) {
      throw new Error(
        `no package.json named '${PACKAGE}' in ${start} or above it; the data files lie beside that file`,
      );
    }
  }
}

function isPackage(manifest: string): boolean {
  if (!existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name === PACKAGE;
}
