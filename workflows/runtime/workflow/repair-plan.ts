/**
 * What a repair would make of a case: other states, other values, and which deadlines end and begin by it. Worked out
 * before anything is changed, and tried on everything that looks at a case, so that a repair cannot leave one broken.
 *
 * Deadlines follow one rule: those of states that are left end, those of states that are entered begin at the repair, all
 * others stand as they are. Entry and exit actions are not run, histories stand.
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, StateValue } from 'xstate';
import { validateValue } from './admission';
import { pack } from './carry';
import { isPlace, keysOf, type Path, valueAt, withValue } from './deep';
import type { Definition } from './definition';
import { delaysOf } from './delays';
import { restless } from './explain';
import { messageOf } from './fault';
import { stateValueOf } from './migrate';
import { leavesOf, nodesOf, pathOf, rootOf } from './nodes';
import type { CaseView, Refusal } from './receipt';
import { digest } from './record';
import type { Instant, Json } from './types';

/** What is asked for: states by their paths, as views show them; values by JSON Pointer below `/context`. */
export interface Wanted {
  state?: string[];
  set?: { at: string; value: Json }[];
}

export interface Change {
  /** `/state`, or a pointer into the context. */
  at: string;
  before: Json;
  after: Json;
}

/** A deadline of a state: its name, and the id XState gives its event. */
export interface StateDelay {
  name: string;
  id: string;
}

export interface Plan {
  value: StateValue;
  context: unknown;
  isMoved: boolean;
  changes: Change[];
  ends: StateDelay[];
  begins: (StateDelay & { delay: number })[];
}

export type Planned = { plan: Plan } | { refused: Refusal };

/** Where the case stands, and what is known of it besides. */
export interface Standpoint {
  definition: Definition;
  snapshot: AnyMachineSnapshot;
  viewAs: (snapshot: AnyMachineSnapshot, at: Instant) => CaseView;
  busy: boolean;
}

/** Works a repair out as of `at`; within a frame, because delays ask for the instant. */
export function planOf(standpoint: Standpoint, wanted: Wanted, at: Instant): Planned {
  const { snapshot, definition } = standpoint;
  if (standpoint.busy) return no({ code: 'repair-busy' });
  const values = contextWith(definition, snapshot.context, wanted.set ?? []);
  if ('refused' in values) return values;
  const states = stateWith(snapshot, wanted.state ?? []);
  if ('refused' in states) return states;
  try {
    return standing(standpoint, values, states.leaves, at);
  } catch (error) {
    return no({ code: 'repair-fails', params: { problem: messageOf(error) } });
  }
}

/** One digest of what stands where a plan would change something. */
export const standsBefore = ({ changes }: Plan): string => digest(changes.map(({ at, before }) => ({ at, before })));

function standing(
  { definition, snapshot, viewAs }: Standpoint,
  { context, changes }: { context: unknown; changes: Change[] },
  leaves: string[],
  at: Instant,
): Planned {
  const machine = snapshot.machine as AnyStateMachine;
  const { historyValue } = snapshot;
  const next = machine.resolveState({ value: stateValueOf(leaves), context, historyValue } as never);
  const [before, after] = [snapshot, next].map((one) => leavesOf(nodesIn(one))) as [string[], string[]];
  const isMoved = before.join() !== after.join();
  const all = [...(isMoved ? [{ at: '/state', before, after }] : []), ...changes];
  if (all.length === 0) return no({ code: 'unchanged' });
  const left = nodesIn(snapshot).filter((node) => !nodesIn(next).includes(node));
  const entered = nodesIn(next).filter((node) => !nodesIn(snapshot).includes(node));
  const amiss = cannotStand(next, entered);
  if (amiss) return no(amiss);
  // Whatever looks at a case looks at it once as it would stand.
  definition.present?.(viewAs(next, at), next);
  const begins = entered.flatMap((node) => stateDelays(node).map((one) => ({ ...one, delay: delayOf(one, next) })));
  return {
    plan: { value: next.value, context, isMoved, changes: all, ends: left.flatMap(stateDelays), begins },
  };
}

