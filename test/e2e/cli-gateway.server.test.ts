/** Commands through the gateway answer as commands on the machine do, and refuse what they may not. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedEvent } from '../../activities/ledger';
import { parseInstant } from '../../workflows/law';
import { Matters, type Opened, openGatewayHouse, Visitor } from '../gateway/support';
import { Commands } from '../support/installation';
import { type Ended, eventually, Processes } from '../support/processes';

const processes = new Processes();
let opened: Opened;
let local: Commands;
let id: string;

beforeAll(async () => {
  // Other files have a demonstration on the same server.
  opened = await openGatewayHouse({ settings: { temporal: { namespace: 'cli-gateway' } } });
  const { dataDir } = opened.house.site;
  local = new Commands(processes, dataDir, { TEMPORAL_ADDRESS: process.env.ZHENGLING_TEST_TEMPORAL! });
  id = await new Matters(new Visitor(opened.gateway.address), '2027-06-30').assigned();
}, 60_000);

afterAll(async () => {
  await processes.killAll();
  await opened.close();
}, 30_000);

/** From a machine that holds nothing of the installation. */
function afar(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  return processes.program(args, { ZHENGLING_GATEWAY: opened.gateway.address, ZHENGLING_DATA: '/nowhere', ...env })
    .ended;
}

