/** `zhengling calendar`: which days of a year are worked, whether a notice is in order, and what it moves once published. */
import { calendarText, say, tableOf } from './calendar-text';
import type { Desk } from './desk';
import { Misused } from './errors';
import { tell } from './out';
import { atDesk, type Common } from './run';

export interface Publishing extends Common {
  by?: string;
  dryRun?: boolean;
}

/** Seats of the Office publish. */
const OFFICE = 'X1';

export function show(year: string | undefined, options: Common): Promise<void> {
  return atDesk(options, async (desk) => {
    const { dateOf, yearOf } = require('../../workflows/law') as typeof import('../../workflows/law');
    const asked = year === undefined ? yearOf(dateOf(Date.now())) : yearIn(year);
    const calendar = (await lawbookOf(desk)).yearOf(asked);
    tell(desk.out, await calendar, (one) => calendarText(one, desk.out.script));
    return 0;
  });
}

function yearIn(text: string): number {
  if (/^20\d{2}$/.test(text) && Number(text) >= 2025) return Number(text);
  throw new Misused(`'${text}' is no year of the calendar; one from 2025 to 2099 is expected`);
}

export function check(file: string, options: Common): Promise<void> {
  return atDesk(options, async ({ out }) => {
    const calendar = calendarIn(file);
    const { year, notice } = calendar;
    tell(out, calendar, () => say('calendar.fits', { file, year, notice }, out.script));
    return 0;
  });
}

export function publish(file: string, { by, dryRun = false, ...options }: Publishing): Promise<void> {
  return atDesk(options, async (desk) => {
    const { foreseeCalendar, publishCalendar } = require('../lawbook') as typeof import('../lawbook');
    const calendar = calendarIn(file);
    const seat = officeSeat(desk, by, dryRun);
    const city = await desk.city();
    const parts = { ledger: await desk.ledger(), lawbook: city.lawbook, cases: city.cases, by: seat };
    const { out } = desk;
    if (dryRun) {
      const foreseen = await foreseeCalendar(parts, calendar);
      tell(out, foreseen, (all) => tableOf(all, out.script));
      return 0;
    }
    desk.attest(seat);
    const told = await publishCalendar(parts, calendar);
    tell(out, told, ({ sent, closed, failed }) =>
      [
        say('calendar.told', { year: calendar.year, sent, closed }, out.script),
        ...failed.map(({ case: one, error }) => say('calendar.failed', { case: one, error }, out.script)),
        ...(failed.length > 0 ? [say('calendar.again', {}, out.script)] : []),
      ].join('\n'),
    );
    return told.failed.length > 0 ? 1 : 0;
  });
}

function calendarIn(file: string) {
  const { readCalendarFile } = require('../lawbook') as typeof import('../lawbook');
  const read = readCalendarFile(file);
  if ('errors' in read) throw new Misused(read.errors.join('\n'));
  return read.ok;
}

function officeSeat({ site }: Desk, by: string | undefined, dryRun: boolean): string {
  if (by === undefined && dryRun) return `${OFFICE}-desk`;
  if (by !== undefined && site.directory.seat(by)?.unit === OFFICE) return by;
  const given = by === undefined ? 'none is named' : `${by} is none`;
  throw new Misused(`a calendar is published by a seat of the Office, such as --by ${OFFICE}-desk; ${given}`);
}

async function lawbookOf(desk: Desk) {
  const { lawbookOf: open } = require('../lawbook') as typeof import('../lawbook');
  return open({ ledger: await desk.ledger(), site: desk.site, procedures: desk.procedures });
}
