import { Worker } from '@temporalio/worker';
import { Lab } from '../support/lab';

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
    await new Promise((resolve) => setTimeout(resolve, 1_800));
    const { state } = await lab.cases.view(id);
    expect(state).toEqual(['overdue']);
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
});

async function eventually(check: () => Promise<void>, patience = 15_000): Promise<void> {
  for (const until = Date.now() + patience; ; await new Promise((r) => setTimeout(r, 100))) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}
