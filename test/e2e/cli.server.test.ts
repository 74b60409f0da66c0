/** The real thing by its commands: brought up, a matter taken from start to close, stopped, brought up again. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import Database from 'libsql';
import { openLedger } from '../../activities/ledger';
import { freePorts, portHolder } from '../../worker/temporal/ports';
import { isRunning, type ProcessRef, stopProcess } from '../../worker/temporal/process';
import { dateOf, plusDays } from '../../workflows/law';
import type { Deadline, Json, Receipt, RecordEntry } from '../../workflows/runtime/workflow';
import { assignment, Commands, Installations, matter, report } from '../support/installation';
import type { Ended, Running } from '../support/processes';

const installations = new Installations();
const { processes } = installations;
const held = ['X1-desk', 'X2-desk', 'D10-desk', 'D10-head'];
const data = installations.city(held);
const due = plusDays(dateOf(Date.now()), 30);
const commands = new Commands(processes, data, { TEMPORAL_ADDRESS: undefined });
const UNCONFIRMED_EDITION = '【规则版本待确认】';

let ports: { temporal: number; ui: number };
let running: Running | undefined;

beforeAll(async () => {
  const [temporal = 0, ui = 0] = await freePorts(2);
  ports = { temporal, ui };
  running = await bringUp();
}, 60_000);

afterAll(async () => {
  await running?.stop('SIGTERM');
  for (const server of servers()) await stopProcess(server, 0);
  await installations.close();
}, 30_000);

const own = () => ({
  TEMPORAL_ADDRESS: undefined,
  ZHENGLING_TEMPORAL_PORT: String(ports.temporal),
  ZHENGLING_TEMPORAL_UI_PORT: String(ports.ui),
});

async function bringUp(): Promise<Running> {
  const up = processes.program(['up', '--data', data], own());
  await up.says('channels: none configured', 60_000);
  return up;
}

/** The server processes of the last run, as our start-up put them on record. */
function servers(): ProcessRef[] {
  const file = join(data, 'temporal', 'running.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProcessRef[]) : [];
}

type Received = Receipt & { case: string };
type Listed = { items: { case: string; status: string }[]; next?: string };

/** What a command printed as its one JSON value. */
function json<T>({ code, stdout, stderr }: Ended): T {
  if (code !== 0) throw new Error(`exit code ${code}:\n${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

async function open(title: string): Promise<string> {
  const started = await commands.start('supervision-item', { by: 'X2-desk', payload: matter(title) }, ['--json']);
  return json<Received>(started).case;
}

/** What stays the same of a case while nothing happens to it. */
async function show(id: string): Promise<{ state: string[]; deadlines: Deadline[]; head: Json; recorded: number }> {
  const { state, deadlines, head, recorded } = json<Awaited<ReturnType<typeof show>>>(
    await commands.run(['show', id, '--json']),
  );
  return { state, deadlines, head, recorded };
}

describe('a matter from start to close', () => {
  let id: string;
  let entries: RecordEntry[];

  it('opens from a file, says on whose word, and opens the same matter once', async () => {
    const file = join(installations.folder, 'matter.json');
    writeFileSync(file, JSON.stringify(matter('黄河流域排污口整治')));
    const start = [
      'start',
      'supervision-item',
      '--input',
      file,
      '--by',
      'X2-desk',
      '--key',
      'minutes-1',
      '--id',
      'open-1',
    ];
    const opened = await commands.run(start);
    expect(opened.stdout).toMatch(/^【规则版本待确认】已受理 SI-\d{4}-\d+：[^，]*交办/);
    expect(opened.stderr).toMatch(/政府督查室经办（X2-desk）名义办理：仅凭本机操作员 .* 的陈述，未经身份验证/);
    const again = json<Received>(await commands.run([...start, '--json']));
    expect(opened.stdout).toContain(again.case);
    expect(again.sequence).toBe(1);
    id = again.case;
  }, 20_000);

  it('takes every act on the way and answers with the state it leads to', async () => {
    const act = async (event: string, by: string, payload: Json, more: object = {}) =>
      json<Received>(await commands.act(id, event, { by, payload, ...more }, ['--json']));
    const byOffice = { onWordOf: { seat: 'vm-5', ref: '批示〔2026〕5号' } };
    const explained = { ...report(), explanation: { doc: report().doc, cause: '验收材料补齐' } } as Json;
    const taken = [
      await act('ASSIGN', 'X2-desk', assignment(due)),
      await act('PROGRESS', 'D10-desk', { text: '进展一' }),
      await act('REPORT', 'D10-desk', report()),
      await act('IMPROVE', 'X1-desk', { opinion: '意见一' }, byOffice),
      await act('REPORT', 'D10-desk', explained),
      await act('ACCEPT', 'X2-desk', { evidence: ['E-1'] }),
    ];
    expect(taken.map(({ outcome, recorded }) => [outcome, recorded])).toEqual(taken.map(() => ['changed', 'yes']));
    expect(taken.map(({ sequence }) => sequence)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(taken.map(({ state }) => state.find((path) => /course|closed/.test(path)))).toEqual([
      'open.course.in-progress',
      'open.course.in-progress',
      'open.course.reviewing.waiting',
      'open.course.improving',
      'open.course.reviewing.waiting',
      'closed',
    ]);
    expect(taken[0]!.deadlines.map(({ name }) => name)).toContain('due');
  }, 40_000);

  it('is shown as closed', async () => {
    const { stdout, code } = await commands.run(['show', id]);
    expect(stdout).toMatch(new RegExp(`^${UNCONFIRMED_EDITION}${id} 黄河流域排污口整治`));
    expect(stdout).toMatch(/状态 办结　牵头 生态环境局/);
    expect(stdout).toContain('已办结，不再受理');
    expect(code).toBe(0);
    expect(await show(id)).toMatchObject({ state: ['closed'], recorded: 7, head: { sequence: 7 } });
  }, 20_000);

  it('has a record of every step, as JSON and for people', async () => {
    entries = json<{ entries: { entry: RecordEntry }[] }>(await commands.run(['record', id, '--json'])).entries.map(
      ({ entry }) => entry,
    );
    expect(entries.map(({ trigger }) => trigger.type)).toEqual([
      'xstate.init',
      'ASSIGN',
      'PROGRESS',
      'REPORT',
      'IMPROVE',
      'REPORT',
      'ACCEPT',
    ]);
    const { stdout } = await commands.run(['record', id]);
    const printed = stdout.split(new RegExp(`^(?=${UNCONFIRMED_EDITION})`, 'm'));
    expect(printed).toHaveLength(entries.length);
    for (const [i, text] of printed.entries()) {
      const { sequence, happenedAt, hash, by } = entries[i]!;
      expect(text).toMatch(new RegExp(`^${UNCONFIRMED_EDITION} +${sequence} +${happenedAt.replace(/[+.]/g, '\\$&')}`));
      expect(text).toMatch(/依据 .*(第[一二三四五六七八九十]+条|本系统规定)/);
      expect(text).toMatch(new RegExp(`办理 .*（${(by as { seat: string }).seat}）　本席位职权　入口 cli`));
      expect(text).toContain(`散列 ${hash}`);
    }
    expect(printed[4]).toMatch(/据 .*（?.*副市长.* 意见（批示〔2026〕5号）/);
    expect(printed[6]).toMatch(/拟稿 .*第五十九条/);
  }, 20_000);

  it('prints no person: seats and salted hashes only', () => {
    for (const { by } of entries) expect(by).toMatchObject({ actor: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(JSON.stringify(entries)).not.toContain('test-x2-desk');
  });
});

const said = (arg: string | (() => string)): string => (typeof arg === 'string' ? arg : arg());

describe('the list', () => {
  let waiting: string;
  let underway: string;

  beforeAll(async () => {
    waiting = await open('老旧小区供热管网改造');
    underway = await open('滨河路排水改造');
    await commands.act(underway, 'ASSIGN', { by: 'X2-desk', payload: assignment(due) });
  }, 30_000);

  it.each([
    { what: 'open ones', args: [], shows: () => [waiting, underway] },
    { what: 'closed ones too with --all', args: ['--all'], shows: () => ['closed', waiting, underway] },
    { what: 'those of a unit', args: ['--unit', 'D10'], shows: () => [underway] },
    { what: 'those in a state', args: ['--state', 'assigning'], shows: () => [waiting] },
    { what: 'none of a unit that leads none', args: ['--unit', 'D07'], shows: () => [] },
    { what: 'as many as are asked for', args: ['--limit', '1'], shows: () => [waiting] },
    { what: 'the page after', args: ['--limit', '1', '--after', () => waiting], shows: () => [underway] },
    { what: 'those with a text', args: ['--text', '排水'], shows: () => [underway] },
    { what: 'those with both words', args: ['--text', '小区 管网'], shows: () => [waiting] },
    { what: 'none with a text that is nowhere', args: ['--text', '不存在'], shows: () => [] },
    { what: 'those that await a unit', args: ['--awaiting', 'D10'], shows: () => [underway] },
  ])(
    'shows $what',
    async ({ args, shows }) => {
      const found = json<Listed>(await commands.run(['list', '--json', ...args.map(said)]));
      expect(found.items.map((one) => (one.status === 'closed' ? 'closed' : one.case))).toEqual(shows());
    },
    20_000,
  );

  it('is a table for people, with the mark of the edition', async () => {
    const { stdout } = await commands.run(['list']);
    const [mark, head, ...rows] = stdout.trimEnd().split('\n');
    expect(mark).toBe(UNCONFIRMED_EDITION);
    expect(head).toMatch(/编号 +状态 +牵头 +到期 +级别 +事项/);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(new RegExp(`${underway} .*生态环境局 .*滨河路排水改造`));
  }, 20_000);
});

describe('the gateway of a running city', () => {
  it('is named where commands look, and is ready', async () => {
    const { gateway } = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as { gateway: string };
    const answer = await fetch(`${gateway}/health/ready`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok' });
    expect(await (await fetch(`${gateway}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' });
  }, 20_000);

  it('is what the doctor finds ready, beside what is left to do', async () => {
    const { stdout, code } = await commands.run(['doctor', '--json']);
    const checks = JSON.parse(stdout) as { what: string; ok: boolean; seen: string; todo?: string }[];
    const named = (what: string) => checks.find((one) => one.what === what);
    for (const what of ['Temporal', 'workers', 'stuck cases', 'ledger', 'gateway', 'disk', 'clock'])
      expect(named(what)).toMatchObject({ what, ok: true });
    for (const what of ['directory', 'channels', 'identity', 'backup'])
      expect(named(what)).toMatchObject({ what, ok: false, todo: expect.stringMatching(/.{10,}/) });
    expect(checks.filter(({ ok, todo }) => ok === (todo !== undefined))).toEqual([]);
    expect(code).toBe(1);
  }, 20_000);

  it('the doctor says how one seat would be told, and what waits for it', async () => {
    const { stdout } = await commands.run(['doctor', '--who', 'D10-desk', '--json']);
    const checks = JSON.parse(stdout) as { what: string; ok: boolean; seen: string }[];
    expect(checks.slice(0, 2)).toMatchObject([
      { what: 'seat', ok: true, seen: expect.stringContaining('told also as D10') },
      { what: 'contact', ok: false, seen: 'none' },
    ]);
    expect(checks.filter(({ what }) => what === 'to be told').length).toBeGreaterThan(0);
    const strange = await commands.run(['doctor', '--who', 'D77-desk']);
    expect(strange).toMatchObject({ code: 2, stderr: expect.stringMatching(/the directory has no seat 'D77-desk'/) });
  }, 30_000);

  it('another gateway process serves the same city', async () => {
    const other = processes.program(['gateway', '--data', data], own());
    await other.says('described at', 20_000);
    const [, address = ''] = /(http:\/\/\S+), described at/.exec(other.output) ?? [];
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect((await other.stop('SIGTERM')).code).toBe(0);
  }, 40_000);
});

