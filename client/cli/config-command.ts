/** `zhengling config`: whether the settings are in order, what counts and where it comes from, and their schema. */
import { resolve } from 'node:path';
import { z } from 'zod';
import {
  CONFIG_FILE,
  configSchema,
  kindOf,
  openConfig,
  openSite,
  processVariables,
  type SiteConfig,
  settingsOf,
  shownConfig,
} from '../site';

export interface ConfigOptions {
  data: string;
  json?: boolean;
}

export interface Checked {
  ok: boolean;
  /** Sentences with file and line, or the variable. */
  problems: string[];
  /** What nobody reads. */
  notes: string[];
}

/** Everything that would keep the installation from starting, and variables that are no settings. */
export function checkConfig({ data }: ConfigOptions, env: NodeJS.ProcessEnv = process.env): Checked {
  const folder = resolve(data);
  const kind = kindOf(folder);
  const opened = kind ? openSite(folder, kind, env) : { errors: [noKind(folder)] };
  const problems = 'errors' in opened ? opened.errors : channelProblems(opened.ok.config, env);
  return { ok: problems.length === 0, problems, notes: strangers(env) };
}

/** Secrets that stand in the environment and are not there. */
function channelProblems({ channels }: SiteConfig, env: NodeJS.ProcessEnv): string[] {
  if (!channels) return [];
  const { openChannels } = require('../../activities/notify') as typeof import('../../activities/notify');
  const opened = openChannels(channels, env);
  if ('errors' in opened) return opened.errors;
  for (const channel of opened.ok) void channel.close();
  return [];
}

const noKind = (folder: string): string =>
  `${folder} holds no ${CONFIG_FILE} with a kind that zhengling knows: name the data directory that 'zhengling up --data DIR' runs on`;

/** For tests and lanes; no settings of an installation. */
const OF_DEVELOPMENT = /^ZHENGLING_(TEST_.*|BUILT|SCHEMATHESIS.*)$/;

function strangers(env: NodeJS.ProcessEnv): string[] {
  const known = new Set([
    ...settingsOf(configSchema).map(({ variable }) => variable),
    ...processVariables.map(({ name }) => name),
  ]);
  return Object.keys(env)
    .filter((name) => name.startsWith('ZHENGLING_') && !known.has(name) && !OF_DEVELOPMENT.test(name))
    .map((name) => `${name} is no setting of this program: docs/configuration.md has their names`);
}

export interface Printed {
  setting: string;
  value: unknown;
  /** `zhengling.yaml`, or the variable. */
  from: string;
}

/** What counts, setting by setting; secrets are not shown. */
export function printedConfig(config: SiteConfig, env: NodeJS.ProcessEnv = process.env): Printed[] {
  const shown = shownConfig(config);
  return settingsOf(configSchema).flatMap(({ path, variable }) => {
    const value = path.reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], shown);
    if (value === undefined) return [];
    const from = config.kind !== 'drill' && variable !== undefined && env[variable] ? variable : CONFIG_FILE;
    return [{ setting: path.join('.'), value, from }];
  });
}

/** JSON Schema (2020-12) of zhengling.yaml. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  return { title: CONFIG_FILE, ...schema };
}

export function config(what: 'check' | 'print' | 'schema', options: ConfigOptions): void {
  switch (what) {
    case 'schema':
      print(JSON.stringify(configJsonSchema(), null, 2));
      break;
    case 'check':
      check(options);
      break;
    case 'print':
      show(options);
      break;
  }
}

function check(options: ConfigOptions): void {
  const checked = checkConfig(options);
  process.exitCode = checked.ok ? 0 : 1;
  const lines = [...checked.problems, ...checked.notes, ...(checked.ok ? ['the settings are in order'] : [])];
  print(options.json ? JSON.stringify(checked, null, 2) : lines.join('\n'));
}

function show({ data, json }: ConfigOptions): void {
  const kind = kindOf(data);
  const opened = kind ? openConfig(data, kind) : { errors: [noKind(resolve(data))] };
  if ('errors' in opened) {
    process.exitCode = 2;
    const error = opened.errors.join('\n');
    if (json) print(JSON.stringify({ error }));
    else process.stderr.write(`${error}\n`);
    return;
  }
  const printed = printedConfig(opened.ok);
  const lines = printed.map(({ setting, value, from }) => `${setting} = ${JSON.stringify(value)}    (${from})`);
  print(json ? JSON.stringify(printed, null, 2) : lines.join('\n'));
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
