/** Schedules on the real server: made once, and what they start opens a period once (spec 2.7). */
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { openSite, type Site } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { type Openings, startOpenings } from '../../worker/openings';
import { bundleProcedures } from '../../worker/procedure-worker';
import { listSchedules, pauseSchedules, scheduleId } from '../../worker/schedules';
import { dateOf, plusDays } from '../../workflows/law';
import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import { bundle } from '../../workflows/runtime/worker';
import { Installations } from '../support/installation';
import { eventually } from '../support/processes';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const log = openLog('silent');
const today = () => dateOf(Date.now());
const month = () => today().slice(0, 7);

let site: Site;
let house: House;
let openings: Openings;

beforeAll(async () => {
  const opened = openSite(installations.city(['X1-desk', 'X1-head', 'D06-head']), 'city');
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  site = { ...opened.ok, namespace: `schedules-${randomUUID().slice(0, 8)}` };
  house = await openHouse({ site, address, log, entrance: 'test', code: await bundleProcedures() });
  openings = startOpenings({ ...house, address, log });
  await openings.ready;
}, 60_000);

afterAll(async () => {
  await openings?.stop();
  await house?.stop();
  await installations.close();
});

const casesOf = async (obligation: string, owner: string) =>
  (await house.ledger.list({ procedure: procedure.name, unit: owner })).filter(
    ({ summary }) => (summary as { obligation: string }).obligation === obligation,
  );
const periodOf = ({ summary }: { summary: unknown }) => (summary as { period: { id: string } }).period.id;
const byPeriod = async (obligation: string, owner: string) =>
  (await casesOf(obligation, owner)).sort((a, b) => (periodOf(a) < periodOf(b) ? -1 : 1));
const trigger = (obligation: 'RO12' | 'RO6' | 'RO1', owner: string) =>
  house.temporal.schedule.getHandle(scheduleId({ obligation, owner })).trigger();
const openingsOf = async (owner: string) => {
  const found = [];
  for await (const { workflowId, status } of house.temporal.workflow.list({
    query: 'WorkflowType = "open-obligation"',
  }))
    if (workflowId.includes(owner)) found.push({ workflowId, status: status.name });
  return found;
};

test('a city has one schedule per obligation and owner, each with its next period; made again, nothing changes', async () => {
  const synced = (await openings.ready)!;
  expect(synced.created).toContain('recurring:RO1:mayor');
  expect(synced.created).toContain('recurring:RO6:D06');
  expect(synced.skipped.filter((sentence) => sentence.startsWith('RO9 is not opened: D01, D02, '))).toHaveLength(1);
  await eventually(async () => {
    const listed = await listSchedules(house.temporal);
    expect(listed.map(({ id }) => id).sort()).toEqual([...synced.created].sort());
    const standing = listed.find(({ id }) => id === 'recurring:RO3:mayor')!;
    expect(dateOf(standing.next[0]!)).toMatch(/-01$/);
    expect(standing.next[0]! % 86_400_000).toBe(16 * 3_600_000);
  });
  const again = await openings.sync();
  expect([again.created, again.updated, again.removed, again.unchanged]).toEqual([[], [], [], synced.created.length]);
}, 60_000);

