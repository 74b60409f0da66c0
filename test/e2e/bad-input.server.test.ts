/** What is wrong is said in one sentence, nothing changes, nothing is lost. On a running installation, by its commands. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { type SmtpSink, startSmtpSink } from '../../activities/notify';
import { ledgerFile, openSite, type SiteKind } from '../../client/site';
import { type House, openHouse } from '../../worker/house';
import { openLog } from '../../worker/logging';
import { bundleProcedures } from '../../worker/procedure-worker';
import { freePorts } from '../../worker/temporal/ports';
import { dateOf, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { Bundle } from '../../workflows/runtime/worker';
import type { Json } from '../../workflows/runtime/workflow';
import { type Acting, assignment, Commands, Installations, matter, report } from '../support/installation';
import { eventually } from '../support/processes';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const installations = new Installations();
const { processes } = installations;
const due = plusDays(dateOf(Date.now()), 30);
const log = openLog('silent');

let code: Bundle;
let demo: House;
let commands: Commands;

beforeAll(async () => {
  process.env.ZHENGLING_SMTP_PORT = '0';
  code = await bundleProcedures();
  demo = await openInstallation('demo', installations.site('demo'));
  commands = new Commands(processes, demo.site.dataDir, { TEMPORAL_ADDRESS: address });
}, 60_000);

afterAll(async () => {
  await installations.close();
  await demo?.stop();
});

async function openInstallation(kind: SiteKind, data: string): Promise<House> {
  const opened = openSite(data, kind);
  if ('errors' in opened) throw new Error(opened.errors.join('\n'));
  return openHouse({ site: opened.ok, address, log, entrance: 'test', code });
}

const act = (house: House, id: string, type: string, seat: string, payload: Json, more: { id?: string } = {}) =>
  house.city.act(procedure, id, type, { seat, payload, ...more });

async function registered(house = demo): Promise<string> {
  const answer = await house.city.start(procedure, { seat: 'X2-desk', payload: matter() });
  if (answer.case === undefined) throw new Error(answer.said?.sentence);
  return answer.case;
}

async function assigned(house = demo): Promise<string> {
  const id = await registered(house);
  await act(house, id, 'ASSIGN', 'X2-desk', assignment(due));
  return id;
}

async function reviewing(house = demo): Promise<string> {
  const id = await assigned(house);
  await act(house, id, 'REPORT', 'D10-desk', report());
  return id;
}

async function closed(house = demo): Promise<string> {
  const id = await reviewing(house);
  await act(house, id, 'ACCEPT', 'X2-desk', { evidence: ['E-1'] });
  return id;
}

/** Everything of a case that an act could change; confirming its record is not the act's doing. */
async function standing(id: string) {
  const { now: _, ...view } = await demo.city.view(id);
  const record = (await demo.ledger.record(id)).map(({ entry }) => entry);
  const told = (await demo.ledger.tells({ limit: 10_000 })).filter((tell) => tell.case === id).map((tell) => tell.id);
  return { view, record, told };
}

interface Refused {
  what: string;
  of: () => Promise<string>;
  event: string;
  acting: Acting;
  code: string;
  says: RegExp;
  remedy: RegExp;
  /** Done before, so that the act is the one too many. */
  before?: (id: string) => Promise<unknown>;
}

