import { limit, type ParameterKey, reminders } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { law, limitFrom, rungFrom, until } from '../kit';
import type { Context } from './rules';

type Of = { context: Context };

/** Every figure the procedure rests on; the values in force travel with the case. */
export const parameters: readonly ParameterKey[] = [
  'escalation.deskStep',
  'escalation.unitStep',
  'rectify.days',
  'supervision.defaultDue',
  'supervision.dispatch',
  'supervision.explanationDue',
  'supervision.ladder',
  'supervision.progressEvery',
  'supervision.reminders',
  'supervision.reviewSla',
];

/** The next of the days before the due date on which the unit is reminded; those already past are skipped. */
export function nextReminder({ due }: Context): number | undefined {
  return due === undefined ? undefined : reminders(law(), due).find((instant) => instant > now());
}

const ladder = (level: number, { overdueSince = now() }: Context): number =>
  until(limit(law(), 'supervision.ladder', overdueSince, level - 1).dueAt);

export const delays = {
  dispatchLimit: () => limitFrom('supervision.dispatch'),
  dispatchStep: () => rungFrom('escalation.deskStep'),
  due: ({ context }: Of) => until(context.due ?? now()),
  reminder: ({ context }: Of) => until(nextReminder(context) ?? now()),
  progress: ({ context }: Of) => limitFrom('supervision.progressEvery', context.progressFrom),
  explanation: () => limitFrom('supervision.explanationDue'),
  level2: ({ context }: Of) => ladder(2, context),
  level3: ({ context }: Of) => ladder(3, context),
  repeat: () => limitFrom('escalation.unitStep'),
  reviewLimit: () => limitFrom('supervision.reviewSla'),
  deskStep: () => rungFrom('escalation.deskStep'),
};
