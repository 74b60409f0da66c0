/** A delivery loop over a real ledger, with what it sends caught where a test can look at it. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from '../../activities/ledger';
import type { Address, Channel, DeliveryOptions, Message } from '../../activities/notify';
import { formatInstant } from '../../workflows/law';
import { link } from '../../workflows/runtime/workflow/record';
import type { Effect, RecordEntry } from '../../workflows/runtime/workflow/types';
import { PlayedCase } from '../ledger/support';

/** Keeps what it is given; `broken` makes it throw for some addresses. */
export class CatchingChannel implements Channel {
  readonly name: string;
  readonly sent: { message: Message; to: string }[] = [];
  broken: (to: string, message: Message) => string | undefined = () => undefined;
  /** How long the next hop takes to answer. */
  slowMs = 0;

  constructor(private readonly kind: Address['kind'] = 'email') {
    this.name = kind;
  }

  takes(address: Address): boolean {
    return address.kind === this.kind;
  }

  async send(message: Message, address: Address): Promise<void> {
    const to = address.kind === 'email' ? address.address : 'number' in address ? address.number : address.url;
    if (this.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, this.slowMs));
    const fault = this.broken(to, message);
    if (fault !== undefined) throw new Error(fault);
    this.sent.push({ message, to });
  }

  async close(): Promise<void> {}

  get recipients(): string[] {
    return this.sent.map(({ to }) => to);
  }
}

/** Every seat is held and reached by `<seat>@example.invalid`, `evm` is vm-2, and nothing is asked of cases. */
export function plainDelivery(ledger: Ledger, options: Partial<DeliveryOptions> = {}): DeliveryOptions {
  return {
    ledger,
    resolve: (recipient) => ({ seat: recipient === 'evm' ? 'vm-2' : recipient }),
    contacts: ({ seat }) => ({ channels: [{ kind: 'email', address: `${seat}@example.invalid` }], script: 'hans' }),
    render: (template, data) => ({ subject: `${template} ${data.caseNo ?? ''}`.trim(), body: JSON.stringify(data) }),
    channels: [],
    headOf: async () => undefined,
    ...options,
  };
}

/** Closes what a test opened, last first, also when the test failed. */
export class Closing {
  readonly #open: (() => Promise<unknown>)[] = [];

  also<T>(thing: T, close: (thing: T) => Promise<unknown>): T {
    this.#open.push(() => close(thing));
    return thing;
  }

  async all(): Promise<void> {
    for (let close = this.#open.pop(); close; close = this.#open.pop()) await close();
  }
}

export interface Posted {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a receiver does with a request: answers, late or at once, or hangs up. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
  hangUp?: boolean;
}

/** A receiver of webhooks on 127.0.0.1. */
export class Receiver {
  readonly posted: Posted[] = [];
  /** 0: does not answer. */
  status = 200;
  reply: (posted: Posted, count: number) => Reply = () => ({});
  #server: Server | undefined;

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const posted = {
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        if (this.status === 0) return;
        this.posted.push(posted);
        const {
          status = this.status,
          headers,
          body = 'thank you',
          delayMs = 0,
          hangUp,
        } = this.reply(posted, this.posted.length);
        if (hangUp) return void request.socket.resetAndDestroy();
        setTimeout(() => {
          response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : headers);
          response.end(body);
        }, delayMs).unref();
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=s3cret`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => (this.#server ? this.#server.close(resolve) : resolve(undefined)));
  }
}

/** A case that slept over deadlines: each is a link of its own, at its own instant, and all were recorded on waking. */
export class SleepingCase extends PlayedCase {
  deadline({ passed, woken, effects }: { passed: number; woken: number; effects: Effect[] }): RecordEntry {
    const sequence = this.head.sequence + 1;
    const entry = link(
      {
        case: this.id,
        sequence,
        machine: 'supervision-item@draft-2026',
        trigger: { kind: 'timer', type: 'explanationDue' },
        happenedAt: formatInstant(passed),
        receivedAt: formatInstant(passed),
        recordedAt: formatInstant(woken),
        steps: [],
        effects,
        state: ['open.course.overdue'],
      },
      this.head.hash,
    );
    this.head = { sequence, hash: entry.hash };
    return entry;
  }

  /** Flushes links together, as on waking, and confirms them. */
  async flushed(ledger: Ledger, entries: RecordEntry[]): Promise<void> {
    await ledger.flush(this.batch(...entries));
    this.commit();
    await ledger.confirm(this.id, this.head);
  }
}