const refused: Refused[] = [
  {
    what: 'an unknown event',
    of: registered,
    event: 'BURN',
    acting: { by: 'X2-desk', payload: {} },
    code: 'unknown-event',
    says: /“BURN”不是本事项可以受理的操作/,
    remedy: /请核对操作名称。可以提交的操作：.*交办/,
  },
  {
    what: 'an event in the wrong state',
    of: registered,
    event: 'REPORT',
    acting: { by: 'D10-desk', payload: report() },
    code: 'not-accepted-here',
    says: /当前状态“[^”]*交办[^”]*”不受理“报告落实情况”/,
    remedy: /请在事项进入相应状态后再提交。现在可以提交：.*交办/,
  },
  {
    what: 'a payload off schema',
    of: registered,
    event: 'ASSIGN',
    acting: { by: 'X2-desk', payload: { ...assignment(due), due: '30 days' } },
    code: 'malformed',
    says: /提交的内容不合格式，位置：payload\.due，/,
    remedy: /请按该操作的格式改正后重新提交/,
  },
  {
    what: 'an unknown unit',
    of: registered,
    event: 'ASSIGN',
    acting: { by: 'X2-desk', payload: { ...assignment(due), supporting: ['D13', 'D77'] } },
    code: 'unit-unknown',
    says: /名录中没有单位“D77”/,
    remedy: /请核对单位编号/,
  },
  {
    what: 'two lead units',
    of: registered,
    event: 'ASSIGN',
    acting: { by: 'X2-desk', payload: { ...assignment(due), leadUnits: ['D10', 'D13'] } },
    code: 'LEAD_NOT_UNIQUE',
    says: /牵头单位须为一个.*第五十八条/,
    remedy: /请只填一个牵头单位/,
  },
  {
    what: 'no deadline',
    of: registered,
    event: 'ASSIGN',
    acting: { by: 'X2-desk', payload: { leadUnits: ['D10'], supporting: [], leadVms: ['vm-5'], dueSetBy: 'SupO' } },
    code: 'DEADLINE_MISSING',
    says: /未确定办理期限.*第六十一条/,
    remedy: /请填写期限日期/,
  },
  {
    what: 'a unit that accepts its own work',
    of: reviewing,
    event: 'ACCEPT',
    acting: { by: 'D10-head', payload: { evidence: ['E-1'] } },
    code: 'SELF_ACCEPTANCE',
    says: /承办单位不得自行销号/,
    remedy: /由政府督查室或政府办公室审核后销号/,
  },
  {
    what: 'an act on a closed case',
    of: closed,
    event: 'PROGRESS',
    acting: { by: 'D10-desk', payload: { text: 'P-1' } },
    code: 'closed',
    says: /该事项已经办结/,
    remedy: /另行立项/,
  },
  {
    what: 'another content under an id that was used',
    of: assigned,
    event: 'PROGRESS',
    acting: { by: 'D10-desk', id: 'progress-1', payload: { text: 'P-2' } },
    before: (id) => act(demo, id, 'PROGRESS', 'D10-desk', { text: 'P-1' }, { id: 'progress-1' }),
    code: 'id-reused',
    says: /编号“progress-1”已经用于另一份内容（记录第3号）/,
    remedy: /请为新的内容换用新编号/,
  },
  {
    what: 'a seat that may not do it',
    of: assigned,
    event: 'PROGRESS',
    acting: { by: 'D07-desk', payload: { text: 'P-1' } },
    code: 'not-entitled',
    says: /无权办理此项操作/,
    remedy: /有权席位：生态环境局/,
  },
];

describe('an act that is refused', () => {
  it.each(refused)(
    '$what: its own sentence and remedy, exit code 1, logged, and nothing changed',
    async ({ of, before, event, acting, code, says, remedy }) => {
      const id = await of();
      await before?.(id);
      const stood = await standing(id);
      const { code: exit, stdout } = await commands.act(id, event, acting);
      const [sentence, then] = stdout.split('\n');
      expect(sentence).toMatch(says);
      expect(sentence).toContain(id);
      expect(then).toMatch(remedy);
      expect(exit).toBe(1);
      expect(await standing(id)).toEqual(stood);
      expect(await demo.ledger.refusals({ case: id })).toMatchObject([
        { code, actType: event, seat: acting.by, entrance: 'cli', case: id },
      ]);
    },
    20_000,
  );

  it('is one JSON value with --json, with the code beside the words', async () => {
    const id = await registered();
    const payload = { ...assignment(due), leadUnits: ['D10', 'D13'] };
    const { code: exit, stdout } = await commands.act(id, 'ASSIGN', { by: 'X2-desk', payload }, ['--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'LEAD_NOT_UNIQUE', cite: { article: 58, basis: 'stated' } },
      said: { sentence: expect.stringContaining('牵头单位须为一个'), citation: expect.stringContaining('五十八') },
    });
    expect(exit).toBe(1);
  }, 20_000);

  it('stands in the list of what was refused, newest first', async () => {
    const { stdout, code: exit } = await commands.run(['refusals', '--json']);
    const lines = JSON.parse(stdout) as { code: string; at: number }[];
    expect(lines.map(({ code }) => code)).toEqual(expect.arrayContaining(refused.map(({ code }) => code)));
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).sort((a, b) => b - a));
    expect(exit).toBe(0);
  }, 20_000);
});

