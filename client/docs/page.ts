/** The page of one procedure, printed from its machine. */
import type { AnyStateNode } from 'xstate';
import { findings, outcomes, refusals, type Said, templates } from '../../locale';
import {
  type Article,
  type Code,
  type CodeKind,
  citationOf,
  codes,
  edition,
  editionMark,
  isCode,
  printCitation,
  stated,
} from '../../workflows/law';
import { type ActSpec, openingsOf, type Procedure } from '../../workflows/procedures/kit';
import { nodesOf } from '../../workflows/runtime/workflow';
import { rulesIn, say, type Wording } from './condition';
import { type Action, actionsOf, type Edge, edgesOf } from './edges';
import { type Behind, type FigureRead, figureRows, figuresBehind } from './figures';
import { code, fence, table } from './markdown';
import type { Mentions } from './mentions';
import { diagram } from './mermaid';
import { type Owners, ownersOf } from './owners';
import { fieldsOf, valueText } from './payload';
import { paramsInWords, regionsOf, Words } from './words';

/** What renews the pages, from the root of the repository. */
export const RENEW = 'npx tsc -p tsconfig.build.json && node dist/client/docs/print.js';

interface Printing {
  procedure: Procedure;
  words: Words;
  edges: Edge[];
  mentions: Mentions;
}

/**
 * A whole page in Markdown, always the same for the same procedure.
 * @param mentions the codes and templates its sources name, from `mentionsOf`
 * @throws Error where something it shows has no label
 */
export function page(procedure: Procedure, mentions: Mentions): string {
  const edges = edgesOf(procedure.machine, Object.keys(procedure.acts));
  const printing = { procedure, words: new Words(procedure), edges, mentions };
  const parts = [
    opening,
    diagrams,
    states,
    transitions,
    deadlines,
    rules,
    answers,
    acts,
    corrections,
    later,
    messages,
  ].map((part) => part(printing));
  return `${parts.join('\n\n')}\n`;
}

/** The mark of an edition that is not confirmed yet; nothing once it is. */
export function markOf(procedure: Procedure): string {
  return procedure.edition === edition.id ? (editionMark(edition) ?? '') : '';
}

function opening({ procedure, words }: Printing): string {
  const { name, title, series, machine } = procedure;
  return [
    `# ${title} ${code(name)}`,
    ...(markOf(procedure) === '' ? [] : [`**${markOf(procedure)}**`]),
    [
      `Printed from the machine by \`client/docs\`; not written by hand. To renew it: \`${RENEW}\`.`,
      'What stands under Ground (依据) is printed as cases print it: 第…条 is what the article says, 依第…条推定 follows from it,',
      '本系统规定 is a choice of this system and rests on no article.',
    ].join('\n'),
    table(
      ['Item', 'Value'],
      [
        ['Workflow Type', code(name)],
        ['Machine', code(machine.id)],
        ['Rulebook 规则', `${edition.title}, edition ${code(procedure.edition)}`],
        ['Articles 条文', articlesOf(procedure)],
        ['Case numbers 编号', `series ${code(series)}`],
        ['Opened by 立项', startOf(procedure, words)],
      ],
    ),
  ].join('\n\n');
}

/** The articles the procedure answers to. */
export const articlesOf = ({ articles }: Procedure): string => printCitation(stated(articles as readonly Article[]));

/** The opening acts and who may do them. */
export function startOf(procedure: Procedure, words: Words): string {
  return openingsOf(procedure)
    .map(({ type, who }) => `${words.event(type)} ${code(type)}: ${who.map((id) => words.who(id)).join('、')}`)
    .join('; ');
}

function diagrams({ procedure, words, edges }: Printing): string {
  const [main, ...beside] = regionsOf(procedure);
  const drawn = (whole: AnyStateNode, heading: string): string[] => {
    const picture = diagram(whole, edges, words);
    return picture === undefined ? [] : [`${heading} ${words.state(whole)} ${path(whole)}`, fence('mermaid', picture)];
  };
  const below = (whole: AnyStateNode): string[] =>
    nodesOf(whole)
      .filter((node) => node !== whole && node.type === 'compound')
      .flatMap((node) => drawn(node, '### Inside'));
  return [
    '## Course 进程',
    'Acts that leave the state as it is are not drawn; the table of transitions has them all. ⏱ marks a deadline.',
    ...drawn(main!, '###'),
    ...below(main!),
    ...(beside.length === 0 ? [] : ['## Beside the course 并行']),
    ...beside.flatMap((region) => [...drawn(region, '###'), ...below(region)]),
  ].join('\n\n');
}

function states({ procedure, words }: Printing): string {
  const rows = nodesOf(procedure.machine.root)
    .filter((node) => node.parent !== undefined)
    .map((node) => [
      path(node),
      words.state(node),
      does(actionsOf(node.entry), words),
      does(actionsOf(node.exit), words),
    ]);
  return ['## States 状态', table(['State', 'Label 名称', 'On entering', 'On leaving'], rows)].join('\n\n');
}

