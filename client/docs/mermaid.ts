/**
 * State diagrams. Flat ones only, one per compound state: Mermaid draws no transition between states of two composites and
 * stumbles over loops on one. Ids and labels keep to what its parser takes in every version.
 */
import type { AnyStateNode } from 'xstate';
import { say, type Wording } from './condition';
import type { Edge } from './edges';
import type { Words } from './words';

/** An id that is no keyword and holds nothing but letters, digits and `_`. */
export const idOf = (key: string): string => `s_${key.replace(/[^A-Za-z0-9]/g, '_')}`;

const REPLACED: Record<string, string> = {
  ':': '：',
  ';': '；',
  '#': '＃',
  '"': '”',
  '`': '‘',
  '<': '〈',
  '>': '〉',
  '{': '｛',
  '}': '｝',
  '[': '［',
  ']': '］',
  '%': '％',
};

/**
 * Text as a label: the characters that Mermaid reads as its own are written full-width.
 * @throws Error when nothing is left of it
 */
export function labelText(text: string): string {
  const label = text.replace(/[:;#"`<>{}[\]%]/g, (c) => REPLACED[c]!).replace(/\s+/g, ' ');
  if (label.trim() === '') throw new Error('a label in a diagram needs at least one character');
  return label.trim();
}

/** The diagram of the states right below `whole`; undefined where nothing moves between them. */
export function diagram(whole: AnyStateNode, edges: readonly Edge[], words: Words): string | undefined {
  const states = Object.values(whole.states) as AnyStateNode[];
  const ids = idsOf(whole, states);
  const arrows = arrowsOf(whole, states, edges, words);
  if (arrows.size === 0) return undefined;
  const initial = ((whole.initial?.target ?? []) as AnyStateNode[]).map((node) => `[*] --> ${ids.get(node.key)!}`);
  const ends = states.filter(({ type }) => type === 'final').map(({ key }) => `${ids.get(key)!} --> [*]`);
  const drawn = [...arrows].map(([arrow, labels]) => {
    const text = [...labels].join(' / ');
    return text === '' ? arrow : `${arrow} : ${labelText(text)}`;
  });
  const lines = [
    ...states.map((state) => `state "${labelText(words.state(state))}" as ${ids.get(state.key)!}`),
    ...initial,
    ...drawn,
    ...ends,
  ];
  return ['stateDiagram-v2', ...lines.map((line) => `    ${line}`)].join('\n');
}

function idsOf(whole: AnyStateNode, states: readonly AnyStateNode[]): Map<string, string> {
  const ids = new Map(states.map(({ key }) => [key, idOf(key)]));
  if (new Set(ids.values()).size < ids.size)
    throw new Error(`two states in '${whole.path.join('.')}' differ only in characters that Mermaid does not take`);
  return ids;
}

/** Arrows with what starts them; one arrow for all transitions between the same two states. */
function arrowsOf(
  whole: AnyStateNode,
  states: readonly AnyStateNode[],
  edges: readonly Edge[],
  words: Words,
): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const edge of edges) {
    for (const [from, to] of endsOf(whole, states, edge)) {
      const arrow = `${idOf(from.key)} --> ${to === END ? '[*]' : idOf(to.key)}`;
      const label = startText(edge, words);
      arrows.set(arrow, new Set([...(arrows.get(arrow) ?? []), ...(label ? [label] : [])]));
    }
  }
  return arrows;
}

const END = Symbol('end of the case');

/** The two ends of a transition as this diagram shows them: the states right below the whole that hold them. */
function endsOf(
  whole: AnyStateNode,
  states: readonly AnyStateNode[],
  { from, to }: Edge,
): [AnyStateNode, AnyStateNode | typeof END][] {
  const holding = (node: AnyStateNode) => states.find((state) => node === state || isWithin(node, state));
  const sources = from === whole ? states : [holding(from)].filter((state) => state !== undefined);
  return sources.flatMap((source) =>
    to.flatMap((target): [AnyStateNode, AnyStateNode | typeof END][] => {
      const shown = holding(target);
      if (shown === undefined) return target.type === 'final' ? [[source, END]] : [];
      const inside = shown === source && (from !== source || target !== source);
      return inside && from !== whole ? [] : [[source, shown]];
    }),
  );
}

function isWithin(node: AnyStateNode, whole: AnyStateNode): boolean {
  return node.parent !== undefined && (node.parent === whole || isWithin(node.parent, whole));
}

function startText({ trigger, condition }: Edge, words: Words): string | undefined {
  switch (trigger.kind) {
    case 'outside':
    case 'inside':
      return words.event(trigger.event);
    case 'deadline':
      return `⏱ ${words.deadline(String(trigger.delay))}`;
    case 'always':
      return condition && say(condition, chinese(words));
    case 'result':
      return undefined;
  }
}

const chinese = (words: Words): Wording => ({
  leaf: (leaf) => {
    switch (leaf.kind) {
      case 'rule':
        return leaf.rule.code;
      case 'fact':
        return words.fact(leaf.name);
      case 'in':
        return `处于${words.at(leaf.path)}`;
    }
  },
  group: (inner) => `（${inner}）`,
  not: (inner) => `非${inner}`,
  and: '且',
  or: '或',
});
