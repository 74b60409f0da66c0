/** A Temporal server for one measurement: fresh, durable, with its counters open. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { searchAttributes } from '../worker/search-attributes';
import { ensureNamespace } from '../worker/temporal';
import { type Child, launch } from '../worker/temporal/child';
import {
  dynamicConfig,
  dynamicConfigFile,
  files,
  internalPortCount,
  serverArguments,
  serverConfigFile,
  startDevArguments,
} from '../worker/temporal/config';
import { findStartable, type StartableSource } from '../worker/temporal/find';
import { freePorts } from '../worker/temporal/ports';

export const NAMESPACE = 'bench';

const READY_MS = 60_000;
const STOP_MS = 10_000;

export interface BenchServer {
  address: string;
  pid: number;
  /** Sum of a counter over all its series that carry these labels. */
  counter(name: string, labels: Record<string, string>): Promise<number>;
  stop(): Promise<void>;
}

/** What the server is, for the report: its version and how it was obtained. */
export async function findServer(progress: (line: string) => void): Promise<StartableSource> {
  return findStartable(process.env, progress);
}

/**
 * Starts a server on an empty database that is synced on every commit, as an installation has it. It is the server of
 * `worker/temporal`, started here because its counters are wanted and its UI is not.
 */
export async function startServer(source: StartableSource, directory: string): Promise<BenchServer> {
  mkdirSync(directory, { recursive: true });
  const [port = 0, ui = 0, metrics = 0, ...internal] = await freePorts(3 + internalPortCount);
  const values = dynamicConfig({ timeSkipping: false, reportedProblemsAfter: 2, ephemeral: false, overrides: {} });
  const program =
    source.kind === 'build'
      ? { executable: source.server, args: builtServer(directory, port, metrics, internal, values) }
      : {
          executable: source.cli,
          args: [...startDevArguments({ temporal: port, ui }, false, values), '--metrics-port', String(metrics)],
        };
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
  const logFile = join(directory, 'temporal-server.log');
  const child = await launch({
    name: 'Temporal server',
    ...program,
    directory,
    env,
    logFile,
    atExit: 'SIGKILL',
  });
  const address = `127.0.0.1:${port}`;
  try {
    await untilOpen(child, port);
    await ensureNamespace({ address, namespace: NAMESPACE, retentionDays: 1, searchAttributes });
  } catch (error) {
    await child.stop(0);
    throw error;
  }
  return {
    address,
    pid: child.ref.pid,
    counter: async (name, labels) => sum(await scrape(metrics), name, labels),
    stop: () => child.stop(STOP_MS),
  };
}

function builtServer(
  directory: string,
  port: number,
  metrics: number,
  internal: number[],
  values: ReturnType<typeof dynamicConfig>,
): string[] {
  const config = parse(serverConfigFile(port, internal, false)) as { global: object };
  config.global = { ...config.global, metrics: { prometheus: { listenAddress: `127.0.0.1:${metrics}` } } };
  writeFileSync(join(directory, files.serverConfig), stringify(config));
  writeFileSync(join(directory, files.dynamicConfig), dynamicConfigFile(values));
  return serverArguments();
}

async function untilOpen(child: Child, port: number): Promise<void> {
  for (const until = Date.now() + READY_MS; !(await accepts(port)); await sleep(50)) {
    if (child.hasEnded()) throw new Error(child.obituary());
    if (Date.now() > until) throw new Error(`the Temporal server did not open its port within ${READY_MS / 1000} s`);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

async function scrape(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  if (!response.ok) throw new Error(`the server's counters answer ${response.status}`);
  return response.text();
}

/** Sums a Prometheus counter over the series whose labels include the given ones. */
export function sum(exposition: string, name: string, labels: Record<string, string>): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return exposition
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((pair) => line.includes(pair)))
    .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
