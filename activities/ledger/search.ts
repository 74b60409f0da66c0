/** Search in case numbers, matters and units, by the pairs of characters in `words.ts`. */
import { sql } from 'kysely';
import { keyOfCursor, type Page, pageOf, pageSize } from './paging';
import { casesConcerning } from './reading';
import { type ListedCase, listedOf } from './rows';
import type { Reader, Store } from './store';
import { containing, gramsOf, termsOf } from './words';

export interface SearchQuery {
  /** Words apart by spaces: all of them must stand in case number, matter or unit. One character is enough. */
  text: string;
  status?: 'open' | 'closed' | undefined;
  procedure?: string | undefined;
  /** Only cases that name, await, were acted in by, or told one of these. */
  concerning?: readonly string[] | undefined;
  /** At most so many, and never more than 1,000; 100 unless told. */
  limit?: number | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
}

/** What is more frequent than this need not be counted further. */
const COMMON = 5_000;
/** The rarest of so many pairs is rare enough. */
const WEIGHED = 24;

/** Opened last, first. @throws BadCursor */
export async function search(store: Store, asked: SearchQuery): Promise<Page<ListedCase>> {
  const size = pageSize(asked.limit);
  const key = asked.after === undefined ? undefined : keyOfCursor(asked.after, 'number', 'string');
  const terms = termsOf(asked.text);
  if (terms.length === 0) return { items: [] };
  return store.read(async (reader) => {
    const gram = await rarest(reader, [...new Set(terms.flatMap(gramsOf))]);
    if (gram === 'none') return { items: [] };
    const from = gram === undefined ? everyCase(reader) : casesWith(reader, gram);
    let query = from
      .orderBy('place.opened_at', 'desc')
      .orderBy('place.case_id', 'desc')
      .limit(size + 1);
    for (const term of terms) query = query.where(sql<boolean>`case_view.words like ${containing(term)} escape '\\'`);
    if (asked.status !== undefined) query = query.where('case_view.status', '=', asked.status);
    if (asked.procedure !== undefined) query = query.where('case_view.procedure', '=', asked.procedure);
    if (asked.concerning !== undefined)
      query = query.where('case_view.case_id', 'in', casesConcerning(reader, asked.concerning));
    if (key)
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('place.opened_at', 'place.case_id'), '<', tuple(...key)),
      );
    return pageOf(await query.execute(), size, listedOf, ({ opened_at, case_id }) => [opened_at, case_id]);
  });
}

/** Words of one character have no pair: cases are looked through from the newest on. */
function everyCase(reader: Reader) {
  return reader
    .selectFrom('case_view as place')
    .innerJoin('case_view', 'case_view.case_id', 'place.case_id')
    .selectAll('case_view');
}

function casesWith(reader: Reader, gram: string) {
  return reader
    .selectFrom('case_gram as place')
    .innerJoin('case_view', 'case_view.case_id', 'place.case_id')
    .selectAll('case_view')
    .where('place.gram', '=', gram);
}

/** The pair that fewest cases have; `none` where one of them occurs nowhere. */
async function rarest(reader: Reader, grams: readonly string[]): Promise<string | 'none' | undefined> {
  const weighed = grams
    .slice(0, WEIGHED)
    .map((gram) =>
      reader
        .selectFrom(reader.selectFrom('case_gram').select('gram').where('gram', '=', gram).limit(COMMON).as('some'))
        .select(({ fn }) => [sql<string>`${gram}`.as('gram'), fn.countAll<number>().as('n')]),
    );
  const first = weighed[0];
  if (!first) return undefined;
  const rows = await weighed
    .slice(1)
    .reduce((all, one) => all.unionAll(one), first)
    .execute();
  const [least] = rows.sort((a, b) => a.n - b.n);
  return least === undefined || least.n === 0 ? 'none' : least.gram;
}
