/**
 * Parts of the suite that need something besides Node and a Temporal server. Each is found by its setting or on this
 * machine; what is not found is not run, and `npm test` says so in its last lines.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Lane = 'postgresql' | 'schemathesis' | 's3 storage' | 'python' | 'browser';

interface Need {
  find(): string | undefined;
  /** What would make the lane run. */
  remedy: string;
}

const searchPath = (): string[] => (process.env.PATH ?? '').split(delimiter);

/** A name that is on PATH may still stand for nothing that runs: it is asked. */
function program(named: string | undefined, names: readonly string[], probe?: string): string | undefined {
  const found = named ? [named] : searchPath().flatMap((folder) => names.map((name) => join(folder, name)));
  return found.filter((path) => named !== undefined || existsSync(path)).find((path) => runs(path, probe));
}

const runs = (path: string, probe: string | undefined): boolean =>
  probe === undefined ? existsSync(path) : spawnSync(path, [probe], { stdio: 'ignore' }).status === 0;

/** The folder of a PostgreSQL's programs, the newest where a distribution keeps several; or the server that is named. */
function postgresql(): string | undefined {
  const named = process.env.ZHENGLING_TEST_POSTGRES;
  if (named) return named === 'none' ? undefined : named;
  const packaged = '/usr/lib/postgresql';
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [...versions.map((version) => join(packaged, version, 'bin')), ...searchPath()];
  return places.find((place) => ['initdb', 'postgres'].every((name) => existsSync(join(place, name))));
}

const lanes: Record<Lane, Need> = {
  postgresql: {
    find: postgresql,
    remedy: 'install PostgreSQL, or name a server whose databases may be made and dropped by ZHENGLING_TEST_POSTGRES',
  },
  schemathesis: {
    find: () => program(process.env.ZHENGLING_SCHEMATHESIS, ['schemathesis'], '--version'),
    remedy: 'pip install schemathesis==4.32.5, or name it by ZHENGLING_SCHEMATHESIS',
  },
  's3 storage': {
    find: () => program(process.env.ZHENGLING_S3, ['moto_server'], '--help'),
    remedy: 'pip install "moto[server]", or name its server by ZHENGLING_S3',
  },
  python: {
    find: () => program(process.env.ZHENGLING_PYTHON, ['python3'], '--version'),
    remedy: 'install Python 3.8 or newer, or name it by ZHENGLING_PYTHON',
  },
  browser: {
    find: () => program(process.env.CHROMIUM, ['chromium', 'chromium-browser', 'google-chrome']),
    remedy: 'install Chromium, or name it by CHROMIUM',
  },
};

const found = new Map<Lane, string | undefined>();

/** Where a lane's program, its programs or its server is; undefined when the lane is not run. */
export function laneAt(name: Lane): string | undefined {
  if (!found.has(name)) found.set(name, lanes[name].find());
  return found.get(name);
}

/** Why a lane is not run and what would change that; undefined where it is. */
export const notRun = (name: Lane): string | undefined =>
  laneAt(name) === undefined ? `lane not run: ${name}; ${lanes[name].remedy}` : undefined;

/** A line for every lane that cannot run here. */
export const lanesNotRun = (): string[] =>
  (Object.keys(lanes) as Lane[]).flatMap((name) => {
    const line = notRun(name);
    return line === undefined ? [] : [line];
  });
