import { type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';

const ACTIVITY = Symbol.for('zhengling.activity');

/** Options of an invoked activity. Its time must be finite: a case continues as new only when none is in flight. */
export type InvokedActivityOptions = Omit<ActivityOptions, 'startToCloseTimeout' | 'scheduleToCloseTimeout'> & {
  startToCloseTimeout: ActivityOptions['startToCloseTimeout'] & {};
};

/**
 * An activity as an actor a machine can invoke, with `onDone` and `onError`.
 *
 * @param name the Activity Type
 * @param options Temporal's; the retry policy decides when `onError` is reached
 */
export function fromActivity<Output, Input extends NonReducibleUnknown = NonReducibleUnknown>(
  name: string,
  options: InvokedActivityOptions,
): PromiseActorLogic<Output, Input> {
  const logic = fromPromise<Output, Input>(({ input }) => {
    const activities = proxyActivities<Record<string, (input: Input) => Promise<Output>>>(options as ActivityOptions);
    return activities[name]!(input);
  });
  return Object.assign(logic, { [ACTIVITY]: name });
}

export function isActivity(logic: unknown): boolean {
  return typeof logic === 'object' && logic !== null && ACTIVITY in logic;
}
