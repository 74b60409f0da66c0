/** What the files of an installation leave open: seats, edition, calendar. */
import { remarks } from '../../../activities/directory';
import { calendarYears, dateOf, edition, yearOf } from '../../../workflows/law';
import type { Site } from '../../site';
import { type Check, check, fine, some } from './check';

export function siteChecks(site: Site, now: number): Check[] {
  return [...directoryChecks(site, now), editionCheck(), calendarCheck(site, now)];
}

function directoryChecks({ directory }: Site, now: number): Check[] {
  const vacant = directory.seats.filter(({ id }) => !directory.holderOf(id, now)).map(({ id }) => id);
  const evm = directory.seatOf('evm', now);
  return [
    check(
      'directory',
      `${directory.seats.length} seats, ${vacant.length} unassigned${vacant.length > 0 ? ` (${some(vacant)})` : ''}`,
      vacant.length === 0
        ? undefined
        : 'name holders in a directory file; acts of these seats are refused, and what is told them goes to the Office',
    ),
    check(
      'executive vice mayor',
      evm ?? 'unassigned',
      evm ? undefined : 'say in the directory which vice mayor it is; the third rung of the ladder does not reach him',
    ),
    ...remarkChecks(directory, now),
  ];
}

const remarked = { observers: 'fixed attendees', order: 'order of appointment', portfolios: 'portfolios' } as const;

/** What the standing meeting, presiding and the vice mayor in charge rest on. */
function remarkChecks(directory: Site['directory'], now: number): Check[] {
  const open = remarks(directory, now);
  return Object.entries(remarked).map(([what, name]) => {
    const found = open.find((one) => one.what === what);
    if (!found) return fine(name, 'assigned');
    return check(name, `${found.seen}${found.about.length > 0 ? ` (${some(found.about)})` : ''}`, found.todo);
  });
}

function editionCheck(): Check {
  if (edition.effectiveFrom) return fine('edition', edition.effectiveFrom);
  const todo = 'every view and printed record bears 【规则版本待确认】 until it is entered';
  return check('edition', `${edition.id}, its first day is not known`, todo);
}

/** The State Council publishes the next year's in autumn. */
const PUBLISHED_IN = 11;

function calendarCheck({ law }: Site, now: number): Check {
  const years = [...calendarYears, ...(law.years ?? [])].map(({ year }) => year);
  const last = Math.max(...years);
  const today = dateOf(now);
  const year = yearOf(today);
  const seen = `State Council notices through ${last}; it runs out on ${last}-12-31`;
  const todo = `load the notice of ${Math.max(last + 1, year)} by calendar.years; until then deadlines that reach it are 暂定`;
  if (last > year) return fine('calendar', seen);
  const isDue = last < year || Number(today.slice(5, 7)) >= PUBLISHED_IN;
  return check('calendar', seen, isDue ? todo : undefined);
}
