/**
 * Every directory this installation has gone by, kept by its version: stamps in the record name one, and years later
 * somebody may ask what it said.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Said } from './content';
import type { Directory } from './directory';

const folderOf = (dataDir: string): string => join(dataDir, 'directory', 'editions');
const fileOf = (dataDir: string, version: string): string => join(folderOf(dataDir), `${version}.json`);

/** Keeps what a directory says, unless it is kept already. */
export function keepEdition(dataDir: string, { version, said }: Directory): void {
  const file = fileOf(dataDir, version);
  if (existsSync(file)) return;
  mkdirSync(folderOf(dataDir), { recursive: true });
  writeWhole(file, said);
}

/** What a version said; undefined where this installation never went by it. */
export function editionSaid(dataDir: string, version: string): Said | undefined {
  // A version is a name of a file: one that is none leads nowhere else.
  if (!/^[a-z0-9+-]+@[0-9a-f]{12}$/.test(version) || !existsSync(fileOf(dataDir, version))) return undefined;
  return JSON.parse(readFileSync(fileOf(dataDir, version), 'utf8')) as Said;
}

export function keptEditions(dataDir: string): string[] {
  if (!existsSync(folderOf(dataDir))) return [];
  return readdirSync(folderOf(dataDir)).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
}

/** Under its name only once it is whole. */
export function writeWhole(file: string, value: unknown): void {
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, JSON.stringify(value, null, 2), { mode: 0o600 });
  renameSync(part, file);
}
