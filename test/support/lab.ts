import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { CaseClient } from '../../workflows/runtime/client';
import { type Bundle, bundle } from '../../workflows/runtime/worker';
import {
  type FlushBatch,
  GENESIS,
  type Head,
  type Instant,
  type Json,
  type RecordEntry,
} from '../../workflows/runtime/workflow';

export const NAMESPACE = 'tests';

/**
 * What a case handed over, kept in memory and checked as a ledger would: no gap, no broken link. Like the ledger it keeps
 * attempts that were replaced, and stands on whichever the case goes on from: a worker thought dead may write last.
 */
export class Notebook {
  readonly #written = new Map<string, Map<string, RecordEntry>>();
  readonly #heads = new Map<string, string>();
  /** While set, every write is refused with it. */
  broken: Error | undefined;
  writes = 0;
  /** Batches that did not fit behind what stands here. */
  readonly misfits: string[] = [];

  readonly flushRecord = async (batch: FlushBatch): Promise<Head> => {
    if (this.broken) throw this.broken;
    this.writes += 1;
    const written = this.#written.get(batch.case) ?? new Map<string, RecordEntry>();
    this.#written.set(batch.case, written);
    for (const entry of batch.entries) {
      const before = written.get(entry.previous);
      const isNext = entry.sequence === (before?.sequence ?? 0) + 1 && (before || entry.previous === GENESIS);
      if (!isNext) {
        this.misfits.push(`${batch.case}: link ${entry.sequence} follows nothing that was written`);
        throw new Error(this.misfits.at(-1));
      }
      written.set(entry.hash, entry);
    }
    const { sequence, hash } = batch.entries.at(-1)!;
    this.#heads.set(batch.case, hash);
    return { sequence, hash };
  };

  /** The record of a case: the chain behind what it flushed last. */
  of(caseId: string): RecordEntry[] {
    const written = this.#written.get(caseId);
    const entries: RecordEntry[] = [];
    for (let hash = this.#heads.get(caseId); hash && hash !== GENESIS; hash = entries[0]!.previous)
      entries.unshift(written!.get(hash)!);
    return entries;
  }
}

/** A worker of its own on the tests' server, with its own task queue and case prefix. */
export class Lab {
  static #installed = false;
  readonly queue = `q-${randomUUID().slice(0, 8)}`;
  readonly notebook = new Notebook();
  #running: { worker: Worker; done: Promise<void> } | undefined;

  private constructor(
    readonly temporal: Client,
    readonly cases: CaseClient,
    private readonly native: NativeConnection,
    readonly code: Bundle,
    readonly taskQueue: string,
    private readonly activities: object,
  ) {
    this.queue = taskQueue;
  }

  static async open(workflowsPath: string, activities: object = {}): Promise<Lab> {
    const address = process.env.ZHENGLING_TEST_TEMPORAL!;
    if (!Lab.#installed) Runtime.install({ logger: new DefaultLogger('ERROR') });
    Lab.#installed = true;
    const connection = await Connection.connect({ address });
    const temporal = new Client({ connection, namespace: NAMESPACE });
    const native = await NativeConnection.connect({ address });
    const taskQueue = `q-${randomUUID().slice(0, 8)}`;
    const cases = new CaseClient(temporal, { taskQueue });
    return new Lab(temporal, cases, native, await bundle(workflowsPath), taskQueue, activities);
  }

  async start(code: WorkflowBundleWithSourceMap = this.code, options: Partial<WorkerOptions> = {}): Promise<void> {
    const worker = await Worker.create({
      connection: this.native,
      namespace: NAMESPACE,
      taskQueue: this.queue,
      workflowBundle: code,
      activities: { flushRecord: this.notebook.flushRecord, ...this.activities },
      maxCachedWorkflows: 100,
      ...options,
    });
    this.#running = { worker, done: worker.run() };
  }

  async stop(): Promise<void> {
    if (!this.#running) return;
    this.#running.worker.shutdown();
    await this.#running.done;
    this.#running = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.native.close();
    await this.temporal.connection.close();
  }

  id(name: string): string {
    return `${name}-${randomUUID().slice(0, 8)}`;
  }

  start$(workflowType: string, id: string, input: Json, more: object = {}, receivedAt: Instant = Date.now()) {
    return this.cases.start(workflowType, {
      id,
      input,
      actId: `open-${id}`,
      data: null,
      stamp: { receivedAt, entrance: 'lab' },
      ...more,
    });
  }

  act(id: string, type: string, payload: Json = {}, more: { id?: string; receivedAt?: Instant } = {}) {
    const { id: actId = randomUUID(), receivedAt = Date.now() } = more;
    return this.cases.act(id, { id: actId, type, payload, stamp: { receivedAt, entrance: 'lab' } });
  }
}
