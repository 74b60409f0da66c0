/**
 * Writing the record. A flush happens before Temporal has committed the step, so its rows are unconfirmed: a worker that
 * is killed in between leaves rows behind which never were, and the case writes others in their place. Whoever writes last
 * wins among unconfirmed rows; what was replaced is kept aside and taken back if the case turns out to stand on it (a
 * worker thought dead may write after its successor). A confirmed row is never replaced.
 */

import { sql } from 'kysely';
import { GENESIS } from '../../workflows/runtime/workflow/record';
import type { FlushBatch, Head, RecordEntry } from '../../workflows/runtime/workflow/types';
import { noteActs, noteActsAnew } from './acts';
import { checkBatch, recordRow, tellRows } from './batch';
import { dropErrands, releaseErrands, writeErrands } from './errand-rows';
import { LedgerConflict, LedgerRefusal } from './errors';
import { type ConfirmedLink, happeningsOf, publish } from './feed';
import { project, type Shown, unlist } from './projection';
import { withdrawRecalled } from './recalls';
import type { RecordRow, TellRow } from './rows';
import { inPortions, ofCase, type Reader, type Store, type Writer } from './store';

export interface Tail {
  case: string;
  /** The last entry of its record, not confirmed. */
  head: Head;
  /** When the oldest unconfirmed entry was written. */
  since: number;
}

export interface Confirmed {
  /** Entries that are confirmed from now on. */
  confirmed: number;
  /** Entries beyond the case's head that were moved aside. */
  abandoned: number;
}

export async function flush(store: Store, batch: FlushBatch): Promise<Head> {
  checkBatch(batch);
  return store.write(ofCase(batch.case), async (writer) => {
    const { case: caseId, committed, entries } = batch;
    const at = store.clock();
    const confirmed =
      committed.sequence > 0 ? await confirmThrough(writer, caseId, await standOn(writer, caseId, committed, at)) : [];
    const first = entries[0];
    if (first && first.sequence > 1)
      await continues(writer, caseId, { sequence: first.sequence - 1, hash: first.previous }, at);
    await writeFresh(writer, batch, at);
    const head = await headOf(writer, caseId);
    await publish(writer, confirmed.flatMap(happeningsOf));
    return head;
  });
}

/**
 * Confirms everything through the head the case itself names. A head the ledger does not know yet changes nothing.
 * Unconfirmed entries beyond it are moved aside once all of them were written before `abandonBefore`.
 */
export function confirm(store: Store, caseId: string, head: Head, abandonBefore?: number): Promise<Confirmed> {
  return store.write(ofCase(caseId), async (writer) => {
    const at = store.clock();
    const found = head.sequence > 0 ? await follow(writer, caseId, head, at) : 'unknown';
    if (found === 'unknown') return { confirmed: 0, abandoned: 0 };
    const confirmed = await confirmThrough(writer, caseId, head);
    const beyond = abandonBefore === undefined ? [] : await rowsFrom(writer, caseId, head.sequence + 1);
    const stale = beyond.length > 0 && beyond.every((row) => row.first_written_at <= (abandonBefore ?? 0));
    if (stale) await abandonFrom(writer, caseId, head.sequence + 1, at);
    if (stale) await showHead(writer, caseId);
    await publish(writer, confirmed.flatMap(happeningsOf));
    return { confirmed: confirmed.length, abandoned: stale ? beyond.length : 0 };
  });
}

export function unconfirmedTails(store: Store, olderThanMs: number, now: number): Promise<Tail[]> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('record')
      .select(['case_id', 'sequence', 'hash', 'first_written_at'])
      .where('confirmed', '=', sql.lit(0))
      .execute();
    rows.sort((a, b) => (a.case_id < b.case_id ? -1 : a.case_id > b.case_id ? 1 : a.sequence - b.sequence));
    const tails = new Map<string, Tail>();
    for (const { case_id, sequence, hash, first_written_at } of rows) {
      const since = Math.min(first_written_at, tails.get(case_id)?.since ?? first_written_at);
      tails.set(case_id, { case: case_id, head: { sequence, hash }, since });
    }
    return [...tails.values()].filter(({ since }) => since <= now - olderThanMs);
  });
}

/** The case says Temporal committed `head`: the record must hold it. */
async function standOn(writer: Writer, caseId: string, head: Head, at: number): Promise<Head> {
  if ((await follow(writer, caseId, head, at)) !== 'unknown') return head;
  const standing = await rowAt(writer, caseId, head.sequence);
  if (!standing) throw missing(caseId, head, await headOf(writer, caseId));
  throw conflict(standing, head.hash);
}

