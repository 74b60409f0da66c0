import { assign, emit, setup } from 'xstate';
import { type ActivityError, fromActivity } from '../../../../workflows/runtime/workflow';
import { trial, UNIT } from '../trial';

const half = UNIT / 2;

/** Every attempt is given up soon, so that one that was lost with its worker is made again within a UNIT. */
const once = { startToCloseTimeout: '3 s', retry: { maximumAttempts: 1 } } as const;
const again = { startToCloseTimeout: '3 s', retry: { initialInterval: '50 ms', maximumAttempts: 5 } } as const;

const double = fromActivity<number, { n: number }>('double', again);
const flaky = fromActivity<number, { failures: number }>('flaky', again);
const hopeless = fromActivity<number, { failures: number }>('flaky', {
  startToCloseTimeout: '3 s',
  retry: { initialInterval: '50 ms', maximumAttempts: 2 },
});
const refusing = fromActivity<never>('refusing', again);
const slow = fromActivity<number, { ms: number; answer: number }>('slow', { ...again, heartbeatTimeout: '1 s' });
const endless = fromActivity<number, { ms: number; answer: number }>('slow', {
  ...once,
  startToCloseTimeout: '30 s',
  heartbeatTimeout: '1 s',
});

export const activities = [
  trial({
    id: 'invoke-done',
    shows: 'an invoked activity is given its input and hands its output to onDone',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({
        types: {} as { context: { n: number; got: number }; events: { type: 'GO' } },
        actors: { double },
      }).createMachine({
        id: 'invoke-done@1',
        context: { n: 21, got: 0 },
        initial: 'idle',
        states: {
          idle: { on: { GO: 'working' } },
          working: {
            invoke: {
              id: 'work',
              src: 'double',
              input: ({ context }) => ({ n: context.n }),
              onDone: { target: 'done', actions: assign({ got: ({ event }) => event.output }) },
            },
          },
          done: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['idle'] },
    stages: [
      { at: 1, send: 'GO', course: ['1 GO: idle>working = working'], state: ['working'] },
      { at: 2, course: ['~ xstate.done.actor.work: working>done = done'], state: ['done'], shows: { n: 21, got: 42 } },
    ],
  }),
  trial({
    id: 'invoke-error',
    shows: 'an activity that fails for good comes to onError as a value the context can keep',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({
        types: {} as { context: { error: ActivityError | null }; events: { type: 'NOTE' } },
        actors: { refusing },
      }).createMachine({
        id: 'invoke-error@1',
        context: { error: null },
        initial: 'working',
        states: {
          working: {
            invoke: {
              id: 'work',
              src: 'refusing',
              onError: { actions: assign({ error: ({ event }) => event.error as ActivityError }) },
            },
            on: { NOTE: { actions: emit({ type: 'noted' } as never) } },
          },
        },
      }),
    acts: ['NOTE'],
    opens: { state: ['working'] },
    stages: [
      {
        at: 1,
        course: ['~ xstate.error.actor.work: working>working = working'],
        state: ['working'],
        shows: {
          error: {
            name: 'ActivityError',
            activity: 'refusing',
            type: 'CardRefused',
            message: 'no funds',
            details: [{ missing: 3 }],
          },
        },
      },
      { at: 2, send: 'NOTE', course: ['2 NOTE: working>working [noted] = working'], state: ['working'] },
      { at: 3, send: 'NOTE', course: ['3 NOTE: working>working [noted] = working'], state: ['working'] },
    ],
  }),
  trial({
    id: 'invoke-retry',
    shows: 'the retry policy lets an activity fail before it succeeds',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({ types: {} as { context: { attempt: number } }, actors: { flaky } }).createMachine({
        id: 'invoke-retry@1',
        context: { attempt: 0 },
        initial: 'working',
        states: {
          working: {
            invoke: {
              id: 'work',
              src: 'flaky',
              input: { failures: 2 },
              onDone: { target: 'done', actions: assign({ attempt: ({ event }) => event.output }) },
              onError: 'failed',
            },
          },
          done: {},
          failed: {},
        },
      }),
    acts: [],
    opens: { state: ['working'] },
    stages: [
      { at: 1, course: ['~ xstate.done.actor.work: working>done = done'], state: ['done'], shows: { attempt: 3 } },
    ],
  }),
  trial({
    id: 'invoke-exhausted',
    shows: 'the retry policy decides when onError is reached',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({ actors: { hopeless } }).createMachine({
        id: 'invoke-exhausted@1',
        initial: 'working',
        states: {
          working: {
            invoke: { id: 'work', src: 'hopeless', input: { failures: 9 }, onDone: 'done', onError: 'failed' },
          },
          done: {},
          failed: {},
        },
      }),
    acts: [],
    opens: { state: ['working'] },
    stages: [{ at: 1, course: ['~ xstate.error.actor.work: working>failed = failed'], state: ['failed'] }],
  }),
  trial({
    id: 'invoke-stale',
    shows: 'entering the invoking state again starts the activity again, and the result of the first is ignored',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({
        types: {} as { context: { n: number; got: number[] }; events: { type: 'GO' } },
        actors: { slow },
      }).createMachine({
        id: 'invoke-stale@1',
        context: { n: 0, got: [] },
        initial: 'idle',
        on: { GO: { target: '.working', reenter: true, actions: assign({ n: ({ context }) => context.n + 1 }) } },
        states: {
          idle: {},
          working: {
            invoke: {
              id: 'work',
              src: 'slow',
              input: ({ context }) => ({ ms: 700, answer: context.n }),
              onDone: { actions: assign({ got: ({ context, event }) => [...context.got, event.output] }) },
            },
          },
        },
      }),
    acts: ['GO'],
    opens: { state: ['idle'] },
    stages: [
      { at: 1, send: 'GO', course: ['1 GO: (root)>working = working'], state: ['working'] },
      { at: 1, send: 'GO', course: ['1 GO: (root)>working = working'], state: ['working'] },
      {
        at: 2,
        course: ['~ xstate.done.actor.work: working>working = working'],
        state: ['working'],
        shows: { n: 2, got: [2] },
      },
    ],
  }),
  trial({
    id: 'invoke-left',
    shows: 'the result of an activity whose state was left is ignored',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({ actors: { slow } }).createMachine({
        id: 'invoke-left@1',
        initial: 'working',
        states: {
          working: {
            invoke: { id: 'work', src: 'slow', input: { ms: 1_500, answer: 1 }, onDone: 'wrong' },
            after: { [UNIT / 20]: 'left' },
          },
          left: { on: { 'xstate.done.actor.work': 'wrong', GO: 'there' } },
          wrong: {},
          there: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['working'] },
    stages: [
      { at: 1, course: [`0.05 ${UNIT / 20}: working>left = left`], state: ['left'] },
      { at: 2, send: 'GO', course: ['2 GO: left>there = there'], state: ['there'] },
    ],
  }),
  trial({
    id: 'invoke-deadline',
    shows: 'a deadline that leaves the invoking state stops the activity',
    apart: 'it invokes an activity',
    waits: true,
    machine: () =>
      setup({ actors: { endless } }).createMachine({
        id: 'invoke-deadline@1',
        initial: 'working',
        states: {
          working: {
            invoke: { id: 'work', src: 'endless', input: { ms: 20_000, answer: 1 }, onDone: 'wrong', onError: 'wrong' },
            after: { [half]: 'late' },
          },
          late: {},
          wrong: {},
        },
      }),
    acts: [],
    opens: { state: ['working'] },
    stages: [{ at: 1, course: [`0.5 ${half}: working>late = late`], state: ['late'] }],
  }),
];
