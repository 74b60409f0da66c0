/** The procedure on the runtime. */
import { type CaseArgument, type protocol, runCase } from '../../workflows/runtime/workflow';
import { definition } from './machine';

export async function procedure(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(definition, argument);
}
