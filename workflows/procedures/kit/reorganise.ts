/**
 * A merger, split or renaming of units under an open case, the same in every procedure and every state. The house sends
 * `UNIT_CHANGED`; wherever the case names an old unit or a seat of it, the new one takes its place. What was done stays in
 * the record under the name it had. No deadline moves and no transition is taken. Sent twice, nothing moves twice.
 */
import { z } from 'zod';
import { chosen } from '../../law/machine';
import {
  type DataChange,
  digest,
  emitEffect,
  type Json,
  keysOf,
  type Notice,
  pointerTo,
  type Schema,
  validate,
  valueAt,
  withValue,
} from '../../runtime/workflow';
import type { CaseData } from './case-data';
import { tell } from './effects';
import { isUnit } from './payload';

export const UNIT_CHANGED = 'UNIT_CHANGED';
/** The sender: no case, the directory of the installation. */
export const DIRECTORY = 'directory';

/** One place of a context, by JSON Pointer; lists and maps of ids are replaced as a whole. */
export interface UnitChange {
  at: string;
  before: Json;
  after: Json;
}

const text = z.string().min(1).max(200);

export const unitChanged = z.strictObject({
  /** One run of the command; undone as a whole. */
  batch: text,
  reorganisation: text,
  /** The paper that orders it. */
  ref: text,
  /** The seat that had it done. */
  by: text,
  /** Old ids of units and seats, and those that take their place. */
  ids: z.record(z.string(), z.string()),
  /** What new units are called. */
  names: z.record(z.string(), z.string()),
  /** Of an undoing: what the batch had changed here. Only what still stands so is put back. */
  restore: z.array(z.strictObject({ at: z.string().startsWith('/'), before: z.json(), after: z.json() })).optional(),
});

export type UnitChanged = z.output<typeof unitChanged>;

/** Where a procedure keeps texts and persons, which no reorganisation touches. */
export interface UnitsOf {
  correctable: readonly { path: string }[];
  /** Parts of the context that speak of persons or of the past, as paths: `applicant`, `approvals.*.seat`. */
  unitsKept?: readonly string[] | undefined;
  contextSchema?: (() => Schema) | undefined;
}

const rests = chosen();

/** Everything a reorganisation would change in a context, and the context as it would be. */
export function reorganised(
  context: unknown,
  ids: Readonly<Record<string, string>>,
  { correctable, unitsKept = [] }: UnitsOf,
): { context: unknown; changes: UnitChange[] } {
  const kept = [...correctable.map(({ path }) => path), ...unitsKept].map((path) => path.split('.'));
  const changes: UnitChange[] = [];
  return { context: renamed(context, [], { ids, kept, changes }), changes };
}

/** Puts back what a batch changed, where it still stands so. */
export function restored(
  context: unknown,
  changes: readonly UnitChange[],
): { context: unknown; changes: UnitChange[] } {
  const back: UnitChange[] = [];
  let now = context;
  for (const { at, before, after } of [...changes].reverse()) {
    const path = keysOf(at);
    const stands = valueAt(now, path);
    if (stands === undefined || digest(plain(stands)) !== digest(after)) continue;
    now = withValue(now, path, before);
    back.push({ at, before: after, after: before });
  }
  return { context: now, changes: back };
}

/** What such a notice does to a case; undefined where it is none, or changes nothing here. */
export function onUnitChanged(
  { type, payload }: Notice,
  data: Json,
  context: unknown,
  units: UnitsOf,
): DataChange | undefined {
  if (type !== UNIT_CHANGED) return undefined;
  const read = unitChanged.safeParse(payload);
  if (!read.success) return undefined;
  const { ids, names, restore } = read.data;
  const { context: next, changes } = restore ? restored(context, restore) : reorganised(context, ids, units);
  if (changes.length === 0 || unfit(next, units)) return undefined;
  const held = data as unknown as CaseData;
  return {
    data: { ...held, names: { ...held.names, ...names } } as unknown as Json,
    context: next,
    cite: rests as unknown as Json,
    effects: () => inform(read.data, changes),
  };
}

