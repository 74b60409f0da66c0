/** Opening cases and acting on them: one operation for every procedure and event, from the procedures' own schemas. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { eventLabel } from '../../locale';
import { procedures } from '../../workflows/procedures';
import { type Opening, openingsOf, type Procedure } from '../../workflows/procedures/kit';
import type { Json, Refusal } from '../../workflows/runtime/workflow';
import type { Answer, Request } from '../city';
import type { App } from './app';
import { callerOf } from './callers';
import type { Confirming } from './confirming';
import type { Enclosures } from './enclosures';
import { answers, bodyAsItCame } from './openapi';
import type { GatewayParts } from './ports';
import { isRefused, refuse, refuseAnswer } from './problem';
import { actHeaders, actQuery, CASE_ID, caseParams, receipt, startQuery } from './schemas';

export interface ActingParts extends Pick<GatewayParts, 'city' | 'site'> {
  confirming: Confirming;
  enclosures: Enclosures;
}

const REFUSED = [400, 401, 403, 404, 409, 410, 413, 415, 421, 422, 429, 503] as const;

/** Bodies go to the entrance as they are: it judges them, and logs what it refuses. */
export function actRoutes(app: App, parts: ActingParts): void {
  for (const procedure of procedures) {
    for (const opening of openingsOf(procedure)) startRoute(app, parts, procedure, opening);
    for (const [type, { kind }] of Object.entries(procedure.acts))
      if (kind !== 'notice') actRoute(app, parts, procedure, type);
    otherActs(app, parts, procedure);
  }
}

/** The usual start event needs no name in the address, a further one has it there. */
function startRoute(app: App, parts: ActingParts, procedure: Procedure, opening: Opening<never>): void {
  const { name, title } = procedure;
  const { type } = opening;
  const isUsual = opening === procedure.opening;
  app.route({
    method: 'POST',
    url: isUsual ? `/v1/${name}` : `/v1/${name}/${type}`,
    validatorCompiler: bodyAsItCame,
    schema: {
      operationId: isUsual ? `start-${name}` : `start-${name}-${type}`,
      tags: [name],
      summary: `${title}：${eventLabel(type, 'hans')}`,
      description: `Opens a case. May be done by ${opening.who.join(', ')}.`,
      headers: actHeaders,
      querystring: startQuery,
      body: opening.schema as unknown as z.ZodType,
      response: answers({ 201: { schema: receipt, says: 'the case is open; `case` is its number' } }, REFUSED),
    },
    async handler(request, reply) {
      const asked = await askedBy(request, reply);
      if (!asked) return reply;
      const { key } = request.query;
      const answer = await parts.city.start(procedure, { ...asked, type, ...(key === undefined ? {} : { key }) });
      if (!isRefused(answer)) reply.header('location', `/v1/cases/${answer.case}`);
      return answered(parts, request, reply, answer, 201);
    },
  });
}

function actRoute(app: App, parts: ActingParts, procedure: Procedure, type: string): void {
  const { name, title, acts } = procedure;
  const { schema, kind } = acts[type]!;
  app.route({
    method: 'POST',
    url: `/v1/${name}/:case/${type}`,
    validatorCompiler: bodyAsItCame,
    schema: {
      operationId: `${name}-${type}`,
      tags: [name],
      summary: `${title}：${eventLabel(type, 'hans')}`,
      description:
        kind === 'fact'
          ? 'Enters a fact: it has happened, no rule refuses it.'
          : 'Does an act. Who may do it now, and whether it is accepted now, stands in the view of the case.',
      params: caseParams,
      headers: actHeaders,
      querystring: actQuery,
      body: schema as unknown as z.ZodType,
      response: answers(
        { 200: { schema: receipt, says: 'done, or done before under the same id (`repeated`)' } },
        REFUSED,
      ),
    },
    async handler(request, reply) {
      return act(parts, request, reply, procedure, request.params.case, type);
    },
  });
}

/** Events announced for later, notices, which other cases send, and those nobody knows are refused by name. */
function otherActs(app: App, parts: ActingParts, procedure: Procedure): void {
  app.route({
    method: 'POST',
    url: `/v1/${procedure.name}/:case/:event`,
    schema: { hide: true, headers: actHeaders, querystring: actQuery },
    async handler(request, reply) {
      const { case: caseId, event } = request.params as { case: string; event: string };
      if (!CASE_ID.test(caseId)) return refuse(reply, 404, { code: 'no-such-page' });
      return act(parts, request, reply, procedure, caseId, event);
    },
  });
}

type ActRequest = FastifyRequest & {
  query: z.output<typeof actQuery>;
  headers: { 'idempotency-key'?: string | undefined };
};

async function act(
  parts: ActingParts,
  request: ActRequest,
  reply: FastifyReply,
  procedure: Procedure,
  caseId: string,
  type: string,
): Promise<FastifyReply> {
  if (!caseId.startsWith(`${procedure.series}-`))
    return refuse(reply, 404, { code: 'no-such-case', params: { case: caseId } });
  const asked = await askedBy(request, reply);
  if (!asked) return reply;
  const answer = await parts.city.act(procedure, caseId, type, asked);
  return answered(parts, request, reply, answer, 200);
}

/** The request as the entrance takes it; undefined where it was answered already. */
async function askedBy(request: ActRequest, reply: FastifyReply): Promise<Request | undefined> {
  const { seat, at, onWordOf, ref } = request.query;
  const payload = request.body as Json | undefined;
  if (payload === undefined) return notAsked(reply, 400, { code: 'malformed', params: { problem: 'body.empty' } });
  if ((onWordOf === undefined) !== (ref === undefined)) return notAsked(reply, 422, { code: 'word-without-paper' });
  const happened = at === undefined ? undefined : Date.parse(at);
  if (Number.isNaN(happened))
    return notAsked(reply, 400, { code: 'malformed', path: 'query.at', params: { problem: 'datetime' } });
  const caller = callerOf(request);
  const key = request.headers['idempotency-key'];
  return {
    caller,
    payload,
    ...(seat === undefined ? {} : { seat }),
    ...(key === undefined ? {} : { id: `${ownerOf(request, seat)}:${key}` }),
    ...(happened === undefined ? {} : { at: happened }),
    ...(onWordOf !== undefined && ref !== undefined ? { onWordOf: { seat: onWordOf, ref } } : {}),
  };
}

/** Ids are their sender's own: another one who uses the same key speaks of another act. */
function ownerOf(request: FastifyRequest, seat: string | undefined): string {
  const caller = callerOf(request);
  return caller.kind === 'system' ? caller.system : (seat ?? caller.seats[0] ?? '');
}

function notAsked(reply: FastifyReply, status: number, refusal: Refusal): undefined {
  refuse(reply, status, refusal);
  return undefined;
}

/** Answers what the entrance said; what was done shows in lists and feed as soon as it can. */
export async function answered(
  { confirming, enclosures }: Pick<ActingParts, 'confirming' | 'enclosures'>,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  done: 200 | 201,
): Promise<FastifyReply> {
  if (isRefused(answer)) return refuseAnswer(reply, answer);
  const { outcome, id, content, state, sequence, recordHash, deadlines, recorded, repeated } = answer;
  const caseId = answer.case!;
  confirming.soon(caseId, { sequence, hash: recordHash });
  await enclosures.enclose(caseId, callerOf(request), request.body as Json);
  const told = { outcome, case: caseId, id, content, state, sequence, recordHash, deadlines, recorded };
  return reply.code(done).send({ ...told, ...(repeated ? { repeated } : {}) });
}
