import { Worker } from '@temporalio/worker';
import { CaseClient } from '../../workflows/runtime/client';
import { Lab } from '../support/lab';
import { eventually, pause } from '../support/processes';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open(require.resolve('./workflows'));
  await lab.start();
}, 60_000);

afterAll(() => lab?.close());

describe('a case on a real server', () => {
  it('opens, answers acts with receipts, keeps its record and closes', async () => {
    const id = lab.id('loan');
    const { opened, view } = await lab.start$('loan', id, { days: 3 });
    expect(opened).toBe(true);
    expect(view).toMatchObject({ state: ['lent'], head: { sequence: 1 }, recorded: 1 });
    const renewed = await lab.act(id, 'RENEW');
    expect(renewed).toMatchObject({ outcome: 'changed', sequence: 2, recorded: 'yes' });
    expect(await lab.act(id, 'RETURN', { condition: 'torn' })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'BOOK_TORN' },
    });
    expect(await lab.act(id, 'PAY')).toMatchObject({ outcome: 'not-accepted' });
    const returned = await lab.act(id, 'RETURN', { condition: 'good' });
    expect(returned).toMatchObject({ outcome: 'changed', state: ['back'], sequence: 3 });
    expect(await lab.cases.result(id)).toMatchObject({
      state: ['back'],
      head: { sequence: 3, hash: returned.recordHash },
    });
    expect(
      lab.notebook
        .of(id)
        .map((e) => e.hash)
        .at(-1),
    ).toBe(returned.recordHash);
    expect(await lab.act(id, 'RENEW')).toMatchObject({ outcome: 'closed' });
  });

  it('fires a deadline by itself', async () => {
    const id = lab.id('loan');
    await lab.start$('loan', id, { days: 0.5 / 86_400 });
    await eventually(async () => expect((await lab.cases.view(id)).state).toEqual(['overdue']));
    const [opening, due] = lab.notebook.of(id);
    expect(Date.parse(due!.happenedAt) - Date.parse(opening!.happenedAt)).toBe(500);
  });

  it('answers a repeated act with its first receipt, and another act under its id with a refusal', async () => {
    const id = lab.id('loan');
    await lab.start$('loan', id, { days: 3 });
    const first = await lab.act(id, 'RENEW', {}, { id: 'same' });
    expect(await lab.act(id, 'RENEW', {}, { id: 'same' })).toMatchObject({
      sequence: first.sequence,
      recordHash: first.recordHash,
    });
    expect(await lab.act(id, 'LOOK', {}, { id: 'same' })).toMatchObject({
      outcome: 'duplicate',
      refusal: { code: 'id-reused' },
    });
  });

  it('continues as new without losing deadline, receipts or record', async () => {
    const id = lab.id('loan');
    await lab.start$('loan', id, { days: 3 }, { historyLimit: 0 });
    const first = await lab.act(id, 'RENEW', {}, { id: 'kept' });
    await lab.act(id, 'RENEW');
    expect(await lab.act(id, 'RENEW', {}, { id: 'kept' })).toMatchObject({ sequence: first.sequence, repeated: true });
    expect(await lab.act(id, 'RENEW')).toMatchObject({ outcome: 'rule', refusal: { code: 'RENEWED_TWICE' } });
    const described = await lab.temporal.workflow.getHandle(id).describe();
    expect(described.raw.workflowExecutionInfo?.firstRunId).not.toBe(described.runId);
    expect(lab.notebook.of(id).map((e) => e.sequence)).toEqual([1, 2, 3]);
  });

  it('answers within its limit while the ledger cannot write, and records in order afterwards', async () => {
    const id = lab.id('loan');
    await lab.start$('loan', id, { days: 3 });
    lab.notebook.broken = new Error('read-only');
    const first = await lab.act(id, 'RENEW');
    expect(first).toMatchObject({ outcome: 'changed', recorded: 'pending' });
    const before = Date.now();
    expect(await lab.act(id, 'RENEW')).toMatchObject({ outcome: 'changed', recorded: 'pending' });
    expect(Date.now() - before).toBeLessThan(3_000);
    lab.notebook.broken = undefined;
    await eventually(async () => expect((await lab.cases.view(id)).recorded).toBe(3));
    expect(lab.notebook.of(id).map((e) => e.sequence)).toEqual([1, 2, 3]);
  }, 20_000);

  it('replays its history with the cache off', async () => {
    const id = lab.id('loan');
    await lab.start$('loan', id, { days: 3 });
    await lab.act(id, 'RENEW');
    await lab.act(id, 'RETURN', { condition: 'good' });
    const history = await lab.temporal.workflow.getHandle(id).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle: lab.code }, history, id);
    expect(history.events!.length).toBeLessThan(30);
  });

  it.each([14, 15, 16, 17, 18, 19, 20])(
    'replays also where acts are refused beside a history that is full at %i events',
    async (historyLimit) => {
      const id = lab.id('steady');
      await lab.start$('steady', id, {}, { historyLimit });
      const runs = new Set<string>();
      for (let i = 0; i < 3; i++) {
        await lab.act(id, 'NOTE');
        expect(await lab.act(id, 'BURN')).toMatchObject({ outcome: 'malformed' });
        await lab.act(id, 'MOVE');
        runs.add((await lab.temporal.workflow.getHandle(id).describe()).runId);
      }
      expect(runs.size).toBeGreaterThan(1);
      for (const runId of [...runs].slice(0, -1)) {
        const history = await lab.temporal.workflow.getHandle(id, runId).fetchHistory();
        await Worker.runReplayHistory({ workflowBundle: lab.code }, history, id);
      }
    },
    30_000,
  );
});

