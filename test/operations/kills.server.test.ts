/** Processes killed between Temporal and ledger, at every point: nothing is lost, and nothing is there twice. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ledger, type OpenOptions, openLedger } from '../../activities/ledger';
import type { Message } from '../../activities/notify';
import { Deployment } from '../../worker/deployment';
import { rebuildLedger } from '../../worker/rebuild';
import { searchAttributes } from '../../worker/search-attributes';
import { ensureNamespace } from '../../worker/temporal';
import { dateOf, edition, lawData } from '../../workflows/law';
import { CaseClient, type Connected, connect } from '../../workflows/runtime/client';
import { type Bundle, bundle } from '../../workflows/runtime/worker';
import type { Json } from '../../workflows/runtime/workflow';
import { type Place, PlayedCase, tellEffect } from '../ledger/support';
import { errand } from '../support/errand/errand';
import { describeOnPostgres, startPostgres, type TestPostgres } from '../support/postgres';
import { eventually, Processes, pause, type Running } from '../support/processes';
import { query } from './tables';

jest.setTimeout(180_000);

const address = process.env.ZHENGLING_TEST_TEMPORAL!;
const mortal = require.resolve('./mortal-process.js');

interface Die {
  at: string;
  step?: string;
}

function kills(placeOf: (folder: string) => Place): void {
  const processes = new Processes();
  const folder = mkdtempSync(join(tmpdir(), 'zhengling-kills-'));
  const namespace = `kills-${randomUUID().slice(0, 8)}`;
  let place: Place;
  let code: Bundle;
  let connected: Connected;
  let ledger: Ledger;
  let deployment: Deployment;

  beforeAll(async () => {
    place = placeOf(folder);
    [code] = await Promise.all([
      bundle(require.resolve('../support/errand/workflows')),
      ensureNamespace({ address, namespace, retentionDays: 1, searchAttributes }),
    ]);
    writeFileSync(join(folder, 'code.js'), code.code);
    connected = connect({ address, namespace });
    deployment = new Deployment(connected.client);
    ledger = await openLedger(place as OpenOptions);
  });

  afterAll(async () => {
    await processes.killAll();
    await ledger?.close();
    await connected?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (settings: object): Running => processes.node([mortal, JSON.stringify({ ledger: place, ...settings })]);

  async function worker(taskQueue: string, die?: Die): Promise<Running> {
    const { buildId } = code;
    const started = run({ role: 'worker', address, namespace, taskQueue, code: join(folder, 'code.js'), buildId, die });
    await started.says('ready');
    await deployment.setCurrent(buildId);
    return started;
  }

  const sentFile = join(folder, 'sent.jsonl');
  async function delivery(die?: Die): Promise<Running> {
    const started = run({ role: 'delivery', address, namespace, taskQueue: 'none', sent: sentFile, die });
    await started.says('ready');
    return started;
  }
  const sent = (): Message[] =>
    existsSync(sentFile)
      ? readFileSync(sentFile, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : [];

  const casesOn = (taskQueue: string) => new CaseClient(connected.client, { taskQueue, patience: 60_000 });

  function open(taskQueue: string, dueInMs: number) {
    const id = `ER-${randomUUID().slice(0, 8)}`;
    const receivedAt = Date.now();
    const data = { law: lawData(edition, [], dateOf(receivedAt)), names: {} } as unknown as Json;
    const stamp = { receivedAt, entrance: 'test', seat: 'X2-desk', unit: 'X2', basis: 'own' };
    const input = { title: `差事${id}`, dueInMs };
    return { id, started: casesOn(taskQueue).start('errand', { id, actId: `open-${id}`, input, stamp, data }) };
  }

  function done(taskQueue: string, id: string) {
    const stamp = { receivedAt: Date.now(), entrance: 'test', seat: 'D07-desk', unit: 'D07', basis: 'own' };
    const act = { id: `done-${id}`, type: 'DONE', payload: { evidence: ['E-1'] }, stamp };
    const answer = casesOn(taskQueue).act(id, act);
    answer.catch(() => {});
    return answer;
  }

  const steps = async (id: string) => (await ledger.record(id)).map(({ entry }) => entry.trigger.type);
  const told = async (id: string) =>
    (await ledger.tells({ case: id })).map((one) => `${one.sequence} ${one.recipient}`).sort();
  const events = async (id: string) =>
    (await ledger.feed({ case: id })).map(({ type, sequence }) => `${sequence} ${type}`);

  /** What anybody could see from outside. */
  const seen = async (id: string) => ({
    record: (await ledger.record(id)).map(({ entry, confirmed }) => [entry.trigger.type, confirmed]),
    events: await events(id),
    unread: (await ledger.tells({ case: id, confirmed: true })).length,
  });

  /** Record, lists, inbox, search, feed and messages agree with each other and with Temporal; positions have no gaps. */
  async function agrees(): Promise<void> {
    expect(await ledger.verify()).toMatchObject({ ok: true });
    const cases = casesOn('none');
    const rebuilt = await rebuildLedger({
      ledger,
      temporal: connected.client,
      cases,
      procedures: [errand()],
      check: true,
    });
    expect(rebuilt.differences).toEqual([]);
    const positions = (await ledger.feed({ limit: 1_000 })).map(({ position }) => position);
    expect(positions).toEqual(positions.map((_, i) => i + 1));
  }

  const points: { of: string; die: Required<Die>; steps: string[]; told: string[]; early: [string, boolean][] }[] = [
    {
      of: 'the opening, before the write',
      die: { at: 'before-flush', step: 'xstate.init' },
      steps: ['xstate.init', 'DONE'],
      told: [],
      early: [],
    },
    {
      of: 'the opening, after the write',
      die: { at: 'after-flush', step: 'xstate.init' },
      steps: ['xstate.init', 'DONE'],
      told: [],
      early: [['xstate.init', false]],
    },
    {
      of: 'an act, before the write',
      die: { at: 'before-flush', step: 'DONE' },
      steps: ['xstate.init', 'DONE'],
      told: [],
      early: [['xstate.init', false]],
    },
    {
      of: 'an act, after the write and before Temporal hears of it',
      die: { at: 'after-flush', step: 'DONE' },
      steps: ['xstate.init', 'DONE'],
      told: [],
      early: [
        ['xstate.init', true],
        ['DONE', false],
      ],
    },
    {
      of: 'an act whose first write failed, before the second',
      die: { at: 'before-remote', step: 'DONE' },
      steps: ['xstate.init', 'DONE'],
      told: [],
      early: [['xstate.init', false]],
    },
    {
      of: 'an act whose first write failed, after the second',
      die: { at: 'after-remote', step: 'DONE' },
      steps: ['xstate.init', 'DONE'],
      told: [],
      early: [
        ['xstate.init', true],
        ['DONE', false],
      ],
    },
    {
      of: 'a deadline, after the write',
      die: { at: 'after-flush', step: 'due' },
      steps: ['xstate.init', 'due', 'escalation', 'DONE'],
      told: ['2 D07-head', '3 vm-1'],
      early: [
        ['xstate.init', true],
        ['due', false],
      ],
    },
    {
      of: 'a deadline, before the second write',
      die: { at: 'before-remote', step: 'due' },
      steps: ['xstate.init', 'due', 'escalation', 'DONE'],
      told: ['2 D07-head', '3 vm-1'],
      early: [['xstate.init', false]],
    },
  ];

  describe('a worker killed at', () => {
    const found = new Map<string, Awaited<ReturnType<typeof killed>>>();

    async function killed({ die, steps: all }: (typeof points)[number]) {
      const queue = `${die.at}-${die.step}`;
      const first = await worker(queue, die);
      const { id, started } = open(queue, die.step === 'due' ? 1_500 : 600_000);
      if (die.step !== 'xstate.init') await started;
      const early = die.step === 'DONE' ? done(queue, id) : undefined;
      const { signal } = await first.ended;
      const then = await seen(id);
      await worker(queue);
      await started;
      const overdue = all.includes('escalation');
      if (overdue) await eventually(async () => expect(await steps(id)).toEqual(all.slice(0, -1)), 30_000);
      const receipt = await (early ?? done(queue, id));
      await eventually(async () => expect(await steps(id)).toEqual(all), 30_000);
      return { id, signal, then, receipt };
    }

    beforeAll(async () => {
      // A task that died with its worker is given to the next one after ten seconds: they die beside each other.
      const beside = 4;
      for (let i = 0; i < points.length; i += beside)
        await Promise.all(points.slice(i, i + beside).map(async (point) => found.set(point.of, await killed(point))));
      await delivery();
      await eventually(async () => expect(await ledger.unconfirmedTails(0, Date.now())).toEqual([]), 30_000);
    });
    afterAll(() => processes.killAll());

    it.each(points)('$of: nothing of it is seen outside before Temporal has it', ({ of, early }) => {
      const { signal, then } = found.get(of)!;
      expect(signal).toBe('SIGKILL');
      expect(then.record.slice(0, early.length)).toEqual(early);
      expect(then.record.slice(early.length).filter(([, confirmed]) => confirmed)).toEqual([]);
      expect(then.events).toEqual(early.flatMap(([, confirmed], i) => (confirmed ? [`${i + 1} case.opened`] : [])));
      expect(then.unread).toBe(0);
    });

    it.each(points)('$of: each step stands once, in the record, in the feed, and as a message', async (point) => {
      const { id, receipt } = found.get(point.of)!;
      expect(await steps(id)).toEqual(point.steps);
      const { length } = point.steps;
      const types = point.steps.map((_, i) =>
        i === 0 ? 'case.opened' : i === length - 1 ? 'case.closed' : 'case.step',
      );
      expect(await events(id)).toEqual(types.map((type, i) => `${i + 1} ${type}`));
      expect(await told(id)).toEqual(point.told);
      expect(receipt).toMatchObject({ outcome: 'changed', sequence: length });
    });

    it('leaves lists, inbox, search, feed and messages that agree with the record and with Temporal', async () => {
      const { todo } = await ledger.counts({ for: ['D07'] });
      expect(todo).toBe(0);
      const finished = (await ledger.inbox({ for: ['D07'], box: 'done' })).items.map(
        (one) => 'case' in one && one.case.case,
      );
      expect(finished.sort()).toEqual([...found.values()].map(({ id }) => id).sort());
      const { id } = found.values().next().value!;
      expect((await ledger.search({ text: id })).items.map((one) => one.case)).toEqual([id]);
      await agrees();
    });
  });

  describe('a delivery loop killed', () => {
    const deaths = ['before-confirm', 'after-confirm', 'before-send', 'after-send'];
    afterAll(() => processes.killAll());

    it.each(deaths)('%s: everybody is told, and a repetition is known by its id', async (at) => {
      await worker('deliveries');
      const { id, started } = open('deliveries', 200);
      await started;
      await eventually(async () => expect(await steps(id)).toEqual(['xstate.init', 'due', 'escalation']), 30_000);
      const before = sent().length;
      const { signal } = await (await delivery({ at })).ended;
      expect(signal).toBe('SIGKILL');
      const next = await delivery();
      await eventually(async () => {
        const tells = await ledger.tells({ case: id });
        expect(tells.map(({ state }) => state)).toEqual(['delivered', 'delivered']);
      }, 30_000);
      await pause(500);
      await next.stop('SIGKILL');
      const messages = sent()
        .slice(before)
        .filter(({ cases }) => cases.includes(id));
      const ids = new Set(messages.map((message) => message.id));
      expect([...new Set(messages.map(({ seat }) => seat))].sort()).toEqual(['D07-head', 'vm-1']);
      expect(ids.size).toBe(2);
      // Whoever is killed between sending and writing that down cannot know; the receiver knows by the id.
      expect(messages.length - ids.size).toBeLessThanOrEqual(1);
      expect(await told(id)).toEqual(['2 D07-head', '3 vm-1']);
      expect(await events(id)).toEqual(['1 case.opened', '2 case.step', '3 case.step']);
      await processes.killAll();
    });

    it('leaves everything in agreement', async () => {
      await worker('deliveries');
      await agrees();
    });
  });

  it('numbers of cases and papers have neither gaps nor twins, however often who gives them is killed', async () => {
    const given = new Map<string, { number: number; paper: number }>();
    for (let round = 1; round <= 3; round += 1) {
      const both = ['a', 'b'].map((one) => run({ role: 'numbers', series: 'ZZ', prefix: `${one}${round}` }));
      await Promise.all(both.map((one) => one.says('"paper"')));
      await pause(150 + Math.random() * 300);
      for (const { stdout } of await Promise.all(both.map((one) => one.stop('SIGKILL')))) {
        const lines = stdout.split('\n').slice(0, -1);
        for (const line of lines) given.set(JSON.parse(line).key, JSON.parse(line));
      }
    }
    expect(given.size).toBeGreaterThan(10);
    for (const [key, { number, paper }] of [...given].slice(-5)) {
      expect(await ledger.giveNumber({ series: 'ZZ', year: 2026, key })).toMatchObject({ number, fresh: false });
      expect(await ledger.giveDocumentNumber({ series: 'ZZ', year: 2026, paper: key })).toMatchObject({
        number: paper,
        fresh: false,
      });
    }
    for (const table of ['case_number', 'document_number']) {
      const rows = await query(place, `select number from ${table} where series = 'ZZ' order by number`);
      expect(rows.map(({ number }) => Number(number))).toEqual(rows.map((_, i) => i + 1));
      expect(rows.length).toBeGreaterThanOrEqual(given.size);
    }
  });

  it('what a reader acknowledged stays so, once, however often he is cut off', async () => {
    const seat = 'D99-head';
    for (let n = 1; n <= 12; n += 1)
      await new PlayedCase(`AK-2026-000${n}`).settled(ledger, { effects: [tellEffect([seat]), tellEffect([seat])] });
    const printed: string[] = [];
    for (const after of [1, 3, 12]) {
      const { stdout } = await run({ role: 'reader', seat, die: { after } }).ended;
      expect(stdout.split('\n').filter((line) => line.startsWith('AK-'))).toHaveLength(after - 1);
      printed.push(...stdout.split('\n').filter((line) => line.startsWith('AK-')));
    }
    expect(await ledger.counts({ for: [seat] })).toMatchObject({ unread: 24 - 16 });
    await run({ role: 'reader', seat }).ended;
    expect(await ledger.counts({ for: [seat] })).toMatchObject({ unread: 0 });
    const all = await ledger.tells({ recipient: seat });
    expect(all).toHaveLength(24);
    const said = await ledger.feed({ types: ['tell.acknowledged'], limit: 1_000 });
    expect(said.map(({ data }) => data.tell).sort()).toEqual(all.map(({ id }) => id).sort());
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(printed));
    for (const { id } of all.slice(0, 3))
      expect(await ledger.acknowledge({ tell: id, by: seat, at: Date.now(), how: 'inbox' })).toBe('already');
  });
}

describe('with a ledger on SQLite', () => kills((folder) => ({ file: join(folder, 'ledger.db') })));

describeOnPostgres('with a ledger on PostgreSQL', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  kills(() => ({ url: server.url, schema: 'killed' }));
});
