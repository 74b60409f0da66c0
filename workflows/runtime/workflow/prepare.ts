/**
 * What is wrong with a machine before its first case starts. XState lets most of it pass in silence: an undeclared delay
 * fires at once, a missing action does nothing, an inline child is only noticed by the development build.
 */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { isActivity } from './activity-mark';
import { NotCarriable, pack } from './carry';
import type { Definition } from './definition';
import { delayAmiss, delayNameOf, delaysOf, isAfterEvent, withCheckedDelays } from './delays';
import { initialActionsOf, nodesOf, pathOf, rootOf, transitionsOf } from './nodes';

export { nodesOf, transitionsOf } from './nodes';

export class MachineRefused extends Error {
  constructor(
    readonly machine: string,
    readonly problems: string[],
  ) {
    super(`machine '${machine}' cannot run:\n${problems.map((p) => `- ${p}`).join('\n')}`);
    this.name = 'MachineRefused';
  }
}

/** Microsteps of one step beyond which a machine is taken to run in a circle; XState itself would never stop. */
const MAX_MICROSTEPS = 1_000;

const made = new WeakMap<Definition, Definition>();

/**
 * What is run of a definition: a copy of its machine whose delays are checked when they are asked, and whose steps end
 * with an error where they go in a circle. Made once.
 *
 * @throws MachineRefused naming machine, state and path of everything that is wrong.
 */
export function prepared(definition: Definition): Definition {
  const known = made.get(definition);
  if (known) return known;
  const problems = problemsOf(definition);
  if (problems.length > 0) throw new MachineRefused(definition.machine.id, problems);
  const machine = withCheckedDelays(definition.machine);
  const options = machine.options as { maxIterations?: number };
  if (!Number.isFinite(options.maxIterations)) options.maxIterations = MAX_MICROSTEPS;
  const ready = { ...definition, machine };
  made.set(definition, ready);
  made.set(ready, ready);
  return ready;
}

/** Refuses a machine that could not run. @throws MachineRefused */
export function checkMachine(definition: Definition): void {
  prepared(definition);
}

/**
 * Checks all machines a worker is about to run, before the first case.
 *
 * @throws MachineRefused for the first machine that is wrong, and where two have one id
 */
export function checkMachines(definitions: Iterable<Definition>): void {
  const known = new Map<string, Definition>();
  for (const definition of definitions) {
    const { id } = definition.machine;
    if (known.has(id) && known.get(id) !== definition)
      throw new MachineRefused(id, ['another machine has this id too; a case is told by it which machine is its own']);
    known.set(id, definition);
    checkMachine(definition);
  }
}

export function problemsOf(definition: Definition): string[] {
  const { machine } = definition;
  const nodes = nodesOf(rootOf(machine));
  const problems = [
    ...idProblems(machine, nodes),
    ...contextProblems(machine),
    ...eventProblems(definition),
    ...amendmentProblems(definition, nodes),
    ...clockProblems(definition),
    ...declaredProblems(machine),
    ...nodes.flatMap((node) => [
      ...afterProblems(node, machine),
      ...invokeProblems(node, machine),
      ...actionsProblems(() => where(node, 'entry'), node.entry, machine),
      ...actionsProblems(() => where(node, 'exit'), node.exit, machine),
      ...actionsProblems(() => where(node, 'initial'), initialActionsOf(node), machine),
      ...transitionsOf(node).flatMap((t) => transitionProblems(node, t, definition)),
    ]),
  ];
  return [...new Set(problems)];
}

/** Where something is, asked only where it is wrong: every case pays for the check of its machine. */
type Place = () => string;

const TIER_2 = 'needs tier 2 of the runtime';

function where(node: AnyStateNode, part?: string): string {
  return `state '${pathOf(node)}'${part === undefined ? '' : `, ${part}`}`;
}

/** What a transition is taken by, with its place among several of the kind. */
function nameOf(node: AnyStateNode, transition: AnyTransitionDefinition, machine: AnyStateMachine): string {
  const { eventType } = transition;
  const candidates = eventType === '' ? (node.always ?? []) : (node.transitions.get(eventType) ?? []);
  const place = candidates.length > 1 ? `[${candidates.indexOf(transition)}]` : '';
  return `${triggerOf(eventType, machine)}${place}`;
}

