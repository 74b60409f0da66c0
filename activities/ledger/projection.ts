/** What lists show of a case, as its last flush said. */
import type { Projection } from '../../workflows/runtime/workflow/types';
import { objectOf } from './batch';
import type { CaseKeyTable } from './schema';
import type { Writer } from './store';

export async function project(writer: Writer, shown: Projection & { drill: boolean }): Promise<void> {
  const row = {
    machine: shown.machine,
    status: shown.status,
    state: JSON.stringify(shown.state),
    deadlines: JSON.stringify(shown.deadlines),
    summary: JSON.stringify(shown.summary ?? null),
    sequence: shown.sequence,
    drill: shown.drill ? (1 as const) : (0 as const),
  };
  await writer
    .insertInto('case_view')
    .values({ case_id: shown.case, ...row })
    .onConflict((on) => on.column('case_id').doUpdateSet(row))
    .execute();
  await writer.deleteFrom('case_key').where('case_id', '=', shown.case).execute();
  const keys = keysOf(shown);
  if (keys.length > 0) await writer.insertInto('case_key').values(keys).execute();
}

export async function unlist(writer: Writer, caseId: string): Promise<void> {
  await writer.deleteFrom('case_view').where('case_id', '=', caseId).execute();
  await writer.deleteFrom('case_key').where('case_id', '=', caseId).execute();
}

/** By `summary.unit` and `summary.units`, and by each state's path and every part of it. */
function keysOf({ case: case_id, state, summary }: Projection): CaseKeyTable[] {
  const { unit, units } = objectOf(summary);
  const named = [unit, ...(Array.isArray(units) ? units : [])].filter((id) => typeof id === 'string');
  const states = state.flatMap((path) => [path, ...path.split('.')]);
  const key = (kind: CaseKeyTable['kind']) => (value: string) => ({ kind, value, case_id });
  return [...[...new Set(named)].map(key('unit')), ...[...new Set(states)].map(key('state'))];
}
