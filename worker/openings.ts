/** The worker behind the schedules: its activity opens a period through the entrance of this installation. */
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Ledger } from '../activities/ledger';
import type { City } from '../client/city';
import { type Duty, openPeriod, PeriodRefused } from '../client/schedules';
import type { Site } from '../client/site';
import type { OpeningActivities } from '../workflows/openings';
import { connect } from '../workflows/runtime/client';
import { bundle } from '../workflows/runtime/worker';
import type { Log } from './logging';
import { OPENINGS_QUEUE, type Synced, syncSchedules } from './schedules';

export interface OpeningsOptions {
  site: Site;
  ledger: Ledger;
  city: City;
  /** host:port of the Temporal server. */
  address: string;
  log: Log;
}

export interface Openings {
  /** Resolves once the schedules are what they should be, and periods are opened from then on. */
  ready: Promise<Synced | undefined>;
  sync(): Promise<Synced>;
  stop(): Promise<void>;
}

/** The directory may have changed hands, the law its figures, and another twenty years are added every year. */
const SYNC_EVERY_MS = 24 * 3_600_000;

export function openingActivities({
  site,
  ledger,
  city,
}: Pick<OpeningsOptions, 'site' | 'ledger' | 'city'>): OpeningActivities {
  const lawFor = lawOf(city);
  return {
    async openPeriod({ obligation, owner }, at) {
      try {
        return await openPeriod({ site, ledger, city, lawFor }, { obligation, owner } as Duty, at);
      } catch (error) {
        if (!(error instanceof PeriodRefused)) throw error;
        throw ApplicationFailure.create({ type: error.name, message: error.message, nonRetryable: true, cause: error });
      }
    },
  };
}

/**
 * Polls for openings and keeps the schedules in step, beside everything else: neither holds up the start of the house, and a
 * server that is away is asked again the next day or at the next start.
 */
export function startOpenings(options: OpeningsOptions): Openings {
  const { site, city, address, log } = options;
  const connected = connect({ address, namespace: site.namespace });
  const lawFor = lawOf(city);
  const sync = () => syncSchedules({ temporal: connected.client, site, lawFor });
  const syncNow = async (): Promise<Synced | undefined> => {
    try {
      const synced = await sync();
      for (const sentence of synced.skipped) log.info(sentence);
      log.info({ ...synced, skipped: synced.skipped.length }, 'the schedules of periodic duties are in step');
      return synced;
    } catch (error) {
      log.warn({ err: error }, 'the schedules of periodic duties could not be brought into step');
      return undefined;
    }
  };
  const polling = poll(options, connected);
  polling.catch((error: unknown) => log.error({ err: error }, 'nobody opens the periods of periodic duties'));
  const timer = setInterval(() => void syncNow(), SYNC_EVERY_MS);
  timer.unref();
  const first = syncNow();
  return {
    ready: Promise.all([polling, first]).then(([, synced]) => synced),
    sync,
    async stop() {
      clearInterval(timer);
      const stopped = await polling.catch(() => undefined);
      await stopped?.();
      await first;
      await connected.close();
    },
  };
}

/** What was read of the law for openings serves the schedules as well. */
const lawOf = ({ lawbook }: City) => lawbook.lawFor.bind(lawbook);

async function poll(options: OpeningsOptions, { access, dataConverter, native }: ReturnType<typeof connect>) {
  const connection = await NativeConnection.connect(native);
  const worker = await Worker.create({
    connection,
    namespace: access.namespace,
    dataConverter,
    taskQueue: OPENINGS_QUEUE,
    workflowBundle: await bundle(require.resolve('../workflows/openings')),
    activities: { ...openingActivities(options) },
    maxCachedWorkflows: 10,
    maxConcurrentActivityTaskExecutions: 5,
    maxConcurrentWorkflowTaskExecutions: 5,
  });
  const done = worker.run();
  return async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await done;
    await connection.close();
  };
}