function triggerOf(eventType: string, machine: AnyStateMachine): string {
  if (eventType === '') return 'always';
  if (isAfterEvent(eventType)) return `after '${delayNameOf(eventType, machine)}'`;
  if (eventType.startsWith('xstate.done.')) return 'onDone';
  if (eventType.startsWith('xstate.error.')) return 'onError';
  return `event '${eventType}'`;
}

function idProblems(machine: AnyStateMachine, nodes: readonly AnyStateNode[]): string[] {
  const misnamed = /^[a-z0-9-]+@[a-z0-9.-]+$/.test(machine.id)
    ? []
    : [`its id '${machine.id}' is not of the form name@edition`];
  if (!nodes.some((node) => node.type === 'history')) return misnamed;
  const lost = nodes.filter((node) => !isFound(machine, node));
  return [
    ...misnamed,
    ...lost.map(
      (node) =>
        `${where(node)}: XState does not find it by its id '${node.id}', so that a history of it would be lost; leave dots out of ids, keys and the edition`,
    ),
  ];
}

function isFound(machine: AnyStateMachine, node: AnyStateNode): boolean {
  try {
    return machine.getStateNodeById(node.id) === node;
  } catch {
    return false;
  }
}

/** A context made from the input is checked when a case is opened. */
function contextProblems(machine: AnyStateMachine): string[] {
  const { context } = machine.config as { context?: unknown };
  if (typeof context === 'function') return [];
  try {
    pack(context, 'context');
    return [];
  } catch (error) {
    if (error instanceof NotCarriable) return [error.message];
    throw error;
  }
}

function eventProblems({ events }: Definition): string[] {
  return Object.keys(events)
    .filter((type) => type === '' || type.includes('*') || type === 'xstate' || type.startsWith('xstate.'))
    .map((type) => `event '${type}' cannot be sent from outside; XState keeps such names for itself`);
}

/** Acts the runtime carries out itself never reach the machine. */
function amendmentProblems(definition: Definition, nodes: readonly AnyStateNode[]): string[] {
  const { recall, correct, repair, dataActs = {}, events } = definition;
  const single = [recall?.event, correct?.event, repair?.propose, repair?.confirm];
  const types = [...single.filter((type) => type !== undefined), ...Object.keys(dataActs)];
  return [
    ...types
      .filter((type) => events[type]?.kind !== 'act')
      .map((type) => `event '${type}' is carried out by the runtime, but is not declared as an act`),
    ...nodes.flatMap((node) =>
      types
        .filter((type) => node.transitions.has(type))
        .map(
          (type) => `${where(node)}, event '${type}': the runtime carries it out, no transition is ever taken by it`,
        ),
    ),
    ...types.filter((type, i) => types.indexOf(type) !== i).map((type) => `event '${type}' is given two meanings`),
  ];
}

/** In the due-table clocks and delays are told apart by their names. */
function clockProblems({ clocks = {}, machine }: Definition): string[] {
  return Object.keys(clocks)
    .filter((name) => isDeclared(name, machine))
    .map((name) => `clock '${name}' has the name of a delay`);
}

function declaredProblems(machine: AnyStateMachine): string[] {
  const { delays, actions } = machine.implementations as unknown as Record<string, Record<string, unknown>>;
  const fixed = Object.entries(delays ?? {}).filter(([, delay]) => typeof delay !== 'function');
  return [
    ...fixed.flatMap(([name, delay]) => {
      const amiss = delayAmiss(delay);
      return amiss === undefined ? [] : [`delay '${name}' ${amiss}`];
    }),
    ...Object.entries(actions ?? {}).flatMap(([name, action]) =>
      builtinProblems(() => `action '${name}'`, action, machine),
    ),
  ];
}

function afterProblems(node: AnyStateNode, machine: AnyStateMachine): string[] {
  return delaysOf(node)
    .filter((name) => !isDeclared(name, machine) && !/^\d+$/.test(name))
    .map((name) => `${where(node)}: delay '${name}' is not declared (XState would fire it at once)`);
}

function isDeclared(delay: string, machine: AnyStateMachine): boolean {
  return Object.hasOwn(machine.implementations.delays as object, delay);
}

