/** A term opened through the entrance of a running city: stamps carry who presides, and what they say is checked. */
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { shippedFiles } from '../../activities/directory';
import { termOf } from '../../client/authority';
import { openSite, type Site } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { formatInstant, type Standing } from '../../workflows/law';
import { actingAuthorityProcedure as term } from '../../workflows/procedures/acting-authority';
import type { AuthorityStamp } from '../../workflows/procedures/kit';
import { supervisionItemProcedure } from '../../workflows/procedures/supervision-item';
import type { Json } from '../../workflows/runtime/workflow';
import { Commands, holdersOf, Installations, matter } from '../support/installation';
import { eventually } from '../support/processes';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const VICE_MAYORS = ['vm-1', 'vm-2', 'vm-3', 'vm-4', 'vm-5', 'vm-6', 'vm-7'];

const FILES = {
  'holders.yaml': {
    ...holdersOf(['X1-desk', 'X2-desk', 'D07-desk']),
    functions: [{ function: 'evm', seat: 'vm-1', source: 'test' }],
    appointmentOrder: [{ order: VICE_MAYORS, source: 'test' }],
  },
};

let site: Site;
let house: House;
let termCase: string;
let opened: number;

beforeAll(async () => {
  const opened = openSite(
    installations.site('city', { directory: [shippedFiles().city, 'holders.yaml'] }, FILES),
    'city',
  );
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  site = { ...opened.ok, namespace: `term-${randomUUID().slice(0, 8)}` };
  house = await openHouse({ site, address, log: openLog('silent'), entrance: 'gateway' });
}, 90_000);

afterAll(async () => {
  await house?.stop();
  await installations.close();
});

const open = (payload: Json) => house.city.start(term, { seat: 'X1-desk', payload });
const act = (type: string, seat: string, payload: Json) => house.city.act(term, termCase, type, { seat, payload });
const standing = () => house.city.authority.standing();
const version = async () => (await standing())?.version;

const openedBy = async (id: string) => (await house.ledger.record(id))[0]!.entry.by as AuthorityStamp;

let told = 0;
const tell = (type: string, seat: string) => {
  told += 1;
  const person = site.directory.holderOf(seat, Date.now())!.person.id;
  const payload = { person, seats: [seat], interval: { from: Date.now() }, basis: 'observed', case: `LR-${seat}` };
  return house.city.cases.notify(termCase, { id: `n-${told}`, from: `LR-${seat}`, seq: told, type, payload });
};

test('what cannot be said from the directory is left unassigned, and a city without a term says nothing in its stamps', async () => {
  expect(await standing()).toBeUndefined();
  const { case: before } = await house.city.start(supervisionItemProcedure, { seat: 'X2-desk', payload: matter() });
  expect(await openedBy(before!)).not.toHaveProperty('standing');
});

test('a term is opened from the directory, once', async () => {
  const { payload, unassigned } = termOf(site.directory, Date.now());
  expect(unassigned).toEqual([]);
  const answer = await open(payload);
  expect(answer).toMatchObject({ outcome: 'changed' });
  termCase = answer.case!;
  opened = Date.now();
  await eventually(async () =>
    expect(await standing()).toMatchObject({ case: termCase, version: 1, presider: 'mayor' }),
  );
  expect(await open(payload)).toMatchObject({
    outcome: 'rule',
    refusal: { code: 'term-open', params: { case: termCase } },
  });
});

test('an order with a tie opens none: refused at the door, nothing recorded', async () => {
  const { payload } = termOf(site.directory, Date.now());
  const tied = { ...payload, order: payload.order.map((one) => ({ ...one, rank: 1 })) };
  expect((await open(tied)).outcome).toBe('rule');
  expect(await house.ledger.list({ procedure: term.name })).toHaveLength(1);
});

