/** A delivery loop over a real ledger, with what it sends caught where a test can look at it. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger } from '../../activities/ledger';
import type { Address, Channel, DeliveryOptions, Message } from '../../activities/notify';

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
    const to = address.kind === 'email' ? address.address : address.url;
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
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks on 127.0.0.1. */
export class Receiver {
  readonly posted: Posted[] = [];
  status = 200;
  #server: Server | undefined;

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (this.status === 0) return;
        this.posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(this.status, this.status === 302 ? { location: 'http://127.0.0.1:9/' } : {});
        response.end('thank you');
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
