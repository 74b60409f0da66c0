/** What can be done here: the procedures and the shape of every act, for whoever makes forms of them. */
import { z } from 'zod';
import { eventLabel, refusals, type Script } from '../../locale';
import { procedures } from '../../workflows/procedures';
import { openingsOf, type Procedure } from '../../workflows/procedures/kit';
import type { Schema } from '../../workflows/runtime/workflow';
import type { App } from './app';
import { answers, READ_REFUSED } from './openapi';
import type { GatewayParts } from './ports';
import { refuse } from './problem';

const schemaJson = z.record(z.string(), z.unknown());
const event = z.strictObject({
  type: z.string(),
  label: z.string(),
  kind: z.enum(['open', 'act', 'fact']),
  schema: schemaJson.describe('JSON Schema 2020-12 of the payload'),
});
const procedureShown = z
  .strictObject({
    name: z.string(),
    title: z.string(),
    series: z.string().describe('prefix of case numbers'),
    edition: z.string(),
    articles: z.array(z.int()),
    opening: event,
    alsoOpens: z.array(event).describe('further start events, each opened by its own address'),
    events: z.array(event),
    later: z.array(z.string()).describe('events that are refused by name until a later version'),
    states: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Procedure' });

export function procedureRoutes(app: App, { city }: Pick<GatewayParts, 'city'>): void {
  app.route({
    method: 'GET',
    url: '/v1/procedures',
    schema: {
      operationId: 'procedures',
      tags: ['procedures'],
      summary: 'Every procedure with its events',
      response: answers(
        { 200: { schema: z.strictObject({ items: z.array(procedureShown) }), says: 'all of them' } },
        READ_REFUSED,
      ),
    },
    handler: async (_, reply) => reply.send({ items: procedures.map((one) => shown(one, city.script)) }),
  });
  app.route({
    method: 'GET',
    url: '/v1/procedures/:name',
    schema: {
      operationId: 'procedure',
      tags: ['procedures'],
      summary: 'One procedure with its events',
      params: z.strictObject({ name: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
      response: answers({ 200: { schema: procedureShown, says: 'the procedure' } }, READ_REFUSED),
    },
    async handler(request, reply) {
      const procedure = city.procedure(request.params.name);
      if (!procedure)
        return refuse(reply, 404, { code: 'no-such-procedure', params: { procedure: request.params.name } });
      return reply.send(shown(procedure, city.script));
    },
  });
}

function shown(procedure: Procedure, script: Script): z.infer<typeof procedureShown> {
  const { name, title, series, edition, articles, acts, later, states } = procedure;
  const eventOf = (type: string, kind: 'open' | 'act' | 'fact', schema: Schema) => ({
    ...{ type, label: eventLabel(type, script), kind },
    schema: z.toJSONSchema(schema as unknown as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Record<
      string,
      unknown
    >,
  });
  const events = Object.entries(acts).flatMap(([type, { kind, schema }]) =>
    kind === 'notice' ? [] : [eventOf(type, kind, schema)],
  );
  const [opening, ...alsoOpens] = openingsOf(procedure).map(({ type, schema }) => eventOf(type, 'open', schema));
  const said = { name, title, series, edition, articles: [...articles], later: [...later], states };
  return { ...said, opening: opening!, alsoOpens, events };
}

const problemShown = z.strictObject({ code: z.string(), sentence: z.string(), remedy: z.string() });

/** What every code means; the `type` of a problem leads here. */
export function problemRoutes(app: App, { city }: Pick<GatewayParts, 'city'>): void {
  app.route({
    method: 'GET',
    url: '/v1/problems',
    schema: {
      operationId: 'problems',
      tags: ['procedures'],
      summary: 'Every code a problem can have, with its sentence and remedy',
      security: [],
      response: answers(
        { 200: { schema: z.strictObject({ items: z.array(problemShown) }), says: 'all of them' } },
        [421, 429],
      ),
    },
    handler: async (_, reply) =>
      reply.send({ items: Object.keys(refusals).map((code) => ({ code, ...saidOf(code, city.script) })) }),
  });
}

function saidOf(code: string, script: Script): { sentence: string; remedy: string } {
  const { sentence, remedy } = refusals[code as keyof typeof refusals];
  return { sentence: sentence[script], remedy: remedy[script] };
}
