/** What people wait for is found by an index on every database, however many cases there are. */
import { Client } from 'pg';
import type { Ledger } from '../../activities/ledger';
import { Connection } from '../../activities/ledger/connection';
import { Ledger as LedgerOf } from '../../activities/ledger/ledger';
import { SqliteDatabase } from '../../activities/ledger/sqlite';
import { Store } from '../../activities/ledger/store';
import { describeOnPostgres } from '../support/postgres';
import { Desk, endServerAfterFile, HOUR, PlayedCase, PostgresDesk, T0, tellEffect } from './support';

jest.setTimeout(60_000);

const names = ['D07-desk', 'D07', 'evm'];
const after = (...key: (string | number)[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

const asked: [string, (ledger: Ledger) => Promise<unknown>][] = [
  ['todo', (ledger) => ledger.inbox({ for: names, box: 'todo', after: after(1, T0, 'C-1') })],
  ['todo of a procedure', (ledger) => ledger.inbox({ for: names, box: 'todo', procedure: 'p' })],
  ['done', (ledger) => ledger.inbox({ for: names, box: 'done', after: after(T0, 'C-1') })],
  ['done of a procedure', (ledger) => ledger.inbox({ for: names, box: 'done', procedure: 'p' })],
  ['unread', (ledger) => ledger.inbox({ for: names, box: 'unread', after: after(T0, 'C-1:1:0/D07') })],
  ['counts', (ledger) => ledger.counts({ for: names })],
  ['search', (ledger) => ledger.search({ text: '供水保障', after: after(T0, 'C-1') })],
  ['list of a unit', (ledger) => ledger.list({ unit: 'D07', status: 'open' })],
  ['list of a procedure', (ledger) => ledger.list({ procedure: 'p', after: 'C-1' })],
  ['list of what concerns', (ledger) => ledger.list({ concerning: names })],
  ['feed', (ledger) => ledger.feed({ after: 3 })],
  ['feed of a case', (ledger) => ledger.feed({ case: 'C-1' })],
  ['feed of a type', (ledger) => ledger.feed({ types: ['tell.acknowledged'] })],
  ['record', (ledger) => ledger.record('C-1')],
  ['reached', (ledger) => ledger.reached('C-1', 1)],
  ['unconfirmed tails', (ledger) => ledger.unconfirmedTails(0, T0)],
  ['tells of a seat', (ledger) => ledger.tells({ recipient: 'D07' })],
  ['readings of a case', (ledger) => ledger.readings({ case: 'C-1' })],
  ['attachments of a case', (ledger) => ledger.attachmentsOf('C-1')],
  ['papers of a series', (ledger) => ledger.documentNumbers({ series: 's', year: 2026 })],
  ['claiming', (ledger) => ledger.claimTells({ now: T0, leaseMs: HOUR, limit: 5, waiting: true })],
  ['claiming errands', (ledger) => claimingErrands(ledger)],
  ['errands of a case', (ledger) => ledger.errands({ case: 'C-1', after: { case: 'C-1', sequence: 1, position: 0 } })],
  ['errands given up', (ledger) => ledger.errandsGivenUp()],
  ['errands waiting', (ledger) => ledger.errandBacklog()],
  ['tails with errands', (ledger) => ledger.errandTails()],
  ['who presides', (ledger) => ledger.standing()],
  ['who is away', (ledger) => ledger.absences()],
  ['open cases waiting for somebody', (ledger) => ledger.awaiting(names)],
  ['open cases of a procedure', (ledger) => ledger.openCases({ procedures: ['p'], after: 'C-1' })],
  ['open cases', (ledger) => ledger.openCases({ after: 'C-1' })],
  ['a step', (ledger) => stepOf(ledger)],
];

async function claimingErrands(ledger: Ledger): Promise<void> {
  const effect = { kind: 'notifyCase', to: { every: true }, type: 'T', payload: {}, cite: null };
  await new PlayedCase('SI-2026-0002').settled(ledger, { effects: [effect, effect] });
  const [errand] = await ledger.claimErrands({ now: T0, leaseMs: HOUR, limit: 5, perCase: 2 });
  const { case: id, lease } = errand!;
  await ledger.keepErrands(id, lease, T0 + HOUR);
  await ledger.settleErrands(id, lease, [{ id: errand!.id, state: 'carried', at: T0 }]);
}

async function stepOf(ledger: Ledger): Promise<void> {
  const played = new PlayedCase('SI-2026-0001');
  const by = { seat: 'D07-desk', unit: 'D07', basis: 'own' };
  await played.settled(ledger, { by, effects: [tellEffect(['D07'])] });
  await ledger.flush(played.batch(played.step({ by, effects: [tellEffect(['D07'])] })));
}

type Query = { sql: string; values: readonly unknown[] };

const isQuestion = (sql: string): boolean => /^(select|update|delete)/i.test(sql) && !/pg_advisory/.test(sql);

describe('on SQLite', () => {
  const desk = new Desk();
  afterAll(() => desk.clear());

  test.each(asked)('%s reads no table from end to end', async (_, ask) => {
    const file = desk.newFile();
    await (await desk.open({ file })).close();
    const options = { file, readonly: false, durability: 'relaxed' } as const;
    const connection = new Connection(options);
    const ledger = new LedgerOf(new Store(new SqliteDatabase(options, connection), () => T0), 'salt');
    const queries: Query[] = [];
    const run = connection.run.bind(connection);
    connection.run = (sql, values) => {
      queries.push({ sql, values });
      return run(sql, values);
    };
    await ask(ledger);
    const plans = queries
      .filter(({ sql }) => isQuestion(sql))
      .flatMap(({ sql, values }) => run(`explain query plan ${sql}`, values).rows as { detail: string }[])
      .map(({ detail }) => detail);
    expect(plans.length).toBeGreaterThan(0);
    // What is scanned is a page that was found by an index before, or the one row of the feed's end.
    const tables = /^SCAN (?!page|head|c$|feed_end|some|\(subquery|\d)/;
    expect(plans.filter((line) => tables.test(line) && !/USING (COVERING )?INDEX|PRIMARY KEY/.test(line))).toEqual([]);
    await ledger.close();
  });
});

describeOnPostgres('on PostgreSQL', () => {
  const desk = new PostgresDesk();
  beforeAll(() => desk.prepare());
  afterAll(() => desk.clear());
  endServerAfterFile();

  test.each(asked)('%s reads no table from end to end', async (_, ask) => {
    const place = desk.newPlace();
    const ledger = await desk.open(place);
    const queries: Query[] = [];
    const original = Client.prototype.query;
    const spy = jest.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]) {
      if (typeof args[0] === 'string') queries.push({ sql: args[0], values: (args[1] as unknown[]) ?? [] });
      return (original as (...all: unknown[]) => unknown).apply(this, args) as never;
    });
    await ask(ledger);
    spy.mockRestore();
    const client = new Client({
      connectionString: desk.url,
      options: `-c search_path=${place.schema} -c enable_seqscan=off`,
    });
    await client.connect();
    const plans: string[] = [];
    for (const { sql, values } of queries.filter((query) => isQuestion(query.sql)))
      plans.push(...(await client.query(`explain ${sql}`, [...values])).rows.map((row) => row['QUERY PLAN']));
    await client.end();
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter((line) => /Seq Scan on (?!feed_end)/.test(line))).toEqual([]);
  });
});
