/** A house with a gateway on a free port, and somebody who asks it over HTTP. */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { City } from '../../client/city';
import { type Gateway, type GatewayOptions, openGateway } from '../../client/gateway';
import { openIdentity } from '../../client/identity';
import { openSite, type SiteConfig, type SiteKind } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { type Log, openLog } from '../../worker/logging';
import { bundleProcedures } from '../../worker/procedure-worker';
import { startTemporal } from '../../worker/temporal';
import { procedures } from '../../workflows/procedures';
import type { Bundle } from '../../workflows/runtime/worker';
import type { Json } from '../../workflows/runtime/workflow';
import { assignment, Installations, matter, report } from '../support/installation';

export interface Opened {
  house: House;
  gateway: Gateway;
  installations: Installations;
  /** host:port of the Temporal server. */
  temporal: string;
  close(): Promise<void>;
}

export interface Opening {
  kind?: SiteKind;
  settings?: Partial<SiteConfig>;
  files?: Record<string, unknown>;
  /** A data directory made already. */
  data?: string;
  log?: Log;
  options?: Partial<GatewayOptions>;
  /** A Temporal server of its own, for tests that start processes or look into its data. */
  ownServer?: boolean;
}

let code: Bundle | undefined;

/** A running installation with its gateway; a demonstration unless told. */
export async function openGatewayHouse({
  kind = 'demo',
  settings,
  files,
  data,
  log = openLog(process.env.ZHENGLING_TEST_LOG ?? 'silent'),
  options,
  ownServer = false,
}: Opening = {}): Promise<Opened> {
  process.env.ZHENGLING_SMTP_PORT = '0';
  const installations = new Installations();
  const opened = openSite(data ?? installations.site(kind, settings, files), kind);
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  code ??= await bundleProcedures();
  const server = ownServer ? await startServer(installations.folder) : undefined;
  const address = server?.address ?? process.env.ZHENGLING_TEST_TEMPORAL!;
  // Test files run beside each other on one server: numbers and task queues of one must not meet those of another.
  const isNamed = server !== undefined || settings?.temporal?.namespace !== undefined;
  const site = isNamed ? opened.ok : { ...opened.ok, namespace: `gateway-${randomUUID().slice(0, 8)}` };
  const house = await openHouse({ site, address, log, entrance: 'test', code });
  const gateway = await gatewayFor(house, log, options);
  return {
    house,
    gateway,
    installations,
    temporal: address,
    async close() {
      await gateway.close();
      await house.stop();
      await server?.stop();
      await installations.close();
    },
  };
}

function startServer(folder: string) {
  return startTemporal({ dataDir: join(folder, 'temporal'), ports: { temporal: 0, ui: 0 }, ephemeral: true });
}

export function gatewayFor(
  { site, ledger, temporal }: House,
  log: Log,
  options: Partial<GatewayOptions> = {},
): Promise<Gateway> {
  const city = new City({ site, temporal, ledger, entrance: 'gateway', procedures });
  const identify = openIdentity({
    kind: site.kind,
    config: site.config.identity,
    identities: site.identities,
    ledger,
    entrance: 'gateway',
  });
  return openGateway({ site, city, ledger, temporal, identify, log, port: 0, ...options });
}

/** What comes over the wire; its shape is what tests are about. */
// biome-ignore lint/suspicious/noExplicitAny: every test says itself what it expects
export type Loose = any;

export interface Answered<Body = Loose> {
  status: number;
  headers: Headers;
  body: Body;
  text: string;
}

/** Somebody at the gateway, as a seat of the demonstration. */
export class Visitor {
  constructor(
    readonly address: string,
    readonly seat?: string,
    readonly headers: Record<string, string> = {},
  ) {}

  as(seat: string): Visitor {
    return new Visitor(this.address, seat, this.headers);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: Json, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  async send(
    method: string,
    path: string,
    body?: RequestInit['body'],
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const authorization: Record<string, string> = this.seat === undefined ? {} : { authorization: `Demo ${this.seat}` };
    const answer = await fetch(this.address + path, {
      method,
      headers: { ...authorization, ...this.headers, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }
}

/** A matter of the demonstration, brought as far as it is asked for; by HTTP, as officials and systems do. */
export class Matters {
  constructor(
    private readonly visitor: Visitor,
    private readonly due: string,
  ) {}

  async registered(more: { [key: string]: Json } = {}): Promise<string> {
    const { status, body, text } = await this.visitor
      .as('X2-desk')
      .post('/v1/supervision-item', { ...matter(), ...more });
    if (status !== 201) throw new Error(text);
    return body.case;
  }

  async assigned(more: { [key: string]: Json } = {}): Promise<string> {
    return this.#after(await this.registered(more), 'X2-desk', 'ASSIGN', assignment(this.due));
  }

  async reviewing(): Promise<string> {
    return this.#after(await this.assigned(), 'D10-desk', 'REPORT', report());
  }

  async closed(): Promise<string> {
    return this.#after(await this.reviewing(), 'X2-desk', 'ACCEPT', { evidence: ['E-1'] });
  }

  act(
    caseId: string,
    seat: string,
    event: string,
    payload: Json,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    return this.visitor.as(seat).post(`/v1/supervision-item/${caseId}/${event}`, payload, headers);
  }

  async #after(caseId: string, seat: string, event: string, payload: Json): Promise<string> {
    const { status, text } = await this.act(caseId, seat, event, payload);
    if (status !== 200) throw new Error(text);
    return caseId;
  }
}

/** `case:sequence` of a receipt. */
export const seen = ({ body }: Answered): string => `${body.case}:${body.sequence}`;
