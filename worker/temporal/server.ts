import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { connect as connectSocket } from 'node:net';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import type { Progress } from './cache';
import { type Child, type Launch, launch } from './child';
import {
  type DynamicConfig,
  dynamicConfig,
  dynamicConfigFile,
  files,
  type InternalPorts,
  internalPortCount,
  serverArguments,
  serverConfigFile,
  startDevArguments,
  uiArguments,
  uiConfigFile,
} from './config';
import { reason, TemporalError } from './errors';
import { findStartable, runningServer, type SourceKind, type StartableSource } from './find';
import { type Lock, tryLock } from './lock';
import { connect } from './namespace';
import { freePorts, isFreePort, portSettings, requireFreePort, type TemporalPorts, temporalPorts } from './ports';
import { delay, describeProcess, isRunning, type ProcessRef, stopProcess } from './process';
import { series } from './versions';

export interface StartTemporalOptions {
  /** Everything the server keeps: database, logs, configuration. One running server per directory. */
  dataDir: string;
  /** Default: what the environment says, see {@link temporalPorts}. 0 takes any free port. */
  ports?: TemporalPorts;
  progress?: Progress;
  /** Added to, and winning over, the dynamic configuration we set ourselves. */
  dynamicConfig?: DynamicConfig;
  /** Allow workflows to skip time (single-workflow tests). Default false. */
  timeSkipping?: boolean;
  /** Failed workflow tasks in a row after which a case is marked in `TemporalReportedProblems`. Default 2. */
  reportedProblemsAfter?: number;
  /** For tests: begin with an empty database, do not sync it, remove it on stop, and stop by killing. Default false. */
  ephemeral?: boolean;
  /** Namespace the UI opens with. Default `default`. */
  uiNamespace?: string;
  /** Told, in a sentence, if server or UI ends without `stop` having been called. */
  onUnexpectedEnd?(sentence: string): void;
  /** Default `process.env`: ZHENGLING_TEMPORAL, ZHENGLING_CACHE, TEMPORAL_ADDRESS, PATH and the port settings are read. */
  env?: NodeJS.ProcessEnv;
}

export interface RunningTemporal {
  /** host:port for gRPC. */
  address: string;
  /** Nothing if the server is not ours: TEMPORAL_ADDRESS does not tell where its UI is. */
  uiUrl: string | undefined;
  source: SourceKind;
  /** Stops what was started here, and nothing else. Calling it again is harmless. */
  stop(): Promise<void>;
}

/** What outlives a run: which server made the database, and the ports its services use among themselves. */
interface Settled {
  serverVersion: string;
  /** Absent if the CLI's server made it, which needs none. */
  internalPorts?: InternalPorts;
}

const readyLimit = 60_000;
const stopLimit = 20_000;
const attempts = 3;

/**
 * Starts Temporal and its UI on 127.0.0.1, or connects to the one TEMPORAL_ADDRESS names. Resolves when both answer.
 *
 * If an earlier run died without stopping its servers, they are stopped first: their pids are on record together with
 * their start times, so no other process can be hit. They are not adopted, because their ports and configuration may no
 * longer be the ones asked for. If the earlier run still lives, this is refused.
 *
 * Throws {@link TemporalError}: port taken, no server to be had, data directory in use or made by another server
 * series, server ended early or did not become ready. Nothing is left running then.
 */
export async function startTemporal(options: StartTemporalOptions): Promise<RunningTemporal> {
  const env = options.env ?? process.env;
  const address = runningServer(env);
  if (address !== undefined) return useRunning(address);
  const dataDir = path.resolve(options.dataDir);
  const lock = takeDirectory(dataDir);
  const children: Child[] = [];
  const session: Session = { options, env, dataDir, children };
  try {
    await stopLeftovers(session);
    const ports = await choosePorts(options.ports ?? temporalPorts(env));
    const source = await findStartable(env, options.progress ?? (() => {}));
    await startFrom(source, ports, session);
    return running(source.kind, ports, session, lock);
  } catch (error) {
    await stopAll(session).finally(() => lock.release());
    throw error;
  }
}

