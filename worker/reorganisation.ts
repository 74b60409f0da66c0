/**
 * Open cases follow their units: a merger, split or renaming that the directory says has happened. Each case is sent one
 * notice and takes it as one recorded step; what it changed stands in its record and can be taken back by the batch. Run
 * again after a kill, it goes on with the cases that are left: a case that has moved names nothing old any more.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Directory, Reorganisation } from '../activities/directory';
import type { Ledger } from '../activities/ledger';
import {
  DIRECTORY,
  type Procedure,
  reorganised,
  restored,
  UNIT_CHANGED,
  type UnitChange,
  type UnitChanged,
  unfit,
} from '../workflows/procedures/kit';
import { type CaseClient, NoSuchCase, Unreachable } from '../workflows/runtime/client';
import type { CaseView, Json, RecordEntry } from '../workflows/runtime/workflow';
import type { Batches } from './reorganisation-batches';

export interface Parts {
  ledger: Pick<Ledger, 'listPage' | 'record'>;
  cases: Pick<CaseClient, 'view' | 'notify'>;
  directory: Directory;
  procedures: readonly Procedure[];
  /** How long a case may take to take its notice. */
  patienceMs?: number;
}

export type CaseOutcome =
  /** It would be changed. */
  | 'would-move'
  | 'moved'
  | 'restored'
  /** Of a split unit: which of the new ones has it, a person says. */
  | 'to-choose'
  /** It would become no case of its procedure. */
  | 'unfit'
  | 'unknown-procedure'
  | 'closed'
  /** What was to be taken back was changed by somebody since. */
  | 'changed-since'
  /** Sent, and not taken within the time: a worker is away, or the case runs on a build that does not know it. */
  | 'not-taken';

export interface CaseReport {
  case: string;
  outcome: CaseOutcome;
  changes: UnitChange[];
  /** Of a split: between which. */
  choices?: string[];
  why?: string;
}

export interface Orders {
  reorganisation: Reorganisation;
  /** Of a split: the unit a case goes to. */
  choices?: ReadonlyMap<string, string>;
}

/** What would become of every open case that names an old unit; those it does not concern are not told. */
export async function planned(parts: Parts, orders: Orders): Promise<CaseReport[]> {
  const reports: CaseReport[] = [];
  for await (const ids of openCases(parts.ledger))
    reports.push(...(await each(ids, (id) => plannedFor(parts, orders, id))).filter((one) => one !== undefined));
  return reports;
}

export interface Applying extends Orders {
  batch: string;
  by: string;
  batches: Batches;
  onCase?: (report: CaseReport) => void;
}

/** Moves them. */
export async function applied(parts: Parts, orders: Applying): Promise<CaseReport[]> {
  const { batches, batch, by, reorganisation, onCase = () => {} } = orders;
  const plan = await planned(parts, orders);
  const moving = plan.filter(({ outcome }) => outcome === 'would-move').map((one) => one.case);
  batches.begin({ batch, reorganisation: reorganisation.id, by, cases: moving });
  const reports = await each(plan, async (report) => {
    const done = report.outcome === 'would-move' ? await move(parts, orders, report) : report;
    onCase(done);
    return done;
  });
  if (reports.every(({ outcome }) => outcome !== 'not-taken')) batches.finish(batch);
  return reports;
}

export interface Undoing {
  batch: string;
  by: string;
  batches: Batches;
  onCase?: (report: CaseReport) => void;
}

/** Takes back what a batch changed, wherever it still stands so. */
export async function undone(parts: Parts, { batch, by, batches, onCase = () => {} }: Undoing): Promise<CaseReport[]> {
  const kept = batches.of(batch);
  if (!kept) throw new Error(`there is no batch '${batch}'`);
  const reorganisation = parts.directory.reorganisations.find(({ id }) => id === kept.reorganisation);
  const ref = reorganisation?.source ?? kept.reorganisation;
  const reports = await each(kept.cases, async (id) => {
    const report = await takeBack(parts, { batch, by, ref, reorganisation: kept.reorganisation, id });
    if (report) onCase(report);
    return report;
  });
  const found = reports.filter((one) => one !== undefined);
  if (found.every(({ outcome }) => outcome !== 'not-taken')) batches.undo(batch);
  return found;
}

// ---- one case --------------------------------------------------------------------------------------------------

