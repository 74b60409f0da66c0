/** Who acted in which case, as the record says: the seat, its unit, and the leader on whose word it was. */
import { parseInstant } from '../../workflows/law';
import type { Json, RecordEntry } from '../../workflows/runtime/workflow/types';
import { objectOf } from './batch';
import { procedureOf } from './projection';
import type { ActedTable } from './schema';
import { inPortions, type Writer } from './store';

/** Notes the acts of entries that follow what has been noted of their case. */
export async function noteActs(writer: Writer, entries: readonly RecordEntry[]): Promise<void> {
  await inPortions(lastActs(entries), (portion) =>
    writer
      .insertInto('acted')
      .values(portion)
      .onConflict((on) =>
        on.columns(['case_id', 'party']).doUpdateSet(({ ref }) => ({
          acted_at: ref('excluded.acted_at'),
          sequence: ref('excluded.sequence'),
          procedure: ref('excluded.procedure'),
        })),
      )
      .execute(),
  );
}

/** Of the entries of one case, in order. */
export function lastActs(entries: readonly RecordEntry[]): ActedTable[] {
  const last = new Map<string, ActedTable>();
  for (const entry of entries) for (const row of actsOf(entry)) last.set(row.party, row);
  return [...last.values()];
}

/** Notes the acts of a case anew, after its record has been changed. */
export async function noteActsAnew(writer: Writer, caseId: string): Promise<void> {
  await writer.deleteFrom('acted').where('case_id', '=', caseId).execute();
  const rows = await writer
    .selectFrom('record')
    .select('entry')
    .where('case_id', '=', caseId)
    .orderBy('sequence')
    .execute();
  await noteActs(
    writer,
    rows.map(({ entry }) => JSON.parse(entry) as RecordEntry),
  );
}

function actsOf({ case: case_id, machine, sequence, receivedAt, by }: RecordEntry): ActedTable[] {
  const { seat, unit, onWordOf } = objectOf(by);
  const leader = objectOf(onWordOf);
  const named = [seat, unit, leader.seat, leader.unit].filter((one): one is string & Json => typeof one === 'string');
  const procedure = procedureOf(machine);
  const acted_at = parseInstant(receivedAt);
  return [...new Set(named)].map((party) => ({ party, case_id, procedure, acted_at, sequence }));
}
