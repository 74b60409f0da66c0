/**
 * Which rule said no. XState answers `can(event)` with a boolean; a person is owed the rule. The candidates of the active
 * nodes are walked from leaf to root as XState does, and a guard that fails is taken apart (and, or, not) to the leaf
 * that made it fail.
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode, AnyTransitionDefinition, EventObject } from 'xstate';
import { and, evaluateGuard, not, or } from 'xstate/guards';
import type { Cite, Json } from './types';

/** A guard that carries the rule it stands for. Made by the host's `rule()`. */
export interface RuleGuard {
  rule: { code: string; cite?: Cite; soft?: boolean; params?: Json };
}

type Guard = Parameters<typeof evaluateGuard>[0];
type Composite = { check: unknown; guards: Guard[] };

const COMPOSITES = new Map<unknown, 'and' | 'or' | 'not'>([
  [(and([() => true]) as unknown as Composite).check, 'and'],
  [(or([() => true]) as unknown as Composite).check, 'or'],
  [(not(() => true) as unknown as Composite).check, 'not'],
]);

export type Verdict =
  | { kind: 'changes' }
  | { kind: 'nothing' }
  | { kind: 'not-accepted' }
  | { kind: 'refused'; guard: string; rule?: RuleGuard['rule'] };

export function judge(snapshot: AnyMachineSnapshot, event: EventObject): Verdict {
  const enabled = snapshot.machine.getTransitionData(snapshot, event) as AnyTransitionDefinition[];
  if (enabled.some((t) => t.target !== undefined || t.actions.length > 0)) return { kind: 'changes' };
  if (enabled.length > 0) return { kind: 'nothing' };
  const blamed = candidates(snapshot, event.type).flatMap((t) =>
    t.guard ? blame(t.guard, true, snapshot, event) : [],
  );
  const said = blamed.find((leaf) => leaf.rule) ?? blamed[0];
  if (said) return { kind: 'refused', ...said };
  return { kind: 'not-accepted' };
}

/** A transition that would be taken of itself with the next event; a case rests only where there is none. */
export function restless(snapshot: AnyMachineSnapshot): AnyTransitionDefinition | undefined {
  const event = { type: '' };
  return leafToRoot(snapshot)
    .flatMap((node) => (node.always ?? []) as AnyTransitionDefinition[])
    .find(({ guard }) => guard === undefined || evaluateGuard(guard, snapshot.context, event, snapshot));
}

/** The candidates for an event in XState's order: leaf to root, the exact type before wildcards, longer before shorter. */
export function candidates(snapshot: AnyMachineSnapshot, type: string): AnyTransitionDefinition[] {
  return leafToRoot(snapshot).flatMap((node) =>
    [...node.transitions]
      .filter(([descriptor]) => matches(descriptor, type))
      .sort(([a], [b]) => Number(b === type) - Number(a === type) || b.length - a.length)
      .flatMap(([, transitions]) => transitions),
  );
}

/** Which of these event types the active states have transitions for, wildcards included, guards not asked. */
export function acceptedAmong(snapshot: AnyMachineSnapshot, types: readonly string[]): string[] {
  const descriptors = [...new Set((snapshot._nodes as AnyStateNode[]).flatMap((node) => [...node.transitions.keys()]))];
  return types.filter((type) => descriptors.some((descriptor) => matches(descriptor, type)));
}

/** Event types the active states have transitions for, guards not asked. XState's own events are left out. */
export function acceptedTypes(snapshot: AnyMachineSnapshot): string[] {
  const types = leafToRoot(snapshot).flatMap((node) => [...node.transitions.keys()]);
  return [...new Set(types)].filter((type) => type !== '' && !type.startsWith('xstate.')).sort();
}

function leafToRoot(snapshot: AnyMachineSnapshot): AnyStateNode[] {
  return [...(snapshot._nodes as AnyStateNode[])].sort((a, b) => b.path.length - a.path.length || a.order - b.order);
}

function matches(descriptor: string, type: string): boolean {
  if (descriptor === type || descriptor === '*') return true;
  return descriptor.endsWith('.*') && (type.startsWith(descriptor.slice(0, -1)) || type === descriptor.slice(0, -2));
}

interface Leaf {
  guard: string;
  rule?: RuleGuard['rule'];
}

/** The leaves that kept `guard` from being `wanted`. */
function blame(guard: Guard, wanted: boolean, snapshot: AnyMachineSnapshot, event: EventObject): Leaf[] {
  if (evaluateGuard(guard, snapshot.context, event, snapshot) === wanted) return [];
  const resolved = resolve(guard, snapshot.machine as AnyStateMachine);
  const composite = COMPOSITES.get((resolved as unknown as Partial<Composite>).check);
  const inner = (resolved as unknown as Partial<Composite>).guards ?? [];
  switch (composite) {
    case 'not':
      return inner.flatMap((g) => blame(g, !wanted, snapshot, event));
    case 'and':
    case 'or': {
      const leaves = inner.flatMap((g) => blame(g, wanted, snapshot, event));
      return leaves.length > 0 ? leaves : [leafOf(guard, resolved)];
    }
    default:
      return [leafOf(guard, resolved)];
  }
}

function resolve(guard: Guard, machine: AnyStateMachine): Guard {
  const name = nameOf(guard);
  const implementation =
    name === undefined ? undefined : (machine.implementations.guards as Record<string, Guard>)[name];
  return implementation ?? guard;
}

function nameOf(guard: Guard): string | undefined {
  if (typeof guard === 'string') return guard;
  return typeof guard === 'object' ? (guard as { type?: string }).type : undefined;
}

function leafOf(guard: Guard, resolved: Guard): Leaf {
  const rule = (resolved as unknown as Partial<RuleGuard>).rule;
  const guardName = nameOf(guard) ?? (typeof guard === 'function' ? guard.name || '(inline)' : '(inline)');
  return rule ? { guard: guardName, rule } : { guard: guardName };
}
