/**
 * Whoever is away is told all the same, and with him the one who presides over government work then (spec 2.0): one more
 * row for each message, made once, in the transaction that hands the message out.
 */
import type { Instant } from '../../workflows/runtime/workflow/types';
import { UNTOLD } from './batch';
import { absencesOf, awaySeats, standingOf } from './open-cases';
import type { TellRow } from './rows';
import { inPortions, type Writer } from './store';

interface Asked {
  now: Instant;
  seatOf?: ((recipient: string) => string | undefined) | undefined;
}

/** Answers the ids of the rows it made. */
export async function tellPresider(writer: Writer, due: readonly TellRow[], { now, seatOf }: Asked): Promise<string[]> {
  const rows = due.filter((row) => !isStandIn(row));
  if (!seatOf || rows.length === 0) return [];
  const away = awaySeats(await absencesOf(writer), now);
  if (away.size === 0) return [];
  const absent = rows.filter((row) => away.has(seatOf(row.recipient) ?? ''));
  const { presider } = (absent.length > 0 && (await standingOf(writer))) || {};
  // One who is away himself presides over nothing: he is not written to in another's place.
  if (presider === undefined || away.has(presider)) return [];
  const made: TellRow[] = [];
  for (const [item, group] of byItem(absent)) {
    const [row] = group;
    if (!row || (await hearsItAnyway(writer, row, presider, seatOf))) continue;
    const seats = group.map(({ recipient }) => seatOf(recipient));
    const data = { ...JSON.parse(row.data), standsFor: [...new Set(seats)].sort() };
    made.push({
      ...row,
      ...UNTOLD,
      id: `${item}${STAND_IN}`,
      recipient: presider,
      data: JSON.stringify(data),
      next_at: row.deliver_at,
    });
  }
  await inPortions(made, (portion) =>
    writer
      .insertInto('tell')
      .values(portion)
      .onConflict((on) => on.column('id').doNothing())
      .execute(),
  );
  return made.map(({ id }) => id);
}

/** Ends the id of a message that stands for one to somebody who is away. */
const STAND_IN = '/presider';

const isStandIn = ({ id }: TellRow): boolean => id.endsWith(STAND_IN);

/** By the message, whoever it is for. */
function byItem(rows: readonly TellRow[]): Map<string, TellRow[]> {
  const items = new Map<string, TellRow[]>();
  for (const row of rows) {
    const item = row.id.slice(0, row.id.indexOf('/'));
    items.set(item, [...(items.get(item) ?? []), row]);
  }
  return items;
}

/** The same step tells him the same. */
async function hearsItAnyway(
  writer: Writer,
  { case_id, sequence, template }: TellRow,
  presider: string,
  seatOf: (recipient: string) => string | undefined,
): Promise<boolean> {
  const told = await writer
    .selectFrom('tell')
    .select(['id', 'recipient'])
    .where('case_id', '=', case_id)
    .where('sequence', '=', sequence)
    .where('template', '=', template)
    .execute();
  return told.some(({ recipient }) => seatOf(recipient) === presider);
}
