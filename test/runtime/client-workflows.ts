import { type CaseArgument, type protocol, runCase } from '../../workflows/runtime/workflow';
import { tallyDefinition } from './client-machines';

export async function tally(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(tallyDefinition, argument);
}
