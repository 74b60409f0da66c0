/**
 * What a case knows of who presides, and what it makes of stamps: what P01 last told it, and what the entrance put beside
 * the act. A case is never asked to look it up.
 */
import { type AnyStateMachine, assign, createMachine } from 'xstate';
import { z } from 'zod';
import { basisOf, type Citation, chosen, isOlder, running, type Standing, standingStates } from '../../law/machine';
import { now, type Outcome, type Refusal, type Schema } from '../../runtime/workflow';
import { by } from './meta';
import { type AuthorityStamp, actingSeat } from './stamp';

/** Kept in every context beside `CommonContext`. */
export interface Heard {
  /** What the last `PRESIDER_CHANGED` said. */
  standing?: Standing;
  /** When this case last took a notice: facts gathered before it are stale. */
  noticedAt?: number;
}

const seat = z.string().min(1);
const instant = z.int();
const span = z.strictObject({ from: instant, to: instant.optional() });
const matter = z.strictObject({
  units: z.array(z.string()).optional(),
  subject: z.string().optional(),
  case: z.string().optional(),
  text: z.string().optional(),
});

export const entrustmentSchema = z.strictObject({
  id: z.string(),
  giver: seat,
  receiver: seat,
  act: z.enum(['preside', 'chair-standing', 'chair-party-group', 'hold-special', 'task']),
  mode: z.enum(['each-time', 'standing']),
  matter: matter.optional(),
  period: span,
  ref: z.string(),
  givenAt: instant,
  endedAt: instant.optional(),
});

export const standingSchema = z.strictObject({
  case: z.string(),
  version: z.int(),
  state: z.enum(standingStates),
  column: z.enum(['A', 'B', 'C', 'D']),
  presider: seat.optional(),
  mayor: seat.optional(),
  evm: seat.optional(),
  order: z.array(seat),
  away: z.array(seat),
  since: instant,
  asOf: instant,
  entrustments: z.array(entrustmentSchema),
});

/** Notices of P01 (spec 2.0b): the whole of it, not a change. */
export const authorityNotices = {
  PRESIDER_CHANGED: standingSchema,
  ENTRUSTMENT_CHANGED: z.strictObject({ entrustment: entrustmentSchema, ended: z.boolean(), standing: standingSchema }),
};

const HEAR = 'kit.hear';

interface Node {
  on?: Record<string, unknown>;
  states?: Record<string, Node>;
}

/**
 * The machine with ears: every notice it takes leaves its instant, and one of P01 what it said, in whatever state and
 * whatever else the machine makes of it. Where the machine itself takes none of P01, the root does.
 */
export function hearing(machine: AnyStateMachine, notices: readonly string[], authority: boolean): AnyStateMachine {
  const told = authority ? Object.keys(authorityNotices) : [];
  const types = [...new Set([...notices, ...told])];
  if (types.length === 0) return machine;
  const config = withEars(machine.config as Node, types);
  const root = Object.fromEntries(told.map((type) => [type, { actions: HEAR, meta: by(TOLD) }]));
  const { actions } = machine.implementations;
  return createMachine(
    { ...config, on: { ...root, ...config.on } } as never,
    { ...machine.implementations, actions: { ...actions, [HEAR]: hear } } as never,
  ) as unknown as AnyStateMachine;
}

/** That a case is told is a convention of this system. */
const TOLD: Citation = chosen();

const hear = assign(({ event }) => {
  const { type, notice: _, ...payload } = event as unknown as { type: string; notice: unknown; standing?: Standing };
  const said = type === 'PRESIDER_CHANGED' ? (payload as unknown as Standing) : payload.standing;
  return { noticedAt: now(), ...(type in authorityNotices && said ? { standing: said } : {}) };
});

function withEars(node: Node, types: readonly string[]): Node {
  const { on, states } = node;
  const heard =
    on && Object.fromEntries(Object.entries(on).map(([type, t]) => [type, types.includes(type) ? ears(t) : t]));
  const within =
    states && Object.fromEntries(Object.entries(states).map(([key, state]) => [key, withEars(state, types)]));
  return { ...node, ...(heard ? { on: heard } : {}), ...(within ? { states: within } : {}) };
}

function ears(transitions: unknown): unknown {
  return listOf(transitions).map((one) => {
    const given = typeof one === 'string' ? { target: one } : (one as { actions?: unknown });
    return { ...given, actions: [HEAR, ...listOf('actions' in given ? given.actions : [])] };
  });
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** A context schema of a procedure, which need not know what the kit keeps beside it. */
export function besides(schema: Schema): Schema {
  const common = z.looseObject({ standing: standingSchema.optional(), noticedAt: instant.optional() });
  const validate = (value: unknown): unknown => {
    const kept = common.safeParse(value);
    if (!kept.success) return { issues: kept.error.issues };
    const { standing: _, noticedAt: __, ...own } = kept.data;
    return schema['~standard'].validate(own);
  };
  return { '~standard': { validate } };
}

type Refused = { outcome: Outcome; refusal: Refusal };

/** What is wrong with an act by what the case has heard: a stamp of an earlier state of things, facts from before a notice. */
export function outdated(
  { standing, facts }: AuthorityStamp,
  heard: Standing | undefined,
  noticedAt: number | undefined,
): Refused | undefined {
  if (heard && heard.state !== 'term-closed' && (!standing || isOlder(standing, heard)))
    return old('stamp-standing-old', 'stamp.standing', { version: heard.version });
  if (facts && noticedAt !== undefined && facts.asOf < noticedAt)
    return old('facts-old', 'stamp.facts', { asOf: facts.asOf });
  return undefined;
}

function old(code: string, path: string, params: NonNullable<Refusal['params']>): Refused {
  return { outcome: 'malformed', refusal: { code, path, params } };
}

/**
 * Why a stamp does not hold by the table: acting for the mayor though somebody else presides, or nobody; entrusted though no
 * such entrustment runs. By the newest that is known, the stamp's or the case's.
 */
export function unfounded(
  stamp: AuthorityStamp,
  row: number | undefined,
  heard: Standing | undefined,
): 'NOT_PRESIDING' | 'no-such-entrustment' | undefined {
  const { basis, standing: stamped, entrustment, receivedAt } = stamp;
  if (basis === 'own') return undefined;
  const { seat } = actingSeat(stamp);
  if (basis === 'entrusted') {
    const given = running(stamped?.entrustments ?? [], receivedAt).find(({ id }) => id === entrustment);
    return given?.receiver === seat ? undefined : 'no-such-entrustment';
  }
  const newest = heard && (!stamped || isOlder(stamped, heard)) ? heard : stamped;
  const presides = newest?.presider === seat;
  const byTable = row === undefined || basisOf(row, seat, newest, receivedAt).basis === 'acting';
  return presides && byTable ? undefined : 'NOT_PRESIDING';
}
