/** A bureau goes into another while two matters are under way: files reloaded by running processes, cases moved, taken back. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { shippedFiles } from '../../activities/directory';
import type { Gateway } from '../../client/gateway';
import { namesOf } from '../../client/rights';
import { openSite, type Site } from '../../client/site';
import { gatewayAlone } from '../../worker/gateway';
import type { House } from '../../worker/house';
import { openLog } from '../../worker/logging';
import type { CaseReport } from '../../worker/reorganisation';
import { type ReorganiseOptions, reorganise } from '../../worker/reorganise-command';
import { dateOf, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import { housed, Matters } from '../operations/house';
import { Commands, holdersOf, Installations, report } from '../support/installation';

const installations = new Installations();
const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const today = dateOf(Date.now());
const yesterday = plusDays(today, -1);
const namespace = `reorganise-${randomUUID().slice(0, 8)}`;
const before = ['X1-desk', 'X1-head', 'X2-desk', 'X2-head', 'D10-desk', 'D10-head'];

const city = readFileSync(shippedFiles().city, 'utf8');
/** D10, 生态环境局, ends yesterday. */
const cityAfter = city.replace('shortHant: 生態環境局,', `shortHant: 生態環境局,\n      to: ${yesterday},`);
const change = `units:
  - { id: D32, kind: department, nameZh: 石嘴山市生态局, nameHant: 石嘴山市生態局, shortZh: 生态局, shortHant: 生態局, from: ${today}, source: 测试〔2026〕9号 }
reorganisations:
  - { id: R1, from: ${today}, units: { D10: D32 }, source: 测试〔2026〕9号 }
`;

const data = installations.site(
  'city',
  {
    directory: ['city.yaml', 'holders.yaml', 'change.yaml'],
    temporal: { namespace },
    gateway: { port: 0 },
  } as never,
  { 'city.yaml': city, 'holders.yaml': holdersOf(before), 'change.yaml': 'units: []\n' },
);
const commands = new Commands(installations.processes, data, { TEMPORAL_ADDRESS: address });
const matters = new Matters(() => house);

let house: House;
let gateway: Gateway;
let cases: string[];

const opened = (): Site => {
  const site = openSite(data, 'city');
  if ('errors' in site) throw new Error(site.errors.join('\n'));
  return site.ok;
};
const write = (file: string, text: string) => writeFileSync(join(data, file), text);
const inCase = async (id: string) => (await house.city.view(id)).context as { lead: string; openedBy: object };
const leads = () => Promise.all(cases.map(async (id) => (await inCase(id)).lead));
const moved = (stdout: string) => (JSON.parse(stdout) as { cases: CaseReport[]; batch?: string }).cases;

beforeAll(async () => {
  house = await housed(opened());
  gateway = await gatewayAlone(opened(), address, { log: openLog('silent') });
  cases = [await matters.assigned('一'), await matters.assigned('二')];
}, 60_000);

afterAll(async () => {
  await gateway?.close();
  await house?.stop();
  await installations.close();
}, 30_000);

const holdersAfter = () => {
  const old = holdersOf(before) as { persons: object[]; holders: { seat: string; person: string }[] };
  const seats = ['D32-desk', 'D32-head'];
  const fresh = holdersOf(seats) as typeof old;
  return JSON.stringify({
    persons: [...old.persons, ...fresh.persons],
    holders: [
      ...old.holders.map((one) => (one.seat.startsWith('D10') ? { ...one, to: yesterday } : one)),
      ...fresh.holders.map((one) => ({ ...one, from: today })),
    ],
  });
};

test('a merger that leaves somebody in a seat of the old bureau is refused by file and line, and nothing changes', async () => {
  const { version } = house.site.directory;
  write('city.yaml', cityAfter);
  write('change.yaml', change);
  const { code, stderr } = await commands.run(['directory', 'reload']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/holders\.yaml:\d+: 'test-d10-head' holds 'D10-head' always, but D10 ends; expected to: /);
  expect(house.site.directory.version).toBe(version);
  await matters.act(cases[0]!, 'PROGRESS', 'D10-desk', { text: 'P-1' });
}, 30_000);

test('put right, worker and gateway both take it; stamps name the new version, and the old bureau acts no longer', async () => {
  write('holders.yaml', holdersAfter());
  const { code, stdout } = await commands.run(['directory', 'reload', '--json']);
  const { version, processes } = JSON.parse(stdout) as {
    version: string;
    processes: { entrance: string; taken: boolean }[];
  };
  expect(processes.map(({ entrance, taken }) => [entrance, taken])).toEqual([
    ['gateway', true],
    ['test', true],
  ]);
  expect(code).toBe(0);
  const refused = await house.city.act(procedure, cases[0]!, 'PROGRESS', {
    seat: 'D10-desk',
    payload: { text: 'P-2' },
  });
  expect(refused.refusal?.code).toBe('seat-not-held');
  await matters.act(cases[0]!, 'SET_DATE', 'X2-desk', { date: plusDays(today, 40), reason: '测试', vmcNote: 'N-1' });
  const record = await house.ledger.record(cases[0]!);
  expect(record.at(-1)?.entry.by).toMatchObject({ seat: 'X2-desk', directoryVersion: version });
}, 30_000);