describe('a start that is refused', () => {
  const start = [
    {
      what: 'a payload off schema',
      acting: { by: 'X2-desk', payload: { ...matter(), category: 9 } },
      code: 'malformed',
      says: /位置：payload\.category/,
    },
    {
      what: 'a matter without category',
      acting: { by: 'X2-desk', payload: without(matter(), 'category') },
      code: 'CATEGORY_MISSING',
      says: /类别/,
    },
    {
      what: 'a seat of no unit',
      acting: { by: 'D77-desk', payload: matter() },
      code: 'unit-unknown',
      says: /名录中没有单位“D77”/,
    },
    {
      what: 'a unit that may not register',
      acting: { by: 'D07-desk', payload: matter() },
      code: 'not-entitled',
      says: /无权办理此项操作“立项登记”/,
    },
  ];

  it.each(start)(
    '$what: exit code 1, logged, and no case',
    async ({ acting, code, says }) => {
      const before = await demo.ledger.list({ status: 'open', limit: 1_000 });
      const { code: exit, stdout } = await commands.start('supervision-item', acting);
      expect(stdout.split('\n')[0]).toMatch(says);
      expect(stdout.split('\n')[1]).toMatch(/^请/);
      expect(exit).toBe(1);
      expect(await demo.ledger.list({ status: 'open', limit: 1_000 })).toEqual(before);
      expect((await demo.ledger.refusals({ limit: 1 }))[0]).toMatchObject({ code, actType: 'REGISTER' });
    },
    20_000,
  );

  it('names the seat that the real directory has nobody for', async () => {
    const real = new Commands(processes, installations.site('city'), { TEMPORAL_ADDRESS: address });
    const refusal = await real.start('supervision-item', { by: 'X2-desk', payload: matter() });
    expect(refusal.stdout).toMatch(/席位“政府督查室经办(（X2-desk）)?”尚未确定任职人员/);
    expect(refusal.code).toBe(1);
    const { stdout } = await real.run(['refusals', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ code: 'seat-unassigned', seat: 'X2-desk', actType: 'REGISTER' }]);
  }, 20_000);
});

describe('a command that cannot be carried out', () => {
  it.each([
    {
      what: 'a procedure there is not',
      args: ['start', 'parade', '--by', 'X2-desk'],
      says: /there is no procedure 'parade'; there is supervision-item/,
    },
    {
      what: 'a payload that is no JSON',
      args: ['start', 'supervision-item', '--by', 'X2-desk', '--payload', '{'],
      says: /--payload is not valid JSON/,
    },
    {
      what: 'an input file there is not',
      args: ['start', 'supervision-item', '--by', 'X2-desk', '--input', '/nowhere.json'],
      says: /\/nowhere\.json cannot be read \(ENOENT\)/,
    },
    { what: 'a case there is not', args: ['show', 'SI-2026-9999'], says: /there is no case 'SI-2026-9999'/ },
    { what: 'a record there is not', args: ['record', 'SI-2026-9999'], says: /the ledger has no case 'SI-2026-9999'/ },
  ])(
    '$what: one sentence and exit code 2',
    async ({ args, says }) => {
      const { code: exit, stderr } = await commands.run(args);
      const said = stderr
        .trimEnd()
        .split('\n')
        .filter((line) => !line.includes('未经身份验证'));
      expect(said).toEqual([expect.stringMatching(says)]);
      expect(exit).toBe(2);
    },
    20_000,
  );

  it('is one JSON value with --json', async () => {
    const { code: exit, stdout } = await commands.run(['show', 'SI-2026-9999', '--json']);
    expect(JSON.parse(stdout)).toEqual({ error: "there is no case 'SI-2026-9999'" });
    expect(exit).toBe(2);
  }, 20_000);
});

