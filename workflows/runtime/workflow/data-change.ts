/**
 * Other data for a case to go by: a new calendar, a new edition of its law. What was done stands; what is due is counted
 * anew from when it was armed, by the delays as they are declared, so that none of them has to say twice where it rests.
 */
import type { Refused } from './admission';
import { now, within } from './ambient';
import type { Amended, Amendment } from './amendments';
import type { DataActSpec, DataChange, Definition } from './definition';
import type { DueEntry, DueTable } from './due-table';
import type { LiveMachine } from './live-machine';
import { leavesOf } from './nodes';
import type { Act, Cite, Instant, Json, Moved } from './types';

type Frame = Parameters<typeof within>[0];

interface Parts {
  definition: Definition;
  machine: LiveMachine;
  table: DueTable;
}

interface Before {
  /** What the case went by until now. */
  before: Json;
  asOf: (at: Instant, wake: Instant, data: Json) => Frame;
  data: Json;
}

const eventOf = (clock: string): string => `clock.${clock}`;

/** Whether an entry belongs to a clock of the definition, not to its machine. */
export const isClock = ({ name, event }: DueEntry): boolean => event.type === eventOf(name);

/** What a delay is told of an event when it is counted anew: there is none, and none may be asked. */
const RECOUNT = { type: 'runtime.recount' };

/** Within the step of the change, whose data already stand. */
export function alter(parts: Parts, change: DataChange, before: Before): void {
  const { machine, table, definition } = parts;
  const moved = [...(change.recount ? recount(parts, before) : []), ...redated(parts, change.redate)];
  const said = { from: '(root)', ...(change.cite === undefined ? {} : { cite: change.cite }) };
  if (change.context !== undefined) machine.write(change.context, said);
  else if (change.cite !== undefined) machine.note(said);
  for (const clock of [...(change.stop ?? []), ...(change.start ?? [])]) table.cancel(eventOf(clock));
  for (const name of change.start ?? []) {
    const clock = definition.clocks?.[name];
    if (!clock) throw new Error(`there is no clock '${name}'`);
    const id = eventOf(name);
    table.arm({ id, name, event: { type: id }, delay: clock.delay(), armedAt: now(), policy: 'deadline' });
  }
  change.effects?.(moved, { snapshot: machine.snapshot, state: leavesOf(machine.nodes) });
}

function recount(parts: Parts, before: Before): Moved[] {
  const at = now();
  return redated(parts, (_, __, entry) => recounted(parts, entry, before, at));
}

/** Undefined where the delay does not explain when the entry is due: then something else does, and it stands. */
function recounted(parts: Parts, entry: DueEntry, { before, data, asOf }: Before, at: Instant): Instant | undefined {
  const was = dueBy(parts, entry, before, asOf);
  if (was === undefined || was !== entry.dueAt) return undefined;
  return Math.max(dueBy(parts, entry, data, asOf)!, at);
}

/** What a change would move at an instant. Nothing moves. */
export function foreseen(parts: Parts, { recount: counts }: DataChange, before: Before, at: Instant): Moved[] {
  if (!counts) return [];
  return parts.table.entries.flatMap((entry) => {
    const to = recounted(parts, entry, before, at) ?? entry.dueAt;
    return movedBy(parts, entry, to);
  });
}

function movedBy({ definition }: Pick<Parts, 'definition'>, { name, dueAt: from }: DueEntry, to: Instant): Moved[] {
  const { label = name, hidden } = definition.delays?.[name] ?? {};
  return to === from || hidden ? [] : [{ name, label, from, to }];
}

/** When an entry is due by some data, asked of its delay as at the instant at which it was armed. */
function dueBy({ definition, machine }: Parts, entry: DueEntry, data: Json, asOf: Before['asOf']): Instant | undefined {
  const { name, armedAt, wokenAt = armedAt } = entry;
  const { context } = machine.snapshot;
  const delays = definition.machine.implementations.delays as Record<string, unknown>;
  const delay = isClock(entry) ? definition.clocks?.[name]?.delay : delays[name];
  if (typeof delay !== 'function') return undefined;
  return (
    armedAt + Math.round(within(asOf(armedAt, wokenAt, data), () => delay({ context, event: RECOUNT }, undefined)))
  );
}

function redated(
  parts: Parts,
  dueAt: ((name: string, armedAt: Instant, entry: DueEntry) => Instant | undefined) | undefined,
): Moved[] {
  if (!dueAt) return [];
  const moved: Moved[] = [];
  parts.table.redate((entry) => {
    const to = dueAt(entry.name, entry.armedAt, entry) ?? entry.dueAt;
    moved.push(...movedBy(parts, entry, to));
    return to;
  });
  return moved;
}

export class DataAct implements Amendment {
  readonly isFinal = true;

  constructor(
    private readonly spec: DataActSpec,
    private readonly amended: Amended,
  ) {}

  get cite(): Cite | undefined {
    return this.spec.cite;
  }

  amiss({ type }: Act): Refused | undefined {
    if (this.spec.isOpen(this.amended.data())) return undefined;
    return { outcome: 'not-accepted', refusal: { code: 'not-accepted-here', params: { event: type } } };
  }

  carryOut(act: Act): void {
    const { data, alter } = this.amended;
    const { cite, change } = this.spec;
    alter({ ...(cite === undefined ? {} : { cite }), ...change(act, data()) });
  }
}
