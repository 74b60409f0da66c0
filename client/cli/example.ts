/** A payload that fits a schema: what must be there, each with a value of its kind. */
import { z } from 'zod';
import type { JsonSchema } from '../docs/json-schema';

export function exampleOf(schema: z.ZodType): unknown {
  return valueFor(z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema);
}

function valueFor(schema: JsonSchema): unknown {
  const { type, properties = {}, required = [], items, minItems = 1 } = schema;
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return valueFor(first);
  switch (type) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, valueFor(properties[name] ?? {})]));
    case 'array':
      return Array.from({ length: minItems }, () => valueFor(items ?? {}));
    case 'integer':
    case 'number':
      return schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER ? schema.minimum : 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textFor(schema);
  }
}

function textFor({ directory, format, pattern = '' }: JsonSchema): string {
  if (directory === 'unit') return 'D10';
  if (directory === 'seat') return 'vm-5';
  if (directory === 'person') return 'person-04';
  if (format === 'date') return '2026-12-31';
  if (format === 'date-time') return '2026-12-01T09:00:00+08:00';
  return pattern.includes('[0-9a-f]{64}') ? '0'.repeat(64) : '…';
}
