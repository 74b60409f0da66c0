/** Guards taken apart for reading: which rules and facts a transition waits for. */
import type { AnyStateMachine } from 'xstate';
import { and, not, or } from 'xstate/guards';
import { type RuleInfo, ruleOf } from '../../workflows/law';

export type Condition =
  | { kind: 'rule'; name: string; rule: RuleInfo }
  /** A named guard that is no rule: something the machine observes. */
  | { kind: 'fact'; name: string }
  | { kind: 'in'; path: string }
  | { kind: 'not'; of: [Condition] }
  | { kind: 'and' | 'or'; of: Condition[] };

/** XState's own guards are told by their check, as in `workflows/runtime/workflow/explain.ts`. */
const COMPOSITES = new Map<unknown, 'and' | 'or' | 'not'>(
  ([and([]), or([]), not(() => true)] as unknown as { check: unknown }[]).map(({ check }, i) => [
    check,
    (['and', 'or', 'not'] as const)[i]!,
  ]),
);

interface Piece {
  check?: unknown;
  guards?: unknown[];
  stateValue?: StateValue;
}
type StateValue = string | { [key: string]: StateValue };

/**
 * The condition of a transition; undefined where it has none.
 * @throws Error naming the machine when a guard has no name to show, or none of that name is implemented
 */
export function conditionOf(guard: unknown, machine: AnyStateMachine): Condition | undefined {
  return guard === undefined ? undefined : read(guard, machine);
}

function read(guard: unknown, machine: AnyStateMachine): Condition {
  const named = machine.implementations.guards as Record<string, unknown>;
  const name = nameOf(guard, named);
  const resolved = name === undefined ? guard : named[name];
  const { check, guards = [], stateValue } = (resolved ?? {}) as Piece;
  const rule = ruleOf(resolved);
  if (rule) return { kind: 'rule', name: name ?? rule.code, rule };
  if (stateValue !== undefined) return inside(stateValue, machine);
  const of = guards.map((inner) => read(inner, machine));
  const composite = COMPOSITES.get(check);
  if (composite === 'not') return { kind: 'not', of: [of[0]!] };
  if (composite) return { kind: composite, of };
  if (name !== undefined && resolved !== undefined) return { kind: 'fact', name };
  throw new Error(`machine '${machine.id}': guard '${name ?? '(inline)'}' has no implementation under a name`);
}

/** Functions are found again under the name they were given in `setup`. */
function nameOf(guard: unknown, named: Record<string, unknown>): string | undefined {
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'object') return (guard as { type?: string }).type;
  return Object.keys(named).find((name) => named[name] === guard);
}

function inside(value: StateValue, machine: AnyStateMachine): Condition {
  const paths = pathsOf(value, machine);
  const of: Condition[] = paths.map((path) => ({ kind: 'in', path }));
  return of.length === 1 ? of[0]! : { kind: 'and', of };
}

function pathsOf(value: StateValue, machine: AnyStateMachine): string[] {
  if (typeof value === 'string') return [value.startsWith('#') ? pathOfId(value.slice(1), machine) : value];
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = pathsOf(inner, machine).filter((path) => path !== '');
    return below.length === 0 ? [key] : below.map((path) => `${key}.${path}`);
  });
}

const pathOfId = (id: string, machine: AnyStateMachine): string => machine.getStateNodeById(id).path.join('.');

/** Every rule a condition asks, in order. */
export function rulesIn(condition: Condition | undefined): (Condition & { kind: 'rule' })[] {
  if (condition === undefined) return [];
  if (condition.kind === 'rule') return [condition];
  return 'of' in condition ? condition.of.flatMap(rulesIn) : [];
}

/** Every fact and state a condition looks at, in order. */
export function factsIn(condition: Condition | undefined): (Condition & { kind: 'fact' | 'in' })[] {
  if (condition === undefined || condition.kind === 'rule') return [];
  return 'of' in condition ? condition.of.flatMap(factsIn) : [condition];
}

export interface Wording {
  leaf(condition: Condition & { kind: 'rule' | 'fact' | 'in' }): string;
  not(inner: string): string;
  group(inner: string): string;
  and: string;
  or: string;
}

/** A condition in words; parts are put in brackets where they would read ambiguously. */
export function say(condition: Condition, wording: Wording): string {
  switch (condition.kind) {
    case 'not':
      return wording.not(bracketed(condition.of[0], wording));
    case 'and':
    case 'or':
      return condition.of.map((inner) => bracketed(inner, wording)).join(wording[condition.kind]);
    default:
      return wording.leaf(condition);
  }
}

function bracketed(condition: Condition, wording: Wording): string {
  const said = say(condition, wording);
  return (condition.kind === 'and' || condition.kind === 'or') && condition.of.length > 1 ? wording.group(said) : said;
}
