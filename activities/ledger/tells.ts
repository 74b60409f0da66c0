/**
 * The queue of what must be told. Any number of loops take from it: a row is leased to one of them at a time, and so is a
 * recipient, who is written to by one loop only. Rows of unconfirmed entries are never handed out.
 */
import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Instant, Json } from '../../workflows/runtime/workflow/types';
import { tellPresider } from './presider';
import { type Tell, type TellRow, tellOf } from './rows';
import type { DeliveryLogTable } from './schema';
import { inPortions, type Reader, type Store, type Writer } from './store';

export interface Claim {
  now: Instant;
  leaseMs: number;
  /** At most so many rows, and all that wait for the same notice hours as these. */
  limit: number;
  /** Also rows that stand as `waiting`: worth it only when there is a channel. */
  waiting: boolean;
  /** The seat a recipient means now. Where it is told, whoever presides is told as well while that seat is away. */
  seatOf?: ((recipient: string) => string | undefined) | undefined;
}

export interface ClaimedTell extends Tell {
  lease: string;
  drill: boolean;
}

/**
 * What became of leased rows. `pending`: tried in vain. `released`: not tried, or asked to wait, and taken up again at once
 * or at `retryAt`; `deferred`, it has waited for that instant and leaves with whatever else has. Tries are kept in the
 * delivery log.
 */
export type TellOutcome =
  | { state: 'delivered'; at: Instant; channel: string; seat: string }
  | { state: 'pending'; retryAt: Instant; error: string; at?: Instant; channel?: string }
  | { state: 'waiting'; retryAt: Instant; error: string }
  | { state: 'unassigned'; retryAt: Instant; error: string; report: { to: string; template: string; data: Json } }
  | { state: 'released'; retryAt?: Instant; reason?: string; deferred?: true };

/** One use of one channel. `busy`: its next hop asked to wait. */
export interface Try {
  at: Instant;
  channel: string;
  outcome: 'delivered' | 'failed' | 'busy';
  error?: string;
}

/** One try to bring a message to somebody. */
export interface DeliveryTry {
  tell: string;
  /** From 1 on. */
  attempt: number;
  at: Instant;
  outcome: Try['outcome'];
  channel?: string;
  seat?: string;
  error?: string;
}

export interface DeliveryQuery {
  tell?: string;
  case?: string;
  since?: Instant;
  limit?: number;
}

