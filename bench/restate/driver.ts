import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { COURSE, type EventType, type Input } from '../cases/procedure';
import { PROCEDURE } from '../cases/restate';
import { type Driver, PATIENCE_MS, payloadOf, TEXT } from '../drivers';
import type { Forked } from '../forked';
import { type Clients, type Ingress, loadClients, type Snapshot } from './packages';

const POLL_MS = 100;

/** Drives cases on Restate by its own client, which repeats calls under their idempotency key. */
export class RestateDriver implements Driver {
  /** The client does not say. */
  readonly repeated = 0;
  readonly #ingress: Ingress;
  readonly #clients: Clients;

  /** @param ingress such as `http://127.0.0.1:8080` */
  constructor(
    packages: string,
    ingress: string,
    private readonly handlers: Forked,
  ) {
    this.#clients = loadClients(packages);
    this.#ingress = this.#clients.connect({ url: ingress });
  }

  async start(id: string, input: Omit<Input, 'text'> = {}): Promise<void> {
    await this.#case(id).create({ input: { text: TEXT, ...input } }, this.#once());
  }

  async send(id: string, type: EventType): Promise<void> {
    const snapshot = await this.#case(id).send({ event: { type, ...payloadOf(type) } }, this.#once());
    if (!shows(snapshot, type)) throw new Error(`${id}: after ${type} it is ${snapshot.status} in ${snapshot.value}`);
  }

  async hasEnded(id: string): Promise<boolean> {
    return (await this.#case(id).snapshot()).status === 'done';
  }

  async ends(ids: readonly string[]): Promise<Map<string, number>> {
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(POLL_MS)) {
      const ended = await this.handlers.ask<number>('ended');
      if (ended >= ids.length) break;
      if (Date.now() > until)
        throw new Error(`${ids.length - ended} cases have not ended after ${PATIENCE_MS / 60_000} minutes`);
    }
    const ends = new Map(await this.handlers.ask<[string, number][]>('ends'));
    return new Map(ids.map((id) => [id, ends.get(id)!]));
  }

  /** Cases go with their server, which is gone before their deadlines. */
  async abandon(): Promise<void> {}

  #case(id: string): ReturnType<Ingress['objectClient']> {
    return this.#ingress.objectClient({ name: PROCEDURE }, id);
  }

  #once(): unknown {
    return this.#clients.Opts.from({ idempotencyKey: randomUUID() });
  }
}

/** Whether a case stands where an event leads. An event that is not accepted is answered like any other. */
function shows({ status, value, context }: Snapshot, type: EventType): boolean {
  if (type === 'NOTE') return context.note === 1;
  const step = COURSE.findIndex(({ event }) => event === type);
  if (step < 0) return status === 'active';
  return value === (COURSE[step + 1]?.state ?? 'done');
}
