/** What a run found, as rows of ratios and as Markdown. */
import type { Spread } from './statistics';
import { COLUMNS, type Column, TITLES } from './variants';

export interface Target {
  relation: '≤' | '≥';
  value: number;
}

export interface Row {
  /** What is compared with what. */
  name: string;
  target?: Target;
  /** What the target is about; its median counts. */
  found: Spread;
  /** The same of ours against the hand-written one with the same ledger write: the runtime alone. */
  alone?: Spread;
  /** The same of ours against the same machine on Restate. */
  restate?: Spread;
  /** Medians over rounds of what was measured, printed with their unit; none where it is no pair. */
  figures: Partial<Record<Column, string>>;
}

export interface Section {
  measurement: string;
  seconds: number;
  rows: Row[];
  /** What a reader must know to read the rows. */
  remarks: string[];
}

export const met = ({ target, found }: Row): boolean | undefined => {
  if (!target) return undefined;
  return target.relation === '≤' ? found.median <= target.value : found.median >= target.value;
};

export function markdown(sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => section.rows);
  const remarks = sections.flatMap(({ measurement, remarks }) => remarks.map((line) => `- ${measurement}: ${line}`));
  const compared = rows.some(({ restate }) => restate);
  const measured = rows.filter(({ figures }) => Object.keys(figures).length > 0);
  const columns = COLUMNS.filter((column) => column !== 'restate' || compared);
  return [
    table(
      [
        'measure',
        'target',
        'found: min / median / max',
        'reached',
        'the runtime alone',
        ...(compared ? ['÷ Restate'] : []),
      ],
      rows.map((row) => [
        row.name,
        row.target ? `${row.target.relation} ${row.target.value}` : '',
        printed(row.found),
        { true: 'yes', false: 'no', undefined: '' }[`${met(row)}`] ?? '',
        row.alone ? printed(row.alone) : '',
        ...(compared ? [row.restate ? printed(row.restate) : ''] : []),
      ]),
    ),
    ...(measured.length > 0
      ? [
          table(
            ['median', ...columns.map((column) => TITLES[column])],
            measured.map((row) => [row.name, ...columns.map((column) => row.figures[column] ?? '')]),
          ),
        ]
      : []),
    ...(remarks.length > 0 ? [remarks.join('\n')] : []),
  ].join('\n\n');
}

function printed({ min, median, max }: Spread): string {
  if (min === max) return number(median);
  return `${number(min)} / **${number(median)}** / ${number(max)}`;
}

/** Three figures are enough, and as many as can be trusted. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export const withUnit = (value: number, unit: string): string => `${number(value)} ${unit}`;

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
