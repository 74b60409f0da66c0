import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { BuildStore } from '../../worker/builds';
import { Deployment } from '../../worker/deployment';
import { moveCase, type UpgradeParts, upgrade, whyStranded } from '../../worker/upgrade';
import { CaseClient } from '../../workflows/runtime/client';
import { type Bundle, bundle } from '../../workflows/runtime/worker';
import type { Definition, FlushBatch, RecordEntry } from '../../workflows/runtime/workflow';
import { firstEdition, secondEdition, secondWithGap } from '../support/builds/permit';
import { NAMESPACE } from '../support/lab';
import { eventually } from '../support/processes';

const code: Record<string, Bundle> = {};
let connection: Connection;
let native: NativeConnection;
let temporal: Client;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const address = process.env.ZHENGLING_TEST_TEMPORAL!;
  connection = await Connection.connect({ address });
  native = await NativeConnection.connect({ address });
  temporal = new Client({ connection, namespace: NAMESPACE });
  for (const name of ['first', 'faulty', 'second', 'gap'])
    code[name] = await bundle(require.resolve(`../support/builds/${name}`));
}, 60_000);

const yards: Yard[] = [];

afterEach(async () => {
  await Promise.all(yards.splice(0).map((yard) => yard.close()));
});

afterAll(async () => {
  await native.close();
  await connection.close();
});

/** A deployment of its own, so that tests beside each other do not move each other's cases. */
class Yard {
  readonly name = `yard-${randomUUID().slice(0, 8)}`;
  readonly folder = mkdtempSync(join(tmpdir(), 'zhengling-builds-'));
  readonly deployment = new Deployment(temporal, this.name);
  readonly cases = new CaseClient(temporal, { taskQueue: this.name });
  readonly record = new Map<string, RecordEntry[]>();
  readonly said: string[] = [];
  readonly #running: { worker: Worker; done: Promise<void> }[] = [];

