/**
 * Messages and errands that the record names and that are not there. Messages are made anew so that they stand in the inbox
 * of whoever they are for; they are not sent: whether they were cannot be known, unless the delivery log or the feed still
 * say so. Errands to one case, and openings, are carried again: who has had them takes them for what they are.
 */
import type { Json, RecordEntry } from '../../workflows/runtime/workflow/types';
import { tellRows } from './batch';
import { errandRows } from './errand-rows';
import type { Shown } from './projection';
import { type ErrandRow, listedOf, type TellRow } from './rows';
import { inPortions, type Reader, type Writer } from './store';

interface Recorded {
  entry: RecordEntry;
  confirmed: boolean;
}

/** Written where a reader asks why it has not arrived. */
const NOT_KNOWN = 'made anew from the record; whether it was sent is not known';
const NOT_KNOWN_CARRIED = 'made anew from the record; whether all receivers had it is not known';

/** Of the links of one case. */
export async function missingTells(reader: Reader, chain: readonly Recorded[]): Promise<string[]> {
  const ids = named(chain).map(({ id }) => id);
  if (ids.length === 0) return [];
  const there = new Set<string>();
  await inPortions(ids, async (portion) => {
    const rows = await reader.selectFrom('tell').select('id').where('id', 'in', portion).execute();
    for (const { id } of rows) there.add(id);
  });
  return ids.filter((id) => !there.has(id));
}

export async function restoreTells(writer: Writer, caseId: string): Promise<void> {
  const chain = await chainOf(writer, caseId);
  const view = await writer.selectFrom('case_view').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  const missing = new Set(await missingTells(writer, chain));
  const made = named(chain, view && listedOf(view)).filter(({ id }) => missing.has(id));
  const whole = await Promise.all(made.map((row) => asItWas(writer, row, chain)));
  await inPortions(whole, (portion) => writer.insertInto('tell').values(portion).execute());
}

async function chainOf(reader: Reader, caseId: string): Promise<Recorded[]> {
  const rows = await reader
    .selectFrom('record')
    .select(['entry', 'confirmed'])
    .where('case_id', '=', caseId)
    .orderBy('sequence')
    .execute();
  return rows.map(({ entry, confirmed }) => ({ entry: JSON.parse(entry) as RecordEntry, confirmed: confirmed === 1 }));
}

export async function missingErrands(reader: Reader, chain: readonly Recorded[]): Promise<string[]> {
  const ids = errandRows(chain.map(({ entry }) => entry)).map(({ id }) => id);
  const there = new Set<string>();
  await inPortions(ids, async (portion) => {
    const rows = await reader.selectFrom('errand').select('id').where('id', 'in', portion).execute();
    for (const { id } of rows) there.add(id);
  });
  return ids.filter((id) => !there.has(id));
}

export async function restoreErrands(writer: Writer, caseId: string, now: number): Promise<void> {
  const chain = await chainOf(writer, caseId);
  const missing = new Set(await missingErrands(writer, chain));
  const confirmed = new Set(chain.filter((link) => link.confirmed).map(({ entry }) => entry.sequence));
  const made = errandRows(chain.map(({ entry }) => entry)).filter(({ id }) => missing.has(id));
  const rows = made.map((row) => (confirmed.has(row.sequence) ? carriedAgain(row, now) : row));
  await inPortions(rows, (portion) => writer.insertInto('errand').values(portion).execute());
}

/**
 * What is for many would reach cases that were opened since, and tell them what held long ago; one case knows by the
 * sequence what it has heard already.
 */
function carriedAgain(row: ErrandRow, now: number): ErrandRow {
  const { to = {} } = JSON.parse(row.effect) as { to?: object };
  const isForOne = row.kind === 'startCase' || 'case' in to;
  const left = { state: 'given-up', settled_at: now, last_error: NOT_KNOWN_CARRIED } as const;
  return { ...row, confirmed: 1, ...(isForOne ? {} : left) };
}

/** The rows that the links of a case name, as they were when nothing had been sent. */
function named(chain: readonly Recorded[], shown?: Shown): TellRow[] {
  const first = chain[0]?.entry;
  if (!first) return [];
  const entries = chain.map(({ entry }) => entry);
  const outbox = entries.flatMap(({ sequence, effects }) =>
    effects.map((effect, n) => ({ id: `${first.case}:${sequence}:${n}`, sequence, effect })),
  );
  const nothing: Shown = { ...first, status: 'open', deadlines: [], summary: null, drill: false };
  const projection = shown ?? nothing;
  const { drill } = projection;
  const committed = { sequence: 0, hash: first.previous };
  const { case: caseId, machine } = first;
  return tellRows({ case: caseId, machine, drill, committed, entries, projection, outbox }, entries);
}

async function asItWas(writer: Writer, row: TellRow, chain: readonly Recorded[]): Promise<TellRow> {
  const confirmed = chain.find(({ entry }) => entry.sequence === row.sequence)?.confirmed === true;
  if (!confirmed) return row;
  const tries = await writer
    .selectFrom('delivery_log')
    .selectAll()
    .where('tell_id', '=', row.id)
    .orderBy('attempt')
    .execute();
  const arrived = tries.find(({ outcome }) => outcome === 'delivered');
  const withdrawn = chain.some(({ entry }) => isRecallOf(entry, row.sequence));
  const fate: Partial<TellRow> = arrived
    ? { state: 'delivered', delivered_at: arrived.at, channel: arrived.channel, seat: arrived.seat }
    : { state: withdrawn ? 'withdrawn' : 'given-up', last_error: NOT_KNOWN };
  return { ...row, confirmed: 1, attempts: tries.length, ...fate, ...(await acknowledgement(writer, row)) };
}

async function acknowledgement(writer: Writer, { id, case_id }: TellRow): Promise<Partial<TellRow>> {
  const event = await writer
    .selectFrom('feed')
    .select(['at', 'data'])
    .where('case_id', '=', case_id)
    .where('type', '=', 'tell.acknowledged')
    .where('subject', '=', id)
    .executeTakeFirst();
  if (!event) return {};
  const { seat, how } = JSON.parse(event.data) as { [key: string]: Json };
  return { acknowledged_at: event.at, acknowledged_by: String(seat), acknowledged_how: String(how) };
}

const isRecallOf = ({ effects }: RecordEntry, sequence: number): boolean =>
  effects.some((effect) => effect.kind === 'recalled' && effect.sequence === sequence);
