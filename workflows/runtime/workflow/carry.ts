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

export function pack(value: unknown, path = '$', seen: object[] = []): Json {
  if (value === undefined) return { [MARK]: 'undefined' };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new NotCarriable(path, `the number ${value}`);
  }
  if (typeof value !== 'object') throw new NotCarriable(path, `a ${typeof value}`);
  if (seen.includes(value)) throw new NotCarriable(path, 'a reference to one of its own parents');
  const inside = [...seen, value];
  if (value instanceof Date) return { [MARK]: 'date', at: value.getTime() };
  if (Array.isArray(value)) return value.map((item, i) => pack(item, `${path}[${i}]`, inside));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new NotCarriable(path, `an instance of ${value.constructor?.name ?? 'a class'}`);
  const packed = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, pack(v, `${path}.${k}`, inside)]));
  return MARK in value ? { [MARK]: 'object', of: packed } : packed;
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