describe('the bundle', () => {
  it("holds XState's production build and not its development build", () => {
    expect(lab.code.code).toContain('Infinite loop detected: the machine has processed more than');
    expect(lab.code.code).not.toContain('This actor has already reached its final state');
  });
});

describe('the price of an act', () => {
  const historyOf = async (id: string) => (await lab.temporal.workflow.getHandle(id).fetchHistory()).events!;

  it.each([
    { act: 'NOTE', what: 'the next deadline stays', events: 6 },
    { act: 'TURN', what: 'the next deadline changes', events: 8 },
    { act: 'MOVE', what: 'a search attribute changes', events: 7 },
  ])('is one workflow task and $events events of history where $what', async ({ act, events }) => {
    const id = lab.id('steady');
    await lab.start$('steady', id, {});
    await lab.act(id, 'NOTE');
    const before = (await historyOf(id)).length;
    for (let i = 0; i < 3; i++) {
      expect(await lab.act(id, act)).toMatchObject({ outcome: 'changed', recorded: 'yes' });
      await pause(30);
    }
    const added = (await historyOf(id)).slice(before);
    expect(added.length).toBe(3 * events);
    // Every completed workflow task is one write of the server; nothing else here makes one.
    expect(added.filter((e) => e.workflowTaskCompletedEventAttributes).length).toBe(3);
    expect(added.filter((e) => e.activityTaskScheduledEventAttributes).length).toBe(0);
  });
});

describe('many at once', () => {
  it('200 acts on one case are answered exactly once each, in the order of the record', async () => {
    const id = lab.id('steady');
    const patient = new CaseClient(lab.temporal, { taskQueue: lab.queue, patience: 60_000 });
    await lab.start$('steady', id, {});
    const stamp = () => ({ receivedAt: Date.now(), entrance: 'lab' });
    const receipts = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        patient.act(id, { id: `n${i}`, type: 'NOTE', payload: { i }, stamp: stamp() }),
      ),
    );
    expect(new Set(receipts.map(({ outcome }) => outcome))).toEqual(new Set(['changed']));
    const sequences = receipts.map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences).toEqual(Array.from({ length: 200 }, (_, i) => i + 2));
    const entries = new Map(lab.notebook.of(id).map((entry) => [entry.trigger.id, entry]));
    for (const { id: actId, sequence, recordHash } of receipts)
      expect(entries.get(actId)).toMatchObject({ sequence, hash: recordHash });
    expect((await lab.cases.view(id)).context).toEqual({ n: 200 });
  }, 90_000);

  it('repetitions of one act, all at once and after continue-as-new, are one act', async () => {
    const id = lab.id('steady');
    await lab.start$('steady', id, {}, { historyLimit: 0 });
    const receivedAt = Date.now();
    const same = () => lab.act(id, 'NOTE', {}, { id: 'same', receivedAt });
    const receipts = await Promise.all(Array.from({ length: 8 }, same));
    await lab.act(id, 'NOTE');
    receipts.push(await same());
    expect(new Set(receipts.map(({ sequence, recordHash }) => `${sequence} ${recordHash}`)).size).toBe(1);
    expect(lab.notebook.of(id)).toHaveLength(3);
    expect(await lab.act(id, 'TURN', {}, { id: 'same' })).toMatchObject({ refusal: { code: 'id-reused' } });
  }, 30_000);

  it('2,000 timers are carried to the next run, slept through, and fire each once before a later act', async () => {
    const id = lab.id('ticks');
    await lab.start$('ticks', id, { n: 2_000, ms: 2_500 }, { historyLimit: 0 });
    await lab.stop();
    await pause(2_600);
    await lab.start();
    const receipt = await new CaseClient(lab.temporal, { taskQueue: lab.queue, patience: 60_000 }).act(id, {
      id: 'after all',
      type: 'NOTE',
      payload: {},
      stamp: { receivedAt: Date.now(), entrance: 'lab' },
    });
    expect(receipt).toMatchObject({ outcome: 'changed', sequence: 2_002 });
    expect((await lab.cases.view(id)).context).toEqual({ ticks: 2_000 });
    const entries = await eventually(() => {
      const all = lab.notebook.of(id);
      expect(all).toHaveLength(2_002);
      return all;
    });
    const instants = entries.slice(1, -1).map(({ happenedAt }) => Date.parse(happenedAt));
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
  }, 90_000);
});

