/** The transitions of a machine as a flat list: what starts each, where it leads, on what condition, on what ground. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import type { Citation } from '../../workflows/law';
import { nodesOf, transitionsOf } from '../../workflows/runtime/workflow';
import { type Condition, conditionOf } from './condition';

export type Trigger =
  /** From outside: an act, a fact, a notice. */
  | { kind: 'outside'; event: string }
  /** Raised by the machine itself. */
  | { kind: 'inside'; event: string }
  /** `delay` is the name it was declared under; a number is a length written into the machine. */
  | { kind: 'deadline'; delay: string | number }
  | { kind: 'always' }
  /** A child state or an invoked activity has ended. */
  | { kind: 'result'; event: string };

export interface Action {
  name: string;
  /** One of XState's own, where it was not given a name of its own in `setup`. */
  inline?: object;
  params?: Record<string, unknown>;
}

export interface Edge {
  from: AnyStateNode;
  trigger: Trigger;
  condition?: Condition;
  /** Empty where the state stays as it is. */
  to: AnyStateNode[];
  actions: Action[];
  cite?: Citation;
}

/** Every transition, in the order of the machine. `outside` names the events that come from outside. */
export function edgesOf(machine: AnyStateMachine, outside: Iterable<string>): Edge[] {
  const events = new Set(outside);
  return nodesOf(machine.root).flatMap((from) =>
    transitionsOf(from).map((transition) => edge(from, transition, machine, events)),
  );
}

function edge(
  from: AnyStateNode,
  transition: AnyTransitionDefinition,
  machine: AnyStateMachine,
  outside: ReadonlySet<string>,
): Edge {
  const condition = conditionOf(transition.guard, machine);
  const { cite } = (transition.meta ?? {}) as { cite?: Citation };
  return {
    from,
    trigger: triggerOf(transition, outside),
    to: [...((transition.target ?? []) as AnyStateNode[])],
    actions: actionsOf(transition.actions),
    ...(condition ? { condition } : {}),
    ...(cite ? { cite } : {}),
  };
}

function triggerOf(transition: AnyTransitionDefinition, outside: ReadonlySet<string>): Trigger {
  const { eventType: event, delay } = transition as AnyTransitionDefinition & { delay?: string | number };
  if (event === '') return { kind: 'always' };
  if (delay !== undefined) return { kind: 'deadline', delay };
  if (outside.has(event)) return { kind: 'outside', event };
  return { kind: event.startsWith('xstate.') ? 'result' : 'inside', event };
}

/** The actions a machine names; what XState adds itself to arm and cancel deadlines is left out. */
export function actionsOf(actions: readonly unknown[]): Action[] {
  return actions.flatMap((action): Action[] => {
    if (typeof action === 'string') return [{ name: action }];
    const { type = '(inline)', params } = action as { type?: string; params?: Record<string, unknown> };
    if (typeof action === 'function') return isOwn(action) ? [] : [{ name: type, inline: action }];
    return [{ name: type, ...(params ? { params } : {}) }];
  });
}

const isOwn = (action: object): boolean => {
  const { type, event, sendId } = action as { type?: string; event?: { type?: string }; sendId?: unknown };
  return (
    (type === 'xstate.raise' && event?.type?.startsWith('xstate.after.') === true) ||
    (type === 'xstate.cancel' && String(sendId).startsWith('xstate.after.'))
  );
};
