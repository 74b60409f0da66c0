/**
 * What lists show of a case, as its last flush said, and by what they find it. Every row here follows from the record and
 * the projection kept with its head, and can be made anew.
 */
import { parseInstant } from '../../workflows/law';
import type { Instant, Json, Projection, RecordEntry } from '../../workflows/runtime/workflow/types';
import { objectOf } from './batch';
import type { CaseViewRow } from './rows';
import type { AwaitedTable, CaseGramTable, CaseKeyTable } from './schema';
import { inPortions, type Writer } from './store';
import { gramsOf, wordsOf } from './words';

export type Shown = Projection & { drill: boolean };

/** After every date there is: cases without one come last. */
export const NO_DATE = Number.MAX_SAFE_INTEGER;

export async function project(writer: Writer, shown: Shown): Promise<void> {
  const before = await viewRow(writer, shown.case);
  const row = await rowOf(writer, shown, before);
  const { case_id, ...columns } = row;
  await writer
    .insertInto('case_view')
    .values(row)
    .onConflict((on) => on.column('case_id').doUpdateSet(columns))
    .execute();
  const [old, now] = [before && listedBy(before), listedBy(row)];
  if (!same(old?.keys, now.keys)) await writeKeys(writer, case_id, now.keys);
  if (!same(old?.awaited, now.awaited)) await writeAwaited(writer, case_id, now.awaited);
  if (before?.words === row.words) return;
  if (before) await dropGrams(writer, before);
  await writeGrams(writer, row);
}

export async function unlist(writer: Writer, caseId: string): Promise<void> {
  const before = await viewRow(writer, caseId);
  if (before) await dropGrams(writer, before);
  await writer.deleteFrom('case_view').where('case_id', '=', caseId).execute();
  await writeKeys(writer, caseId, []);
  await writeAwaited(writer, caseId, []);
}

function viewRow(writer: Writer, caseId: string): Promise<CaseViewRow | undefined> {
  return writer.selectFrom('case_view').selectAll().where('case_id', '=', caseId).executeTakeFirst();
}

async function rowOf(writer: Writer, shown: Shown, before: CaseViewRow | undefined): Promise<CaseViewRow> {
  const openedAt = before?.opened_at || (await takenAt(writer, shown.case, 1));
  const closedAt = shown.status === 'closed' ? await takenAt(writer, shown.case, shown.sequence) : null;
  return viewRowOf(shown, openedAt, closedAt);
}

export function viewRowOf(shown: Shown, openedAt: Instant, closedAt: Instant | null): CaseViewRow {
  const { case: case_id, machine, status, state, deadlines, summary, sequence, drill } = shown;
  const { mainState, matter, unit, units, due, overdue } = objectOf(summary);
  return {
    case_id,
    machine,
    status,
    state: JSON.stringify(state),
    deadlines: JSON.stringify(deadlines),
    summary: JSON.stringify(summary ?? null),
    sequence,
    drill: drill ? 1 : 0,
    procedure: procedureOf(machine),
    unit: textOf(unit) ?? '',
    main_state: textOf(mainState) ?? state[0] ?? '',
    words: wordsOf([case_id, textOf(matter) ?? '', ...unitsOf(unit, units)]),
    overdue: overdue === true ? 1 : 0,
    opened_at: openedAt,
    closed_at: closedAt,
    late: closedAt === null || typeof due !== 'number' ? null : missedADate(summary, closedAt, due) ? 1 : 0,
  };
}

export const procedureOf = (machine: string): string => machine.split('@')[0] ?? machine;

/** When the entrance received what an entry answers to: our own downtime makes nobody late. */
async function takenAt(writer: Writer, caseId: string, sequence: number): Promise<number> {
  const row = await writer
    .selectFrom('record')
    .select('entry')
    .where('case_id', '=', caseId)
    .where('sequence', '=', sequence)
    .executeTakeFirst();
  return row ? receivedAt(JSON.parse(row.entry)) : 0;
}

export const receivedAt = (entry: Pick<RecordEntry, 'receivedAt'>): Instant => parseInstant(entry.receivedAt);

function missedADate(summary: Json, closedAt: number, due: number): boolean {
  const { missed } = objectOf(summary);
  return closedAt > due || (typeof missed === 'number' && missed > 0);
}

/** Under what a case is listed. Two views that say the same of it need no rows written anew. */
function listedBy(row: CaseViewRow): { keys: CaseKeyTable[]; awaited: AwaitedTable[] } {
  return { keys: keysOf(row), awaited: awaitedOf(row) };
}

/** By `summary.unit` and `summary.units`, by each state's path and every part of it, by the evidence it rests on. */
export function keysOf({ case_id, state, summary }: CaseViewRow): CaseKeyTable[] {
  const { unit, units, leadVms, evidence } = objectOf(JSON.parse(summary));
  const states = (JSON.parse(state) as string[]).flatMap((path) => [path, ...path.split('.')]);
  const key = (kind: CaseKeyTable['kind']) => (value: string) => ({ kind, value, case_id });
  return [
    ...unitsOf(unit, units).map(key('unit')),
    ...textsOf(leadVms).map(key('leader')),
    ...[...new Set(textsOf(evidence))].map(key('evidence')),
    ...[...new Set(states)].map(key('state')),
  ];
}

export function awaitedOf({ case_id, status, procedure, overdue, summary }: CaseViewRow): AwaitedTable[] {
  if (status !== 'open') return [];
  const { awaiting, due } = objectOf(JSON.parse(summary));
  return textsOf(awaiting).map((party) => ({
    party,
    case_id,
    procedure,
    standing: overdue === 1 ? 0 : 1,
    due: typeof due === 'number' ? due : NO_DATE,
  }));
}

async function writeKeys(writer: Writer, caseId: string, keys: CaseKeyTable[]): Promise<void> {
  await writer.deleteFrom('case_key').where('case_id', '=', caseId).execute();
  if (keys.length > 0) await writer.insertInto('case_key').values(keys).execute();
}

async function writeAwaited(writer: Writer, caseId: string, rows: AwaitedTable[]): Promise<void> {
  await writer.deleteFrom('awaited').where('case_id', '=', caseId).execute();
  if (rows.length > 0) await writer.insertInto('awaited').values(rows).execute();
}

function writeGrams(writer: Writer, row: CaseViewRow): Promise<void> {
  return inPortions(gramRowsOf(row), (portion) => writer.insertInto('case_gram').values(portion).execute());
}

export function gramRowsOf({ case_id, opened_at, words }: CaseViewRow): CaseGramTable[] {
  return gramsOf(words).map((gram) => ({ gram, opened_at, case_id }));
}

export function dropGrams(writer: Writer, { case_id, opened_at, words }: CaseViewRow): Promise<void> {
  return inPortions(gramsOf(words), (portion) =>
    writer
      .deleteFrom('case_gram')
      .where('gram', 'in', portion)
      .where('opened_at', '=', opened_at)
      .where('case_id', '=', case_id)
      .execute(),
  );
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

function textsOf(value: Json | undefined): string[] {
  const texts = (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string');
  return [...new Set(texts)];
}

const unitsOf = (unit: Json | undefined, units: Json | undefined): string[] => [
  ...new Set([...(typeof unit === 'string' ? [unit] : []), ...textsOf(units)]),
];
