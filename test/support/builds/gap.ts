import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { secondWithGap } from './permit';

const definition = secondWithGap;

export async function permit(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
