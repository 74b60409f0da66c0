/**
 * The one way a procedure is made: a machine whose every transition carries its citation, acts with schema and owner,
 * deadlines with labels. What is missing is refused here, before the first case.
 */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import {
  type Citation,
  type Code,
  citationOf,
  formatInstant,
  type ParameterKey,
  type Standing,
} from '../../law/machine';
import {
  type Act,
  type Admit,
  candidates,
  caseData,
  type Definition,
  type Json,
  MachineRefused,
  nodesOf,
  type Outcome,
  type Refusal,
  type Schema,
  transitionsOf,
} from '../../runtime/workflow';
import {
  amendingEvents,
  type Correctable,
  correcting,
  isRepair,
  mayCorrect,
  mayRepair,
  recalling,
  repairEvents,
  repairing,
} from './amendments';
import { oldestStamp } from './case-law';
import {
  choiceDelay,
  chooses,
  chooseVersion,
  choosing,
  isAsked,
  lawClocks,
  lawNotices,
  onLawNotice,
} from './law-change';
import { awaitedDesks, type DeadlineLabel, presentation, timerSummary } from './present';
import { onUnitChanged } from './reorganise';
import { type AuthorityStamp, actingSeat, type FactName, type Facts, isOneOf } from './stamp';
import { authorityNotices, besides, type Heard, hearing, outdated, unfounded } from './standing';

type Refused = { outcome: Outcome; refusal: Refusal };

export interface ActSpec<Context> {
  kind: 'act' | 'fact' | 'notice';
  schema: Schema;
  /**
   * Seats and units that may do it now. `standing`: who presides by the stamp that is judged; for views by what the case
   * last heard, and absent where it heard nothing.
   */
  who: (context: Context, standing?: Standing) => readonly (string | undefined)[];
  /** What the entrance gathers and puts beside the act. */
  facts?: readonly FactName[];
  /** Carried out by the runtime in every state; it takes no transition. */
  amends?: 'last-act' | 'record' | 'law';
  /** The row of spec 3.2 behind `who`, where there is one. */
  row?: number;
  /** A rule about the actor, asked before entitlement: who must never do it says more than who may. */
  barred?: (context: Context, stamp: AuthorityStamp, payload: Json) => Refusal | undefined;
}

export interface Opening<Payload> {
  /** The start event of spec section 2. */
  type: string;
  schema: Schema;
  who: readonly string[];
  /** What the entrance gathers and puts beside the opening. */
  facts?: readonly FactName[];
  /** Refused, there is no case, only the answer. A refusal that names who is entitled is one of entitlement. */
  refuse: (payload: Payload, stamp: AuthorityStamp) => Refusal | undefined;
  /** An open case the act belongs to instead; it is done there as an act of the same type. */
  route?: (payload: Payload, facts: Facts, stamp: AuthorityStamp) => string | undefined;
  /** The machine's input. */
  input: (payload: Payload, stamp: AuthorityStamp) => Json;
  /** Whether a case with this input was opened so; of further start events only. */
  opened?: (input: Json) => boolean;
}

export interface Summary {
  matter: string;
  unit?: string;
  due?: number;
  overdue: boolean;
  level: number;
  awaiting: string[];
  urgency?: string;
  [key: string]: Json | undefined;
}

export interface ProcedureSpec<Context = never, Payload = never> {
  /** Workflow Type and first part of the machine's id. */
  name: string;
  title: string;
  /** Prefix of case numbers. */
  series: string;
  articles: readonly number[];
  machine: AnyStateMachine;
  opening: Opening<Payload>;
  /** Further start events. */
  alsoOpens?: readonly Opening<never>[];
  /** Who presides, where the case itself says so (P01). Every other procedure hears it by notice. */
  standing?: (context: Context) => Standing | undefined;
  acts: Record<string, ActSpec<Context>>;
  /** Where a slip of the record may be put right; an empty list says that it may nowhere. */
  correctable: readonly Correctable<Context>[];
  /** What a context must be, where one is put in by hand. Asked for only then. */
  contextSchema?: () => Schema;
  /** Parts of the context that speak of persons or of the past: a merger of units leaves them as they are. */
  unitsKept?: readonly string[];
  /** Events of the spec that this version does not carry yet, refused by name. */
  later: readonly string[];
  parameters: readonly ParameterKey[];
  deadlines: Record<string, DeadlineLabel>;
  states: Record<string, string>;
  /** The region whose state people mean when they ask where the case stands. */
  mainRegion: string;
  summary: (context: Context, at: { main: string; state: readonly string[] }) => Summary;
}

