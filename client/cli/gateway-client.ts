/** HTTP to a gateway: who asks, what is refused, and what is no gateway at all. */
import type { Problem } from '../gateway/problem';
import { Denied, Misused } from './errors';

export interface GatewayAccess {
  /** `https://host` or `http://host:port`. */
  address: string;
  /** Bearer token; without one the seat stands as a demo identity, which only demonstrations take. */
  token?: string | undefined;
  seat?: string | undefined;
}

interface Fetched {
  body: unknown;
  headers: Headers;
}

interface Posting {
  seat?: string | undefined;
  body: unknown;
  headers?: Record<string, string>;
}

const ANSWER_WITHIN_MS = 60_000;
/** Refused because of who asks or how often; anything else is a command that cannot be carried out. */
const DENIED = [401, 403, 409, 410, 422, 429];

export type Gateway = GatewayClient;

/** @throws Misused for what is no address */
export function openGatewayClient(access: GatewayAccess): GatewayClient {
  const { address } = access;
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    throw new Misused(`'${address}' is no address of a gateway; such as https://zhengling.example.org is expected`);
  return new GatewayClient({ ...access, address: address.replace(/\/+$/, '') });
}

class GatewayClient {
  constructor(private readonly access: GatewayAccess) {}

  async get<T>(path: string, seat?: string): Promise<T> {
    return (await this.fetch(path, seat)).body as T;
  }

  /** @throws Misused, Denied */
  async fetch(path: string, seat?: string): Promise<Fetched> {
    const answer = await this.#send(path, { headers: this.#headers(seat) });
    const body = await this.#read(answer);
    return answer.ok ? { body, headers: answer.headers } : this.refuse(body as Problem);
  }

  /** A problem is an answer. @throws Misused */
  async post<T>(path: string, { seat, body, headers = {} }: Posting): Promise<T | { problem: Problem }> {
    const answer = await this.#send(path, {
      method: 'POST',
      headers: { ...this.#headers(seat), 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const read = await this.#read(answer);
    return answer.ok ? (read as T) : { problem: read as Problem };
  }

  /** A body that is read as it comes. @throws Misused, Denied */
  async stream(
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>> {
    const answer = await this.#send(path, { headers: { ...this.#headers(), ...headers } }, signal);
    if (answer.ok && answer.body) return answer.body as ReadableStream<Uint8Array>;
    return this.refuse((await this.#read(answer)) as Problem);
  }

  /** @throws Denied, or Misused where it is not the asking that was refused */
  refuse({ status, code, detail, remedy, ground }: Problem): never {
    if (DENIED.includes(status)) throw new Denied(code, { sentence: detail, remedy, citation: ground });
    throw new Misused([detail, remedy].filter(Boolean).join('\n'));
  }

  #headers(seat = this.access.seat): Record<string, string> {
    const { token } = this.access;
    if (token) return { authorization: `Bearer ${token}` };
    if (seat === undefined)
      throw new Misused(
        'say who asks: a token in ZHENGLING_TOKEN, or, in a demonstration, --as SEAT or ZHENGLING_SEAT',
      );
    return { authorization: `Demo ${seat}` };
  }

  async #send(path: string, init: RequestInit, signal = AbortSignal.timeout(ANSWER_WITHIN_MS)): Promise<Response> {
    try {
      return await fetch(this.access.address + path, { ...init, redirect: 'error', signal });
    } catch (error) {
      if (signal.aborted && (signal.reason as Error)?.name !== 'TimeoutError') throw error;
      const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
      const why = cause?.code ?? cause?.message ?? message;
      throw new Misused(
        `the gateway ${this.access.address} does not answer (${why}): correct the address, or ask whoever runs it`,
        { cause: error },
      );
    }
  }

  async #read(answer: Response): Promise<unknown> {
    const type = answer.headers.get('content-type') ?? '';
    if (/^application\/[a-z+-]*json/.test(type)) return answer.json();
    throw new Misused(
      `${this.access.address} answered ${answer.status} with ${type || 'nothing'}: it is no gateway of zhengling`,
    );
  }
}
