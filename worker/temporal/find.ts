import { type BuiltTemporal, buildTemporal, cachedBuild } from './build';
import { type Progress, versionOutput } from './cache';
import { cachedCli, downloadCli } from './download';
import { reason, TemporalError } from './errors';
import { findExecutable } from './path';
import { atLeast, oldestServer, serverVersion } from './versions';

/** The ways to a Temporal server, in the order they are tried. */
export const sourceKinds = ['address', 'path', 'download', 'build'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A Temporal server that can be used: one that runs already, or executables to start one. */
export type TemporalSource = { kind: 'address'; address: string } | StartableSource;

/** Executables to start a server from. */
export type StartableSource =
  | {
      kind: 'path' | 'download';
      /** The `temporal` command; it serves the UI as well. */
      cli: string;
      serverVersion: string;
    }
  | { kind: 'build'; server: string; ui: string; serverVersion: string };

/**
 * Finds a Temporal server: `TEMPORAL_ADDRESS`; `temporal` on PATH if its server is recent enough; an earlier download or
 * build in the cache; then a download of the official CLI; then a build from the Go module proxy. What is in the cache
 * comes before what must be fetched, so a start without network costs nothing. `ZHENGLING_TEMPORAL` set to one of
 * {@link sourceKinds} allows that way only. Throws {@link TemporalError}.
 */
export async function findTemporal(
  options: { env?: NodeJS.ProcessEnv; progress?: Progress } = {},
): Promise<TemporalSource> {
  const { env = process.env, progress = () => {} } = options;
  const address = runningServer(env);
  return address === undefined ? findStartable(env, progress) : { kind: 'address', address };
}

/** The same without TEMPORAL_ADDRESS, for who has looked there already ({@link runningServer}). */
export async function findStartable(env: NodeJS.ProcessEnv, progress: Progress): Promise<StartableSource> {
  switch (forcedSource(env)) {
    case 'path':
      return requireOnPath(env);
    case 'download':
      return fromDownload(await downloadCli(env, progress));
    case 'build':
      return fromBuild(await buildTemporal(env, progress));
    default:
      return (await onPathIfUsable(env, progress)) ?? (await fromCache(env)) ?? fetched(env, progress);
  }
}

/** The way `ZHENGLING_TEMPORAL` allows, or nothing if it is left to us. Throws {@link TemporalError} for other values. */
export function forcedSource(env: NodeJS.ProcessEnv): SourceKind | undefined {
  const value = env.ZHENGLING_TEMPORAL;
  if (value === undefined || value === '') return undefined;
  const kind = sourceKinds.find((known) => known === value);
  if (kind !== undefined) return kind;
  throw new TemporalError(
    `ZHENGLING_TEMPORAL is "${value}": it must be one of ${sourceKinds.join(', ')}, or be left unset.`,
  );
}

/** Address of the running server the environment names, unless another way is forced. Throws {@link TemporalError}. */
export function runningServer(env: NodeJS.ProcessEnv): string | undefined {
  const forced = forcedSource(env);
  const address = env.TEMPORAL_ADDRESS || undefined;
  if (forced === 'address' && address === undefined) {
    throw new TemporalError(
      'ZHENGLING_TEMPORAL is "address" but TEMPORAL_ADDRESS is not set: set it to host:port of a running Temporal server.',
    );
  }
  return forced === undefined || forced === 'address' ? address : undefined;
}

async function requireOnPath(env: NodeJS.ProcessEnv): Promise<StartableSource> {
  const found = await onPath(env);
  if (typeof found === 'string') throw new TemporalError(`ZHENGLING_TEMPORAL is "path", but ${found}.`);
  return found;
}

async function onPathIfUsable(env: NodeJS.ProcessEnv, progress: Progress): Promise<StartableSource | undefined> {
  if (findExecutable('temporal', env) === undefined) return undefined;
  const found = await onPath(env);
  if (typeof found !== 'string') return found;
  progress(`passing over PATH: ${found}`);
  return undefined;
}

/** The CLI on PATH, or why it cannot be used. */
async function onPath(env: NodeJS.ProcessEnv): Promise<StartableSource | string> {
  const cli = findExecutable('temporal', env);
  if (cli === undefined) return 'there is no `temporal` on PATH: install the Temporal CLI';
  const version = cliServerVersion(await versionOutput(cli));
  if (version === undefined) return `${cli} does not tell the version of its server: install the official Temporal CLI`;
  if (!atLeast(version, oldestServer)) {
    return `${cli} carries Temporal server ${version} where ${oldestServer} or later is needed: upgrade the Temporal CLI`;
  }
  return { kind: 'path', cli, serverVersion: version };
}

async function fromCache(env: NodeJS.ProcessEnv): Promise<StartableSource | undefined> {
  const cli = cachedCli(env);
  if (cli !== undefined) return fromDownload(cli);
  const built = cachedBuild(env);
  return built && fromBuild(built);
}

async function fetched(env: NodeJS.ProcessEnv, progress: Progress): Promise<StartableSource> {
  let noDownload: string;
  try {
    return await fromDownload(await downloadCli(env, progress));
  } catch (error) {
    if (!(error instanceof TemporalError)) throw error;
    noDownload = error.message;
    progress(`${reason(error)}; building from source instead`);
  }
  try {
    return fromBuild(await buildTemporal(env, progress));
  } catch (error) {
    if (!(error instanceof TemporalError)) throw error;
    throw new TemporalError(`${error.message} (${noDownload})`);
  }
}

async function fromDownload(cli: string): Promise<StartableSource> {
  const version = cliServerVersion(await versionOutput(cli));
  if (version === undefined)
    throw new TemporalError(`${cli} does not tell the version of its server: remove it and start again.`);
  return { kind: 'download', cli, serverVersion: version };
}

function fromBuild(built: BuiltTemporal): StartableSource {
  return { kind: 'build', ...built, serverVersion };
}

/** `temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)` → `1.32.0`. */
function cliServerVersion(output: string): string | undefined {
  return /\(Server (\d+\.\d+\.\d+)/.exec(output)?.[1];
}
