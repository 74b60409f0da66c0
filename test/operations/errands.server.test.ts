/** What cases ask of one another, carried between real cases: processes killed at every point, and how long it takes. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { type Ledger, type OpenOptions, openLedger } from '../../activities/ledger';
import { Deployment } from '../../worker/deployment';
import { startErrands } from '../../worker/errands';
import { installRuntime, openLog } from '../../worker/logging';
import { startProcedureWorker } from '../../worker/procedure-worker';
import { searchAttributes } from '../../worker/search-attributes';
import { ensureNamespace } from '../../worker/temporal';
import { dateOf, edition, lawData } from '../../workflows/law';
import { CaseClient, type Connected, connect } from '../../workflows/runtime/client';
import { type Bundle, bundle } from '../../workflows/runtime/worker';
import type { Json } from '../../workflows/runtime/workflow';
import type { Place } from '../ledger/support';
import { describeOnPostgres, startPostgres, type TestPostgres } from '../support/postgres';
import { eventually, Processes, type Running } from '../support/processes';
import { RELAY, relay } from '../support/relay/relay';

jest.setTimeout(120_000);

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const mortal = require.resolve('./mortal-process.js');
const procedure = relay();
const data = { law: lawData(edition, [], dateOf(Date.now())), names: {} } as unknown as Json;

let code: Bundle;
beforeAll(async () => {
  code = await bundle(require.resolve('../support/relay/workflows'));
});

interface Die {
  at: string;
  nth?: number;
  step?: string;
}

/** A namespace and a ledger with a few open cases. */
class Office {
  readonly processes = new Processes();
  readonly folder = mkdtempSync(join(tmpdir(), 'zhengling-errands-'));
  readonly namespace = `errands-${randomUUID().slice(0, 8)}`;
  readonly taskQueue = 'relay';
  connected!: Connected;
  ledger!: Ledger;
  cases!: CaseClient;

  constructor(readonly placeOf: (folder: string) => Place) {}

  async open(): Promise<void> {
    await ensureNamespace({ address, namespace: this.namespace, retentionDays: 1, searchAttributes });
    writeFileSync(join(this.folder, 'code.js'), code.code);
    this.connected = connect({ address, namespace: this.namespace });
    this.ledger = await openLedger(this.placeOf(this.folder) as OpenOptions);
    this.cases = new CaseClient(this.connected.client, { taskQueue: this.taskQueue, patience: 60_000 });
  }

