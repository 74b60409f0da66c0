/** How answers look on a terminal: words for people, or one JSON value with `--json`. */
import Table from 'cli-table3';
import { type Script, type TableHead, tableHead } from '../../locale';

export interface Out {
  json: boolean;
  script: Script;
  /** Marks that every view bears: 【演示】, 【规则版本待确认】. */
  marks: string;
  nameOf: (id: string) => string;
  print: (text: string) => void;
}

/** Prints a value as JSON, or its words. */
export function tell<T>(out: Out, value: T, words: (value: T) => string): void {
  out.print(out.json ? JSON.stringify(value, null, 2) : words(value));
}

const edges = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'];
const lines = ['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'];
const bare = {
  chars: { ...Object.fromEntries([...edges, ...lines].map((part) => [part, ''])), middle: '  ' },
  style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
};

export type Cell = string | number;

/** Columns side by side, wide characters counted as such. */
export function columns(rows: readonly Cell[][], head: string[] = []): string {
  const drawn = new Table({ ...bare, ...(head.length > 0 ? { head } : {}) });
  drawn.push(...rows.map((row) => row.map(String)));
  return drawn.toString().replace(/[ ]+$/gm, '');
}

export function table(out: Pick<Out, 'script'>, head: TableHead, rows: readonly Cell[][]): string {
  return columns(rows, tableHead(head, out.script));
}
