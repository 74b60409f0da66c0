/**
 * The queue of what cases ask of other cases. Any number of loops take from it: the errands of a case are leased to one of
 * them at a time, the next ones together, and none is handed out before the one before it is settled or in the same hands.
 * Those of unconfirmed entries never are.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { ErrandEffect } from './errand-rows';
import { headOf, type Tail } from './records';
import type { ErrandReceiptRow, ErrandRow } from './rows';
import type { ErrandOutcome, ErrandState } from './schema';
import { inPortions, type Reader, type Store, type Writer } from './store';

export interface ErrandReceipt {
  /** A case; the procedure, where an opening was refused. */
  receiver: string;
  outcome: ErrandOutcome;
  at: Instant;
  /** Why, where it was not done. */
  detail?: string;
}

export interface Errand {
  id: string;
  /** The case that asks. */
  case: string;
  sequence: number;
  position: number;
  effect: ErrandEffect;
  /** When its entry was recorded. */
  at: Instant;
  confirmed: boolean;
  state: ErrandState;
  attempts: number;
  /** Why it is not carried yet, or was given up. */
  lastError?: string;
  settledAt?: Instant;
  /** What became of it, in the order of receivers. */
  receipts: ErrandReceipt[];
}

export interface ClaimedErrand extends Errand {
  /** The same for all of a case. */
  lease: string;
}

export interface ErrandClaim {
  now: Instant;
  leaseMs: number;
  /** At most so many cases. */
  limit: number;
  /** At most so many errands of each. */
  perCase: number;
}

/** What became of a leased errand. `released`: not tried. */
export type ErrandSettlement = { id: string; receipts?: readonly ErrandReceipt[] } & (
  | { state: 'carried'; at: Instant }
  | { state: 'given-up'; at: Instant; error: string }
  | { state: 'pending'; retryAt: Instant; error: string }
  | { state: 'released' }
);

export interface ErrandQuery {
  case?: string;
  state?: ErrandState | readonly ErrandState[];
  limit?: number;
  /** The last one of the page before. */
  after?: Pick<Errand, 'case' | 'sequence' | 'position'>;
}

/** What is neither carried nor given up. */
export interface ErrandBacklog {
  waiting: number;
  oldest?: { id: string; at: Instant; lastError?: string };
}

/** Cases whose records end with unconfirmed entries that ask something of others: they are to be asked for their head. */
export function errandTails(store: Store): Promise<Tail[]> {
  return store.read(async (reader) => {
    const cases = await reader
      .selectFrom('errand')
      .select(['case_id', ({ fn }) => fn.min('at').as('since')])
      .where('confirmed', '=', sql.lit(0))
      .groupBy('case_id')
      .orderBy('case_id')
      .execute();
    const tails: Tail[] = [];
    for (const { case_id, since } of cases)
      tails.push({ case: case_id, head: await headOf(reader, case_id), since: Number(since) });
    return tails;
  });
}

/**
 * The next errands of cases, in the order of each. Rows another transaction is about are left to it. Decided once there is
 * something to decide: usually there is not.
 */
export async function claimErrands(store: Store, claim: ErrandClaim): Promise<ClaimedErrand[]> {
  const waiting = await store.read((reader) => openErrands(reader, claim).limit(1).executeTakeFirst());
  if (!waiting) return [];
  return store.write('the queue of errands', async (writer) => {
    const { now, leaseMs, limit, perCase } = claim;
    const heads = await openErrands(writer, claim)
      .$if(store.kind === 'postgresql', (query) => query.forUpdate().skipLocked())
      .limit(limit)
      .execute();
    const claimed: ErrandRow[] = [];
    for (const { case_id } of heads) {
      const rows = await nextOf(writer, case_id).limit(perCase).execute();
      const held = { state: 'leased', lease: randomUUID(), lease_until: now + leaseMs } as const;
      await writer.updateTable('errand').set(held).where('id', 'in', idsOf(rows)).execute();
      claimed.push(...rows.map((row) => ({ ...row, ...held })));
    }
    const receipts = await receiptsOf(writer, idsOf(claimed));
    return claimed.map((row) => ({ ...errandOf(row, receipts), lease: row.lease ?? '' }));
  });
}

function nextOf(reader: Reader, caseId: string) {
  return reader
    .selectFrom('errand')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('settled_at', 'is', null)
    .where('confirmed', '=', 1)
    .orderBy('sequence')
    .orderBy('position');
}

const isBefore = sql<boolean>`(before.sequence, before.position) < (errand.sequence, errand.position)`;

/** The next one of each case, where it may be carried now. */
function openErrands(reader: Reader, { now }: ErrandClaim) {
  return reader
    .selectFrom('errand')
    .selectAll('errand')
    .where('errand.settled_at', 'is', null)
    .where('errand.confirmed', '=', 1)
    .where('errand.next_at', '<=', now)
    .where((eb) => eb.or([eb('errand.lease_until', 'is', null), eb('errand.lease_until', '<=', now)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('errand as before')
            .select('before.id')
            .whereRef('before.case_id', '=', 'errand.case_id')
            .where('before.settled_at', 'is', null)
            .where(isBefore),
        ),
      ),
    )
    .orderBy('errand.at')
    .orderBy('errand.case_id');
}

/** Prolongs the lease of a case's errands. False when it is not held any more: then they are left to others. */
export function keepErrands(store: Store, caseId: string, lease: string, until: Instant): Promise<boolean> {
  return store.note(async (writer) => {
    const { numUpdatedRows } = await leased(writer, caseId, lease).set({ lease_until: until }).executeTakeFirst();
    return Number(numUpdatedRows) > 0;
  });
}