describe('stopping and starting', () => {
  it('refuses a second one on the same directory in a sentence', async () => {
    const { code, stderr } = await processes.program(['up', '--data', data], own()).ended;
    expect(stderr).toMatch(/in use by process \d+/);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(2);
  }, 20_000);

  it('Ctrl-C stops all it started and nothing else; the next start finds every open case again', async () => {
    const cases = json<Listed>(await commands.run(['list', '--json'])).items.map((one) => one.case);
    const before = await Promise.all(cases.map(show));
    const started = servers();
    expect(started.map(isRunning)).toEqual(started.map(() => true));
    const { code } = await running!.interrupt();
    expect(code).toBe(0);
    expect(started.filter(isRunning)).toEqual([]);
    expect([portHolder(ports.temporal), portHolder(ports.ui)]).toEqual([undefined, undefined]);
    const other = await Connection.connect({ address: process.env.ZHENGLING_TEST_TEMPORAL! });
    await other.close();

    const idle = await commands.run(['show', cases[0]!]);
    expect(idle).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^nothing runs on .*: start it with 'zhengling up/),
    });

    running = await bringUp();
    expect(await Promise.all(cases.map(show))).toEqual(before);
    const taken = await commands.act(cases[1]!, 'PROGRESS', { by: 'D10-desk', payload: { text: '进展' } }, ['--json']);
    expect(json<Received>(taken)).toMatchObject({ outcome: 'changed', sequence: 3 });
  }, 90_000);

  it('a port in use is a sentence with its holder and its setting, not a stack', async () => {
    const [port = 0] = await freePorts(1);
    const squatter = createServer().listen(port, '127.0.0.1');
    const elsewhere = installations.city(held);
    const { code, stderr } = await processes.program(['up', '--data', elsewhere], {
      ...own(),
      ZHENGLING_TEMPORAL_PORT: String(port),
      ZHENGLING_TEMPORAL_UI_PORT: '0',
    }).ended;
    const door = await processes.program(['up', '--data', elsewhere], {
      ...own(),
      ZHENGLING_GATEWAY_PORT: String(port),
    }).ended;
    squatter.close();
    expect(door.stderr).toMatch(new RegExp(`^Port ${port} \\(gateway\\) is in use by .*ZHENGLING_GATEWAY_PORT`, 'm'));
    expect(door.code).toBe(2);
    expect(stderr).toMatch(
      new RegExp(`^Port ${port} \\(Temporal\\) is in use by process ${process.pid} .*ZHENGLING_TEMPORAL_PORT`, 'm'),
    );
    expect(stderr).not.toMatch(/^ +at /m);
    expect(code).toBe(2);
  }, 20_000);
});