function cannotStand(next: AnyMachineSnapshot, entered: readonly AnyStateNode[]): Refusal | undefined {
  if (next.status !== 'active') return { code: 'repair-closes' };
  const invoking = entered.find((node) => node.invoke.length > 0);
  if (invoking) return { code: 'repair-invokes', params: { where: pathOf(invoking) } };
  const passing = restless(next);
  return passing && { code: 'repair-restless', params: { where: pathOf(passing.source as AnyStateNode) } };
}

function contextWith(
  { contextSchema }: Definition,
  standing: unknown,
  set: NonNullable<Wanted['set']>,
): { context: unknown; changes: Change[] } | { refused: Refusal } {
  let context = standing;
  const changes: Change[] = [];
  for (const { at, value } of set) {
    const path = pathIn(at);
    if (!path || !isPlace(context, path)) return no({ code: 'repair-path', path: at, params: { where: at } });
    const before = valueAt(context, path);
    const kinds = [kindOf(before), kindOf(value)];
    if (!contextSchema && before !== undefined && kinds[0] !== kinds[1])
      return no({ code: 'repair-context', path: at, params: { problem: `expected ${kinds[0]}, found ${kinds[1]}` } });
    context = withValue(context, path, value);
    const was = pack(before ?? null);
    if (digest(was) !== digest(value)) changes.push({ at, before: was, after: value });
  }
  const amiss = contextSchema && changes.length > 0 ? validateValue(contextSchema(), context, '/context') : undefined;
  if (!amiss) return { context, changes };
  return no({ code: 'repair-context', ...(amiss.path ? { path: amiss.path } : {}), params: { ...amiss.params } });
}

/** The states of a case with some of them replaced: a named state takes the place of whatever excludes it. */
function stateWith(
  snapshot: AnyMachineSnapshot,
  named: readonly string[],
): { leaves: string[] } | { refused: Refusal } {
  const known = new Map(nodesOf(rootOf(snapshot.machine as AnyStateMachine)).map((node) => [pathOf(node), node]));
  let leaves = nodesIn(snapshot).filter((node) => Object.keys(node.states).length === 0);
  for (const path of named) {
    const node = known.get(path);
    if (!node || node.type === 'history' || !node.parent) return no({ code: 'repair-state', params: { where: path } });
    leaves = [...leaves.filter((leaf) => standBesideEachOther(leaf, node)), node];
  }
  return { leaves: leaves.map(pathOf) };
}

/** Two states hold at once only where their ways part in a parallel one. */
function standBesideEachOther(a: AnyStateNode, b: AnyStateNode): boolean {
  const [one, other] = [linesOf(a), linesOf(b)];
  const parting = one.findIndex((node, i) => node !== other[i]);
  if (parting <= 0 || parting >= other.length) return false;
  return one[parting - 1]!.type === 'parallel';
}

/** From the root down to a node. */
function linesOf(node: AnyStateNode): AnyStateNode[] {
  return node.parent ? [...linesOf(node.parent), node] : [node];
}

const nodesIn = (snapshot: AnyMachineSnapshot): AnyStateNode[] =>
  [...(snapshot._nodes as AnyStateNode[])].sort((a, b) => a.order - b.order);

const stateDelays = (node: AnyStateNode): StateDelay[] =>
  delaysOf(node).map((name) => ({ name, id: `xstate.after.${name}.${node.id}` }));

function delayOf({ name, id }: StateDelay, { machine, context }: AnyMachineSnapshot): number {
  const declared = (machine.implementations.delays as Record<string, unknown>)[name];
  if (declared === undefined) return Number(name);
  return typeof declared === 'function' ? declared({ context, event: { type: id } }) : (declared as number);
}

/** The keys of a JSON Pointer below `/context`; undefined where it is none. */
function pathIn(pointer: string): Path | undefined {
  const [root, ...keys] = keysOf(pointer);
  if (!pointer.startsWith('/') || root !== 'context' || keys.length === 0) return undefined;
  return keys;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'list' : typeof value;
}

const no = (refused: Refusal): { refused: Refusal } => ({ refused });
