import { stringify } from 'yaml';
import type { TemporalPorts } from './ports';

/** A value of Temporal's dynamic configuration; durations are strings such as `250ms`. */
export type DynamicConfigValue =
  | string
  | number
  | boolean
  | DynamicConfigValue[]
  | { [key: string]: DynamicConfigValue };

/** Values for the whole server, by key, e.g. `history.timerProcessorMaxTimeShift: '1ms'`. */
export type DynamicConfig = Record<string, DynamicConfigValue>;

/** Ports between the server's own services; nobody else uses them. Order: see {@link internalPortCount}. */
export type InternalPorts = number[];

/** Frontend membership; then gRPC and membership of history, matching and worker. */
export const internalPortCount = 7;

/** File names below the data directory, which is the working directory of both programs. */
export const files = {
  database: 'temporal.db',
  serverConfig: 'temporal-server.yaml',
  dynamicConfig: 'dynamic-config.yaml',
  uiConfigDirectory: 'ui',
  uiEnvironment: 'zhengling',
} as const;

const localhost = '127.0.0.1';

/**
 * Dynamic configuration of a server for one machine. A case whose workflow task failed this many times in a row is
 * marked as stuck; the rates are high enough that a local load test measures the machine and not a limit.
 */
export function dynamicConfig(settings: {
  timeSkipping: boolean;
  reportedProblemsAfter: number;
  ephemeral: boolean;
  overrides: DynamicConfig;
}): DynamicConfig {
  return {
    'frontend.enableServerVersionCheck': false,
    'frontend.rps': 50_000,
    'frontend.namespaceRPS': 50_000,
    'frontend.namespaceRPS.visibility': 1_000,
    'frontend.rps.namespaceReplicationInducingAPIs': 200,
    'frontend.globalNamespaceRPS.namespaceReplicationInducingAPIs': 200,
    'frontend.namespaceCount': 20_000,
    'frontend.persistenceMaxQPS': 50_000,
    'history.rps': 50_000,
    'history.persistenceMaxQPS': 50_000,
    'matching.rps': 50_000,
    'matching.persistenceMaxQPS': 50_000,
    'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': settings.reportedProblemsAfter,
    ...(settings.timeSkipping ? { 'frontend.WorkflowTimeSkippingEnabled': true } : {}),
    // How soon a new namespace or search attribute is known to all services; a test run waits for nothing else.
    ...(settings.ephemeral ? { 'system.namespaceCacheRefreshInterval': '250ms' } : {}),
    ...settings.overrides,
  };
}

/** Contents of the dynamic configuration file. */
export function dynamicConfigFile(values: DynamicConfig): string {
  return stringify(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [{ value }]])));
}

/** The same values as arguments of `temporal server start-dev`. */
export function dynamicConfigArguments(values: DynamicConfig): string[] {
  return Object.entries(values).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
}

/** SQLite pragmas. What is kept is synced on every commit; what is thrown away at the end need not be. */
export function pragmas(ephemeral: boolean): Record<string, string> {
  return { journal_mode: 'wal', synchronous: ephemeral ? '0' : '2', busy_timeout: '10000' };
}

/** Contents of the server's configuration file. Everything listens on 127.0.0.1; no authorization, no archival. */
export function serverConfigFile(port: number, internal: InternalPorts, ephemeral: boolean): string {
  const address = `${localhost}:${port}`;
  const [frontendGossip, history, historyGossip, matching, matchingGossip, worker, workerGossip] = internal;
  const store = {
    sql: {
      pluginName: 'sqlite',
      databaseName: files.database,
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: { cache: 'private', setup: 'true', ...pragmas(ephemeral) },
      maxConns: 1,
      maxIdleConns: 1,
    },
  };
  const off = { history: { state: 'disabled' }, visibility: { state: 'disabled' } };
  return stringify(
    {
      log: { stdout: true, level: 'warn', format: 'json' },
      persistence: {
        defaultStore: 'default',
        visibilityStore: 'visibility',
        // Fixed for the life of a database; also what the CLI's server uses, so that both can open it.
        numHistoryShards: 1,
        datastores: { default: store, visibility: store },
      },
      global: { membership: { maxJoinDuration: '30s', broadcastAddress: localhost } },
      services: {
        frontend: service(port, frontendGossip),
        history: service(history, historyGossip),
        matching: service(matching, matchingGossip),
        worker: service(worker, workerGossip),
      },
      clusterMetadata: {
        enableGlobalNamespace: false,
        failoverVersionIncrement: 10,
        masterClusterName: 'active',
        currentClusterName: 'active',
        clusterInformation: {
          active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: address },
        },
      },
      publicClient: { hostPort: address },
      dcRedirectionPolicy: { policy: 'noop' },
      archival: off,
      namespaceDefaults: { archival: off },
      dynamicConfigClient: { filepath: files.dynamicConfig, pollInterval: '10s' },
    },
    { aliasDuplicateObjects: false },
  );
}

function service(grpcPort: number | undefined, membershipPort: number | undefined) {
  return { rpc: { grpcPort, membershipPort, bindOnIP: localhost } };
}

/** Contents of the UI server's configuration file: loopback only, calls nobody outside. */
export function uiConfigFile(ports: TemporalPorts, defaultNamespace: string): string {
  return stringify({
    temporalGrpcAddress: `${localhost}:${ports.temporal}`,
    host: localhost,
    port: ports.ui,
    enableUi: true,
    defaultNamespace,
    disableNewsFetch: true,
    notifyOnNewVersion: false,
    hideLogs: true,
    // Plain HTTP on the loopback: without this some browsers drop the cookie that the UI's own write actions need.
    cors: { cookieInsecure: true, allowOrigins: [`http://${localhost}:${ports.ui}`, `http://localhost:${ports.ui}`] },
  });
}

/** Arguments of the built server, run in the data directory. */
export function serverArguments(): string[] {
  return ['--config-file', files.serverConfig, '--allow-no-auth', 'start'];
}

/** Arguments of the built UI server, run in the data directory. */
export function uiArguments(): string[] {
  return ['--root', '.', '--config', files.uiConfigDirectory, '--env', files.uiEnvironment, 'start'];
}

/** Arguments of the `temporal` command that start server and UI in one process, run in the data directory. */
export function startDevArguments(ports: TemporalPorts, ephemeral: boolean, values: DynamicConfig): string[] {
  return [
    ...['server', 'start-dev', '--db-filename', files.database],
    ...['--ip', localhost, '--port', String(ports.temporal)],
    ...['--ui-ip', localhost, '--ui-port', String(ports.ui)],
    ...['--log-format', 'json', '--log-level', 'warn'],
    ...Object.entries(pragmas(ephemeral)).flatMap(([name, value]) => ['--sqlite-pragma', `${name}=${value}`]),
    ...dynamicConfigArguments(values),
  ];
}