describe('ledger verify', () => {
  it('finds the record whole, and an entry that was changed afterwards', async () => {
    const whole = await commands.run(['ledger', 'verify']);
    expect(whole).toMatchObject({ code: 0, stdout: expect.stringMatching(/^台账完好：3 案，\d+ 条记录，\d+ 个日封/) });
    await running!.stop('SIGTERM');

    const [closed] = json<Listed>(await commands.run(['list', '--all', '--json'])).items;
    tamper(closed!.case);
    const changed = await commands.run(['ledger', 'verify']);
    expect(changed.stdout).toContain(
      `entry 3 of case ${closed!.case} has been changed: its hash is not that of its content`,
    );
    expect(changed.code).toBe(1);
    const asJson = await commands.run(['ledger', 'verify', '--json']);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/entry 3 .*has been changed/), expect.stringMatching(/entry 3 .*signature/)],
    });
    expect(asJson.code).toBe(1);
    await (await openLedger({ file: join(data, 'ledger.db') })).close();
  }, 40_000);
});

function tamper(id: string): void {
  const database = new Database(join(data, 'ledger.db'));
  const { changes } = database
    .prepare("UPDATE record SET entry = replace(entry, '进展一', '进展二') WHERE case_id = ? AND sequence = 3")
    .run(id);
  database.close();
  if (changes !== 1) throw new Error(`${changes} rows changed`);
}
