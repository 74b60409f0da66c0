/** Worker processes that are killed: what a case does about its deadlines, its record and its messages. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { type Ledger, openLedger } from '../../activities/ledger';
import { createDelivery, type Message } from '../../activities/notify';
import { BuildStore } from '../../worker/builds';
import { Deployment } from '../../worker/deployment';
import { searchAttributes } from '../../worker/search-attributes';
import { ensureNamespace } from '../../worker/temporal';
import { moveCase } from '../../worker/upgrade';
import { dateOf, edition, lawData } from '../../workflows/law';
import { CaseClient, type Connected, connect, Unreachable } from '../../workflows/runtime/client';
import { type Bundle, bundle } from '../../workflows/runtime/worker';
import type { Json, Receipt, RecordEntry } from '../../workflows/runtime/workflow';
import { errand, RUNG_MS } from '../support/errand/errand';
import { eventually, Processes, pause, type Running } from '../support/processes';

const NAMESPACE = 'outage';
const QUEUE = 'errands';
const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const procedure = errand();
const folder = mkdtempSync(join(tmpdir(), 'zhengling-outage-'));
const ledgerFile = join(folder, 'ledger.db');
const processes = new Processes();

let connected: Connected;
let temporal: Client;
let ledger: Ledger;
let deployment: Deployment;
let cases: CaseClient;
let sound: Bundle;
let faulty: Bundle;
let post: Post;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  [sound, faulty] = await Promise.all([
    bundle(require.resolve('../support/errand/workflows')),
    bundle(require.resolve('../support/errand/faulty-workflows')),
    ensureNamespace({ address, namespace: NAMESPACE, retentionDays: 1, searchAttributes }),
  ]);
  for (const { buildId, code } of [sound, faulty]) writeFileSync(join(folder, `${buildId}.js`), code);
  connected = connect({ address, namespace: NAMESPACE });
  temporal = connected.client;
  ledger = await openLedger({ file: ledgerFile });
  post = new Post();
  deployment = new Deployment(temporal);
  cases = new CaseClient(temporal, { taskQueue: QUEUE, patience: 40_000 });
}, 120_000);

afterAll(async () => {
  await processes.killAll();
  await ledger?.close();
  await connected?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Kills every worker, so that the next one is alone. */
const clear = () => processes.killAll();

async function startWorker(
  code: Bundle = sound,
  { taskQueue = QUEUE, ...more }: { dieAfter?: string; taskQueue?: string } = {},
): Promise<Running> {
  const settings = {
    address,
    namespace: NAMESPACE,
    taskQueue,
    ledger: ledgerFile,
    code: join(folder, `${code.buildId}.js`),
    buildId: code.buildId,
    ...more,
  };
  const script = require.resolve('../support/errand/worker-process.js');
  const worker = processes.node([script, JSON.stringify(settings)]);
  await worker.says('ready');
  await deployment.setCurrent(code.buildId);
  return worker;
}

async function open(dueInMs: number, by = cases): Promise<string> {
  const id = `ER-${randomUUID().slice(0, 8)}`;
  const receivedAt = Date.now();
  const data = { law: lawData(edition, [], dateOf(receivedAt)), names: {} };
  const stamp = { receivedAt, entrance: 'test', seat: 'X2-desk', unit: 'X2', basis: 'own' };
  const input = { title: '测试差事', dueInMs };
  await by.start('errand', { id, actId: `open-${id}`, input, stamp, data: data as unknown as Json });
  return id;
}

/** An act as an entrance sends it; the stamp says when it came in. */
function done(id: string, { actId = randomUUID() as string, by = cases } = {}) {
  const receivedAt = Date.now();
  const stamp = { receivedAt, entrance: 'test', seat: 'D07-desk', unit: 'D07', basis: 'own' };
  const answer = by.act(id, { id: actId, type: 'DONE', payload: { evidence: ['E-1'] }, stamp });
  answer.catch(() => {});
  return { receivedAt, actId, answer };
}

async function recordOf(id: string): Promise<RecordEntry[]> {
  return (await ledger.record(id)).map(({ entry }) => entry);
}

const steps = (entries: readonly RecordEntry[]): string[] => entries.map(({ trigger }) => trigger.type);
const happened = (entries: readonly RecordEntry[], step: string): number[] =>
  entries.filter(({ trigger }) => trigger.type === step).map(({ happenedAt }) => Date.parse(happenedAt));

/** Rows that must be told of one case, oldest first: whom, by which entry. */
async function toldOf(id: string): Promise<string[]> {
  const rows = (await ledger.tells({ limit: 1_000 })).filter((tell) => tell.case === id);
  return rows.map(({ sequence, recipient }) => `${sequence} ${recipient}`).sort();
}

