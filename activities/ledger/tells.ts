/**
 * The queue of what must be told. Any number of loops take from it: a row is leased to one of them at a time, and so is a
 * recipient, who is written to by one loop only. Rows of unconfirmed entries are never handed out.
 */
import { randomUUID } from 'node:crypto';
import type { Instant, Json } from '../../workflows/runtime/workflow/types';
import { type Tell, type TellRow, tellOf } from './rows';
import { inPortions, type Reader, type Store, type Writer } from './store';

export interface Claim {
  now: Instant;
  leaseMs: number;
  /** At most so many rows, and all that wait for the same notice hours as these. */
  limit: number;
  /** Also rows that stand as `waiting`: worth it only when there is a channel. */
  waiting: boolean;
}

export interface ClaimedTell extends Tell {
  lease: string;
  drill: boolean;
}

/** What became of leased rows. `pending`: tried in vain. `released`: not tried. */
export type TellOutcome =
  | { state: 'delivered'; at: Instant; channel: string; seat: string }
  | { state: 'pending'; retryAt: Instant; error: string }
  | { state: 'waiting'; retryAt: Instant; error: string }
  | { state: 'unassigned'; retryAt: Instant; error: string; report: { to: string; template: string; data: Json } }
  | { state: 'released' };

export function claimTells(store: Store, claim: Claim): Promise<ClaimedTell[]> {
  return store.write(async (writer) => {
    const first = await dueRows(writer, claim).limit(claim.limit).execute();
    const hours = [...new Set(first.filter((row) => row.deferred === 1).map((row) => row.deliver_at))];
    const together: TellRow[] = [];
    await inPortions(hours, async (portion) => {
      const rows = dueRows(writer, claim).where('tell.deferred', '=', 1).where('tell.deliver_at', 'in', portion);
      together.push(...(await rows.execute()));
    });
    const rows = [...new Map([...first, ...together].map((row) => [row.id, row])).values()];
    const lease = randomUUID();
    await inPortions(rows, (portion) =>
      writer
        .updateTable('tell')
        .set({ state: 'leased', lease, lease_until: claim.now + claim.leaseMs })
        .where('id', 'in', idsOf(portion))
        .execute(),
    );
    const drills = await drillCases(writer, rows);
    return rows.map((row) => ({ ...tellOf({ ...row, state: 'leased' }), lease, drill: drills.has(row.case_id) }));
  });
}

/** Prolongs a lease before its rows are sent. False when any of them is not held any more: then none may be sent. */
export function keepLease(store: Store, lease: string, ids: readonly string[], until: Instant): Promise<boolean> {
  return store.write(async (writer) => {
    let kept = 0;
    await inPortions(ids, async (portion) => {
      const { numUpdatedRows } = await leased(writer, lease, portion).set({ lease_until: until }).executeTakeFirst();
      kept += Number(numUpdatedRows);
    });
    return kept === ids.length;
  });
}

/** Writes down what became of leased rows and ends their lease. Rows whose lease was lost are left alone. */
export function settleTells(store: Store, lease: string, ids: readonly string[], outcome: TellOutcome): Promise<void> {
  return store.write((writer) =>
    inPortions(ids, async (portion) => {
      if (outcome.state === 'unassigned') await reportUnassigned(writer, lease, portion, outcome);
      await leased(writer, lease, portion)
        .set((eb) => ({ lease: null, lease_until: null, ...changes(outcome, eb('attempts', '+', 1)) }))
        .execute();
    }),
  );
}

/** Gives up what was due at or before `before` and has been tried, or could not be. Answers how many rows. */
export function giveUp(store: Store, before: Instant): Promise<number> {
  return store.write(async (writer) => {
    const { numUpdatedRows } = await writer
      .updateTable('tell')
      .set({ state: 'given-up' })
      .where('deliver_at', '<=', before)
      .where((eb) =>
        eb.or([
          eb('state', 'in', ['waiting', 'unassigned']),
          eb.and([eb('state', '=', 'pending'), eb('attempts', '>', 0)]),
        ]),
      )
      .executeTakeFirst();
    return Number(numUpdatedRows);
  });
}

