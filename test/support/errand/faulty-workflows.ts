import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { errand as procedure } from './errand';

const { definition } = procedure(true);

/** The same Workflow Type by a build that nobody tried. */
export async function errand(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