export function claimTells(store: Store, claim: Claim): Promise<ClaimedTell[]> {
  return store.write('the queue of messages', async (writer) => {
    const first = await dueRows(store, writer, claim).limit(claim.limit).execute();
    const hours = [...new Set(first.filter((row) => row.deferred === 1).map((row) => row.deliver_at))];
    const together: TellRow[] = [];
    await inPortions(hours, async (portion) => {
      const rows = dueRows(store, writer, claim).where('tell.deferred', '=', 1).where('tell.deliver_at', 'in', portion);
      together.push(...(await rows.execute()));
    });
    await inPortions([...new Set(first.filter(wasSleptOver).map((row) => row.case_id))], async (portion) => {
      together.push(...(await dueRows(store, writer, claim).where('tell.case_id', 'in', portion).execute()));
    });
    const due = [...new Map([...first, ...together].map((row) => [row.id, row])).values()];
    const added = await tellPresider(writer, due, claim);
    const rows = [...due, ...(await stillDue(store, writer, claim, added))];
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

/** Of rows just made: those for whom nobody else is writing to now. */
async function stillDue(store: Store, writer: Writer, claim: Claim, ids: readonly string[]): Promise<TellRow[]> {
  const rows: TellRow[] = [];
  await inPortions(ids, async (portion) => {
    rows.push(...(await dueRows(store, writer, claim).where('tell.id', 'in', portion).execute()));
  });
  return rows;
}

/** Prolongs a lease before its rows are sent. False when any of them is not held any more: then none may be sent. */
export function keepLease(store: Store, lease: string, ids: readonly string[], until: Instant): Promise<boolean> {
  return store.note(async (writer) => {
    let kept = 0;
    await inPortions(ids, async (portion) => {
      const { numUpdatedRows } = await leased(writer, lease, portion).set({ lease_until: until }).executeTakeFirst();
      kept += Number(numUpdatedRows);
    });
    return kept === ids.length;
  });
}

/**
 * Writes down what became of leased rows and ends their lease. Rows whose lease was lost are left alone; what was tried for
 * them is written down all the same.
 */
export function settleTells(
  store: Store,
  lease: string,
  ids: readonly string[],
  outcome: TellOutcome,
  tries: readonly Try[] = [],
): Promise<void> {
  return store.note((writer) =>
    inPortions(ids, async (portion) => {
      if (outcome.state === 'unassigned') await reportUnassigned(writer, lease, portion, outcome);
      const settled = await leased(writer, lease, portion)
        .set((eb) => ({ lease: null, lease_until: null, ...changes(outcome, eb('attempts', '+', 1)) }))
        .returning('id')
        .execute();
      if (tries.length > 0)
        await logTries(
          writer,
          portion,
          tries.map((one) => lineOf(one, outcome)),
        );
      else await logTries(writer, idsOf(settled), summaryOf(outcome, store.clock()));
    }),
  );
}

/** Gives up what was due at or before `before` and has been tried, or could not be. Answers how many rows. */
export function giveUp(store: Store, before: Instant): Promise<number> {
  return store.note(async (writer) => {
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

/** Rows another transaction is about are left to it: whether they are due is decided there. */
function dueRows(store: Store, writer: Writer, { now, waiting }: Claim) {
  const open = waiting ? (['pending', 'unassigned', 'waiting'] as const) : (['pending', 'unassigned'] as const);
  return writer
    .selectFrom('tell')
    .selectAll('tell')
    .$if(store.kind === 'postgresql', (query) => query.forUpdate().skipLocked())
    .where('tell.confirmed', '=', 1)
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
    case 'released': {
      const { retryAt, reason, deferred } = outcome;
      return {
        state: 'pending' as const,
        ...(retryAt === undefined ? {} : { next_at: retryAt }),
        ...(reason === undefined ? {} : { last_error: reason }),
        ...(deferred && retryAt !== undefined ? { deliver_at: retryAt, deferred: 1 as const } : {}),
      };
    }
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

const unsent = {
  state: 'pending',
  lease: null,
  lease_until: null,
  attempts: 0,
  last_error: null,
  acknowledged_at: null,
  acknowledged_by: null,
  acknowledged_how: null,
} as const;

type Line = Omit<Insertable<DeliveryLogTable>, 'tell_id' | 'attempt'>;

const lineOf = ({ at, channel, outcome, error }: Try, settled: TellOutcome): Line => ({
  at,
  outcome,
  channel,
  seat: outcome === 'delivered' && settled.state === 'delivered' ? settled.seat : null,
  error: error ?? null,
});

/** What an outcome itself says of the last try. */
function summaryOf(outcome: TellOutcome, now: Instant): Line[] {
  if (outcome.state === 'delivered') {
    const { at, channel, seat } = outcome;
    return [{ at, outcome: 'delivered', channel, seat, error: null }];
  }
  if (outcome.state !== 'pending') return [];
  const { at = now, channel = null, error } = outcome;
  return [{ at, outcome: 'failed', channel, seat: null, error }];
}

async function logTries(writer: Writer, ids: readonly string[], lines: readonly Line[]): Promise<void> {
  if (ids.length === 0 || lines.length === 0) return;
  const before = await writer
    .selectFrom('delivery_log')
    .select(['tell_id', ({ fn }) => fn.max('attempt').as('attempt')])
    .where('tell_id', 'in', ids)
    .groupBy('tell_id')
    .execute();
  const last = new Map(before.map(({ tell_id, attempt }) => [tell_id, Number(attempt)]));
  const rows = ids.flatMap((tell_id) =>
    lines.map((line, i) => ({ tell_id, attempt: (last.get(tell_id) ?? 0) + i + 1, ...line })),
  );
  await inPortions(rows, (portion) =>
    writer
      .insertInto('delivery_log')
      .values(portion)
      .onConflict((on) => on.columns(['tell_id', 'attempt']).doNothing())
      .execute(),
  );
}

/** The delivery log, newest first. */
export function deliveries(
  store: Store,
  { tell, case: caseId, since, limit = 100 }: DeliveryQuery,
): Promise<DeliveryTry[]> {
  return store.read(async (reader) => {
    let query = reader
      .selectFrom('delivery_log')
      .selectAll()
      .orderBy('at', 'desc')
      .orderBy('tell_id')
      .orderBy('attempt', 'desc')
      .limit(limit);
    if (tell !== undefined) query = query.where('tell_id', '=', tell);
    if (since !== undefined) query = query.where('at', '>=', since);
    if (caseId !== undefined)
      query = query.where('tell_id', 'in', reader.selectFrom('tell').select('id').where('case_id', '=', caseId));
    return (await query.execute()).map(({ tell_id, channel, seat, error, ...rest }) => ({
      tell: tell_id,
      ...rest,
      ...(channel === null ? {} : { channel }),
      ...(seat === null ? {} : { seat }),
      ...(error === null ? {} : { error }),
    }));
  });
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);

/** A deadline that passed while no worker was there; its case may have slept over several. */
const wasSleptOver = (row: TellRow): boolean => JSON.parse(row.data).woken !== undefined;
