/** `zhengling help acts`: what each event takes, who may send it, on what ground, read off procedure and machine. */
import { z } from 'zod';
import { cliText, eventLabel, type Script } from '../../locale';
import type { Citation } from '../../workflows/law';
import { procedures } from '../../workflows/procedures';
import { type ActSpec, openingsOf, type Procedure } from '../../workflows/procedures/kit';
import type { Schema } from '../../workflows/runtime/workflow';
import { rulesIn } from '../docs/condition';
import { type Edge, edgesOf } from '../docs/edges';
import { ownersOf } from '../docs/owners';
import { valueText } from '../docs/payload';
import { Words } from '../docs/words';
import { Misused } from './errors';
import { exampleOf } from './example';
import { columns, type Out, table, tell } from './out';
import { citationsText } from './output';

export interface FieldHelp {
  name: string;
  required: boolean;
  takes: string;
}

export interface EventHelp {
  type: string;
  label: string;
  kind: 'open' | 'act' | 'fact';
  /** Seats and units in words. */
  who: string[];
  /** Who may while it is not known yet whose matter it is. */
  before: string[];
  /** 第六十条 …, or 本系统规定. */
  ground: string;
  /** States that take it; empty for one that any open case takes. */
  states: string[];
  /** Codes of the rules asked on it. */
  rules: string[];
  fields: FieldHelp[];
  /** A payload that fits the schema. */
  example: unknown;
}

export interface ProcedureHelp {
  name: string;
  title: string;
  series: string;
  events: EventHelp[];
  /** Refused by name until a later version. */
  later: string[];
}

export function actsHelp(name: string | undefined, event: string | undefined, out: Out): void {
  if (name === undefined) {
    const all = procedures.map((one) => ({ name: one.name, title: one.title, series: one.series }));
    tell(out, all, () => columns(all.map((one) => [one.name, one.title, one.series])));
  } else {
    const help = helpOf(procedureCalled(name), out.script);
    if (event === undefined) tell(out, help, () => procedureText(help, out));
    else {
      const [one, ...more] = eventsCalled(help, event);
      const said = [one!, ...more].map((each) => eventText(help, each, out)).join('\n\n');
      tell(out, more.length === 0 ? one : [one, ...more], () => said);
    }
  }
}

/** One; two where an event opens a case and is an act of an open one as well. */
function eventsCalled({ name, events }: ProcedureHelp, event: string): EventHelp[] {
  const asked = events.filter(({ type }) => type === event);
  if (asked.length > 0) return asked;
  const known = [...new Set(events.map(({ type }) => type))];
  throw new Misused(`${name} has no event '${event}'; it has ${known.join(', ')}`);
}

function procedureCalled(name: string): Procedure {
  const found = procedures.find((one) => one.name === name);
  if (found) return found;
  throw new Misused(`there is no procedure '${name}'; there is ${procedures.map((one) => one.name).join(', ')}`);
}

export function helpOf(procedure: Procedure, script: Script): ProcedureHelp {
  const { name, title, series, acts, machine, later } = procedure;
  const words = new Words(procedure);
  const edges = edgesOf(machine, Object.keys(acts));
  const ground = groundOf(
    edges.filter(({ from, trigger }) => from.parent === undefined && trigger.kind === 'result'),
    script,
  );
  const started = openingsOf(procedure).map(({ type, who, schema }) => ({
    ...{ type, label: eventLabel(type, script), kind: 'open' as const },
    ...{ who: who.map((id) => words.who(id)), before: [], states: [], rules: [] },
    ground,
    ...shapeOf(schema),
  }));
  const events = Object.entries(acts).flatMap(([type, act]) => {
    // What cannot be corrected has nobody who corrects it.
    if (act.kind === 'notice' || (act.amends === 'record' && procedure.correctable.length === 0)) return [];
    return [
      eventHelp(
        type,
        act,
        edges.filter(({ trigger }) => trigger.kind === 'outside' && trigger.event === type),
        words,
        script,
      ),
    ];
  });
  return { name, title, series, events: [...started, ...events], later: [...later] };
}

function eventHelp(type: string, act: ActSpec<never>, edges: readonly Edge[], words: Words, script: Script): EventHelp {
  const { owners, before } = ownersOf(type, act);
  const rules = edges.flatMap(({ condition }) => rulesIn(condition).map(({ rule }) => rule.code));
  const from = edges
    .filter(({ from: state }) => state.parent !== undefined)
    .map(({ from: state }) => words.state(state));
  return {
    type,
    label: eventLabel(type, script),
    kind: act.kind === 'fact' ? 'fact' : 'act',
    who: owners.map((id) => words.who(id)),
    before: before.map((id) => words.who(id)),
    ground: groundOf(edges, script),
    states: edges.some(({ from: state }) => state.parent === undefined) ? [] : [...new Set(from)],
    rules: [...new Set(rules)],
    ...shapeOf(act.schema),
  };
}

const groundOf = (edges: readonly Edge[], script: Script): string =>
  citationsText(
    edges.flatMap(({ cite }) => (cite ? [cite as Citation] : [])),
    script,
  ) || '本系统规定';

function shapeOf(schema: Schema): { fields: FieldHelp[]; example: unknown } {
  const { shape = {} } = schema as unknown as { shape?: Record<string, z.ZodType> };
  const { required = [] } = z.toJSONSchema(schema as unknown as z.ZodType, { unrepresentable: 'any' }) as {
    required?: string[];
  };
  const fields = Object.entries(shape).map(([name, field]) => ({
    name,
    required: required.includes(name),
    takes: valueText(field as unknown as Schema).replaceAll('`', ''),
  }));
  return { fields, example: exampleOf(schema as unknown as z.ZodType) };
}

function procedureText({ name, title, series, events, later }: ProcedureHelp, out: Out): string {
  const { script } = out;
  const rows = events.map(({ type, label, kind, who, ground }) => [
    type,
    label,
    cliText(kind, script),
    who.join('、'),
    ground,
  ]);
  return [
    `${title} ${name}（${series}）`,
    table(out, 'acts', rows),
    ...(later.length > 0 ? [`尚未开通：${later.map((type) => `${eventLabel(type, script)} ${type}`).join('、')}`] : []),
    `zhengling help acts ${name} EVENT`,
  ].join('\n');
}

function eventText({ name, events }: ProcedureHelp, help: EventHelp, out: Out): string {
  const { script } = out;
  const { type, label, kind, who, before, ground, states, rules, fields, example } = help;
  const rows = fields.map(({ name, required, takes }) => [
    name,
    cliText(required ? 'field.required' : 'field.optional', script),
    takes,
  ]);
  const soon = before.length > 0 ? cliText('help.before', script, { who: before.join('、') }) : '';
  const payload = JSON.stringify(example);
  const further = type === events[0]!.type ? '' : ` ${type}`;
  const command = kind === 'open' ? `start ${name}${further}` : `act CASE ${type}`;
  return [
    `${label} ${type}（${cliText(kind, script)}）`,
    cliText('help.who', script, { who: who.join('、') }) + soon,
    cliText('help.ground', script, { ground }),
    ...(kind === 'open'
      ? []
      : [cliText('help.states', script, { states: states.join('、') || cliText('help.always', script) })]),
    ...(rules.length > 0 ? [cliText('help.rules', script, { rules: rules.join('、') })] : []),
    ...(rows.length > 0 ? [table(out, 'fields', rows)] : []),
    `${cliText('help.example', script)}  zhengling ${command} --by SEAT --payload '${payload}'`,
  ].join('\n');
}