function invokeProblems(node: AnyStateNode, machine: AnyStateMachine): string[] {
  const configs = [(node.config as { invoke?: unknown }).invoke ?? []].flat() as { src?: unknown }[];
  return configs.flatMap(({ src, ...invoke }) => {
    if (typeof src !== 'string')
      return [`${where(node)}: invokes an inline actor; name it in setup({actors}) so that it can be carried`];
    const more = ['systemId', 'onSnapshot', 'syncSnapshot'].filter((key) => key in invoke);
    const logic = (machine.implementations.actors as Record<string, unknown>)[src];
    if (!logic) return [`${where(node)}: invoked actor '${src}' is not implemented`];
    return [
      ...(isActivity(logic) ? [] : [`${where(node)}: invokes '${src}', which is not an activity; that ${TIER_2}`]),
      ...more.map((key) => `${where(node)}: invokes '${src}' with ${key}, which ${TIER_2}`),
    ];
  });
}

interface Named {
  type?: string;
}

function transitionProblems(node: AnyStateNode, transition: AnyTransitionDefinition, definition: Definition): string[] {
  const { machine } = definition;
  const at = () => where(node, nameOf(node, transition, machine));
  return [
    ...guardProblems(at, transition, definition),
    ...actionsProblems(() => `${at()}, actions`, transition.actions, machine),
  ];
}

function actionsProblems(at: Place, actions: readonly unknown[], machine: AnyStateMachine): string[] {
  const known = machine.implementations.actions as Record<string, unknown>;
  return actions.flatMap((action, i) => {
    if (typeof action === 'function') return builtinProblems(() => `${at()}[${i}]`, action, machine);
    const name = typeof action === 'string' ? action : (action as Named).type;
    return name !== undefined && Object.hasOwn(known, name)
      ? []
      : [`${at()}[${i}]: action '${name}' is not implemented`];
  });
}

interface Builtin {
  type?: string;
  delay?: unknown;
  to?: unknown;
  event?: { type?: string };
}

/** XState's own actions are functions that carry their options. */
function builtinProblems(at: Place, action: unknown, machine: AnyStateMachine): string[] {
  if (typeof action !== 'function') return [];
  const { type, delay, to, event } = action as Builtin;
  // The raise behind an `after` is told where the `after` stands.
  if (isAfterEvent(event?.type ?? '')) return [];
  switch (type) {
    case 'xstate.spawnChild':
      return [`${at()}: spawns an actor, which ${TIER_2}`];
    case 'xstate.sendTo':
      return [...(to === '#_parent' ? [`${at()}: sends to its parent, and a case has none`] : []), ...delayed(delay)];
    case 'xstate.raise':
      return delayed(delay);
    default:
      return [];
  }
  function delayed(given: unknown): string[] {
    if (given === undefined || typeof given === 'function') return [];
    if (typeof given === 'string')
      return isDeclared(given, machine)
        ? []
        : [`${at()}: delay '${given}' is not declared (XState would deliver at once)`];
    const amiss = delayAmiss(given);
    return amiss === undefined ? [] : [`${at()}: its delay ${amiss}`];
  }
}

function guardProblems(
  at: Place,
  transition: AnyTransitionDefinition,
  { machine, rulesRequired, events }: Definition,
): string[] {
  if (transition.guard === undefined) return [];
  const known = machine.implementations.guards as Record<string, unknown>;
  /** Who asks for an act is told the rule that refuses it; what the machine asks itself needs none. */
  const isAsked = rulesRequired === true && events[transition.eventType]?.kind === 'act';
  const look = (guard: unknown): string[] => {
    if (guard === undefined) return [];
    const inner = (guard as { guards?: unknown[] }).guards;
    if (inner) return inner.flatMap(look);
    const name = typeof guard === 'string' ? guard : typeof guard === 'object' ? (guard as Named).type : undefined;
    if (name === undefined) return isNameless(guard) ? inlineProblem() : [];
    if (!Object.hasOwn(known, name)) return [`${at()}: guard '${name}' is not implemented`];
    const implementation = known[name];
    if (typeof implementation !== 'function' || 'guards' in implementation) return look(implementation);
    return isAsked && isNameless(implementation)
      ? [`${at()}: guard '${name}' carries no rule, so that a refusal could not say why`]
      : [];
  };
  const inlineProblem = (): string[] =>
    rulesRequired
      ? [`${at()}: an inline guard; give it a name in setup({guards}), so that a refusal can say which rule it was`]
      : [];
  return look(transition.guard);
}

/** Neither a rule nor one of XState's own guards, which explain themselves. */
function isNameless(guard: unknown): boolean {
  return !('check' in (guard as object)) && !('rule' in (guard as object));
}
