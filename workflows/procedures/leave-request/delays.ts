import { limitBefore, type ParameterKey } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { law, limitFrom, rungFrom, until } from '../kit';
import type { Context } from './rules';

type Of = { context: Context };

/** Every figure the procedure rests on; the values in force travel with the case. */
export const parameters: readonly ParameterKey[] = [
  'escalation.deskStep',
  'leave.approvalSla',
  'leave.departureAsk',
  'leave.extension',
  'leave.filingBefore',
  'leave.minNotice',
  'leave.order',
  'leave.returnGrace',
  'portfolio.mayorDirect',
  'scope.affiliated',
];

export const delays = {
  minNotice: ({ context: { from = now() } }: Of) => until(limitBefore(law(), 'leave.minNotice', from).dueAt),
  approvalLimit: () => limitFrom('leave.approvalSla'),
  approvalStep: () => rungFrom('escalation.deskStep'),
  departureAsk: ({ context }: Of) => limitFrom('leave.departureAsk', context.from),
  departureStep: () => rungFrom('escalation.deskStep'),
  returnDue: ({ context }: Of) => until(context.to ?? now()),
  returnGrace: ({ context }: Of) => limitFrom('leave.returnGrace', context.to),
  /** From the planned end; of somebody called back after it, from the call. */
  recallGrace: ({ context: { to = now(), calledBackAt = to } }: Of) =>
    limitFrom('leave.returnGrace', Math.max(to, calledBackAt)),
  overstayStep: () => rungFrom('escalation.deskStep'),
};