export interface Procedure extends ProcedureSpec {
  edition: string;
  definition: Definition;
}

/** Known everywhere (spec 2.0b): where no state takes one, the answer is that this state does not, and what it does. */
const commonActs = ['WITHDRAW', 'RESUBMIT', 'GRANT_EXCEPTION', 'CONFIRM_FINDING'] as const;

/** @throws MachineRefused naming every transition without citation, delay without label, event without owner. */
export function defineProcedure<Context, Payload>(spec: ProcedureSpec<Context, Payload>): Procedure {
  const problems = incomplete(spec);
  if (problems.length > 0) throw new MachineRefused(spec.machine.id, problems);
  const later = spec.later.map((type) => [type, { kind: 'act' }] as const);
  const notices = Object.keys(spec.acts).filter((type) => spec.acts[type]!.kind === 'notice');
  const machine = hearing(spec.machine, notices, spec.standing === undefined);
  // A version of the rulebook hears of other versions in its own way.
  const ofLaw = Object.entries(lawActs()).filter(([type]) => !(type in spec.acts));
  const acts = {
    ...(spec.standing ? {} : told()),
    ...spec.acts,
    ...Object.fromEntries(ofLaw),
    ...amending(spec.correctable),
  };
  const awaited = awaitedDesks(spec);
  const standingOf = (snapshot: AnyMachineSnapshot): Standing | undefined =>
    spec.standing ? spec.standing(snapshot.context as Context) : (snapshot.context as Heard).standing;
  const carried = Object.entries(acts).map(([type, { kind, schema }]) => [type, { kind, schema }] as const);
  const delays = Object.entries(spec.deadlines).map(([name, { label, cite, hidden }]) => [
    name,
    { label, cite: cite as Json, ...(hidden ? { hidden } : {}) },
  ]);
  const definition: Definition = {
    machine,
    rulesRequired: true,
    events: {
      ...Object.fromEntries([...commonActs.map((type) => [type, { kind: 'act' }] as const), ...later, ...carried]),
      ...Object.fromEntries(
        Object.entries(repairEvents).map(([type, schema]) => [type, { kind: 'act', schema }] as const),
      ),
    },
    delays: { ...Object.fromEntries(delays), ...choiceDelay },
    admit: admission({ later: spec.later, acts, standingOf, keepsStanding: spec.standing !== undefined }),
    recall: recalling(),
    correct: correcting(spec.correctable),
    repair: repairing(),
    onNotice: (notice, data, context) =>
      onUnitChanged(notice, data, context, { ...spec, contextSchema: definition.contextSchema }) ??
      onLawNotice(notice, data, awaited),
    clocks: lawClocks,
    dataActs: { CHOOSE_VERSION: choosing(awaited) },
    ...(spec.contextSchema ? { contextSchema: () => besides(spec.contextSchema!()) } : {}),
    entitled: (type, snapshot) => owners(acts[type], snapshot, standingOf(snapshot)),
    expose: (snapshot) => snapshot.context as Json,
    present: presentation(spec),
    timerSummary: timerSummary(spec),
    printInstant: formatInstant,
    recordedBy: recordedBy,
  };
  return { ...spec, machine, acts, edition: spec.machine.id.split('@')[1]!, definition };
}

/** What P01 tells every case. */
function told<Context>(): Record<string, ActSpec<Context>> {
  const entries = Object.entries(authorityNotices).map(([type, schema]): [string, ActSpec<Context>] => [
    type,
    { kind: 'notice', schema, who: () => [] },
  ]);
  return Object.fromEntries(entries);
}

/** Changed law, and what the Office chooses where it changes the course of a case. */
function lawActs<Context>(): Record<string, ActSpec<Context>> {
  const notices = Object.entries(lawNotices).map(([type, schema]): [string, ActSpec<Context>] => [
    type,
    { kind: 'notice', schema, amends: 'law', who: () => [] },
  ]);
  const choice: ActSpec<Context> = { kind: 'act', schema: chooseVersion, amends: 'law', who: () => chooses };
  return { ...Object.fromEntries(notices), CHOOSE_VERSION: choice };
}

