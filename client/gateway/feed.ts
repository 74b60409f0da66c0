/** The feed: pages, and a stream that is resumed where it broke off. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { FeedEvent, FeedType } from '../../activities/ledger';
import type { Caller } from '../identity';
import type { App } from './app';
import { callerOf } from './callers';
import { CLOUD_EVENTS, cloudEventOf, PREFIX } from './cloud-event';
import type { FeedTail } from './feed-tail';
import { answers, READ_REFUSED } from './openapi';
import type { GatewayParts } from './ports';
import { refuse } from './problem';
import { firstSeatOf, type Readings } from './reading';
import { cloudEvent, count, feedQuery, PAGE } from './schemas';

export interface FeedParts extends Pick<GatewayParts, 'ledger' | 'site' | 'log'> {
  readings: Readings;
  tail: FeedTail;
}

/** Where events come from, as CloudEvents name it. */
export const sourceOf = ({ namespace }: Pick<GatewayParts['site'], 'namespace'>): string => `/zhengling/${namespace}`;

/** Proxies close what is silent for a minute. */
const HEARTBEAT_MS = 15_000;
const STREAMS = 200;
const STREAM_PAGE = 200;
/** A reader that takes nothing for so long is left; it comes back with its last position. */
const SLOW_MS = 30_000;

export function feedRoutes(app: App, parts: FeedParts): void {
  const streams = new Streams(parts, app);
  pageRoute(app, parts);
  streamRoute(app, parts, streams);
  app.addHook('preClose', async () => streams.close());
}

function pageRoute(app: App, { ledger, readings, site }: FeedParts): void {
  app.route({
    method: 'GET',
    url: '/v1/feed',
    schema: {
      operationId: 'feed',
      tags: ['feed'],
      summary: 'Events after a position, in order; of cases you may read',
      description:
        'One ordered sequence: whoever has seen position n never later meets one below it. `Link: rel="next"` leads on; it is given also where this page shows nothing you may read.',
      querystring: feedQuery,
      response: answers(
        {
          200: {
            schema: z.array(cloudEvent),
            says: 'CloudEvents in order',
            type: 'application/cloudevents-batch+json',
          },
        },
        READ_REFUSED,
      ),
    },
    async handler(request, reply) {
      const { after = 0, limit = PAGE, case: caseId, types } = request.query;
      const caller = callerOf(request);
      const filter = {
        ...(caseId === undefined ? {} : { case: caseId }),
        ...(types === undefined ? {} : { types: typesOf(types.split(',')) }),
      };
      const events = await ledger.feed({ after, limit, ...filter });
      const seen = await new Filter(readings, caller).through(events);
      await readings.log(request, 'feed', firstSeatOf(caller));
      const last = events.at(-1);
      if (last) {
        const next = new URLSearchParams({
          after: String(last.position),
          limit: String(limit),
          ...filterQuery(caseId, types),
        });
        reply.header('link', `</v1/feed?${next}>; rel="next"`);
      }
      return reply.header('content-type', CLOUD_EVENTS).send(seen.map((event) => cloudEventOf(event, sourceOf(site))));
    },
  });
}

function filterQuery(caseId: string | undefined, types: string | undefined): Record<string, string> {
  return { ...(caseId === undefined ? {} : { case: caseId }), ...(types === undefined ? {} : { types }) };
}

/** `zhengling.case.step` is `case.step` inside. */
export const typesOf = (types: readonly string[]): FeedType[] =>
  types.map((type) => type.slice(PREFIX.length) as FeedType);

