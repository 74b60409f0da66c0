/** Calendars published for an installation: all of its processes count by them. A corrected notice is a new row. */
import type { Instant, Json } from '../../workflows/runtime/workflow/types';
import type { Store } from './store';

export interface PublishedCalendar {
  year: number;
  /** The notice as it was checked. */
  content: Json;
  publishedAt: Instant;
  /** The seat that published it. */
  by: string;
}

const PREFIX = 'calendar:';

const nameOf = ({ year, publishedAt }: PublishedCalendar): string =>
  `${PREFIX}${year}:${String(publishedAt).padStart(15, '0')}`;

/** Keeps a notice; answers the one that holds for its year, which is the given one or the same published before. */
export async function publishCalendar(store: Store, calendar: PublishedCalendar): Promise<PublishedCalendar> {
  const { year, ...value } = calendar;
  return store.note(async (writer) => {
    const rows = await writer
      .selectFrom('meta')
      .selectAll()
      .where('name', 'like', `${PREFIX}${year}:%`)
      .orderBy('name')
      .execute();
    const last = rows.at(-1);
    const known = last && calendarOf(last);
    if (known && JSON.stringify(known.content) === JSON.stringify(calendar.content)) return known;
    await writer
      .insertInto('meta')
      .values({ name: nameOf(calendar), value: JSON.stringify(value) })
      .execute();
    return calendar;
  });
}

/** In the order of years, and of each year in the order of publication. */
export function publishedCalendars(store: Store): Promise<PublishedCalendar[]> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('meta')
      .selectAll()
      .where('name', 'like', `${PREFIX}%`)
      .orderBy('name')
      .execute();
    return rows.map(calendarOf);
  });
}

function calendarOf({ name, value }: { name: string; value: string }): PublishedCalendar {
  const [, year] = name.split(':');
  return { year: Number(year), ...JSON.parse(value) } as PublishedCalendar;
}
