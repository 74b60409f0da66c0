import { renameSync } from 'node:fs';
import path from 'node:path';
import { type Artefact, cached, obtain, type Progress } from './cache';
import { reason, TemporalError } from './errors';
import { executableName, findExecutable } from './path';
import { type Outcome, run } from './run';
import { goVersion, serverVersion, uiServerVersion } from './versions';

/** The two executables that a build makes. */
export interface BuiltTemporal {
  server: string;
  ui: string;
}

interface GoProgram extends Artefact {
  /** Module with version; its command is always `cmd/server`. */
  module: string;
  /** How long it takes, for the first line of progress. */
  expectation: string;
}

const server: GoProgram = {
  name: 'server',
  version: serverVersion,
  file: executableName('temporal-server'),
  title: `Temporal server ${serverVersion}`,
  reports: serverVersion,
  module: 'go.temporal.io/server',
  expectation: 'about 5 minutes on 2 cores, once',
};

const uiServer: GoProgram = {
  name: 'ui-server',
  version: uiServerVersion,
  file: executableName('temporal-ui-server'),
  title: `Temporal UI ${uiServerVersion}`,
  reports: uiServerVersion,
  module: 'github.com/temporalio/ui-server/v2',
  expectation: 'well under a minute, once',
};

const proxyLimit = 10_000;
const progressInterval = 5_000;
const alternatives = 'put the Temporal CLI (`temporal`) on PATH, or set TEMPORAL_ADDRESS to a running server';

/** Both executables if an earlier build left them in the cache. */
export function cachedBuild(env: NodeJS.ProcessEnv): BuiltTemporal | undefined {
  const paths = { server: cached(server, env), ui: cached(uiServer, env) };
  return paths.server !== undefined && paths.ui !== undefined ? { server: paths.server, ui: paths.ui } : undefined;
}

/**
 * Builds whichever of the two executables is not in the cache, from the Go module proxy. Needs Go and about 1.5 GB for
 * Go's own caches. Throws {@link TemporalError}: no Go, Go too old, proxy silent, build failed.
 */
export async function buildTemporal(env: NodeJS.ProcessEnv, progress: Progress): Promise<BuiltTemporal> {
  // The small one first: whatever is wrong with Go or its proxy shows within seconds.
  const ui = await obtain(uiServer, env, progress, (directory) => goInstall(uiServer, directory, env, progress));
  return {
    ui,
    server: await obtain(server, env, progress, (directory) => goInstall(server, directory, env, progress)),
  };
}

async function goInstall(program: GoProgram, directory: string, env: NodeJS.ProcessEnv, progress: Progress) {
  const go = requireGo(env);
  const goEnv = buildEnvironment(env, directory);
  await requireProxy(go, program, directory, goEnv);
  progress(`building the ${program.title} from source (${program.expectation})`);
  const reporter = startReporter(program, progress);
  let outcome: Outcome;
  try {
    const target = `${program.module}/cmd/server@v${program.version}`;
    outcome = await run(go, ['install', '-v', target], { env: goEnv, cwd: directory, onLine: reporter.line });
  } finally {
    reporter.stop();
  }
  if (outcome.code !== 0) throw new TemporalError(buildFailure(program, outcome));
  renameSync(path.join(directory, executableName('server')), path.join(directory, program.file));
  progress(`built the ${program.title} in ${reporter.elapsed()}`);
}

function requireGo(env: NodeJS.ProcessEnv): string {
  const go = findExecutable('go', env);
  if (go !== undefined) return go;
  throw new TemporalError(
    `Go ${goVersion} or later is needed to build Temporal server ${serverVersion} and its UI, and there is no \`go\` on PATH: install Go, ${alternatives}.`,
  );
}

/** Go's environment with only what would spoil this build taken out: settings for other targets and other modules. */
function buildEnvironment(env: NodeJS.ProcessEnv, directory: string): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _arch, GOWORK: _work, ...rest } = env;
  return { ...rest, GOBIN: directory, GO111MODULE: 'on' };
}

/** Asks for the module's version alone, which is quick: a proxy that does not answer is found before the long build. */
async function requireProxy(go: string, program: GoProgram, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const module = `${program.module}@v${program.version}`;
  const outcome = await run(go, ['list', '-m', module], { env, cwd, limit: proxyLimit });
  if (outcome.code === 0) return;
  const why = outcome.timedOut ? `no answer within ${proxyLimit / 1000} s` : lastLine(outcome.output);
  throw new TemporalError(
    `The ${program.title} cannot be built because Go cannot reach its module (${why}): check the network or set GOPROXY, ${alternatives}.`,
  );
}

function buildFailure(program: GoProgram, outcome: Outcome): string {
  const tooOld = /requires go >= ([\d.]+) \(running go ([\d.]+)/.exec(outcome.output);
  if (tooOld) {
    return `The ${program.title} needs Go ${tooOld[1]} or later and this machine has Go ${tooOld[2]}: install a newer Go, let Go fetch one (GOTOOLCHAIN=auto), ${alternatives}.`;
  }
  return `Building the ${program.title} failed (${lastLine(outcome.output)}): put that right, ${alternatives}.`;
}

function lastLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !isProgress(line));
  return reason(lines.at(-1) ?? 'Go said nothing').slice(0, 300);
}

/** Lines of `go install -v` that say what it is doing: a download, or the import path of a package being compiled. */
function isProgress(line: string): boolean {
  return line.startsWith('go: downloading ') || /^[\w./~-]+$/.test(line);
}

function startReporter(program: GoProgram, progress: Progress) {
  const begun = Date.now();
  const counts = { modules: 0, packages: 0 };
  const elapsed = () => duration(Date.now() - begun);
  const timer = setInterval(() => {
    progress(
      `building the ${program.title}: ${elapsed()}, ${counts.modules} modules fetched, ${counts.packages} packages compiled`,
    );
  }, progressInterval);
  return {
    line(line: string) {
      if (line.startsWith('go: downloading ')) counts.modules += 1;
      else if (isProgress(line)) counts.packages += 1;
    },
    elapsed,
    stop: () => clearInterval(timer),
  };
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
