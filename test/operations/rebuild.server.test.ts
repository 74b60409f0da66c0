/** The ledger's lists, wrecked while the city runs, and rebuilt from its record and its open cases. */
import { rmSync } from 'node:fs';
import type { Ledger } from '../../activities/ledger';
import { ledgerPlace, type Site } from '../../client/site';
import type { House } from '../../worker/house';
import { type RebuildProgress, type Rebuilt, rebuildLedger, rebuildText } from '../../worker/rebuild';
import { procedures } from '../../workflows/procedures';
import { CaseClient, NoSuchCase } from '../../workflows/runtime/client';
import type { Place } from '../ledger/support';
import { Installations } from '../support/installation';
import { describeOnPostgres, startPostgres, type TestPostgres } from '../support/postgres';
import { eventually } from '../support/processes';
import { housed, Matters, siteOf } from './house';
import { contents, projections, query } from './tables';

jest.setTimeout(120_000);

const wrecks = projections.map((table) => `delete from ${table}`);
const kinds = ({ differences }: Rebuilt) => [...new Set(differences.map(({ kind }) => kind))].sort();

function rebuilds(kind: Ledger['kind'], urlOf: () => string | undefined): void {
  const installations = new Installations();
  let site: Site;
  let house: House;
  let place: Place;
  let cases: { registered: string; assigned: string; closed: string };

  beforeAll(async () => {
    const url = urlOf();
    site = siteOf(installations, url === undefined ? {} : { ledger: { url, schema: 'rebuilt' } });
    place = ledgerPlace(site) as Place;
    house = await housed(site);
    const matters = new Matters(() => house);
    cases = {
      registered: await matters.registered(),
      assigned: await matters.assigned('排污口整治'),
      closed: await matters.closed(),
    };
    await settled();
  });

  afterAll(async () => {
    await house?.stop();
    await installations.close();
    rmSync(installations.folder, { recursive: true, force: true });
  });

  /** Until the delivery loop has confirmed every link, and nothing moves any more. */
  const settled = () =>
    eventually(async () => expect(await house.ledger.unconfirmedTails(0, Date.now())).toEqual([]), 60_000);

  const progress: RebuildProgress[] = [];
  const casesOf = () => new CaseClient(house.temporal, { taskQueue: site.taskQueue });
  const rebuild = (check = false, asked: Pick<CaseClient, 'view'> = casesOf()): Promise<Rebuilt> =>
    rebuildLedger({
      ledger: house.ledger,
      temporal: house.temporal,
      cases: asked,
      procedures,
      check,
      onProgress: (step) => progress.push(step),
    });
  const lists = () => contents(place, projections);

  it(`is on ${kind}`, () => expect(house.ledger.kind).toBe(kind));

  it('finds nothing in a sound ledger', async () => {
    expect(await rebuild(true)).toEqual({ check: true, cases: 3, asked: 2, differences: [] });
  });

  it('brings back lists, keys, inboxes and search, equal to before, and again changes nothing', async () => {
    const before = await lists();
    for (const wreck of wrecks) await query(place, wreck);
    const checked = await rebuild(true);
    expect(kinds(checked)).toEqual(['done', 'keys', 'list', 'search', 'todo']);
    expect(await lists()).not.toEqual(before);
    const rebuilt = await rebuild();
    expect(rebuilt.differences.every(({ repaired }) => repaired)).toBe(true);
    expect(await lists()).toEqual(before);
    expect(await rebuild()).toMatchObject({ differences: [] });
    expect(progress.some(({ of, done }) => of === 'record' && done === 3)).toBe(true);
  });

  it('asks the open cases where the record kept nothing of what was shown, and the closed ones while Temporal knows them', async () => {
    const before = await lists();
    for (const wreck of ['update record set projection = null', ...wrecks]) await query(place, wreck);
    const rebuilt = await rebuild();
    expect(kinds(rebuilt)).toContain('other');
    expect((await house.ledger.caseView(cases.assigned))?.summary).toMatchObject({ matter: '排污口整治', unit: 'D10' });
    expect((await lists()).awaited).toEqual(before.awaited);
    expect((await lists()).acted).toEqual(before.acted);
    expect((await lists()).case_view).toEqual(before.case_view);
    expect((await house.ledger.search({ text: '排污口' })).items.map((one) => one.case)).toEqual([cases.assigned]);
    expect(await rebuild(true)).toMatchObject({ differences: [] });
  });

  it('lists a closed case that Temporal has forgotten by what its record says', async () => {
    await query(place, `update record set projection = null where case_id = '${cases.closed}'`);
    for (const wreck of wrecks) await query(place, `${wreck} where case_id = '${cases.closed}'`);
    const forgetful: Pick<CaseClient, 'view'> = {
      view: (id) => (id === cases.closed ? Promise.reject(new NoSuchCase(id)) : casesOf().view(id)),
    };
    const { differences } = await rebuild(false, forgetful);
    expect(differences).toContainEqual(
      expect.objectContaining({ case: cases.closed, kind: 'unlisted', repaired: true }),
    );
    expect(await house.ledger.caseView(cases.closed)).toMatchObject({
      status: 'closed',
      summary: { matter: '测试事项' },
    });
    expect((await house.ledger.search({ text: cases.closed })).items).toHaveLength(1);
  });

  it('puts the word of an open case in the place of a list that says otherwise', async () => {
    const before = await lists();
    const other = `replace(projection, '排污口整治', '别的事项')`;
    await query(place, `update record set projection = ${other} where case_id = '${cases.assigned}'`);
    const { differences } = await rebuild();
    expect(differences.map(({ case: id, kind: of }) => [id, of])).toContainEqual([cases.assigned, 'other']);
    expect(await lists()).toEqual(before);
  });

  it('fills the feed and the messages', async () => {
    const tells = (await house.ledger.tells({ limit: 1_000 })).map(({ id }) => id).sort();
    const events = (await house.ledger.feed({ limit: 1_000 })).length;
    await query(place, `delete from feed where case_id = '${cases.closed}'`);
    await query(place, 'delete from tell');
    expect(kinds(await rebuild())).toEqual(['feed', 'messages']);
    expect((await house.ledger.tells({ limit: 1_000 })).map(({ id }) => id).sort()).toEqual(tells);
    expect(await house.ledger.feed({ limit: 1_000 })).toHaveLength(events);
    expect(await house.ledger.verify()).toMatchObject({ ok: true });
  });

  it('confirms what stands and the ledger did not know', async () => {
    const { length } = await house.ledger.record(cases.closed);
    const last = `case_id = '${cases.closed}' and sequence = ${length}`;
    await query(place, `delete from feed where ${last} and subject = ''`);
    await query(place, `update record set confirmed = 0, first_written_at = 1 where ${last}`);
    await rebuild();
    expect((await house.ledger.record(cases.closed)).every(({ confirmed }) => confirmed)).toBe(true);
    expect(await house.ledger.verify()).toMatchObject({ ok: true });
  });

  it('goes on while cases take steps, and finds nothing wrong with those', async () => {
    const matters = new Matters(() => house);
    let stopped = false;
    const acting = (async () => {
      while (!stopped) await matters.act(cases.assigned, 'PROGRESS', 'D10-desk', { text: 'T' });
    })();
    for (const wreck of wrecks) await query(place, wreck);
    const { differences } = await rebuild().finally(() => {
      stopped = true;
    });
    await acting;
    expect(differences.filter(({ repaired }) => !repaired)).toEqual([]);
    await settled();
    expect(await rebuild(true)).toMatchObject({ differences: [] });
  });

  it('says of a record that lost links, and of a case that Temporal does not know, what only a backup brings back', async () => {
    await query(
      place,
      `insert into record select 'SI-1999-0001', sequence, replace(entry, case_id, 'SI-1999-0001'), hash, previous, first_written_at, projection, confirmed from record where case_id = '${cases.registered}'`,
    );
    const { length } = await house.ledger.record(cases.assigned);
    await query(place, `delete from record where case_id = '${cases.assigned}' and sequence = ${length}`);
    const rebuilt = await rebuild(true);
    const ofCase = (id: string, kind: string) =>
      rebuilt.differences.find((one) => one.case === id && one.kind === kind);
    expect(ofCase(cases.assigned, 'behind')?.sentence).toContain(
      `has ${length - 1} links where the case has handed over ${length}`,
    );
    expect(rebuildText(rebuilt)).toContain('asked where they stand');
    expect(rebuilt.differences.some(({ case: id }) => id === 'SI-1999-0001')).toBe(true);
  });
}

describe('rebuilding a ledger on SQLite', () => rebuilds('sqlite', () => undefined));

describeOnPostgres('rebuilding a ledger on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  rebuilds('postgresql', () => server.url);
});
