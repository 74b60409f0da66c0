/**
 * A process of the compiled program that kills itself at a given point. Takes one JSON argument: {role, die?, ledger, …}.
 *
 * role worker    {address, namespace, taskQueue, code, buildId}, die {at, step}: `before-flush`, `after-flush` of the step;
 *                `before-remote`, `after-remote` of it by the ordinary activity, the local one being refused
 * role delivery  {address, namespace, taskQueue, sent}, die {at}: `before-confirm`, `after-confirm`, `before-send`,
 *                `after-send`; every message taken is a line of the file `sent`
 * role errands   {address, namespace, taskQueue, procedure, data}, die {at, nth?}: `before-` or `after-` of `claim`, `confirm`,
 *                `notify`, `open`, `note`, `settle`, the first time or the nth; cases are opened as the test does it
 * role numbers   {series, prefix}: gives numbers of cases and papers until it is killed, and prints each
 * role reader    {seat}: acknowledges everything unread and prints each, die {after}: at the acknowledgement of that
 *                number, before it is printed
 */
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const dist = join(__dirname, '..', '..', 'dist');
const { openLedger } = require(join(dist, 'activities', 'ledger'));

const { role, die = {}, ledger: place, ...settings } = JSON.parse(process.argv[2]);

const dieAt = (at) => {
  if (die.at === at) process.kill(process.pid, 'SIGKILL');
};
const print = (line) => process.stdout.write(`${line}\n`);

async function worker(ledger) {
  const { Context } = require('@temporalio/activity');
  const { connect } = require(join(dist, 'workflows', 'runtime', 'client'));
  const { startProcedureWorker } = require(join(dist, 'worker', 'procedure-worker'));
  const { address, namespace, taskQueue, code, buildId } = settings;
  const flush = async (batch) => {
    const isLocal = Context.current().info.isLocal;
    // A slow worker may find several steps due at once.
    const isStep = batch.entries.some(({ trigger }) => trigger.type === die.step);
    const isRemote = /remote$/.test(die.at ?? '');
    if (isStep && isRemote && isLocal) throw new Error('the ledger is away');
    if (isStep && /^before/.test(die.at)) process.kill(process.pid, 'SIGKILL');
    const head = await ledger.flush(batch);
    if (isStep && /^after/.test(die.at)) process.kill(process.pid, 'SIGKILL');
    return head;
  };
  const running = await startProcedureWorker({
    connected: connect({ address, namespace }),
    taskQueue,
    ledger: { flush },
    code: { code: readFileSync(code, 'utf8'), buildId },
    onUnexpectedEnd: print,
  });
  print('ready');
  process.once('SIGTERM', async () => {
    await running.stop();
    process.exit(0);
  });
}

async function delivery(ledger) {
  const { createDelivery } = require(join(dist, 'activities', 'notify'));
  const { CaseClient, connect } = require(join(dist, 'workflows', 'runtime', 'client'));
  const { address, namespace, taskQueue, sent } = settings;
  const cases = new CaseClient(connect({ address, namespace }).client, { taskQueue, patience: 5_000 });
  const confirm = async (...confirmation) => {
    dieAt('before-confirm');
    const confirmed = await ledger.confirm(...confirmation);
    dieAt('after-confirm');
    return confirmed;
  };
  const send = async (message) => {
    dieAt('before-send');
    appendFileSync(sent, `${JSON.stringify(message)}\n`);
    dieAt('after-send');
  };
  const loop = createDelivery({
    ledger: new Proxy(ledger, {
      get: (target, name) => (name === 'confirm' ? confirm : target[name].bind?.(target)),
    }),
    channels: [{ name: 'kept', takes: () => true, send, close: async () => {} }],
    resolve: (recipient) => ({ seat: recipient }),
    contacts: ({ seat }) => ({ channels: [{ kind: 'email', address: `${seat}@example.invalid` }] }),
    render: (template) => ({ subject: template, body: template }),
    headOf: async (caseId) => (await cases.view(caseId)).head,
    pace: { leaseMs: 2_000, askAfterMs: 0, askAgainMs: 200, abandonAfterMs: 60 * 86_400_000, pollMs: 100 },
    // Notices wait for the morning; here it is always a month later.
    clock: () => Date.now() + 30 * 86_400_000,
    onProblem: print,
  });
  loop.start();
  print('ready');
}