describe('an installation that is not in order', () => {
  const year = { year: 2027, notice: '国办发明电〔2026〕7号', holidays: [], adjustedWorkingDays: [] };
  const override = { value: 3, from: '2026-06-01', reason: '测试' };
  const wrong = [
    {
      what: 'a setting there is not',
      settings: 'kind: city\nchannel: {}\n',
      files: {},
      says: /zhengling\.yaml:2: has no field 'channel'/,
    },
    {
      what: 'a directory file with a unit of no kind',
      settings: { directory: ['units.yaml'] },
      files: {
        'units.yaml':
          'name: test\nunits:\n  - id: D01\n    kind: bureau\n    nameZh: 甲\n    nameHant: 甲\n    shortZh: 甲\n    shortHant: 甲\n    source: test\n',
      },
      says: /units\.yaml:4: units\[0\]\.kind expected one of department, /,
    },
    {
      what: 'a contact of a seat there is not',
      settings: { contacts: 'contacts.yaml' },
      files: { 'contacts.yaml': 'contacts:\n  - seat: D77-desk\n    channels: [{ email: desk@example.org }]\n' },
      says: /contacts\.yaml:2: the directory has no seat 'D77-desk'/,
    },
    {
      what: 'a parameter override that nobody answers for',
      settings: { parameters: 'parameters.json' },
      files: { 'parameters.json': { 'supervision.reviewSla': [override] } },
      says: /parameters\.json: supervision\.reviewSla: author must name the seat or office/,
    },
    {
      what: 'a calendar of a year without its notice',
      settings: { calendar: { years: ['2027.json'] } },
      files: { '2027.json': without(year, 'notice') },
      says: /2027\.json.*notice/,
    },
  ];

  it.each(wrong)(
    '$what: up says file and place, ends with exit code 2, and starts nothing',
    async ({ settings, files, says }) => {
      const data =
        typeof settings === 'string'
          ? installations.directory({ 'zhengling.yaml': settings, ...files })
          : installations.site('city', settings, files);
      const { code: exit, stderr } = await processes.program(['up', '--data', data], { TEMPORAL_ADDRESS: address })
        .ended;
      expect(stderr).toMatch(says);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(exit).toBe(2);
      expect(['temporal', 'ledger.db', 'run.json'].filter((name) => existsSync(join(data, name)))).toEqual([]);
    },
    20_000,
  );

  it('commands say the same', async () => {
    const data = installations.site('city', { contacts: 'contacts.yaml' });
    const { code: exit, stderr } = await new Commands(processes, data).run(['list']);
    expect(stderr).toMatch(/contacts\.yaml: cannot be read \(ENOENT\); expected a YAML file/);
    expect(exit).toBe(2);
  }, 20_000);

  it.each([
    {
      what: 'a demonstration as the real thing',
      command: 'up',
      data: () => installations.site('demo'),
      says: /is the data directory of a demo; it cannot be opened as a city/,
    },
    {
      what: 'the real thing as a demonstration',
      command: 'demo',
      data: () => installations.site('city'),
      says: /is the data directory of a city; it cannot be opened as a demo/,
    },
    {
      what: 'a directory with files of somebody else',
      command: 'up',
      data: () => installations.directory({ 'letter.txt': 'hello' }),
      says: /is not empty and holds no zhengling\.yaml: name an empty directory/,
    },
  ])(
    '$what is not opened',
    async ({ command, data: made, says }) => {
      const data = made();
      const { code: exit, stderr } = await processes.program([command, '--data', data], { TEMPORAL_ADDRESS: address })
        .ended;
      expect(stderr).toMatch(says);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(exit).toBe(2);
      expect(existsSync(join(data, 'ledger.db'))).toBe(false);
    },
    20_000,
  );
});

