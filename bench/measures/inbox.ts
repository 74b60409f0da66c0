/** How long an official waits for what waits for him: one inbox out of a full ledger, read page after page. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Ledger, openLedger } from '../../activities/ledger';
import { postgresMissing, startPostgres } from '../../test/support/postgres-server';
import { type Filing, fileCases, namesOf } from '../filing';
import { number, type Row } from '../report';
import { median, quantile, spread } from '../statistics';
import type { Bench, Measure } from './measure';

/** Items of a page, as the gateway has it. */
const PAGE = 50;
const LIMIT_MS = 50;

/** Milliseconds of every page, and of every inbox from its first page to its last. */
interface Reads {
  pages: number[];
  wholes: number[];
}

interface Found {
  rows: Row[];
  remark: string;
}

export const inbox: Measure = async (bench) => {
  const found = [await onSqlite(bench)];
  if (postgresMissing === undefined) found.push(await onPostgres(bench));
  return {
    rows: found.flatMap(({ rows }) => rows),
    remarks: [...found.map(({ remark }) => remark), ...(postgresMissing === undefined ? [] : [postgresMissing])],
  };
};

async function onSqlite(bench: Bench): Promise<Found> {
  const ledger = await openLedger({ file: join(bench.workshop.directory, 'inbox.db'), durability: 'relaxed' });
  try {
    return await measured(bench, ledger, 'SQLite', async () => {});
  } finally {
    await ledger.close();
  }
}

async function onPostgres(bench: Bench): Promise<Found> {
  const postgres = await startPostgres();
  const schema = `bench_${randomUUID().slice(0, 8)}`;
  const client = new Client({ connectionString: postgres.url });
  try {
    await client.connect();
    const ledger = await openLedger({ url: postgres.url, schema, durability: 'relaxed' });
    try {
      // The server does this by itself, within a minute of so many new rows.
      const settle = async () => void (await client.query(`vacuum analyze "${schema}".awaited, "${schema}".case_view`));
      return await measured(bench, ledger, 'PostgreSQL', settle);
    } finally {
      await ledger.close();
    }
  } finally {
    await client.query(`drop schema if exists "${schema}" cascade`).catch(() => {});
    await client.end();
    await postgres.stop();
  }
}

async function measured(
  { plan, progress }: Bench,
  ledger: Ledger,
  database: string,
  settle: () => Promise<void>,
): Promise<Found> {
  const { rounds, reads, cases, items, loops } = plan.inbox;
  const filing: Filing = { cases, units: cases / items };
  const begun = performance.now();
  await fileCases(ledger, filing, loops, (filed) => progress(`${filed} of ${cases} cases filed on ${database}`));
  const seconds = (performance.now() - begun) / 1_000;
  await settle();
  const found: Reads[] = [];
  for (let round = -1; round < rounds; round++) {
    progress(`inboxes on ${database}, round ${round + 1} of ${rounds}`);
    const read = await readMany(ledger, filing, items, round < 0 ? 5 : reads);
    if (round >= 0) found.push(read);
  }
  return {
    rows: rowsOf(found, `${items} items out of ${cases.toLocaleString('en')} cases on ${database}`),
    remark: remarkOf(found, database, seconds),
  };
}

/** One inbox after another, each of another desk until all have had their turn. */
async function readMany(ledger: Ledger, { units }: Filing, items: number, reads: number): Promise<Reads> {
  const found: Reads = { pages: [], wholes: [] };
  for (let n = 0; n < reads; n++) {
    const pages = await readInbox(ledger, namesOf((n * 37) % units), items);
    found.pages.push(...pages);
    found.wholes.push(pages.reduce((total, ms) => total + ms, 0));
  }
  return found;
}

/** @throws Error when the inbox does not hold what was filed for it */
async function readInbox(ledger: Ledger, names: readonly string[], items: number): Promise<number[]> {
  const pages: number[] = [];
  const seen = new Set<string>();
  for (let after: string | undefined, more = true; more; ) {
    const begun = performance.now();
    const page = await ledger.inbox({ for: names, box: 'todo', limit: PAGE, after });
    pages.push(performance.now() - begun);
    for (const item of page.items) if (item.box === 'todo') seen.add(item.case.case);
    after = page.next;
    more = after !== undefined;
  }
  if (seen.size !== items) throw new Error(`the inbox of ${names[0]} shows ${seen.size} cases, ${items} were filed`);
  return pages;
}

function rowsOf(found: readonly Reads[], inbox: string): Row[] {
  const p95 = (of: keyof Reads) => spread(found.map((reads) => quantile(reads[of], 0.95)));
  const target = { relation: '≤', value: LIMIT_MS } as const;
  return [
    { name: `inbox of ${inbox}, all pages: p95 in ms`, target, found: p95('wholes'), figures: {} },
    { name: `one page (${PAGE}) of it: p95 in ms`, target, found: p95('pages'), figures: {} },
  ];
}

function remarkOf(found: readonly Reads[], database: string, seconds: number): string {
  const of = (kind: keyof Reads): string => {
    const all = found.flatMap((reads) => reads[kind]);
    const { max } = spread(all);
    return `${number(median(all))} / ${number(quantile(all, 0.95))} / ${number(max)} ms (n = ${all.length})`;
  };
  return `${database}, p50 / p95 / max: a page ${of('pages')}, an inbox ${of('wholes')}; filed in ${seconds.toFixed(0)} s`;
}
