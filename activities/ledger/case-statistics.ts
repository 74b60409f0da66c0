/** How much there is, how much of it is late, and whose it is. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Reader, Store } from './store';

export interface CaseStatisticsQuery {
  /** From this instant on; without limit unless told. */
  since?: Instant | undefined;
  /** Before this instant. */
  until?: Instant | undefined;
  /** Only cases led by it. */
  unit?: string | undefined;
  procedure?: string | undefined;
}

export interface CaseStatistics {
  /** Opened within the time asked for. */
  opened: number;
  /** Closed within it. */
  closed: number;
  /** Open now, by the state of the main region (`summary.mainState`, or else the first state). */
  open: { [state: string]: number };
  /** Open now and overdue. */
  overdue: number;
  /** Lead units with their cases, in the order of their ids; cases without one under an empty id. */
  units: UnitStatistics[];
}

export interface UnitStatistics {
  unit: string;
  open: number;
  overdue: number;
  /** Closed within the time asked for: by the last date set and never having missed one. */
  onTime: number;
  /** Closed within it, after the last date set or having missed one. */
  late: number;
  /** Closed within it without any date. */
  undated: number;
}

export function caseStatistics(store: Store, query: CaseStatisticsQuery): Promise<CaseStatistics> {
  return store.read(async (reader) => {
    const { n: opened } = await within(casesOf(reader, query), 'opened_at', query)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const open = await casesOf(reader, query)
      .where('status', '=', 'open')
      .select(({ fn }) => ['unit', 'main_state', 'overdue', fn.countAll<number>().as('n')])
      .groupBy(['unit', 'main_state', 'overdue'])
      .execute();
    const closed = await within(casesOf(reader, query), 'closed_at', query)
      .where('status', '=', 'closed')
      .select(({ fn }) => ['unit', 'late', fn.countAll<number>().as('n')])
      .groupBy(['unit', 'late'])
      .execute();
    const units = [...new Set([...open, ...closed].map(({ unit }) => unit))].sort();
    return {
      opened,
      closed: sum(closed),
      open: byState(open),
      overdue: sum(open.filter(isOverdue)),
      units: units.map((unit) => {
        const here = (row: { unit: string }) => row.unit === unit;
        const ended = (late: number | null) => sum(closed.filter((row) => here(row) && row.late === late));
        return {
          unit,
          open: sum(open.filter(here)),
          overdue: sum(open.filter((row) => here(row) && isOverdue(row))),
          onTime: ended(0),
          late: ended(1),
          undated: ended(null),
        };
      }),
    };
  });
}

function casesOf(reader: Reader, { unit, procedure }: CaseStatisticsQuery) {
  let query = reader.selectFrom('case_view');
  if (unit !== undefined) query = query.where('unit', '=', unit);
  if (procedure !== undefined) query = query.where('procedure', '=', procedure);
  return query;
}

function within(
  cases: ReturnType<typeof casesOf>,
  column: 'opened_at' | 'closed_at',
  { since, until }: CaseStatisticsQuery,
) {
  let query = cases;
  if (since !== undefined) query = query.where(column, '>=', since);
  if (until !== undefined) query = query.where(column, '<', until);
  return query;
}

function byState(open: readonly { main_state: string; n: number }[]): { [state: string]: number } {
  const counted: { [state: string]: number } = {};
  for (const { main_state, n } of open) counted[main_state] = (counted[main_state] ?? 0) + n;
  return counted;
}

const isOverdue = ({ overdue }: { overdue: number }): boolean => overdue === 1;

const sum = (rows: readonly { n: number }[]): number => rows.reduce((total, { n }) => total + n, 0);