function streamRoute(app: App, { readings }: FeedParts, streams: Streams): void {
  app.route({
    method: 'GET',
    url: '/v1/feed/stream',
    exposeHeadRoute: false,
    schema: {
      operationId: 'feed-stream',
      tags: ['feed'],
      summary: 'The feed as server-sent events; resumed by `Last-Event-ID`',
      headers: z.looseObject({
        'last-event-id': count(0, Number.MAX_SAFE_INTEGER).optional().describe('the last position seen'),
      }),
      querystring: feedQuery.omit({ limit: true }),
      response: answers(
        { 200: { schema: z.string(), says: 'a stream that does not end', type: 'text/event-stream' } },
        READ_REFUSED,
      ),
    },
    async handler(request, reply) {
      if (streams.isFull) return refuse(reply, 503, { code: 'too-many-streams', params: { limit: STREAMS } });
      const { after, case: caseId, types } = request.query;
      const caller = callerOf(request);
      await readings.log(request, 'feed', firstSeatOf(caller), caseId);
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      streams.serve(raw, caller, {
        after: request.headers['last-event-id'] ?? after,
        ...(caseId === undefined ? {} : { case: caseId }),
        ...(types === undefined ? {} : { types: typesOf(types.split(',')) }),
      });
      return reply;
    },
  });
}

interface Wanted {
  after?: number | undefined;
  case?: string;
  types?: readonly FeedType[];
}

class Streams {
  readonly #open = new Set<ServerResponse>();

  constructor(
    private readonly parts: FeedParts,
    private readonly app: App,
  ) {}

  get isFull(): boolean {
    return this.#open.size >= STREAMS;
  }

  serve(raw: ServerResponse, caller: Caller, wanted: Wanted): void {
    this.#open.add(raw);
    this.app.counters.streams.inc();
    raw.once('close', () => {
      this.#open.delete(raw);
      this.app.counters.streams.dec();
    });
    this.#write(raw, caller, wanted).catch((error) => {
      this.parts.log.warn({ err: error }, 'a stream of the feed was broken off');
      raw.destroy();
    });
  }

  close(): void {
    for (const raw of this.#open) raw.end();
  }

  /** Without a position to begin behind, a stream begins with what comes next. */
  async #write(raw: ServerResponse, caller: Caller, { after, ...filter }: Wanted): Promise<void> {
    const { ledger, readings, tail, site } = this.parts;
    const right = new Filter(readings, caller);
    let position = after ?? (await ledger.lastPosition());
    await put(raw, `retry: 2000\n: from ${position}\n\n`);
    while (!raw.closed && !raw.writableEnded) {
      const events = await ledger.feed({ after: position, limit: STREAM_PAGE, ...filter });
      for (const event of await right.through(events)) {
        const cloud = cloudEventOf(event, sourceOf(site));
        await put(raw, `id: ${event.position}\nevent: ${cloud.type}\ndata: ${JSON.stringify(cloud)}\n\n`);
      }
      position = events.at(-1)?.position ?? position;
      if (events.length === STREAM_PAGE) continue;
      const waitedFrom = Date.now();
      await tail.beyond(position, HEARTBEAT_MS);
      if (Date.now() - waitedFrom >= HEARTBEAT_MS) await put(raw, ': still here\n\n');
    }
  }
}

async function put(raw: ServerResponse, text: string): Promise<void> {
  if (raw.closed || raw.writableEnded || raw.write(text)) return;
  await Promise.race([once(raw, 'drain'), once(raw, 'close'), tooSlow(raw)]);
}

async function tooSlow(raw: ServerResponse): Promise<void> {
  await new Promise((done) => setTimeout(done, SLOW_MS).unref());
  if (raw.writableNeedDrain) raw.destroy();
}

/** Lets through what a caller may read. What he may read once is remembered as long as he is served here. */
export class Filter {
  readonly #readable = new Set<string>();

  constructor(
    private readonly readings: Readings,
    private readonly caller: Caller,
  ) {}

  async through(events: readonly FeedEvent[]): Promise<FeedEvent[]> {
    if (await this.readings.readsAll(this.caller)) return [...events];
    const refused = new Set<string>();
    const seen: FeedEvent[] = [];
    for (const event of events) {
      if (refused.has(event.case)) continue;
      if (!this.#readable.has(event.case)) {
        const may = await this.readings.mayRead(this.caller, event.case);
        (may ? this.#readable : refused).add(event.case);
        if (!may) continue;
      }
      seen.push(event);
    }
    return seen;
  }
}
