/** Everything in a procedure that rests on something: transitions, actions, rules and deadlines, with their grounds. */
import type { AnyStateNode } from 'xstate';
import { type Basis, type Citation, type Code, isCode, type ParameterKey } from '../../../workflows/law';
import type { Procedure } from '../../../workflows/procedures/kit';
import { nodesOf } from '../../../workflows/runtime/workflow';
import { rulesIn } from '../condition';
import { type Action, actionsOf, type Edge, edgesOf } from '../edges';

export interface CitedTransition {
  procedure: string;
  /** Path of the state it leaves; empty for the case as a whole. */
  from: string;
  /** Name of the event; of the deadline; `at once`; or of the child that ended. */
  on: string;
  kind: Edge['trigger']['kind'];
  /** Paths of the states it leads to; empty where the state stays as it is. */
  to: string[];
  cite: Citation;
}

export interface CitedThing {
  procedure: string;
  /** `rule` a guard · `effect` an action that cites · `deadline` · `function` a ground that stands in its code only. */
  kind: 'rule' | 'effect' | 'deadline' | 'function';
  name: string;
  cite: Citation;
}

export interface Cited {
  transitions: CitedTransition[];
  things: CitedThing[];
  /** Codes that the machine asks as a rule or records as a finding. */
  codes: Code[];
  parameters: readonly ParameterKey[];
}

export function citedIn(procedure: Procedure): Cited {
  const { name, machine, acts, deadlines } = procedure;
  const edges = edgesOf(machine, Object.keys(acts));
  const actions = [
    ...edges.flatMap((edge) => edge.actions),
    ...nodesOf(machine.root).flatMap((node) => [...actionsOf(node.entry), ...actionsOf(node.exit)]),
  ];
  const rules = edges.flatMap(({ condition }) => rulesIn(condition));
  const codes = [...rules.map(({ rule }) => rule.code), ...actions.flatMap(({ params }) => params?.code ?? [])];
  return {
    transitions: edges.flatMap((edge) => (edge.cite ? [transition(name, edge, edge.cite)] : [])),
    things: unique([
      ...rules.map((one): CitedThing => ({ procedure: name, kind: 'rule', name: one.name, cite: one.rule.cite })),
      ...actions.flatMap((action) => effect(name, action)),
      ...Object.entries(deadlines).map(
        ([deadline, { cite }]): CitedThing => ({ procedure: name, kind: 'deadline', name: deadline, cite }),
      ),
    ]),
    codes: [...new Set(codes.filter(isCode))],
    parameters: procedure.parameters,
  };
}

function transition(procedure: string, { from, trigger, to }: Edge, cite: Citation): CitedTransition {
  return { procedure, from: pathOf(from), on: startOf(trigger), kind: trigger.kind, to: to.map(pathOf), cite };
}

function effect(procedure: string, { name, params }: Action): CitedThing[] {
  const cite = params?.cite as Citation | undefined;
  return cite === undefined ? [] : [{ procedure, kind: 'effect', name, cite }];
}

function startOf(trigger: Edge['trigger']): string {
  switch (trigger.kind) {
    case 'outside':
    case 'inside':
    case 'result':
      return trigger.event;
    case 'deadline':
      return String(trigger.delay);
    case 'always':
      return 'at once';
  }
}

const pathOf = (node: AnyStateNode): string => node.path.join('.');

function unique(things: readonly CitedThing[]): CitedThing[] {
  return [...new Map(things.map((one) => [JSON.stringify(one), one])).values()];
}

/** Whether a citation names an article of the rulebook on one of the bases. */
export function rests(
  cite: Citation,
  article: number,
  bases: readonly Basis[] = ['stated', 'derived', 'chosen'],
): boolean {
  if (cite.basis === 'statute' || !bases.includes(cite.basis) || cite.article === undefined) return false;
  return typeof cite.article === 'number' ? cite.article === article : cite.article.some((one) => one === article);
}
