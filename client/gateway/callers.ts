/** Who asks: found out before anything of a request is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../authority';
import { type Caller, type NotIdentified, seatFor } from '../identity';
import type { GatewayParts } from './ports';
import { refuse } from './problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that asks for one. */
    caller: Caller | null;
  }
}

/** The caller of a request on a route that asks for one. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw new Error('this route asks for no caller');
  return caller;
}

/** Identifies by the headers, or answers why nobody is known. */
export function identification({ identify, clock }: Pick<GatewayParts, 'identify' | 'clock'>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const identified = await identify({ headers: request.headers, at: clock() });
    if ('refused' in identified) return notIdentified(request, reply, identified.refused);
    request.caller = identified.caller;
    const { isExceeded, ttlInSeconds } = await request.server.limits.caller(request);
    if (isExceeded) return tooMany(reply, ttlInSeconds);
  };
}

/** Why nobody is known; whoever goes on guessing is put off. Those who are known never wait for those who are not. */
export async function notIdentified(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, refusal, challenge }: NotIdentified,
): Promise<FastifyReply> {
  // That the issuer cannot be reached is nobody's guessing.
  const { isExceeded, ttlInSeconds } = status === 503 ? FREE : await request.server.limits.stranger(request);
  if (isExceeded) return tooMany(reply, ttlInSeconds);
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  return refuse(reply, status, refusal);
}

const FREE = { isExceeded: false, ttlInSeconds: 0 };

function tooMany(reply: FastifyReply, seconds: number): FastifyReply {
  return refuse(reply.header('retry-after', String(seconds)), 429, { code: 'too-many-requests', params: { seconds } });
}

/** One name for one caller, for limits: neither token nor person. */
export function callerKey(caller: Caller): string {
  return caller.kind === 'system' ? `system ${caller.system}` : `person ${caller.person}`;
}

/** How a caller stands in the log of readings. */
export function readerOf(caller: Caller, salt: string): string {
  return caller.kind === 'system' ? caller.system : actorOf(caller.person, salt);
}

/** The seat a caller asks in, or the answer that it is not his. */
export function seatOf(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: string | undefined,
  { site }: Pick<GatewayParts, 'site'>,
): string | undefined {
  const chosen = seatFor(callerOf(request), asked, site.identities);
  if ('seat' in chosen) return chosen.seat;
  refuse(reply, chosen.refused.code === 'seat-not-named' ? 400 : 403, chosen.refused);
  return undefined;
}
