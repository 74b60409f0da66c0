import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { KillableWorker } from '../../support/killable-worker';
import { Lab, Notebook } from '../../support/lab';
import { pause } from '../../support/processes';
import * as activities from './activities';
import { expectedOf, Lane } from './lane';
import { type Trial, UNIT } from './trial';
import { trials } from './trials';

let lab: Lab;
let killable: KillableWorker;
const folder = mkdtempSync(join(tmpdir(), 'zhengling-lanes-'));
const lanes = {} as Record<'plain' | 'continued' | 'killed', Lane>;

const named = trials.map((one) => [one.shows, one] as const);

/** The lanes mostly wait, so they run side by side, a little apart. */
beforeAll(async () => {
  lab = await Lab.open(require.resolve('./workflows'), activities);
  await lab.start();
  const codePath = join(folder, 'bundle.js');
  writeFileSync(codePath, lab.code.code);
  const notebook = new Notebook();
  const taskQueue = `${lab.queue}-killed`;
  killable = new KillableWorker({ taskQueue, codePath, notebook, activities: require.resolve('./activities') });
  await killable.start();

  const own = { lab, taskQueue: lab.queue, notebook: lab.notebook, taskTimeout: '10 s' };
  lanes.plain = new Lane({ name: 'plain', ...own });
  lanes.continued = new Lane({ name: 'continued as new before every event', ...own, historyLimit: 0 });
  lanes.killed = new Lane({
    name: 'worker killed between events',
    lab,
    taskQueue,
    notebook,
    taskTimeout: '3 s',
    // Early in one round, so that what falls due meets no worker; late in the next, so that the acts do.
    afterRound: async (round, waitUntil) => {
      await waitUntil(round + (round % 2 === 1 ? 0.3 : 0.8));
      await killable.kill();
      await killable.start();
    },
  });
  await Promise.all([
    lanes.plain.run(trials),
    pause(UNIT / 3).then(() => lanes.continued.run(trials)),
    pause((2 * UNIT) / 3).then(() => lanes.killed.run(trials)),
  ]);
}, 180_000);

afterAll(async () => {
  await killable?.kill();
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('plain', () => {
  it.each(named)('%s', (_, trial) => expect(lanes.plain.of(trial)).toEqual(expectedOf(trial)));
});

describe('continued as new before every event', () => {
  it.each(named)('%s', async (_, trial) => {
    expect(lanes.continued.of(trial)).toEqual(expectedOf(trial));
    const acts = (await lanes.continued.histories(trial)).map(
      ({ history }) => history.events!.filter((e) => e.workflowExecutionUpdateAcceptedEventAttributes).length,
    );
    // With an activity in flight a case stays in its run.
    if (!trial.waits) expect(Math.max(...acts)).toBeLessThanOrEqual(1);
  });
});

describe('worker killed and restarted between events', () => {
  it.each(named)('%s', (_, trial) => expect(lanes.killed.of(trial)).toEqual(expectedOf(trial)));

  it('was killed at least once in every script', () => {
    expect(killable.kills).toBeGreaterThanOrEqual(Math.max(...trials.map(({ stages }) => stages.at(-1)!.at)) - 1);
  });
});

describe('recorded histories replayed with the cache off', () => {
  it.each(named)('%s', async (_, trial) => {
    const histories = (await Promise.all(Object.values(lanes).map((lane) => lane.histories(trial)))).flat();
    expect(histories.length).toBeGreaterThanOrEqual(minimalRuns(trial));
    const results: string[] = [];
    for await (const { error } of Worker.runReplayHistories({ workflowBundle: lab.code }, histories))
      results.push(error?.message ?? 'as recorded');
    expect(results).toEqual(histories.map(() => 'as recorded'));
  });
});

/** One run in each lane, and in the one that continues as new one more for every act that was taken. */
function minimalRuns({ stages, waits }: Trial): number {
  const taken = stages.filter(({ send, answer }) => send && answer === undefined).length;
  return waits ? 3 : 3 + taken;
}
