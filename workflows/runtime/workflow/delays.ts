/**
 * Delays asked of a machine's code. XState takes an answer that is not a number for "no delay" and delivers at once, so a
 * forgotten `return` would let a deadline pass the moment it is set. Every function that answers a delay is therefore
 * asked through a check; the machine as its author wrote it stays as it is.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { nodesOf, rootOf, transitionsOf } from './nodes';

type DelayFunction = (...args: unknown[]) => unknown;
interface DelayedAction {
  type?: string;
  delay?: unknown;
  event?: unknown;
  collect?: Collect;
}
type Enqueue = ((action: unknown) => void) & Record<'raise' | 'sendTo' | 'spawnChild', (...args: unknown[]) => void>;
type Collect = (args: { enqueue: Enqueue }, params: unknown) => void;

const names = new WeakMap<AnyStateMachine, Map<string, string>>();

/** A copy of a machine with the check before every delay function. */
export function withCheckedDelays(machine: AnyStateMachine): AnyStateMachine {
  const { delays, actions } = machine.implementations as Record<'delays' | 'actions', Record<string, unknown>>;
  const known = Object.keys(delays);
  const copy: AnyStateMachine = machine.provide({
    delays: mapped(delays, (delay, name) => checked(delay, `delay '${name}'`)),
    actions: mapped(actions, (action) => checkedAction(action, known)),
  } as never);
  const check = <Action>(action: Action): Action => checkedAction(action, known);
  for (const node of nodesOf(rootOf(copy))) {
    node.entry = node.entry.map(check);
    node.exit = node.exit.map(check);
    if (node.type === 'compound') node.initial.actions = node.initial.actions.map(check);
    for (const transition of transitionsOf(node)) transition.actions = transition.actions.map(check);
  }
  return copy;
}

const mapped = <T>(record: Record<string, T>, map: (value: T, name: string) => unknown) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));

/** The declared delay behind an event type such as `xstate.after.<delay>.<node id>`; another type stands for itself. */
export function delayNameOf(eventType: string, machine: AnyStateMachine): string {
  return afterEvents(machine).get(eventType) ?? eventType;
}

export function isAfterEvent(eventType: string): boolean {
  return eventType.startsWith('xstate.after.');
}

/** Event type -> delay name of every `after` of the machine. */
export function afterEvents(machine: AnyStateMachine): ReadonlyMap<string, string> {
  const known = names.get(machine);
  if (known) return known;
  const made = new Map(
    nodesOf(rootOf(machine)).flatMap((node) =>
      delaysOf(node).map((name): [string, string] => [`xstate.after.${name}.${node.id}`, name]),
    ),
  );
  names.set(machine, made);
  return made;
}

/** The keys of a node's `after`, numbers written as XState writes them. */
export function delaysOf(node: AnyStateNode): string[] {
  return Object.keys((node.config as { after?: object }).after ?? {}).map((key) =>
    Number.isNaN(+key) ? key : String(+key),
  );
}

/** What is wrong with a delay, in words; undefined if it can be kept. */
export function delayAmiss(delay: unknown): string | undefined {
  if (typeof delay === 'number' && Number.isFinite(delay) && delay >= 0) return undefined;
  const found = typeof delay === 'string' ? `'${delay}'` : String(delay);
  return `is ${found}; a delay is a finite number of milliseconds from 0 up`;
}

function checked(delay: unknown, called: string): unknown {
  if (typeof delay !== 'function') return delay;
  return (...args: unknown[]) => {
    const answer = (delay as DelayFunction)(...args);
    const amiss = delayAmiss(answer);
    if (amiss) throw new Error(`${called} ${amiss}`);
    return answer;
  };
}

/** Built-in actions are functions that carry their options; of those that delay or queue others, a copy with the check. */
function checkedAction<Action>(action: Action, known: readonly string[]): Action {
  if (typeof action !== 'function') return action;
  const { type, delay, event, collect } = action as DelayedAction;
  const but = (options: DelayedAction): Action =>
    Object.assign((...args: unknown[]) => action(...args), action, options) as Action;
  if ((type === 'xstate.raise' || type === 'xstate.sendTo') && typeof delay === 'function')
    return but({ delay: checked(delay, `the delay of ${nameOfEvent(event)}`) });
  if (type === 'xstate.enqueueActions' && collect) return but({ collect: checkedCollect(collect, known) });
  return action;
}

function checkedCollect(collect: Collect, known: readonly string[]): Collect {
  return (args, params) => {
    const { enqueue } = args;
    const queue = (action: unknown) => enqueue(checkedAction(action, known));
    const delayed =
      (kind: 'raise' | 'sendTo', at: number) =>
      (...given: unknown[]) => {
        const options = given[at] as { delay?: unknown } | undefined;
        const event = given[at - 1];
        if (options?.delay !== undefined) given[at] = { ...options, delay: checkedOption(options.delay, event, known) };
        enqueue[kind](...given);
      };
    const spawnChild = () => {
      throw new Error('it spawns an actor, which needs tier 2 of the runtime');
    };
    const checkedQueue = Object.assign(queue, enqueue, {
      raise: delayed('raise', 1),
      sendTo: delayed('sendTo', 2),
      spawnChild,
    });
    collect({ ...args, enqueue: checkedQueue }, params);
  };
}

function checkedOption(delay: unknown, event: unknown, known: readonly string[]): unknown {
  if (typeof delay === 'string' && !known.includes(delay)) throw new Error(`delay '${delay}' is not declared`);
  return checked(delay, `the delay of ${nameOfEvent(event)}`);
}

function nameOfEvent(event: unknown): string {
  return typeof event === 'object' && event !== null && 'type' in event ? `'${String(event.type)}'` : 'an event';
}
