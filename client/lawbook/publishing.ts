/**
 * Publishing a calendar: first the ledger, so that every process of the installation opens cases by it, then a notice to
 * every open case. Interrupted anywhere it is done again by the same command: who has heard is told once.
 */
import type { Ledger, ListedCase, PublishedCalendar } from '../../activities/ledger';
import type { CalendarYear, Instant } from '../../workflows/law';
import type { Json, Moved, Notice } from '../../workflows/runtime/workflow';
import type { Lawbook, Published } from './lawbook';

export interface CalendarPublishing {
  ledger: Pick<Ledger, 'publishCalendar' | 'list'>;
  lawbook: Lawbook;
  cases: {
    notify(caseId: string, notice: Notice): Promise<'sent' | 'closed'>;
    /** What a notice would move; undefined for a case whose build does not say. */
    foresee(caseId: string, notice: Notice): Promise<readonly Moved[] | undefined>;
  };
  by: string;
  clock?: () => Instant;
}

export interface Foreseen {
  case: string;
  procedure: string;
  /** Undefined where the case could not say. */
  moved: readonly Moved[] | undefined;
}

export interface Told {
  publishedAt: Instant;
  sent: number;
  closed: number;
  /** Cases that could not be told; the command is to be given again. */
  failed: { case: string; error: string }[];
}

const PAGE = 200;

/** What would move, case by case; nothing is changed. */
export async function foreseeCalendar(parts: CalendarPublishing, calendar: CalendarYear): Promise<Foreseen[]> {
  const { ledger, lawbook, cases, by, clock = Date.now } = parts;
  const row: PublishedCalendar = {
    year: calendar.year,
    content: calendar as unknown as Json,
    publishedAt: clock(),
    by,
  };
  const known = await lawbook.refresh();
  const published = { ...known, calendars: [...known.calendars, row] };
  const foreseen: Foreseen[] = [];
  for await (const one of openCases(ledger)) {
    const notice = noticeFor(lawbook, published, row, procedureOf(one), clock());
    if (!notice) continue;
    foreseen.push({ case: one.case, procedure: procedureOf(one), moved: await cases.foresee(one.case, notice) });
  }
  return foreseen;
}

export async function publishCalendar(parts: CalendarPublishing, calendar: CalendarYear): Promise<Told> {
  const { ledger, lawbook, cases, by, clock = Date.now } = parts;
  const row = await ledger.publishCalendar({
    year: calendar.year,
    content: calendar as unknown as Json,
    publishedAt: clock(),
    by,
  });
  const published = await lawbook.refresh();
  const told: Told = { publishedAt: row.publishedAt, sent: 0, closed: 0, failed: [] };
  for await (const one of openCases(ledger)) {
    const notice = noticeFor(lawbook, published, row, procedureOf(one), clock());
    if (!notice) continue;
    try {
      told[await cases.notify(one.case, notice)] += 1;
    } catch (error) {
      told.failed.push({ case: one.case, error: (error as Error).message });
    }
  }
  return told;
}

/** Undefined for a procedure this version does not have: nobody could gather its law. */
function noticeFor(
  lawbook: Lawbook,
  published: Published,
  { year, content, publishedAt }: PublishedCalendar,
  procedure: string,
  now: Instant,
): Notice | undefined {
  const keys = lawbook.keysOf(procedure);
  if (!keys) return undefined;
  // As it is known now: who hears late hears of what was published since as well.
  const law = lawbook.lawOf(published, keys, now) as unknown as Json;
  const { notice } = content as unknown as CalendarYear;
  const from = `calendar-${year}`;
  return {
    id: `${from}-${publishedAt}`,
    from,
    seq: publishedAt,
    type: 'CALENDAR_CHANGED',
    payload: { year, notice, law },
  };
}

const procedureOf = ({ machine }: ListedCase): string => machine.split('@')[0]!;

async function* openCases(ledger: Pick<Ledger, 'list'>): AsyncGenerator<ListedCase> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await ledger.list({ status: 'open', limit: PAGE, after });
    yield* page;
    after = page.at(-1)?.case;
    more = page.length === PAGE;
  }
}
