/**
 * Lists kept in office programs, as CSV, made into a directory file that passes the check together with the files there
 * are. What is wrong is told by file, line and column, and nothing is made.
 */
import { readFileSync } from 'node:fs';
import { type CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { contradictions } from './check';
import { contentOf } from './content';
import { decodeText, type Encoding } from './encoding';
import type { Loaded } from './load';
import { type DirectoryFile, directoryFile } from './schema';
import { readYaml, type YamlFile } from './yaml-file';

export const importKinds = ['persons', 'holders', 'units', 'portfolios'] as const;
export type ImportKind = (typeof importKinds)[number];

export interface Imported {
  kind: ImportKind;
  rows: number;
  encoding: Encoding;
  /** The directory file. */
  yaml: string;
}

export interface ImportOptions {
  /** Directory files the rows must fit. */
  beside: readonly string[];
  /** As whichever fits, unless named. */
  encoding?: Encoding;
  /** Where it is known from, for rows that do not say. */
  source?: string;
}

/** How a cell becomes a value; undefined for one that is none. */
type Reader = (cell: string) => unknown;

const text: Reader = (cell) => cell;
const yesNo: Reader = (cell) =>
  ({ true: true, 是: true, yes: true, false: false, 否: false, no: false })[cell.toLowerCase()] ?? cell;
/** Spreadsheets write 2026/3/20. */
const day: Reader = (cell) => {
  const [, year, month, date] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(cell) ?? [];
  return year === undefined ? cell : `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`;
};
const list: Reader = (cell) => cell.split(/[、，;；\s]+/).filter((one) => one !== '');

interface Column {
  /** What else the column may be headed. */
  also: string;
  read: Reader;
}
const column = (also: string, read: Reader = text): Column => ({ also, read });

const period = { from: column('起', day), to: column('止', day) };
const source = { source: column('依据') };
const columns: Record<ImportKind, Record<string, Column>> = {
  persons: {
    id: column('编号'),
    nameZh: column('姓名'),
    nameHant: column('姓名（繁体）'),
    active: column('在职', yesNo),
    cpc: column('中共党员', yesNo),
    nameUncertain: column('姓名存疑', yesNo),
  },
  holders: { seat: column('席位'), person: column('人员'), ...period, ...source },
  units: {
    id: column('编号'),
    kind: column('类别'),
    nameZh: column('名称'),
    nameHant: column('名称（繁体）'),
    shortZh: column('简称'),
    shortHant: column('简称（繁体）'),
    isMemberDepartment: column('组成部门', yesNo),
    under: column('管理部门'),
    ...period,
    ...source,
  },
  portfolios: {
    seat: column('席位'),
    units: column('单位', list),
    subjects: column('领域', list),
    ...period,
    ...source,
  },
};

interface Row {
  line: number;
  cells: Record<string, string>;
}

/** @returns errors as sentences that begin with `file:line:column` where one cell is meant */
export function importCsv(kind: ImportKind, file: string, options: ImportOptions): Loaded<Imported> {
  const read = readTable(kind, file, options.encoding);
  if ('errors' in read) return read;
  const { rows, encoding, heads } = read.ok;
  const entries = rows.map((row) => entryOf(kind, row, options.source));
  const where = placesOf(kind, file, rows, heads);
  const twice = repeated(file, rows);
  if (twice.length > 0) return { errors: twice };
  const checked = directoryFile.safeParse({ [kind]: entries });
  if (!checked.success) return { errors: checked.error.issues.map((issue) => complaint(issue, entries, where)) };
  const errors = misfits({ data: checked.data, where }, { kind, file, rows, heads, beside: options.beside });
  if (errors.length > 0) return { errors };
  return { ok: { kind, rows: rows.length, encoding, yaml: printed(kind, file, entries) } };
}

interface Table {
  rows: Row[];
  encoding: Encoding;
  /** Position of every column, from 1. */
  heads: ReadonlyMap<string, number>;
}

function readTable(kind: ImportKind, file: string, encoding: Encoding | undefined): Loaded<Table> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { errors: [`${file}: cannot be read (${(error as NodeJS.ErrnoException).code}); expected a CSV file`] };
  }
  const decoded = decodeText(bytes, encoding);
  if ('line' in decoded) {
    const expected = encoding === undefined ? 'UTF-8 or GB18030' : encoding.toUpperCase();
    return { errors: [`${file}:${decoded.line}: is not ${expected}${decoded.likely}; expected the file saved so`] };
  }
  const records = recordsOf(file, decoded.text);
  if ('errors' in records) return records;
  const [head, ...body] = records.ok;
  if (!head) return { errors: [`${file}:1: is empty; expected a first line ${Object.keys(columns[kind]).join(',')}`] };
  const headed = headsOf(kind, file, head);
  if ('errors' in headed) return headed;
  if (body.length === 0) return { errors: [`${file}:2: has no rows; expected one ${kind.slice(0, -1)} a line`] };
  const uneven = body.filter(({ cells }) => cells.length !== head.cells.length);
  if (uneven.length > 0)
    return {
      errors: uneven.map(
        ({ line, cells }) =>
          `${file}:${line}: has ${cells.length} columns; expected ${head.cells.length}, as in the first line (a cell with a comma stands in quotes)`,
      ),
    };
  const names = [...headed.ok.keys()];
  const rows = body.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(names.map((name) => [name, (cells[headed.ok.get(name)! - 1] ?? '').trim()])),
  }));
  return { ok: { rows, encoding: decoded.encoding, heads: headed.ok } };
}

interface Line {
  line: number;
  cells: string[];
}

