import type { ParameterKey } from '../../law/machine';
import { limitFrom, rungFrom } from '../kit';

export const parameters: readonly ParameterKey[] = ['escalation.deskStep'];

export const delays = {
  publishLimit: () => limitFrom('escalation.deskStep'),
  publishStep: () => rungFrom('escalation.deskStep'),
};
