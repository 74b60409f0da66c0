import { workflowInfo } from '@temporalio/workflow';
import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { trialOf } from './trials';

/** The Workflow Type is the id of a trial. */
export default async function trial(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(trialOf(workflowInfo().workflowType).definition, argument);
}
