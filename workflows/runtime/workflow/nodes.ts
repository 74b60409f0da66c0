/** Walks over the definition of a machine. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** A state node and all below it, in document order. */
export function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(nodesOf)];
}

/** The transitions that leave a node: by event, by time, by themselves. */
export function transitionsOf(node: AnyStateNode): AnyTransitionDefinition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])] as AnyTransitionDefinition[];
}

/** The actions of a compound state's initial transition. */
export function initialActionsOf(node: AnyStateNode): readonly unknown[] {
  return node.type === 'compound' ? (node.initial.actions as readonly unknown[]) : [];
}

/** `open.course.overdue`; the root is `(root)`. */
export function pathOf(node: AnyStateNode): string {
  return node.path.join('.') || '(root)';
}

/** What every active leaf is called. */
export function leavesOf(nodes: readonly AnyStateNode[]): string[] {
  return nodes
    .filter((node) => node.type === 'atomic' || node.type === 'final')
    .map(pathOf)
    .sort();
}

export function rootOf(machine: AnyStateMachine): AnyStateNode {
  return machine.root as AnyStateNode;
}