/** One attempt to run a server in one data directory. */
interface Session {
  options: StartTemporalOptions;
  env: NodeJS.ProcessEnv;
  dataDir: string;
  children: Child[];
}

async function useRunning(address: string): Promise<RunningTemporal> {
  await (await connect(address)).close();
  return { address, uiUrl: undefined, source: 'address', stop: async () => {} };
}

function running(source: SourceKind, ports: TemporalPorts, session: Session, lock: Lock): RunningTemporal {
  let stopped: Promise<void> | undefined;
  for (const child of session.children) {
    void child.ended.then(() => {
      if (stopped === undefined) session.options.onUnexpectedEnd?.(child.obituary());
    });
  }
  return {
    address: `127.0.0.1:${ports.temporal}`,
    uiUrl: `http://127.0.0.1:${ports.ui}`,
    source,
    stop() {
      stopped ??= stopAll(session).finally(() => lock.release());
      return stopped;
    },
  };
}

/** The whole directory belongs to one running process of ours. */
function takeDirectory(dataDir: string): Lock {
  try {
    mkdirSync(dataDir, { recursive: true });
    const lock = tryLock(path.join(dataDir, 'in-use.lock'));
    if ('release' in lock) return lock;
    throw new TemporalError(
      `The Temporal data directory ${dataDir} is in use by ${describeProcess(lock.holder.pid)}: stop that process, or use another data directory.`,
    );
  } catch (error) {
    if (error instanceof TemporalError) throw error;
    throw new TemporalError(
      `The Temporal data directory cannot be used (${reason(error)}): make it writable or use another.`,
    );
  }
}

async function choosePorts(wanted: TemporalPorts): Promise<TemporalPorts> {
  await requireFreePort({
    port: wanted.temporal,
    use: 'Temporal',
    setting: portSettings.temporal,
    alternative: `set TEMPORAL_ADDRESS=127.0.0.1:${wanted.temporal} if it is a Temporal server you mean to use`,
  });
  await requireFreePort({ port: wanted.ui, use: 'Temporal UI', setting: portSettings.ui });
  const [temporal = 0, ui = 0] = await freePorts(2);
  return { temporal: wanted.temporal || temporal, ui: wanted.ui || ui };
}

async function startFrom(source: StartableSource, ports: TemporalPorts, session: Session): Promise<void> {
  const { dataDir, options } = session;
  const settled = prepareDatabase(source, session);
  const values = dynamicConfig({
    timeSkipping: options.timeSkipping ?? false,
    reportedProblemsAfter: options.reportedProblemsAfter ?? 2,
    ephemeral: options.ephemeral ?? false,
    overrides: options.dynamicConfig ?? {},
  });
  options.progress?.(`starting Temporal server ${source.serverVersion} on 127.0.0.1:${ports.temporal}`);
  const internalPorts =
    source.kind === 'build'
      ? await startBuilt(source, ports, settled?.internalPorts, values, session)
      : await startCli(source.cli, ports, values, session);
  writeJson(dataDir, 'settled.json', {
    serverVersion: source.serverVersion,
    ...(internalPorts ? { internalPorts } : {}),
  } satisfies Settled);
  options.progress?.(`Temporal is ready at 127.0.0.1:${ports.temporal}, its UI at http://127.0.0.1:${ports.ui}`);
}

async function startCli(
  cli: string,
  ports: TemporalPorts,
  values: DynamicConfig,
  session: Session,
): Promise<undefined> {
  const args = startDevArguments(ports, session.options.ephemeral ?? false, values);
  const child = await begin(session, { name: 'Temporal server', executable: cli, args, log: 'temporal-server.log' });
  await serverReady(child, ports.temporal);
  await uiReady(child, ports.ui);
}

