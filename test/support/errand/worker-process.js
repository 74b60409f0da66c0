/**
 * A worker of the compiled program in a process of its own, so that a test can kill it. Takes one JSON argument:
 * {address, namespace, taskQueue, ledger, code, buildId, dieAfter?}. `code` is the file with the workflow code;
 * `dieAfter` names the step right after whose first write to the ledger the process kills itself, before Temporal hears
 * of it. Prints `ready` once it polls.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const dist = join(__dirname, '..', '..', '..', 'dist');
const { openLedger } = require(join(dist, 'activities', 'ledger'));
const { startProcedureWorker } = require(join(dist, 'worker', 'procedure-worker'));
const { connect } = require(join(dist, 'workflows', 'runtime', 'client'));

const { address, namespace, taskQueue, ledger: file, code, buildId, dieAfter } = JSON.parse(process.argv[2]);

async function flushThenDie(ledger, batch) {
  const head = await ledger.flush(batch);
  if (batch.entries.at(-1)?.trigger.type === dieAfter) process.kill(process.pid, 'SIGKILL');
  return head;
}

async function main() {
  const ledger = await openLedger({ file });
  const worker = await startProcedureWorker({
    connected: connect({ address, namespace }),
    taskQueue,
    ledger: dieAfter === undefined ? ledger : { flush: (batch) => flushThenDie(ledger, batch) },
    code: { code: readFileSync(code, 'utf8'), buildId },
    onUnexpectedEnd: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  process.stdout.write('ready\n');
  process.once('SIGTERM', async () => {
    await worker.stop();
    await ledger.close();
  });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
