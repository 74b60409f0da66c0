import { type CaseArgument, type protocol, runCase } from '../../../workflows/runtime/workflow';
import { relay as procedure } from './relay';

const { definition } = procedure();

export async function relay(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
