import {
  ActivityFailure,
  type ActivityOptions,
  ApplicationFailure,
  CancellationScope,
  proxyActivities,
} from '@temporalio/workflow';
import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import { asActivity, countActivity } from './activity-mark';
import type { Json } from './types';

/** Options of an invoked activity. Its time must be finite: a case continues as new only when none is in flight. */
export type InvokedActivityOptions = Omit<ActivityOptions, 'startToCloseTimeout' | 'scheduleToCloseTimeout'> & {
  startToCloseTimeout: ActivityOptions['startToCloseTimeout'] & {};
  scheduleToCloseTimeout?: ActivityOptions['scheduleToCloseTimeout'] & {};
};

/** What `onError` of an invoked activity receives: plain values, so that a context may keep them. */
export interface ActivityError {
  name: 'ActivityError';
  activity: string;
  /** The type of the ApplicationFailure the activity threw; `TimeoutFailure` if it ran out of time. */
  type: string;
  message: string;
  /** Of the ApplicationFailure, where it had any. */
  details?: Json[];
}

/** The scope of each activity at work, to ask it to stop when the state that invoked it is left. */
const scopes = new WeakMap<object, CancellationScope>();

/**
 * An activity as an actor a machine can invoke, with `onDone` and `onError` (which receives an {@link ActivityError}).
 * When the invoking state is left, the activity is asked to stop and what it still answers is ignored.
 *
 * @param name the Activity Type
 * @param options Temporal's; the retry policy decides when `onError` is reached
 */
export function fromActivity<Output, Input extends NonReducibleUnknown = NonReducibleUnknown>(
  name: string,
  options: InvokedActivityOptions,
): PromiseActorLogic<Output, Input> {
  const logic = fromPromise<Output, Input>(async ({ input, self, system }) => {
    const scope = new CancellationScope();
    scopes.set(self, scope);
    countActivity(system, 1);
    try {
      return await scope.run(() => {
        const activities = proxyActivities<Record<string, (input: Input) => Promise<Output>>>(
          options as ActivityOptions,
        );
        return activities[name]!(input);
      });
    } catch (error) {
      throw activityError(name, error);
    } finally {
      countActivity(system, -1);
    }
  });
  const transition: typeof logic.transition = (snapshot, event, scope) => {
    if (event.type === 'xstate.stop') scopes.get(scope.self)?.cancel();
    return logic.transition(snapshot, event, scope);
  };
  return asActivity({ ...logic, transition }, name);
}

/** Only a failed activity becomes a value; anything else is a bug of the workflow and stays thrown as it is. */
function activityError(activity: string, error: unknown): unknown {
  if (!(error instanceof ActivityFailure)) return error;
  const cause = error.cause ?? error;
  const application = cause instanceof ApplicationFailure ? cause : undefined;
  const details = (application?.details ?? []) as Json[];
  const failed: ActivityError = {
    name: 'ActivityError',
    activity,
    type: application?.type ?? cause.name,
    message: cause.message,
    ...(details.length > 0 ? { details } : {}),
  };
  return failed;
}
