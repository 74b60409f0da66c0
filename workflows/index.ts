/** One export per procedure: the Workflow Types. */
import { actingAuthorityProcedure } from './procedures/acting-authority';

import { leaveRequestProcedure } from './procedures/leave-request';
import { recurringObligationProcedure } from './procedures/recurring-obligation';
import { rulebookVersionProcedure } from './procedures/rulebook-version';
import { supervisionItemProcedure } from './procedures/supervision-item';
import { type CaseArgument, type protocol, runCase } from './runtime/workflow';

/** P25 督查事项 */
async function supervisionItem(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(supervisionItemProcedure.definition, argument);
}

/** P02 请假报备 */
async function leaveRequest(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(leaveRequestProcedure.definition, argument);
}

/** X0 规则版本 */
async function rulebookVersion(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(rulebookVersionProcedure.definition, argument);
}

/** P07 定期义务 */
async function recurringObligation(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(recurringObligationProcedure.definition, argument);
}

/** P01 主持工作顺位 */
async function actingAuthority(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(actingAuthorityProcedure.definition, argument);
}

export {
  actingAuthority as 'acting-authority',
  leaveRequest as 'leave-request',
  recurringObligation as 'recurring-obligation',
  rulebookVersion as 'rulebook-version',
  supervisionItem as 'supervision-item',
};
