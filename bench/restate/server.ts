/** A Restate server for one measurement: fresh, with the durability it has by default, its web page left out. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, launch } from '../../worker/temporal/child';
import { freePorts } from '../../worker/temporal/ports';

const READY_MS = 60_000;
const STOP_MS = 10_000;

export interface RestateServer {
  /** Where cases are called: `http://host:port`. */
  ingress: string;
  pid: number;
  /** Makes the handlers known that listen on a port of this machine. */
  register(port: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startRestateServer(executable: string, directory: string): Promise<RestateServer> {
  mkdirSync(directory, { recursive: true });
  const [ingress = 0, admin = 0, node = 0] = await freePorts(3);
  const child = await launch({
    name: 'Restate server',
    executable,
    args: [],
    directory,
    env: { ...withoutSettings(process.env), ...settings(directory, { ingress, admin, node }) },
    logFile: join(directory, 'restate-server.log'),
    atExit: 'SIGKILL',
  });
  try {
    await untilHealthy(child, `http://127.0.0.1:${admin}/health`);
    await untilHealthy(child, `http://127.0.0.1:${ingress}/restate/health`);
  } catch (error) {
    await child.stop(0);
    throw error;
  }
  return {
    ingress: `http://127.0.0.1:${ingress}`,
    pid: child.ref.pid,
    register: (port) => register(`http://127.0.0.1:${admin}`, port),
    stop: () => child.stop(STOP_MS),
  };
}

const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('RESTATE_')));

function settings(directory: string, ports: { ingress: number; admin: number; node: number }): NodeJS.ProcessEnv {
  return {
    RESTATE_BASE_DIR: join(directory, 'data'),
    RESTATE_LISTEN_MODE: 'tcp',
    RESTATE_BIND_ADDRESS: `127.0.0.1:${ports.node}`,
    RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${ports.node}`,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ports.ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${ports.admin}`,
    RESTATE_ADMIN__DISABLE_WEB_UI: 'true',
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'warn',
  };
}

async function untilHealthy(child: Child, url: string): Promise<void> {
  for (const until = Date.now() + READY_MS; !(await answers(url)); await sleep(50)) {
    if (child.hasEnded()) throw new Error(child.obituary());
    if (Date.now() > until) throw new Error(`the Restate server was not ready within ${READY_MS / 1000} s`);
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

async function register(admin: string, port: number): Promise<void> {
  const response = await fetch(`${admin}/deployments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri: `http://127.0.0.1:${port}` }),
  });
  if (!response.ok) throw new Error(`Restate did not take the handlers: ${response.status} ${await response.text()}`);
}
