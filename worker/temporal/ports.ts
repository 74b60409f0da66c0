import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { TemporalError } from './errors';
import { describeProcess } from './process';

export interface TemporalPorts {
  /** gRPC port of the Temporal server. 0: any free one. */
  temporal: number;
  /** HTTP port of the Temporal UI. 0: any free one. */
  ui: number;
}

/** A port somebody set, with the words that name it in a sentence. */
export interface PortUse {
  port: number;
  /** What it is for, e.g. `Temporal UI`. */
  use: string;
  /** The setting that moves it, e.g. `ZHENGLING_TEMPORAL_UI_PORT`. */
  setting: string;
  /** Another way out, continuing the sentence after "or". */
  alternative?: string;
}

export const portSettings = { temporal: 'ZHENGLING_TEMPORAL_PORT', ui: 'ZHENGLING_TEMPORAL_UI_PORT' } as const;

const loopback = '127.0.0.1';

/**
 * The ports the environment asks for: `ZHENGLING_TEMPORAL_PORT` (default 7233), `ZHENGLING_TEMPORAL_UI_PORT` (8233).
 * Throws {@link TemporalError} for what is not a port number.
 */
export function temporalPorts(env: NodeJS.ProcessEnv = process.env): TemporalPorts {
  return {
    temporal: portFrom(env, portSettings.temporal, 7233),
    ui: portFrom(env, portSettings.ui, 8233),
  };
}

function portFrom(env: NodeJS.ProcessEnv, setting: string, standard: number): number {
  const value = env[setting];
  if (value === undefined || value === '') return standard;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new TemporalError(`${setting} is "${value}": it must be a port number from 0 (any free port) to 65535.`);
}

/** Throws {@link TemporalError} with one sentence if nothing can listen on this port of 127.0.0.1. */
export async function requireFreePort({ port, use, setting, alternative }: PortUse): Promise<void> {
  const failure = await listenFailure(port);
  if (failure === undefined) return;
  const wayOut = `set ${setting} to a free port${alternative ? `, or ${alternative}` : ''}`;
  if (failure === 'EADDRINUSE') {
    const holder = portHolder(port);
    const by = holder === undefined ? 'by another process' : `by ${describeProcess(holder)}`;
    throw new TemporalError(`Port ${port} (${use}) is in use ${by}: stop that process, ${wayOut}.`);
  }
  throw new TemporalError(`Port ${port} (${use}) cannot be opened on ${loopback} (${failure}): ${wayOut}.`);
}

/** Whether something could listen on this port of 127.0.0.1 now. */
export async function isFreePort(port: number): Promise<boolean> {
  return (await listenFailure(port)) === undefined;
}

/** Free ports on 127.0.0.1, all different. Another process may still take one before it is used. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map(close));
  return ports;
}

/** Pid of the process that listens on a port; nothing where the system does not tell. */
export function portHolder(port: number): number | undefined {
  const sockets = new Set([...listeners('/proc/net/tcp', port), ...listeners('/proc/net/tcp6', port)]);
  if (sockets.size === 0) return undefined;
  return entries('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .find((pid) => entries(`/proc/${pid}/fd`).some((fd) => sockets.has(linkTarget(`/proc/${pid}/fd/${fd}`))));
}

/** Sockets that listen on a port, in the form a process's file descriptors name them. */
function listeners(table: string, port: number): string[] {
  const listening = '0A';
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return contents(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening && fields[1]?.endsWith(suffix))
    .map((fields) => `socket:[${fields[9]}]`);
}

function contents(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

async function listenFailure(port: number): Promise<string | undefined> {
  try {
    await close(await listen(port));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: loopback, port, exclusive: true }, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