async function plannedFor(parts: Parts, orders: Orders, id: string): Promise<CaseReport | undefined> {
  const view = await viewed(parts, id);
  if (!view || view.status === 'closed') return undefined;
  const procedure = procedureOf(parts, view);
  const { ids, undecided } = idsFor(parts.directory, orders, id);
  const units = procedure ? unitsOf(procedure) : { correctable: [] };
  const waiting = Object.keys(undecided).filter(
    (old) => reorganised(view.context, seatsInto(parts.directory, old, undecided[old]![0]!), units).changes.length > 0,
  );
  const { context, changes } = reorganised(view.context, ids, units);
  if (waiting.length > 0) {
    const choices = waiting.flatMap((old) => undecided[old]!);
    const why = `${waiting.join(', ')} was split; say by --choose ${id}=${choices[0]} which unit has it`;
    return { case: id, outcome: 'to-choose', changes: [], choices, why };
  }
  if (changes.length === 0) return undefined;
  if (!procedure)
    return { case: id, outcome: 'unknown-procedure', changes, why: `this version does not run '${view.machine}'` };
  const amiss = unfit(context, unitsOf(procedure));
  return amiss === undefined
    ? { case: id, outcome: 'would-move', changes }
    : { case: id, outcome: 'unfit', changes, why: amiss };
}

async function move(parts: Parts, orders: Applying, report: CaseReport): Promise<CaseReport> {
  const { batch, by, reorganisation } = orders;
  const { ids } = idsFor(parts.directory, orders, report.case);
  const payload: UnitChanged = {
    batch,
    reorganisation: reorganisation.id,
    ref: reorganisation.source,
    by,
    ids,
    names: namesOf(parts.directory, ids),
  };
  const isMoved = (view: CaseView) => {
    const procedure = procedureOf(parts, view);
    return procedure !== undefined && reorganised(view.context, ids, unitsOf(procedure)).changes.length === 0;
  };
  return sent(parts, report, payload, { isDone: isMoved, outcome: 'moved' });
}

interface TakingBack {
  batch: string;
  by: string;
  ref: string;
  reorganisation: string;
  id: string;
}

async function takeBack(
  parts: Parts,
  { id, batch, by, ref, reorganisation }: TakingBack,
): Promise<CaseReport | undefined> {
  const changes = changesOf(await recordOf(parts, id), batch);
  if (changes.length === 0) return undefined;
  const view = await viewed(parts, id);
  if (!view || view.status === 'closed') return { case: id, outcome: 'closed', changes };
  const back = restored(view.context, changes).changes;
  if (back.length === 0)
    return { case: id, outcome: 'changed-since', changes, why: 'what the batch changed was changed by somebody since' };
  const old = back.flatMap(({ after }) => unitsIn(after)).filter((unit) => parts.directory.unit(unit));
  const ids = Object.fromEntries(
    back.flatMap(({ before, after }) =>
      unitsIn(before).flatMap((from) =>
        unitsIn(after)
          .slice(0, 1)
          .map((to) => [from, to]),
      ),
    ),
  );
  const names = Object.fromEntries(old.map((unit) => [unit, parts.directory.nameOf(unit, 'hans')]));
  const payload: UnitChanged = {
    batch,
    reorganisation,
    ref,
    by,
    ids,
    names,
    restore: changes as UnitChanged['restore'],
  };
  const isRestored = (now: CaseView) => restored(now.context, changes).changes.length === 0;
  const report: CaseReport = { case: id, outcome: 'would-move', changes: back };
  const outcome = back.length === changes.length ? 'restored' : 'changed-since';
  return sent(parts, report, payload, { isDone: isRestored, outcome });
}

/** Sends a notice and waits until the case has taken it. */
async function sent(
  { cases, patienceMs = PATIENCE_MS }: Parts,
  report: CaseReport,
  payload: UnitChanged,
  { isDone, outcome }: { isDone: (view: CaseView) => boolean; outcome: CaseOutcome },
): Promise<CaseReport> {
  const seq = Date.now();
  const id = `${payload.batch}:${report.case}:${seq}`;
  const notice = { id, from: DIRECTORY, seq, type: UNIT_CHANGED, payload: payload as unknown as Json };
  try {
    if ((await cases.notify(report.case, notice)) === 'closed') return { ...report, outcome: 'closed' };
    for (const until = Date.now() + patienceMs; Date.now() < until; await pause(LOOK_MS)) {
      const view = await cases.view(report.case);
      if (isDone(view)) return { ...report, outcome };
      if (view.status === 'closed') return { ...report, outcome: 'closed' };
    }
    const why =
      "the case did not take it: see that a worker runs, and that it is not on an older build ('zhengling upgrade'); then run this again";
    return { ...report, outcome: 'not-taken', why };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { ...report, outcome: 'not-taken', why: error.message };
  }
}