/** Starts server and UI; gives the ports the server's services use, to be used again next time. */
async function startBuilt(
  source: { server: string; ui: string },
  ports: TemporalPorts,
  previous: InternalPorts | undefined,
  values: DynamicConfig,
  session: Session,
): Promise<InternalPorts> {
  const { dataDir, options } = session;
  writeFileSync(path.join(dataDir, files.dynamicConfig), dynamicConfigFile(values));
  mkdirSync(path.join(dataDir, files.uiConfigDirectory), { recursive: true });
  writeFileSync(
    path.join(dataDir, files.uiConfigDirectory, `${files.uiEnvironment}.yaml`),
    uiConfigFile(ports, options.uiNamespace ?? 'default'),
  );
  const internal = await startServer(source.server, ports, previous, session);
  const ui = await begin(session, {
    name: 'Temporal UI',
    executable: source.ui,
    args: uiArguments(),
    log: 'temporal-ui-server.log',
  });
  await uiReady(ui, ports.ui);
  return internal;
}

/**
 * The services find each other through addresses in the database, which count for 20 s after they were last confirmed.
 * With the ports of the last run they find themselves. With others they look for their former selves meanwhile: stopping
 * takes 16 s instead of 2, and whoever listens there now may keep them waiting or, if it is another Temporal server, be
 * joined. So the ports are kept; if one is taken, new ones are used once the old have been forgotten.
 */
async function startServer(
  executable: string,
  ports: TemporalPorts,
  previous: InternalPorts | undefined,
  session: Session,
): Promise<InternalPorts> {
  const reusable = previous !== undefined && (await usable(previous, ports));
  if (previous !== undefined && !reusable) await untilForgotten(session);
  for (let attempt = 1; ; attempt += 1) {
    const internal = reusable && attempt === 1 ? previous : await pick(ports);
    const config = serverConfigFile(ports.temporal, internal, session.options.ephemeral ?? false);
    writeFileSync(path.join(session.dataDir, files.serverConfig), config);
    const name = 'Temporal server';
    const child = await begin(session, { name, executable, args: serverArguments(), log: 'temporal-server.log' });
    try {
      await serverReady(child, ports.temporal);
      return internal;
    } catch (error) {
      // Somebody took one of the internal ports between the choice and the start.
      if (!(child.hasEnded() && /address already in use/.test(reason(error))) || attempt === attempts) throw error;
      session.children.splice(session.children.indexOf(child), 1);
      await requireFreePort({ port: ports.temporal, use: 'Temporal', setting: portSettings.temporal });
    }
  }
}

async function untilForgotten({ dataDir, options }: Session): Promise<void> {
  const memory = 21_000;
  const written = ['', '-wal'].map((suffix) => lastWrite(path.join(dataDir, files.database + suffix)));
  const wait = Math.max(...written) + memory - Date.now();
  if (wait <= 0) return;
  options.progress?.(
    `another process took an internal port of the last run: waiting ${Math.ceil(wait / 1000)} s until it is forgotten`,
  );
  await delay(Math.min(wait, memory));
}

