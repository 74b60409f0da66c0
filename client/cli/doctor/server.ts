/** The Temporal server, who polls it, and cases whose code fails. */
import type { Client } from '@temporalio/client';
import type { Desk } from '../desk';
import { Misused } from '../errors';
import { amiss, type Check, check, fine, reasonOf, some, within } from './check';

const PATIENCE_MS = 5_000;

export async function serverChecks(desk: Desk): Promise<Check[]> {
  let address: string;
  try {
    address = desk.address();
  } catch (error) {
    if (error instanceof Misused) return [amiss('Temporal', error.message, 'start it')];
    throw error;
  }
  try {
    return await within(PATIENCE_MS, examined(desk, address));
  } catch (error) {
    return [
      amiss('Temporal', `${address}: ${reasonOf(error)}`, 'the server does not answer; see its log in temporal/'),
    ];
  }
}

async function examined(desk: Desk, address: string): Promise<Check[]> {
  const { client } = desk.temporal();
  const { namespace, taskQueue } = desk.site;
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: 1,
  });
  const polling = pollers?.length ?? 0;
  const stuck = await stuckCases(client);
  return [
    fine('Temporal', `${address}, server ${serverVersion}, namespace ${namespace}`),
    check(
      'workers',
      `${polling} polling`,
      polling > 0 ? undefined : "no worker polls: start 'zhengling up' or 'zhengling worker'",
    ),
    check(
      'stuck cases',
      stuck.length === 0 ? 'none' : some(stuck, 10),
      stuck.length === 0
        ? undefined
        : "their workflow task fails: read the error in the Temporal UI, install a fixed version, then 'zhengling upgrade' or 'zhengling case move'",
    ),
  ];
}

async function stuckCases({ workflow }: Client): Promise<string[]> {
  const ids = [];
  const query = 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL';
  for await (const { workflowId } of workflow.list({ query })) ids.push(workflowId);
  return ids;
}
