/** Acts of department systems that sign their messages instead of bearing a token (Standard Webhooks). */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { openingsOf } from '../../workflows/procedures/kit';
import type { Json } from '../../workflows/runtime/workflow';
import { type ActingParts, answered } from './acts';
import type { App } from './app';
import { readJson, textOf } from './body';
import { notIdentified } from './callers';
import { answers } from './openapi';
import type { GatewayParts } from './ports';
import { refuse } from './problem';
import { CASE_ID, receipt } from './schemas';

export type InboundParts = ActingParts & Pick<GatewayParts, 'identify' | 'clock'>;

/** Whatever is asked for stands in the body: the signature covers it and not the address. */
const message = z.strictObject({
  procedure: z.string().regex(/^[a-z0-9-]{1,60}$/),
  case: z.string().regex(CASE_ID).optional().describe('left out where a case is opened'),
  type: z
    .string()
    .regex(/^[A-Z][A-Z_]{0,60}$/)
    .describe('the event'),
  payload: z.unknown().describe("as the event's own operation takes it"),
  at: z.iso.datetime({ offset: true }).optional().describe('when it happened, where that is not now'),
  key: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/)
    .optional()
    .describe('your own key of the matter that is opened'),
});

const signature = z.looseObject({
  'webhook-id': z.string().describe('sent again under the same id, a message is acted on once'),
  'webhook-timestamp': z.string().describe('seconds since 1970; at most five minutes off'),
  'webhook-signature': z
    .string()
    .describe('`v1,` and the base64 of HMAC-SHA256 over id, timestamp and body, joined by dots'),
});

export async function inboundRoutes(app: App, parts: InboundParts): Promise<void> {
  const texts = new WeakMap<FastifyRequest, string>();
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      const body = readJson(request, bytes as Buffer);
      texts.set(request, textOf(bytes as Buffer));
      done(null, body);
    } catch (error) {
      done(error as Error);
    }
  });
  app.route({
    method: 'POST',
    url: '/v1/messages/:system',
    schema: {
      operationId: 'message',
      tags: ['cases'],
      summary: "A signed message of a department's system: opens a case or does an act",
      description: 'Signed by Standard Webhooks with the secret agreed on; no other credentials.',
      security: [],
      params: z.strictObject({
        system: z
          .string()
          .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
          .max(60),
      }),
      headers: signature.partial(),
      body: message,
      response: answers(
        { 200: { schema: receipt, says: 'done' }, 201: { schema: receipt, says: 'the case is open' } },
        [400, 401, 403, 404, 409, 410, 413, 415, 421, 422, 429, 503],
      ),
    },
    async preValidation(request, reply) {
      const { system } = request.params as { system: string };
      const identified = await parts.identify({
        headers: request.headers,
        webhook: { system, body: texts.get(request) ?? '' },
        at: parts.clock(),
      });
      if ('refused' in identified) return notIdentified(request, reply, identified.refused);
      request.caller = identified.caller;
    },
    async handler(request, reply) {
      const { procedure: name, case: caseId, type, payload, at, key } = request.body;
      const procedure = parts.city.procedure(name);
      if (!procedure) return refuse(reply, 404, { code: 'no-such-procedure', params: { procedure: name } });
      const caller = request.caller!;
      const happened = at === undefined ? undefined : Date.parse(at);
      if (Number.isNaN(happened))
        return refuse(reply, 400, { code: 'malformed', path: 'payload.at', params: { problem: 'datetime' } });
      const asked = { caller, payload: (payload ?? null) as Json, ...(happened === undefined ? {} : { at: happened }) };
      if (caseId === undefined) {
        if (!openingsOf(procedure).some((opening) => opening.type === type))
          return refuse(reply, 400, { code: 'malformed', path: 'payload.case', params: { problem: 'missing' } });
        return answered(
          parts,
          request,
          reply,
          await parts.city.start(procedure, { ...asked, type, ...(key === undefined ? {} : { key }) }),
          201,
        );
      }
      if (!caseId.startsWith(`${procedure.series}-`))
        return refuse(reply, 404, { code: 'no-such-case', params: { case: caseId } });
      return answered(parts, request, reply, await parts.city.act(procedure, caseId, type, asked), 200);
    },
  });
}
