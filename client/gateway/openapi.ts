/** The description of the interface, OpenAPI 3.1. */
import swagger from '@fastify/swagger';
import type { FastifyRouteSchemaDef, FastifyValidationResult } from 'fastify/types/schema';
import { createJsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { procedures } from '../../workflows/procedures';
import type { App } from './app';
import { problem, WRITTEN } from './schemas';

const meaning: Record<number, string> = {
  400: 'malformed: `path` and `detail` say where and how',
  401: 'not known who asks',
  403: 'not entitled; `entitled` names who is, where that is the answer',
  404: 'there is no such thing',
  405: 'there is no such method here; `Allow` names those there are',
  409: 'not accepted now (`accepted` names what is), no effect, the id was used for something else, or the step asked for is not there yet',
  410: 'the case is closed',
  413: 'too large',
  415: 'of a type that is not taken',
  421: 'this is not the name of this server',
  422: 'a rule says no: its article, or 本系统规定; or the matter is classified',
  429: 'too many requests; `Retry-After` says when to come again',
  500: 'a fault of this system',
  503: 'Temporal, worker or ledger do not answer now; it may be asked again with the same id',
};

interface Answering {
  schema: z.ZodType;
  says: string;
  /** One, or any of several. */
  type?: string | readonly string[];
}

/** The answers of a route: those of success, and problems by status. */
export function answers(good: { [status: number]: Answering }, refused: readonly number[]) {
  const described = (schema: z.ZodType, says: string, type: string | readonly string[]) => ({
    description: says,
    content: Object.fromEntries([type].flat().map((one) => [one, { schema }])),
  });
  return Object.fromEntries([
    ...Object.entries(good).map(([status, { schema, says, type = 'application/json' }]) => [
      status,
      described(schema, says, type),
    ]),
    ...[...refused, 500].map((status) => [status, described(problem, meaning[status]!, 'application/problem+json')]),
  ]) as { [status: number]: ReturnType<typeof described> };
}

/** For routes that judge their bodies themselves; everything else is checked as everywhere. */
export function bodyAsItCame<Schema>(route: FastifyRouteSchemaDef<Schema>): FastifyValidationResult {
  return route.httpPart === 'body' ? (value) => ({ value }) : validatorCompiler(route as never);
}

/** Answers every route that reads can give besides its own. */
export const READ_REFUSED = [400, 401, 403, 404, 421, 429, 503] as const;
/** Of reads that may be asked to wait for a step. */
export const SEEN_REFUSED = [...READ_REFUSED, 409] as const;

export async function describe(
  app: App,
  { demo, publicUrl }: { demo: boolean; publicUrl: string | undefined },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'zhengling 政令',
        version: '1',
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl ?? '/' }],
      tags: [
        ...procedures.map(({ name, title }) => ({ name, description: title })),
        { name: 'cases', description: 'Reading: cases, lists, search, records' },
        { name: 'inbox', description: '待办 · 已办 · 待阅' },
        { name: 'feed', description: 'One ordered sequence of everything that happened' },
        { name: 'attachments', description: 'Documents; only reference and hash enter a case' },
        { name: 'procedures', description: 'What can be done, and the shape of every act' },
        { name: 'operation', description: 'For whoever runs it' },
      ],
      components: { securitySchemes: securitySchemes(demo) },
      security: Object.keys(securitySchemes(demo)).map((name) => ({ [name]: [] })),
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { override: withCharacters } }),
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document) as Described) as never,
  });
}

interface Described {
  components?: { schemas?: { [name: string]: unknown } };
}

/** Shapes are registered once for what comes in and once for what goes out; most only go out. */
function withoutUnused(described: Described): Described {
  const schemas = described.components?.schemas ?? {};
  const text = JSON.stringify(described);
  const used = Object.entries(schemas).filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
  if (used.length === Object.keys(schemas).length) return described;
  return withoutUnused({ ...described, components: { ...described.components, schemas: Object.fromEntries(used) } });
}

/** No text here holds control characters; where a schema says nothing of its characters, the description does. */
function withCharacters({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: unknown;
  jsonSchema: { [key: string]: unknown };
}): void {
  if (zodSchema instanceof z.ZodString && jsonSchema.type === 'string' && jsonSchema.format === undefined)
    jsonSchema.pattern ??= WRITTEN;
}

const DESCRIPTION = [
  'The procedures of a city government over HTTP. Every event of every procedure is an operation; its body is checked by',
  "the procedure's own schema. What is refused is answered with a problem (RFC 9457): sentence, ground and remedy in Chinese,",
  'and a code for programs. `Idempotency-Key` makes a repetition harmless.',
].join(' ');

function securitySchemes(demo: boolean) {
  const bearer = {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of the issuer the installation trusts',
  } as const;
  const named = {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Demo <seat>`, such as `Demo X2-desk`; demonstrations only',
  } as const;
  return demo ? { demo: named } : { bearer };
}