  async serve(build: Bundle): Promise<void> {
    const worker = await Worker.create({
      connection: native,
      namespace: NAMESPACE,
      taskQueue: this.name,
      workflowBundle: build,
      activities: { flushRecord: this.#flush },
      workerDeploymentOptions: {
        version: { deploymentName: this.name, buildId: build.buildId },
        useWorkerVersioning: true,
        defaultVersioningBehavior: 'PINNED',
      },
    });
    this.#running.push({ worker, done: worker.run() });
  }

  parts(build: Bundle, definition: Definition): UpgradeParts {
    return {
      temporal,
      dataConverter: {},
      deployment: this.deployment,
      definitions: [definition],
      store: new BuildStore(this.folder, [definition.machine]),
      code: build,
      activities: ['flushRecord'],
      say: (line) => this.said.push(line),
    };
  }

  open(id: string) {
    const stamp = { receivedAt: Date.now(), entrance: 'test' };
    return this.cases.start('permit', { id, actId: `open-${id}`, input: null, stamp, data: null });
  }

  act(id: string, type: string, actId: string = randomUUID()) {
    return this.cases.act(id, {
      id: actId,
      type,
      payload: {},
      stamp: { receivedAt: Date.now(), entrance: 'test' },
    });
  }

  async close(): Promise<void> {
    for (const { worker } of this.#running) worker.shutdown();
    await Promise.all(this.#running.map(({ done }) => done));
  }

  readonly #flush = async (batch: FlushBatch) => {
    const kept = (this.record.get(batch.case) ?? []).filter((e) => e.sequence < batch.entries[0]!.sequence);
    this.record.set(batch.case, [...kept, ...batch.entries]);
    const { sequence, hash } = batch.entries.at(-1)!;
    return { sequence, hash };
  };
}

const id = () => `permit-${randomUUID().slice(0, 8)}`;
/** Lists are a second behind. */
const seen = (yard: Yard, buildId: string, count: number) =>
  eventually(async () => expect(await yard.deployment.openCases(buildId)).toHaveLength(count));

describe('an upgrade with idle open cases', () => {
  it('moves them to the next edition with their deadlines, and new cases begin on it', async () => {
    const yard = new Yard();
    yards.push(yard);
    await yard.serve(code.first!);
    yard.parts(code.first!, firstEdition()).store.keep(code.first!);
    await yard.deployment.setCurrent(code.first!.buildId);
    const [idle, checked] = [id(), id()];
    const { view: before } = await yard.open(idle);
    await yard.open(checked);
    await yard.act(checked, 'CHECK');
    await seen(yard, code.first!.buildId, 2);

    await yard.serve(code.second!);
    const result = await upgrade(yard.parts(code.second!, secondEdition));
    expect(result).toMatchObject({ buildId: code.second!.buildId, stranded: [] });
    expect(result.moved.sort()).toEqual([idle, checked].sort());

    const moved = await yard.cases.view(idle);
    expect(moved).toMatchObject({ machine: 'permit@2', state: ['requested'], context: null, head: { sequence: 2 } });
    expect(moved.deadlines.map((d) => d.dueAt)).toEqual(before.deadlines.map((d) => d.dueAt));
    expect(await yard.act(checked, 'GRANT')).toMatchObject({ outcome: 'changed', state: ['granted'] });
    expect(yard.record.get(checked)!.map((e) => e.trigger.type)).toEqual(['xstate.init', 'CHECK', 'edition', 'GRANT']);
    expect(yard.record.get(checked)![2]!.trigger.payload).toEqual({ from: 'permit@1', to: 'permit@2' });
    expect((await yard.open(id())).view.machine).toBe('permit@2');
    expect(yard.said).toContain('replay gate: 2 open histories replay');
  }, 90_000);

  it('lists cases that the new build would strand, and leaves them at work on theirs', async () => {
    const yard = new Yard();
    yards.push(yard);
    await yard.serve(code.first!);
    yard.parts(code.first!, firstEdition()).store.keep(code.first!);
    await yard.deployment.setCurrent(code.first!.buildId);
    const idle = id();
    await yard.open(idle);
    await seen(yard, code.first!.buildId, 1);
    await yard.serve(code.gap!);
    const result = await upgrade(yard.parts(code.gap!, secondWithGap));
    expect(result.stranded).toEqual([
      {
        caseId: idle,
        machine: 'permit@1',
        because: "state 'checked' has no counterpart: 'checked' is not in permit@2",
      },
    ]);
    expect(await yard.act(idle, 'CHECK')).toMatchObject({ outcome: 'changed', state: ['checked'] });
  }, 90_000);

  it('does not change anything when the gate finds an activity this version does not offer', async () => {
    const yard = new Yard();
    yards.push(yard);
    await yard.serve(code.first!);
    yard.parts(code.first!, firstEdition()).store.keep(code.first!);
    await yard.deployment.setCurrent(code.first!.buildId);
    await yard.open(id());
    await seen(yard, code.first!.buildId, 1);
    expect(whyStranded([firstEdition()], 'road@1', { buildId: 'b', keptAt: '', machines: [] })).toBe(
      "this version has no procedure 'road'",
    );
    expect(
      whyStranded([{ ...secondEdition, migrations: [] }], 'permit@1', {
        buildId: 'b',
        keptAt: '',
        machines: [{ id: 'permit@1', leaves: [], nodes: [] }],
      }),
    ).toBe('this version has permit@2 and declares no migration from permit@1');
  }, 60_000);
});

describe('a case stuck on a broken build', () => {
  it('waits, loses nothing, and goes on when it is moved to a build on which its history replays', async () => {
    const yard = new Yard();
    yards.push(yard);
    await yard.serve(code.faulty!);
    yard.parts(code.faulty!, firstEdition(true)).store.keep(code.faulty!);
    await yard.deployment.setCurrent(code.faulty!.buildId);
    const stuck = id();
    await yard.open(stuck);
    const acted = yard.act(stuck, 'CHECK', 'check').catch((error: Error) => error);
    await yard.serve(code.first!);
    await eventually(async () =>
      expect((await temporal.workflow.getHandle(stuck).describe()).raw.pendingWorkflowTask?.attempt).toBeGreaterThan(1),
    );
    await moveCase(yard.parts(code.first!, firstEdition()), stuck);
    const first = await acted;
    if (first instanceof Error) expect(first.message).toMatch(/repeat it with the same id/);
    expect(await yard.act(stuck, 'CHECK', 'check')).toMatchObject({
      outcome: 'changed',
      state: ['checked'],
      sequence: 2,
    });
    expect(await yard.act(stuck, 'GRANT')).toMatchObject({ outcome: 'changed', state: ['granted'] });
  }, 90_000);
});
