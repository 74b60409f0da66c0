import { assign, setup } from 'xstate';
import { z } from 'zod';
import type { Definition } from '../../workflows/runtime/workflow';

const positive = Object.assign(({ event }: { event: { type: string; by?: number } }) => (event.by ?? 0) > 0, {
  rule: { code: 'NOT_POSITIVE', cite: { rule: 1 } },
});

/** A tally that counts, rests and ends: enough to follow a case from outside. */
export const tally = setup({
  types: {
    context: {} as { n: number; secret: string },
    input: {} as { n: number; note?: string },
    output: {} as { n: number },
    events: {} as
      | { type: 'ADD'; by: number; note?: string }
      | { type: 'LOOK' }
      | { type: 'REST'; ms?: number }
      | { type: 'WORK' }
      | { type: 'STOP' },
  },
  guards: { positive },
  delays: { nap: ({ event }) => (event.type === 'REST' ? (event.ms ?? 3_600_000) : 3_600_000) },
}).createMachine({
  id: 'tally@1',
  context: ({ input }) => ({ n: input.n, secret: 'kept' }),
  initial: 'open',
  output: ({ context }) => ({ n: context.n }),
  states: {
    open: {
      initial: 'working',
      on: {
        ADD: { guard: 'positive', actions: assign({ n: ({ context, event }) => context.n + event.by }) },
        LOOK: {},
        STOP: 'stopped',
      },
      states: {
        working: { on: { REST: 'resting' } },
        resting: { on: { WORK: 'working' }, after: { nap: 'working' } },
      },
    },
    stopped: { type: 'final' },
  },
});

export const tallyDefinition = {
  machine: tally,
  rulesRequired: true,
  events: {
    ADD: { kind: 'act', schema: z.object({ by: z.number(), note: z.string().optional() }) },
    LOOK: { kind: 'act' },
    REST: { kind: 'act' },
    WORK: { kind: 'act' },
    STOP: { kind: 'act' },
  },
  delays: { nap: { label: 'nap' } },
  expose: ({ context }) => ({ n: (context as { n: number }).n }),
} satisfies Definition;
