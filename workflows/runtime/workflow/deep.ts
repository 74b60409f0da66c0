/** One value deep in a context: read, and replaced in a copy. A context itself is never changed. */

/** Keys from the outside in; places of lists as digits. */
export type Path = readonly string[];

/** What stands there; undefined where nothing does. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce((value: unknown, key) => (holds(value, key) ? (value as Holder)[key] : undefined), root);
}

/** Whether something may be put there: what would hold it exists, and a list has the place or ends before it. */
export function isPlace(root: unknown, path: Path): boolean {
  const key = path.at(-1);
  const holder = valueAt(root, path.slice(0, -1));
  if (key === undefined || typeof holder !== 'object' || holder === null || holder instanceof Date) return false;
  return !Array.isArray(holder) || (isIndex(key) && Number(key) <= holder.length);
}

/** A copy in which `value` stands there; what does not lie on the way is shared. */
export function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = withValue((root as Holder)[key], rest, value);
  if (!Array.isArray(root)) return { ...(root as Holder), [key]: inner };
  const copy = [...root];
  copy[Number(key)] = inner;
  return copy;
}

type Holder = { [key: string]: unknown };

function holds(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, key) && (!Array.isArray(value) || isIndex(key));
}

/** The JSON Pointer (RFC 6901) of a place. */
export const pointerTo = (path: Path): string =>
  `/${path.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;

/** The keys of a JSON Pointer, the empty one before its first slash left out. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,8})$/.test(key);
