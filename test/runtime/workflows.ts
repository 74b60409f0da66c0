import { type CaseArgument, type protocol, runCase } from '../../workflows/runtime/workflow';
import { loanDefinition } from './loan';

export async function loan(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(loanDefinition, argument);
}
