import { and, assign, not, raise, setup, stateIn } from 'xstate';
import { z } from 'zod';
import { type Definition, emitEffect, now } from '../../workflows/runtime/workflow';

export const HOUR = 3_600_000;

function rule<A>(code: string, check: (args: A) => boolean) {
  return Object.assign(check, { rule: { code, cite: { rule: code } } });
}

/** A library loan: outside government, small, with every kind of transition the runtime must explain. */
export const loan = setup({
  types: {
    context: {} as { days: number; renewals: number; told: number[] },
    input: {} as { days: number },
    events: {} as
      | { type: 'RENEW' }
      | { type: 'RETURN'; condition: 'good' | 'torn' }
      | { type: 'LOOK' }
      | { type: 'PAY' },
  },
  delays: { due: ({ context }) => context.days * 24 * HOUR, reminder: () => 12 * HOUR },
  guards: {
    mayRenew: rule('RENEWED_TWICE', ({ context }: { context: { renewals: number } }) => context.renewals < 2),
    returnedGood: rule(
      'BOOK_TORN',
      ({ event }: { event: { type: string; condition?: string } }) => event.condition === 'good',
    ),
  },
  actions: {
    tell: (_, params: { who: string }) => emitEffect({ kind: 'tell', who: params.who, at: now() }),
  },
}).createMachine({
  id: 'loan@1',
  context: ({ input }) => ({ days: input.days, renewals: 0, told: [] }),
  initial: 'lent',
  states: {
    lent: {
      entry: { type: 'tell', params: { who: 'reader' } },
      on: {
        RENEW: {
          guard: 'mayRenew',
          target: 'lent',
          reenter: true,
          actions: assign({ renewals: ({ context }) => context.renewals + 1 }),
          meta: { cite: 'rule 3' },
        },
        RETURN: { guard: and(['returnedGood', not(stateIn('overdue'))]), target: 'back', meta: { cite: 'rule 1' } },
        LOOK: {},
      },
      after: { due: { target: 'overdue', meta: { cite: 'rule 2' } } },
    },
    overdue: {
      entry: { type: 'tell', params: { who: 'librarian' } },
      after: { reminder: { target: 'overdue', reenter: true, meta: { cite: 'rule 4' } } },
      on: {
        RETURN: { target: 'back', meta: { cite: 'rule 1' } },
        PAY: { actions: raise({ type: 'LOOK' }, { delay: 0 }) },
      },
    },
    back: { type: 'final' },
  },
});

export const loanDefinition: Definition = {
  machine: loan,
  rulesRequired: true,
  events: {
    RENEW: { kind: 'act' },
    RETURN: { kind: 'act', schema: z.object({ condition: z.enum(['good', 'torn']) }) },
    LOOK: { kind: 'act' },
    PAY: { kind: 'act' },
  },
  delays: { due: { label: 'due back', cite: 'rule 2' }, reminder: { label: 'reminder' } },
};