function transitions({ procedure, words, edges }: Printing): string {
  const regions = regionsOf(procedure);
  const regionOf = (edge: Edge) => regions.find((region) => nodesOf(region).includes(edge.from));
  const group = (title: string, region: AnyStateNode | undefined): string[] => {
    const rows = edges.filter((edge) => regionOf(edge) === region).map((edge) => transitionRow(procedure, edge, words));
    const head = [
      'From 原状态',
      'On 事件或时限',
      'Only if 条件',
      'To 新状态',
      'Does 效果',
      'Ground 依据',
      'Who 办理者',
    ];
    return rows.length === 0 ? [] : [title, table(head, rows)];
  };
  return [
    '## Transitions 流转',
    '`=` under To: the state stays as it is.',
    ...regions.flatMap((region) => group(`### ${words.state(region)} ${path(region)}`, region)),
    ...group('### Whatever the state of the regions', undefined),
  ].join('\n\n');
}

function transitionRow(procedure: Procedure, edge: Edge, words: Words): string[] {
  const { from, condition, to, actions, cite } = edge;
  return [
    `${words.state(from)} ${path(from)}`,
    startText(edge, words),
    condition ? say(condition, english(words)) : '',
    to.length === 0 ? '=' : to.map((node) => `${words.state(node)} ${path(node)}`).join(', '),
    does(actions, words),
    cite ? printCitation(cite) : '',
    edge.trigger.kind === 'outside' ? senderOf(procedure.acts[edge.trigger.event]!, edge.trigger.event, words) : '',
  ];
}

function startText({ trigger }: Edge, words: Words): string {
  switch (trigger.kind) {
    case 'outside':
      return `${words.event(trigger.event)} ${code(trigger.event)}`;
    case 'inside':
      return `${words.event(trigger.event)} ${code(trigger.event)} (raised by the machine)`;
    case 'deadline':
      return `⏱ ${words.deadline(String(trigger.delay))} ${code(String(trigger.delay))}`;
    case 'always':
      return 'at once';
    case 'result':
      return code(trigger.event);
  }
}

const english = (words: Words): Wording => ({
  leaf: (leaf) => {
    switch (leaf.kind) {
      case 'rule':
        return `${code(leaf.name)} ${leaf.rule.code}${leaf.rule.soft ? ' (soft)' : ''}`;
      case 'fact':
        return `${words.fact(leaf.name)} ${code(leaf.name)}`;
      case 'in':
        return `in ${words.at(leaf.path)}`;
    }
  },
  group: (inner) => `(${inner})`,
  not: (inner) => `not ${inner}`,
  and: ' and ',
  or: ' or ',
});

function does(actions: readonly Action[], words: Words): string {
  return actions
    .map((action) => {
      const params = paramsInWords(action, words);
      return code(action.name) + (params.length > 0 ? ` (${params.join(', ')})` : '');
    })
    .join('; ');
}

function senderOf(act: ActSpec<never>, type: string, words: Words): string {
  return act.kind === 'notice' ? 'another case' : whoText(act, type, words);
}

function whoText(act: Pick<ActSpec<never>, 'who'>, type: string, words: Words): string {
  const { owners, before }: Owners = ownersOf(type, act);
  const spoken = (ids: readonly string[]) => ids.map((id) => words.who(id)).join('、');
  return before.length === 0 ? spoken(owners) : `${spoken(owners)}; until these are known ${spoken(before)}`;
}

function deadlines({ procedure, words, edges }: Printing): string {
  const behind = figuresBehind(procedure);
  const waiting = (name: string) =>
    edges
      .filter(({ trigger }) => trigger.kind === 'deadline' && trigger.delay === name)
      .map(({ from }) => `${words.state(from)} ${path(from)}`);
  const rows = Object.keys(procedure.deadlines).map((name) => [
    code(name),
    words.deadline(name),
    figureNames(behind[name]),
    ...figureCells(behind[name]?.figures ?? []),
    printCitation(procedure.deadlines[name]!.cite),
    [...new Set(waiting(name))].join(', '),
  ]);
  const used = new Set(Object.values(behind).flatMap(({ figures }) => figures.map(({ key }) => key)));
  const rest = procedure.parameters.filter((key) => !used.has(key));
  return [
    '## Deadlines 时限',
    'Values as they stand with the day from which they hold; a case keeps those of the day it was opened, a site may set its own.',
    table(['Name', 'Label 名称', 'Figure', 'Value', 'Ground of the figure', 'Ground shown 依据', 'Runs in'], rows),
    ...(rest.length === 0
      ? []
      : [
          'Figures that travel with the case and stand behind no deadline:',
          table(
            ['Figure', 'Value', 'Ground of the figure'],
            rest.map((key) => [code(key), ...figureCells([{ key }])]),
          ),
        ]),
  ].join('\n\n');
}

function figureNames(behind: Behind | undefined): string {
  const { figures = [], fields = [] } = behind ?? {};
  if (figures.length === 0) return `set in the case (${fields.map(code).join(', ')})`;
  return figures.map(({ key, part }) => code(part === undefined ? key : `${key}[${part}]`)).join(', ');
}

