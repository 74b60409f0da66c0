import { CaseClient, type Cases, casesOf, connect, NoSuchCase, type TypedView } from '../../workflows/runtime/client';
import { Lab, NAMESPACE } from '../support/lab';
import type { tallyDefinition } from './client-machines';

type View = TypedView<typeof tallyDefinition>;

let lab: Lab;
let connected: ReturnType<typeof connect>;
let tallies: Cases<typeof tallyDefinition>;

beforeAll(async () => {
  lab = await Lab.open(require.resolve('./client-workflows'));
  await lab.start();
  connected = connect({ address: process.env.ZHENGLING_TEST_TEMPORAL!, namespace: NAMESPACE });
  tallies = casesOf(new CaseClient(connected.client, { taskQueue: lab.queue }), 'tally');
}, 60_000);

afterAll(async () => {
  await connected?.close();
  await lab?.close();
});

afterEach(() => jest.restoreAllMocks());

async function opened(more: object = {}): Promise<string> {
  const id = lab.id('tally');
  await tallies.start({ id, input: { n: 0 }, ...more });
  return id;
}

const moment = (ms = 150) => new Promise((resolve) => setTimeout(resolve, ms));

async function collect(views: AsyncIterable<View>): Promise<View[]> {
  const all: View[] = [];
  for await (const view of views) all.push(view);
  return all;
}

