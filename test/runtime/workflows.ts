import { type CaseArgument, type Definition, type protocol, runCase } from '../../workflows/runtime/workflow';
import { lending as lendingDefinition } from './amendable';
import { loanDefinition } from './loan';
import { ladderDefinition, policiesDefinition, steadyDefinition, ticksDefinition } from './server-machines';

const of = (definition: Definition) => (argument: CaseArgument) => runCase(definition, argument);

export async function loan(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(loanDefinition, argument);
}

export const steady = of(steadyDefinition);
export const ticks = of(ticksDefinition);
export const policies = of(policiesDefinition);
export const ladder = of(ladderDefinition);
export const lending = of(lendingDefinition);
