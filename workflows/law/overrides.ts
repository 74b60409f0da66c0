/** A site's own figures: what a parameter file may say, and how it lies over the shipped table. */
import { type DateText, isDate } from './calendar/days';
import { type Article, articlesOf, chosen, printCitation } from './citation';
import {
  type DatedValue,
  isParameterKey,
  type Parameter,
  type ParameterKey,
  type ParameterTable,
  parameters,
} from './parameters';

export interface Override {
  key: ParameterKey;
  value: unknown;
  /** First day on which it holds. */
  from: DateText;
  reason: string;
  /** Seat or office that answers for it. */
  author: string;
}

export type Overrides = { ok: true; overrides: Override[] } | { ok: false; errors: string[] };

/**
 * Lays overrides over a table: from its day on an override holds in place of every shipped value, until the next
 * override of the same key. A site's figure is always `chosen`.
 * @throws Error with one sentence per fault, when an override does not pass what `parseOverrides` checks
 */
export function withOverrides(table: ParameterTable, overrides: readonly Override[]): ParameterTable {
  const faults = overrides.flatMap(({ key, ...fields }) => overrideFaults(key, fields));
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const merged: Record<string, Parameter<unknown>> = { ...table };
  for (const key of new Set(overrides.map((override) => override.key))) {
    const own = overrides.filter((override) => override.key === key).sort((a, b) => (a.from < b.from ? -1 : 1));
    const { values, ...rest } = table[key] as Parameter<unknown>;
    const before = values.filter(({ from }) => from < own[0]!.from);
    merged[key] = { ...rest, values: [...before, ...own.map((override) => siteValue(override, values))] };
  }
  return merged as unknown as ParameterTable;
}

function siteValue({ value, from, reason, author }: Override, shipped: readonly DatedValue<unknown>[]) {
  const near = shipped[0]?.cite;
  const articles = near && near.basis !== 'statute' ? (articlesOf(near) as Article[]) : [];
  return { from, value, cite: articles.length > 0 ? chosen(articles) : chosen(), reason, author };
}

/**
 * Reads a site's parameter file: parameter keys, each with one override or a list of them, and each override with
 * `value`, `from`, `reason` and `author`.
 * @param json the parsed content; anything
 * @returns the overrides, or a sentence per fault that names file, key and what is expected
 */
export function parseOverrides(json: unknown, fileName: string): Overrides {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return {
      ok: false,
      errors: [`${fileName} must hold parameter keys with their overrides, but holds ${shown(json)}.`],
    };
  }
  const overrides: Override[] = [];
  const errors: string[] = [];
  for (const [key, content] of Object.entries(json)) {
    const entries = Array.isArray(content) ? content : [content];
    const faults = [...fixedFaults(key), ...entries.flatMap((one) => overrideFaults(key, one))];
    const days = entries.map((one) => (one as Override | null)?.from);
    const twice = days.find((day, i) => day !== undefined && days.indexOf(day) !== i);
    if (faults.length === 0 && twice !== undefined)
      faults.push(`${key} has two overrides from ${twice}; expected one.`);
    errors.push(...faults.map((fault) => `${fileName}: ${fault}`));
    if (faults.length === 0) for (const one of entries) overrides.push({ ...one, key: key as ParameterKey });
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, overrides };
}

/** A figure that the text itself gives is no site's to change; an edition of the rulebook changes it. */
function fixedFaults(key: string): string[] {
  const last = isParameterKey(key) ? (parameters[key].values as readonly DatedValue<unknown>[]).at(-1) : undefined;
  return last?.cite.basis === 'stated'
    ? [`${key} is given by the text (${printCitation(last.cite)}); it changes with an edition of the rulebook.`]
    : [];
}

const FIELDS = ['value', 'from', 'reason', 'author'];

function overrideFaults(key: string, override: unknown): string[] {
  if (!isParameterKey(key)) {
    return [`${key} is not a parameter; expected one of ${Object.keys(parameters).join(', ')}.`];
  }
  if (typeof override !== 'object' || override === null || Array.isArray(override)) {
    return [`${key} must be an override with ${FIELDS.join(', ')}, but is ${shown(override)}.`];
  }
  const { value, from, reason, author, ...others } = override as Record<string, unknown>;
  const { shape } = parameters[key];
  const faults: string[] = [];
  if (!shape.accepts(value)) faults.push(`value must be ${shape.expected}, but is ${shown(value)}`);
  if (!isDate(from)) faults.push(`from must be the first day it holds, such as 2026-03-01, but is ${shown(from)}`);
  if (!isText(reason))
    faults.push(`reason must say why the site departs from the shipped value, but is ${shown(reason)}`);
  if (!isText(author)) faults.push(`author must name the seat or office that answers for it, but is ${shown(author)}`);
  const unknown = Object.keys(others);
  if (unknown.length > 0) faults.push(`${unknown.join(', ')} is not expected; an override has ${FIELDS.join(', ')}`);
  return faults.map((fault) => `${key}: ${fault}.`);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
