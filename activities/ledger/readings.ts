/** The log of readings: who looked at what, by which seat and entrance. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Store } from './store';

export interface Reading {
  at: Instant;
  /** The salted hash of a person, or the id of a system. */
  reader: string;
  seat: string;
  entrance: string;
  /** `view`, `record`, `list`, `search`, `feed`, `inbox`, `attachment` … */
  what: string;
  case?: string | undefined;
}

export interface ReadingQuery {
  case?: string | undefined;
  reader?: string | undefined;
  since?: Instant | undefined;
  limit?: number | undefined;
}

export async function logReading(store: Store, { case: caseId, ...reading }: Reading): Promise<void> {
  const row = { id: randomUUID(), ...reading, case_id: caseId ?? null };
  await store.note((writer) => writer.insertInto('reading_log').values(row).execute());
}

/** Newest first. */
export function listReadings(
  store: Store,
  { case: caseId, reader: who, since, limit = 100 }: ReadingQuery,
): Promise<Reading[]> {
  return store.read(async (reader) => {
    let query = reader.selectFrom('reading_log').selectAll().orderBy('at', 'desc').orderBy('id').limit(limit);
    if (caseId !== undefined) query = query.where('case_id', '=', caseId);
    if (who !== undefined) query = query.where('reader', '=', who);
    if (since !== undefined) query = query.where('at', '>=', since);
    return (await query.execute()).map(({ id: _, case_id, ...reading }) => ({
      ...reading,
      ...(case_id === null ? {} : { case: case_id }),
    }));
  });
}

/** Answers how many were dropped. */
export function dropReadings(store: Store, before: Instant): Promise<number> {
  return store.note(async (writer) => {
    const { numDeletedRows } = await writer.deleteFrom('reading_log').where('at', '<', before).executeTakeFirst();
    return Number(numDeletedRows);
  });
}
