/** Units, seats and persons named in a payload must exist: the schemas say where they stand (`meta({ directory })`). */
import { z } from 'zod';
import type { Directory } from '../../activities/directory';
import type { Json, Refusal, Schema } from '../../workflows/runtime/workflow';

type Kind = 'unit' | 'seat' | 'person';

interface Node {
  directory?: Kind;
  properties?: { [name: string]: Node };
  items?: Node;
}

/** The first unit, seat or person in a payload that the directory does not have at `at`. */
export function unknownReference(schema: Schema, payload: Json, directory: Directory, at: number): Refusal | undefined {
  const stranger = [...references(shapeOf(schema), payload, 'payload')].find(
    ({ kind, id }) => !exists(directory, kind, id, at),
  );
  if (!stranger) return undefined;
  const { kind, id, path } = stranger;
  return { code: `${kind}-unknown`, path, params: { [kind]: id } };
}

const shapes = new WeakMap<Schema, Node>();

/** Worked out once for each schema: every act is looked at. */
function shapeOf(schema: Schema): Node {
  const known = shapes.get(schema);
  if (known) return known;
  const shape = z.toJSONSchema(schema as unknown as z.ZodType, { io: 'input', unrepresentable: 'any' }) as Node;
  shapes.set(schema, shape);
  return shape;
}

function exists(directory: Directory, kind: Kind, id: string, at: number): boolean {
  if (kind === 'person') return directory.person(id) !== undefined;
  return kind === 'unit' ? directory.hasUnit(id, at) : directory.hasSeat(id, at);
}

function* references(
  node: Node,
  value: Json | undefined,
  path: string,
): Generator<{ kind: Kind; id: string; path: string }> {
  if (typeof value === 'string' && node.directory) yield { kind: node.directory, id: value, path };
  if (Array.isArray(value) && node.items)
    for (const [i, item] of value.entries()) yield* references(node.items, item, `${path}.${i}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, child] of Object.entries(node.properties ?? {}))
    yield* references(child, value[name], `${path}.${name}`);
}
