import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { errand as procedure } from './errand';

const { definition } = procedure();

export async function errand(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
