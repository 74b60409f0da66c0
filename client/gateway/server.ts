/** The HTTP gateway, put together. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { attachmentStore } from '../attachments';
import { demoIdentities } from '../identity';
import { actRoutes } from './acts';
import type { App } from './app';
import { attachmentRoutes } from './attachments';
import { readJson } from './body';
import { callerKey, identification } from './callers';
import { caseRoutes } from './cases';
import { BODY_LIMIT, type GatewayConfig, REQUESTS_PER_MINUTE, STRANGERS_PER_MINUTE } from './config';
import { Confirming } from './confirming';
import { Enclosures } from './enclosures';
import { faultHandler } from './faults';
import { feedRoutes } from './feed';
import { FeedTail } from './feed-tail';
import { armour, guard } from './guard';
import { healthRoutes, metricsRoute } from './health';
import { inboundRoutes } from './inbound';
import { inboxRoutes } from './inbox';
import { installationRoute } from './installation';
import { Counters } from './metrics';
import { describe } from './openapi';
import type { Gateway, GatewayOptions, GatewayParts } from './ports';
import { refuse, Speaker } from './problem';
import { problemRoutes, procedureRoutes } from './procedures';
import { Readings } from './reading';
import { subscriptionRoutes } from './subscriptions';
import { startWatch } from './watch';
import { openSigningKey, WebhookSender } from './webhooks';

const HOST = '127.0.0.1';
const ALARM_AFTER_MINUTES = 5;
/** A request that has not come in whole after so long is dropped. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;

/**
 * Opens the gateway: listens, serves subscriptions, watches over the workers.
 *
 * @throws the error of the system where nothing can listen on host and port
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { site, log, clock = Date.now, host = site.config.gateway?.host ?? HOST } = options;
  const attachments = options.attachments ?? attachmentStore(site.dataDir, site.config.attachments);
  const parts: GatewayParts = { ...options, attachments, clock };
  const config: GatewayConfig = { ...site.config.gateway, host };
  const counters = new Counters();
  const confirming = new Confirming(parts);
  const readings = new Readings(parts, confirming, options.patienceMs);
  const tail = new FeedTail(parts.ledger);
  const key = openSigningKey(site.dataDir);
  const app = await bareServer(config, log, counters, new Speaker(site));
  await describe(app, { demo: demoIdentities(site.kind, site.config.identity), publicUrl: config.publicUrl });
  await serve(app, { ...parts, readings, confirming, enclosures: new Enclosures(parts), tail, key });
  await app.listen({ port: options.port, host });
  const sender = new WebhookSender({ ...parts, readings, key, counters }, options.webhooks);
  sender.start();
  const watch = watchOver(options, clock);
  return {
    address: addressOf(app),
    async close() {
      await watch.stop();
      tail.close();
      await app.close();
      await sender.stop();
      await confirming.settled();
    },
  };
}

function watchOver({ site, temporal, log, alarm }: GatewayOptions, clock: () => number) {
  const minutes = site.config.gateway?.alarmAfterMinutes ?? ALARM_AFTER_MINUTES;
  return startWatch({
    ...{
      temporal,
      log,
      clock,
      taskQueue: site.taskQueue,
      afterMs: minutes * 60_000,
      script: site.config.script ?? 'hans',
    },
    alarm: alarm ?? (async (sentence) => log.error({}, sentence)),
  });
}

/** The server with everything that holds for every route. */
async function bareServer(
  config: GatewayConfig,
  log: GatewayOptions['log'],
  counters: Counters,
  speaker: Speaker,
): Promise<App> {
  const handleFault = faultHandler(log);
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A proxy on this machine says for whom it asks; anybody else is who he is.
    trustProxy: 'loopback',
    genReqId: () => randomUUID(),
    exposeHeadRoutes: true,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      handleFault(error, request, reply) as never,
    clientErrorHandler: unreadable,
  }).withTypeProvider<ZodTypeProvider>();
  app.server.headersTimeout = HEADERS_TIMEOUT_MS;
  app.decorate('speaker', speaker).decorate('counters', counters).decorateRequest('caller', null);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler(handleFault);
  const methods = new Methods();
  app.addHook('onRoute', methods.remember);
  app.setNotFoundHandler(notFound(methods));
  app.addHook('onRequest', async (request, reply) =>
    METHODS.includes(request.method) ? undefined : notFound(methods)(request, reply),
  );
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, readJson(request, bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  app.addHook('onRequest', armour);
  app.addHook('onRequest', guard(config));
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    counters.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  await limit(app, config);
  return app;
}

