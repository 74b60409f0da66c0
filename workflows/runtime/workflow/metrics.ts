/** Counts for operators, by the SDK's meter: nothing is counted twice on replay. */
import { metricMeter } from '@temporalio/workflow';
import type { Refused } from './admission';
import type { RecordEntry } from './types';

interface Meters {
  steps: ReturnType<typeof metricMeter.createCounter>;
  refusals: ReturnType<typeof metricMeter.createCounter>;
  lateness: ReturnType<typeof metricMeter.createHistogram>;
}

let made: Meters | undefined;

/** Made at first use: there is no meter before a workflow runs. */
function meters(): Meters {
  made ??= {
    steps: metricMeter.createCounter('case_steps', 'step', 'Links written into the records of cases'),
    refusals: metricMeter.createCounter('case_refusals', 'act', 'Acts that were not done'),
    lateness: metricMeter.createHistogram(
      'case_deadline_lateness',
      'int',
      'ms',
      'From the due instant of a deadline to its step',
    ),
  };
  return made;
}

/** Counts links behind `counted` and answers the newest. */
export function countSteps(entries: readonly RecordEntry[], counted: number): number {
  for (const { sequence, machine, trigger, happenedAt, recordedAt } of entries) {
    if (sequence <= counted) continue;
    meters().steps.add(1, { machine, trigger: trigger.kind });
    if (trigger.kind === 'timer')
      meters().lateness.record(Math.max(0, Date.parse(recordedAt) - Date.parse(happenedAt)), { machine });
  }
  return Math.max(counted, entries.at(-1)?.sequence ?? 0);
}

export function countRefusal(machine: string, { outcome, refusal }: Refused): void {
  meters().refusals.add(1, { machine, outcome, code: refusal.code });
}
