import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KeyUnusable, openSigner } from '../client/authority';
import { RUN_FILE, type Running } from '../client/cli/desk';
import type { Gateway } from '../client/gateway';
import { openSite, type Site, type SiteKind, variableOf } from '../client/site';
import { siteAlarm } from './delivery';
import { CannotStart } from './errors';
import { gatewayOf, gatewayPort, gatewaySentence } from './gateway';
import { type House, openHouse, temporalDir } from './house';
import { installRuntime, type Log } from './logging';
import { type Openings, startOpenings } from './openings';
import { listSchedules } from './schedules';
import { type RunningTemporal, requireFreePort, startTemporal, TemporalError } from './temporal';

export interface UpOptions {
  data: string;
  kind: SiteKind;
  log: Log;
  say: (line: string) => void;
}

export interface Up {
  temporal: RunningTemporal;
  house: House;
  gateway: Gateway;
  /** In the order that loses nothing: nobody comes in any more, what is under way ends, then the server. */
  stop(): Promise<void>;
}

/** @throws CannotStart if the directory belongs to another kind of installation or its files are not in order */
export function siteOf(data: string, kind: SiteKind): Site {
  const opened = openSite(data, kind);
  if ('errors' in opened) throw new CannotStart(opened.errors.join('\n'));
  return opened.ok;
}

/** Acts are signed with it: that it cannot be used is said now, and not at the first act. */
function requireKey({ dataDir }: Site): void {
  try {
    openSigner(dataDir);
  } catch (error) {
    throw error instanceof KeyUnusable ? new CannotStart(error.message) : error;
  }
}

/** Brings an installation up: server, worker, delivery, gateway. What was open before is found again. */
export async function bringUp({ data, kind, log, say }: UpOptions): Promise<Up> {
  const site = siteOf(data, kind);
  requireKey(site);
  await gatewayPort(site);
  installRuntime(log, await metricsPort(site, say));
  const stopping: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stopping.splice(0).reverse()) await end();
  };
  const ended = (sentence: string) => {
    say(sentence);
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  };
  try {
    const temporal = await startTemporal({
      dataDir: temporalDir(site.dataDir),
      progress: say,
      uiNamespace: site.namespace,
      onUnexpectedEnd: ended,
      env: environmentOf(site),
      ...(kind === 'demo' ? { dynamicConfig: soonDeleted } : {}),
    });
    stopping.push(() => temporal.stop());
    const house = await openHouse({ site, address: temporal.address, log, entrance: 'up', onUnexpectedEnd: ended });
    stopping.push(() => house.stop());
    const openings = await openingsOf(house, temporal.address, log);
    stopping.push(async () => openings?.stop());
    const alarm = siteAlarm(site, log, house.delivery.sink);
    stopping.push(() => alarm.close());
    const gateway = await gatewayOf(house, { log, alarm: (sentence) => alarm.alarm(sentence) });
    stopping.push(() => gateway.close());
    const runFile = join(site.dataDir, RUN_FILE);
    writeFileSync(runFile, JSON.stringify(runningOf(temporal, gateway, house)));
    stopping.push(async () => rmSync(runFile, { force: true }));
    return { temporal, house, gateway, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A city has schedules of its own accord, a demonstration where somebody made them. */
async function openingsOf(
  { site, ledger, city, temporal }: House,
  address: string,
  log: Log,
): Promise<Openings | undefined> {
  const isAsked = site.kind === 'city' || (await listSchedules(temporal)).length > 0;
  return isAsked ? startOpenings({ site, ledger, city, address, log }) : undefined;
}

/**
 * The server deletes a closed case only once its queue has noted that the closing is through, which it does every 30 s. The
 * demonstration deletes the cases of its earlier drill at every start.
 */
const soonDeleted = { 'history.transferProcessorUpdateAckInterval': '1s' };

function runningOf({ address, uiUrl }: RunningTemporal, gateway: Gateway, { delivery: { sink } }: House): Running {
  return {
    address,
    ...(uiUrl ? { uiUrl } : {}),
    gateway: gateway.address,
    ...(sink ? { sink: sink.port } : {}),
    pid: process.pid,
  };
}

/** What the settings say of the server, as the room of the server reads it. */
function environmentOf({ config: { temporal = {} } }: Site): NodeJS.ProcessEnv {
  const { address, port, uiPort } = temporal;
  const told = { TEMPORAL_ADDRESS: process.env.TEMPORAL_ADDRESS || address };
  return {
    ...process.env,
    ...(told.TEMPORAL_ADDRESS ? told : {}),
    ...(port === undefined ? {} : { [variableOf(['temporal', 'port'])]: String(port) }),
    ...(uiPort === undefined ? {} : { [variableOf(['temporal', 'uiPort'])]: String(uiPort) }),
  };
}

const METRICS_PORT = 9464;

/** Metrics are worth having and not worth refusing to start for. */
async function metricsPort({ config }: Site, say: (line: string) => void): Promise<number | undefined> {
  const port = config.metrics?.port ?? METRICS_PORT;
  if (port === 0) return undefined;
  const setting = variableOf(['metrics', 'port']);
  try {
    await requireFreePort({ port, use: 'metrics', setting, alternative: 'set it to 0 to do without' });
    return port;
  } catch (error) {
    if (!(error instanceof TemporalError)) throw error;
    say(`${error.message} Going on without metrics.`);
    return undefined;
  }
}

/** One Ctrl-C may arrive twice: from the terminal, and passed on by whoever started us. Later, it is meant. */
const SAME_SIGNAL_MS = 2_000;

/** Resolves at Ctrl-C or SIGTERM. A second one, while what was begun is being ended, ends the process at once. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    let first: number | undefined;
    const onSignal = (signal: NodeJS.Signals) => {
      if (first !== undefined && Date.now() - first > SAME_SIGNAL_MS) process.exit(1);
      first ??= Date.now();
      done(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  });
}

export async function up(data: string, log: Log): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const { house, temporal, gateway, stop } = await bringUp({ data, kind: 'city', log, say });
  const { site } = house;
  say(
    `zhengling runs on ${resolve(data)}: Temporal ${temporal.address}${temporal.uiUrl ? `, UI ${temporal.uiUrl}` : ''}`,
  );
  say(gatewaySentence(site, gateway));
  const configured = Object.keys(site.config.channels ?? {}).filter((name) => name !== 'alarm');
  say(
    configured.length > 0
      ? `channels: ${configured.join(', ')}`
      : `channels: none configured; what is told waits in the inbox (${join(site.dataDir, 'zhengling.yaml')})`,
  );
  await untilStopped();
  say('stopping');
  await stop();
}