async function continues(writer: Writer, caseId: string, before: Head, at: number): Promise<void> {
  if ((await follow(writer, caseId, before, at)) !== 'unknown') return;
  const standing = await rowAt(writer, caseId, before.sequence);
  if (!standing) throw missing(caseId, before, await headOf(writer, caseId));
  throw new LedgerRefusal(
    caseId,
    `entry ${before.sequence + 1} of case ${caseId} links to ${short(before.hash)}, but entry ${before.sequence} of the ` +
      `record is ${short(standing.hash)}; nothing was written, it needs the entry it links to`,
  );
}

/**
 * Makes the record run through `head`. Where another attempt stands in its place, the one the case names is taken back
 * from those moved aside, with everything it was built on.
 */
async function follow(
  writer: Writer,
  caseId: string,
  head: Head,
  at: number,
): Promise<'stands' | 'taken back' | 'unknown'> {
  const lost: RecordRow[] = [];
  let cursor = head;
  while (cursor.sequence > 0) {
    const row = await rowAt(writer, caseId, cursor.sequence);
    if (row?.hash === cursor.hash) break;
    if (row?.confirmed) throw conflict(row, cursor.hash);
    const kept = await abandonedAt(writer, caseId, cursor);
    if (!kept) return 'unknown';
    lost.unshift(kept);
    cursor = { sequence: cursor.sequence - 1, hash: kept.previous };
  }
  const from = lost[0];
  if (!from) return 'stands';
  await abandonFrom(writer, caseId, from.sequence, at);
  for (const row of lost) await takeBack(writer, row);
  await noteActsAnew(writer, caseId);
  await showHead(writer, caseId);
  return 'taken back';
}

async function writeFresh(writer: Writer, batch: FlushBatch, at: number): Promise<void> {
  const { case: caseId, entries, projection } = batch;
  const fresh = await unwritten(writer, caseId, entries);
  const first = fresh[0];
  if (!first) return;
  await abandonFrom(writer, caseId, first.sequence, at);
  const shown = JSON.stringify({ ...projection, drill: batch.drill });
  const rows = fresh.map((entry) => recordRow(entry, at, entry.sequence === projection.sequence ? shown : null));
  await inPortions(rows, (portion) => writer.insertInto('record').values(portion).execute());
  await inPortions(tellRows(batch, fresh), (portion) => writer.insertInto('tell').values(portion).execute());
  await writeErrands(writer, fresh);
  await noteActs(writer, fresh);
  await project(writer, { ...projection, drill: batch.drill });
}

/** The entries from the first one the record does not hold. */
async function unwritten(
  writer: Writer,
  caseId: string,
  entries: readonly RecordEntry[],
): Promise<readonly RecordEntry[]> {
  const first = entries[0];
  if (!first) return [];
  const standing = await writer
    .selectFrom('record')
    .select(['sequence', 'hash'])
    .where('case_id', '=', caseId)
    .where('sequence', '>=', first.sequence)
    .execute();
  const hashes = new Map(standing.map(({ sequence, hash }) => [sequence, hash]));
  const from = entries.findIndex((entry) => hashes.get(entry.sequence) !== entry.hash);
  return from === -1 ? [] : entries.slice(from);
}

/** Moves entries from `sequence` on aside. @throws LedgerConflict when one of them is confirmed */
async function abandonFrom(writer: Writer, caseId: string, sequence: number, at: number): Promise<void> {
  const rows = await rowsFrom(writer, caseId, sequence);
  if (rows.length === 0) return;
  const confirmed = rows.find((row) => row.confirmed === 1);
  if (confirmed) throw conflict(confirmed);
  const tells = await writer
    .selectFrom('tell')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('sequence', '>=', sequence)
    .execute();
  for (const { confirmed: _, ...row } of rows) {
    const own = JSON.stringify(tells.filter((tell) => tell.sequence === row.sequence));
    await writer
      .insertInto('abandoned')
      .values({ ...row, abandoned_at: at, tells: own })
      .onConflict((on) => on.columns(['case_id', 'sequence', 'hash']).doUpdateSet({ abandoned_at: at, tells: own }))
      .execute();
  }
  await writer.deleteFrom('tell').where('case_id', '=', caseId).where('sequence', '>=', sequence).execute();
  await dropErrands(writer, caseId, sequence, rows);
  await writer.deleteFrom('record').where('case_id', '=', caseId).where('sequence', '>=', sequence).execute();
  await noteActsAnew(writer, caseId);
  if (sequence === 1) await unlist(writer, caseId);
}