// ---- what is asked ---------------------------------------------------------------------------------------------

const PAGE = 500;
const AT_ONCE = 8;
const PATIENCE_MS = 15_000;
const LOOK_MS = 50;

async function* openCases(ledger: Parts['ledger']): AsyncGenerator<string[]> {
  for (let after: string | undefined; ; ) {
    const { items, next } = await ledger.listPage({ status: 'open', limit: PAGE, ...(after ? { after } : {}) });
    yield items.map((one) => one.case);
    if (next === undefined) return;
    after = next;
  }
}

/** In their order, so many at a time. */
async function each<T, R>(things: readonly T[], of: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = [...things.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await of(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

/** Undefined where Temporal has forgotten it: closed long ago, and the list is behind. */
async function viewed({ cases }: Parts, id: string): Promise<CaseView | undefined> {
  return cases.view(id).catch((error: unknown) => {
    if (error instanceof NoSuchCase) return undefined;
    throw error;
  });
}

const procedureOf = ({ procedures }: Parts, { machine }: CaseView): Procedure | undefined =>
  procedures.find(({ name }) => machine.startsWith(`${name}@`));

const unitsOf = ({ correctable, unitsKept, definition: { contextSchema } }: Procedure) => ({
  correctable,
  unitsKept,
  contextSchema,
});

/** Which ids take the place of which for one case, and the old units for which nobody has said it. */
function idsFor(
  directory: Directory,
  { reorganisation, choices }: Orders,
  id: string,
): { ids: Record<string, string>; undecided: Record<string, readonly string[]> } {
  const chosen = choices?.get(id);
  const ids: Record<string, string> = {};
  const undecided: Record<string, readonly string[]> = {};
  for (const [old, next] of Object.entries(reorganisation.units)) {
    const to = next.length === 1 ? next[0] : next.find((one) => one === chosen);
    // A part that keeps the name keeps the cases nobody gives to another.
    if (to === undefined && !next.includes(old)) undecided[old] = next;
    if (to !== undefined && to !== old) Object.assign(ids, seatsInto(directory, old, to));
  }
  return { ids, undecided };
}

/** A unit and its seats, each into the same one of another; a deputy that one has not, into the one it has. */
function seatsInto(directory: Directory, old: string, to: string): Record<string, string> {
  const seats = directory.seats.filter(({ unit }) => unit === old).map(({ id }) => id);
  const into = (seat: string): string => {
    const position = seat.slice(old.length);
    const same = `${to}${position}`;
    return directory.seat(same) ? same : `${to}${position.replace(/-\d+$/, '')}`;
  };
  return { [old]: to, ...Object.fromEntries(seats.map((seat) => [seat, into(seat)])) };
}

function namesOf(directory: Directory, ids: Readonly<Record<string, string>>): Record<string, string> {
  const units = Object.values(ids).filter((id) => directory.unit(id));
  return Object.fromEntries(units.map((id) => [id, directory.nameOf(id, 'hans')]));
}

async function recordOf({ ledger }: Parts, id: string): Promise<RecordEntry[]> {
  return (await ledger.record(id)).map(({ entry }) => entry);
}

/** What a batch changed in a case and was not taken back, by its record. */
export function changesOf(record: readonly RecordEntry[], batch: string): UnitChange[] {
  const own = record.flatMap(({ effects }) =>
    effects.filter(({ kind, batch: of }) => kind === 'units-changed' && of === batch),
  );
  const since = own.findLastIndex(({ undone: isUndone }) => isUndone === true) + 1;
  return own.slice(since).flatMap(({ changes }) => changes as unknown as UnitChange[]);
}

function unitsIn(value: Json): string[] {
  const said = JSON.stringify(value).matchAll(/"(?:vmc:)?([A-Z]\d{1,3})(?:-[a-z0-9-]+)?"/g);
  return [...new Set([...said].map(([, unit]) => unit!))];
}
