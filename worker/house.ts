/** Everything one machine needs for the city's procedures, started and stopped in order. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { type Ledger, openLedger } from '../activities/ledger';
import { City } from '../client/city';
import { ledgerPlace, type Site } from '../client/site';
import { procedures } from '../workflows/procedures';
import { type Connected, connect } from '../workflows/runtime/client';
import type { Bundle } from '../workflows/runtime/worker';
import { BuildStore } from './builds';
import { startCounting } from './counting';
import { startDelivery } from './delivery';
import { Deployment } from './deployment';
import { watchDirectory } from './directory-watch';
import { startErrands } from './errands';
import { installRuntime, type Log } from './logging';
import { activityNames, bundleProcedures, type ProcedureWorker, startProcedureWorker } from './procedure-worker';
import { startSealing } from './sealing';
import { searchAttributes } from './search-attributes';
import { ensureNamespace } from './temporal';
import { upgrade } from './upgrade';

export interface HouseOptions {
  site: Site;
  /** host:port of the Temporal server. */
  address: string;
  log: Log;
  entrance: string;
  /** Bundled already, where several houses share a process. */
  code?: Bundle;
  /** Drills: the coordinator's clock, and a salt that is always the same. */
  drill?: { clock: () => number; salt: string };
  onUnexpectedEnd?: (sentence: string) => void;
}

/** A running installation: worker, delivery of what must be told, ledger, and an entrance to the procedures. */
export interface House {
  site: Site;
  ledger: Ledger;
  temporal: Client;
  city: City;
  /** The workflow code of this version. */
  code: Bundle;
  delivery: Awaited<ReturnType<typeof startDelivery>>;
  errands: ReturnType<typeof startErrands>;
  /** Stops what was started here, worker first. */
  stop(): Promise<void>;
}

/** Closed cases stay in Temporal so long; the ledger keeps their record for good. */
const RETENTION_DAYS = 90;

export async function openHouse(options: HouseOptions): Promise<House> {
  const { site, address, log, entrance, drill } = options;
  installRuntime(log);
  mkdirSync(site.dataDir, { recursive: true });
  await ensureNamespace({ address, namespace: site.namespace, retentionDays: RETENTION_DAYS, searchAttributes });
  const ledger = await openLedger({
    ...ledgerPlace(site),
    ...(drill ? { salt: drill.salt, clock: drill.clock, durability: 'relaxed' as const } : {}),
  });
  const connected = connect({ address, namespace: site.namespace });
  const { client: temporal } = connected;
  const code = options.code ?? (await bundleProcedures());
  const store = new BuildStore(join(site.dataDir, 'builds'));
  let onErrands = () => {};
  const workers = await serveBuilds(options, { connected, ledger, code, store, onErrands: () => onErrands() });
  const city = new City({ site, temporal, ledger, entrance, procedures, ...(drill ? { clock: drill.clock } : {}) });
  const delivery = await startDelivery({ site, ledger, city, log, ...(drill ? { clock: drill.clock } : {}) });
  const errands = startErrands({ site, ledger, city, log, ...(drill ? { clock: drill.clock } : {}) });
  onErrands = errands.soon;
  const watch = drill ? undefined : watchDirectory(site, entrance, log);
  const sealing = drill ? undefined : startSealing(ledger, log);
  const names = procedures.map(({ name }) => name);
  const counting = drill ? undefined : startCounting(ledger, names, log);
  return {
    site,
    ledger,
    temporal,
    city,
    code,
    delivery,
    errands,
    async stop() {
      watch?.stop();
      counting?.stop();
      sealing?.stop();
      await errands.stop();
      await delivery.stop();
      await Promise.all(workers.map((worker) => worker.stop()));
      await connected.close();
      await ledger.close();
    },
  };
}

interface Serving {
  connected: Connected;
  ledger: Ledger;
  code: Bundle;
  store: BuildStore;
  onErrands: () => void;
}

/**
 * One worker for the build of this version, and one for every kept build that still has open cases. A city goes over to
 * a new build when its operator says so; a demonstration or drill at once.
 */
async function serveBuilds(
  { site, log, onUnexpectedEnd }: HouseOptions,
  { connected, ledger, code, store, onErrands }: Serving,
): Promise<ProcedureWorker[]> {
  const { taskQueue } = site;
  const { buildId } = store.keep(code);
  const { client: temporal, dataConverter } = connected;
  const deployment = new Deployment(temporal);
  const current = await deployment.current();
  const served = [code];
  for (const kept of store.list()) {
    if (kept.buildId === buildId) continue;
    if (kept.buildId === current || (await deployment.openCases(kept.buildId)).length > 0)
      served.push(store.code(kept.buildId));
  }
  const ended = onUnexpectedEnd ? { onUnexpectedEnd } : {};
  const workers = await Promise.all(
    served.map((build) => startProcedureWorker({ connected, taskQueue, ledger, code: build, onErrands, ...ended })),
  );
  const say = (line: string) => log.info(line);
  const definitions = procedures.map(({ definition }) => definition);
  if (current === undefined) await deployment.setCurrent(buildId);
  else if (current !== buildId && site.kind === 'city')
    log.warn({ current, buildId }, 'a new build is here; open cases stay on theirs until `zhengling upgrade`');
  else if (current !== buildId)
    await upgrade({ temporal, dataConverter, deployment, definitions, store, code, activities: activityNames, say });
  return workers;
}

export const temporalDir = (dataDir: string): string => join(dataDir, 'temporal');
