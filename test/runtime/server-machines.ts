/** Small machines for what only a real server shows. */
import { assign, emit, enqueueActions, setup } from 'xstate';
import type { Definition, TimerPolicy } from '../../workflows/runtime/workflow';

const DAY = 86_400_000;

const acts = (...types: string[]): Definition['events'] =>
  Object.fromEntries(types.map((type) => [type, { kind: 'act' as const }]));

/** Acts that leave the next deadline alone, move it, or change a search attribute. */
export const steadyDefinition: Definition = {
  machine: setup({ types: {} as { context: { n: number; unit: string } } }).createMachine({
    id: 'steady@1',
    context: { n: 0, unit: 'D01' },
    initial: 'open',
    states: {
      open: {
        after: { [30 * DAY]: 'late' },
        on: {
          NOTE: { actions: assign({ n: ({ context }) => context.n + 1 }) },
          TURN: { target: 'open', reenter: true },
          MOVE: { actions: assign({ unit: ({ context }) => (context.unit === 'D01' ? 'D02' : 'D01') }) },
        },
      },
      late: {},
    },
  }),
  events: acts('NOTE', 'TURN', 'MOVE'),
  expose: (snapshot) => ({ n: snapshot.context.n }),
  present: (view, snapshot) => ({
    details: view.state.join(),
    attributes: [{ name: 'Unit', type: 'KEYWORD', value: snapshot.context.unit }],
    summary: null,
  }),
};

/** As many timers as it is told, all due within ten milliseconds. */
export const ticksDefinition: Definition = {
  machine: setup({
    types: {} as { context: { ticks: number; n: number; ms: number }; input: { n: number; ms: number } },
  }).createMachine({
    id: 'ticks@1',
    context: ({ input }) => ({ ticks: 0, ...input }),
    entry: enqueueActions(({ enqueue, context }) => {
      for (let i = 0; i < context.n; i++) enqueue.raise({ type: 'TICK' }, { delay: context.ms + (i % 10) });
    }),
    on: { TICK: { actions: assign({ ticks: ({ context }) => context.ticks + 1 }) }, NOTE: { actions: () => {} } },
  }),
  events: acts('NOTE'),
  expose: (snapshot) => ({ ticks: snapshot.context.ticks }),
};

const policies: TimerPolicy[] = ['deadline', 'remaining', 'restart'];

/** One timer of each policy. */
export const policiesDefinition: Definition = {
  machine: setup({ types: {} as { context: { ms: number }; input: { ms: number } } }).createMachine({
    id: 'policies@1',
    context: ({ input }) => input,
    entry: enqueueActions(({ enqueue, context }) => {
      for (const policy of policies) enqueue.raise({ type: policy }, { delay: context.ms });
    }),
    on: { NOTE: { actions: () => {} }, '*': { actions: emit(({ event }) => ({ type: event.type })) } },
  }),
  events: acts('NOTE'),
  delays: Object.fromEntries(policies.map((policy) => [policy, { label: policy, policy }])),
};

/** A ladder: every 300 ms a rung, the sixth is the last. */
export const ladderDefinition: Definition = {
  machine: setup({
    types: {} as { context: { rung: number } },
    delays: { rung: 300 },
    guards: { more: ({ context }) => context.rung < 5 },
  }).createMachine({
    id: 'ladder@1',
    context: { rung: 0 },
    initial: 'climbing',
    states: {
      climbing: {
        after: {
          rung: [
            {
              guard: 'more',
              target: 'climbing',
              reenter: true,
              actions: assign({ rung: ({ context }) => context.rung + 1 }),
            },
            { target: 'top' },
          ],
        },
        on: { NOTE: { actions: () => {} } },
      },
      top: { on: { NOTE: { actions: () => {} } } },
    },
  }),
  events: acts('NOTE'),
};
