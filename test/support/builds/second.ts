import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { secondEdition } from './permit';

const definition = secondEdition;

export async function permit(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
