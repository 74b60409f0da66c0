/** One worker in a process of its own, told what to do by its parent. */
import { BroadcastChannel } from 'node:worker_threads';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createLedgerActivities, openLedger } from '../activities/ledger';
import { CHANNEL } from './collect';
import { NAMESPACE } from './server';

export interface WorkerOrder {
  address: string;
  taskQueue: string;
  codePath: string;
  ledgerFile: string;
  cachedCases: number;
}

/** What the parent asks; each is answered with `{ done: <the question> }`. */
export type Question = 'collect' | 'stop';

const WORKFLOW_TASKS = 40;

async function main(order: WorkerOrder): Promise<void> {
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

  const answers: Record<Question, () => Promise<void>> = {
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
  process.on('message', (question: Question) => {
    void answers[question]().then(() => {
      process.send!({ done: question });
      if (question === 'stop') process.exit(0);
    });
  });
  // A parent that died cannot stop us.
  process.on('disconnect', () => process.exit(1));
  process.send!({ done: 'start' });
  await running;
}

main(JSON.parse(process.argv[2]!) as WorkerOrder).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
