/** The ways the procedure is run, and how a client starts and drives a case of each. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { CaseClient } from '../workflows/runtime/client';
import { ACT, type Answer, type Event, type EventType, type Input } from './cases/procedure';

export const VARIANTS = ['ours', 'plain', 'kept', 'floor'] as const;
export type Variant = (typeof VARIANTS)[number];

export const TITLES: Record<Variant, string> = {
  ours: 'ours',
  plain: 'hand-written',
  kept: 'hand-written with record',
  floor: 'update only',
};

/** About 1 kB. */
const TEXT = 'A matter of the usual length. '.repeat(34);

export const modulesOf = (): Record<Variant, string> => ({
  ours: require.resolve('./cases/ours'),
  plain: require.resolve('./cases/plain'),
  kept: require.resolve('./cases/kept'),
  floor: require.resolve('./cases/floor'),
});

export interface Driver {
  start(id: string, input?: Omit<Input, 'text'>): Promise<void>;
  /** Sends one event and waits for its answer. Calls that failed in passing are repeated with the same id. */
  send(id: string, type: EventType): Promise<void>;
  /** Repetitions so far. */
  readonly repeated: number;
}

/** @param taskQueue the queue of the worker that runs this variant */
export function driverOf(variant: Variant, client: Client, taskQueue: string): Driver {
  return variant === 'ours' ? new OurDriver(client, taskQueue) : new PlainDriver(client, taskQueue);
}

const payloadOf = (type: EventType): Event['payload'] => (type === 'NOTE' ? { value: 1 } : {});

class OurDriver implements Driver {
  readonly repeated = 0;
  readonly #cases: CaseClient;

  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
  ) {
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

class PlainDriver implements Driver {
  repeated = 0;

  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
  ) {}

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
