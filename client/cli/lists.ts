/** Lists, inboxes and the feed as tables. */
import type { FeedEvent } from '../../activities/ledger';
import { cliText, eventLabel, mainStateLabel } from '../../locale';
import { formatDeadline } from '../../workflows/law';
import type { Page, ShownItem, ShownListed } from './entrance';
import { columns, type Out, table } from './out';

interface Summary {
  matter?: string;
  unit?: string;
  due?: number;
  level?: number;
}

export function listText(out: Out, { items, next }: Page<ShownListed>): string {
  if (items.length === 0) return `${out.marks}${cliText('none', out.script)}`;
  const unset = cliText('state.unset', out.script);
  const rows = items.map((one) => {
    const { matter = '', unit, due, level } = summaryOf(one);
    return [
      one.case,
      stateOf(one),
      unit ? out.nameOf(unit) : unset,
      due ? formatDeadline(due) : unset,
      level || '—',
      matter,
    ];
  });
  return withMarks(out, table(out, 'list', rows), next);
}

export interface ShownInbox extends Page<ShownItem> {
  seat?: string;
  box: ShownItem['box'];
  counts: { todo: number; overdue: number; unread: number };
}

export function inboxText(out: Out, { seat, box, counts, items, next }: ShownInbox): string {
  const name = seat === undefined ? '' : `${out.nameOf(seat)}（${seat}）`;
  const { todo, overdue, unread } = counts;
  const head = cliText('counts', out.script, { seat: name || '—', todo, overdue, unread });
  if (items.length === 0) return `${head}\n${cliText(box === 'unread' ? 'none.unread' : 'none', out.script)}`;
  const rows = items.map((item) => rowOf(out, item));
  return `${head}\n${withMarks(out, table(out, box, rows), next)}`;
}

function rowOf(out: Out, item: ShownItem): (string | number)[] {
  switch (item.box) {
    case 'todo': {
      const due = item.due ?? summaryOf(item.case).due;
      const when = due ? formatDeadline(due) : cliText('state.unset', out.script);
      const late = item.overdue ? cliText('overdue', out.script) : '';
      return [item.case.case, stateOf(item.case), when, late, summaryOf(item.case).matter ?? ''];
    }
    case 'done':
      return [
        item.case.case,
        stateOf(item.case),
        formatDeadline(item.actedAt),
        item.sequence,
        summaryOf(item.case).matter ?? '',
      ];
    case 'unread':
      return [item.tell.id, item.tell.case, formatDeadline(item.tell.deliverAt), item.tell.subject];
  }
}

export function feedText(out: Out, events: readonly FeedEvent[]): string {
  if (events.length === 0) return cliText('none.rows', out.script);
  return table(
    out,
    'feed',
    events.map((event) => cellsOf(out, event)),
  );
}

/** One event as it comes. */
export function eventLine(out: Out, event: FeedEvent): string {
  return columns([cellsOf(out, event)]);
}

function cellsOf(
  { script }: Out,
  { position, at, type, case: caseId, sequence, data }: FeedEvent,
): (string | number)[] {
  const trigger = typeof data.trigger === 'string' ? eventLabel(data.trigger, script) : '';
  const state = Array.isArray(data.state)
    ? (mainStateLabel(data.state as string[], script, String(data.machine ?? '')) ?? '')
    : '';
  return [position, formatDeadline(at), type === 'case.step' ? `${type} ${trigger}` : type, caseId, sequence, state];
}

function withMarks({ marks, script }: Out, text: string, next: string | undefined): string {
  const more = next === undefined ? [] : [cliText('next', script, { next })];
  return [...(marks === '' ? [] : [marks]), text, ...more].join('\n');
}

const summaryOf = ({ summary }: ShownListed): Summary => (summary ?? {}) as Summary;
const stateOf = ({ state, stateLabel }: ShownListed): string => stateLabel ?? state.join('、');
