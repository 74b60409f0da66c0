/** The figures and readings as they stand on a day, the site's own among them. */
import { resolve } from 'node:path';
import {
  bookText,
  citationText,
  parameterNames,
  parameterReasons,
  parameterValueText,
  type Script,
  unitText,
} from '../../locale';
import {
  type Basis,
  type Citation,
  type DatedValue,
  dateOf,
  isDate,
  isParameterKey,
  type Override,
  type Parameter,
  type ParameterKey,
  type ParameterTable,
  parameter,
  parameters,
  withOverrides,
} from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import { CONFIG_FILE, kindOf, openSite } from '../site';
import { Misused } from './errors';

export interface ShownParameter {
  key: ParameterKey;
  unit: string;
  value: unknown;
  /** First day on which it holds. */
  from: string;
  basis: Basis;
  cite: Citation;
  reason?: string;
  source?: string;
  /** The words of the text it makes precise. */
  wording?: string;
  lastCheck: string;
  /** What may be entered instead. */
  expected: string;
  /** Seat or office that answers for a value of the site. */
  author?: string;
  /** The shipped value that the site's stands in place of. */
  shipped?: unknown;
  /** Procedures of this version that carry it. */
  procedures: string[];
}

export interface Asked {
  chosen?: boolean;
  data?: string;
  on?: string;
}

/** @throws Misused where the key, the day or the data directory is none, NoRuleInForce where nothing held on that day */
export function parametersFor(
  key: string | undefined,
  { chosen = false, data, on }: Asked,
  now: number = Date.now(),
): { on: string; site?: string; parameters: ShownParameter[] } {
  const day = on ?? dateOf(now);
  if (!isDate(day)) throw new Misused(`--on must be a day such as 2026-03-01, but is '${day}'`);
  const overrides = data === undefined ? [] : overridesOf(data);
  const table = withOverrides(parameters, overrides);
  const all = keysOf(key).map((one) => shown(one, table, day));
  return {
    on: day,
    ...(data === undefined ? {} : { site: data }),
    parameters: all.filter(({ basis }) => !chosen || basis === 'chosen'),
  };
}

/** One key, or all that begin with it. */
function keysOf(key: string | undefined): ParameterKey[] {
  const all = Object.keys(parameters) as ParameterKey[];
  if (key === undefined) return all;
  if (isParameterKey(key)) return [key];
  const found = all.filter((one) => one.startsWith(`${key.replace(/\.\*?$/, '')}.`));
  if (found.length > 0) return found;
  const fields = [...new Set(all.map((one) => one.split('.')[0]))];
  throw new Misused(
    `there is no figure '${key}'; there are ${fields.join(', ')}, each with its own: zhengling law parameters ${fields[1]}`,
  );
}

function overridesOf(data: string): readonly Override[] {
  const folder = resolve(data);
  const kind = kindOf(folder);
  if (kind === undefined) throw new Misused(`${folder} holds no ${CONFIG_FILE} with a kind that zhengling knows`);
  const site = openSite(folder, kind);
  if ('errors' in site) throw new Misused(site.errors.join('\n'));
  return site.ok.law.overrides ?? [];
}

function shown(key: ParameterKey, table: ParameterTable, day: string): ShownParameter {
  const { shape, lastCheck, wording } = table[key] as Parameter<unknown>;
  const { value, from, cite, reason, source, author }: DatedValue<unknown> = parameter(key, table).entryAt(day);
  return {
    key,
    unit: shape.unit,
    value,
    from,
    basis: cite.basis,
    cite,
    ...given({ reason, source, wording, author }),
    ...(author === undefined ? {} : { shipped: shippedAt(key, day)?.value }),
    lastCheck,
    expected: shape.expected,
    procedures: procedures.filter((one) => one.parameters.includes(key)).map(({ name }) => name),
  };
}

function shippedAt(key: ParameterKey, day: string): DatedValue<unknown> | undefined {
  return (parameters[key].values as readonly DatedValue<unknown>[]).findLast(({ from }) => from <= day);
}

function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Key, name, value, ground, unit, reason, source, last check. */
export function parameterRows(one: ShownParameter, script: Script): string[] {
  const { key, value, unit, cite, source = '', lastCheck } = one;
  return [
    key,
    parameterNames[key][script],
    parameterValueText(value, unit, script),
    citationText(cite, script) + (one.author === undefined ? '' : `（${one.author}）`),
    reasonText(one, script) ?? '',
    source,
    lastCheck,
  ];
}

/** Shipped reasons in the language of the reader; a site's as it was entered. */
function reasonText({ reason, author }: ShownParameter, script: Script): string | undefined {
  const shipped = reason !== undefined && author === undefined ? parameterReasons[reason] : undefined;
  return shipped?.[script] ?? reason;
}

/** One figure in full. */
export function parameterLines(one: ShownParameter, script: Script): string {
  const { key, value, unit, from, cite, source, wording, lastCheck, expected, author, shipped } = one;
  const said = (name: 'wording' | 'reason' | 'source', text: string | undefined) =>
    text === undefined ? [] : [bookText(name, script, { [name]: text })];
  return [
    `${key}　${parameterNames[key][script]}`,
    `  ${bookText('value', script, { value: parameterValueText(value, unit, script), unit: unitText(unit, script), from })}`,
    ...[
      bookText('ground', script, { ground: citationText(cite, script) }),
      ...said('wording', wording),
      ...said('reason', reasonText(one, script)),
      ...said('source', source),
      bookText('checked', script, { day: lastCheck }),
      cite.basis === 'stated' ? bookText('exact', script) : bookText('takes', script, { expected }),
      one.procedures.length === 0
        ? bookText('unused', script)
        : bookText('used', script, { procedures: one.procedures.join('、') }),
      ...(author === undefined
        ? []
        : [bookText('own', script, { author, shipped: parameterValueText(shipped, unit, script) })]),
    ].map((line) => `  ${line}`),
  ].join('\n');
}