/** The errand loop of an installation, over the cases of one procedure of the test. */
async function errands(ledger) {
  const { CaseClient, connect } = require(join(dist, 'workflows', 'runtime', 'client'));
  const { startErrands } = require(join(dist, 'worker', 'errands'));
  const { address, namespace, taskQueue, procedure, data } = settings;
  const client = new CaseClient(connect({ address, namespace }).client, { taskQueue, patience: 5_000 });
  const times = {};
  const mortal =
    (what, work) =>
    async (...given) => {
      const isTheOne = () => (times[what] ?? 1) === (die.nth ?? 1);
      if (isTheOne()) dieAt(`before-${what}`);
      const answer = await work(...given);
      if (isTheOne()) dieAt(`after-${what}`);
      times[what] = (times[what] ?? 1) + 1;
      return answer;
    };
  const names = { claimErrands: 'claim', confirm: 'confirm', noteReceipts: 'note', settleErrands: 'settle' };
  const wrapped = Object.fromEntries(
    Object.entries(names).map(([name, what]) => {
      const work = ledger[name].bind(ledger);
      // A look that found nothing is no claim.
      if (what !== 'claim') return [name, mortal(what, work)];
      const claimed = mortal(what, async (errands) => errands);
      return [name, async (claim) => work(claim).then((found) => (found.length > 0 ? claimed(found) : found))];
    }),
  );
  const start = async (_, { key, id, payload }) => {
    const receivedAt = Date.now();
    const { id: number } = await ledger.giveNumber({ series: 'RL', year: 2026, key });
    const stamp = { receivedAt, entrance: 'errands', seat: 'X2-desk', unit: 'X2', basis: 'own', system: 'zhengling' };
    await client.start(procedure, { id: number, actId: id, input: payload, stamp, data });
    return { outcome: 'changed', case: number };
  };
  const city = {
    cases: { notify: mortal('notify', client.notify.bind(client)) },
    procedure: (name) => (name === procedure ? { name, opening: {}, acts: { PASSED: { kind: 'notice' } } } : undefined),
    start: mortal('open', start),
    view: client.view.bind(client),
  };
  startErrands({
    ledger: new Proxy(ledger, {
      get: (target, name) => wrapped[name] ?? target[name].bind?.(target) ?? target[name],
    }),
    site: { directory: { seat: () => ({ unit: 'X2' }) } },
    city,
    log: { warn: print, error: print },
    pace: { leaseMs: 1_500, pollMs: 100, retryFirstMs: 100, askAgainMs: 200, abandonAfterMs: 60 * 86_400_000 },
  });
  print('ready');
}

async function numbers(ledger) {
  const { series, prefix } = settings;
  for (let n = 1; ; n += 1) {
    const key = `${prefix}-${n}`;
    const { number } = await ledger.giveNumber({ series, year: 2026, key });
    const paper = await ledger.giveDocumentNumber({ series, year: 2026, paper: key });
    print(JSON.stringify({ key, number, paper: paper.number }));
  }
}

async function reader(ledger) {
  const { seat } = settings;
  for (let acknowledged = 0; ; ) {
    const { items } = await ledger.inbox({ for: [seat], box: 'unread', limit: 10 });
    if (items.length === 0) return ledger.close();
    for (const { tell } of items) {
      await ledger.acknowledge({ tell: tell.id, by: seat, at: Date.now(), how: 'cli' });
      acknowledged += 1;
      if (acknowledged === die.after) process.kill(process.pid, 'SIGKILL');
      print(tell.id);
    }
  }
}

openLedger(place)
  .then((ledger) => ({ worker, delivery, errands, numbers, reader })[role](ledger))
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
