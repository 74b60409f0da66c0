/** Files from place to place, each hashed on its way. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BackupFile } from './manifest';

const PERMISSIONS = 0o777;

/** Files below a folder, in the order of their paths. A link to a file counts as that file. */
export function filesBelow(folder: string, isLeftOut: (path: string) => boolean = () => false): string[] {
  const found: string[] = [];
  const visit = (at: string): void => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (isLeftOut(relative(folder, path))) continue;
      if (lstatSync(path).isDirectory()) visit(path);
      else if (existsSync(path) && statSync(path).isFile()) found.push(relative(folder, path));
    }
  };
  if (existsSync(folder)) visit(folder);
  return found.sort();
}

/** Copies with the permissions it has. Answers what a manifest says of it. */
export async function copyFile(from: string, folder: string, path: string): Promise<BackupFile> {
  const mode = statSync(from).mode & PERMISSIONS;
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  await pipeline(createReadStream(from), hashing(hash), createWriteStream(target, { mode, flush: true }));
  return { path, bytes: statSync(target).size, sha256: hash.digest('hex'), mode };
}

export async function describe(folder: string, path: string): Promise<BackupFile> {
  const { size: bytes, mode } = statSync(join(folder, path));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(join(folder, path))) hash.update(chunk);
  return { path, bytes, sha256: hash.digest('hex'), mode: mode & PERMISSIONS };
}

function hashing(hash: Hash): Transform {
  return new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