const json = ({ code, stdout, stderr }: Ended) => {
  if (code !== 0) throw new Error(`exit code ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
};

describe('the same answer', () => {
  it.each([
    { what: 'a list', args: () => ['list'] },
    { what: 'a search', args: () => ['list', '--text', '测试'] },
    { what: 'a record', args: () => ['record', id] },
    { what: 'what waits for a seat', args: () => ['inbox', '--as', 'D10-desk'] },
    { what: 'what a seat has done', args: () => ['inbox', '--as', 'X2-desk', '--box', 'done'] },
    { what: 'the feed', args: () => ['feed'] },
  ])(
    '$what',
    async ({ args }) => {
      const here = json(
        await local.run([...args(), '--json', ...(args().includes('--as') ? [] : ['--as', 'X2-desk'])]),
      );
      const there = json(await afar([...args(), '--json'], { ZHENGLING_SEAT: 'X2-desk' }));
      const { marks: _, ...said } = there;
      const { marks: __, ...expected } = here;
      expect(said).toEqual(expected);
    },
    30_000,
  );

  it('in words, with the names and marks of the gateway, where nothing of the installation is at hand', async () => {
    const [here, there] = [await local.run(['list']), await afar(['list', '--as', 'X2-desk'])];
    expect(there.stdout).toBe(here.stdout);
    expect(there.stdout).toMatch(/^【演示】【规则版本待确认】\n编号 .*\n.* 生态环境局 /);
  }, 30_000);

  it('a view, but for the instant it was taken', async () => {
    const { now: _, ...here } = json(await local.run(['show', id, '--json']));
    const { now: __, ...there } = json(await afar(['show', id, '--json', '--as', 'X2-desk']));
    expect(there).toEqual(here);
  }, 30_000);
});

describe('acting from afar', () => {
  it('opens a case once by its key, and acts on it by the number', async () => {
    const payload = JSON.stringify({
      category: 3,
      title: '经网关立项',
      source: { kind: 'minutes', ref: '测试〔2026〕9号' },
      content: '测试',
      decidedBy: 'standing',
    });
    const start = ['start', 'supervision-item', '--by', 'X2-desk', '--payload', payload, '--key', 'afar-1', '--json'];
    const [first, again] = [json(await afar(start)), json(await afar(start))];
    expect(first).toMatchObject({ outcome: 'changed', sequence: 1, case: expect.stringMatching(/^SI-\d{4}-\d{4}$/) });
    expect(again.case).toBe(first.case);
    const acted = json(
      await afar([
        'act',
        id,
        'PROGRESS',
        '--by',
        'D10-desk',
        '--id',
        'afar-2',
        '--payload',
        '{"text":"T-1"}',
        '--json',
      ]),
    );
    expect(acted).toMatchObject({ outcome: 'changed', case: id, sequence: 3 });
    const repeated = json(
      await afar([
        'act',
        id,
        'PROGRESS',
        '--by',
        'D10-desk',
        '--id',
        'afar-2',
        '--payload',
        '{"text":"T-1"}',
        '--json',
      ]),
    );
    expect(repeated).toMatchObject({ repeated: true, sequence: 3 });
  }, 60_000);

  it('what is refused is refused in the same words, with exit code 1', async () => {
    const act = ['act', id, 'ACCEPT', '--by', 'D10-head', '--payload', '{"evidence":["E-1"]}'];
    const [here, there] = [await local.run(act), await afar(act)];
    expect(there.stdout).toBe(here.stdout);
    expect(there.stdout).toMatch(/^当前不受理 SI-.*不受理“销号”。\n.*现在可以提交/);
    expect([here.code, there.code]).toEqual([1, 1]);
  }, 30_000);

  it('a message is acknowledged by the seat it is for, once', async () => {
    const unread = await eventually(async () => {
      const { items } = json(await afar(['inbox', '--as', 'D10-desk', '--box', 'unread', '--json']));
      if (items.length === 0) throw new Error('nothing yet');
      return items;
    });
    const { id: message } = unread[0].tell;
    const strange = await afar(['ack', message, '--as', 'D07-desk', '--json']);
    expect(strange).toMatchObject({ code: 1 });
    expect(JSON.parse(strange.stdout)).toMatchObject({
      refusal: { code: 'message-not-yours' },
      said: { sentence: expect.any(String) },
    });
    expect(json(await afar(['ack', message, '--as', 'D10-desk', '--json']))).toEqual([
      { tell: message, outcome: 'acknowledged' },
    ]);
    expect(json(await local.run(['ack', message, '--as', 'D10-desk', '--json']))).toEqual([
      { tell: message, outcome: 'already' },
    ]);
  }, 60_000);
});

describe('following the feed', () => {
  it('prints what comes, one JSON value a line, until Ctrl-C', async () => {
    const { last } = json(await afar(['feed', '--as', 'X2-desk', '--limit', '500', '--json']));
    const following = processes.program(['feed', '--follow', '--after', String(last), '--as', 'X2-desk', '--json'], {
      ZHENGLING_GATEWAY: opened.gateway.address,
      ZHENGLING_DATA: '/nowhere',
    });
    await local.act(id, 'PROGRESS', { by: 'D10-desk', payload: { text: 'T-2' } });
    await following.says('"trigger":"PROGRESS"', 20_000);
    const { code, stdout } = await following.interrupt();
    expect(code).toBe(0);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as FeedEvent);
    expect(events.at(-1)).toMatchObject({ type: 'case.step', case: id, data: { trigger: 'PROGRESS' } });
    expect(events.every(({ position, at }) => position > last && at > parseInstant('2026-01-01T00:00:00+08:00'))).toBe(
      true,
    );
  }, 60_000);
});

describe('who may not', () => {
  it('is refused reading, with exit code 1', async () => {
    const { code, stderr } = await afar(['show', id, '--as', 'D07-desk']);
    expect(stderr).toMatch(/不得查阅/);
    expect(code).toBe(1);
  }, 20_000);

  it.each([
    { what: 'nobody says who asks', args: ['list'], says: /^say who asks: a token in ZHENGLING_TOKEN/ },
    { what: 'a case there is not', args: ['show', 'SI-2026-9999', '--as', 'X2-desk'], says: /SI-2026-9999/ },
    {
      what: 'a number of no procedure',
      args: ['act', 'ZZ-2026-0001', 'ACCEPT', '--by', 'X2-desk'],
      says: /is no number of a case; they begin with SI-/,
    },
    { what: 'a cursor that is none', args: ['inbox', '--as', 'X2-desk', '--after', 'x'], says: /./ },
    { what: 'no address', args: ['list', '--gateway', 'localhost:8080'], says: /is no address of a gateway/ },
    {
      what: 'a gateway that is not there',
      args: ['list', '--gateway', 'http://127.0.0.1:9', '--as', 'X2-desk'],
      says: /does not answer \(.+\)/,
    },
  ])(
    '$what: one sentence and exit code 2',
    async ({ args, says }) => {
      const { code, stdout, stderr } = await afar(args);
      expect(stderr.trimEnd()).toMatch(says);
      expect(stderr).not.toMatch(/^ +at /m);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
    20_000,
  );

  it('a false token is not known, and nothing of it is printed', async () => {
    const { code, stdout, stderr } = await afar(['list'], { ZHENGLING_TOKEN: 'eyJ-false-token' });
    expect(stdout + stderr).not.toContain('eyJ-false-token');
    expect(code).toBe(1);
  }, 20_000);

  it('something else that listens there is told from a gateway', async () => {
    const other = createServer((_, answer) => answer.end('<html></html>')).listen(0, '127.0.0.1');
    await new Promise((done) => other.once('listening', done));
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { code, stderr } = await afar(['list', '--gateway', address, '--as', 'X2-desk']);
    other.close();
    expect(stderr).toMatch(/it is no gateway of zhengling/);
    expect(code).toBe(2);
  }, 20_000);
});