function recordsOf(file: string, content: string): Loaded<Line[]> {
  try {
    const parsed = parse(content, {
      bom: true,
      info: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // Told is the line a record ends on; one with a line break in a cell began before.
    return {
      ok: parsed.map(({ record, info }) => ({
        line: info.lines - record.reduce((n, cell) => n + (cell.match(/\n/g)?.length ?? 0), 0),
        cells: record,
      })),
    };
  } catch (error) {
    const { message, lines } = error as CsvError & { lines?: number };
    return { errors: [`${file}:${lines ?? 1}: is not valid CSV (${message}); expected commas between cells`] };
  }
}

function headsOf(kind: ImportKind, file: string, { line, cells }: Line): Loaded<ReadonlyMap<string, number>> {
  const known = columns[kind];
  const nameOf = (cell: string) =>
    Object.keys(known).find(
      (name) => name === cell.trim() || known[name]!.also === cell.trim().replace(/[()]/g, fullWidth),
    );
  const heads = new Map<string, number>();
  const errors = cells.flatMap((cell, i) => {
    const name = nameOf(cell);
    const place = `${file}:${line}:${i + 1}`;
    if (name === undefined)
      return [`${place}: ${kind} have no column '${cell.trim()}'; expected some of ${Object.keys(known).join(', ')}`];
    if (heads.has(name)) return [`${place}: the column '${name}' is there already, as column ${heads.get(name)}`];
    heads.set(name, i + 1);
    return [];
  });
  return errors.length > 0 ? { errors } : { ok: heads };
}

const fullWidth = (bracket: string): string => (bracket === '(' ? '（' : '）');

function entryOf(kind: ImportKind, { cells }: Row, otherwise: string | undefined): { [field: string]: unknown } {
  const given = Object.entries(cells).filter(([, cell]) => cell !== '');
  const entry = Object.fromEntries(given.map(([name, cell]) => [name, columns[kind][name]!.read(cell)]));
  if (kind === 'persons') return { active: true, ...entry };
  if (kind === 'units' && (entry.kind === 'institution' || entry.kind === 'agency'))
    entry.legalScope = { article: 74, basis: 'stated' };
  return { ...entry, ...(entry.source === undefined && otherwise !== undefined ? { source: otherwise } : {}) };
}

function placesOf(kind: ImportKind, file: string, rows: readonly Row[], heads: Table['heads']) {
  return (path: readonly PropertyKey[]): string => {
    const [section, i, field] = path;
    if (section !== kind || typeof i !== 'number') return file;
    const at = heads.get(String(field));
    return `${file}:${rows[i]!.line}${at === undefined ? '' : `:${at}`}`;
  };
}

function repeated(file: string, rows: readonly Row[]): string[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, cells }) => {
    const said = JSON.stringify(cells);
    const earlier = first.get(said);
    first.set(said, earlier ?? line);
    return earlier === undefined ? [] : [`${file}:${line}: says the same as line ${earlier}; expected each row once`];
  });
}

function complaint(
  issue: z.core.$ZodIssue,
  entries: readonly { [field: string]: unknown }[],
  where: YamlFile<DirectoryFile>['where'],
): string {
  const [, i, field] = issue.path;
  const value = entries[Number(i)]?.[String(field)];
  const missing = value === undefined ? 'is missing; ' : '';
  const expected =
    issue.code === 'invalid_value'
      ? `expected one of ${issue.values.join(', ')}, found '${String(value)}'`
      : issue.code === 'invalid_type' && issue.expected === 'boolean'
        ? `expected 是 or 否, found '${String(value)}'`
        : issue.message;
  return `${where(issue.path)}: ${String(field ?? '')} ${missing}${expected}`;
}

interface Asked {
  kind: ImportKind;
  file: string;
  rows: readonly Row[];
  heads: Table['heads'];
  beside: readonly string[];
}

/** Contradictions with the files there are, and among the rows. */
function misfits(rows: YamlFile<DirectoryFile>, { file, beside, ...asked }: Asked): string[] {
  const read = beside.map((one) => readYaml(one, directoryFile));
  const errors = read.flatMap((answer) => ('errors' in answer ? answer.errors : []));
  if (errors.length > 0) return errors;
  const files = read.flatMap((answer) => ('ok' in answer ? [answer.ok] : []));
  const found = contradictions(contentOf([...files, rows]));
  return found.map((sentence) =>
    sentence.startsWith(`${file}:`) ? withColumn(sentence, { file, ...asked }) : sentence,
  );
}

/** The column of the cell a sentence speaks of first: an id in quotes, the unit of a seat, a day. */
function withColumn(sentence: string, { kind, file, rows, heads }: Omit<Asked, 'beside'>): string {
  const [, line, said] = /^:(\d+): (.*)$/s.exec(sentence.slice(file.length)) ?? [];
  const row = rows.find((one) => String(one.line) === line);
  if (!row || said === undefined) return sentence;
  for (const [, quoted, unit, date] of said.matchAll(/'([^']+)'|\b([A-Z]\d{1,3})\b|(\d{4}-\d\d-\d\d)/g)) {
    const meant = quoted ?? unit ?? date!;
    const found = Object.entries(row.cells).find(([name, cell]) =>
      [columns[kind][name]!.read(cell)]
        .flat()
        .some((value) => value === meant || String(value).startsWith(`${meant}-`)),
    );
    if (found) return `${file}:${line}:${heads.get(found[0])}: ${said}`;
  }
  return sentence;
}

function printed(kind: ImportKind, file: string, entries: readonly object[]): string {
  const name = file.split(/[\\/]/).at(-1);
  return `# Made from ${name}; checked together with the directory files of the installation.\n${stringify({ [kind]: entries }, { lineWidth: 120 })}`;
}