/** 更正 and 收回 as acts of a procedure; who took the last act is known to the case alone. */
function amending<Context>(fields: readonly Correctable<Context>[]): Record<string, ActSpec<Context>> {
  return {
    CORRECT: {
      kind: 'act',
      schema: amendingEvents.CORRECT,
      amends: 'record',
      who: (context) => [...new Set(fields.flatMap(({ who }) => who(context)))],
      barred: (context, stamp, payload) => mayCorrect(fields, context, stamp, payload),
    },
    RECALL: { kind: 'act', schema: amendingEvents.RECALL, amends: 'last-act', who: () => ['last-actor'] },
  };
}

/** Refusal by a rule of the catalogue. */
export function refusedBy(code: Code, params?: Refusal['params'], cite: Citation = citationOf(code)): Refusal {
  return { code, cite: cite as Json, ...(params ? { params } : {}) };
}

interface Admitting extends Pick<ProcedureSpec, 'later' | 'acts'> {
  standingOf: (snapshot: AnyMachineSnapshot) => Standing | undefined;
  /** The case keeps the standing itself: what a stamp says of it may be older. */
  keepsStanding: boolean;
}

function admission(spec: Admitting): Admit {
  return ({ act, snapshot, judgedAt }) => {
    const stamp = act.stamp as AuthorityStamp;
    const old = tooOld(stamp, judgedAt);
    if (old) return old;
    const heard = spec.standingOf(snapshot);
    const groundless = unfounded(stamp, spec.acts[act.type]?.row, heard);
    if (groundless) return { outcome: 'rule', refusal: groundlessBy(groundless, stamp, heard) };
    const { noticedAt } = snapshot.context as Heard;
    const before = outdated(stamp, spec.keepsStanding ? undefined : heard, noticedAt);
    if (before) return before;
    if (spec.later.includes(act.type))
      return { outcome: 'not-accepted', refusal: { code: 'not-available-yet', params: { event: act.type } } };
    if (act.at !== undefined && act.at > stamp.receivedAt)
      return { outcome: 'rule', refusal: refusedBy('TIME_NOT_ALLOWED', { at: act.at }) };
    if (stamp.onWordOf && stamp.unit !== OFFICE)
      return {
        outcome: 'not-entitled',
        refusal: { code: 'not-entitled', entitled: [OFFICE], params: { event: act.type } },
      };
    if (isRepair(act.type)) return mayRepair(act, stamp);
    const asked = spec.acts[act.type];
    if (asked?.amends === 'last-act') return undefined;
    if (asked?.amends === 'law' && !isAsked(caseData<Json>())) return undefined;
    if (!asked?.amends && candidates(snapshot, act.type).length === 0) return undefined;
    return unfit(asked!, act, stamp, snapshot);
  };
}

function groundlessBy(
  code: NonNullable<ReturnType<typeof unfounded>>,
  stamp: AuthorityStamp,
  heard: Standing | undefined,
): Refusal {
  const { seat } = actingSeat(stamp);
  if (code === 'no-such-entrustment')
    return { code: 'no-such-entrustment', path: 'stamp.entrustment', params: { seat } };
  const presider = heard?.presider ?? stamp.standing?.presider;
  return refusedBy('NOT_PRESIDING', { seat, ...(presider === undefined ? {} : { presider }) });
}

/**
 * An old stamp speaks for a seat as it was held then. Openings are not judged so: a start waits at the server while no
 * worker is there, and our downtime makes nothing late.
 */
function tooOld({ receivedAt }: AuthorityStamp, judgedAt: number): Refused | undefined {
  const oldest = oldestStamp(judgedAt);
  if (oldest === undefined || receivedAt >= oldest.receivedAt) return undefined;
  const params = { receivedAt, asOf: receivedAt, now: judgedAt };
  return {
    outcome: 'malformed',
    refusal: { code: 'stamp-too-old', cite: oldest.basis as Json, path: 'stamp.receivedAt', params },
  };
}

