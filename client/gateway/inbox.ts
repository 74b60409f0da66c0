/** 待办, 已办, 待阅: what waits for a seat, what it has done, what it was told. */
import { z } from 'zod';
import type { InboxItem, Tell } from '../../activities/ledger';
import { render, type Script } from '../../locale';
import { namesOf } from '../rights';
import type { Site } from '../site';
import type { App } from './app';
import { seatOf } from './callers';
import { answers, SEEN_REFUSED } from './openapi';
import type { GatewayParts } from './ports';
import { refuse } from './problem';
import type { Readings } from './reading';
import { countsQuery, inboxItem, inboxQuery, PAGE, page, plain, SEAT_ID } from './schemas';
import { listedShown } from './shown';

export interface InboxParts extends Pick<GatewayParts, 'city' | 'ledger' | 'site' | 'clock'> {
  readings: Readings;
}

export function inboxRoutes(app: App, parts: InboxParts): void {
  boxRoute(app, parts);
  countsRoute(app, parts);
  acknowledgeRoute(app, parts);
}

function boxRoute(app: App, parts: InboxParts): void {
  const { ledger, readings, site, clock, city } = parts;
  app.route({
    method: 'GET',
    url: '/v1/inbox',
    schema: {
      operationId: 'inbox',
      tags: ['inbox'],
      summary: 'What waits for a seat, what it has done, what it was told and has not acknowledged',
      querystring: inboxQuery,
      response: answers({ 200: { schema: page(inboxItem), says: 'a page' } }, SEEN_REFUSED),
    },
    async handler(request, reply) {
      const { atLeast, seat: asked, limit = PAGE, ...query } = request.query;
      const seat = seatOf(request, reply, asked, parts);
      if (seat === undefined || !(await readings.upTo(reply, atLeast))) return reply;
      const { items, next } = await ledger.inbox({
        ...query,
        limit,
        for: namesOf(seat, { directory: await city.authority.meant() }, clock()),
      });
      await readings.log(request, 'inbox', seat);
      const shown = items.map((item) => inboxShown(item, site, city.script));
      return reply.send({ items: shown, ...(next === undefined ? {} : { next }) });
    },
  });
}

function inboxShown(item: InboxItem, site: Site, script: Script): z.infer<typeof inboxItem> {
  if (item.box === 'unread') return { box: 'unread', tell: tellShown(item.tell, site, script) };
  return { ...item, case: listedShown(item.case, script) };
}

function tellShown(tell: Tell, { config, directory }: Site, script: Script) {
  const { id, case: caseId, sequence, recipient, template, cite, deliverAt, deliveredAt } = tell;
  const link = config.link?.replaceAll('{case}', caseId) ?? `/v1/cases/${caseId}`;
  const said = render(template, { link, caseNo: caseId, ...tell.data }, script, {
    nameOf: (one, s) => directory.nameOf(one, s),
  });
  return {
    id,
    case: caseId,
    sequence,
    recipient,
    template,
    ...said,
    cite,
    deliverAt,
    ...(deliveredAt === undefined ? {} : { deliveredAt }),
  };
}

function countsRoute(app: App, parts: InboxParts): void {
  const { ledger, readings, city, clock } = parts;
  const counts = z.strictObject({ todo: z.int(), overdue: z.int(), unread: z.int() });
  app.route({
    method: 'GET',
    url: '/v1/inbox/counts',
    schema: {
      operationId: 'inbox-counts',
      tags: ['inbox'],
      summary: 'How much waits for a seat, how much of it is overdue, how much is unread',
      querystring: countsQuery,
      response: answers({ 200: { schema: counts, says: 'three numbers' } }, SEEN_REFUSED),
    },
    async handler(request, reply) {
      const { seat: asked, atLeast } = request.query;
      const seat = seatOf(request, reply, asked, parts);
      if (seat === undefined || !(await readings.upTo(reply, atLeast))) return reply;
      const { todo, overdue, unread } = await ledger.counts({
        for: namesOf(seat, { directory: await city.authority.meant() }, clock()),
      });
      await readings.log(request, 'inbox', seat);
      return reply.send({ todo, overdue, unread });
    },
  });
}

function acknowledgeRoute(app: App, parts: InboxParts): void {
  const { ledger, clock, city } = parts;
  app.route({
    method: 'POST',
    url: '/v1/inbox/acknowledgements',
    schema: {
      operationId: 'acknowledge',
      tags: ['inbox'],
      summary: 'Says that a message was read',
      body: z.strictObject({
        tell: plain(300).describe('id of the message'),
        seat: z
          .string()
          .regex(SEAT_ID)
          .max(80)
          .optional()
          .describe('which of your seats; needed where you have several'),
      }),
      response: answers(
        {
          200: {
            schema: z.strictObject({ tell: z.string(), outcome: z.enum(['acknowledged', 'already']) }),
            says: 'it is acknowledged',
          },
        },
        [400, 401, 403, 404, 413, 415, 421, 429, 503],
      ),
    },
    async handler(request, reply) {
      const { tell, seat: asked } = request.body;
      const seat = seatOf(request, reply, asked, parts);
      if (seat === undefined) return reply;
      const now = clock();
      const outcome = await ledger.acknowledge({
        tell,
        by: seat,
        at: now,
        how: 'inbox',
        as: namesOf(seat, { directory: await city.authority.meant() }, now),
      });
      if (outcome === 'unknown') return refuse(reply, 404, { code: 'no-such-message' });
      if (outcome === 'not-yours') return refuse(reply, 403, { code: 'message-not-yours', params: { seat } });
      return reply.send({ tell, outcome });
    },
  });
}
