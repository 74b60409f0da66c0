/**
 * Delays asked of a machine's code. XState takes an answer that is not a number for "no delay" and delivers at once, so a
 * forgotten `return` would let a deadline pass the moment it is set. Every function that answers a delay is therefore
 * asked through a check, put in its place once per machine.
 */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { initialActionsOf, nodesOf, rootOf, transitionsOf } from './nodes';

const CHECKED = Symbol('checked delay');

type DelayFunction = ((...args: unknown[]) => unknown) & { [CHECKED]?: true };
interface DelayedAction {
  type?: string;
  delay?: unknown;
  event?: unknown;
  collect?: Collect;
}
type Enqueue = ((action: unknown) => void) & Record<'raise' | 'sendTo' | 'spawnChild', (...args: unknown[]) => void>;
type Collect = ((args: { enqueue: Enqueue }, params: unknown) => void) & { [CHECKED]?: true };

const guarded = new WeakSet<AnyStateMachine>();
const names = new WeakMap<AnyStateMachine, Map<string, string>>();

/** Puts the check before every delay function of a machine. Idempotent. */
export function checkDelays(machine: AnyStateMachine): void {
  if (guarded.has(machine)) return;
  guarded.add(machine);
  const declared = machine.implementations.delays as Record<string, unknown>;
  machine.implementations.delays = Object.fromEntries(
    Object.entries(declared).map(([name, delay]) => [name, checked(delay, `delay '${name}'`)]),
  ) as typeof machine.implementations.delays;
  const known = Object.keys(declared);
  const actions = [
    ...Object.values(machine.implementations.actions as object),
    ...nodesOf(rootOf(machine)).flatMap((node) => [
      ...node.entry,
      ...node.exit,
      ...initialActionsOf(node),
      ...transitionsOf(node).flatMap((t) => t.actions),
    ]),
  ];
  for (const action of actions) checkAction(action, known);
}

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
  if (typeof delay !== 'function' || CHECKED in delay) return delay;
  const ask: DelayFunction = (...args) => {
    const answer = (delay as DelayFunction)(...args);
    const amiss = delayAmiss(answer);
    if (amiss) throw new Error(`${called} ${amiss}`);
    return answer;
  };
  ask[CHECKED] = true;
  return ask;
}

/** Built-in actions are functions that carry their options; those that delay or queue others get the check in place. */
function checkAction(action: unknown, known: readonly string[]): void {
  if (typeof action !== 'function') return;
  const builtin = action as DelayedAction;
  if (builtin.type === 'xstate.raise' || builtin.type === 'xstate.sendTo')
    builtin.delay = checked(builtin.delay, `the delay of ${nameOfEvent(builtin.event)}`);
  if (builtin.type === 'xstate.enqueueActions' && builtin.collect && !(CHECKED in builtin.collect))
    builtin.collect = checkedCollect(builtin.collect, known);
}

function checkedCollect(collect: Collect, known: readonly string[]): Collect {
  const ask: Collect = (args, params) => {
    const { enqueue } = args;
    const queue = (action: unknown) => {
      checkAction(action, known);
      enqueue(action);
    };
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
  ask[CHECKED] = true;
  return ask;
}

function checkedOption(delay: unknown, event: unknown, known: readonly string[]): unknown {
  if (typeof delay === 'string' && !known.includes(delay)) throw new Error(`delay '${delay}' is not declared`);
  return checked(delay, `the delay of ${nameOfEvent(event)}`);
}

function nameOfEvent(event: unknown): string {
  return typeof event === 'object' && event !== null && 'type' in event ? `'${String(event.type)}'` : 'an event';
}