async function limit(
  app: App,
  { requestsPerMinute = REQUESTS_PER_MINUTE, strangersPerMinute = STRANGERS_PER_MINUTE }: GatewayConfig,
): Promise<void> {
  await app.register(rateLimit, { global: false });
  const byCaller = app.createRateLimit({
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ caller, ip }) => (caller ? callerKey(caller) : `address ${ip}`),
  });
  const byAddress = app.createRateLimit({
    max: strangersPerMinute,
    timeWindow: 60_000,
    keyGenerator: ({ ip }) => `stranger ${ip}`,
  });
  const free = { isExceeded: false, ttlInSeconds: 0 };
  app.decorate('limits', {
    async caller(request) {
      const found = await byCaller(request);
      return found.isAllowed ? free : found;
    },
    async stranger(request) {
      const found = await byAddress(request);
      return found.isAllowed ? free : found;
    },
  });
}

type Rooms = GatewayParts & {
  readings: Readings;
  confirming: Confirming;
  enclosures: Enclosures;
  tail: FeedTail;
  key: ReturnType<typeof openSigningKey>;
};

/** Rooms that ask who comes, and those that do not. */
async function serve(app: App, rooms: Rooms): Promise<void> {
  await app.register(async (open) => {
    healthRoutes(open.withTypeProvider<ZodTypeProvider>(), rooms);
    metricsRoute(open.withTypeProvider<ZodTypeProvider>());
    problemRoutes(open.withTypeProvider<ZodTypeProvider>(), rooms);
    open.get('/openapi.json', { schema: { hide: true } }, async (_, reply) => reply.send(app.swagger()));
  });
  await app.register(async (signed) => inboundRoutes(signed.withTypeProvider<ZodTypeProvider>(), rooms));
  await app.register(async (plain) => {
    const known = plain.withTypeProvider<ZodTypeProvider>();
    known.addHook('onRequest', identification(rooms));
    await attachmentRoutes(known, rooms);
    actRoutes(known, rooms);
    caseRoutes(known, rooms);
    inboxRoutes(known, rooms);
    feedRoutes(known, rooms);
    subscriptionRoutes(known, rooms);
    procedureRoutes(known, rooms);
    installationRoute(known, rooms);
  });
}

/** What stands at an address where this method is not: the methods that are. */
class Methods {
  readonly #known = new Map<string, { matches: RegExp; methods: Set<string> }>();

  readonly remember = ({ url, method }: { url: string; method: string | readonly string[] }): void => {
    const pattern = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+');
    const known = this.#known.get(url) ?? { matches: new RegExp(`^${pattern}$`), methods: new Set<string>() };
    for (const one of [method].flat()) known.methods.add(one);
    this.#known.set(url, known);
  };

  at(path: string): string[] {
    return [
      ...new Set(
        [...this.#known.values()].filter(({ matches }) => matches.test(path)).flatMap(({ methods }) => [...methods]),
      ),
    ];
  }
}

/** Others are answered before anybody looks at them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function notFound(methods: Methods) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const allowed = methods.at(request.url.split('?', 1)[0]!).sort();
    if (allowed.length === 0) return refuse(reply, 404, { code: 'no-such-page' });
    return refuse(reply.header('allow', allowed.join(', ')), 405, {
      code: 'no-such-method',
      params: { methods: allowed.join('、') },
    });
  };
}

/** Closes what was no HTTP. */
function unreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function addressOf(app: App): string {
  const bound = app.server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the gateway listens on no port');
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}
