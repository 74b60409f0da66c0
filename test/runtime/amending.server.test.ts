import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { CaseClient } from '../../workflows/runtime/client';
import type { Json } from '../../workflows/runtime/workflow';
import { KillableWorker } from '../support/killable-worker';
import { Lab } from '../support/lab';
import { eventually, pause } from '../support/processes';

let lab: Lab;
let killable: KillableWorker;
const folder = mkdtempSync(join(tmpdir(), 'zhengling-amending-'));

beforeAll(async () => {
  lab = await Lab.open(require.resolve('./workflows'));
  const codePath = join(folder, 'bundle.js');
  writeFileSync(codePath, lab.code.code);
  killable = new KillableWorker({ taskQueue: lab.queue, codePath, notebook: lab.notebook });
  await killable.start();
}, 90_000);

afterAll(async () => {
  await killable?.kill();
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function restarted(): Promise<void> {
  await killable.kill();
  await killable.start();
}

const days = (seconds: number): Json => ({ days: seconds / 86_400 });

function act(id: string, type: string, payload: Json = {}, who: { seat: string; person: string } = reader) {
  const cases = new CaseClient(lab.temporal, { taskQueue: lab.queue, patience: 30_000 });
  const stamp = { receivedAt: Date.now(), entrance: 'lab', ...who };
  return cases.act(id, { id: `${type}-${Math.random()}`, type, payload, stamp });
}

const reader = { seat: 'reader', person: 'p1' };
const keeper = { seat: 'keeper', person: 'p2' };

describe.each([
  { how: 'in one run', historyLimit: {} },
  { how: 'continued as new before every event', historyLimit: { historyLimit: 0 } },
])('$how, the worker killed after every act', ({ historyLimit }) => {
  it('the last act is taken back, and the deadline before it fires at its own instant', async () => {
    const id = lab.id('lending');
    const opened = Date.now();
    await lab.start$('lending', id, days(15), historyLimit, opened);
    await pause(300);
    const renewed = await act(id, 'RENEW');
    expect(renewed.deadlines[0]!.dueAt).toBeGreaterThan(opened + 15_000);
    await restarted();
    const recalled = await act(id, 'RECALL', { eventId: renewed.id, reason: 'mistaken' });
    expect(recalled).toMatchObject({
      outcome: 'changed',
      sequence: 3,
      recorded: 'yes',
      deadlines: [{ name: 'due', dueAt: opened + 15_000 }],
    });
    await restarted();
    await eventually(() => expect(lab.notebook.of(id)).toHaveLength(4), 30_000);
    const [, second, third, fourth] = lab.notebook.of(id);
    expect(third!.effects).toMatchObject([{ kind: 'recalled', sequence: 2, hash: second!.hash }]);
    expect(fourth).toMatchObject({ trigger: { kind: 'timer', type: 'due' }, state: ['overdue'] });
    expect(Date.parse(fourth!.happenedAt)).toBe(opened + 15_000);
    expect(await act(id, 'RECALL', { eventId: recalled.id, reason: 'x' })).toMatchObject({
      outcome: 'rule',
      refusal: { code: 'recall-passed', params: { followed: 'due back' } },
    });
  }, 90_000);

  it('a repair waits for its second person, and is done once', async () => {
    const id = lab.id('lending');
    await lab.start$('lending', id, days(3_600), historyLimit);
    const wanted = { set: [{ at: '/context/renewals', value: 2 }], reason: 'lost slip', second: 'keeper' };
    const { sequence } = await act(id, 'PROPOSE', wanted);
    await restarted();
    expect(await act(id, 'CONFIRM', { proposal: sequence }, { ...keeper, person: reader.person })).toMatchObject({
      refusal: { code: 'repair-one-person' },
    });
    expect(await act(id, 'CONFIRM', { proposal: sequence }, keeper)).toMatchObject({ outcome: 'changed', sequence: 3 });
    await restarted();
    expect(await act(id, 'RENEW')).toMatchObject({ outcome: 'rule', refusal: { code: 'RENEWED_TWICE' } });
    expect(await act(id, 'CORRECT', { field: 'renewals', old: 2, new: 1, reason: 'miscounted' })).toMatchObject({
      outcome: 'changed',
    });
    expect(await act(id, 'RENEW')).toMatchObject({ outcome: 'changed', sequence: 5 });
  }, 90_000);
});

it('histories with recalls and repairs replay', async () => {
  const id = lab.id('lending');
  await lab.start$('lending', id, days(3_600));
  const { id: eventId } = await act(id, 'RENEW');
  await act(id, 'RECALL', { eventId, reason: 'x' });
  await act(id, 'PROPOSE', { state: ['overdue'], reason: 'lost', second: 'keeper' });
  await act(id, 'CONFIRM', { proposal: 4 }, keeper);
  const history = await lab.temporal.workflow.getHandle(id).fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: lab.code }, history, id);
  expect(lab.notebook.of(id).at(-1)!.state).toEqual(['overdue']);
}, 30_000);