/** Only the Office records what a leader said or wrote (spec 2.0b). */
const OFFICE = 'X1';

function unfit(
  spec: ActSpec<never>,
  act: Act,
  stamp: AuthorityStamp,
  snapshot: AnyMachineSnapshot,
): Refused | undefined {
  const barred = spec.barred?.(snapshot.context as never, stamp, act.payload);
  if (barred) return { outcome: barred.entitled ? 'not-entitled' : 'rule', refusal: barred };
  const entitled = owners(spec, snapshot, stamp.standing);
  if (isOneOf(stamp, entitled)) return undefined;
  const params = { event: act.type, seat: stamp.seat, ...(spec.row === undefined ? {} : { row: spec.row }) };
  return { outcome: 'not-entitled', refusal: { code: 'not-entitled', entitled, params } };
}

function owners(
  spec: ActSpec<never> | undefined,
  snapshot: AnyMachineSnapshot,
  standing: Standing | undefined,
): string[] {
  return (spec?.who(snapshot.context as never, standing) ?? []).filter((owner) => owner !== undefined);
}

function recordedBy({ stamp }: Act): Json {
  const { receivedAt: _, ...rest } = stamp;
  return rest as Json;
}

/** The start events of a procedure, the usual one first. */
export const openingsOf = ({ opening, alsoOpens = [] }: Pick<ProcedureSpec, 'opening' | 'alsoOpens'>) => [
  opening,
  ...alsoOpens,
];

/** The start event by which a case of the procedure was opened, from its first entry. */
export const openedBy = ({ opening, alsoOpens = [] }: Pick<ProcedureSpec, 'opening' | 'alsoOpens'>, input: Json) =>
  (alsoOpens.find(({ opened }) => opened?.(input)) ?? opening).type;

function incomplete(spec: ProcedureSpec): string[] {
  const { machine, acts, later, deadlines, name, correctable } = spec;
  const opens = openingsOf(spec).map(({ type }) => type);
  const nodes = nodesOf(machine.root);
  const uncited = nodes.flatMap((node) =>
    transitionsOf(node)
      .filter((t) => !(t.meta as { cite?: Citation } | undefined)?.cite)
      .map((t) => `state '${node.path.join('.')}', event '${t.eventType}': a transition without citation`),
  );
  const types = new Set(nodes.flatMap((node) => [...node.transitions.keys()]).filter((t) => /^[A-Z][A-Z_]*$/.test(t)));
  const unowned = [...types]
    .filter((type) => !(type in acts))
    .map((type) => `event '${type}' has neither schema nor owner`);
  const unused = Object.keys(acts)
    .filter((type) => !types.has(type))
    .map((type) => `event '${type}' is declared and no state takes it`);
  const both = later
    .filter((type) => type in acts || opens.includes(type))
    .map((type) => `event '${type}' is carried and announced for later`);
  const unlabelled = Object.keys(machine.implementations.delays as object)
    .filter((delay) => !(delay in deadlines))
    .map((delay) => `delay '${delay}' has no label`);
  const misnamed = machine.id.startsWith(`${name}@`)
    ? []
    : [`its machine is called '${machine.id}', not '${name}@<edition>'`];
  const kits = [...Object.keys(amendingEvents), ...Object.keys(repairEvents)]
    .filter((type) => type in acts || types.has(type) || later.includes(type))
    .map((type) => `event '${type}' is the kit's, alike in every procedure`);
  return [
    ...misnamed,
    ...uncited,
    ...unowned,
    ...unused,
    ...both,
    ...unlabelled,
    ...kits,
    ...correctableProblems(correctable),
  ];
}

function correctableProblems(fields: ProcedureSpec['correctable'] | undefined): string[] {
  if (!fields) return ['it does not say what of its record may be corrected; an empty list says that nothing may'];
  const paths = fields.map(({ path }) => path);
  return [
    ...paths
      .filter((path) => !/^[a-z]\w*(\.(\*|[a-z]\w*))*$/i.test(path))
      .map((path) => `'${path}' is no path of a context`),
    ...paths.filter((path, i) => paths.indexOf(path) !== i).map((path) => `'${path}' is declared correctable twice`),
    ...fields.filter(({ label }) => label === '').map(({ path }) => `correctable '${path}' has no label`),
  ];
}
