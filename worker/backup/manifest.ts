/** What a backup says of itself: what it is of, which versions made it, and every file with size and SHA-256. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../activities/directory';
import { CannotStart } from '../errors';

export const MANIFEST = 'manifest.json';
export const SUMS = 'SHA256SUMS';
/** Raised whenever a backup is laid out otherwise. */
export const FORMAT = 1;

/** Parts of a backup, as folders and files of it. */
export const parts = {
  ledger: 'ledger.jsonl.gz',
  temporal: 'temporal',
  attachments: 'attachments',
  /** Configuration, keys and builds: everything else of the data directory. */
  installation: 'installation',
  /** Files that the configuration names and that lie elsewhere. */
  outside: 'outside',
} as const;

const file = z.object({
  path: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Permission bits: keys may be read by their owner alone. */
  mode: z.int(),
});

const manifest = z.object({
  format: z.literal(FORMAT),
  kind: z.enum(['city', 'demo', 'drill']),
  /** The moment it is of; ISO instant. */
  at: z.string(),
  /** Of zhengling. */
  version: z.string(),
  ledger: z.object({
    kind: z.enum(['sqlite', 'postgresql']),
    edition: z.string(),
    rows: z.int().nonnegative(),
    lastSeal: z.object({ day: z.string(), hash: z.string() }).optional(),
  }),
  temporal: z.object({ serverVersion: z.string() }),
  /** Where files of `outside` were. */
  outside: z.array(z.object({ path: z.string(), was: z.string() })),
  /** What is not in it, in words. */
  notes: z.array(z.string()),
  files: z.array(file),
});

export type Manifest = z.infer<typeof manifest>;
export type BackupFile = z.infer<typeof file>;

/** Of this program. */
export function ownVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** @throws CannotStart if this is no backup, a damaged one, or one of a newer version */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path))
    throw new CannotStart(
      `${folder} is no backup: it has no ${MANIFEST}. Name the directory that 'zhengling backup' made.`,
    );
  let json: { format?: unknown; version?: unknown };
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CannotStart(`${path} is damaged (${(error as Error).message}): take another backup.`);
  }
  if (typeof json.format === 'number' && json.format > FORMAT)
    throw new CannotStart(
      `the backup was made by a newer version (${json.version}, format ${json.format}); this one is ${ownVersion()} and ` +
        `reads format ${FORMAT}: restore it with that version`,
    );
  const read = manifest.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new CannotStart(`${path} is damaged (${issue?.path.join('.')}: ${issue?.message}): take another backup.`);
}
