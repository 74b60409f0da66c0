/** Webhook subscriptions: who wants the feed sent, where to, from where on; what could not be brought, and sending it again. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { DeadLetter, Webhook } from '../../activities/ledger';
import type { Caller } from '../identity';
import { isMarkedText } from '../secrecy';
import type { App } from './app';
import { callerOf, seatOf } from './callers';
import { cloudEventOf, PREFIX } from './cloud-event';
import { sourceOf, typesOf } from './feed';
import { answers, READ_REFUSED } from './openapi';
import type { GatewayParts } from './ports';
import { refuse } from './problem';
import { cloudEvent, FEED_TYPES, SEAT_ID } from './schemas';
import { isAllowedReceiver, type SigningKey, secretOf } from './webhooks';

export interface SubscriptionParts extends Pick<GatewayParts, 'ledger' | 'site'> {
  key: SigningKey;
}

const LIMIT_EACH = 20;
const SUBSCRIPTION_ID = /^(?:seat|system)_[a-zA-Z0-9-]{1,60}_[0-9a-f]{12}$/;
const instant = z.int();

const subscription = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    types: z.array(z.enum(FEED_TYPES)).optional(),
    position: z.int().describe('everything up to here is sent, filtered out, or a dead letter'),
    attempts: z.int().describe('tries of the next event that failed'),
    nextAt: instant,
    lastError: z.string().optional(),
    addedAt: instant,
    deadLetters: z.int(),
  })
  .meta({ id: 'Subscription' });
const added = z.strictObject({
  ...subscription.shape,
  secret: z.string().describe('key of the signatures (Standard Webhooks); shown here only'),
});
const deadLetter = z
  .strictObject({ event: cloudEvent, at: instant, error: z.string(), attempts: z.int() })
  .meta({ id: 'DeadLetter' });
const params = z.strictObject({ id: z.string().regex(SUBSCRIPTION_ID) });
const position = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const WRITE_REFUSED = [400, 401, 403, 404, 413, 415, 421, 422, 429, 503] as const;

export function subscriptionRoutes(app: App, parts: SubscriptionParts): void {
  addRoute(app, parts);
  listRoute(app, parts);
  removeRoute(app, parts);
  deadLettersRoute(app, parts);
  replayRoute(app, parts);
}

function addRoute(app: App, parts: SubscriptionParts): void {
  const { ledger, site, key } = parts;
  app.route({
    method: 'POST',
    url: '/v1/subscriptions',
    schema: {
      operationId: 'subscribe',
      tags: ['feed'],
      summary: 'Has the feed sent to an address, signed; of cases you may read',
      body: z.strictObject({
        url: z.url().max(2_000).describe('https, on a host the operator has named'),
        types: z.array(z.enum(FEED_TYPES)).min(1).max(FEED_TYPES.length).optional().describe('all unless told'),
        from: position.optional().describe('the first position to send; what comes from now on unless told'),
        seat: z.string().regex(SEAT_ID).max(80).optional(),
      }),
      response: answers({ 201: { schema: added, says: 'subscribed' } }, WRITE_REFUSED),
    },
    async handler(request, reply) {
      const { url, types, from, seat: asked } = request.body;
      const caller = callerOf(request);
      const seat = seatOf(request, reply, asked, parts);
      if (seat === undefined) return reply;
      if (isMarkedText(plainly(url))) return refuse(reply, 422, { code: 'classified', path: 'payload.url' });
      if (!isAllowedReceiver(url, site))
        return refuse(reply, 422, { code: 'receiver-not-allowed', path: 'payload.url', params: { host: hostOf(url) } });
      const owner = caller.kind === 'system' ? `system_${caller.system}` : `seat_${seat}`;
      const own = (await ledger.webhooks()).filter(({ id }) => id.startsWith(`${owner}_`));
      if (own.length >= LIMIT_EACH)
        return refuse(reply, 422, { code: 'too-many-subscriptions', params: { limit: LIMIT_EACH } });
      const id = `${owner}_${randomBytes(6).toString('hex')}`;
      await ledger.addWebhook({
        ...{ id, url, secretRef: key.reference },
        ...(types === undefined ? {} : { types: typesOf(types) }),
        ...(from === undefined ? {} : { from }),
      });
      const made = (await ledger.webhooks()).find((one) => one.id === id)!;
      return reply
        .code(201)
        .header('location', `/v1/subscriptions/${id}`)
        .send({ ...shown(made), secret: secretOf(key, id) });
    },
  });
}

function listRoute(app: App, { ledger }: SubscriptionParts): void {
  app.route({
    method: 'GET',
    url: '/v1/subscriptions',
    schema: {
      operationId: 'subscriptions',
      tags: ['feed'],
      summary: 'Your subscriptions, and how far each has come',
      response: answers(
        { 200: { schema: z.strictObject({ items: z.array(subscription) }), says: 'all of them' } },
        READ_REFUSED,
      ),
    },
    async handler(request, reply) {
      const all = await ledger.webhooks();
      return reply.send({ items: all.filter(({ id }) => isIts(callerOf(request), id)).map(shown) });
    },
  });
}

function removeRoute(app: App, { ledger }: SubscriptionParts): void {
  app.route({
    method: 'DELETE',
    url: '/v1/subscriptions/:id',
    schema: {
      operationId: 'unsubscribe',
      tags: ['feed'],
      summary: 'Ends a subscription, with its dead letters',
      params,
      response: answers(
        { 200: { schema: z.strictObject({ id: z.string(), removed: z.literal(true) }), says: 'ended' } },
        READ_REFUSED,
      ),
    },
    async handler(request, reply) {
      const { id } = request.params;
      if (!isIts(callerOf(request), id) || !(await ledger.removeWebhook(id)))
        return refuse(reply, 404, { code: 'no-such-subscription' });
      return reply.send({ id, removed: true as const });
    },
  });
}

function deadLettersRoute(app: App, { ledger, site }: SubscriptionParts): void {
  app.route({
    method: 'GET',
    url: '/v1/subscriptions/:id/dead-letters',
    schema: {
      operationId: 'dead-letters',
      tags: ['feed'],
      summary: 'Events that could not be brought to their receiver',
      params,
      response: answers(
        { 200: { schema: z.strictObject({ items: z.array(deadLetter) }), says: 'in the order of positions' } },
        READ_REFUSED,
      ),
    },
    async handler(request, reply) {
      const { id } = request.params;
      if (!(await isThere(ledger, callerOf(request), id))) return refuse(reply, 404, { code: 'no-such-subscription' });
      return reply.send({ items: (await ledger.deadLetters(id)).map((one) => deadShown(one, sourceOf(site))) });
    },
  });
}

function replayRoute(app: App, { ledger }: SubscriptionParts): void {
  app.route({
    method: 'POST',
    url: '/v1/subscriptions/:id/replay',
    schema: {
      operationId: 'replay',
      tags: ['feed'],
      summary: 'Sends again from a position on; dead letters from there on are tried anew',
      params,
      body: z.strictObject({ from: position }),
      response: answers({ 200: { schema: subscription, says: 'it goes on from there' } }, WRITE_REFUSED),
    },
    async handler(request, reply) {
      const { id } = request.params;
      const known = await isThere(ledger, callerOf(request), id);
      if (!known || !(await ledger.replayWebhook(id, request.body.from)))
        return refuse(reply, 404, { code: 'no-such-subscription' });
      return reply.send(shown((await ledger.webhooks()).find((one) => one.id === id) ?? known));
    },
  });
}

/** An address as it is read, not as it is written. */
function plainly(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** Some addresses have none. */
function hostOf(url: string): string {
  const { host, protocol } = new URL(url);
  return host || protocol;
}

/** A subscription belongs to the seat or system that made it; whoever holds the seat then has it. */
function isIts(caller: Caller, id: string): boolean {
  if (caller.kind === 'system') return id.startsWith(`system_${caller.system}_`);
  return caller.seats.some((seat) => id.startsWith(`seat_${seat}_`));
}

async function isThere(ledger: GatewayParts['ledger'], caller: Caller, id: string): Promise<Webhook | undefined> {
  return isIts(caller, id) ? (await ledger.webhooks()).find((one) => one.id === id) : undefined;
}

function shown({
  id,
  url,
  types,
  position: at,
  attempts,
  nextAt,
  lastError,
  addedAt,
  deadLetters,
}: Webhook): z.infer<typeof subscription> {
  return {
    ...{ id, url, position: at, attempts, nextAt, addedAt, deadLetters },
    ...(types === undefined ? {} : { types: types.map((type) => `${PREFIX}${type}` as (typeof FEED_TYPES)[number]) }),
    ...(lastError === undefined ? {} : { lastError }),
  };
}

function deadShown({ event, at, error, attempts }: DeadLetter, source: string): z.infer<typeof deadLetter> {
  return { event: cloudEventOf(event, source), at, error, attempts };
}