/** Value and ground. */
function figureCells(figures: readonly FigureRead[]): [string, string] {
  const rows = figures.flatMap(figureRows);
  return [
    rows.map(({ value, from }) => `${value}, from ${from}`).join('; '),
    rows.map(({ cite, reason }) => printCitation(cite) + (reason ? `: ${reason}` : '')).join('; '),
  ];
}

function rules({ words, edges }: Printing): string {
  const asked = edges.flatMap((edge) => rulesIn(edge.condition).map((rule) => ({ ...rule, edge })));
  const names = [...new Set(asked.map(({ name }) => name))];
  const rows = names.map((name) => {
    const uses = asked.filter((one) => one.name === name);
    const { rule } = uses[0]!;
    const starts = [...new Set(uses.map(({ edge }) => startText(edge, words)))];
    return [
      code(name),
      code(rule.code),
      printCitation(rule.cite),
      rule.soft ? 'yes, with a recorded exception' : 'no',
      starts.join(', '),
    ];
  });
  const head = ['Rule', 'Code', 'Ground 依据', 'Soft 原则性', 'Asked on'];
  return ['## Rules 规则', rows.length === 0 ? 'None.' : table(head, rows)].join('\n\n');
}

function answers({ mentions }: Printing): string {
  const known = mentions.codes.filter(isCode);
  const rows = known.map((name) => [code(name), kindOf(name), printCitation(citationOf(name)), ...sentences(name)]);
  return [
    '## Refusals and findings 不予受理与所记问题',
    'Codes of the catalogue that a case of this procedure can answer or record. A refusal changes nothing; a finding is recorded.',
    table(['Code', 'Kind in the catalogue', 'Ground 依据', 'Says 说明', 'Asks for 要求'], rows),
  ].join('\n\n');
}

const KINDS: Record<CodeKind, string> = { R: 'refusal', F: 'finding', 'R+F': 'refusal and finding', O: 'outcome' };
const kindOf = (name: Code): string => KINDS[codes[name].kind];

function sentences(name: Code): [string, string] {
  const tables: Partial<Record<string, Said>>[] = [refusals, findings, outcomes];
  const said = tables.flatMap((table) => table[name] ?? []);
  return [said.map(({ sentence }) => sentence.hans).join(' / '), said.map(({ remedy }) => remedy.hans).join(' / ')];
}

function acts({ procedure, words }: Printing): string {
  const rows = Object.entries(procedure.acts).map(([type, act]) => [
    code(type),
    words.event(type),
    act.kind,
    senderOf(act, type, words) + (act.barred ? ' (a rule about the actor is asked first)' : ''),
    act.row === undefined ? '' : String(act.row),
    fieldsOf(act.schema).join('<br>'),
  ]);
  const first = openingsOf(procedure).map(({ type, who, schema }) => [
    code(type),
    words.event(type),
    'opens the case',
    who.map((id) => words.who(id)).join('、'),
    '',
    fieldsOf(schema).join('<br>'),
  ]);
  return [
    '## Acts and facts 操作与事实',
    'An act is asked and may be refused; a fact has happened and no rule refuses it. `?` marks a field that may be left out.',
    table(['Event', 'Label 名称', 'Kind', 'Who 办理者', 'Authority row 职权表', 'Carries 内容'], [...first, ...rows]),
  ].join('\n\n');
}

function corrections({ procedure, words }: Printing): string {
  const rows = procedure.correctable.map(({ path: field, label, schema, who }) => [
    code(field),
    label,
    valueText(schema),
    whoText({ who }, field, words),
  ]);
  return [
    '## Corrections 更正与收回',
    '`CORRECT` puts right a slip in one of these fields, in every state until the case is closed; `old` must be what stands. No state and no deadline changes by it, old and new value stay in the record. `*` is the place in a list, from 0.',
    rows.length === 0 ? 'Nothing may be corrected.' : table(['Field', 'Label 名称', 'Value', 'Who 办理者'], rows),
    '`RECALL` takes back the last act, by the seat that did it, as long as nothing has followed: no act, no deadline, no notice. The case stands again where it stood, both acts stay in the record, and whoever was told is told. The opening, an act that closed the case, a recall and a repair are not taken back.',
    'A closed case is not corrected: its record is complete and may have left the house.',
  ].join('\n\n');
}

function later({ procedure, words }: Printing): string {
  const rows = procedure.later.map((type) => [code(type), words.event(type)]);
  return [
    '## Announced for later 尚未开通',
    rows.length === 0
      ? 'None.'
      : `Refused by name (\`not-available-yet\`) until they are carried.\n\n${table(['Event', 'Label 名称'], rows)}`,
  ].join('\n\n');
}

function messages({ mentions }: Printing): string {
  const known = templates as Record<string, { subject: { hans: string }; body: { hans: string } }>;
  const rows = mentions.templates.map((id) => [code(id), known[id]?.subject.hans ?? '', known[id]?.body.hans ?? '']);
  return [
    '## Messages 告知',
    '`{…}` is filled in; `[…]` is left out where a value is missing. Ground and link follow in every message.',
    table(['Template', 'Subject 标题', 'Text 正文'], rows),
  ].join('\n\n');
}

const path = (node: AnyStateNode): string => code(node.path.join('.'));
