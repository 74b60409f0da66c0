/** The drills on a real server, and the program that says whether it took the course written down. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { type Ledger, openLedger, type Tell } from '../../activities/ledger';
import { readCourse } from '../../client/drill/course';
import type { DrillResult } from '../../client/drill/drill';
import { drillFolder, drillNames, readDrill } from '../../client/drill/script';
import { playDrillIn } from '../../worker/drill';
import { openLog } from '../../worker/logging';
import { bundleProcedures } from '../../worker/procedure-worker';
import type { Bundle } from '../../workflows/runtime/worker';
import { readMails } from '../support/mail';
import { Processes, root } from '../support/processes';

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const folder = mkdtempSync(join(tmpdir(), 'zhengling-drill-'));
const processes = new Processes();
let code: Bundle;

beforeAll(async () => {
  code = await bundleProcedures();
}, 60_000);

afterAll(async () => {
  await processes.killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('a drill that does not take the course written down', () => {
  it('says which line differs and that the record is another one, and ends with exit code 1', async () => {
    const main = join(packageWithFirstMatterOnly(), 'dist', 'worker', 'main.js');
    const drill = processes.node([main, 'drill', 'supervision', '--data', join(folder, 'other')], {
      TEMPORAL_ADDRESS: address,
    });
    const { code: exit, stdout } = await drill.ended;
    expect(stdout).toMatch(/course\.tsv:2\n {2}expected .*\tX1-desk\t.*\n {2}happened .*\tX2-desk\t/);
    expect(stdout).toMatch(/last record hash [0-9a-f]{64}, expected [0-9a-f]{64}/);
    expect(stdout).toMatch(/NOT the course written down \(1 line differs\)/);
    expect(exit).toBe(1);
  }, 60_000);

  it.each([
    {
      what: 'a drill there is not',
      args: ['drill', 'flood'],
      says: `there is no drill 'flood'; there is ${drillNames().join(', ')}`,
    },
  ])('refuses $what in one sentence with exit code 2', async ({ args, says }) => {
    const ended = await processes.program(args, { TEMPORAL_ADDRESS: address }).ended;
    expect(ended).toMatchObject({ code: 2, stderr: `${says}\n` });
  });
});

describe.each(drillNames())('the %s drill on a real server', (name) => {
  const printed: string[] = [];
  const data = join(folder, name);
  let result: DrillResult;
  let ledger: Ledger;
  let tells: Tell[];
  let temporal: Client;

  beforeAll(async () => {
    const log = openLog('error');
    const print = (text: string) => printed.push(text);
    result = await playDrillIn({ name, say: () => {}, folder: data, address, log, json: false, code, print });
    ledger = await openLedger({ file: join(data, 'ledger.db'), readonly: true });
    tells = await ledger.tells({ limit: 10_000 });
    temporal = new Client({ connection: await Connection.connect({ address }), namespace: 'drill' });
  }, 120_000);

  afterAll(async () => {
    await ledger?.close();
    await temporal?.connection.close();
  });

  it('takes the course written down, on several matters', () => {
    expect(result.differences).toEqual([]);
    expect(result.cases.length).toBeGreaterThanOrEqual(7);
    expect(result.passed).toBe(true);
  });

  it('ends with the record hash that is fixed in the repository', () => {
    const seal = JSON.parse(readFileSync(join(drillFolder(name), 'seal.json'), 'utf8'));
    expect({ lastHash: result.lastHash, headsHash: result.headsHash }).toEqual(seal);
  });

  it('prints every step of the course with its mark, and the time it took', () => {
    const course = readCourse(readFileSync(join(drillFolder(name), 'course.tsv'), 'utf8'));
    const lines = printed.filter((line) => /^【演练】\d{4}-\d\d-\d\d /.test(line));
    expect(lines).toHaveLength(course.length);
    expect(printed.join('\n')).toMatch(/the course is the one written down; \d+\.\d s/);
  });

  it('leaves chains that verify', async () => {
    expect(await ledger.verify()).toMatchObject({ ok: true, cases: result.cases.length });
  });

  it('delivers what was told: each person of the course has a mail in the sink', () => {
    // What was told in the last hour of a drill may wait for the next morning.
    const waiting = tells.filter(({ state, deliverAt }) => state !== 'delivered' && deliverAt <= until(name));
    expect(waiting.map(({ seat, template, state }) => ({ seat, template, state }))).toEqual([]);
    const delivered = tells.filter(({ state }) => state === 'delivered');
    expect(delivered.length).toBeGreaterThan(100);
    expect(result.delivered).toBe(delivered.length);
    const mails = readMails(join(data, 'mail'));
    const lacking = delivered.filter(
      ({ seat, case: about }) =>
        !mails.some(({ to, text }) => to === `${seat}@example.invalid` && text.includes(about)),
    );
    expect(lacking).toEqual([]);
    expect(mails.filter(({ subject }) => !subject.startsWith('【演练】'))).toEqual([]);
  });

  it('leaves histories that all replay with the cache off', async () => {
    const histories = temporal.workflow.list().intoHistories();
    const failed: unknown[] = [];
    let replayed = 0;
    const replayer = Worker.runReplayHistories({ workflowBundle: code }, histories);
    for await (const { workflowId, error } of replayer) {
      replayed += 1;
      if (error) failed.push({ workflowId, error });
    }
    expect(failed).toEqual([]);
    expect(replayed).toBeGreaterThanOrEqual(result.cases.length);
  }, 60_000);
});

const until = (name: string): number => readDrill(name).until;

/** The compiled package with the messages and the course of the first matter, in which one line has another recipient. */
function packageWithFirstMatterOnly(): string {
  const copy = join(folder, 'package');
  for (const part of ['package.json', 'dist', 'client/drill/supervision', 'activities/directory/data'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const change = (name: string, edit: (text: string) => string) => {
    const file = join(copy, 'client/drill/supervision', name);
    writeFileSync(file, edit(readFileSync(file, 'utf8')));
  };
  change('messages.json', (text) =>
    JSON.stringify((JSON.parse(text) as { matter: string }[]).filter(({ matter }) => matter === 'M1')),
  );
  change('course.tsv', (text) => {
    const [header, first, ...rest] = text.split('\n').filter((line) => /^at\t|\tM1\t/.test(line));
    return `${[header, first!.replace('\tX2-desk\t', '\tX1-desk\t'), ...rest].join('\n')}\n`;
  });
  return copy;
}