describe('waiting for a case', () => {
  it('ends at once where the case is already there', async () => {
    const id = await opened();
    for (const condition of ['open', 'open.working', ({ context }: View) => context.n === 0] as const)
      expect(await tallies.waitFor(id, condition, { timeout: 5_000 })).toMatchObject({
        reached: true,
        view: { state: ['open.working'] },
      });
  });

  it('ends when an act or a deadline brings it there', async () => {
    const id = await opened();
    const resting = tallies.waitFor(id, 'open.resting', { timeout: 10_000, after: 1 });
    const five = tallies.waitFor(id, ({ context }) => context.n >= 5, { timeout: 10_000 });
    await moment();
    await tallies.act(id, 'REST', { ms: 700 });
    expect(await resting).toMatchObject({ reached: true });
    expect(await tallies.waitFor(id, 'open.working', { timeout: 10_000, after: 2 })).toMatchObject({
      reached: true,
      view: { lastSteps: expect.arrayContaining([expect.objectContaining({ trigger: 'nap' })]) },
    });
    await tallies.act(id, 'ADD', { by: 5 });
    expect(await five).toMatchObject({ reached: true, view: { context: { n: 5 } } });
  });

  it('ends with its time, telling where the case stands, and has not asked the server again and again', async () => {
    const id = await opened();
    await moment();
    const poll = jest.spyOn(connected.client.workflowService, 'getWorkflowExecutionHistory');
    const before = Date.now();
    const waited = await tallies.waitFor(id, 'stopped', { timeout: 600 });
    expect(waited).toMatchObject({ reached: false, because: 'timeout', view: { state: ['open.working'] } });
    expect(Date.now() - before).toBeGreaterThanOrEqual(600);
    expect(Date.now() - before).toBeLessThan(1_100);
    expect(poll.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('ends when the case closes otherwise, now or before', async () => {
    const id = await opened();
    const resting = tallies.waitFor(id, 'open.resting', { timeout: 10_000 });
    await moment();
    await tallies.act(id, 'STOP');
    const ended = {
      reached: false,
      because: 'ended',
      view: { status: 'closed', state: ['stopped'], output: { n: 0 } },
    };
    expect(await resting).toMatchObject(ended);
    expect(await tallies.waitFor(id, 'open.resting', { timeout: 10_000 })).toMatchObject(ended);
    expect(await tallies.waitFor(id, 'stopped', { timeout: 10_000 })).toMatchObject({ reached: true });
  });

  it('ends when an operator ends the case by force', async () => {
    const id = await opened();
    const resting = tallies.waitFor(id, 'open.resting', { timeout: 10_000 });
    await moment();
    await connected.client.workflow.getHandle(id).terminate();
    expect(await resting).toMatchObject({ reached: false, because: 'ended', view: { state: ['open.working'] } });
  });

  it('does not miss a state that was left again before anybody could look', async () => {
    const id = await opened();
    const resting = tallies.waitFor(id, 'open.resting', { timeout: 10_000, after: 1 });
    await moment();
    await Promise.all([tallies.act(id, 'REST', { ms: 0 }), tallies.act(id, 'ADD', { by: 1 })]);
    expect(await resting).toMatchObject({ reached: true });
    expect((await tallies.view(id)).state).toEqual(['open.working']);
  });

  it('again after a restart counts only what the record holds beyond the last sequence', async () => {
    const id = await opened();
    await tallies.act(id, 'REST');
    await tallies.act(id, 'WORK');
    const { sequence } = (await tallies.view(id)).head;
    const timeout = 400;
    expect(await tallies.waitFor(id, 'open.resting', { timeout, after: sequence - 2 })).toMatchObject({
      reached: true,
    });
    expect(await tallies.waitFor(id, 'open.resting', { timeout, after: sequence - 1 })).toMatchObject({
      because: 'timeout',
    });
    expect(await tallies.waitFor(id, 'open.working', { timeout, after: sequence - 1 })).toMatchObject({
      reached: true,
    });
    expect(await tallies.waitFor(id, 'open.working', { timeout, after: sequence })).toMatchObject({
      because: 'timeout',
    });
    const next = tallies.waitFor(id, 'open.working', { timeout: 10_000, after: sequence });
    await tallies.act(id, 'ADD', { by: 1 });
    expect(await next).toMatchObject({ reached: true, view: { head: { sequence: sequence + 1 } } });
  });

  it('goes on over continue-as-new', async () => {
    const id = await opened({ historyLimit: 0 });
    const four = tallies.waitFor(id, ({ context }) => context.n === 4, { timeout: 20_000 });
    for (let n = 0; n < 4; n++) await tallies.act(id, 'ADD', { by: 1 });
    expect(await four).toMatchObject({ reached: true, view: { head: { sequence: 5 } } });
  }, 25_000);

  it('goes on over a restart of the worker, also when the step falls due meanwhile', async () => {
    const id = await opened();
    await tallies.act(id, 'REST', { ms: 300 });
    const working = tallies.waitFor(id, 'open.working', { timeout: 20_000 });
    await moment();
    await lab.stop();
    await moment(600);
    await lab.start();
    expect(await working).toMatchObject({ reached: true, view: { state: ['open.working'] } });
  }, 25_000);

  it('is given up by a signal, with its reason', async () => {
    const id = await opened();
    const control = new AbortController();
    const waited = tallies.waitFor(id, 'stopped', { timeout: 60_000, signal: control.signal });
    await moment();
    control.abort(new Error('the reader has gone'));
    await expect(waited).rejects.toThrow('the reader has gone');
  });

  it('for a case that does not exist is refused at once', async () => {
    await expect(tallies.waitFor('never-opened', 'open', { timeout: 5_000 })).rejects.toThrow(NoSuchCase);
    await expect(tallies.subscribe('never-opened').next()).rejects.toThrow(NoSuchCase);
  });
});

describe('a subscription', () => {
  it('gives the present view, one for every step, and ends with the closed case', async () => {
    const id = await opened();
    const views = collect(tallies.subscribe(id));
    await moment();
    for (const by of [1, 2, 3]) {
      await tallies.act(id, 'ADD', { by });
      await moment();
    }
    await tallies.act(id, 'LOOK');
    await tallies.act(id, 'STOP');
    const seen = await views;
    expect(seen.map(({ head, context }) => [head.sequence, context.n])).toEqual([
      [1, 0],
      [2, 1],
      [3, 3],
      [4, 6],
      [5, 6],
    ]);
    expect(seen.at(-1)).toMatchObject({ status: 'closed', output: { n: 6 } });
  });

  it('never misses the last state, however fast the steps come and however slowly they are read', async () => {
    const id = await opened();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { head, status } of tallies.subscribe(id)) {
        seen.push(head.sequence);
        await moment(200);
        if (status === 'closed') return 'closed';
      }
      return 'ended';
    })();
    for (let n = 0; n < 20; n++) await tallies.act(id, 'ADD', { by: 1 });
    await tallies.act(id, 'STOP');
    expect(await reading).toBe('closed');
    expect(seen.at(-1)).toBe(22);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(seen.length).toBeLessThan(22);
  });

  it('taken up again gives only what came after', async () => {
    const id = await opened();
    await tallies.act(id, 'ADD', { by: 1 });
    const views = collect(tallies.subscribe(id, { after: 2 }));
    await moment();
    await tallies.act(id, 'STOP');
    expect((await views).map(({ head }) => head.sequence)).toEqual([3]);
    expect((await collect(tallies.subscribe(id, { after: 2 }))).map(({ head }) => head.sequence)).toEqual([3]);
    expect(await collect(tallies.subscribe(id, { after: 3 }))).toEqual([]);
  });

  it('goes on over continue-as-new and a restart of the worker', async () => {
    const id = await opened({ historyLimit: 0 });
    const views = collect(tallies.subscribe(id));
    await tallies.act(id, 'ADD', { by: 1 });
    await tallies.act(id, 'ADD', { by: 1 });
    await lab.stop();
    await lab.start();
    await tallies.act(id, 'ADD', { by: 1 });
    await tallies.act(id, 'STOP');
    const seen = (await views).map(({ head }) => head.sequence);
    expect(seen.at(-1)).toBe(5);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  }, 25_000);

  it('asks nothing while nothing happens: one waiting call, no query', async () => {
    const id = await opened();
    await moment(300);
    const control = new AbortController();
    const poll = jest.spyOn(connected.client.workflowService, 'getWorkflowExecutionHistory');
    const query = jest.spyOn(connected.client.workflowService, 'queryWorkflow');
    const views = collect(tallies.subscribe(id, { signal: control.signal }));
    await moment(400);
    const [polled, queried] = [poll.mock.calls.length, query.mock.calls.length];
    await moment(2_500);
    expect(poll.mock.calls.length - polled).toBe(0);
    expect(query.mock.calls.length - queried).toBe(0);
    await tallies.act(id, 'LOOK');
    await moment(200);
    expect(query.mock.calls.length - queried).toBe(0);
    control.abort();
    expect(await views).toHaveLength(1);
  });

  it('ends without an error when its signal is given, also before the first view is asked for', async () => {
    const id = await opened();
    const control = new AbortController();
    const views = collect(tallies.subscribe(id, { signal: control.signal }));
    await moment(300);
    const before = Date.now();
    control.abort();
    expect((await views).map(({ head }) => head.sequence)).toEqual([1]);
    expect(Date.now() - before).toBeLessThan(200);
    expect((await collect(tallies.subscribe(id, { signal: control.signal }))).length).toBeLessThanOrEqual(1);
  });

  it('is left by leaving the loop, and holds nothing open then', async () => {
    const id = await opened();
    for await (const view of tallies.subscribe(id)) {
      expect(view.head.sequence).toBe(1);
      break;
    }
    const poll = jest.spyOn(connected.client.workflowService, 'getWorkflowExecutionHistory');
    await tallies.act(id, 'ADD', { by: 1 });
    await moment(200);
    expect(poll).not.toHaveBeenCalled();
  });
});
