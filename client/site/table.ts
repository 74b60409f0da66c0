/** The settings as docs/configuration.md prints them, between its marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../activities/directory';
import { configSchema } from './config';
import { settingsOf } from './settings';
import { processVariables } from './variables';

export const configurationPage = (): string => join(packageRoot(), 'docs', 'configuration.md');

/** The page with its tables printed anew. @throws Error where the page has no place for one */
export function withTables(page: string): string {
  return [
    ['settings', settingsTable()],
    ['variables', variablesTable()],
  ].reduce((text, [name, table]) => between(text, name!, table!), page);
}

/** Prints the tables into the page itself. */
export function printConfiguration(file: string = configurationPage()): void {
  writeFileSync(file, withTables(readFileSync(file, 'utf8')));
}

function settingsTable(): string {
  const rows = settingsOf(configSchema).map(({ path, variable, description }) => [
    `\`${path.join('.')}\``,
    variable === undefined ? '' : `\`${variable}\``,
    description,
  ]);
  return markdown(['Setting', 'Variable', 'Meaning'], rows);
}

function variablesTable(): string {
  const rows = processVariables.map(({ name, otherwise, description }) => [
    `\`${name}\``,
    otherwise === undefined ? '' : `\`${otherwise}\``,
    description,
  ]);
  return markdown(['Variable', 'Default', 'Meaning'], rows);
}

function markdown(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has no place '${begin.trim()}' to '${end.trim()}'`);
  return page.slice(0, from + begin.length) + text + page.slice(to);
}
