/**
 * One export per procedure: the Workflow Types. Each requires its procedure inside the call, so that a case pays for its
 * own machine only.
 */
import { type CaseArgument, type protocol, runCase } from './runtime/workflow';

/** P25 督查事项 */
async function supervisionItem(argument: CaseArgument): Promise<protocol.CaseResult> {
  const { supervisionItemProcedure } =
    require('./procedures/supervision-item') as typeof import('./procedures/supervision-item');
  return runCase(supervisionItemProcedure.definition, argument);
}

export { supervisionItem as 'supervision-item' };
