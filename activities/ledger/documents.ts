/** Numbers of papers (文号): without gaps, never twice, and a withdrawn paper keeps its number as 作废. */
import type { Selectable } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import { keyOfCursor, type Page, pageOf, pageSize } from './paging';
import type { DocumentNumberTable } from './schema';
import type { Store } from './store';

export interface DocumentNumberQuery {
  /** The issuing body's code (机关代字), such as 石政发. */
  series: string;
  year: number;
  /** The paper's id. A paper has one number: asked again, it is answered with that, whatever the series. */
  paper: string;
  case?: string | undefined;
}

export interface DocumentNumber {
  /** As it stands on the paper (GB/T 9704): 石政发〔2026〕12号. */
  id: string;
  series: string;
  year: number;
  number: number;
  paper: string;
  case?: string;
  givenAt: Instant;
  voided?: { at: Instant; seat: string; reason: string };
}

export interface GivenDocumentNumber extends DocumentNumber {
  /** False when the paper had its number already. */
  fresh: boolean;
}

export interface VoidQuery {
  series: string;
  year: number;
  number: number;
  reason: string;
  seat: string;
  at: Instant;
}

export interface DocumentListQuery {
  series?: string | undefined;
  year?: number | undefined;
  case?: string | undefined;
  /** At most so many, and never more than 1,000; 100 unless told. */
  limit?: number | undefined;
  /** `next` of the page before. */
  after?: string | undefined;
}

/** The series is taken before the register is looked into: a paper asked for twice at once has one number. */
export function giveDocumentNumber(
  store: Store,
  { series, year, paper, case: caseId }: DocumentNumberQuery,
): Promise<GivenDocumentNumber> {
  return store.write([`paper ${paper}`, `numbers of papers ${series}`], async (writer) => {
    const given = await writer.selectFrom('document_number').selectAll().where('paper', '=', paper).executeTakeFirst();
    if (given) return { ...documentOf(given), fresh: false };
    const { last: number } = await writer
      .insertInto('document_series')
      .values({ series, year, last: 1 })
      .onConflict((on) =>
        on.columns(['series', 'year']).doUpdateSet((eb) => ({ last: eb('document_series.last', '+', 1) })),
      )
      .returning('last')
      .executeTakeFirstOrThrow();
    const row = { series, year, number, paper, case_id: caseId ?? null, given_at: store.clock() };
    await writer.insertInto('document_number').values(row).execute();
    return { ...documentOf({ ...row, void_at: null, void_seat: null, void_reason: null }), fresh: true };
  });
}

/** The number stays used. The first reason given stays. */
export function voidDocumentNumber(
  store: Store,
  { series, year, number, reason, seat, at }: VoidQuery,
): Promise<'voided' | 'already' | 'unknown'> {
  return store.write(`numbers of papers ${series}`, async (writer) => {
    const row = await writer
      .selectFrom('document_number')
      .select('void_at')
      .where('series', '=', series)
      .where('year', '=', year)
      .where('number', '=', number)
      .executeTakeFirst();
    if (!row) return 'unknown';
    if (row.void_at !== null) return 'already';
    await writer
      .updateTable('document_number')
      .set({ void_at: at, void_seat: seat, void_reason: reason })
      .where('series', '=', series)
      .where('year', '=', year)
      .where('number', '=', number)
      .execute();
    return 'voided';
  });
}

/** In the order of series, year and number. @throws BadCursor */
export async function documentNumbers(
  store: Store,
  { series, year, case: caseId, limit, after }: DocumentListQuery,
): Promise<Page<DocumentNumber>> {
  const size = pageSize(limit);
  const key = after === undefined ? undefined : keyOfCursor(after, 'string', 'number', 'number');
  return store.read(async (reader) => {
    let query = reader
      .selectFrom('document_number')
      .selectAll()
      .orderBy('series')
      .orderBy('year')
      .orderBy('number')
      .limit(size + 1);
    if (series !== undefined) query = query.where('series', '=', series);
    if (year !== undefined) query = query.where('year', '=', year);
    if (caseId !== undefined) query = query.where('case_id', '=', caseId);
    if (key)
      query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('series', 'year', 'number'), '>', tuple(...key)));
    return pageOf(await query.execute(), size, documentOf, (row) => [row.series, row.year, row.number]);
  });
}

function documentOf(row: Selectable<DocumentNumberTable>): DocumentNumber {
  const { series, year, number, paper, case_id, given_at, void_at, void_seat, void_reason } = row;
  return {
    id: `${series}〔${year}〕${number}号`,
    series,
    year,
    number,
    paper,
    ...(case_id === null ? {} : { case: case_id }),
    givenAt: given_at,
    ...(void_at === null ? {} : { voided: { at: void_at, seat: void_seat ?? '', reason: void_reason ?? '' } }),
  };
}
