/**
 * Writes docs/procedures from the machines, takes away pages of procedures that are gone, writes the pages about the rulebook
 * into docs/law, and prints the settings.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printConfiguration } from '../site/table';
import { pages, pagesFolder } from './pages';
import { lawFolder, lawPages } from './rulebook/pages';

export function printPages(folder: string): string[] {
  const printed = pages();
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of printed) writeFileSync(join(folder, file), text);
  for (const file of readdirSync(folder)) {
    if (file.endsWith('.md') && !printed.has(file)) rmSync(join(folder, file));
  }
  return [...printed.keys()];
}

/** Beside pages written by hand, which stay. */
export function printLawPages(folder: string): string[] {
  const printed = lawPages();
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of printed) writeFileSync(join(folder, file), text);
  return [...printed.keys()];
}

if (require.main === module) {
  const folder = pagesFolder();
  printConfiguration();
  for (const file of printPages(folder)) process.stdout.write(`${join('docs', 'procedures', file)}\n`);
  for (const file of printLawPages(lawFolder())) process.stdout.write(`${join('docs', 'law', file)}\n`);
}