test('what waits for the old bureau waits for the new one; its old messages and matters are the new one’s to read', async () => {
  const { directory } = house.site;
  expect(directory.seatOf('D10-desk', Date.now())).toBe('D32-desk');
  const names = namesOf('D32-desk', { directory }, Date.now());
  const { items } = await house.ledger.inbox({ for: names, box: 'unread' });
  expect(items.flatMap((item) => (item.box === 'unread' ? [item.tell.case] : []))).toContain(cases[0]);
}, 30_000);

test('a dry run names both cases and moves none', async () => {
  const { code, stdout } = await commands.run(['directory', 'reorganise', 'R1', '--dry-run', '--json']);
  expect(code).toBe(0);
  expect(moved(stdout)).toEqual(
    cases.map((id) => ({ case: id, outcome: 'would-move', changes: [{ at: '/lead', before: 'D10', after: 'D32' }] })),
  );
  expect(await leads()).toEqual(['D10', 'D10']);
}, 30_000);

test('moved by one command, each by one recorded step, and the new bureau goes on', async () => {
  const dues = await Promise.all(cases.map(async (id) => (await house.city.view(id)).deadlines));
  const { code, stdout } = await commands.run([
    'directory',
    'reorganise',
    'R1',
    '--apply',
    '--by',
    'X1-desk',
    '--json',
  ]);
  expect([code, moved(stdout).map(({ outcome }) => outcome)]).toEqual([0, ['moved', 'moved']]);
  expect(await leads()).toEqual(['D32', 'D32']);
  expect(await Promise.all(cases.map(async (id) => (await house.city.view(id)).deadlines))).toEqual(dues);
  await matters.act(cases[0]!, 'REPORT', 'D32-head', report());
  const steps = (await house.ledger.record(cases[0]!)).filter(({ entry }) => entry.trigger.type === 'UNIT_CHANGED');
  expect(steps.map(({ entry }) => entry.by)).toEqual([{ from: 'directory' }]);
}, 45_000);

test('taken back by its batch, and made again', async () => {
  const undone = await commands.run(['directory', 'reorganise', 'R1-1', '--undo', '--by', 'X1-desk', '--json']);
  expect([undone.code, moved(undone.stdout).map(({ outcome }) => outcome)]).toEqual([0, ['restored', 'restored']]);
  expect(await leads()).toEqual(['D10', 'D10']);
  const again = await commands.run(['directory', 'reorganise', 'R1', '--apply', '--by', 'X1-desk', '--json']);
  expect([again.code, await leads()]).toEqual([0, ['D32', 'D32']]);
}, 45_000);

test.each<[string, string, Partial<ReorganiseOptions>, string | RegExp]>([
  ['a reorganisation there is not', 'R9', { dryRun: true }, /has no reorganisation 'R9'; it has R1$/],
  [
    'a seat that is not the Office’s',
    'R1',
    { apply: true, by: 'X2-desk' },
    "--by is 'X2-desk'; expected a seat of X1, the Office",
  ],
  ['nobody', 'R1', { apply: true }, 'expected --by, a seat of X1 such as X1-desk'],
  ['a batch there is not', 'R9-1', { undo: true, by: 'X1-desk' }, "there is no batch 'R9-1'; there is R1-1, R1-2"],
  ['nothing to do', 'R1', {}, 'expected one of --dry-run, --apply, --undo'],
  ['two things', 'R1', { dryRun: true, apply: true }, 'expected one of --dry-run, --apply, --undo'],
  [
    'a choice that is none',
    'R1',
    { dryRun: true, choose: ['D32'] },
    "--choose is 'D32'; expected CASE=UNIT, such as SI-2026-0001=D33",
  ],
  ['a unit that is no part', 'R1', { dryRun: true, choose: ['SI-1=D20'] }, '--choose SI-1=D20: expected one of D32'],
])('what cannot be done is one sentence, and nothing is done: %s', async (_, id, options, sentence) => {
  process.env.TEMPORAL_ADDRESS = address;
  await expect(reorganise(id, { data, ...options })).rejects.toThrow(sentence);
  delete process.env.TEMPORAL_ADDRESS;
});

test('the record is whole, and the histories replay with the cache off', async () => {
  expect(await house.ledger.verify()).toMatchObject({ ok: true, cases: 2 });
  const histories = house.temporal.workflow.list({ query: 'WorkflowType = "supervision-item"' }).intoHistories();
  const failed: unknown[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: house.code }, histories))
    if (error) failed.push({ workflowId, error });
  expect(failed).toEqual([]);
}, 45_000);