function lastWrite(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function usable(internal: InternalPorts, ports: TemporalPorts): Promise<boolean> {
  if (internal.length !== internalPortCount) return false;
  if (internal.some((port) => port === ports.temporal || port === ports.ui)) return false;
  return (await Promise.all(internal.map(isFreePort))).every(Boolean);
}

async function pick(ports: TemporalPorts): Promise<InternalPorts> {
  const candidates = await freePorts(internalPortCount + 2);
  return candidates.filter((port) => port !== ports.temporal && port !== ports.ui).slice(0, internalPortCount);
}

/**
 * Starts one program and puts it on record at once, so that the next start finds it whatever becomes of us. The programs
 * read settings from TEMPORAL_ variables that would fight with their arguments; they see none.
 */
async function begin(
  session: Session,
  { log, ...program }: Pick<Launch, 'name' | 'executable' | 'args'> & { log: string },
): Promise<Child> {
  const { dataDir, options, children } = session;
  const env = Object.fromEntries(Object.entries(session.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
  const child = await launch({
    ...program,
    directory: dataDir,
    env,
    logFile: path.join(dataDir, log),
    atExit: options.ephemeral ? 'SIGKILL' : 'SIGTERM',
  });
  children.push(child);
  writeJson(dataDir, 'running.json', children.map(({ ref }) => ref) satisfies ProcessRef[]);
  return child;
}

/**
 * Decides about the database before anything opens it. Temporal has no migration between server series on SQLite, so
 * one made by another series is refused. One that never became ready may lack tables: it holds no case and is set aside.
 */
function prepareDatabase(source: StartableSource, session: Session): Settled | undefined {
  const { dataDir, options } = session;
  if (options.ephemeral) {
    removeDatabase(dataDir);
    return undefined;
  }
  const database = path.join(dataDir, files.database);
  const settled = readJson<Settled>(dataDir, 'settled.json');
  if (!existsSync(database)) return undefined;
  if (settled === undefined) {
    const aside = `${database}.incomplete-${Date.now()}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(database + suffix)) renameSync(database + suffix, aside + suffix);
    }
    options.progress?.(`the database was never completed by an earlier start: set aside as ${aside}`);
    return undefined;
  }
  if (series(settled.serverVersion) === series(source.serverVersion)) return settled;
  throw new TemporalError(
    `The Temporal database in ${dataDir} was made by server ${settled.serverVersion} and cannot be opened by ${source.serverVersion}: provide a server ${series(settled.serverVersion)} (see ZHENGLING_TEMPORAL), or use another data directory.`,
  );
}

function removeDatabase(dataDir: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path.join(dataDir, files.database + suffix), { force: true });
  rmSync(path.join(dataDir, 'settled.json'), { force: true });
}

/** Called with the directory locked: whatever is on record was started by a process that is gone. */
async function stopLeftovers(session: Session): Promise<void> {
  const { dataDir, options } = session;
  const leftovers = (readJson<ProcessRef[]>(dataDir, 'running.json') ?? []).filter(isRunning);
  for (const ref of leftovers) {
    options.progress?.(`stopping ${describeProcess(ref.pid)}, left behind by an earlier run`);
    if (!(await stopProcess(ref, options.ephemeral ? 0 : stopLimit))) {
      throw new TemporalError(
        `${describeProcess(ref.pid)}, left behind by an earlier run, could not be stopped: end it by hand.`,
      );
    }
  }
  rmSync(path.join(dataDir, 'running.json'), { force: true });
}

/** The UI first, which would only complain while the server goes. */
async function stopAll({ children, dataDir, options }: Session): Promise<void> {
  for (const child of [...children].reverse()) await child.stop(options.ephemeral ? 0 : stopLimit);
  rmSync(path.join(dataDir, 'running.json'), { force: true });
  if (options.ephemeral) removeDatabase(dataDir);
}

async function serverReady(child: Child, port: number): Promise<void> {
  await until(child, `answer on 127.0.0.1:${port}`, async () => {
    if (!(await accepts(port))) return false;
    try {
      const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: 5_000 });
      await connection.close();
      return true;
    } catch {
      return false;
    }
  });
}

async function uiReady(child: Child, port: number): Promise<void> {
  await until(child, `answer at http://127.0.0.1:${port}`, async () => {
    // The page is there at once; what it shows comes through the UI's own connection to the server.
    return (await httpStatus(port, '/')) === 200 && (await httpStatus(port, '/api/v1/namespaces')) !== 503;
  });
}

/** Asks until it is so; throws {@link TemporalError} if the program ends first or the time is up. */
async function until(child: Child, what: string, ready: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + readyLimit;
  while (!(await ready())) {
    if (child.hasEnded()) throw new TemporalError(child.obituary());
    if (Date.now() >= deadline) {
      throw new TemporalError(
        `The ${child.name} did not ${what} within ${readyLimit / 1000} s: look at its log in the data directory.`,
      );
    }
    await delay(25);
  }
  // Something else may answer there while ours has failed to take the port.
  if (child.hasEnded()) throw new TemporalError(child.obituary());
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host: '127.0.0.1', port, timeout: 1_000 });
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function httpStatus(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, timeout: 5_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
  });
}

function readJson<T>(dataDir: string, file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path.join(dataDir, file), 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Written apart and renamed, so that a crash never leaves half a record. */
function writeJson(dataDir: string, file: string, value: unknown): void {
  const target = path.join(dataDir, file);
  writeFileSync(`${target}.new`, JSON.stringify(value));
  renameSync(`${target}.new`, target);
}
