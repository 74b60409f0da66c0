import { dateOf, HOUR, type ParameterKey, valueAt } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { law, limitFrom, until } from '../kit';
import type { Context } from './rules';

type Of = { context: Context };

export const parameters: readonly ParameterKey[] = [
  'absence.minHours',
  'acting.entrustmentLead',
  'acting.entrustmentMode',
  'acting.onEvmReturn',
  'acting.onHigherReturn',
  'escalation.deskStep',
  'remoteActs',
  'special.entruster',
];

const lead = (): number => valueAt(law(), 'acting.entrustmentLead', dateOf(now())) * HOUR;

export const delays = {
  turn: ({ context }: Of) => until(context.turnAt ?? now()),
  entrustmentLead: ({ context }: Of) => until((context.uncoveredAt ?? now()) - lead()),
  deskStep: () => limitFrom('escalation.deskStep'),
};
