/**
 * What may cross continue-as-new: JSON, `undefined` inside objects and arrays, and `Date`. XState contexts use both, and
 * plain JSON would drop the one and turn the other into text without a word (13 of XState's own SCXML cases fail so).
 * Everything else is refused with its path, before it is lost.
 */
import type { Json } from './types';

const MARK = '$zl';

export class NotCarriable extends Error {
  constructor(
    readonly path: string,
    readonly found: string,
  ) {
    super(`${path} holds ${found}; a case can carry JSON values, undefined and Date`);
    this.name = 'NotCarriable';
  }
}

/** @throws NotCarriable naming the path of the first value that would not come back as it is */
export function pack(value: unknown, path = '$'): Json {
  return packed(value, path, new Set());
}

function packed(value: unknown, path: string, parents: Set<object>): Json {
  if (value === undefined) return { [MARK]: 'undefined' };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new NotCarriable(path, `the number ${value}`);
  }
  if (typeof value !== 'object') throw new NotCarriable(path, `a ${typeof value}`);
  if (value instanceof Date) return { [MARK]: 'date', at: instantOf(value, path) };
  if (parents.has(value)) throw new NotCarriable(path, 'a reference to one of its own parents');
  parents.add(value);
  const result = Array.isArray(value)
    ? Array.from(value, (item, i) => packed(item, `${path}[${i}]`, parents))
    : packedObject(value, path, parents);
  parents.delete(value);
  return result;
}

function packedObject(value: object, path: string, parents: Set<object>): Json {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new NotCarriable(path, `an instance of ${value.constructor?.name ?? 'a class'}`);
  if (Object.getOwnPropertySymbols(value).length > 0) throw new NotCarriable(path, 'a key that is a symbol');
  const inner = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, packed(v, `${path}.${k}`, parents)]));
  return MARK in value ? { [MARK]: 'object', of: inner } : inner;
}

function instantOf(date: Date, path: string): number {
  const at = date.getTime();
  if (Number.isNaN(at)) throw new NotCarriable(path, 'an invalid Date');
  return at;
}

export function unpack(value: Json | undefined): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unpack);
  switch (value[MARK]) {
    case 'undefined':
      return undefined;
    case 'date':
      return new Date(value.at as number);
    case 'object':
      return plain(value.of as Record<string, Json>);
    default:
      return plain(value);
  }
}

function plain(value: Record<string, Json | undefined>): unknown {
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unpack(v)]));
}

/** Bytes of a value as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return utf8Bytes(JSON.stringify(value) ?? '');
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Two bytes up to U+07FF, three beyond; a surrogate pair is four, two for each half.
    if (code > 0x7f) bytes += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
