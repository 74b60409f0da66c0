/** YAML files checked by a schema; every complaint is a sentence that begins with `file:line`. */
import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import { decodeUtf8 } from './encoding';

type Path = readonly PropertyKey[];

export interface YamlFile<Data> {
  data: Data;
  /** `file:line` of a place in the data; of the nearest place above it when there is none. */
  where(path: Path): string;
}

/** Values from elsewhere, such as the environment, laid over what a file says before it is checked. */
export interface Laid {
  over(data: unknown): unknown;
  /** What to name in place of `file:line`; undefined for a place of the file itself. */
  from(path: Path): string | undefined;
}

/** Reads and checks one file. What is wrong with it is an answer, not an exception. */
export function readYaml<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  laid?: Laid,
): { ok: YamlFile<z.output<Schema>> } | { errors: string[] } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { errors: [`${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); expected a YAML file`] };
  }
  const decoded = decodeUtf8(bytes);
  if ('line' in decoded) {
    return { errors: [`${file}:${decoded.line}: is not UTF-8${decoded.likely}; expected the file saved as UTF-8`] };
  }
  return checkYaml(file, decoded.text, schema, laid);
}

function checkYaml<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
  laid?: Laid,
): { ok: YamlFile<z.output<Schema>> } | { errors: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => `${file}:${Math.max(lines.linePos(offset).line, 1)}`;
  if (document.errors.length > 0) {
    return { errors: document.errors.map((e) => `${lineAt(e.pos[0])}: not valid YAML: ${e.message}`) };
  }
  const root = document.contents;
  const where = (path: Path) => laid?.from(path) ?? lineAt(offsetOf(root, path));
  const written = document.toJS();
  const checked = schema.safeParse(laid ? laid.over(written) : written);
  if (checked.success) return { ok: { data: checked.data, where } };
  const isThere = (path: Path) => nodeAt(root, path) !== undefined || laid?.from(path) !== undefined;
  return { errors: checked.error.issues.flatMap((issue) => complaints(issue, isThere, where)) };
}

function complaints(
  issue: z.core.$ZodIssue,
  isThere: (path: Path) => boolean,
  where: (path: Path) => string,
): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${where([...issue.path, key])}: ${placeName(issue.path)}has no field '${key}'`);
  }
  const expected = expectation(issue);
  const missing = issue.path.length > 0 && !isThere(issue.path);
  const place = placeName(issue.path);
  return [`${where(issue.path)}: ${place}${missing ? 'is missing; ' : ''}${expected}`];
}

/** Our own words for what zod says in its own; a message given by the schema stands. */
function expectation(issue: z.core.$ZodIssue): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    default:
      return issue.message;
  }
}

const typeNames: Record<string, string> = {
  array: 'a list',
  object: 'a mapping of fields',
  string: 'a text',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
};

/** `units[3].kind ` as people write it; empty for the file itself. */
function placeName(path: Path): string {
  if (path.length === 0) return '';
  const name = path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`));
  return `${name.join('')} `;
}

function nodeAt(root: ParsedNode | null, path: Path): ParsedNode | undefined {
  let node: unknown = root;
  for (const part of path) {
    if (!isNode(node) || !('get' in node)) return undefined;
    node = (node as unknown as { get(key: unknown, keep: true): unknown }).get(part, true);
  }
  return isNode(node) ? (node as ParsedNode) : undefined;
}

/** Where a place begins: its key where it has one, so that the line named is the line to look at. */
function offsetOf(root: ParsedNode | null, path: Path): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = nodeAt(root, path.slice(0, depth - 1));
    const key = path[depth - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
      const range = pair && isScalar(pair.key) ? pair.key.range : undefined;
      if (range) return range[0];
    }
    const node = nodeAt(root, path.slice(0, depth));
    if (node?.range) return node.range[0];
  }
  return root?.range[0] ?? 0;
}
