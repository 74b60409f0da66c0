/** Every single setting of the configuration, read off its schema. */
import type { z } from 'zod';

export interface Setting {
  /** Such as `gateway.publicUrl`, part by part. */
  path: readonly string[];
  /** Its environment variable; absent where the environment has no say. */
  variable?: string;
  schema: z.ZodType;
  description: string;
  /** Never shown as it is. */
  isSecret: boolean;
}

/** `gateway.publicUrl` is ZHENGLING_GATEWAY_PUBLIC_URL. */
export function variableOf(path: readonly string[]): string {
  const parts = path.map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
  return ['ZHENGLING', ...parts].join('_');
}

/** What an installation is, is not for the environment to change. */
const FIXED = ['kind'];

/** In the order of the schema. */
export function settingsOf(schema: z.ZodType, path: readonly string[] = []): Setting[] {
  const inner = bare(schema);
  const fields = (inner as z.ZodObject).shape as Record<string, z.ZodType> | undefined;
  if (fields !== undefined && inner._zod.def.type === 'object')
    return Object.entries(fields).flatMap(([name, field]) => settingsOf(field, [...path, name]));
  const { description = '', secret = false } = { ...inner.meta(), ...schema.meta() } as {
    description?: string;
    secret?: boolean;
  };
  const variable = FIXED.includes(path.join('.')) ? {} : { variable: variableOf(path) };
  return [{ path, ...variable, schema: inner, description, isSecret: secret }];
}

/** Without what says only that it may be left out. */
function bare(schema: z.ZodType): z.ZodType {
  const { type, innerType } = schema._zod.def as { type: string; innerType?: z.ZodType };
  return (type === 'optional' || type === 'default') && innerType ? bare(innerType) : schema;
}
