/** An edition, and a calendar, published while matters are under way: on the real server, carried by the errand loop. */
import { Worker } from '@temporalio/worker';
import { foreseeCalendar, publishCalendar } from '../../client/lawbook';
import { openSite } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { type CalendarYear, dateOf, parameter, plusDays, statutoryHolidays, yearOf } from '../../workflows/law';
import { rulebookVersionProcedure as version } from '../../workflows/procedures/rulebook-version';
import { supervisionItemProcedure as supervision } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { assignment, Installations, matter } from '../support/installation';
import { eventually } from '../support/processes';

jest.setTimeout(90_000);

type Payload = { [key: string]: Json };

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const today = dateOf(Date.now());
const seats = ['X1-desk', 'X2-desk', 'D10-desk', 'D10-head'];
const word = { onWordOf: { seat: 'mayor', ref: 'P-1' } };
const unit = parameter('supervision.progressEvery').unit;

let house: House;
beforeAll(async () => {
  const opened = openSite(installations.city(seats), 'city');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  const site = { ...opened.ok, namespace: 'lawbook' };
  house = await openHouse({ site, address, log: openLog('silent'), entrance: 'gateway' });
}, 90_000);

afterAll(async () => {
  await house?.stop();
  await installations.close();
});

async function done(
  caseId: string,
  type: string,
  payload: Payload,
  { by = 'X1-desk', ...more }: { by?: string; onWordOf?: object } = {},
) {
  const procedure = caseId.startsWith('RV') ? version : supervision;
  const answer = await house.city.act(procedure, caseId, type, { seat: by, payload, ...more } as never);
  if (answer.refusal) throw new Error(`${type}: ${JSON.stringify(answer.refusal)}`);
  return answer;
}

async function assigned(title: string): Promise<string> {
  const { case: id, said } = await house.city.start(supervision, { seat: 'X2-desk', payload: matter(title) });
  if (id === undefined) throw new Error(said?.sentence);
  await done(id, 'ASSIGN', assignment(plusDays(today, 700)), { by: 'X2-desk' });
  return id;
}

/** A version that sets how often progress is reported. */
async function published(kind: string, days: number): Promise<string> {
  const payload: Payload = { repeals: [], basis: ['测试依据'], scope: ['departments'], kind };
  const { case: id, said } = await house.city.start(version, { seat: 'X1-desk', payload });
  if (id === undefined) throw new Error(said?.sentence);
  const figure = { key: 'supervision.progressEvery', value: days, unit, basis: 'chosen', reason: '测试', author: 'X1' };
  await done(id, 'SET_PARAMETER', { ...figure, from: today });
  await done(id, 'APPROVE', { ref: 'P-1' }, word);
  await done(id, 'PUBLISH', { effectiveFrom: today, number: `测试〔${days}〕号` });
  return id;
}

const progressOf = async (id: string): Promise<number> =>
  (await house.city.view(id)).deadlines.find(({ name }) => name === 'progress')!.dueAt;
const entriesOf = async (id: string) => (await house.ledger.record(id)).map(({ entry }) => entry);
const lawSteps = async (id: string) =>
  (await entriesOf(id)).filter(({ effects }) => effects.some(({ kind }) => kind === 'law'));
const accepts = async (id: string) => (await house.city.view(id)).accepts.map(({ type }) => type);
const shown = async (id: string) =>
  (await house.ledger.caseView(id))?.summary as { choice?: { to: string }; marks: string[] };

let cases: string[];
let first: string;

it('a version of limits dates two open matters anew, as a step of each, and new ones begin under it', async () => {
  cases = [await assigned('其一'), await assigned('其二')];
  const before = await Promise.all(cases.map(progressOf));
  const records = await Promise.all(cases.map(entriesOf));
  first = await published('limits', 300);
  await eventually(async () =>
    expect(await Promise.all(cases.map(async (id) => (await lawSteps(id)).length))).toEqual([1, 1]),
  );
  for (const [i, id] of cases.entries()) {
    expect(await progressOf(id)).toBeGreaterThan(before[i]!);
    const entries = await entriesOf(id);
    expect(entries.slice(0, records[i]!.length)).toEqual(records[i]);
    expect(entries.at(-1)).toMatchObject({
      trigger: { kind: 'notice', type: 'VERSION_CHANGED', payload: { from: 'draft-2026', to: first, kind: 'limits' } },
      by: { from: first },
    });
  }
  const fresh = await assigned('其三');
  expect((await house.city.view(fresh)).deadlines.find(({ name }) => name === 'progress')).toBeDefined();
  expect(Math.abs((await progressOf(fresh)) - (await progressOf(cases[0]!)))).toBeLessThan(86_400_000);
  expect((await lawSteps(fresh)).length).toBe(0);
});

it('a calendar is foreseen, published and heard of once; the deadlines that reach its year move', async () => {
  const year = yearOf(today) + 1;
  const holidays = [
    ...new Set([...statutoryHolidays(year), ...[4, 5, 6, 7, 8].map((day) => `${year}-01-0${day}`)]),
  ].sort();
  const calendar: CalendarYear = { year, notice: '测试通知', holidays, adjustedWorkingDays: [] };
  const { ledger, city } = house;
  const parts = { ledger, lawbook: city.lawbook, cases: city.cases, by: 'X1-desk' };
  const before = await progressOf(cases[0]!);
  const foreseen = (await foreseeCalendar(parts, calendar)).find((one) => one.case === cases[0])!;
  expect(foreseen.moved).toMatchObject([{ name: 'progress', from: before }]);
  expect(await progressOf(cases[0]!)).toBe(before);
  expect(await ledger.calendars()).toEqual([]);
  const told = await publishCalendar(parts, calendar);
  expect(told).toMatchObject({ failed: [], closed: 0 });
  expect(told.sent).toBeGreaterThanOrEqual(3);
  await eventually(async () => expect((await lawSteps(cases[0]!)).length).toBe(2));
  expect(await progressOf(cases[0]!)).toBe(foreseen.moved![0]!.to);
  await publishCalendar(parts, calendar);
  expect((await lawSteps(cases[0]!)).length).toBe(2);
});

it('a version of another course takes the place of the first and asks the Office, case by case', async () => {
  const second = await published('structure', 20);
  await eventually(async () => {
    for (const id of cases) expect((await shown(id)).choice).toMatchObject({ to: second });
    expect((await house.ledger.caseView(first))?.status).toBe('closed');
  });
  expect((await house.city.view(first)).state).toEqual(['superseded']);
  const [moving, staying] = cases as [string, string];
  const before = await progressOf(moving);
  expect(await accepts(moving)).toContain('CHOOSE_VERSION');
  const refused = await house.city.act(supervision, moving, 'CHOOSE_VERSION', {
    seat: 'D10-head',
    payload: { choice: 'move' },
  });
  expect(refused).toMatchObject({ outcome: 'not-entitled', refusal: { entitled: ['X1'] } });
  await done(moving, 'CHOOSE_VERSION', { choice: 'move', reason: '测试' });
  await done(staying, 'CHOOSE_VERSION', { choice: 'continue' });
  expect(await progressOf(moving)).toBeLessThan(before);
  expect(await progressOf(staying)).toBe(before);
  for (const id of cases) expect(await accepts(id)).not.toContain('CHOOSE_VERSION');
});

it('the ledger is whole, and every history replays with the cache off', async () => {
  expect(await house.ledger.verify()).toMatchObject({ ok: true });
  for (const id of [...cases, first]) {
    const history = await house.temporal.workflow.getHandle(id).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: house.code }, history, id);
  }
});
