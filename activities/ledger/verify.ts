/**
 * Proves that the record is what was written: every hash, every link, every seal, from the rows alone. Reads in pages on
 * a connection of its own and lets the process breathe, so that cases go on being written meanwhile.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { digest, GENESIS, hashOf } from '../../workflows/runtime/workflow/record';
import type { RecordEntry } from '../../workflows/runtime/workflow/types';
import type { RecordRow } from './rows';
import { allSeals, type Heads, makeSeal, type Seal, sealedHeadRows } from './seals';
import { type Reader, type Store, snapshot } from './store';

export type Verification =
  | { ok: true; cases: number; entries: number; seals: number; lastSeal?: { day: string; hash: string } }
  | { ok: false; problems: string[] };

const PAGE = 500;

export function verify(store: Store): Promise<Verification> {
  return store.beside({ readonly: true }, (own) => snapshot(own, examine));
}

async function examine(reader: Reader): Promise<Verification> {
  const chains = await walk(reader);
  const seals = await allSeals(reader);
  const problems = [
    ...chains.problems,
    ...(await sealProblems(reader, seals, chains.hashes)),
    ...(await listProblems(reader, chains.hashes)),
    ...(await feedProblems(reader)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const last = seals.at(-1);
  return {
    ok: true,
    cases: chains.hashes.size,
    entries: [...chains.hashes.values()].reduce((sum, hashes) => sum + hashes.length, 0),
    seals: seals.length,
    ...(last ? { lastSeal: { day: last.day, hash: last.hash } } : {}),
  };
}

/** For each case the hashes its rows state, in order. */
type Hashes = Map<string, string[]>;

async function walk(reader: Reader): Promise<{ hashes: Hashes; problems: string[] }> {
  const hashes: Hashes = new Map();
  const problems: string[] = [];
  let before: RecordRow | undefined;
  for (;;) {
    const rows = await page(reader, before);
    for (const row of rows) {
      const follows = before?.case_id === row.case_id ? before : undefined;
      problems.push(...entryProblems(row, follows));
      if (follows) hashes.get(row.case_id)?.push(row.hash);
      else hashes.set(row.case_id, [row.hash]);
      before = row;
    }
    if (rows.length < PAGE) return { hashes, problems };
    await breathe();
  }
}

function page(reader: Reader, after: RecordRow | undefined): Promise<RecordRow[]> {
  const query = reader.selectFrom('record').selectAll().orderBy('case_id').orderBy('sequence').limit(PAGE);
  if (!after) return query.execute();
  return query
    .where(({ eb, refTuple, tuple }) => eb(refTuple('case_id', 'sequence'), '>', tuple(after.case_id, after.sequence)))
    .execute();
}

function entryProblems(row: RecordRow, before: RecordRow | undefined): string[] {
  const problems: string[] = [];
  const name = `entry ${row.sequence} of case ${row.case_id}`;
  const expected = (before?.sequence ?? 0) + 1;
  if (row.sequence !== expected) problems.push(`${name} comes where entry ${expected} should stand`);
  if (row.previous !== (before?.hash ?? GENESIS)) problems.push(`${name} does not link to the one before it`);
  if (row.confirmed === 1 && before?.confirmed === 0) problems.push(`${name} is confirmed, but not the one before it`);
  return [...problems, ...contentProblems(row, name)];
}

function contentProblems(row: RecordRow, name: string): string[] {
  let entry: RecordEntry;
  try {
    entry = JSON.parse(row.entry);
  } catch {
    return [`${name} is not readable as JSON`];
  }
  const { hash, ...body } = entry;
  if (hashOf(body) !== hash || hash !== row.hash)
    return [`${name} has been changed: its hash is not that of its content`];
  const same = entry.case === row.case_id && entry.sequence === row.sequence && entry.previous === row.previous;
  return same ? [] : [`${name} holds entry ${entry.sequence} of case ${entry.case}`];
}

async function sealProblems(reader: Reader, seals: readonly Seal[], hashes: Hashes): Promise<string[]> {
  const problems: string[] = [];
  const changes = await changesByDay(reader);
  const heads: Heads = new Map();
  let previous = GENESIS;
  for (const seal of seals) {
    for (const { case_id, sequence, hash } of changes.get(seal.day) ?? []) {
      heads.set(case_id, { sequence, hash });
      const problem = headProblem(case_id, sequence, hash, hashes.get(case_id));
      if (problem) problems.push(`the seal of ${seal.day} covers ${problem}`);
    }
    changes.delete(seal.day);
    if (seal.previous !== previous) problems.push(`the seal of ${seal.day} does not link to the seal before it`);
    if (digest(makeSeal(seal.day, heads, seal.previous, seal.sealedAt)) !== digest(seal))
      problems.push(`the seal of ${seal.day} has been changed: it is not that of the heads it covers`);
    previous = seal.hash;
  }
  for (const day of changes.keys()) problems.push(`heads were sealed on ${day}, but that day's seal is missing`);
  return problems;
}

async function changesByDay(reader: Reader) {
  const byDay = new Map<string, Awaited<ReturnType<typeof sealedHeadRows>>>();
  for (const row of await sealedHeadRows(reader)) {
    const rows = byDay.get(row.day);
    if (rows) rows.push(row);
    else byDay.set(row.day, [row]);
  }
  return byDay;
}

function headProblem(caseId: string, sequence: number, hash: string, hashes: string[] | undefined): string | undefined {
  if (!hashes) return `case ${caseId}, which is gone`;
  if (hashes.length < sequence)
    return `entry ${sequence} of case ${caseId}, but its record was cut off after entry ${hashes.length}`;
  if (hashes[sequence - 1] !== hash) return `entry ${sequence} of case ${caseId}, which is another one now`;
  return undefined;
}

/** What is listed or told without an entry it rests on. */
async function listProblems(reader: Reader, hashes: Hashes): Promise<string[]> {
  const views = await reader.selectFrom('case_view').select(['case_id', 'sequence']).execute();
  const tells = await reader.selectFrom('tell').select(['case_id', 'sequence']).distinct().execute();
  const errands = await reader.selectFrom('errand').select(['case_id', 'sequence']).distinct().execute();
  const lacks = (caseId: string, sequence: number) => (hashes.get(caseId)?.length ?? 0) < sequence;
  return [
    ...views
      .filter(({ case_id, sequence }) => lacks(case_id, sequence))
      .map(({ case_id, sequence }) => `case ${case_id} is listed as of entry ${sequence}, which its record lacks`),
    ...tells
      .filter(({ case_id, sequence }) => lacks(case_id, sequence))
      .map(({ case_id, sequence }) => `messages rest on entry ${sequence} of case ${case_id}, which its record lacks`),
    ...errands
      .filter(({ case_id, sequence }) => lacks(case_id, sequence))
      .map(({ case_id, sequence }) => `errands rest on entry ${sequence} of case ${case_id}, which its record lacks`),
  ];
}

/** Confirmed entries that those outside were never told of. */
async function feedProblems(reader: Reader): Promise<string[]> {
  const untold = await reader
    .selectFrom('record')
    .leftJoin('feed', (join) =>
      join.onRef('feed.case_id', '=', 'record.case_id').onRef('feed.sequence', '=', 'record.sequence'),
    )
    .select(['record.case_id', 'record.sequence'])
    .where('record.confirmed', '=', 1)
    .where('feed.position', 'is', null)
    .orderBy('record.case_id')
    .orderBy('record.sequence')
    .limit(PAGE)
    .execute();
  return untold.map(
    ({ case_id, sequence }) => `entry ${sequence} of case ${case_id} is confirmed, but not in the feed`,
  );
}
