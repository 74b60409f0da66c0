/** Walks over a machine as a graph: which states can be reached, and which of them without anybody's act. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { type Action, actionsOf, type Edge, edgesOf } from '../../../client/docs/edges';
import { nodesOf } from '../../../workflows/runtime/workflow';

interface Raised {
  /** `*` where it cannot be read off which. */
  event: string;
  delayed: boolean;
}

const ANY = '*';

export class Walk {
  readonly edges: Edge[];
  readonly nodes: AnyStateNode[];
  readonly #machine: AnyStateMachine;

  /** @param outside the events that come from outside */
  constructor(machine: AnyStateMachine, outside: Iterable<string>) {
    this.#machine = machine;
    this.nodes = nodesOf(machine.root);
    this.edges = edgesOf(machine, outside);
  }

  /** States that no way leads to, guards not asked. */
  unreachable(): string[] {
    const reached = this.#reached();
    return this.nodes.filter((node) => node.type !== 'history' && !reached.has(node)).map(pathOf);
  }

  /**
   * Steps by which a case would be settled with nobody acting: by a deadline, by the machine's own event, or by a
   * transition that is taken of itself in a state where cases wait. What is entered by an act and left at once is not
   * meant: there the act settled the case. Guards are not asked, so that a doubtful machine counts as a bad one.
   */
  settledInSilence(): string[] {
    const settled = this.#settled();
    return this.#silent()
      .filter((edge) => !settled.has(edge.from) && enteredBy(edge).some((node) => settled.has(node)))
      .map((edge) => `${pathOf(edge.from)} --${startOf(edge)}--> ${edge.to.map(pathOf).join(', ')}`);
  }

  /** Ends of the case, states called accepted or closed, and those that lead there of themselves. */
  #settled(): Set<AnyStateNode> {
    const ends = this.nodes.filter(
      (n) => (n.type === 'final' && n.path.length === 1) || /^(accepted|closed)$/.test(n.key),
    );
    const settled = new Set(ends);
    return grown(settled, () =>
      this.edges.filter((e) => isPassage(e) && e.to.some((node) => settled.has(node))).map((e) => e.from),
    );
  }

  #reached(): Set<AnyStateNode> {
    const reached = new Set(downwards(this.#machine.root));
    return grown(reached, () => {
      const raised = this.#raised(
        this.edges.filter((edge) => reached.has(edge.from)),
        reached,
      );
      return this.edges
        .filter((edge) => reached.has(edge.from) && isPossible(edge, raised, reached))
        .flatMap(enteredBy);
    });
  }

  #silent(): Edge[] {
    const reached = this.#reached();
    const edges = this.edges.filter((edge) => reached.has(edge.from));
    const delayed = this.#raised(edges, reached).filter((one) => one.delayed);
    const silent = grown(new Set<Edge>(), (known) => {
      const entered = new Set([...known].flatMap(enteredBy));
      const raised = [...delayed, ...this.#raised([...known], entered)];
      return edges.filter((edge) => this.#isSilent(edge, raised, entered));
    });
    return [...silent];
  }

  #isSilent({ trigger, from }: Edge, raised: readonly Raised[], entered: ReadonlySet<AnyStateNode>): boolean {
    switch (trigger.kind) {
      case 'outside':
        return false;
      case 'deadline':
        return true;
      case 'always':
        return entered.has(from) || !this.#isPassed(from);
      case 'inside':
        return trigger.event === ANY || isRaised(trigger.event, raised);
      case 'result':
        return !trigger.event.startsWith(DONE) || endedChild(trigger.event, entered);
    }
  }

  /** Left as soon as it is entered: no case waits there. */
  #isPassed(node: AnyStateNode): boolean {
    const own = this.edges.some((edge) => edge.from === node && isPassage(edge));
    return own || (node.parent !== undefined && this.#isPassed(node.parent));
  }

  /** What the given transitions raise, and what is raised on entering the given states or leaving any. */
  #raised(edges: readonly Edge[], entered: ReadonlySet<AnyStateNode>): Raised[] {
    const left = new Set(edges.flatMap((edge) => (edge.to.length > 0 ? nodesOf(domainOf(edge)) : [])));
    const actions = [
      ...edges.flatMap((edge) => edge.actions),
      ...[...entered].flatMap((node) => actionsOf(node.entry)),
      ...[...left].flatMap((node) => actionsOf(node.exit)),
    ];
    return actions.flatMap((action) => this.#raisedBy(action));
  }

  #raisedBy({ name, inline }: Action): Raised[] {
    const known = this.#machine.implementations.actions as Record<string, unknown>;
    const logic = (inline ?? known[name] ?? {}) as {
      type?: string;
      event?: unknown;
      delay?: unknown;
      collect?: unknown;
    };
    if (logic.type === 'xstate.raise') {
      const { type } = (logic.event ?? {}) as { type?: string };
      return [{ event: type ?? ANY, delayed: logic.delay !== undefined }];
    }
    const mayRaise = logic.type === 'xstate.sendTo' || /\braise\(|\.raise\b/.test(String(logic.collect ?? ''));
    return mayRaise ? [{ event: ANY, delayed: true }] : [];
  }
}

