/** A city that runs is backed up while acts go on, destroyed, put back elsewhere, and goes on where it was. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEntry } from '../../activities/ledger';
import { attachmentStore, sha256 } from '../../client/attachments';
import { verifyLedgerSignatures } from '../../client/authority';
import { City } from '../../client/city';
import { Desk } from '../../client/cli/desk';
import { type BackedUp, backUp, type Restored, restore, restoredText } from '../../worker/backup';
import { rebuildInstallation } from '../../worker/rebuild';
import { dateOf, plusDays } from '../../workflows/law';
import { supervisionItemProcedure as procedure } from '../../workflows/procedures/supervision-item';
import type { CaseView, Json } from '../../workflows/runtime/workflow';
import { assignment, Installations, matter, report } from '../support/installation';
import { describeOnPostgres, startPostgres, type TestPostgres } from '../support/postgres';
import { eventually, pause, type Running } from '../support/processes';
import { seats } from './house';

jest.setTimeout(400_000);

const MINUTE = 60_000;
const PAPER = Buffer.from('%PDF-1.7 测试附件\n');
const env = { TEMPORAL_ADDRESS: undefined, ZHENGLING_LOG: 'error' };
/** What `up` sees of the environment, for what runs in this process. */
const plainEnv = { ...process.env, TEMPORAL_ADDRESS: '' };

/** A minute of the clock that comes soon, in Shanghai: days end then, and with them what is due on a day. */
function soon(): { clock: string; day: string; at: number } {
  const at = Math.ceil((Date.now() + 75_000) / MINUTE) * MINUTE;
  const clock = new Date(at + 8 * 60 * MINUTE).toISOString().slice(11, 16);
  return { clock, day: dateOf(at), at };
}

/** Acts of officials, through the entrance on this machine. */
class Office {
  private constructor(readonly desk: Desk) {}

  static async at(data: string): Promise<Office> {
    return new Office(Desk.open({ data }));
  }

  /** @param at when it was received, where that was earlier than now */
  async start(title: string, at?: number): Promise<string> {
    const { site, procedures } = this.desk;
    const parts = {
      site,
      procedures,
      temporal: this.desk.temporal().client,
      ledger: await this.desk.ledger(),
      entrance: 'cli',
    };
    const city = new City({ ...parts, clock: () => at ?? Date.now() });
    const answer = await city.start(procedure, { seat: 'X2-desk', payload: matter(title) });
    if (answer.case === undefined) throw new Error(answer.said?.sentence);
    return answer.case;
  }

  async act(id: string, type: string, seat: string, payload: Json): Promise<number> {
    const answer = await (await this.desk.city()).act(procedure, id, type, { seat, payload });
    if (answer.refusal) throw new Error(`${type}: ${answer.said?.sentence}`);
    return answer.sequence;
  }

  async view(id: string): Promise<CaseView> {
    return (await this.desk.city()).view(id);
  }

  async record(id: string): Promise<RecordedEntry[]> {
    return (await this.desk.ledger()).record(id);
  }

  close(): Promise<void> {
    return this.desk.close();
  }
}

