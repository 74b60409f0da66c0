/** What an event carries, from its zod schema, in one line per field. */
import { z } from 'zod';
import type { Schema } from '../../workflows/runtime/workflow';
import type { JsonSchema } from './json-schema';

/** @throws Error when the schema is not one of zod's, which alone can say what it wants */
export function fieldsOf(schema: Schema): string[] {
  if (!(schema instanceof z.ZodType)) throw new Error('only a zod schema can be printed');
  const { properties = {}, required = [] } = z.toJSONSchema(schema) as JsonSchema;
  return Object.entries(properties).map(([name, field]) => `\`${name}\`${optional(name, required)} ${typeOf(field)}`);
}

/** What one value may be. @throws Error as {@link fieldsOf} */
export function valueText(schema: Schema): string {
  if (!(schema instanceof z.ZodType)) throw new Error('only a zod schema can be printed');
  return typeOf(z.toJSONSchema(schema) as JsonSchema);
}

const optional = (name: string, required: readonly string[]): string => (required.includes(name) ? '' : '?');

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `"${String(schema.const)}"`;
  if (schema.enum) return schema.enum.map((value) => `"${String(value)}"`).join(' or ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return `list of ${typeOf(schema.items ?? {})}${schema.minItems ? `, at least ${schema.minItems}` : ''}`;
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'whole number' : 'number'}${range(schema)}`;
    case 'boolean':
      return 'yes or no';
    case 'null':
      return 'nothing';
    default:
      return 'any value';
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema): string {
  const inner = Object.entries(properties).map(
    ([name, field]) => `${name}${optional(name, required)} ${typeOf(field)}`,
  );
  return `{ ${inner.join('; ')} }`;
}

function textOf({ directory, format, pattern, minLength, maxLength }: JsonSchema): string {
  if (directory) return `id of a ${directory}`;
  if (format) return format === 'date-time' ? 'instant with offset' : format;
  if (pattern) return `text like \`${pattern}\``;
  if (maxLength !== undefined) return `text of ${minLength ?? 0} to ${maxLength} characters`;
  return minLength ? 'text, not empty' : 'text';
}

/** zod gives bare integers the range of safe ones, which says nothing. */
function range({ minimum, maximum }: JsonSchema): string {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : '';
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '';
  return low + high;
}
