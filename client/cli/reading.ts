/** Commands that look at cases, and change nothing. */
import type { FeedEvent } from '../../activities/ledger';
import type { Entrance, InboxAsked } from './entrance';
import { Misused } from './errors';
import { eventLine, feedText, inboxText, listText } from './lists';
import { tell } from './out';
import { recordText, viewText } from './output';
import { atEntrance, type Reaching } from './run';

export function show(caseId: string, options: Reaching): Promise<void> {
  return atEntrance(options, async (entrance) => {
    const { out } = entrance;
    tell(out, await entrance.show(caseId), (view) => viewText(out, view));
    return 0;
  });
}

export interface Listing extends Reaching {
  all?: boolean;
  unit?: string;
  state?: string;
  procedure?: string;
  awaiting?: string;
  text?: string;
  limit: number;
  after?: string;
}

export function list(options: Listing): Promise<void> {
  return atEntrance(options, async (entrance) => {
    const { out } = entrance;
    tell(out, await found(entrance, options), (page) => listText(out, page));
    return 0;
  });
}

function found(entrance: Entrance, { all, text, unit, state, awaiting, procedure, limit, after }: Listing) {
  const status = all ? undefined : ('open' as const);
  if (text === undefined) return entrance.list({ status, unit, state, awaiting, procedure, limit, after });
  const other = Object.entries({ unit, state, awaiting }).find(([, value]) => value !== undefined)?.[0];
  if (other) throw new Misused(`--text looks in number, matter and unit; it does not go with --${other}`);
  return entrance.search({ text, status, procedure, limit, after });
}

export interface Boxed extends Reaching, Pick<InboxAsked, 'limit' | 'after' | 'procedure'> {
  box: InboxAsked['box'];
}

export function inbox({ as: seat, box, limit, after, procedure, ...options }: Boxed): Promise<void> {
  return atEntrance({ ...options, ...(seat === undefined ? {} : { as: seat }) }, async (entrance) => {
    const { out } = entrance;
    const counts = await entrance.counts(seat);
    const page = await entrance.inbox({ box, seat, limit, after, procedure });
    const shown = { ...(seat === undefined ? {} : { seat }), box, counts, ...page };
    tell(out, shown, (all) => inboxText(out, all));
    return 0;
  });
}

export function record(caseId: string, options: Reaching): Promise<void> {
  return atEntrance(options, async (entrance) => {
    const { out } = entrance;
    const entries = await entrance.record(caseId);
    tell(out, { marks: out.marks, entries }, () => recordText(out, entries));
    return 0;
  });
}

export interface Feeding extends Reaching {
  after: number;
  limit: number;
  case?: string;
  follow?: boolean;
}

/** With `--follow` one JSON value a line, else one for the page. */
export function feed({ after, limit, case: caseId, follow, ...options }: Feeding): Promise<void> {
  return atEntrance(options, async (entrance) => {
    const { out } = entrance;
    if (!follow) {
      tell(out, await entrance.feed({ after, limit, case: caseId }), ({ items }) => feedText(out, items));
      return 0;
    }
    const each = (event: FeedEvent) => out.print(out.json ? JSON.stringify(event) : eventLine(out, event));
    await entrance.follow({ after, case: caseId }, each, untilInterrupted());
    return 0;
  });
}

function untilInterrupted(): AbortSignal {
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  return ended.signal;
}