const verified = async () => expect(await ledger.verify()).toMatchObject({ ok: true });

describe('a guard that throws', () => {
  afterAll(clear);

  it('leaves the case waiting, and a fixed build lets it go on', async () => {
    await startWorker(faulty);
    const id = await open(600_000);
    const sent = done(id);
    const handle = temporal.workflow.getHandle(id);
    await eventually(async () => {
      const { searchAttributes: shown } = await handle.describe();
      expect(shown.TemporalReportedProblems).toContain('category=WorkflowTaskFailed');
    }, 30_000);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    expect(steps(await recordOf(id))).toEqual(['xstate.init']);

    await startWorker(sound);
    const store = new BuildStore(join(folder, 'builds'), [procedure.machine]);
    await moveCase({ ...moving(), store }, id);
    expect(await sent.answer).toMatchObject({ outcome: 'changed', state: ['done'], sequence: 2 });
    expect(await cases.result(id)).toMatchObject({ state: ['done'] });
    await eventually(async () => expect(steps(await recordOf(id))).toEqual(['xstate.init', 'DONE']));
    await verified();
  }, 120_000);
});

describe('a worker killed over a deadline and started again', () => {
  afterAll(clear);
  const DUE_MS = 5_000;
  const opened: Record<'missed' | 'inTime' | 'tooLate' | 'impatient', string> = {} as never;
  const dueAt: Record<string, number> = {};
  let inTime: ReturnType<typeof done>;
  let tooLate: ReturnType<typeof done>;
  let refused: unknown;
  let restartedAt: number;
  let receipts: { inTime: Receipt; tooLate: Receipt };

  beforeAll(async () => {
    const worker = await startWorker();
    for (const name of ['missed', 'inTime', 'tooLate', 'impatient'] as const) {
      opened[name] = await open(DUE_MS);
      dueAt[name] = Date.parse((await recordOf(opened[name]))[0]!.happenedAt) + DUE_MS;
    }
    await worker.stop('SIGKILL');
    inTime = done(opened.inTime);
    const hasty = new CaseClient(temporal, { taskQueue: QUEUE, patience: 500 });
    refused = await done(opened.impatient, { actId: 'impatient', by: hasty }).answer.catch((error) => error);
    await pause(Math.max(...Object.values(dueAt)) + RUNG_MS + 500 - Date.now());
    tooLate = done(opened.tooLate);
    await pause(500);
    restartedAt = Date.now();
    await startWorker();
    receipts = { inTime: await inTime.answer, tooLate: await tooLate.answer };
    await eventually(async () => expect((await cases.view(opened.missed)).recorded).toBe(3));
  }, 120_000);

  it('escalates once, at its own due instant, however late it woke', async () => {
    const entries = await recordOf(opened.missed);
    expect(steps(entries)).toEqual(['xstate.init', 'due', 'escalation']);
    expect(happened(entries, 'due')).toEqual([dueAt.missed!]);
    expect(happened(entries, 'escalation')).toEqual([dueAt.missed! + RUNG_MS]);
    expect(Date.parse(entries[1]!.recordedAt)).toBeGreaterThan(restartedAt);
  });

  it('has one message for each rung and person', async () => {
    expect(await toldOf(opened.missed)).toEqual(['2 D07-head', '3 vm-1']);
  });

  it('counts an act received before the deadline as on time, at the instant its entrance received it', async () => {
    const entries = await recordOf(opened.inTime);
    expect(receipts.inTime).toMatchObject({ outcome: 'changed', state: ['done'] });
    expect(steps(entries)).toEqual(['xstate.init', 'DONE']);
    expect(happened(entries, 'DONE')).toEqual([inTime.receivedAt]);
    expect(Date.parse(entries[1]!.receivedAt)).toBe(inTime.receivedAt);
    expect(Date.parse(entries[1]!.recordedAt)).toBeGreaterThan(restartedAt);
    expect(await toldOf(opened.inTime)).toEqual([]);
  });

  it('lets an act received after the deadline meet the state the deadline led to', async () => {
    const entries = await recordOf(opened.tooLate);
    expect(receipts.tooLate).toMatchObject({ outcome: 'changed', state: ['doneLate'] });
    expect(steps(entries)).toEqual(['xstate.init', 'due', 'escalation', 'DONE']);
    expect(happened(entries, 'due')).toEqual([dueAt.tooLate!]);
    expect(happened(entries, 'DONE')).toEqual([tooLate.receivedAt]);
  });

  it('has tried an act again under its id until a worker was there, and done it once', async () => {
    const entries = await recordOf(opened.inTime);
    expect(entries.filter(({ trigger }) => trigger.id === inTime.actId)).toHaveLength(1);
    expect(receipts.inTime.repeated).toBeUndefined();
  });

  it('tells a sender whose patience ended to repeat the act with the same id', () => {
    expect(refused).toBeInstanceOf(Unreachable);
    expect((refused as Error).message).toMatch(/no worker answered in time.*repeat it with the same id/);
  });

  it('leaves chains that verify', verified);
});

