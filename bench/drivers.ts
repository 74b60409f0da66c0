/** How a client starts and drives a case of each variant. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { CaseClient } from '../workflows/runtime/client';
import { ACT, type Answer, type Event, type EventType, type Input } from './cases/procedure';
import type { Variant } from './variants';

/** About 1 kB. */
export const TEXT = 'A matter of the usual length. '.repeat(34);

const POLL_MS = 500;
export const PATIENCE_MS = 300_000;

export interface Driver {
  start(id: string, input?: Omit<Input, 'text'>): Promise<void>;
  /** Sends one event and waits for its answer. Calls that failed in passing are repeated with the same id. */
  send(id: string, type: EventType): Promise<void>;
  hasEnded(id: string): Promise<boolean>;
  /** Waits until these have all ended, nothing else being under way; answers when each did, in epoch milliseconds. */
  ends(ids: readonly string[]): Promise<Map<string, number>>;
  /** Ends a case that a measurement leaves open. */
  abandon(id: string): Promise<void>;
  /** Repetitions so far. */
  readonly repeated: number;
}

/** @param taskQueue the queue of the worker that runs this variant */
export function driverOf(variant: Variant, client: Client, taskQueue: string): Driver {
  return variant === 'ours' ? new OurDriver(client, taskQueue) : new PlainDriver(client, taskQueue);
}

export const payloadOf = (type: EventType): Event['payload'] => (type === 'NOTE' ? { value: 1 } : {});

/** What cases on a Temporal server have in common. */
class WorkflowDriver {
  constructor(protected readonly client: Client) {}

  async hasEnded(id: string): Promise<boolean> {
    return (await this.client.workflow.getHandle(id).describe()).status.name !== 'RUNNING';
  }

  async ends(ids: readonly string[]): Promise<Map<string, number>> {
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS)) {
      const { count } = await this.client.workflow.count("ExecutionStatus = 'Running'");
      if (count === 0) break;
      if (Date.now() > until) throw new Error(`${count} cases have not ended after ${PATIENCE_MS / 60_000} minutes`);
    }
    const wanted = new Set(ids);
    const ends = new Map<string, number>();
    for await (const { workflowId, closeTime } of this.client.workflow.list({
      query: "ExecutionStatus = 'Completed'",
    })) {
      if (wanted.has(workflowId) && closeTime) ends.set(workflowId, closeTime.getTime());
    }
    return ends;
  }

  async abandon(id: string): Promise<void> {
    await this.client.workflow.getHandle(id).terminate('the measurement is over');
  }
}

class OurDriver extends WorkflowDriver implements Driver {
  readonly repeated = 0;
  readonly #cases: CaseClient;

  constructor(
    client: Client,
    private readonly taskQueue: string,
  ) {
    super(client);
    this.#cases = new CaseClient(client, { taskQueue, patience: 60_000 });
  }

  async start(id: string, input: Omit<Input, 'text'> = {}): Promise<void> {
    const stamp = { receivedAt: Date.now(), entrance: 'bench' };
    const start = { id, input: { text: TEXT, ...input }, stamp, data: null, actId: `open-${id}` };
    await this.client.workflow.start('procedure', { workflowId: id, taskQueue: this.taskQueue, args: [start] });
  }

  async send(id: string, type: EventType): Promise<void> {
    const stamp = { receivedAt: Date.now(), entrance: 'bench' };
    const receipt = await this.#cases.act(id, { id: randomUUID(), type, payload: payloadOf(type), stamp });
    if (receipt.outcome !== 'changed' || receipt.recorded !== 'yes')
      throw new Error(`${id}: ${type} was answered ${receipt.outcome}, recorded: ${receipt.recorded}`);
  }
}

/** gRPC status codes after which a call may be repeated; 9 is how a task that failed under an update shows. */
const PASSING = new Set([4, 8, 9, 10, 14]);

class PlainDriver extends WorkflowDriver implements Driver {
  repeated = 0;

  constructor(
    client: Client,
    private readonly taskQueue: string,
  ) {
    super(client);
  }

  async start(id: string, input: Omit<Input, 'text'> = {}): Promise<void> {
    const args = [{ text: TEXT, ...input }];
    await this.client.workflow.start('procedure', { workflowId: id, taskQueue: this.taskQueue, args });
  }

  async send(id: string, type: EventType): Promise<void> {
    const updateId = randomUUID();
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      try {
        const event: Event = { type, payload: payloadOf(type) };
        await this.client.workflow.getHandle(id).executeUpdate<Answer, [Event]>(ACT, { args: [event], updateId });
        return;
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.repeated += 1;
        await sleep(pause);
      }
    }
  }
}

function isPassing(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && PASSING.has(cause.code);
}
