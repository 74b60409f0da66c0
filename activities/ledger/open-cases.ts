/** What open cases say of themselves to others: who presides, who is away, which of them wait for whom. */
import { sql } from 'kysely';
import type { Absence, Standing } from '../../workflows/law';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { objectOf } from './batch';
import type { Reader, Store } from './store';

const AUTHORITY = 'acting-authority';
const LEAVE = 'leave-request';

export interface OpenCase {
  case: string;
  procedure: string;
}

export interface OpenCasesQuery {
  /** Of one of these; of any unless told. */
  procedures?: readonly string[] | undefined;
  /** Only those that wait for one of these seats, units or functions. */
  awaiting?: readonly string[] | undefined;
  limit?: number | undefined;
  /** The last case of the page before. */
  after?: string | undefined;
}

/** Undefined while no such case is open, or none says it yet. */
export function standing(store: Store): Promise<Standing | undefined> {
  return store.read(standingOf);
}

/** Asked for, granted and open, in the order of their cases. */
export function absences(store: Store): Promise<Absence[]> {
  return store.read(absencesOf);
}

export async function standingOf(reader: Reader): Promise<Standing | undefined> {
  const rows = await summariesOf(reader, AUTHORITY);
  const said = rows.map(({ summary }) => objectOf(objectOf(summary).standing));
  return said.filter((one) => 'version' in one).at(-1) as unknown as Standing | undefined;
}

export async function absencesOf(reader: Reader): Promise<Absence[]> {
  const rows = await summariesOf(reader, LEAVE);
  return rows.flatMap(({ case_id, summary }) => {
    const absence = objectOf(objectOf(summary).absence);
    return 'person' in absence ? [{ ...absence, case: case_id } as unknown as Absence] : [];
  });
}

/** Seats whose holders are away at an instant: gone, and not back. */
export const awaySeats = (all: readonly Absence[], at: Instant): Set<string> =>
  new Set(all.filter(({ state, interval }) => state === 'open' && interval.from <= at).flatMap(({ seats }) => seats));

async function summariesOf(reader: Reader, procedure: string) {
  const rows = await reader
    .selectFrom('case_view')
    .select(['case_id', 'summary'])
    .where('procedure', '=', procedure)
    .where('status', '=', sql.lit('open'))
    .orderBy('case_id')
    .execute();
  return rows.map(({ case_id, summary }) => ({ case_id, summary: JSON.parse(summary) }));
}

/** In the order of their ids, each once. */
export function openCases(
  store: Store,
  { procedures, awaiting, limit = 1_000, after }: OpenCasesQuery,
): Promise<OpenCase[]> {
  if (procedures?.length === 0 || awaiting?.length === 0) return Promise.resolve([]);
  return store.read(async (reader) => {
    if (awaiting !== undefined) {
      let query = reader
        .selectFrom('awaited')
        .select(['case_id', 'procedure'])
        .distinct()
        .where('party', 'in', awaiting)
        .orderBy('case_id')
        .limit(limit);
      if (procedures !== undefined) query = query.where('procedure', 'in', procedures);
      if (after !== undefined) query = query.where('case_id', '>', after);
      return (await query.execute()).map(shown);
    }
    let query = reader
      .selectFrom('case_view')
      .select(['case_id', 'procedure'])
      .where('status', '=', sql.lit('open'))
      .orderBy('case_id')
      .limit(limit);
    if (procedures !== undefined) query = query.where('procedure', 'in', procedures);
    if (after !== undefined) query = query.where('case_id', '>', after);
    return (await query.execute()).map(shown);
  });
}

const shown = ({ case_id, procedure }: { case_id: string; procedure: string }): OpenCase => ({
  case: case_id,
  procedure,
});
