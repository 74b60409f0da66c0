/** The gateway watches the workers: nobody polls for so long, and the duty room is told, once; and once when it is over. */
import { startWatch } from '../../client/gateway';
import { openLog } from '../../worker/logging';
import { Lab } from '../support/lab';

const MINUTE = 60_000;

describe('the watch over the workers', () => {
  let lab: Lab;
  let now = Date.now();
  const said: string[] = [];
  let fails = 0;
  let watch: ReturnType<typeof startWatch>;

  beforeAll(async () => {
    lab = await Lab.open(require.resolve('../support/errand/workflows'));
    watch = startWatch({
      temporal: lab.temporal,
      taskQueue: lab.queue,
      alarm: async (sentence) => {
        if (fails-- > 0) throw new Error('the channel is down');
        said.push(sentence);
      },
      log: openLog('silent'),
      script: 'hans',
      afterMs: 5 * MINUTE,
      everyMs: 10 * MINUTE,
      clock: () => now,
    });
  }, 60_000);
  afterAll(async () => {
    await watch?.stop();
    await lab?.close();
  });

  it('says nothing while a worker polls', async () => {
    await lab.start();
    await until(
      async () =>
        (
          await lab.temporal.workflowService.describeTaskQueue({
            namespace: 'tests',
            taskQueue: { name: lab.queue },
            taskQueueType: 1,
          })
        ).pollers!.length > 0,
    );
    await watch.look();
    expect(said).toEqual([]);
  }, 30_000);

  it('says nothing before the time is up', async () => {
    await lab.stop();
    now += 4 * MINUTE;
    await watch.look();
    expect(said).toEqual([]);
  }, 30_000);

  it('alarms once, with the queue, since when and what to do', async () => {
    now += 2 * MINUTE;
    await watch.look();
    now += MINUTE;
    await watch.look();
    expect(said).toEqual([
      expect.stringMatching(/^办理程序已有[567]分钟无人处理（自\d{4}-\d\d-\d\d .*队列 q-.*请立即启动 worker。$/),
    ]);
  });

  it('says once when it is over, and again where the channel was down the first time', async () => {
    fails = 1;
    await lab.start();
    await until(async () => {
      now = Date.now() + 7 * MINUTE;
      const { pollers } = await lab.temporal.workflowService.describeTaskQueue({
        namespace: 'tests',
        taskQueue: { name: lab.queue },
        taskQueueType: 1,
      });
      return pollers!.some(({ lastAccessTime }) => Date.now() - Number(lastAccessTime!.seconds) * 1000 < 3_000);
    });
    now = Date.now();
    await watch.look();
    expect(said).toHaveLength(1);
    await watch.look();
    await watch.look();
    expect(said.slice(1)).toEqual([expect.stringMatching(/^办理程序已于.*恢复处理（队列 q-.*）。$/)]);
  }, 30_000);
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 100)))
    if (await holds()) return;
  throw new Error('it did not come about in time');
}
