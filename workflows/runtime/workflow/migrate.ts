/**
 * Moving an open case from one edition of its machine to the next. A migration maps states by path and context by a
 * function; it must be total over everything a case can be in, which is checked before any case is moved. Due instants
 * belong to the case, not to the definition: entries of the due-table keep theirs.
 */
import type { AnyStateMachine, AnyStateNode, StateValue } from 'xstate';
import { pack, unpack } from './carry';
import type { CarriedEntry } from './due-table';
import { type Envelope, EnvelopeRefused } from './envelope';
import { nodesOf } from './nodes';

/** From one machine id to the machine that declares it. */
export interface Migration {
  /** Machine id `name@edition` of the cases it takes over. */
  from: string;
  /** Old state path -> new state path, for every path that is not the same in both. A path mapped to null is left. */
  states?: { [oldPath: string]: string | null };
  /** The new context from the old one. The old one as it is unless said otherwise. */
  context?: (old: unknown) => unknown;
}

/** What a build says of a machine to builds that come after it. */
export interface MachineShape {
  id: string;
  /** Paths of atomic and final states: what a case can be in. */
  leaves: string[];
  /** Paths of all states, for timers and histories that hang on them. */
  nodes: string[];
}

export function shapeOf(machine: AnyStateMachine): MachineShape {
  const nodes = nodesOf(machine.root as AnyStateNode).filter((node) => node.path.length > 0);
  const pathOf = (node: AnyStateNode): string => node.path.join('.');
  return {
    id: machine.id,
    leaves: nodes.filter((node) => node.type === 'atomic' || node.type === 'final').map(pathOf),
    nodes: nodes.filter((node) => node.type !== 'history').map(pathOf),
  };
}

/** Where a migration is not total, in sentences; empty when every case of the old machine can be moved. */
export function gapsOf(migration: Migration, old: MachineShape, machine: AnyStateMachine): string[] {
  const known = new Set(shapeOf(machine).nodes);
  const gaps = old.nodes.flatMap((path) => {
    const target = targetOf(migration, path);
    if (target === null)
      return old.leaves.includes(path) && !hasMappedSibling(migration, path, old)
        ? [`state '${path}' is left and nothing takes its place`]
        : [];
    return known.has(target) ? [] : [`state '${path}' has no counterpart: '${target}' is not in ${machine.id}`];
  });
  const strangers = Object.keys(migration.states ?? {}).filter((path) => !old.nodes.includes(path));
  return [...gaps, ...strangers.map((path) => `state '${path}' is mapped, but ${old.id} has none`)];
}

/** A leaf may be left only in a parallel region that goes as a whole, beside one that stays. */
function hasMappedSibling(migration: Migration, path: string, old: MachineShape): boolean {
  return old.leaves.some((leaf) => leaf !== path && targetOf(migration, leaf) !== null);
}

function targetOf({ states = {} }: Migration, path: string): string | null {
  for (let prefix = path; prefix; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('.')))) {
    const mapped = states[prefix];
    if (mapped === null) return null;
    if (mapped !== undefined) return mapped + path.slice(prefix.length);
  }
  return path;
}

interface Persisted {
  value: StateValue;
  context: unknown;
  historyValue?: { [id: string]: { id: string }[] };
  children: { [id: string]: unknown };
  [key: string]: unknown;
}

/**
 * The envelope as the new machine takes it up.
 * @throws EnvelopeRefused if the case is in a state that the migration does not map
 */
export function migrate(envelope: Envelope, migration: Migration, machine: AnyStateMachine): Envelope {
  const old = unpack(envelope.snapshot) as Persisted;
  if (Object.keys(old.children).length > 0)
    throw new EnvelopeRefused(`it has actors at work, and only a case at rest can be moved to ${machine.id}`);
  const known = new Set(shapeOf(machine).nodes);
  const moved = leavesOf(old.value).flatMap((path) => {
    const target = targetOf(migration, path);
    if (target === null) return [];
    if (!known.has(target)) throw new EnvelopeRefused(`it is in '${path}', which ${machine.id} does not map`);
    return [target];
  });
  const snapshot = {
    ...old,
    value: stateValueOf(moved),
    context: migration.context ? migration.context(old.context) : old.context,
    historyValue: Object.fromEntries(
      Object.entries(old.historyValue ?? {}).flatMap(([id, nodes]) => {
        const to = nodes.flatMap((node) => idIn(node.id, migration, machine, known) ?? []);
        const history = renamed(id, migration.from, machine.id);
        return to.length > 0 ? [[history, to.map((one) => ({ id: one }))]] : [];
      }),
    ),
  };
  const entries = envelope.table.entries.flatMap((entry) => entryIn(entry, migration, machine, known));
  // What was before the move stands in states of the old edition: it cannot be gone back to.
  const { lastAct: _, proposal: __, ...memory } = envelope.memory;
  return {
    ...envelope,
    machine: machine.id,
    snapshot: pack(snapshot, '$.snapshot'),
    table: { ...envelope.table, entries },
    memory: memory as Envelope['memory'],
  };
}

function leavesOf(value: StateValue, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix + value];
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined || (typeof inner === 'object' && Object.keys(inner).length === 0)
      ? [prefix + key]
      : leavesOf(inner, `${prefix}${key}.`),
  );
}

/** The state value in which exactly these leaves are active; regions not named are left to the machine. */
export function stateValueOf(leaves: readonly string[]): StateValue {
  const tree: { [key: string]: StateValue } = {};
  for (const path of leaves) {
    path.split('.').reduce<{ [key: string]: StateValue }>((at, key) => {
      at[key] ??= {};
      return at[key] as { [key: string]: StateValue };
    }, tree);
  }
  return folded(tree);
}

/** `{a: {b: {}}}` is written `{a: 'b'}` by XState. */
function folded(tree: { [key: string]: StateValue }): StateValue {
  const entries = Object.entries(tree);
  const [only] = entries;
  if (only && entries.length === 1 && Object.keys(only[1] as object).length === 0) return only[0];
  return Object.fromEntries(entries.map(([key, inner]) => [key, folded(inner as { [key: string]: StateValue })]));
}

const renamed = (id: string, from: string, to: string): string =>
  id === from || id.startsWith(`${from}.`) ? to + id.slice(from.length) : id;

/** The id of a state node in the new machine; undefined where it is left. */
function idIn(id: string, migration: Migration, machine: AnyStateMachine, known: Set<string>): string | undefined {
  if (!id.startsWith(`${migration.from}.`)) return id;
  const target = targetOf(migration, id.slice(migration.from.length + 1));
  if (target === null) return undefined;
  if (!known.has(target))
    throw new EnvelopeRefused(`a timer or history of '${id}' has no counterpart in ${machine.id}`);
  return `${machine.id}.${target}`;
}

/** XState's own delayed events carry the id of their state node in type and send id. */
function entryIn(
  entry: CarriedEntry,
  migration: Migration,
  machine: AnyStateMachine,
  known: Set<string>,
): CarriedEntry[] {
  const prefix = `xstate.after.${entry.name}.`;
  if (!entry.event.type.startsWith(prefix)) return [entry];
  const id = idIn(entry.event.type.slice(prefix.length), migration, machine, known);
  if (id === undefined) return [];
  return [{ ...entry, id: prefix + id, event: { ...entry.event, type: prefix + id } }];
}
