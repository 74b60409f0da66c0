/** One data directory is one installation: what kind it is, and what its operator has set. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Loaded, readYaml } from '../../activities/directory';

export const CONFIG_FILE = 'zhengling.yaml';

/** `city`: the real thing. `demo`: sample matters under assumed holders of seats, marked in every output. `drill`: a played script. */
export type SiteKind = 'city' | 'demo' | 'drill';

const file = z.string().min(1, 'a path, relative to the data directory');

export const configSchema = z.strictObject({
  kind: z.enum(['city', 'demo', 'drill']),
  /** Directory files in place of the shipped city's. */
  directory: z.array(file).min(1).optional(),
  contacts: file.optional(),
  /** Parameter overrides (JSON). */
  parameters: file.optional(),
  calendar: z.strictObject({ years: z.array(file).optional(), overlay: file.optional() }).optional(),
  /** Off until they are set. */
  channels: z
    .strictObject({
      smtp: z
        .strictObject({
          host: z.string().min(1),
          port: z.int().min(1).max(65_535),
          from: z.string().min(3),
          secure: z.boolean().optional(),
          user: z.string().optional(),
          password: z.string().optional(),
        })
        .optional(),
      webhook: z.strictObject({ secret: z.string().min(16, 'at least 16 characters') }).optional(),
    })
    .optional(),
  /** Where people look at a case; `{case}` is its number. */
  link: z.string().includes('{case}', 'a link with {case} in the place of the number').optional(),
  script: z.enum(['hans', 'hant']).optional(),
});

export type SiteConfig = z.infer<typeof configSchema>;

/** What kind of installation a directory holds; undefined if it is none of ours. */
export function kindOf(dataDir: string): SiteKind | undefined {
  const path = join(resolve(dataDir), CONFIG_FILE);
  if (!existsSync(path)) return undefined;
  const kind = /^kind:\s*(\w+)\s*$/m.exec(readFileSync(path, 'utf8'))?.[1];
  return configSchema.shape.kind.safeParse(kind).data;
}

/**
 * The configuration of a data directory; a new or empty directory is set up as `kind`. A demonstration is never opened
 * as the real thing, nor the other way round.
 */
export function openConfig(dataDir: string, kind: SiteKind): Loaded<SiteConfig> {
  const path = join(resolve(dataDir), CONFIG_FILE);
  if (!existsSync(path)) {
    const made = setUp(resolve(dataDir), path, kind);
    if (made !== undefined) return { errors: [made] };
  }
  const read = readYaml(path, configSchema);
  if ('errors' in read) return read;
  const config = read.ok.data;
  if (config.kind === kind) return { ok: config };
  return {
    errors: [
      `${dataDir} is the data directory of a ${config.kind}; it cannot be opened as a ${kind}: name another directory`,
    ],
  };
}

function setUp(folder: string, path: string, kind: SiteKind): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    if (readdirSync(folder).length > 0)
      return `${folder} is not empty and holds no ${CONFIG_FILE}: name an empty directory or one that zhengling made`;
    writeFileSync(path, `# Settings: docs/configuration.md\nkind: ${kind}\n`);
    return undefined;
  } catch (error) {
    return `${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? error}): name a directory this account can write`;
  }
}