describe('Temporal down', () => {
  it('commands that need it say so within 12 s with exit code 2; what the ledger knows is still shown', async () => {
    const id = await registered();
    const [port] = await freePorts(1);
    const away = new Commands(processes, demo.site.dataDir, { TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
    const begun = Date.now();
    const asked = await Promise.all([
      away.run(['show', id]),
      away.act(id, 'ASSIGN', { by: 'X2-desk', payload: assignment(due) }),
      away.run(['worker']),
    ]);
    for (const { code: exit, stderr } of asked) {
      expect(stderr).toMatch(/Temporal server/);
      expect(stderr).not.toMatch(/^ +at /m);
      expect(exit).toBe(2);
    }
    expect(Date.now() - begun).toBeLessThan(16_000);
    const { stdout } = await away.run(['record', id, '--json']);
    expect(JSON.parse(stdout).entries).toHaveLength(1);
  }, 30_000);
});

describe('a ledger that cannot be written', () => {
  it('acts are accepted as pending, a second one within 3 s, and stand in order once it can be written again', async () => {
    const id = await assigned();
    const lock = new Database(ledgerFile(demo.site));
    lock.exec('BEGIN IMMEDIATE');
    try {
      const first = await act(demo, id, 'PROGRESS', 'D10-desk', { text: 'P-1' });
      expect(first).toMatchObject({ outcome: 'changed', recorded: 'pending', sequence: 3 });
      const begun = Date.now();
      const second = await act(demo, id, 'PROGRESS', 'D10-desk', { text: 'P-2' });
      expect(Date.now() - begun).toBeLessThan(3_000);
      expect(second).toMatchObject({ outcome: 'changed', recorded: 'pending', sequence: 4 });
      const { stdout, code: exit } = await commands.act(id, 'PROGRESS', { by: 'D10-desk', payload: { text: 'P-3' } });
      expect(stdout).toContain('台账暂不能写入，恢复后补记');
      expect(exit).toBe(0);
      expect(await demo.ledger.record(id)).toHaveLength(2);
      const opening = await commands.start('supervision-item', { by: 'X2-desk', payload: matter() });
      expect(opening).toMatchObject({ code: 2, stderr: expect.stringMatching(/ledger\.db is locked.*try again\n$/) });
    } finally {
      lock.exec('ROLLBACK');
      lock.close();
    }
    await eventually(async () => expect((await demo.city.view(id)).recorded).toBe(5), 20_000);
    const record = (await demo.ledger.record(id)).map(({ entry }) => entry);
    expect(record.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(record.slice(2).map(({ trigger }) => (trigger.payload as { text: string }).text)).toEqual([
      'P-1',
      'P-2',
      'P-3',
    ]);
    expect(await demo.ledger.verify()).toMatchObject({ ok: true });
  }, 40_000);
});

describe('a mail server that is down', () => {
  let city: House;
  let sink: SmtpSink | undefined;
  let port: number;

  beforeAll(async () => {
    port = (await freePorts(1))[0]!;
    const data = installations.city(
      ['X1-desk', 'X2-desk', 'D10-desk', 'D10-head'],
      { contacts: 'contacts.yaml', channels: { smtp: { host: '127.0.0.1', port, from: 'office@example.org' } } },
      { 'contacts.yaml': { contacts: [{ seat: 'X2-desk', channels: [{ email: 'supervision@example.org' }] }] } },
    );
    city = await openInstallation('city', data);
  }, 60_000);
  afterAll(async () => {
    await city?.stop();
    await sink?.close();
  });

  /** What waits for the supervision office. */
  const waiting = async (id: string) =>
    (await city.ledger.tells({ limit: 1_000 })).filter((tell) => tell.case === id && tell.recipient === 'X2-desk');

  it('blocks no case: its message waits with the error, and goes out once the server is back', async () => {
    const id = await registered(city);
    const hour = 3_600_000;
    const [{ deliverAt } = { deliverAt: 0 }] = await waiting(id);
    await eventually(async () => {
      await city.delivery.deliver(Math.max(deliverAt, Date.now()) + hour);
      expect(await waiting(id)).toMatchObject([
        { state: 'pending', lastError: expect.stringMatching(/email: .*ECONNREFUSED/) },
      ]);
    });
    expect(await act(city, id, 'ASSIGN', 'X2-desk', assignment(due))).toMatchObject({
      outcome: 'changed',
      sequence: 2,
    });
    expect((await waiting(id)).at(-1)!.lastError).not.toContain('supervision@example.org');

    sink = await startSmtpSink({ port });
    await eventually(async () => {
      await city.delivery.deliver(deliverAt + 3 * 24 * hour);
      expect((await waiting(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    });
    expect(sink.messages.map(({ to }) => to)).toContainEqual(['supervision@example.org']);
    expect(sink.messages.filter(({ subject }) => /【演[示练]】/.test(subject))).toEqual([]);
  }, 40_000);
});

function without<T extends object>(value: T, key: keyof T): Json {
  const { [key]: _, ...rest } = value;
  return rest as Json;
}
