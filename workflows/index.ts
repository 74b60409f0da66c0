/** One export per procedure: the Workflow Types. */
import { supervisionItemProcedure } from './procedures/supervision-item';
import { type CaseArgument, type protocol, runCase } from './runtime/workflow';

/** P25 督查事项 */
async function supervisionItem(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(supervisionItemProcedure.definition, argument);
}

export { supervisionItem as 'supervision-item' };