/** Why a context could not be what it would become; the case then stays as it is. */
export function unfit(context: unknown, { contextSchema }: UnitsOf): string | undefined {
  const amiss = contextSchema && validate(contextSchema(), context as Json);
  return amiss && `${amiss.path?.replace(/^payload\./, '') ?? 'the context'}: ${amiss.params?.problem ?? amiss.code}`;
}

/** Whoever takes a matter over hears of it. */
function inform({ batch, reorganisation, ref, ids, restore }: UnitChanged, changes: readonly UnitChange[]): void {
  emitEffect({
    kind: 'units-changed',
    batch,
    reorganisation,
    ...(restore ? { undone: true } : {}),
    changes: changes as unknown as Json,
    cite: rests as unknown as Json,
  });
  const pairs = Object.entries(ids).filter(([old]) => isUnit(old));
  const receivers = [...new Set(pairs.map(([, next]) => next))];
  for (const next of receivers) {
    const before = pairs.filter(([, one]) => one === next).map(([old]) => old);
    const concerned = changes.some(({ after }) => names(after, [next]));
    if (concerned)
      tell({
        to: [`${next}-desk`, `${next}-head`],
        template: 'units.changed',
        cite: rests,
        data: { seats: before, seat: next, ref },
      });
  }
}

/** Whether a value speaks of one of these units, or of a seat of theirs. */
function names(value: Json, units: readonly string[]): boolean {
  const said = JSON.stringify(value);
  return units.some((unit) => new RegExp(`"(vmc:)?${unit}(-[a-z0-9-]+)?"`).test(said));
}

interface Walk {
  ids: Readonly<Record<string, string>>;
  kept: readonly (readonly string[])[];
  changes: UnitChange[];
}

function renamed(value: unknown, path: readonly string[], walk: Walk): unknown {
  if (walk.kept.some((one) => covers(one, path))) return value;
  if (typeof value === 'string') return noted(value, nameNow(value, walk.ids), path, walk);
  if (Array.isArray(value)) return renamedList(value, path, walk);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return renamedMap(value as Record<string, unknown>, path, walk);
}

/** What is in a list of ids twice after a merger is in it once. */
function renamedList(list: readonly unknown[], path: readonly string[], walk: Walk): unknown {
  if (!list.every((item) => typeof item === 'string')) {
    const next = list.map((item, i) => renamed(item, [...path, String(i)], walk));
    return next.some((item, i) => item !== list[i]) ? next : list;
  }
  const inside = list.map((item, i) =>
    walk.kept.some((one) => covers(one, [...path, String(i)])) ? item : nameNow(item, walk.ids),
  );
  if (inside.every((item, i) => item === list[i])) return list;
  return noted(list, [...new Set(inside)], path, walk);
}

function renamedMap(map: Record<string, unknown>, path: readonly string[], walk: Walk): unknown {
  const keys = Object.keys(map);
  const moved = keys.filter((key) => nameNow(key, walk.ids) !== key && !keys.includes(nameNow(key, walk.ids)));
  if (moved.length === 0) {
    const entries = Object.entries(map).map(([key, inner]) => [key, renamed(inner, [...path, key], walk)] as const);
    return entries.some(([key, inner]) => inner !== map[key]) ? Object.fromEntries(entries) : map;
  }
  const within: Walk = { ...walk, changes: [] };
  const entries = Object.entries(map).map(([key, inner]) => [
    moved.includes(key) ? nameNow(key, walk.ids) : key,
    renamed(inner, [...path, key], within),
  ]);
  return noted(map, Object.fromEntries(entries), path, walk);
}

function noted<T>(before: T, after: unknown, path: readonly string[], { changes }: Walk): unknown {
  if (before === after) return before;
  changes.push({ at: pointerTo(path), before: plain(before), after: plain(after) });
  return after;
}

function nameNow(id: string, ids: Walk['ids']): string {
  if (Object.hasOwn(ids, id)) return ids[id]!;
  const unit = id.startsWith('vmc:') ? id.slice('vmc:'.length) : undefined;
  return unit !== undefined && Object.hasOwn(ids, unit) ? `vmc:${ids[unit]}` : id;
}

/** Whether a declared path is this place or one above it. */
const covers = (declared: readonly string[], path: readonly string[]): boolean =>
  declared.length <= path.length &&
  declared.every((key, i) => key === path[i] || (key === '*' && path[i] !== undefined));

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;
