/**
 * The daily seal: one hash over the heads of all cases and the seal before. Hash chains show an edited entry; only a seal
 * shows that a whole case is gone, or the last entries of one. Its strength is that it can be kept elsewhere, on paper.
 */
import { dateOf, isDate } from '../../workflows/law';
import { digest, GENESIS } from '../../workflows/runtime/workflow/record';
import type { Head, Instant } from '../../workflows/runtime/workflow/types';
import { inPortions, type Reader, type Store } from './store';

export interface Seal {
  day: string;
  /** Cases it covers. */
  cases: number;
  /** Confirmed entries it covers. */
  entries: number;
  /** Hash over every case with its head, in the order of case ids. */
  heads: string;
  /** Hash of the seal before; zeros for the first. */
  previous: string;
  sealedAt: Instant;
  /** Hash over all of the above. */
  hash: string;
}

export type Heads = Map<string, Head>;

/**
 * Seals every confirmed entry under the name of `day`. The same day again answers the seal it has.
 * @throws RangeError when the day is no date, has not begun at `now`, or lies before the newest seal
 */
export async function seal(store: Store, day: string, now: Instant): Promise<Seal> {
  if (!isDate(day)) throw new RangeError(`${JSON.stringify(day)} is not a day; expected one such as 2026-03-20`);
  if (day > dateOf(now))
    throw new RangeError(`${day} has not begun; the newest day that can be sealed is ${dateOf(now)}`);
  return store.write('the seals', async (writer) => {
    const seals = await allSeals(writer);
    const last = seals.at(-1);
    const same = seals.find((one) => one.day === day);
    if (same) return same;
    if (last && last.day > day) throw new RangeError(`${last.day} is sealed already; an earlier day cannot be added`);
    const heads = await confirmedHeads(writer);
    const before = await sealedHeads(writer);
    const changed = [...heads].filter(([id, head]) => before.get(id)?.hash !== head.hash);
    const made = makeSeal(day, heads, last?.hash ?? GENESIS, now);
    const { sealedAt: sealed_at, ...rest } = made;
    await writer
      .insertInto('seal')
      .values({ ...rest, sealed_at })
      .execute();
    const rows = changed.map(([case_id, head]) => ({ day, case_id, ...head }));
    await inPortions(rows, (portion) => writer.insertInto('seal_head').values(portion).execute());
    return made;
  });
}

export function makeSeal(day: string, heads: Heads, previous: string, sealedAt: Instant): Seal {
  const entries = [...heads.values()].reduce((sum, { sequence }) => sum + sequence, 0);
  const body = { day, cases: heads.size, entries, heads: digestOf(heads), previous, sealedAt };
  return { ...body, hash: digest(body) };
}

function digestOf(heads: Heads): string {
  const sorted = [...heads].sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(sorted.map(([id, { sequence, hash }]) => [id, sequence, hash]));
}

/** Oldest first. */
export async function allSeals(reader: Reader): Promise<Seal[]> {
  const rows = await reader.selectFrom('seal').selectAll().orderBy('day').execute();
  return rows.map(({ sealed_at, ...row }) => ({ ...row, sealedAt: sealed_at }));
}

export function sealedHeadRows(reader: Reader) {
  return reader.selectFrom('seal_head').selectAll().orderBy('day').orderBy('case_id').execute();
}

async function sealedHeads(reader: Reader): Promise<Heads> {
  const rows = await sealedHeadRows(reader);
  return new Map(rows.map(({ case_id, sequence, hash }) => [case_id, { sequence, hash }]));
}

async function confirmedHeads(reader: Reader): Promise<Heads> {
  const rows = await reader
    .selectFrom('record')
    .innerJoin(
      (from) =>
        from
          .selectFrom('record')
          .select(({ fn }) => ['case_id', fn.max('sequence').as('last')])
          .where('confirmed', '=', 1)
          .groupBy('case_id')
          .as('head'),
      (join) => join.onRef('head.case_id', '=', 'record.case_id').onRef('head.last', '=', 'record.sequence'),
    )
    .select(['record.case_id', 'record.sequence', 'record.hash'])
    .execute();
  return new Map(rows.map(({ case_id, sequence, hash }) => [case_id, { sequence, hash }]));
}

/** A seal with what it is over: every case with its head, in the order of case ids. */
export interface SealedHeads {
  seal: Seal;
  heads: { case: string; sequence: number; hash: string }[];
}

/** The first seal that covers an entry of a case; undefined while no day has been sealed since. */
export function sealOver(store: Store, caseId: string, sequence: number): Promise<SealedHeads | undefined> {
  return store.read(async (reader) => {
    const first = await reader
      .selectFrom('seal_head')
      .select('day')
      .where('case_id', '=', caseId)
      .where('sequence', '>=', sequence)
      .orderBy('day')
      .limit(1)
      .executeTakeFirst();
    const seal = first && (await allSeals(reader)).find(({ day }) => day === first.day);
    if (!seal) return undefined;
    const rows = await reader.selectFrom('seal_head').selectAll().where('day', '<=', seal.day).orderBy('day').execute();
    const heads = new Map(rows.map(({ case_id, sequence, hash }) => [case_id, { case: case_id, sequence, hash }]));
    return { seal, heads: [...heads.values()].sort((a, b) => (a.case < b.case ? -1 : 1)) };
  });
}
