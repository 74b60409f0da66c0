/**
 * What a schedule starts: a workflow that has one activity done and ends. Only an activity can open a case, since a number is
 * taken from the ledger for it, its stamp is signed and the law it travels with is gathered. No case is of this kind, so
 * these workflows have a task queue and a bundle of their own, apart from builds and upgrades of cases.
 */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';

export interface ScheduledDuty {
  obligation: string;
  owner: string;
  /** Which plan the schedule was made by: another one has it made anew. */
  plan: string;
}

export interface OpeningActivities {
  /** Opens the period in which an instant lies, once. */
  openPeriod(duty: ScheduledDuty, at: number): Promise<{ case: string; opened: boolean } | { skipped: string }>;
}

const { openPeriod } = proxyActivities<OpeningActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

async function openObligation(duty: ScheduledDuty): Promise<Awaited<ReturnType<OpeningActivities['openPeriod']>>> {
  return openPeriod(duty, scheduledAt());
}

/** When the schedule meant it, which after an outage lies in the past; when it was started, where somebody triggered it. */
function scheduledAt(): number {
  const { searchAttributes, startTime } = workflowInfo();
  const [nominal] = (searchAttributes?.TemporalScheduledStartTime ?? []) as Date[];
  return (nominal ?? startTime).getTime();
}

export { openObligation as 'open-obligation' };
