import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RUN_FILE, type Running } from '../client/cli/desk';
import { openSite, type Site, type SiteKind } from '../client/site';
import { CannotStart } from './errors';
import { type House, openHouse, temporalDir } from './house';
import { installRuntime, type Log } from './logging';
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
  stop(): Promise<void>;
}

/** @throws CannotStart if the directory belongs to another kind of installation or its files are not in order */
export function siteOf(data: string, kind: SiteKind): Site {
  const opened = openSite(data, kind);
  if ('errors' in opened) throw new CannotStart(opened.errors.join('\n'));
  return opened.ok;
}

/** Brings an installation up: server, worker, delivery. What was open before is found again. */
export async function bringUp({ data, kind, log, say }: UpOptions): Promise<Up> {
  const site = siteOf(data, kind);
  installRuntime(log, await metricsPort(say));
  const ended = (sentence: string) => {
    say(sentence);
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  };
  const temporal = await startTemporal({
    dataDir: temporalDir(site.dataDir),
    progress: say,
    uiNamespace: site.namespace,
    onUnexpectedEnd: ended,
  });
  try {
    const house = await openHouse({ site, address: temporal.address, log, entrance: 'up', onUnexpectedEnd: ended });
    const runFile = join(site.dataDir, RUN_FILE);
    const running: Running = {
      address: temporal.address,
      pid: process.pid,
      ...(temporal.uiUrl ? { uiUrl: temporal.uiUrl } : {}),
    };
    writeFileSync(runFile, JSON.stringify(running));
    return {
      temporal,
      house,
      async stop() {
        rmSync(runFile, { force: true });
        await house.stop();
        await temporal.stop();
      },
    };
  } catch (error) {
    await temporal.stop();
    throw error;
  }
}

const METRICS_PORT = 9464;

/** Metrics are worth having and not worth refusing to start for. */
async function metricsPort(say: (line: string) => void): Promise<number | undefined> {
  const setting = 'ZHENGLING_METRICS_PORT';
  const port = Number(process.env[setting] ?? METRICS_PORT);
  if (port === 0) return undefined;
  try {
    await requireFreePort({ port, use: 'metrics', setting, alternative: 'set it to 0 to do without' });
    return port;
  } catch (error) {
    if (!(error instanceof TemporalError)) throw error;
    say(`${error.message} Going on without metrics.`);
    return undefined;
  }
}

/** Resolves at Ctrl-C or SIGTERM. */
export function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done(signal));
  });
}

export async function up(data: string, log: Log): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const running = await bringUp({ data, kind: 'city', log, say });
  const { site } = running.house;
  say(
    `zhengling runs on ${resolve(data)}: Temporal ${running.temporal.address}${running.temporal.uiUrl ? `, UI ${running.temporal.uiUrl}` : ''}`,
  );
  const configured = Object.keys(site.config.channels ?? {});
  say(
    configured.length > 0
      ? `channels: ${configured.join(', ')}`
      : `channels: none configured; what is told waits in the inbox (${join(site.dataDir, 'zhengling.yaml')})`,
  );
  await untilStopped();
  say('stopping');
  await running.stop();
}
