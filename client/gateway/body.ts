/** JSON bodies: UTF-8 that is UTF-8, JSON that is JSON, no deeper and no stranger than anything here can be. */
import type { FastifyRequest } from 'fastify';
import type { Json, Refusal } from '../../workflows/runtime/workflow';

/** A body that cannot be read. What was sent is never repeated: neither in the answer nor in a log. */
export class Unreadable extends Error {
  constructor(
    readonly status: 400 | 415,
    readonly refusal: Refusal,
  ) {
    super(refusal.code);
  }
}

const DEEPEST = 32;
const JSON_TYPE = /^application\/(?:json|cloudevents\+json)\s*(?:;\s*charset\s*=\s*"?([^\s;"]+)"?\s*)?$/i;

/** @throws Unreadable */
export function readJson(request: FastifyRequest, bytes: Buffer): Json {
  const [, charset = 'utf-8'] = JSON_TYPE.exec(request.headers['content-type'] ?? '') ?? [undefined, 'none'];
  if (!/^utf-?8$/i.test(charset))
    throw new Unreadable(415, { code: 'media-type', params: { expected: 'application/json; charset=utf-8' } });
  if (bytes.length === 0) throw amiss('body.empty');
  const body = parsed(textOf(bytes));
  const path = strange(body);
  if (path !== undefined) throw amiss('body.characters', path);
  return body;
}

/** @throws Unreadable */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw amiss('body.encoding');
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw amiss('body.json');
  }
}

/** The path of a text no form can write and no database keeps, or of what is nested too deep; undefined where all is well. */
function strange(body: Json): string | undefined {
  const open: { value: Json | undefined; path: string; depth: number }[] = [{ value: body, path: 'payload', depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next;
    if (typeof value === 'string' && !isPlain(value)) return path;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) return path;
    for (const [key, inner] of Object.entries(value)) {
      if (!isPlain(key) || key === '__proto__') return path;
      open.push({ value: inner, path: `${path}.${key}`, depth: depth + 1 });
    }
  }
  return undefined;
}

/** No control characters besides tab and line ends, no half of a surrogate pair. */
export function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\p{Surrogate}]/u.test(text);
}

function amiss(problem: string, path?: string): Unreadable {
  return new Unreadable(400, { code: 'malformed', ...(path === undefined ? {} : { path }), params: { problem } });
}
