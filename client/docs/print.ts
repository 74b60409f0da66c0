/** Writes docs/procedures from the machines, takes away pages of procedures that are gone, and prints the settings. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printConfiguration } from '../site/table';
import { pages, pagesFolder } from './pages';

export function printPages(folder: string): string[] {
  const printed = pages();
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of printed) writeFileSync(join(folder, file), text);
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.md') && !printed.has(file)) rmSync(join(folder, file));
  }
  return [...printed.keys()];
}

if (require.main === module) {
  const folder = pagesFolder();
  printConfiguration();
  for (const file of printPages(folder)) process.stdout.write(`${join('docs', 'procedures', file)}\n`);
}
