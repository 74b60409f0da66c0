/**
 * What is wrong with a machine before its first case starts. XState lets most of it pass in silence: an undeclared delay
 * fires at once, a missing action does nothing, an inline child is only noticed by the development build.
 */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { isActivity } from './activity';
import type { Definition } from './definition';

export class MachineRefused extends Error {
  constructor(
    readonly machine: string,
    readonly problems: string[],
  ) {
    super(`machine '${machine}' cannot run:\n${problems.map((p) => `- ${p}`).join('\n')}`);
    this.name = 'MachineRefused';
  }
}

const checked = new WeakSet<Definition>();

/** @throws MachineRefused naming machine, state and path of everything that is wrong. */
export function checkMachine(definition: Definition): void {
  if (checked.has(definition)) return;
  const problems = problemsOf(definition);
  if (problems.length > 0) throw new MachineRefused(definition.machine.id, problems);
  checked.add(definition);
}

export function problemsOf(definition: Definition): string[] {
  const { machine } = definition;
  const problems = nodesOf(machine.root as AnyStateNode).flatMap((node) => [
    ...delayProblems(node, machine),
    ...invokeProblems(node, machine),
    ...transitionsOf(node).flatMap((t) => [
      ...guardProblems(node, t, definition),
      ...actionsProblems(node, t.actions, machine),
    ]),
    ...actionsProblems(node, [...node.entry, ...node.exit], machine),
  ]);
  if (!/^[a-z0-9-]+@[a-z0-9.-]+$/.test(machine.id))
    problems.unshift(`its id '${machine.id}' is not of the form name@edition`);
  return [...new Set(problems)];
}

export function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(nodesOf)];
}

export function transitionsOf(node: AnyStateNode): AnyTransitionDefinition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])] as AnyTransitionDefinition[];
}

const where = (node: AnyStateNode): string => `state '${node.path.join('.') || '(root)'}'`;

function delayProblems(node: AnyStateNode, machine: AnyStateMachine): string[] {
  const declared = Object.keys(machine.implementations.delays as object);
  return Object.keys((node.config as { after?: object }).after ?? {})
    .filter((name) => !declared.includes(name) && !/^\d+$/.test(name))
    .map((name) => `${where(node)}: delay '${name}' is not declared (XState would fire it at once)`);
}

function invokeProblems(node: AnyStateNode, machine: AnyStateMachine): string[] {
  return node.invoke.flatMap((invoke) => {
    const src = (invoke as { src: unknown }).src;
    if (typeof src !== 'string')
      return [`${where(node)}: invokes an inline actor; name it in setup({actors}) so that it can be carried`];
    const logic = (machine.implementations.actors as Record<string, unknown>)[src];
    if (!logic) return [`${where(node)}: invoked actor '${src}' is not implemented`];
    return isActivity(logic)
      ? []
      : [`${where(node)}: invokes '${src}', which is not an activity; other actors need tier 2 of the runtime`];
  });
}

interface Named {
  type?: string;
}

function actionsProblems(node: AnyStateNode, actions: readonly unknown[], machine: AnyStateMachine): string[] {
  const known = machine.implementations.actions as Record<string, unknown>;
  return actions.flatMap((action) => {
    if (typeof action === 'function') return tier2Action(node, (action as { type?: string }).type);
    const name = typeof action === 'string' ? action : (action as Named).type;
    if (name === undefined || name.startsWith('xstate.')) return tier2Action(node, name);
    return name in known
      ? tier2Action(node, (known[name] as Named | undefined)?.type)
      : [`${where(node)}: action '${name}' is not implemented`];
  });
}

function tier2Action(node: AnyStateNode, type: string | undefined): string[] {
  return type === 'xstate.spawnChild' ? [`${where(node)}: spawns an actor, which needs tier 2 of the runtime`] : [];
}

function guardProblems(
  node: AnyStateNode,
  transition: AnyTransitionDefinition,
  { machine, rulesRequired }: Definition,
): string[] {
  const known = machine.implementations.guards as Record<string, unknown>;
  const on = `${where(node)}, event '${transition.eventType}'`;
  const look = (guard: unknown): string[] => {
    if (guard === undefined) return [];
    const name = typeof guard === 'string' ? guard : typeof guard === 'object' ? (guard as Named).type : undefined;
    if (name !== undefined) return name in known ? [] : [`${on}: guard '${name}' is not implemented`];
    const inner = (guard as { guards?: unknown[] }).guards;
    if (inner) return inner.flatMap(look);
    if ('check' in (guard as object) || 'rule' in (guard as object)) return [];
    return rulesRequired
      ? [`${on}: an inline guard; give it a name in setup({guards}), so that a refusal can say which rule it was`]
      : [];
  };
  return look(transition.guard);
}