  async close(): Promise<void> {
    await this.processes.killAll();
    await this.ledger?.close();
    await this.connected?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async current(): Promise<void> {
    await new Deployment(this.connected.client).setCurrent(code.buildId);
  }

  run(settings: object): Running {
    const { namespace, taskQueue } = this;
    const ledger = this.placeOf(this.folder);
    return this.processes.node([mortal, JSON.stringify({ ledger, address, namespace, taskQueue, ...settings })]);
  }

  async worker(die?: Die): Promise<Running> {
    const { buildId } = code;
    const started = this.run({ role: 'worker', code: join(this.folder, 'code.js'), buildId, die });
    await started.says('ready');
    return started;
  }

  async loop(die?: Die): Promise<Running> {
    const started = this.run({ role: 'errands', procedure: RELAY, data, die });
    await started.says('ready');
    return started;
  }

  async begin(title: string): Promise<string> {
    const id = `${title}-${randomUUID().slice(0, 8)}`;
    await this.cases.start(RELAY, { id, actId: `open-${id}`, input: { title }, stamp: this.#stamp(), data });
    return id;
  }

  act(id: string, type: string, payload: Json) {
    return this.cases.act(id, { id: randomUUID(), type, payload, stamp: this.#stamp() });
  }

  async heard(id: string): Promise<string[]> {
    return ((await this.cases.view(id)).context as { heard: string[] }).heard;
  }

  /** What became of what a case asked, by receiver and place. */
  async fates(id: string): Promise<string[]> {
    const errands = await this.ledger.errands({ case: id });
    return errands.map(
      ({ state, receipts }) => `${state}: ${receipts.map((r) => `${r.receiver} ${r.outcome}`).join()}`,
    );
  }

  #stamp() {
    return { receivedAt: Date.now(), entrance: 'test', seat: 'X2-desk', unit: 'X2', basis: 'own' };
  }
}

/** Where the loop dies, in the order in which the loops follow one another. */
const everywhere: Die[] = [
  { at: 'before-confirm' },
  { at: 'after-confirm' },
  { at: 'after-claim' },
  { at: 'before-open' },
  { at: 'after-open' },
  { at: 'before-settle' },
  { at: 'after-settle' },
  { at: 'before-notify' },
  { at: 'after-notify' },
  { at: 'after-notify', nth: 2 },
  { at: 'before-note' },
  { at: 'after-note' },
];

function kills(placeOf: (folder: string) => Place, deaths: readonly Die[]): void {
  const office = new Office(placeOf);
  beforeAll(() => office.open());
  afterAll(() => office.close());

  it('loops killed at every point lose nothing and do nothing twice; each case is told in the order of the sender', async () => {
    await Promise.all([office.worker(), office.current()]);
    const [asking, first, second, gone] = await Promise.all(
      ['asks', 'one', 'two', 'gone'].map((one) => office.begin(one)),
    );
    await office.act(gone!, 'END', {});
    const round = async (n: number): Promise<void> => {
      await office.act(asking!, 'PASS', { to: { awaiting: ['D07'] }, count: 2, opens: [`opened-${n}`] });
    };
    for (const [n, die] of deaths.entries()) {
      await round(n);
      const { signal } = await (await office.loop(die)).ended;
      expect(`${die.at} ${signal}`).toBe(`${die.at} SIGKILL`);
    }
    await office.act(asking!, 'PASS', { to: { case: first! }, count: 3, opens: [] });
    await office.act(asking!, 'PASS', { to: { case: gone! }, count: 1, opens: [] });
    const last = await office.loop();
    // The answers of the one that was asked by name come last.
    const answers = [1, 2, 3].map((n) => `${first} ${n}`);
    await eventually(async () => expect(await office.heard(asking!)).toEqual(answers), 30_000);
    await eventually(async () => expect(await office.ledger.errandBacklog()).toEqual({ waiting: 0 }), 30_000);

    const passed = deaths.flatMap(() => [`${asking} 1`, `${asking} 2`]);
    expect(await office.heard(second!)).toEqual(passed);
    expect(await office.heard(first!)).toEqual([...passed, `${asking} 1`, `${asking} 2`, `${asking} 3`]);

    const openings = (await office.ledger.errands({ case: asking!, limit: 1_000 })).filter(
      ({ effect }) => effect.kind === 'startCase',
    );
    const opened = openings.flatMap(({ receipts }) => receipts);
    expect(opened.map(({ receiver, outcome }) => `${receiver} ${outcome}`)).toEqual(
      deaths.map((_, n) => `RL-2026-${String(n + 1).padStart(4, '0')} opened`),
    );
    // Once it is open it hears what is for everybody, from then on.
    const later = await office.heard(opened[0]!.receiver);
    expect(later.length).toBeGreaterThan(0);
    expect(later).toEqual(passed.slice(-later.length));
    const fates = await office.fates(asking!);
    expect(fates.at(-1)).toBe(`carried: ${gone} closed`);
    expect(fates.filter((fate) => !fate.startsWith('carried'))).toEqual([]);
    expect(await office.ledger.verify()).toMatchObject({ ok: true });
    await last.stop('SIGKILL');
  });

  it('what a killed worker wrote and Temporal never had is not carried; the act it does again is, once', async () => {
    await office.processes.killAll();
    const dying = await office.worker({ at: 'after-flush', step: 'PASS' });
    await office.loop();
    const [asking, asked] = await Promise.all(['asks', 'asked'].map((one) => office.begin(one)));
    const act = office.act(asking!, 'PASS', { to: { case: asked! }, count: 2, opens: ['after-all'] });
    act.catch(() => {});
    await dying.ended;
    await office.worker();
    await act;
    await eventually(async () => expect(await office.heard(asking!)).toHaveLength(2), 30_000);
    expect(await office.heard(asked!)).toEqual([`${asking} 1`, `${asking} 2`]);
    expect((await office.ledger.errands({ case: asking! })).map(({ state }) => state)).toEqual(
      Array.from({ length: 3 }, () => 'carried'),
    );
  });
}

describe('on SQLite', () => kills((folder) => ({ file: join(folder, 'ledger.db') }), everywhere));

describeOnPostgres('on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  // The points between two writes of the database; the others are between cases.
  const writes = ['after-confirm', 'after-claim', 'after-notify', 'after-settle'];
  kills(
    () => ({ url: server.url, schema: 'errands' }),
    everywhere.filter(({ at, nth }) => writes.includes(at) && nth === undefined),
  );
});

describe('in one process, as installations run', () => {
  const office = new Office((folder) => ({ file: join(folder, 'ledger.db') }));
  let stop: () => Promise<void>;

  beforeAll(async () => {
    installRuntime(openLog('error'));
    await office.open();
    const { connected, ledger, cases, taskQueue } = office;
    let soon = () => {};
    const [worker] = await Promise.all([
      startProcedureWorker({ connected, taskQueue, ledger, code, onErrands: () => soon() }),
      office.current(),
    ]);
    const city = {
      cases,
      procedure: () => procedure,
      view: cases.view.bind(cases),
      start: () => Promise.reject(new Error()),
    };
    // Whoever waited for the next look would wait five minutes.
    const pace = { pollMs: 300_000 };
    const errands = startErrands({ site: {} as never, ledger, city: city as never, log: openLog('silent'), pace });
    soon = errands.soon;
    stop = async () => {
      await errands.stop();
      await worker.stop();
    };
  });
  afterAll(async () => {
    await stop?.();
    await office.close();
  });

  it('a notice arrives, and its answer comes back, within a second of the act', async () => {
    const [asking, asked] = await Promise.all(['asks', 'asked'].map((one) => office.begin(one)));
    const took: { there: number; back: number }[] = [];
    for (let n = 1; n <= 10; n += 1) {
      const begun = performance.now();
      await office.act(asking!, 'PASS', { to: { case: asked! }, count: 1, opens: [] });
      const arrived = async (id: string) => {
        while ((await office.ledger.record(id)).filter(({ entry }) => entry.trigger.type === 'PASSED').length < n)
          await new Promise((resolve) => setTimeout(resolve, 5));
        return performance.now() - begun;
      };
      took.push({ there: await arrived(asked!), back: await arrived(asking!) });
    }
    const median = (which: 'there' | 'back') => took.map((one) => one[which]).sort((a, b) => a - b)[5]!;
    expect(median('there')).toBeLessThan(1_000);
    expect(median('back')).toBeLessThan(2_000);
  });

  it('histories of cases that told one another replay with the cache off', async () => {
    const failed: unknown[] = [];
    const histories = office.connected.client.workflow.list().intoHistories();
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: code }, histories))
      if (error) failed.push({ workflowId, error });
    expect(failed).toEqual([]);
  });
});
