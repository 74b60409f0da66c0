/** The server as every room of the gateway sees it. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Counters } from './metrics';
import type { Speaker } from './problem';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface Limit {
  isExceeded: boolean;
  ttlInSeconds: number;
}

/** How often somebody may ask; every question of these counts. */
export interface Limits {
  caller(request: FastifyRequest): Promise<Limit>;
  stranger(request: FastifyRequest): Promise<Limit>;
}

declare module 'fastify' {
  interface FastifyInstance {
    speaker: Speaker;
    counters: Counters;
    limits: Limits;
  }
}
