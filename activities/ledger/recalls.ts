/**
 * An act that was taken back: what it told and nobody has received yet is withdrawn, and whoever may have received it is
 * told that it was taken back. Done when the link that takes it back is confirmed, in the same transaction.
 */
import { parseInstant } from '../../workflows/law';
import type { Effect, RecordEntry } from '../../workflows/runtime/workflow/types';
import { UNTOLD } from './batch';
import type { ConfirmedLink } from './feed';
import type { TellRow } from './rows';
import type { TellState } from './schema';
import { inPortions, type Writer } from './store';

/** Named by the link of a recall. Without a template nobody is told of it. */
interface RecalledEffect extends Effect {
  kind: 'recalled';
  /** The link that was taken back. */
  sequence: number;
  type: string;
  template?: string;
  deliverAt?: number;
}

/** Not received yet. One that is leased may be on its way just now: it is withdrawn, and its recipient told as well. */
const ON_ITS_WAY: readonly TellState[] = ['pending', 'waiting', 'unassigned', 'leased'];

export async function withdrawRecalled(writer: Writer, links: readonly ConfirmedLink[]): Promise<void> {
  for (const link of links.filter(({ entry }) => entry.includes('"kind":"recalled"'))) {
    const entry = JSON.parse(link.entry) as RecordEntry;
    for (const [n, effect] of entry.effects.entries())
      if (effect.kind === 'recalled') await withdraw(writer, entry, n, effect as RecalledEffect);
  }
}

async function withdraw(writer: Writer, entry: RecordEntry, n: number, recalled: RecalledEffect): Promise<void> {
  const tells = await writer
    .selectFrom('tell')
    .selectAll()
    .where('case_id', '=', entry.case)
    .where('sequence', '=', recalled.sequence)
    .orderBy('id')
    .execute();
  await writer
    .updateTable('tell')
    .set({ state: 'withdrawn', lease: null, lease_until: null })
    .where('case_id', '=', entry.case)
    .where('sequence', '=', recalled.sequence)
    .where('state', 'in', [...ON_ITS_WAY])
    .execute();
  const told = tells.filter(({ state, acknowledged_at }) => /delivered|leased/.test(state) || acknowledged_at !== null);
  const rows = [...new Map(told.map((row) => [row.recipient, row])).values()].flatMap((row) =>
    noticeOf(row, entry, n, recalled),
  );
  await inPortions(rows, (portion) =>
    writer
      .insertInto('tell')
      .values(portion)
      .onConflict((on) => on.column('id').doNothing())
      .execute(),
  );
}

/** To one who was told: that it does not hold any more. */
function noticeOf(told: TellRow, entry: RecordEntry, n: number, recalled: RecalledEffect): TellRow[] {
  const { template, deliverAt, cite = null, type, sequence } = recalled;
  if (typeof template !== 'string' || typeof deliverAt !== 'number') return [];
  const { mark } = JSON.parse(told.data) as { mark?: string };
  const data = { state: entry.state, event: type, recalled: sequence, ...(mark === undefined ? {} : { mark }) };
  return [
    {
      ...told,
      id: `${entry.case}:${entry.sequence}:${n}/${told.recipient}`,
      sequence: entry.sequence,
      template,
      data: JSON.stringify(data),
      cite: JSON.stringify(cite),
      deliver_at: deliverAt,
      deferred: deliverAt > parseInstant(entry.receivedAt) ? 1 : 0,
      next_at: deliverAt,
      ...UNTOLD,
      confirmed: 1,
    },
  ];
}
