/** Registers beside the record: numbers of cases, who is behind a hash, what entrances refused. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Store } from './store';

export interface NumberQuery {
  /** Such as `SI` for supervision items. */
  series: string;
  year: number;
  /** What the number is for. The same key of a series is always given the same number. */
  key: string;
}

export interface GivenNumber {
  /** Such as `SI-2026-0001`. */
  id: string;
  series: string;
  year: number;
  number: number;
  /** False when the key had its number already. */
  fresh: boolean;
}

export interface RefusalLine {
  at: Instant;
  entrance: string;
  seat: string;
  actType: string;
  actId: string;
  /** Absent where there is no case yet. */
  case?: string;
  code: string;
}

const DIGITS = 4;

export function giveNumber(store: Store, { series, year, key }: NumberQuery): Promise<GivenNumber> {
  return store.write(`numbers of cases ${series}`, async (writer) => {
    const given = await writer
      .selectFrom('case_number')
      .select(['year', 'number'])
      .where('series', '=', series)
      .where('business_key', '=', key)
      .executeTakeFirst();
    if (given) return numbered(series, given.year, given.number, false);
    const { next } = await writer
      .insertInto('number_series')
      .values({ series, year, next: 2 })
      .onConflict((on) =>
        on.columns(['series', 'year']).doUpdateSet((eb) => ({ next: eb('number_series.next', '+', 1) })),
      )
      .returning('next')
      .executeTakeFirstOrThrow();
    const number = next - 1;
    await writer
      .insertInto('case_number')
      .values({ series, year, number, business_key: key, given_at: store.clock() })
      .execute();
    return numbered(series, year, number, true);
  });
}

function numbered(series: string, year: number, number: number, fresh: boolean): GivenNumber {
  return { id: `${series}-${year}-${String(number).padStart(DIGITS, '0')}`, series, year, number, fresh };
}

/** Keeps who is behind an actor hash of the record. */
export async function rememberPerson(store: Store, actor: string, person: string): Promise<void> {
  await store.note((writer) =>
    writer
      .insertInto('person')
      .values({ actor, person })
      .onConflict((on) => on.column('actor').doNothing())
      .execute(),
  );
}

export function personOf(store: Store, actor: string): Promise<string | undefined> {
  return store.read(async (reader) => {
    const row = await reader.selectFrom('person').select('person').where('actor', '=', actor).executeTakeFirst();
    return row?.person;
  });
}

/** Erases who a person's hashes stand for; the record stays as it is. */
export async function forgetPerson(store: Store, person: string): Promise<void> {
  await store.note((writer) => writer.deleteFrom('person').where('person', '=', person).execute());
}

export async function logRefusal(store: Store, line: RefusalLine): Promise<void> {
  const { actType, actId, case: caseId, ...rest } = line;
  const row = { id: randomUUID(), ...rest, act_type: actType, act_id: actId, case_id: caseId ?? null };
  await store.note((writer) => writer.insertInto('refusal_log').values(row).execute());
}

/** Newest first. */
export function listRefusals(
  store: Store,
  { case: caseId, since, limit = 100 }: { case?: string; since?: Instant; limit?: number },
): Promise<RefusalLine[]> {
  return store.read(async (reader) => {
    let query = reader.selectFrom('refusal_log').selectAll().orderBy('at', 'desc').orderBy('id').limit(limit);
    if (caseId !== undefined) query = query.where('case_id', '=', caseId);
    if (since !== undefined) query = query.where('at', '>=', since);
    return (await query.execute()).map(({ id: _, act_type, act_id, case_id, ...line }) => ({
      ...line,
      actType: act_type,
      actId: act_id,
      ...(case_id === null ? {} : { case: case_id }),
    }));
  });
}

/** Refusals are kept a year. Answers how many were dropped. */
export function dropRefusals(store: Store, before: Instant): Promise<number> {
  return store.note(async (writer) => {
    const { numDeletedRows } = await writer.deleteFrom('refusal_log').where('at', '<', before).executeTakeFirst();
    return Number(numDeletedRows);
  });
}
