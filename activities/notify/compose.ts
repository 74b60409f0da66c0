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

export interface Text {
  subject: string;
  body: string;
  /** For where there is little room; the subject unless given. */
  short?: string;
  /** To be read aloud; the subject unless given. */
  spoken?: string;
}

/**
 * Words for a template of an effect, and for `notify.digest` (`count`, `list`, `caseNos`), `notify.woken` (`rungs`: template and data
 * of each) and `notify.unassigned` (`recipient`).
 */
export type Render = (template: string, data: { [key: string]: Json | undefined }, script: Script) => Text;

export const DIGEST = 'notify.digest';
export const UNASSIGNED = 'notify.unassigned';
export const WOKEN = 'notify.woken';

/** Rows that leave as one message. */
export type Parcel = ClaimedTell[];

/** When the case woke that had slept over this deadline; undefined where nobody slept. */
export const wokenAt = ({ data }: ClaimedTell): Instant | undefined =>
  typeof data.woken === 'number' ? data.woken : undefined;

export const isUrgent = ({ data }: ClaimedTell): boolean => data.urgent === true;

/**
 * All that waited for the same hour is one parcel; so are the deadlines of one case that passed while the system slept and
 * were found together when it woke; everything else is one each. The urgent first, then the earliest.
 */
export function parcelsOf(rows: readonly ClaimedTell[]): Parcel[] {
  const woken = new Map(
    sleptOver(rows.filter((row) => row.deliverAt <= (wokenAt(row) ?? 0))).flatMap((group, i) =>
      group.map(({ id }) => [id, `woken ${i}`]),
    ),
  );
  const keyOf = (row: ClaimedTell): string =>
    woken.get(row.id) ?? (row.deferred && !isUrgent(row) ? `hour ${row.deliverAt}` : `row ${row.id}`);
  return [...groupedBy(rows, keyOf).values()].sort(
    ([a], [b]) => Number(isUrgent(b as ClaimedTell)) - Number(isUrgent(a as ClaimedTell)) || dueAt(a) - dueAt(b),
  );
}

const dueAt = (row: ClaimedTell | undefined): Instant => row?.deliverAt ?? 0;

/** Deadlines of one case found passed in one wake-up, where they are several. */
function sleptOver(rows: readonly ClaimedTell[]): Parcel[] {
  const found = rows.filter((row) => wokenAt(row) !== undefined);
  const groups = groupedBy(found, (row) => `${row.case} ${wokenAt(row)} ${isUrgent(row)}`);
  return [...groups.values()].filter((group) => new Set(group.map(({ sequence }) => sequence)).size > 1);
}

export interface Composing {
  recipient: Recipient;
  at: Instant;
  render: Render;
  script: Script;
  /** Put on every message, such as 【演示】; 【演练】 on those of a drill unless another is given. */
  mark?: string | undefined;
  /** Where these notices are acknowledged; without it there is no such link in the text. */
  linkFor?: ((tells: readonly string[], seat: string, at: Instant) => string) | undefined;
}

/** @throws whatever `render` throws: a template that is not there, or lacks a value */
export function compose(parcel: Parcel, composing: Composing): Message {
  const { recipient, at, script, mark } = composing;
  const texts = differing(itemsOf(parcel).map((item) => textOf(item, composing)));
  const drill = parcel.some((row) => row.drill);
  const { subject, body, short, spoken } =
    texts.length === 1 && texts[0] ? texts[0] : digestOf(parcel, texts, composing);
  const shown = marked(mark ?? (drill ? drillMarks[script] : undefined));
  return {
    id: digest(parcel.map(({ id }) => id).sort()).slice(0, 32),
    seat: recipient.seat,
    subject: shown(subject),
    body: shown(body),
    short: shown(short ?? subject),
    spoken: shown(spoken ?? subject),
    cases: [...new Set(parcel.map((row) => row.case))],
    at,
    drill,
  };
}

const drillMarks: Record<Script, string> = { hans: '【演练】', hant: '【演練】' };

/** What is told in one paragraph: rows slept over together, else one row. */
function itemsOf(parcel: Parcel): Parcel[] {
  const groups = sleptOver(parcel);
  const grouped = new Map(groups.flatMap((group) => group.map((row) => [row, group])));
  return [...new Set(parcel.map((row) => grouped.get(row) ?? row))].map((item) =>
    Array.isArray(item) ? item : [item],
  );
}

function textOf(item: Parcel, { recipient, at, render, script, linkFor }: Composing): Text {
  const link = linkFor?.(
    item.map(({ id }) => id),
    recipient.seat,
    at,
  );
  const withLink = link === undefined ? {} : { acknowledge: link };
  // A person who holds two of the seats that are told hears of each deadline once.
  const told = [...new Map(item.map((row) => [`${row.sequence} ${row.template}`, row])).values()].sort(
    (a, b) => a.sequence - b.sequence,
  );
  const [first, ...more] = told.map((row) => ({ template: row.template, data: dataOf(row, recipient) }));
  if (!first) throw new Error('there is no message without rows');
  if (more.length === 0) return render(first.template, { ...first.data, ...withLink }, script);
  const { caseNo, seat, mark, standsFor } = first.data;
  const about = { ...recipient.names, caseNo, seat, mark, standsFor, ...withLink };
  return render(WOKEN, { ...about, count: told.length, rungs: [first, ...more] as Json }, script);
}

function digestOf(parcel: Parcel, texts: readonly Text[], { recipient, render, script }: Composing): Text {
  const { seat, names } = recipient;
  const list = texts.map(({ subject, body }, i) => `${i + 1}. ${subject}\n${body}`).join('\n\n');
  const mark = parcel.map(({ data }) => data.mark).find((one) => one !== undefined);
  const caseNos = [...new Set(parcel.map((row) => row.case))];
  const data = { ...names, count: texts.length, list, seat, caseNos, ...(mark === undefined ? {} : { mark }) };
  return render(DIGEST, data, script);
}

/** The same words twice are said once. */
const differing = (texts: readonly Text[]): Text[] => [...new Map(texts.map((text) => [text.body, text])).values()];

function dataOf(row: ClaimedTell, { seat, names }: Recipient): { [key: string]: Json | undefined } {
  return { ...names, caseNo: row.case, cite: row.cite, seat, ...row.data };
}

const marked =
  (mark: string | undefined) =>
  (text: string): string =>
    mark === undefined || text.includes(mark) ? text : mark + text;

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