const DONE = 'xstate.done.state.';

const pathOf = (node: AnyStateNode): string => node.path.join('.') || '(root)';
const isPassage = ({ trigger, condition, to }: Edge): boolean =>
  trigger.kind === 'always' && condition === undefined && to.length > 0;
const isRaised = (event: string, raised: readonly Raised[]): boolean =>
  raised.some((one) => one.event === ANY || one.event === event || matches(event, one.event));
const matches = (descriptor: string, event: string): boolean =>
  descriptor.endsWith('.*') && `${event}.`.startsWith(descriptor.slice(0, -1));

function startOf({ trigger }: Edge): string {
  if (trigger.kind === 'deadline') return `deadline ${trigger.delay}`;
  return trigger.kind === 'always' ? 'always' : `${trigger.kind} ${trigger.event}`;
}

function isPossible({ trigger, from }: Edge, raised: readonly Raised[], reached: ReadonlySet<AnyStateNode>): boolean {
  if (trigger.kind === 'inside') return trigger.event === ANY || isRaised(trigger.event, raised);
  if (trigger.kind === 'result')
    return trigger.event.startsWith(DONE) ? endedChild(trigger.event, reached) : from.invoke.length > 0;
  return true;
}

function endedChild(event: string, entered: ReadonlySet<AnyStateNode>): boolean {
  const id = event.slice(DONE.length);
  return [...entered].some((node) => node.type === 'final' && isWithin(node, id));
}

const isWithin = (node: AnyStateNode, id: string): boolean =>
  node.parent !== undefined && (node.parent.id === id || isWithin(node.parent, id));

/** Adds what `more` finds until it finds nothing new. */
function grown<T>(set: Set<T>, more: (known: ReadonlySet<T>) => readonly T[]): Set<T> {
  for (let size = -1; size !== set.size; ) {
    size = set.size;
    for (const one of more(set)) set.add(one);
  }
  return set;
}

/** A state with what is entered along with it. */
function downwards(node: AnyStateNode): AnyStateNode[] {
  const children = Object.values(node.states) as AnyStateNode[];
  if (node.type === 'parallel') return [node, ...children.flatMap(downwards)];
  if (node.type === 'compound') return [node, ...((node.initial?.target ?? []) as AnyStateNode[]).flatMap(downwards)];
  if (node.type !== 'history') return [node];
  const { target } = node.config as { target?: string };
  const remembered = target === undefined ? undefined : node.parent!.states[target];
  return [node, ...(remembered ? downwards(remembered) : downwards(node.parent!).slice(1))];
}

/** The compound state that a transition does not leave. */
function domainOf({ from, to }: Edge): AnyStateNode {
  const holdsAll = (node: AnyStateNode) => [from, ...to].every((end) => end !== node && isWithin(end, node.id));
  let domain: AnyStateNode = from;
  while (domain.parent && !(domain.type === 'compound' && holdsAll(domain))) domain = domain.parent;
  return domain;
}

function enteredBy(edge: Edge): AnyStateNode[] {
  const domain = domainOf(edge);
  return edge.to.flatMap((target) => [...downwards(target), ...above(target, domain)]);
}

/** The states between a target and the domain, with the regions beside the way. */
function above(node: AnyStateNode, domain: AnyStateNode): AnyStateNode[] {
  const parent = node.parent as AnyStateNode | undefined;
  if (!parent || parent === domain) return [];
  const beside = (Object.values(parent.states) as AnyStateNode[]).filter((one) => one !== node);
  return [parent, ...(parent.type === 'parallel' ? beside.flatMap(downwards) : []), ...above(parent, domain)];
}
