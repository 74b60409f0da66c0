/**
 * A worker in a process of its own, so that a test can kill it. Its record is written by the parent, which outlives it;
 * its other activities come from a module it is told.
 */
const swc = require('@swc/core');
const { NativeConnection, DefaultLogger, Runtime, Worker } = require('@temporalio/worker');

require.extensions['.ts'] = (module, file) => {
  const { code } = swc.transformFileSync(file, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};

let asked = 0;
const waiting = new Map();

process.on('message', ({ id, result, error }) => {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) resolve(result);
  else reject(new Error(error));
});
process.on('disconnect', () => process.exit(1));

function flushRecord(batch) {
  asked += 1;
  const id = asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    process.send({ id, batch });
  });
}

async function main() {
  const { address, activities, ...options } = JSON.parse(process.argv[2]);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    ...options,
    connection,
    activities: { ...(activities ? require(activities) : {}), flushRecord },
  });
  const done = worker.run();
  process.send({ ready: true });
  await done;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
