import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { RecordEntry } from './types';

/** The `previous` of a case's first link. */
export const GENESIS = '0'.repeat(64);

/** A deadline recorded later than this after it was due was slept over: nobody was there to fire it. */
export const SLEPT_OVER_MS = 60_000;

/** SHA-256 (hex) over RFC 8785 JSON. Keys that are `undefined` do not count. */
export function digest(value: unknown): string {
  const text = canonicalize(JSON.parse(JSON.stringify(value)));
  return bytesToHex(sha256(utf8ToBytes(text ?? 'null')));
}

export function hashOf(entry: Omit<RecordEntry, 'hash'>): string {
  return digest(entry);
}

/** Links an entry behind `previous`. */
export function link(entry: Omit<RecordEntry, 'hash' | 'previous'>, previous: string): RecordEntry {
  const body = { ...entry, previous };
  return { ...body, hash: hashOf(body) };
}
