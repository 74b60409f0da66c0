/** Brings the feed to its subscribers: in order, signed (Standard Webhooks), tried again, given up in the end and kept. */
import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook as Signer } from 'standardwebhooks';
import type { ClaimedWebhook, FeedEvent, WebhookOutcome } from '../../activities/ledger';
import { LedgerUnavailable } from '../../activities/ledger';
import type { Caller } from '../identity';
import type { Site } from '../site';
import { CLOUD_EVENT, cloudEventOf } from './cloud-event';
import { Filter, sourceOf } from './feed';
import type { Counters } from './metrics';
import type { GatewayParts } from './ports';
import type { Readings } from './reading';

/** The key of an installation from which every subscription's own secret follows; nothing secret stands in the ledger. */
export interface SigningKey {
  readonly reference: string;
  readonly key: Buffer;
}

export const KEY_FILE = 'webhooks.key';
const KEY_BYTES = 32;

/** The key of a data directory; made when there is none. Several processes may begin at once: one key wins. */
export function openSigningKey(dataDir: string): SigningKey {
  const path = join(dataDir, KEY_FILE);
  const found = readKey(path) ?? makeKey(dataDir, path);
  return { reference: `${KEY_FILE}`, key: found };
}

function readKey(path: string): Buffer | undefined {
  try {
    return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function makeKey(dataDir: string, path: string): Buffer {
  mkdirSync(dataDir, { recursive: true });
  const own = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(own);
  }
  return readKey(path)!;
}

export function secretOf({ key }: SigningKey, subscription: string): string {
  return `whsec_${createHmac('sha256', key).update(subscription).digest('base64')}`;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether events may be sent to an address: on a host the operator has named, by https unless it is this machine. A
 * subscriber must not make us knock at doors inside the house.
 */
export function isAllowedReceiver(url: string, { kind, config }: Pick<Site, 'kind' | 'config'>): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, hostname, username, password } = new URL(url);
  const isHere = LOOPBACK.includes(hostname);
  const isGuarded = protocol === 'https:' || (protocol === 'http:' && isHere);
  const isNamed = (config.gateway?.webhookHosts ?? []).includes(host) || (kind !== 'city' && isHere);
  return isGuarded && isNamed && username === '' && password === '';
}

export interface SenderOptions {
  /** Waits before each further try; after the last one an event is a dead letter. */
  retryAfterMs?: readonly number[];
  /** How often it is looked for something to send. */
  pollMs?: number;
  /** How long a receiver may take to answer. */
  timeoutMs?: number;
}

interface SenderParts extends Pick<GatewayParts, 'ledger' | 'site' | 'log' | 'clock'> {
  readings: Readings;
  key: SigningKey;
  counters: Counters;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** As Standard Webhooks propose. */
const RETRY_AFTER = [5_000, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const POLL_MS = 1_000;
const TIMEOUT_MS = 15_000;
const EVENTS_AT_ONCE = 20;
/** Receivers served at once, so that a slow one keeps nobody waiting. */
const LANES = 4;

export class WebhookSender {
  readonly #parts: SenderParts;
  readonly #options: Required<SenderOptions>;
  readonly #lanes: Promise<void>[] = [];
  readonly #stop = new AbortController();

  constructor(parts: SenderParts, options: SenderOptions = {}) {
    this.#parts = parts;
    this.#options = { retryAfterMs: RETRY_AFTER, pollMs: POLL_MS, timeoutMs: TIMEOUT_MS, ...options };
  }

  start(): void {
    for (let lane = 0; lane < LANES; lane += 1) this.#lanes.push(this.#run());
  }

  /** Ends when what is under way is settled. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#lanes);
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const served = await this.#serveOne().catch((error) => {
        if (!(error instanceof LedgerUnavailable)) this.#parts.log.error({ err: error }, 'events could not be sent');
        return false;
      });
      if (!served) await this.#rest();
    }
  }

  #rest(): Promise<void> {
    return new Promise((done) => {
      const wake = () => {
        clearTimeout(timer);
        this.#stop.signal.removeEventListener('abort', wake);
        done();
      };
      const timer = setTimeout(wake, this.#options.pollMs);
      this.#stop.signal.addEventListener('abort', wake);
    });
  }

  async #serveOne(): Promise<boolean> {
    const { ledger, clock } = this.#parts;
    const leaseMs = this.#options.timeoutMs * (EVENTS_AT_ONCE + 1);
    const claimed = await ledger.claimWebhook({ now: clock(), leaseMs, limit: EVENTS_AT_ONCE });
    if (!claimed) return false;
    await ledger.settleWebhook(claimed.webhook.id, claimed.lease, await this.#send(claimed));
    return true;
  }

  async #send({ webhook, events }: ClaimedWebhook): Promise<WebhookOutcome> {
    const { readings, counters, clock } = this.#parts;
    const right = new Filter(readings, subscriberOf(webhook.id, this.#parts.site));
    let through: number | undefined;
    for (const event of events) {
      if (this.#stop.signal.aborted && through !== undefined) return { state: 'sent', through };
      const [readable] = await right.through([event]);
      const error = readable ? await this.#post(webhook.id, webhook.url, readable) : undefined;
      if (error !== undefined) {
        const failed = through === undefined ? webhook.attempts : 0;
        const wait = this.#options.retryAfterMs[failed];
        counters.deliveries.inc({ outcome: wait === undefined ? 'dead' : 'failed' });
        if (wait === undefined) return { state: 'dead', position: event.position, error, at: clock() };
        return { state: 'failed', ...(through === undefined ? {} : { through }), error, retryAt: clock() + wait };
      }
      if (readable) counters.deliveries.inc({ outcome: 'taken' });
      through = event.position;
    }
    return { state: 'sent', through: through! };
  }

  /** Undefined once the receiver has taken it, else why it has not. */
  async #post(subscription: string, url: string, event: FeedEvent): Promise<string | undefined> {
    const { site, key } = this.#parts;
    if (!isAllowedReceiver(url, site)) return 'this host is no longer among gateway.webhookHosts';
    const body = JSON.stringify(cloudEventOf(event, sourceOf(site)));
    const id = `${subscription}_${event.position}`;
    const now = new Date();
    const headers = {
      'content-type': CLOUD_EVENT,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Signer(secretOf(key, subscription)).sign(id, now, body),
    };
    return this.#reach(url, { method: 'POST', body, headers });
  }

  async #reach(url: string, request: RequestInit): Promise<string | undefined> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const answer = await fetch(url, { ...request, signal, redirect: 'error' });
      await answer.body?.cancel();
      return answer.ok ? undefined : `the receiver answered ${answer.status}`;
    } catch (error) {
      if (signal.aborted) return `the receiver did not answer within ${this.#options.timeoutMs} ms`;
      const { cause, message } = error as Error & { cause?: { code?: string } };
      return `the receiver could not be reached (${cause?.code ?? message})`;
    }
  }
}

/** For whom a subscription reads: the seat or system that made it. */
function subscriberOf(id: string, { identities }: Pick<Site, 'identities'>): Caller {
  const [, kind, name = ''] = /^(seat|system)_(.+)_[0-9a-f]{12}$/.exec(id) ?? [];
  const known = { entrance: 'gateway', proof: 'word' } as const;
  const system = kind === 'system' ? identities.system(name) : undefined;
  if (kind === 'seat') return { kind: 'person', person: '', seats: [name], ...known };
  if (!system) return { kind: 'person', person: '', seats: [], ...known };
  const { unit, seat, procedures, acts } = system;
  return { kind: 'system', system: name, unit, seat, procedures, acts, ...known };
}
