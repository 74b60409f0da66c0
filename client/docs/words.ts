/** The Chinese words of a procedure's machine, from its own labels and the locale table (Simplified). */
import type { AnyStateNode } from 'xstate';
import { type LabelKey, label, labels } from '../../locale';
import { type Citation, printCitation } from '../../workflows/law';
import type { Procedure } from '../../workflows/procedures/kit';
import { nodesOf } from '../../workflows/runtime/workflow';
import type { Action } from './edges';

const text = (key: string): string => label(key as LabelKey, 'hans');

/**
 * Where the locale table keeps the words of a procedure: its name, or the first words of it, under which the table has a
 * title: `supervision.title` for `supervision-item`.
 * @throws Error when there is none
 */
export function prefixOf(name: string): string {
  const parts = name.split('-');
  const prefixes = parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
  const known = prefixes.find((prefix) => Object.hasOwn(labels, `${prefix}.title`));
  if (known === undefined)
    throw new Error(`the locale table has no title for '${name}'; add '${name}.title' to locale/zh.ts`);
  return known;
}

/** Every method throws, naming key and table, where a label is missing. */
export class Words {
  readonly prefix: string;
  readonly #procedure: Procedure;
  /** Path of the node whose children are the regions of a case. */
  readonly #regions: string[];

  constructor(procedure: Procedure) {
    this.#procedure = procedure;
    this.prefix = prefixOf(procedure.name);
    this.#regions = mainRegionOf(procedure).path.slice(0, -1);
  }

  /** 办理 for `open.course.in-progress`; regions and their states stand under `<prefix>.region`. */
  state(node: AnyStateNode): string {
    if (isMain(node, this.#procedure) || isEnd(node)) return this.main(node.key);
    if (isRung(node)) return text(`chain.${node.key}`);
    return text([this.prefix, 'region', ...node.path.slice(this.#regions.length)].join('.'));
  }

  /** A state of the main region, or an end of the case, by its key. */
  main(key: string): string {
    const known = this.#procedure.states[key];
    if (!known) throw new Error(`${this.#procedure.name}: the state '${key}' has no label`);
    return known;
  }

  event(type: string): string {
    return text(`event.${type}`);
  }

  deadline(name: string): string {
    const known = this.#procedure.deadlines[name];
    if (!known) throw new Error(`${this.#procedure.name}: the deadline '${name}' has no label`);
    return known.label;
  }

  /** What a guard observes that is no rule. */
  fact(name: string): string {
    return text(`${this.prefix}.when.${name}`);
  }

  /** A state by its path. */
  at(path: string): string {
    const found = nodesOf(this.#procedure.machine.root).find((node) => node.path.join('.') === path);
    if (!found) throw new Error(`${this.#procedure.name}: a guard looks for the state '${path}', which is not there`);
    return this.state(found);
  }

  /**
   * A seat or unit: `sg`, `X2`, `D07-head`, `*-head` for that seat of every unit, `{lead}-head` for the unit that stands in
   * the field `lead` of the case.
   */
  who(id: string): string {
    const [, whose, position] = /^(\{\w+\}|\*|[A-Z]\d+)(?:-(head|deputy|desk))?$/.exec(id) ?? [];
    if (whose !== undefined) return this.#unit(whose) + (position ? text(`position.${position}`) : '');
    return /^vm-\d+$/.test(id) ? `${text('seat.vm')}（${id}）` : text(`seat.${id}`);
  }

  #unit(whose: string): string {
    if (whose === '*') return text('unit.any');
    return whose.startsWith('{') ? text(`${this.prefix}.who.${whose.slice(1, -1)}`) : text(`unit.${whose}`);
  }
}

/** @throws Error when the machine has no such region */
export function mainRegionOf({ name, machine, mainRegion }: Procedure): AnyStateNode {
  const found = nodesOf(machine.root).find((node) => node.path.join('.') === mainRegion);
  if (!found) throw new Error(`${name}: its main region '${mainRegion}' is not in the machine`);
  return found;
}

/** The regions of a case, the main one first. */
export function regionsOf(procedure: Procedure): AnyStateNode[] {
  const main = mainRegionOf(procedure);
  const beside = Object.values(main.parent?.states ?? {}) as AnyStateNode[];
  return main.parent?.type === 'parallel' ? [main, ...beside.filter((node) => node !== main)] : [main];
}

export const isMain = (node: AnyStateNode, { mainRegion }: Pick<Procedure, 'mainRegion'>): boolean =>
  node.parent?.path.join('.') === mainRegion;

const isEnd = (node: AnyStateNode): boolean => node.type === 'final' && node.parent === node.machine.root;

/** The steps that the kit's `chain()` puts inside a waiting state. */
const isRung = ({ key, parent }: AnyStateNode): boolean =>
  /^(?:waiting|rung\d+)$/.test(key) && parent !== undefined && 'waiting' in parent.states && 'rung1' in parent.states;

/** Parameters of an action in words: whom it concerns, which paper, task or finding, where it rests. */
export function paramsInWords({ params = {} }: Action, words: Words): string[] {
  const say: Record<string, (value: never) => string> = {
    to: (ids: string[]) => ids.map((id) => words.who(id)).join('、'),
    task: (task: string) => text(`task.${task}`),
    paper: (paper: string) => text(`paper.${paper}`),
    state: (key: string) => words.main(key),
    code: (code: string) => `\`${code}\``,
    cite: (cite: Citation) => printCitation(cite),
  };
  return Object.entries(params)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => say[name]?.(value as never) ?? `${name} ${String(value)}`);
}
