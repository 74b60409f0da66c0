import { NativeConnection, Worker } from '@temporalio/worker';
import { createLedgerActivities, type Ledger } from '../activities/ledger';
import type { Connected } from '../workflows/runtime/client';
import { type Bundle, bundle } from '../workflows/runtime/worker';
import { DEPLOYMENT } from './deployment';

export interface ProcedureWorkerOptions {
  connected: Connected;
  taskQueue: string;
  ledger: Ledger;
  code: Bundle;
  /** Told when a case has written what it asks of others. */
  onErrands?: () => void;
  /** Told, in a sentence, if the worker ends without having been stopped. */
  onUnexpectedEnd?: (sentence: string) => void;
}

export interface ProcedureWorker {
  stop(): Promise<void>;
}

/** Every case is a few hundred KB of memory while cached; an idle one is replayed from its history when it wakes. */
const CACHED_CASES = 1_000;

/** Activity Types offered to cases; append-only while a build with open cases calls them. */
export const activityNames: readonly string[] = Object.keys(
  createLedgerActivities({ flush: () => Promise.reject(new Error('names only')) }),
);

/** The workflow code of this version, bundled once per process. */
export function bundleProcedures(): Promise<Bundle> {
  return bundle(require.resolve('../workflows'));
}

/** Polls for the cases of one namespace and carries out their activities. */
export async function startProcedureWorker(options: ProcedureWorkerOptions): Promise<ProcedureWorker> {
  const { connected, taskQueue, ledger, code, onErrands, onUnexpectedEnd } = options;
  const connection = await NativeConnection.connect(connected.native);
  const worker = await Worker.create({
    connection,
    namespace: connected.access.namespace,
    dataConverter: connected.dataConverter,
    taskQueue,
    workflowBundle: code,
    activities: createLedgerActivities(ledger, onErrands),
    maxCachedWorkflows: CACHED_CASES,
    workerDeploymentOptions: {
      version: { deploymentName: DEPLOYMENT, buildId: code.buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  });
  let stopping = false;
  const done = worker.run().then(
    () => undefined,
    (error: unknown) => {
      if (!stopping) onUnexpectedEnd?.(`the worker stopped: ${error instanceof Error ? error.message : String(error)}`);
    },
  );
  return {
    async stop() {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
      await connection.close();
    },
  };
}
