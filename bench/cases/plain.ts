/**
 * The procedure by hand, on nothing but the SDK: a timer per waiting state, an update for every event, one activity per
 * step that tells somebody. It keeps no record, no hash, no projection, no search attributes, and does not continue as
 * new. It waits for its activities before it ends, as an event that closes a case would otherwise fail now and then.
 */
import { allHandlersFinished, condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import { ACT, type Answer, type Event, type Input, limitOf, next, type WaitingState } from './procedure';

export interface PlainActivities {
  notify(what: { to: string; template: string; state: string }): Promise<void>;
}

const { notify } = proxyActivities<PlainActivities>({ startToCloseTimeout: '1 minute' });
const act = defineUpdate<Answer, [Event]>(ACT);

export async function procedure(input: Input): Promise<string> {
  const context = { text: input.text, note: 0 };
  let state: WaitingState | 'done' | 'lapsed' = 'drafting';
  let entered = 0;
  let dueAt = 0;
  let telling = 0;

  const tell = (): void => {
    telling += 1;
    void notify({ to: 'desk', template: 'bench.step', state }).then(() => {
      telling -= 1;
    });
  };
  const enter = (target: typeof state): void => {
    state = target;
    entered += 1;
    dueAt = Date.now() + limitOf(input, Date.now());
  };
  const waiting = (): boolean => state !== 'done' && state !== 'lapsed';

  enter('drafting');
  setHandler(
    act,
    ({ type, payload }) => {
      const target = next(state as WaitingState, type);
      if (type === 'NOTE') context.note = payload.value ?? 0;
      else {
        enter(target!);
        tell();
      }
      return { state, dueAt: waiting() ? dueAt : null };
    },
    {
      validator: ({ type }) => {
        if (!waiting() || next(state as WaitingState, type) === undefined) throw new Error(`${type} not in ${state}`);
      },
    },
  );
  while (waiting()) {
    const before = entered;
    if (await condition(() => entered !== before, limitOf(input, Date.now()))) continue;
    state = 'lapsed';
    if (!input.silentLapse) tell();
  }
  await condition(() => telling === 0 && allHandlersFinished());
  return state;
}
