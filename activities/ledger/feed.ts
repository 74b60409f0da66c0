/**
 * The feed: everything confirmed, in one order, for those outside. Positions are given in the transaction that confirms,
 * as its last step, by whoever holds the one row that knows the last of them: so they are without gaps, and one that is
 * seen is never followed by a lower one that comes late.
 */
import { parseInstant } from '../../workflows/law';
import type { Instant, Json, Projection, RecordEntry } from '../../workflows/runtime/workflow/types';
import { pageSize } from './paging';
import type { FeedTable } from './schema';
import { inPortions, type Reader, type Store, type Writer } from './store';

export type FeedType = 'case.opened' | 'case.step' | 'case.closed' | 'tell.acknowledged';

/** What has happened, for those outside: no content, nothing personal. */
export interface FeedEvent {
  /** From 1 on without gaps. Whoever has seen one never sees a lower one appear later. */
  position: number;
  at: Instant;
  type: FeedType;
  case: string;
  sequence: number;
  /** Of a case: `{machine, state, trigger, hash}`; of an acknowledgement: `{tell, template, recipient, seat, how}`. */
  data: { [key: string]: Json | undefined };
}

export interface FeedQuery {
  /** The last position seen; from the beginning unless told. */
  after?: number | undefined;
  /** At most so many, and never more than 1,000; 100 unless told. */
  limit?: number | undefined;
  case?: string | undefined;
  types?: readonly string[] | undefined;
}

/** In the order of positions. */
export function feed(store: Store, query: FeedQuery): Promise<FeedEvent[]> {
  return store.read((reader) => eventsAfter(reader, query));
}

export async function eventsAfter(reader: Reader, { after = 0, limit, case: caseId, types }: FeedQuery) {
  let query = reader.selectFrom('feed').selectAll().where('position', '>', after).orderBy('position');
  if (caseId !== undefined) query = query.where('case_id', '=', caseId);
  if (types !== undefined) {
    if (types.length === 0) return [];
    query = query.where('type', 'in', types);
  }
  return (await query.limit(pageSize(limit)).execute()).map(eventOf);
}

/** 0 while there are none. */
export function lastPosition(store: Store): Promise<number> {
  return store.read(endOfFeed);
}

export async function endOfFeed(reader: Reader): Promise<number> {
  return (await reader.selectFrom('feed_end').select('position').executeTakeFirst())?.position ?? 0;
}

export type Happening = Omit<FeedTable, 'position'>;

/** The last step of a transaction: until it ends, nobody else gives positions. */
export async function publish(writer: Writer, happenings: readonly Happening[]): Promise<void> {
  const count = happenings.length;
  if (count === 0) return;
  const { position: last } = await writer
    .updateTable('feed_end')
    .set(({ eb }) => ({ position: eb('position', '+', count) }))
    .returning('position')
    .executeTakeFirstOrThrow();
  const rows = happenings.map((happening, i) => ({ position: last - count + 1 + i, ...happening }));
  await inPortions(rows, (portion) => writer.insertInto('feed').values(portion).execute());
}

/** A link that is confirmed. Only the last of a case was kept with a projection that says it is closed. */
export interface ConfirmedLink {
  case_id: string;
  sequence: number;
  entry: string;
  projection: string | null;
}

export function happeningsOf({ case_id, sequence, entry, projection }: ConfirmedLink): Happening[] {
  const { recordedAt, machine, state, trigger, hash } = JSON.parse(entry) as RecordEntry;
  const closed = projection !== null && (JSON.parse(projection) as Projection).status === 'closed';
  const types: FeedType[] = [
    ...(sequence === 1 ? ['case.opened' as const] : []),
    ...(closed ? ['case.closed' as const] : []),
  ];
  const data = JSON.stringify({ machine, state, trigger: trigger.type, hash });
  const at = parseInstant(recordedAt);
  return (types.length > 0 ? types : ['case.step']).map((type) => ({ at, type, case_id, sequence, subject: '', data }));
}

export function eventOf({ position, at, type, case_id, sequence, data }: FeedTable): FeedEvent {
  return { position, at, type: type as FeedType, case: case_id, sequence, data: JSON.parse(data) };
}
