/** What is checked of a batch before anything is written, and what rows it becomes. Pure. */
import { parseInstant } from '../../workflows/law';
import { GENESIS, hashOf, SLEPT_OVER_MS } from '../../workflows/runtime/workflow/record';
import type { Effect, FlushBatch, Json, OutboxItem, RecordEntry } from '../../workflows/runtime/workflow/types';
import { errandAmiss, isErrand } from './errand-rows';
import { LedgerRefusal } from './errors';
import type { RecordRow, TellRow } from './rows';

/** @throws LedgerRefusal when the batch contradicts itself: a fault of the sender, or a message damaged on its way */
export function checkBatch(batch: FlushBatch): void {
  const { case: caseId, entries, projection, outbox } = batch;
  const refuse = (message: string): never => {
    throw new LedgerRefusal(caseId, `batch of case ${caseId}: ${message}; nothing was written`);
  };
  const last = entries.at(-1);
  if (!last) return;
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    if (entry.case !== caseId) refuse(`entry ${entry.sequence} belongs to case ${entry.case}`);
    if (before && entry.sequence !== before.sequence + 1)
      refuse(`entry ${entry.sequence} follows entry ${before.sequence}, expected ${before.sequence + 1}`);
    if (before && entry.previous !== before.hash) refuse(`entry ${entry.sequence} does not link to the one before it`);
    const { hash, ...body } = entry;
    if (hashOf(body) !== hash) refuse(`the hash of entry ${entry.sequence} is not that of its content`);
  });
  const first = entries[0] as RecordEntry;
  if (first.sequence < 1) refuse(`entry ${first.sequence} cannot be; a record begins with 1`);
  if (first.sequence === 1 && first.previous !== GENESIS) refuse('its first entry links to something before the case');
  if (projection.sequence !== last.sequence)
    refuse(`the projection is as of ${projection.sequence}, expected the last entry, ${last.sequence}`);
  for (const { id, sequence, effect } of outbox) {
    if (sequence < first.sequence || sequence > last.sequence)
      refuse(`outbox item ${id} belongs to entry ${sequence}, which is not in it`);
    if (effect.kind === 'tell' && !isTell(effect))
      refuse(`outbox item ${id} is a tell without recipients, template or instant of delivery`);
    const amiss = isErrand(effect) ? errandAmiss(effect) : undefined;
    if (amiss) refuse(`outbox item ${id} is ${amiss}`);
  }
}

export function recordRow(entry: RecordEntry, at: number, projection: string | null): RecordRow {
  return {
    case_id: entry.case,
    sequence: entry.sequence,
    entry: JSON.stringify(entry),
    hash: entry.hash,
    previous: entry.previous,
    confirmed: 0,
    first_written_at: at,
    projection,
  };
}

/** The rows of all tells of `fresh` entries: one for each recipient. */
export function tellRows(batch: FlushBatch, fresh: readonly RecordEntry[]): TellRow[] {
  return fresh.flatMap((entry) =>
    batch.outbox
      .filter((item) => item.sequence === entry.sequence)
      .flatMap((item) => (isTell(item.effect) ? rowsOfTell(batch, entry, item, item.effect) : [])),
  );
}

interface TellEffect extends Effect {
  kind: 'tell';
  to: string[];
  template: string;
  deliverAt: number;
}

function isTell(effect: Effect): effect is TellEffect {
  const { kind, to, template, deliverAt } = effect;
  const recipients = Array.isArray(to) && to.length > 0 && to.every((seat) => typeof seat === 'string');
  return kind === 'tell' && recipients && typeof template === 'string' && typeof deliverAt === 'number';
}

/** Nobody has been told yet, and none has tried. */
export const UNTOLD = {
  state: 'pending',
  lease: null,
  lease_until: null,
  attempts: 0,
  last_error: null,
  delivered_at: null,
  channel: null,
  seat: null,
  acknowledged_at: null,
  acknowledged_by: null,
  acknowledged_how: null,
} as const;

function rowsOfTell(batch: FlushBatch, entry: RecordEntry, { id }: OutboxItem, effect: TellEffect): TellRow[] {
  const { deliverAt, template, cite = null } = effect;
  const urgent = isUrgent(effect);
  const waited = deliverAt > parseInstant(entry.receivedAt) && !urgent;
  const known = { ...knownOf(batch, entry), ...sleptOver(entry), ...dueOf(effect), ...dataOf(effect) };
  return [...new Set(effect.to)].map((recipient) => ({
    id: `${id}/${recipient}`,
    case_id: entry.case,
    sequence: entry.sequence,
    recipient,
    template,
    data: JSON.stringify(urgent ? { ...known, urgent } : known),
    cite: JSON.stringify(cite),
    deliver_at: deliverAt,
    deferred: waited ? 1 : 0,
    next_at: deliverAt,
    ...UNTOLD,
    confirmed: 0,
  }));
}

/** Told at once at any hour. */
const isUrgent = (effect: TellEffect): boolean => effect.urgency === 'at-once' || dataOf(effect).urgent === true;

/** Of a deadline that was slept over: when it passed, and when the case woke. Those of one waking are told as one. */
function sleptOver({ trigger, happenedAt, recordedAt }: RecordEntry): { passed?: number; woken?: number } {
  if (trigger.kind !== 'timer') return {};
  const [passed, woken] = [parseInstant(happenedAt), parseInstant(recordedAt)];
  return woken - passed > SLEPT_OVER_MS ? { passed, woken } : {};
}

/** What a text may say of any case: where it stood, when it is due, what it is marked with. */
function knownOf({ projection, drill }: FlushBatch, entry: RecordEntry): { [key: string]: Json } {
  const { due, marks } = objectOf(projection.summary);
  const mark = Array.isArray(marks) && marks.length > 0 ? marks.join('') : drill ? '【演练】' : undefined;
  return {
    state: entry.state,
    ...(typeof due === 'number' ? { due } : {}),
    ...(mark === undefined ? {} : { mark }),
  };
}

const dueOf = ({ due }: TellEffect): { [key: string]: Json } => (typeof due === 'number' ? { due } : {});

const dataOf = ({ data }: TellEffect): { [key: string]: Json | undefined } => objectOf(data);

export function objectOf(value: Json | undefined): { [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
