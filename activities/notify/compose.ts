/** From rows to messages: what a person gets in one piece, and its words. */

import { digest } from '../../workflows/runtime/workflow/record';
import type { Instant, Json } from '../../workflows/runtime/workflow/types';
import type { ClaimedTell } from '../ledger';
import type { Message, Script } from './channel';

/** Whom a seat or function means just now. */
export interface Recipient {
  seat: string;
  /** Id of the person who holds it; several seats of one person get one digest. */
  person?: string;
  /** Handed on to the texts. */
  names?: { [key: string]: Json | undefined };
}

/** Words for a template of an effect, and for `digest` (`count`, `list`) and `notify.unassigned` (`recipient`). */
export type Render = (
  template: string,
  data: { [key: string]: Json | undefined },
  script: Script,
) => { subject: string; body: string };

export const DIGEST = 'notify.digest';
export const UNASSIGNED = 'notify.unassigned';

/** Rows that leave as one message. */
export type Parcel = ClaimedTell[];

/** All that waited for the same notice hour is one parcel; everything else is one each. Earliest first. */
export function parcelsOf(rows: readonly ClaimedTell[]): Parcel[] {
  const parcels = new Map<string, Parcel>();
  for (const row of rows) {
    const key = row.deferred ? `hour ${row.deliverAt}` : row.id;
    const parcel = parcels.get(key);
    if (parcel) parcel.push(row);
    else parcels.set(key, [row]);
  }
  return [...parcels.values()].sort((a, b) => (a[0]?.deliverAt ?? 0) - (b[0]?.deliverAt ?? 0));
}

export interface Composing {
  recipient: Recipient;
  at: Instant;
  render: Render;
  script: Script;
  /** Put on every message, such as 【演示】; 【演练】 on those of a drill unless another is given. */
  mark?: string | undefined;
}

/** @throws whatever `render` throws: a template that is not there, or lacks a value */
export function compose(parcel: Parcel, { recipient, at, render, script, mark }: Composing): Message {
  const { seat } = recipient;
  const texts = parcel.map((row) => render(row.template, dataOf(row, recipient), script));
  const drill = parcel.some((row) => row.drill);
  const { subject, body } =
    texts.length === 1 && texts[0] ? texts[0] : digestOf(parcel, texts, recipient, render, script);
  const shown = marked(mark ?? (drill ? drillMarks[script] : undefined));
  return {
    id: digest(parcel.map(({ id }) => id).sort()).slice(0, 32),
    seat,
    subject: shown(subject),
    body: shown(body),
    cases: [...new Set(parcel.map((row) => row.case))],
    at,
    drill,
  };
}

const drillMarks: Record<Script, string> = { hans: '【演练】', hant: '【演練】' };

function digestOf(
  parcel: Parcel,
  texts: readonly { subject: string; body: string }[],
  { seat, names }: Recipient,
  render: Render,
  script: Script,
): { subject: string; body: string } {
  const list = texts.map(({ subject, body }, i) => `${i + 1}. ${subject}\n${body}`).join('\n\n');
  const mark = parcel.map(({ data }) => data.mark).find((one) => one !== undefined);
  return render(DIGEST, { ...names, count: texts.length, list, seat, ...(mark === undefined ? {} : { mark }) }, script);
}

function dataOf(row: ClaimedTell, { seat, names }: Recipient): { [key: string]: Json | undefined } {
  return { ...names, caseNo: row.case, cite: row.cite, seat, ...row.data };
}

const marked =
  (mark: string | undefined) =>
  (text: string): string =>
    mark === undefined || text.includes(mark) ? text : mark + text;