describe('a worker killed between the write to the ledger and the completion of the task', () => {
  const kills = [
    {
      of: 'a deadline',
      dieAfter: 'due',
      entries: ['xstate.init', 'due', 'escalation'],
      told: ['2 D07-head', '3 vm-1'],
    },
    { of: 'an act', dieAfter: 'DONE', entries: ['xstate.init', 'DONE'], told: [] },
  ];
  type Kill = (typeof kills)[number];
  const seen = new Map<string, Awaited<ReturnType<typeof killed>>>();

  /** Each kill has a task queue of its own, so that they happen beside each other. */
  async function killed({ dieAfter, entries }: Kill) {
    const own = new CaseClient(temporal, { taskQueue: dieAfter, patience: 40_000 });
    const worker = await startWorker(sound, { dieAfter, taskQueue: dieAfter });
    const id = await open(dieAfter === 'due' ? 1_000 : 600_000, own);
    const sent = dieAfter === 'DONE' ? done(id, { by: own }) : undefined;
    const { signal } = await worker.ended;
    const written = await ledger.record(id);
    await post.deliver();
    const early = post.about(id);
    await startWorker(sound, { taskQueue: dieAfter });
    await eventually(async () => {
      expect(steps(await recordOf(id))).toEqual(entries);
      expect((await own.view(id)).recorded).toBe(entries.length);
    }, 30_000);
    return { id, signal, written, early, receipt: await sent?.answer };
  }

  beforeAll(async () => {
    const done = await Promise.all(kills.map(killed));
    for (const [i, { dieAfter }] of kills.entries()) seen.set(dieAfter, done[i]!);
  }, 120_000);
  afterAll(clear);

  describe.each(kills)('of $of', ({ dieAfter, entries, told }) => {
    it('leaves a row that is not confirmed, and nothing of it leaves the house', () => {
      const { signal, written, early } = seen.get(dieAfter)!;
      expect(signal).toBe('SIGKILL');
      expect(written.map(({ entry, confirmed }) => [entry.trigger.type, confirmed]).at(-1)).toEqual([dieAfter, false]);
      expect(early).toEqual([]);
    });

    it('gives one row in the end, another one than was written first', async () => {
      const { id, written } = seen.get(dieAfter)!;
      const record = await recordOf(id);
      expect(steps(record)).toEqual(entries);
      expect(record[1]!.hash).not.toBe(written[1]!.entry.hash);
      await verified();
    });

    it('tells everybody once', async () => {
      const { id } = seen.get(dieAfter)!;
      expect(await toldOf(id)).toEqual(told);
      await post.deliver();
      await post.deliver();
      expect(post.about(id)).toEqual(told.map((line) => line.split(' ')[1]));
    });
  });

  it('answers the act under its id once the next worker has done it', () => {
    expect(seen.get('DONE')!.receipt).toMatchObject({ outcome: 'changed', state: ['done'], sequence: 2 });
  });
});

const moving = () => ({
  temporal,
  dataConverter: {},
  deployment,
  definitions: [procedure.definition],
  code: sound,
  activities: ['flushRecord'],
  say: () => {},
});

/** The delivery loop with a channel that keeps what it sends, at an instant after all notices are due. */
class Post {
  readonly #sent: Message[] = [];
  readonly #delivery = createDelivery({
    ledger,
    channels: [
      {
        name: 'kept',
        takes: () => true,
        send: async (message) => {
          this.#sent.push(message);
        },
        close: async () => {},
      },
    ],
    resolve: (recipient) => ({ seat: recipient }),
    contacts: ({ seat }) => ({ channels: [{ kind: 'email', address: `${seat}@example.invalid` }] }),
    render: (template) => ({ subject: template, body: template }),
    headOf: async (caseId) => {
      const hasty = new CaseClient(temporal, { taskQueue: QUEUE, patience: 1_000 });
      return (await hasty.view(caseId)).head;
    },
  });

  async deliver(): Promise<void> {
    const NOTICES_ARE_DUE_MS = 30 * 86_400_000;
    await this.#delivery.runOnce(Date.now() + NOTICES_ARE_DUE_MS);
  }

  /** The seats that were written to about a case, one for each message. */
  about(id: string): string[] {
    return this.#sent
      .filter(({ cases: about }) => about.includes(id))
      .map(({ seat }) => seat)
      .sort();
  }
}
