/** Pages of lists and the cursors between them. A cursor says where a page ended and means nothing to its holder. */
import { BadCursor } from './errors';

export interface Page<T> {
  items: T[];
  /** Where the next page begins; absent on the last one. */
  next?: string;
}

type Key = readonly (string | number)[];

const USUAL = 100;
const MOST = 1_000;

export const pageSize = (limit = USUAL): number => Math.min(Math.max(Math.trunc(limit), 1), MOST);

/** Rows were read one beyond the page: whether there is a next one is seen without counting. */
export function pageOf<Row, T>(rows: readonly Row[], size: number, item: (row: Row) => T, keyOf: (row: Row) => Key) {
  const items = rows.slice(0, size).map(item);
  const last = rows.length > size ? rows[size - 1] : undefined;
  return { items, ...(last === undefined ? {} : { next: cursor(keyOf(last)) }) } satisfies Page<T>;
}

export const cursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * What a cursor of ours says.
 * @param kinds of its parts, in order
 * @throws BadCursor when it is none, or one of another list
 */
export function keyOfCursor<K extends readonly ('string' | 'number')[]>(
  text: string,
  ...kinds: K
): { -readonly [I in keyof K]: K[I] extends 'string' ? string : number } {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new BadCursor(text);
  }
  const fits = Array.isArray(key) && key.length === kinds.length && kinds.every((kind, i) => isOf(kind, key[i]));
  if (!fits) throw new BadCursor(text);
  return key as never;
}

const isOf = (kind: 'string' | 'number', value: unknown): boolean =>
  kind === 'string' ? typeof value === 'string' : Number.isSafeInteger(value);