test('an open case hears who presides; a later one is stamped with it, and the stamp is signed', async () => {
  const [item] = await house.ledger.list({ procedure: supervisionItemProcedure.name });
  await eventually(async () => {
    const { context } = await house.city.view(item!.case);
    expect((context as { standing?: Standing }).standing).toMatchObject({ case: termCase, version: 1 });
  }, 20_000);
  const { case: id } = await house.city.start(supervisionItemProcedure, { seat: 'X2-desk', payload: matter() });
  const stamp = await openedBy(id!);
  expect(stamp).toMatchObject({ standing: { case: termCase, version: 1, column: 'A' }, basis: 'own' });
  expect(stamp.signature).toMatchObject({ key: expect.any(String), value: expect.any(String) });
});

test('absences told move who presides; the entrustment of the mayor counts from afar', async () => {
  await tell('ABSENCE_STARTED', 'mayor');
  await eventually(async () => expect(await standing()).toMatchObject({ state: 'awaiting-entrustment', version: 2 }));
  const entrustment = {
    ...{ receiver: 'vm-1', act: 'preside', mode: 'standing', ref: 'W-1' },
    period: { from: '2026-01-01T00:00:00+08:00' },
  };
  expect(await act('ENTRUST', 'vm-1', entrustment)).toMatchObject({
    outcome: 'rule',
    refusal: { code: 'ENTRUSTMENT_NOT_BY_MAYOR' },
    said: { citation: expect.stringContaining('第九条') },
  });
  expect((await act('ENTRUST', 'mayor', entrustment)).outcome).toBe('changed');
  await eventually(async () =>
    expect(await standing()).toMatchObject({ state: 'evm-presiding', presider: 'vm-1', column: 'B' }),
  );
});

test('the stamp of an act names who presides by then; a notice of another presider is refused', async () => {
  await tell('ABSENCE_STARTED', 'vm-1');
  await eventually(async () => expect(await standing()).toMatchObject({ presider: 'vm-2', column: 'C' }));
  const before = await version();
  const receipt = await act('CONFIRM_NOTICE', 'X1-desk', { version: before!, presider: 'vm-3' });
  expect(receipt).toMatchObject({ outcome: 'rule', refusal: { code: 'RANK_SKIPPED' } });
  expect((await act('CONFIRM_NOTICE', 'X1-desk', { version: before!, presider: 'vm-2' })).outcome).toBe('changed');
  const entries = (await house.ledger.record(termCase)).map(({ entry }) => entry);
  expect(entries.at(-1)!.by).toMatchObject({
    standing: { version: before, presider: 'vm-2' },
    asOf: expect.any(Number),
  });
});

test('the facts of the list of absences are put beside an act that asks for them', async () => {
  expect(await house.city.authority.acting()).toMatchObject({
    case: termCase,
    absences: [
      { seats: ['mayor'], state: 'open' },
      { seats: ['vm-1'], state: 'open' },
    ],
  });
});

test('the commands say who presides, on what ground, and that a second term would be refused', async () => {
  const commands = new Commands(installations.processes, site.dataDir);
  const presider = await commands.run(['presider']);
  expect(presider).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('副市长按序主持：副市长（2号席位）（第九条）'),
  });
  expect(presider.stdout).toContain('不在石：市长、副市长（1号席位）');
  const before = await commands.run(['presider', '--at', formatInstant(opened), '--json']);
  expect(JSON.parse(before.stdout)).toMatchObject({ state: 'mayor-presiding', presider: 'mayor', version: 1 });
  const foreseen = await commands.run(['term', 'open', '--dry-run', '--json']);
  expect(foreseen.code).toBe(1);
  expect(JSON.parse(foreseen.stdout)).toMatchObject({ unassigned: [], refusal: { code: 'term-open' } });
});

test('histories replay without cache', async () => {
  const history = await house.temporal.workflow.getHandle(termCase).fetchHistory();
  expect(history.events!.length).toBeGreaterThan(10);
  await Worker.runReplayHistory({ workflowBundle: house.code }, history, termCase);
});

test('the term ends; what follows is stamped without it', async () => {
  expect((await act('CLOSE_TERM', 'X1-desk', { ref: 'W-9' })).outcome).toBe('changed');
  await eventually(async () => expect(await standing()).toBeUndefined());
});
