import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { firstEdition } from './permit';

const definition = firstEdition();

export async function permit(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
