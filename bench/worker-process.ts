/** One worker in a process of its own, told what to do by its parent. */
import { BroadcastChannel } from 'node:worker_threads';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createLedgerActivities, openLedger } from '../activities/ledger';
import { CHANNEL } from './collect';
import { type Answers, runForked } from './forked';
import { NAMESPACE } from './server';

export interface WorkerOrder {
  address: string;
  taskQueue: string;
  codePath: string;
  ledgerFile: string;
  cachedCases: number;
}

const WORKFLOW_TASKS = 40;

async function work(order: WorkerOrder): Promise<Answers> {
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address: order.address });
  const ledger = await openLedger({ file: order.ledgerFile });
  const worker = await Worker.create({
    connection,
    namespace: NAMESPACE,
    taskQueue: order.taskQueue,
    workflowBundle: { codePath: order.codePath },
    activities: { ...createLedgerActivities(ledger), notify: async () => {} },
    maxCachedWorkflows: order.cachedCases,
    maxConcurrentWorkflowTaskExecutions: WORKFLOW_TASKS,
  });
  const running = worker.run();
  const collecting = new BroadcastChannel(CHANNEL);
  running.catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
  return {
    async collect() {
      collecting.postMessage('now');
      (globalThis as { gc?: () => void }).gc?.();
    },
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
      await ledger.close();
    },
  };
}

runForked(work);
