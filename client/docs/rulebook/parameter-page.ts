/** docs/law/parameters.md: every figure and reading, with its ground, its reason, and who carries it. */
import { parameterNames } from '../../../locale';
import {
  articlesOf,
  type DatedValue,
  edition,
  editionMark,
  lawData,
  type Parameter,
  type ParameterKey,
  parameters,
  printCitation,
} from '../../../workflows/law';
import { FIRST_DAY } from '../../../workflows/law/parameters/entry';
import { valueText } from '../figures';
import { code, table } from '../markdown';
import { RENEW } from '../page';
import type { Book } from './article-view';

export function parameterPage({ cited }: Book): string {
  const keys = Object.keys(parameters) as ParameterKey[];
  const fields = [...new Set(keys.map((key) => key.split('.')[0]!))];
  const common = Object.keys(lawData(edition, [], FIRST_DAY).parameters);
  const carried = (key: ParameterKey) =>
    common.includes(key)
      ? 'every case'
      : [...cited].flatMap(([name, one]) => (one.parameters.includes(key) ? [code(name)] : [])).join(' ');
  const group = (field: string): string => {
    const rows = keys.filter((key) => key.split('.')[0] === field).flatMap((key) => row(key, carried(key)));
    return [`## ${field}`, table(HEAD, rows)].join('\n\n');
  };
  const last = (key: ParameterKey) => values(key).at(-1)!;
  const chosen = keys.filter((key) => last(key).cite.basis === 'chosen').length;
  const exact = keys.filter((key) => last(key).cite.basis === 'stated').map(code);
  const parts = [
    '# Figures and readings 参数',
    `**${editionMark(edition) ?? edition.id}**`,
    [
      `Printed by \`client/docs\` from \`workflows/law/parameters\`; not written by hand. To renew it: \`${RENEW}\`.`,
      `Of ${keys.length} figures and readings, ${chosen} are chosen by this system: a proposal for an operator to confirm, never a rule of the text.`,
      `The text itself gives ${exact.join(', ')}; those change with an edition only. Every other value a site may replace from a day on,`,
      'with a reason and an author, in the file that `parameters` of `zhengling.yaml` names.',
      'On the command line: `zhengling law parameters --chosen`, `zhengling law parameters leave`.',
    ].join('\n'),
    ...fields.map(group),
  ];
  return `${parts.join('\n\n')}\n`;
}

const HEAD = [
  'Key',
  'Name 名称',
  'Value',
  'From',
  'Ground 依据',
  'Near',
  'Words 用语',
  'Why',
  'Source',
  'May be',
  'Checked',
  'Carried by',
];

const values = (key: ParameterKey): readonly DatedValue<unknown>[] => parameters[key].values;

/** A row for every value, the newest first. */
function row(key: ParameterKey, carriedBy: string): string[][] {
  const { shape, lastCheck, wording = '' } = parameters[key] as Parameter<unknown>;
  return [...values(key)]
    .reverse()
    .map(({ value, from, cite, reason = '', source = '' }) => [
      code(key),
      parameterNames[key].hans,
      valueText(value, shape.unit),
      from,
      printCitation(cite),
      cite.basis === 'chosen' ? articlesOf(cite).join(', ') : '',
      wording,
      reason,
      source,
      shape.expected,
      lastCheck,
      carriedBy,
    ]);
}