test('triggered, it opens the period that runs; triggered again, no second one', async () => {
  await trigger('RO12', 'vm-3');
  await eventually(async () => expect(await casesOf('RO12', 'vm-3')).toHaveLength(1));
  const [one] = await casesOf('RO12', 'vm-3');
  expect(one!.summary).toMatchObject({ owner: 'vm-3', count: 1, period: { id: month() }, awaiting: ['vm-3'] });
  // The server names what it starts by the second.
  await new Promise((done) => setTimeout(done, 1_100));
  await trigger('RO12', 'vm-3');
  await eventually(async () => {
    const started = await openingsOf('vm-3');
    expect(started.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
  });
  expect(await casesOf('RO12', 'vm-3')).toHaveLength(1);
  const [opened] = (await house.ledger.record(one!.case)).map(({ entry }) => entry);
  expect(opened!.by).toMatchObject({ system: 'calendar', seat: 'X1-desk' });
  expect(opened!.by).toHaveProperty('signature');
}, 60_000);

test('of many at once, as after an outage, one opens the period', async () => {
  await Promise.all(Array.from({ length: 4 }, () => trigger('RO6', 'D06')));
  await eventually(async () => {
    const started = await openingsOf('D06');
    expect(started.map(({ status }) => status)).toEqual(Array(started.length).fill('COMPLETED'));
    expect(started.length).toBeGreaterThanOrEqual(1);
    expect(await casesOf('RO6', 'D06')).toHaveLength(1);
  });
}, 60_000);

test('a missed period is opened with its own number, and the later one knows that it was still open', async () => {
  const handle = house.temporal.schedule.getHandle(scheduleId({ obligation: 'RO12', owner: 'vm-4' }));
  const first = `${month()}-01`;
  const before = plusDays(first, -1);
  const start = new Date(Date.parse(`${before.slice(0, 7)}-01T00:00:00+08:00`) - 60_000);
  await handle.backfill({
    start,
    end: new Date(Date.parse(`${first}T00:00:00+08:00`) + 60_000),
    overlap: 'BUFFER_ALL',
  });
  await eventually(async () => expect(await casesOf('RO12', 'vm-4')).toHaveLength(2));
  const [earlier, later] = await byPeriod('RO12', 'vm-4');
  expect([periodOf(earlier!), periodOf(later!)]).toEqual([before.slice(0, 7), month()]);
  await eventually(async () => expect((await house.city.view(earlier!.case)).state).toEqual(['open.overdue']));
  const view = await house.city.view(later!.case);
  expect(view.context).toMatchObject({ behind: [earlier!.case] });
}, 60_000);

test('evidence that serves one period is refused for the next one by the entrance', async () => {
  const [earlier, later] = await byPeriod('RO12', 'vm-4');
  const payload = { evidence: { kind: 'visit', ref: '过问记录1' }, at: new Date().toISOString() };
  const act = (id: string) => house.city.act(procedure, id, 'FULFIL', { seat: 'vm-4', payload });
  expect((await act(earlier!.case)).outcome).toBe('changed');
  expect(await act(later!.case)).toMatchObject({ outcome: 'rule', refusal: { code: 'EVIDENCE_MISSING' } });
  const other = { ...payload, evidence: { kind: 'visit', ref: '过问记录2' } };
  expect((await house.city.act(procedure, later!.case, 'FULFIL', { seat: 'vm-4', payload: other })).outcome).toBe(
    'changed',
  );
}, 60_000);

test('paused, it stays paused when it is brought into step, and its reason stands beside it', async () => {
  await pauseSchedules(house.temporal, 'pause', { ids: ['recurring:RO1:mayor'], note: '换届' });
  await openings.sync();
  const { state } = await house.temporal.schedule.getHandle('recurring:RO1:mayor').describe();
  expect([state.paused, state.note]).toEqual([true, '换届']);
}, 60_000);

test('who owes it no longer has no schedule, and one under way opens nothing for him', async () => {
  const id = 'recurring:RO6:D06';
  const holderOf = site.directory.holderOf.bind(site.directory);
  jest
    .spyOn(site.directory, 'holderOf')
    .mockImplementation((seat, at) => (seat === 'D06-head' ? undefined : holderOf(seat, at)));
  try {
    const { removed, skipped } = await openings.sync();
    expect(removed).toEqual(expect.arrayContaining([id]));
    expect(skipped).toContain('RO6 is not opened: D06 has nobody who holds its seat.');
  } finally {
    jest.restoreAllMocks();
  }
  expect((await openings.sync()).created).toContain(id);
}, 60_000);

test('histories of openings and of the cases they opened replay', async () => {
  const code = await bundle(require.resolve('../../workflows/openings'));
  for (const { workflowId } of await openingsOf('vm-3')) {
    const history = await house.temporal.workflow.getHandle(workflowId).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: code }, history, workflowId);
  }
  for (const { case: id } of [...(await casesOf('RO12', 'vm-3')), ...(await casesOf('RO12', 'vm-4'))]) {
    const history = await house.temporal.workflow.getHandle(id).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: house.code }, history, id);
  }
}, 60_000);