function dueRows(writer: Writer, { now, waiting }: Claim) {
  const open = waiting ? (['pending', 'unassigned', 'waiting'] as const) : (['pending', 'unassigned'] as const);
  return writer
    .selectFrom('tell')
    .innerJoin('record', (join) =>
      join.onRef('record.case_id', '=', 'tell.case_id').onRef('record.sequence', '=', 'tell.sequence'),
    )
    .selectAll('tell')
    .where('record.confirmed', '=', 1)
    .where((eb) =>
      eb.or([
        eb.and([eb('tell.state', 'in', open), eb('tell.next_at', '<=', now)]),
        eb.and([eb('tell.state', '=', 'leased'), eb('tell.lease_until', '<=', now)]),
      ]),
    )
    .where('tell.recipient', 'not in', busyRecipients(writer, now))
    .orderBy('tell.deliver_at')
    .orderBy('tell.case_id')
    .orderBy('tell.sequence')
    .orderBy('tell.id');
}

function busyRecipients(reader: Reader, now: Instant) {
  return reader
    .selectFrom('tell as busy')
    .select('busy.recipient')
    .where('busy.state', '=', 'leased')
    .where('busy.lease_until', '>', now);
}

async function drillCases(reader: Reader, rows: readonly TellRow[]): Promise<Set<string>> {
  const drills = new Set<string>();
  await inPortions([...new Set(rows.map((row) => row.case_id))], async (portion) => {
    const found = await reader
      .selectFrom('case_view')
      .select('case_id')
      .where('drill', '=', 1)
      .where('case_id', 'in', portion)
      .execute();
    for (const { case_id } of found) drills.add(case_id);
  });
  return drills;
}

function leased(writer: Writer, lease: string, ids: readonly string[]) {
  return writer.updateTable('tell').where('id', 'in', ids).where('state', '=', 'leased').where('lease', '=', lease);
}

function changes<Attempts>(outcome: TellOutcome, oneMore: Attempts) {
  switch (outcome.state) {
    case 'delivered':
      return {
        state: outcome.state,
        delivered_at: outcome.at,
        channel: outcome.channel,
        seat: outcome.seat,
        last_error: null,
        attempts: oneMore,
      };
    case 'pending':
      return { state: outcome.state, next_at: outcome.retryAt, last_error: outcome.error, attempts: oneMore };
    case 'waiting':
    case 'unassigned':
      return { state: outcome.state, next_at: outcome.retryAt, last_error: outcome.error };
    case 'released':
      return { state: 'pending' as const };
  }
}

/** Tells the desk, once for each row, that nobody holds the seat it was meant for. */
async function reportUnassigned(
  writer: Writer,
  lease: string,
  ids: readonly string[],
  { report, retryAt: _, ...outcome }: Extract<TellOutcome, { state: 'unassigned' }>,
): Promise<void> {
  const rows = await writer
    .selectFrom('tell')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', '=', 'leased')
    .where('lease', '=', lease)
    .where('recipient', '!=', report.to)
    .execute();
  const reports = rows.map((row) => ({
    ...row,
    ...unsent,
    id: `${row.id}/${outcome.state}`,
    recipient: report.to,
    template: report.template,
    data: JSON.stringify({ ...JSON.parse(row.data), ...(report.data as object), recipient: row.recipient }),
    next_at: row.deliver_at,
  }));
  if (reports.length === 0) return;
  await writer
    .insertInto('tell')
    .values(reports)
    .onConflict((on) => on.column('id').doNothing())
    .execute();
}

const unsent = { state: 'pending', lease: null, lease_until: null, attempts: 0, last_error: null } as const;

const idsOf = (rows: readonly TellRow[]): string[] => rows.map((row) => row.id);
