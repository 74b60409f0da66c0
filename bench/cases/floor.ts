/** The least an awaited, durable event can be: an update that counts. No timer, no activity, no context. */
import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { ACT, type Answer, type Event } from './procedure';

const act = defineUpdate<Answer, [Event]>(ACT);

export async function procedure(): Promise<number> {
  let count = 0;
  setHandler(act, () => {
    count += 1;
    return { state: 'counting', dueAt: null };
  });
  await condition(() => count < 0);
  return count;
}