/** What became of an errand at some of its receivers: the first word stands. */
export function noteReceipts(store: Store, id: string, receipts: readonly ErrandReceipt[]): Promise<void> {
  return store.note((writer) => writeReceipts(writer, id, receipts));
}

/**
 * Writes down what became of leased errands of a case and ends their lease. Where the lease was lost only the receipts are
 * kept. Answers the ids of those that were settled.
 */
export function settleErrands(
  store: Store,
  caseId: string,
  lease: string,
  settlements: readonly ErrandSettlement[],
): Promise<string[]> {
  return store.note(async (writer) => {
    const settled: string[] = [];
    for (const settlement of settlements) {
      const { id, receipts = [] } = settlement;
      await writeReceipts(writer, id, receipts);
      const { numUpdatedRows } = await leased(writer, caseId, lease)
        .where('id', '=', id)
        .set((eb) => ({ lease: null, lease_until: null, ...changes(settlement, eb('attempts', '+', 1)) }))
        .executeTakeFirst();
      if (Number(numUpdatedRows) === 1) settled.push(id);
    }
    return settled;
  });
}

function changes<Attempts>(settlement: ErrandSettlement, attempts: Attempts) {
  switch (settlement.state) {
    case 'carried':
      return { state: settlement.state, settled_at: settlement.at, last_error: null, attempts };
    case 'given-up':
      return { state: settlement.state, settled_at: settlement.at, last_error: settlement.error, attempts };
    case 'pending':
      return { state: settlement.state, next_at: settlement.retryAt, last_error: settlement.error, attempts };
    case 'released':
      return { state: 'pending' as const };
  }
}

function leased(writer: Writer, caseId: string, lease: string) {
  return writer
    .updateTable('errand')
    .where('case_id', '=', caseId)
    .where('settled_at', 'is', null)
    .where('state', '=', 'leased')
    .where('lease', '=', lease);
}

function writeReceipts(writer: Writer, errand_id: string, receipts: readonly ErrandReceipt[]): Promise<void> {
  const rows = receipts.map(({ receiver, outcome, at, detail = null }) => ({
    errand_id,
    receiver,
    outcome,
    at,
    detail,
  }));
  return inPortions(rows, (portion) =>
    writer
      .insertInto('errand_receipt')
      .values(portion)
      .onConflict((on) => on.columns(['errand_id', 'receiver']).doNothing())
      .execute(),
  );
}

/** In the order of cases and steps. */
export function listErrands(store: Store, { case: caseId, state, limit = 100, after }: ErrandQuery): Promise<Errand[]> {
  return store.read(async (reader) => {
    let query = reader
      .selectFrom('errand')
      .selectAll()
      .orderBy('case_id')
      .orderBy('sequence')
      .orderBy('position')
      .limit(limit);
    if (caseId !== undefined) query = query.where('case_id', '=', caseId);
    if (state !== undefined) query = query.where('state', 'in', typeof state === 'string' ? [state] : [...state]);
    if (after !== undefined)
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('case_id', 'sequence', 'position'), '>', tuple(after.case, after.sequence, after.position)),
      );
    const rows = await query.execute();
    const receipts = await receiptsOf(reader, idsOf(rows));
    return rows.map((row) => errandOf(row, receipts));
  });
}

/** Those that were given up, the latest first. */
export function errandsGivenUp(store: Store, limit: number): Promise<Errand[]> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('errand')
      .selectAll()
      .where('state', '=', sql.lit('given-up'))
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    const receipts = await receiptsOf(reader, idsOf(rows));
    return rows.map((row) => errandOf(row, receipts));
  });
}

export function errandBacklog(store: Store): Promise<ErrandBacklog> {
  return store.read(async (reader) => {
    const open = reader.selectFrom('errand').where('settled_at', 'is', null);
    const { n: waiting } = await open.select(({ fn }) => fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
    const oldest = await open.select(['id', 'at', 'last_error']).orderBy('at').limit(1).executeTakeFirst();
    if (!oldest) return { waiting };
    const { id, at, last_error } = oldest;
    return { waiting, oldest: { id, at, ...(last_error === null ? {} : { lastError: last_error }) } };
  });
}

async function receiptsOf(reader: Reader, ids: readonly string[]): Promise<Map<string, ErrandReceiptRow[]>> {
  const receipts = new Map<string, ErrandReceiptRow[]>();
  await inPortions(ids, async (portion) => {
    const rows = await reader
      .selectFrom('errand_receipt')
      .selectAll()
      .where('errand_id', 'in', portion)
      .orderBy('errand_id')
      .orderBy('receiver')
      .execute();
    for (const row of rows) receipts.set(row.errand_id, [...(receipts.get(row.errand_id) ?? []), row]);
  });
  return receipts;
}

function errandOf(row: ErrandRow, receipts: ReadonlyMap<string, ErrandReceiptRow[]>): Errand {
  return {
    id: row.id,
    case: row.case_id,
    sequence: row.sequence,
    position: row.position,
    effect: JSON.parse(row.effect) as ErrandEffect,
    at: row.at,
    confirmed: row.confirmed === 1,
    state: row.state,
    attempts: row.attempts,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    receipts: (receipts.get(row.id) ?? []).map(({ receiver, outcome, at, detail }) => ({
      receiver,
      outcome,
      at,
      ...(detail === null ? {} : { detail }),
    })),
  };
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
