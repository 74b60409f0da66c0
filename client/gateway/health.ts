/** Whether it lives, and whether everything it needs answers. */
import { z } from 'zod';
import type { App } from './app';
import { answers } from './openapi';
import type { GatewayParts } from './ports';
import { lastPollOf } from './watch';

const check = z.strictObject({
  what: z.enum(['ledger', 'temporal', 'worker', 'attachments']),
  ok: z.boolean(),
  seen: z.string(),
});
const health = z.strictObject({ status: z.enum(['ok', 'degraded']), checks: z.array(check) }).meta({ id: 'Health' });

const PATIENCE_MS = 3_000;
/** Temporal remembers pollers for five minutes; one that has not come back for so long is gone. */
const POLLS_WITHIN_MS = 90_000;

export function healthRoutes(app: App, parts: GatewayParts): void {
  app.route({
    method: 'GET',
    url: '/health/live',
    schema: {
      operationId: 'live',
      tags: ['operation'],
      summary: 'Whether the process answers',
      security: [],
      response: answers({ 200: { schema: z.strictObject({ status: z.literal('ok') }), says: 'it does' } }, [421]),
    },
    handler: async (_, reply) => reply.send({ status: 'ok' as const }),
  });
  app.route({
    method: 'GET',
    url: '/health/ready',
    schema: {
      operationId: 'ready',
      tags: ['operation'],
      summary: 'Whether ledger, Temporal, a worker and the storage of attachments answer',
      security: [],
      response: answers(
        { 200: { schema: health, says: 'all of them' }, 503: { schema: health, says: 'one of them does not' } },
        [421],
      ),
    },
    async handler(_, reply) {
      const checks = await Promise.all(examinations(parts));
      const isReady = checks.every(({ ok }) => ok);
      return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'degraded', checks });
    },
  });
}

type Check = z.infer<typeof check>;

function examinations({ ledger, temporal, site, attachments, clock }: GatewayParts): Promise<Check>[] {
  return [
    examined('ledger', async () => `at position ${await ledger.lastPosition()}`),
    examined('temporal', async () => {
      const { serverVersion } = await temporal.workflowService.getSystemInfo({});
      return `server ${serverVersion}`;
    }),
    examined('worker', async () => {
      const last = await lastPollOf(temporal, site.taskQueue);
      if (last === undefined || clock() - last > POLLS_WITHIN_MS)
        throw new Error(`no worker polls '${site.taskQueue}'`);
      return `polled ${Math.max(0, Math.round((clock() - last) / 1000))} s ago`;
    }),
    examined('attachments', async () => {
      await attachments.ready();
      return 'can be written';
    }),
  ];
}

async function examined(what: Check['what'], look: () => Promise<string>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return { what, ok: true, seen: await Promise.race([look(), late]) };
  } catch (error) {
    return { what, ok: false, seen: (error as Error).message.split('\n')[0]! };
  } finally {
    clearTimeout(timer);
  }
}

export function metricsRoute(app: App): void {
  app.route({
    method: 'GET',
    url: '/metrics',
    schema: {
      operationId: 'metrics',
      tags: ['operation'],
      summary: 'Counters, in the text format of Prometheus',
      security: [],
      response: answers({ 200: { schema: z.string(), says: 'counters', type: 'text/plain' } }, [421]),
    },
    async handler(_, reply) {
      const { registry } = app.counters;
      return reply.header('content-type', registry.contentType).send(await registry.metrics());
    },
  });
}
