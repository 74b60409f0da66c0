/** One data directory is one installation: what kind it is, and what its operator has set. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Loaded, readYaml } from '../../activities/directory';
// The rooms' doors would load what they are for, with every command that only reads its settings.
import { channelsConfig } from '../../activities/notify/config';
import { attachmentsConfig } from '../attachments/config';
import { gatewayConfig } from '../gateway/config';
import { identityConfig } from '../identity/config';
import { laidOver } from './environment';

export const CONFIG_FILE = 'zhengling.yaml';

/** `city`: the real thing. `demo`: sample matters under assumed holders of seats, marked in every output. `drill`: a played script. */
export type SiteKind = 'city' | 'demo' | 'drill';

const file = z.string().min(1, 'a path, relative to the data directory');
const port = z.int().min(0).max(65_535);

const calendar = z.strictObject({
  years: z
    .array(file)
    .describe(
      'JSON files with State Council notices newer than this version; an unpublished year is computed provisionally and marked 暂定',
    )
    .optional(),
  overlay: file.describe('JSON file with local holidays and working days, each with its reason').optional(),
});

const ledger = z.strictObject({
  url: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'expected an address such as postgres://user:password@host:5432/database',
    })
    .meta({
      secret: true,
      description: 'PostgreSQL database that keeps the ledger; `ledger.db` in the data directory unless told',
    })
    .optional(),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'expected the name of a schema')
    .describe('schema of its tables there; `zhengling` for a city, `zhengling_demo` for a demonstration unless told')
    .optional(),
});

const temporal = z.strictObject({
  address: z
    .string()
    .regex(/^\S+:\d{1,5}$/, 'expected host:port')
    .describe('Temporal server that runs already, instead of one started here; `TEMPORAL_ADDRESS` says the same')
    .optional(),
  namespace: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,200}$/, 'expected the name of a namespace')
    .describe('namespace there; `zhengling` for a city, `demo` for a demonstration unless told')
    .optional(),
  port: port.describe('port of the server started here; 7233 unless told').optional(),
  uiPort: port.describe('port of its pages; 8233 unless told').optional(),
});

export const configSchema = z.strictObject({
  kind: z
    .enum(['city', 'demo', 'drill'])
    .describe('`city`, `demo` or `drill`; written at set-up, never changed, and not by the environment'),
  directory: z
    .array(file)
    .min(1)
    .describe(
      'directory files in place of the shipped [shizuishan.yaml](../activities/directory/data/shizuishan.yaml): units, seats, holders with dates, who is executive vice mayor, portfolios',
    )
    .optional(),
  contacts: file.describe('file with addresses of seats and persons, kept apart from the directory').optional(),
  parameters: file
    .describe("JSON file of overrides of the law's figures; each needs value, day from which, reason, author")
    .optional(),
  calendar: calendar.optional(),
  ledger: ledger.optional(),
  temporal: temporal.optional(),
  gateway: gatewayConfig.optional(),
  identity: identityConfig.optional(),
  attachments: attachmentsConfig.optional(),
  channels: channelsConfig.optional(),
  link: z
    .string()
    .includes('{case}', { error: 'expected a link with {case} in the place of the number' })
    .describe('where people look at a case, with `{case}` for its number; until pages exist messages name the command')
    .optional(),
  script: z.enum(['hans', 'hant']).describe('script of what people read; `hans` unless told').optional(),
  smtp: z
    .strictObject({ port: port.describe("port of the demonstration's mail sink; 1025 unless told").optional() })
    .optional(),
  metrics: z
    .strictObject({
      port: port.describe('Prometheus endpoint of the worker; 9464 unless told, 0 does without').optional(),
    })
    .optional(),
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
 * The configuration of a data directory, with the environment laid over it; a new or empty directory is set up as `kind`.
 * A demonstration is never opened as the real thing, nor the other way round. A drill takes nothing from the environment:
 * its record is fixed.
 */
export function openConfig(dataDir: string, kind: SiteKind, env: NodeJS.ProcessEnv = process.env): Loaded<SiteConfig> {
  const path = join(resolve(dataDir), CONFIG_FILE);
  if (!existsSync(path)) {
    const made = setUp(resolve(dataDir), path, kind);
    if (made !== undefined) return { errors: [made] };
  }
  const read = readYaml(path, configSchema, laidOver(configSchema, kind === 'drill' ? {} : env));
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