async function takeBack(writer: Writer, row: RecordRow): Promise<void> {
  const { case_id, sequence, hash } = row;
  const here = writer
    .selectFrom('abandoned')
    .select('tells')
    .where('case_id', '=', case_id)
    .where('sequence', '=', sequence)
    .where('hash', '=', hash);
  const { tells } = await here.executeTakeFirstOrThrow();
  await writer.insertInto('record').values(row).execute();
  await inPortions(JSON.parse(tells) as TellRow[], (portion) => writer.insertInto('tell').values(portion).execute());
  await writeErrands(writer, [JSON.parse(row.entry) as RecordEntry]);
  await writer
    .deleteFrom('abandoned')
    .where('case_id', '=', case_id)
    .where('sequence', '=', sequence)
    .where('hash', '=', hash)
    .execute();
}

/** Looks at no link but those that are not confirmed yet, and the one before them, which has kept its projection. */
async function confirmThrough(writer: Writer, caseId: string, { sequence }: Head): Promise<ConfirmedLink[]> {
  const links = await writer
    .updateTable('record')
    .set({ confirmed: 1 })
    .where('case_id', '=', caseId)
    .where('sequence', '<=', sequence)
    .where('confirmed', '=', sql.lit(0))
    .returning(['case_id', 'sequence', 'entry', 'projection'])
    .execute();
  links.sort((a, b) => a.sequence - b.sequence);
  const [first] = links;
  if (!first) return [];
  await writer
    .updateTable('tell')
    .set({ confirmed: 1 })
    .where('case_id', '=', caseId)
    .where('sequence', '>=', first.sequence)
    .where('sequence', '<=', sequence)
    .execute();
  await releaseErrands(writer, links);
  await writer
    .updateTable('record')
    .set({ projection: null })
    .where('case_id', '=', caseId)
    .where('sequence', '>=', first.sequence - 1)
    .where('sequence', '<', sequence)
    .execute();
  await withdrawRecalled(writer, links);
  return links;
}

/** Lists show the head again after entries were moved aside. */
async function showHead(writer: Writer, caseId: string): Promise<void> {
  const { sequence } = await headOf(writer, caseId);
  const row = await rowAt(writer, caseId, sequence);
  if (!row) await unlist(writer, caseId);
  else if (row.projection !== null) await project(writer, JSON.parse(row.projection) as Shown);
}

export async function headOf(reader: Reader, caseId: string): Promise<Head> {
  const head = await reader
    .selectFrom('record')
    .select(['sequence', 'hash'])
    .where('case_id', '=', caseId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return head ?? { sequence: 0, hash: GENESIS };
}

function rowAt(writer: Writer, caseId: string, sequence: number): Promise<RecordRow | undefined> {
  return writer
    .selectFrom('record')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('sequence', '=', sequence)
    .executeTakeFirst();
}

function rowsFrom(writer: Writer, caseId: string, sequence: number): Promise<RecordRow[]> {
  return writer
    .selectFrom('record')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('sequence', '>=', sequence)
    .orderBy('sequence')
    .execute();
}

async function abandonedAt(writer: Writer, caseId: string, { sequence, hash }: Head): Promise<RecordRow | undefined> {
  const row = await writer
    .selectFrom('abandoned')
    .select(['case_id', 'sequence', 'hash', 'previous', 'entry', 'first_written_at', 'projection'])
    .where('case_id', '=', caseId)
    .where('sequence', '=', sequence)
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row && { ...row, confirmed: 0 };
}

const short = (hash: string): string => `${hash.slice(0, 12)}…`;

function missing(caseId: string, wanted: Head, head: Head): LedgerRefusal {
  return new LedgerRefusal(
    caseId,
    `the record of case ${caseId} ends with entry ${head.sequence}, but what was handed over follows entry ` +
      `${wanted.sequence}; nothing was written, it needs the entries in between`,
  );
}

function conflict(row: RecordRow, claimed?: string): LedgerConflict {
  const stands = row.confirmed ? 'is confirmed as' : 'stands as';
  const other = claimed === undefined ? 'another one' : short(claimed);
  return new LedgerConflict(
    row.case_id,
    row.sequence,
    `entry ${row.sequence} of case ${row.case_id} ${stands} ${short(row.hash)}, but the case says it is ${other}; ` +
      'nothing was written: look for a second case under this id or a record changed by hand',
  );
}
