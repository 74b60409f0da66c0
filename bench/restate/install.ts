/** Restate from npm, at exact versions, in a folder of the cache: no dependency of the project. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Artefact, obtain, type Progress } from '../../worker/temporal/cache';
import { reason } from '../../worker/temporal/errors';
import { run } from '../../worker/temporal/run';

const SERVER = '1.7.12';
const SDK = '1.17.2';
const XSTATE_ON_RESTATE = '0.5.2';

const dependencies = {
  '@restatedev/restate-server': SERVER,
  '@restatedev/restate-sdk': SDK,
  '@restatedev/restate-sdk-clients': SDK,
  '@restatedev/xstate': XSTATE_ON_RESTATE,
  // Asked for by the one before; never loaded, as the machine and its interpreter must be of one copy (ours).
  xstate: (require('xstate/package.json') as { version: string }).version,
};

const BINARY = `node_modules/@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`;
const INSTALL_MS = 300_000;

export interface Restate {
  /** Where the packages are. */
  packages: string;
  /** The server's executable. */
  server: string;
  /** Of server, SDK and XState integration, for the report. */
  versions: string;
}

/** @throws Error with a sentence that says why it cannot be had here */
export async function installed(env: NodeJS.ProcessEnv, progress: Progress): Promise<Restate> {
  const artefact: Artefact = {
    name: 'restate',
    folder: 'restate',
    version: `${SERVER}-${SDK}-${XSTATE_ON_RESTATE}`,
    file: BINARY,
    title: `Restate server ${SERVER}`,
    reports: SERVER,
    otherwise: 'do without --restate',
  };
  const server = await obtain(artefact, env, progress, (directory) => install(directory, env, progress));
  const packages = server.slice(0, -BINARY.length - 1);
  return { packages, server, versions: `server ${SERVER}, SDK ${SDK}, @restatedev/xstate ${XSTATE_ON_RESTATE}` };
}

async function install(directory: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<void> {
  progress('installing Restate from npm');
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const args = [
    'install',
    '--prefix',
    directory,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
  ];
  const options = { cwd: directory, env: ownSettings(env), limit: INSTALL_MS };
  const { code, output, timedOut } = await run('npm', args, options).catch((error: unknown) => {
    throw new Error(`npm cannot be started (${reason(error)})`);
  });
  if (timedOut) throw new Error(`npm did not install it within ${INSTALL_MS / 60_000} minutes`);
  if (code !== 0) throw new Error(`npm could not install it: ${sentenceOf(output)}`);
}

/** `npm run` hands its own settings down; of these, only where packages come from is meant for another npm. */
function ownSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !/^npm_/i.test(name) || /registry|proxy|cafile/i.test(name));
  return Object.fromEntries(own);
}

/** What npm says is wrong, without the fields it says before. */
const sentenceOf = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) /, '').trim())
    .find((line) => line.split(' ').length > 2) ?? 'it did not say why';
