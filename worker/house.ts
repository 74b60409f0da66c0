/** Everything one machine needs for the city's procedures, started and stopped in order. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type Ledger, openLedger } from '../activities/ledger';
import { City } from '../client/city';
import { ledgerFile, type Site } from '../client/site';
import { procedures } from '../workflows/procedures';
import type { Bundle } from '../workflows/runtime/worker';
import { startDelivery } from './delivery';
import { installRuntime, type Log } from './logging';
import { bundleProcedures, type ProcedureWorker, startProcedureWorker } from './procedure-worker';
import { startSealing } from './sealing';
import { searchAttributes } from './search-attributes';
import { ensureNamespace } from './temporal';

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
  delivery: Awaited<ReturnType<typeof startDelivery>>;
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
    file: ledgerFile(site),
    ...(drill ? { salt: drill.salt, clock: drill.clock, durability: 'relaxed' as const } : {}),
  });
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection, namespace: site.namespace });
  const code = options.code ?? (await bundleProcedures());
  const { namespace, taskQueue } = site;
  const { onUnexpectedEnd } = options;
  const worker: ProcedureWorker = await startProcedureWorker({
    address,
    namespace,
    taskQueue,
    ledger,
    code,
    ...(onUnexpectedEnd ? { onUnexpectedEnd } : {}),
  });
  const city = new City({ site, temporal, ledger, entrance, procedures, ...(drill ? { clock: drill.clock } : {}) });
  const delivery = await startDelivery({ site, ledger, city, log, ...(drill ? { clock: drill.clock } : {}) });
  const sealing = drill ? undefined : startSealing(ledger, log);
  return {
    site,
    ledger,
    temporal,
    city,
    delivery,
    async stop() {
      sealing?.stop();
      await delivery.stop();
      await worker.stop();
      await connection.close();
      await ledger.close();
    },
  };
}

export const temporalDir = (dataDir: string): string => join(dataDir, 'temporal');
