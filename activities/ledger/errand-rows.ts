/** What of an entry is asked of other cases, and the rows it becomes; written, dropped and released with its entry. */
import { parseInstant } from '../../workflows/law';
import type { Effect, Json, RecordEntry } from '../../workflows/runtime/workflow/types';
import type { ErrandRow } from './rows';
import { inPortions, type Writer } from './store';

/** Whom a notice is for, found when it is carried. */
export type ErrandTo = { case: string } | { procedure: string } | { awaiting: string[] } | { every: true };

/** What one case asks of others, as its machine named it. */
export type ErrandEffect =
  | { kind: 'notifyCase'; to: ErrandTo; type: string; payload: { [key: string]: Json | undefined } }
  | {
      kind: 'startCase';
      procedure: string;
      type?: string;
      key: string;
      seat: string;
      payload: { [key: string]: Json | undefined };
    };

const KINDS = ['notifyCase', 'startCase'];

export const isErrand = ({ kind }: Effect): boolean => KINDS.includes(kind);

/** Whether the text of an entry may hold one: entries are looked into only then. */
const mayHoldErrands = (entry: string): boolean => KINDS.some((kind) => entry.includes(`"kind":"${kind}"`));

/** What is wrong with an effect that asks something of other cases; undefined if it can be carried. */
export function errandAmiss(effect: Effect): string | undefined {
  const { kind, to, type, payload, procedure, key, seat } = effect;
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const hasPayload = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  if (kind === 'notifyCase')
    return isTo(to) && isText(type) && hasPayload ? undefined : 'a notice without receiver, type or payload';
  const isOpening = [procedure, key, seat].every(isText) && (type === undefined || isText(type)) && hasPayload;
  return isOpening ? undefined : 'an opening without procedure, key, seat or payload';
}

function isTo(to: Json | undefined): boolean {
  if (typeof to !== 'object' || to === null || Array.isArray(to)) return false;
  const [[name, value] = [], ...more] = Object.entries(to);
  if (more.length > 0) return false;
  if (name === 'case' || name === 'procedure') return typeof value === 'string' && value !== '';
  if (name === 'awaiting') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return name === 'every' && value === true;
}

/** The rows of all errands of entries: they follow from the record alone. */
export function errandRows(entries: readonly RecordEntry[]): ErrandRow[] {
  return entries.flatMap((entry) =>
    entry.effects.flatMap((effect, position) => (isErrand(effect) ? [rowOf(entry, effect, position)] : [])),
  );
}

function rowOf({ case: case_id, sequence, recordedAt }: RecordEntry, effect: Effect, position: number): ErrandRow {
  return {
    id: `${case_id}:${sequence}:${position}`,
    case_id,
    sequence,
    position,
    kind: effect.kind as ErrandRow['kind'],
    effect: JSON.stringify(effect),
    at: parseInstant(recordedAt),
    confirmed: 0,
    state: 'pending',
    next_at: 0,
    lease: null,
    lease_until: null,
    attempts: 0,
    last_error: null,
    settled_at: null,
  };
}

export function writeErrands(writer: Writer, entries: readonly RecordEntry[]): Promise<void> {
  return inPortions(errandRows(entries), (portion) => writer.insertInto('errand').values(portion).execute());
}

/** Their entries were moved aside: nobody has been handed any of them. */
export async function dropErrands(
  writer: Writer,
  caseId: string,
  sequence: number,
  entries: readonly { entry: string }[],
): Promise<void> {
  if (!entries.some(({ entry }) => mayHoldErrands(entry))) return;
  await writer.deleteFrom('errand').where('case_id', '=', caseId).where('sequence', '>=', sequence).execute();
}

/** Their entries are confirmed: they may be handed out. */
export async function releaseErrands(
  writer: Writer,
  links: readonly { case_id: string; sequence: number; entry: string }[],
): Promise<void> {
  for (const { case_id, sequence } of links.filter(({ entry }) => mayHoldErrands(entry)))
    await writer
      .updateTable('errand')
      .set({ confirmed: 1 })
      .where('case_id', '=', case_id)
      .where('sequence', '=', sequence)
      .execute();
}
