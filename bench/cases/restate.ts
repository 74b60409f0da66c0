/** The machine of `machine.ts` with the hands Restate gives it: its clock, and its one-way messages. */
import type { AnyStateMachine } from 'xstate';
import type { HandlerContext } from '../restate/packages';
import { machine } from './machine';
import { limitOf } from './procedure';

/** Under this name cases are called. */
export const PROCEDURE = 'procedure';

/** Whoever is told; the same as the activity `notify` of the hand-written one. */
export const DESK = 'desk';

/** A machine on Restate runs in a system that holds the context of the handler. */
interface RestateSystem {
  ctx: HandlerContext;
}

export const onRestate: AnyStateMachine = machine.provide({
  delays: { limit: ({ context }) => limitOf(context, Date.now()) },
  actions: {
    tell: ({ system }) => {
      const { ctx } = system as unknown as RestateSystem;
      ctx.serviceSendClient({ name: DESK }).notify!({ to: 'desk', template: 'bench.step', case: ctx.key });
    },
  },
});