function livesOn(name: string, urlOf: () => string | undefined): void {
  const installations = new Installations();
  const backups = mkdtempSync(join(tmpdir(), 'zhengling-backup-'));
  const backup = join(backups, 'first');
  const restored = join(installations.folder, 'elsewhere');
  let due: ReturnType<typeof soon>;
  const cases = {} as Record<'registered' | 'assigned' | 'due' | 'closed', string>;
  let data: string;
  let up: Running;
  let office: Office;
  let made: BackedUp;
  let put: Restored;
  /** As they were at the moment of the backup, or a little before. */
  const before: Record<string, CaseView> = {};

  const bringUp = async (at: string): Promise<Running> => {
    const running = installations.processes.program(['up', '--data', at], env);
    await running.says('channels:', 120_000);
    return running;
  };

  beforeAll(async () => {
    const url = urlOf();
    due = soon();
    const parameters = {
      'calendar.dayEnds': { value: due.clock, from: '2025-01-01', reason: 'a test that cannot wait', author: 'X1' },
    };
    const [yesterday, today] = [plusDays(due.day, -1), due.day];
    const overlay = { holidays: [], workingDays: [yesterday, today].map((date) => ({ date, reason: 'a test' })) };
    const free = { temporal: { port: 0, uiPort: 0 }, gateway: { port: 0 }, metrics: { port: 0 } };
    const ledger = url === undefined ? {} : { ledger: { url, schema: 'backed_up' } };
    data = installations.city(
      seats,
      { parameters: 'parameters.json', calendar: { overlay: 'overlay.json' }, ...free, ...ledger },
      { 'parameters.json': parameters, 'overlay.json': overlay },
    );
    up = await bringUp(data);
    office = await Office.at(data);
    cases.due = await office.start('昨日立项，今日应当交办', due.at - 24 * 60 * MINUTE);
    cases.registered = await office.start('刚刚立项');
    cases.assigned = await office.start('正在办理');
    const later = plusDays(due.day, 30);
    await office.act(cases.assigned, 'ASSIGN', 'X2-desk', assignment(later));
    cases.closed = await office.start('已经办结');
    await office.act(cases.closed, 'ASSIGN', 'X2-desk', assignment(later));
    await office.act(cases.closed, 'REPORT', 'D10-head', report());
    await office.act(cases.closed, 'ACCEPT', 'X2-head', { evidence: ['E-1'] });
    await attachmentStore(data).keep(sha256(PAPER), PAPER);
    const about = { hash: sha256(PAPER), name: '报告.pdf', mediaType: 'application/pdf', bytes: PAPER.length };
    await (await office.desk.ledger()).keepAttachment({
      ...about,
      case: cases.closed,
      seat: 'D10-head',
      at: Date.now(),
    });
    for (const id of [cases.due, cases.registered, cases.assigned]) before[id] = await office.view(id);
  });

  afterAll(async () => {
    await up?.stop('SIGTERM');
    await installations.close();
    rmSync(backups, { recursive: true, force: true });
  });

  it(`is backed up on ${name} while acts go on, and nobody is refused`, async () => {
    let stopped = false;
    const busy = async (act: () => Promise<unknown>): Promise<number> => {
      let done = 0;
      for (; !stopped; done += 1) await act();
      return done;
    };
    const progress = () => office.act(cases.assigned, 'PROGRESS', 'D10-desk', { text: '进展' });
    const acting = busy(progress);
    await pause(300);
    made = await backUp({ data, into: backup, env: plainEnv }).finally(() => {
      stopped = true;
    });
    expect(await acting).toBeGreaterThan(1);
    expect(made).toMatchObject({ kind: 'city', attachments: 1, notes: [] });
    expect(made.heldMs).toBeLessThan(10_000);
  });

  it('lists every file, and the sums verify without us', () => {
    const { status, stdout } = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: backup, encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/ledger\.jsonl\.gz: OK\n(.*\n)*temporal\/temporal\.db: OK/);
    const all = readdirSync(backup, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
    expect(manifest.files).toHaveLength(all.length - 2);
    expect(manifest).toMatchObject({ kind: 'city', outside: [{ was: expect.stringContaining('shizuishan.yaml') }] });
    expect(all.some((one) => one.name === 'entrance.key')).toBe(true);
  });

  it('is put back elsewhere after everything was destroyed', async () => {
    await office.close();
    await up.stop('SIGTERM');
    rmSync(data, { recursive: true });
    const url = urlOf();
    const elsewhere = url === undefined ? plainEnv : { ...plainEnv, ZHENGLING_LEDGER_SCHEMA: 'put_back' };
    const said: string[] = [];
    put = await restore({ from: backup, data: restored, env: elsewhere, onProgress: (line) => said.push(line) });
    expect(put).toMatchObject({ data: restored, kind: 'city', at: made.at, verification: { ok: true, cases: 4 } });
    expect(restoredText(put)).toContain('the record is whole: 4 cases');
    expect(said.length).toBeGreaterThan(2);
    expect(statSync(join(restored, 'entrance.key')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(restored, 'attachments', sha256(PAPER).slice(0, 2), sha256(PAPER)))).toEqual(PAPER);
    expect(existsSync(join(restored, 'run.json'))).toBe(false);
    if (url !== undefined) Object.assign(env, { ZHENGLING_LEDGER_SCHEMA: 'put_back' });
    process.env.ZHENGLING_LEDGER_SCHEMA = url === undefined ? '' : 'put_back';
  });

  it('comes up, finds its open cases, and their deadlines are those they had', async () => {
    up = await bringUp(restored);
    office = await Office.at(restored);
    for (const id of [cases.registered, cases.assigned]) {
      const view = await office.view(id);
      expect(view.status).toBe('open');
      expect(view.head.sequence).toBeGreaterThanOrEqual(before[id]!.head.sequence);
      const dates = ({ deadlines }: CaseView) => deadlines.map(({ name: of, dueAt }) => [of, dueAt]);
      if (id === cases.registered) expect(dates(view)).toEqual(dates(before[id]!));
      else
        expect(dates(view).find(([of]) => of === 'due')).toStrictEqual(dates(before[id]!).find(([of]) => of === 'due'));
    }
    expect(await office.view(cases.closed)).toMatchObject({ status: 'closed' });
  });

  it('takes acts, gives the next number, and confirms what it does', async () => {
    const sequence = await office.act(cases.assigned, 'PROGRESS', 'D10-desk', { text: '恢复之后' });
    expect(sequence).toBe((await office.view(cases.assigned)).head.sequence);
    await office.act(cases.registered, 'ASSIGN', 'X2-desk', assignment(plusDays(due.day, 10)));
    expect(await office.start('恢复之后')).toBe(`SI-${due.day.slice(0, 4)}-0005`);
    const ledger = await office.desk.ledger();
    await eventually(async () => expect(await ledger.unconfirmedTails(0, Date.now())).toEqual([]), 60_000);
  });

  it('lets the deadline fire that was running, at its own instant', async () => {
    const fired = await eventually(async () => {
      const entry = (await office.record(cases.due))
        .map((one) => one.entry)
        .find(({ trigger }) => trigger.type === 'dispatchLimit');
      expect(entry).toBeDefined();
      return entry!;
    }, 180_000);
    expect(Date.parse(fired.happenedAt)).toBe(due.at);
    expect(Date.parse(fired.recordedAt) - due.at).toBeLessThan(30_000);
  });

  it('verifies: chains, seals, feed, signatures; and ledger and Temporal say the same of every case', async () => {
    const ledger = await office.desk.ledger();
    await eventually(async () => expect(await ledger.unconfirmedTails(0, Date.now())).toEqual([]), 60_000);
    expect(await ledger.verify()).toMatchObject({ ok: true, cases: 5 });
    expect(await verifyLedgerSignatures(ledger)).toMatchObject({ problems: [], unsigned: 0 });
    expect(await rebuildInstallation({ data: restored, check: true, say: () => {} })).toMatchObject({
      cases: 5,
      asked: 4,
      differences: [],
    });
    const found: string[] = [];
    const query = `Awaiting = "D10" AND ExecutionStatus = "Running"`;
    for await (const { workflowId } of office.desk.temporal().client.workflow.list({ query })) found.push(workflowId);
    expect(found).toEqual(expect.arrayContaining([cases.assigned]));
    await office.close();
  });

  it('refuses what must not be restored, and writes nothing', async () => {
    const tried = (options: Partial<Parameters<typeof restore>[0]> = {}) =>
      restore({ from: backup, data: join(installations.folder, 'never'), env: plainEnv, ...options }).catch(
        (error) => error.message,
      );
    expect(await tried({ kind: 'demo' })).toMatch(/backup of a city, which is not restored as a demo/);
    expect(await tried({ data: restored })).toMatch(/is the data directory of a city already/);
    expect(await tried({ data: backups })).toMatch(/is not empty/);
    expect(await tried({ from: backups })).toMatch(/is no backup: it has no manifest.json/);
    const manifest = readFileSync(join(backup, 'manifest.json'), 'utf8');
    const changed = (change: (manifest: Record<string, unknown>) => void) => {
      const json = JSON.parse(manifest);
      change(json);
      writeFileSync(join(backup, 'manifest.json'), JSON.stringify(json));
    };
    changed((json) => Object.assign(json, { format: 99, version: '9.0.0' }));
    expect(await tried()).toMatch(/made by a newer version \(9.0.0, format 99\)/);
    changed((json) => Object.assign(json.ledger as object, { edition: '0099-later' }));
    expect(await tried()).toMatch(/whose ledger is '0099-later'/);
    writeFileSync(join(backup, 'manifest.json'), manifest.slice(0, 200));
    expect(await tried()).toMatch(/manifest.json is damaged/);
    writeFileSync(join(backup, 'manifest.json'), manifest);
    const key = join(backup, 'installation', 'entrance.key');
    writeFileSync(key, readFileSync(key, 'utf8').replace('A', 'B'));
    expect(await tried()).toMatch(/damaged, nothing was restored(.|\n)*entrance.key is another content/);
    rmSync(key);
    expect(await tried()).toMatch(/entrance.key is missing/);
    if (urlOf() !== undefined) expect(await tried()).toMatch(/damaged/);
    expect(readdirSync(installations.folder).filter((one) => one.startsWith('never'))).toEqual([]);
  });
}

describe('an installation on SQLite', () => livesOn('sqlite', () => undefined));

describeOnPostgres('an installation on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    delete process.env.ZHENGLING_LEDGER_SCHEMA;
    await server?.stop();
  });
  livesOn('postgresql', () => server.url);
});
