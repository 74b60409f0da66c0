/**
 * Which figures of the law stand behind each deadline of a procedure. Not declared anywhere, so that it cannot be declared
 * wrongly: every delay is computed once, under a law that notes what was read of it.
 */
import { type AnyStateMachine, setup } from 'xstate';
import {
  type CarriedValue,
  type Citation,
  type CountUnit,
  type DatedValue,
  edition,
  type LawData,
  lawData,
  type ParameterKey,
  type Period,
  parameter,
  parameters,
  parseInstant,
  type Unit,
  type YearDay,
} from '../../workflows/law';
import type { CaseData, Procedure } from '../../workflows/procedures/kit';
import { Play } from '../../workflows/runtime/testing';
import type { Json } from '../../workflows/runtime/workflow';

export interface FigureRead {
  key: string;
  /** The one amount of several that was read: a name, or a position counted from 0. */
  part?: string;
}

export interface Behind {
  figures: FigureRead[];
  /** Fields of the case that hold an instant the deadline follows. */
  fields: string[];
}

type Delay = (args: { context: object; event: { type: string } }, params: undefined) => number;

const DAY_MS = 86_400_000;

/** @throws Error, naming the procedure, when a delay cannot be computed or reads a figure the procedure does not declare */
export function figuresBehind(procedure: Procedure): Record<string, Behind> {
  const delays = Object.entries(procedure.machine.implementations.delays as Record<string, Delay | number>);
  const at = latestFirstDay(procedure.parameters);
  const read: Reading = { figures: new Map(), fields: new Set() };
  const law = noting(lawData(edition, procedure.parameters, at), read);
  const instant = parseInstant(`${at}T12:00:00+08:00`);
  return Object.fromEntries(
    delays.map(([name, delay]) => {
      read.figures.clear();
      read.fields.clear();
      if (typeof delay === 'function')
        duringStep(procedure, law, instant, () => delay(given(instant, read), undefined));
      return [name, behind(read)];
    }),
  );
}

interface Reading {
  /** By key: the parts that were read, undefined for all of it. */
  figures: Map<string, Set<string> | undefined>;
  fields: Set<string>;
}

function behind({ figures, fields }: Reading): Behind {
  const single = (parts: Set<string> | undefined) => (parts?.size === 1 ? { part: [...parts][0]! } : {});
  return { figures: [...figures].map(([key, parts]) => ({ key, ...single(parts) })), fields: [...fields] };
}

/** A day on which every figure has a value. */
function latestFirstDay(keys: readonly ParameterKey[]): string {
  const days = [...keys, 'calendar.noticeHour' as const].map((key) => parameters[key].values.at(-1)!.from);
  return days.sort().at(-1)!;
}

/** A case whose every field holds an instant some days ahead, noting which were looked at. */
function given(instant: number, { fields }: Reading): Parameters<Delay>[0] {
  const context = new Proxy(
    {},
    {
      get(_, field) {
        fields.add(String(field));
        return instant + 10 * DAY_MS;
      },
    },
  );
  return { context, event: { type: 'xstate.init' } };
}

/** The same law; what is read of its figures is noted. Those of the calendar are no length of a deadline. */
function noting(law: LawData, { figures }: Reading): LawData {
  const watched = new Proxy(law.parameters, {
    get(all, name) {
      const key = String(name);
      const carried = all[key];
      if (key.startsWith('calendar.')) return carried;
      if (!figures.has(key)) figures.set(key, new Set());
      if (carried === undefined) return undefined;
      const values = carried.values.map((entry) => ({ ...entry, value: watchParts(entry.value, key, figures) }));
      return { ...carried, values };
    },
  });
  return { ...law, parameters: watched };
}

function watchParts(value: CarriedValue, key: string, figures: Reading['figures']): CarriedValue {
  if (typeof value !== 'object') return value;
  return new Proxy(value, {
    get(parts, name) {
      if (Object.hasOwn(parts, name) && name !== 'length') figures.get(key)?.add(String(name));
      else figures.set(key, undefined);
      return Reflect.get(parts, name);
    },
  });
}

/** Runs something as part of the opening step of a case, where instant and law can be asked for. */
function duringStep(procedure: Procedure, law: LawData, receivedAt: number, run: () => void): void {
  const machine: AnyStateMachine = setup({ actions: { run: () => run() } }).createMachine({
    id: `${procedure.name}@${procedure.edition}`,
    entry: 'run',
  });
  const data: CaseData = { law, names: {} };
  new Play(
    { machine, events: {} },
    { input: {}, stamp: { receivedAt, entrance: 'docs' }, data: data as unknown as Json },
  );
}

/** Singular, plural, Chinese. */
const UNITS: Record<CountUnit, readonly [string, string, string]> = {
  minutes: ['minute', 'minutes', '分钟'],
  hours: ['hour', 'hours', '小时'],
  days: ['calendar day', 'calendar days', '自然日'],
  workingDays: ['working day', 'working days', '工作日'],
  months: ['month', 'months', '个月'],
  quarters: ['quarter', 'quarters', '季度'],
  halfYears: ['half-year', 'half-years', '半年'],
  years: ['year', 'years', '年'],
  people: ['person', 'people', '人'],
  times: ['time', 'times', '次'],
};

const isCountUnit = (unit: string): unit is CountUnit => Object.hasOwn(UNITS, unit);

function withUnit(value: string, unit: CountUnit): string {
  const [one, many, chinese] = UNITS[unit];
  return `${value} ${value === '1' ? one : many} (${chinese})`;
}

/** A value of a parameter as the documentation prints it. */
export function valueText(value: unknown, unit: Unit): string {
  if (isCountUnit(unit)) return withUnit(amount(value), unit);
  if (unit === 'period') {
    const { times, every, unit: span } = value as Period;
    const [one, many, chinese] = UNITS[span];
    return `${times === 1 ? 'once' : `${times} times`} in every ${every === 1 ? one : `${every} ${many}`} (${chinese})`;
  }
  if (unit === 'yearDay') {
    const { yearsAfter, day } = value as YearDay;
    return day.replace('-last', ', last day') + (yearsAfter === 0 ? '' : `, ${yearsAfter} year later`);
  }
  if (unit === 'money') return `${value} yuan (元)`;
  if (unit === 'flag' && typeof value === 'boolean') return value ? 'yes' : 'no';
  return amount(value);
}

export interface FigureRow {
  value: string;
  from: string;
  cite: Citation;
  reason?: string;
}

/** Every value of a figure, the newest first. */
export function figureRows({ key, part }: FigureRead): FigureRow[] {
  const { unit } = parameter(key as ParameterKey);
  const values: readonly DatedValue<unknown>[] = parameters[key as ParameterKey].values;
  const rows = values.map(({ from, value, cite, reason }) => ({
    value: valueText(part === undefined ? value : (value as never)[part], unit),
    from,
    cite,
    ...(reason === undefined ? {} : { reason }),
  }));
  return rows.reverse();
}

function amount(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(amount).join(' / ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  if ('amount' in value && 'unit' in value) return valueText(value.amount, value.unit as Unit);
  return Object.entries(value)
    .map(([name, one]) => `${name} ${amount(one)}`)
    .join(', ');
}