describe('time', () => {
  const firedOf = (id: string) => lab.notebook.of(id).filter(({ trigger }) => trigger.kind === 'timer');

  it('policies hold over three continue-as-new: never early, never lost, never doubled', async () => {
    const id = lab.id('policies');
    const opened = Date.now();
    await lab.start$('policies', id, { ms: 2_000 }, { historyLimit: 0 }, opened);
    for (const at of [300, 600, 900]) {
      await pause(Math.max(0, opened + at - Date.now()));
      await lab.act(id, 'NOTE');
    }
    const hopped = Date.parse(lab.notebook.of(id).at(-1)!.recordedAt);
    const fired = await eventually(() => {
      expect(firedOf(id)).toHaveLength(3);
      return firedOf(id);
    });
    await pause(500);
    expect(firedOf(id)).toHaveLength(3);
    const instants = Object.fromEntries(fired.map((e) => [e.trigger.type, Date.parse(e.happenedAt)]));
    expect(instants.deadline).toBe(opened + 2_000);
    // Between two runs the clock of this policy stands still, and starts anew for the other.
    expect(instants.remaining).toBeGreaterThan(opened + 2_000);
    expect(instants.restart).toBeGreaterThanOrEqual(hopped + 2_000);
    for (const { happenedAt, recordedAt } of fired)
      expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(Date.parse(happenedAt));
  }, 30_000);

  it('after an outage every rung passed stands in the record with its own instant and one recorded instant', async () => {
    const id = lab.id('ladder');
    const opened = Date.now();
    await lab.start$('ladder', id, {}, {}, opened);
    await lab.stop();
    await pause(Math.max(0, opened + 2_500 - Date.now()));
    await lab.start();
    const rungs = await eventually(() => {
      expect(firedOf(id)).toHaveLength(6);
      return firedOf(id);
    });
    expect(rungs.map(({ happenedAt }) => Date.parse(happenedAt) - opened)).toEqual([
      300, 600, 900, 1_200, 1_500, 1_800,
    ]);
    expect(new Set(rungs.map(({ recordedAt }) => recordedAt)).size).toBe(1);
    expect(Date.parse(rungs[0]!.recordedAt)).toBeGreaterThan(opened + 2_400);
  }, 30_000);

  it('an act received between two rungs of an outage is taken between them', async () => {
    const id = lab.id('ladder');
    const opened = Date.now();
    await lab.start$('ladder', id, {}, {}, opened);
    await lab.stop();
    const patient = new CaseClient(lab.temporal, { taskQueue: lab.queue, patience: 30_000 });
    await pause(Math.max(0, opened + 750 - Date.now()));
    const receivedAt = Date.now();
    const answered = patient.act(id, { id: 'n', type: 'NOTE', payload: {}, stamp: { receivedAt, entrance: 'lab' } });
    await pause(1_500);
    await lab.start();
    expect(await answered).toMatchObject({ outcome: 'changed', sequence: 4, state: ['top'] });
    const types = lab.notebook.of(id).map(({ trigger }) => trigger.type);
    expect(types).toEqual(['xstate.init', 'rung', 'rung', 'NOTE', 'rung', 'rung', 'rung', 'rung']);
  }, 30_000);
});
