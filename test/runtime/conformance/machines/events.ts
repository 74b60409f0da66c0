import { and, assign, emit, enqueueActions, not, or, raise, setup, stateIn } from 'xstate';
import { trial, UNIT } from '../trial';

const half = UNIT / 2;

export const events = [
  trial({
    id: 'always',
    shows: 'always transitions are taken in the step that enables them, one after the other',
    machine: () =>
      setup({
        types: {} as { context: { n: number } },
        guards: { enough: ({ context }) => context.n >= 2 },
      }).createMachine({
        id: 'always@1',
        context: { n: 0 },
        initial: 'counting',
        states: {
          counting: {
            on: { ADD: { actions: assign({ n: ({ context }) => context.n + 1 }) } },
            always: { guard: 'enough', target: 'passing' },
          },
          passing: { entry: emit({ type: 'passed' }), always: 'there' },
          there: {},
        },
      }),
    acts: ['ADD'],
    opens: { state: ['counting'] },
    stages: [
      { at: 1, send: 'ADD', course: ['1 ADD: counting>counting = counting'], state: ['counting'] },
      {
        at: 2,
        send: 'ADD',
        course: ['2 ADD: counting>counting, counting>passing, passing>there [passed] = there'],
        state: ['there'],
        shows: { n: 2 },
      },
    ],
  }),
  trial({
    id: 'always-region',
    shows: 'an always transition follows what another region does',
    machine: () =>
      setup({ guards: { lit: stateIn({ a: 'on' }) } }).createMachine({
        id: 'always-region@1',
        type: 'parallel',
        states: {
          a: { initial: 'off', states: { off: { on: { GO: 'on' } }, on: {} } },
          b: {
            initial: 'idle',
            states: { idle: { always: { guard: 'lit', target: 'busy' } }, busy: {} },
          },
        },
      }),
    acts: ['GO'],
    opens: { state: ['a.off', 'b.idle'] },
    stages: [
      { at: 1, send: 'GO', course: ['1 GO: a.off>a.on, b.idle>b.busy = a.on b.busy'], state: ['a.on', 'b.busy'] },
    ],
  }),
  trial({
    id: 'raise',
    shows: 'raised events are taken in the same step, before anything from outside',
    machine: () =>
      setup({}).createMachine({
        id: 'raise@1',
        initial: 'a',
        states: {
          a: { on: { GO: 'b' } },
          b: { entry: [raise({ type: 'FIRST' }), raise({ type: 'SECOND' })], on: { FIRST: 'c' } },
          c: { on: { SECOND: 'd' } },
          d: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [{ at: 1, send: 'GO', course: ['1 GO: a>b, b>c, c>d = d'], state: ['d'] }],
  }),
  trial({
    id: 'wildcard',
    shows: 'a wildcard takes what the state takes by no other name',
    machine: () =>
      setup({}).createMachine({
        id: 'wildcard@1',
        initial: 'a',
        states: { a: { on: { KNOWN: 'b', '*': 'c' } }, b: { on: { '*': 'a' } }, c: {} },
      }),
    acts: ['KNOWN', 'OTHER'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'KNOWN', course: ['1 KNOWN: a>b = b'], state: ['b'] },
      { at: 2, send: 'KNOWN', course: ['2 KNOWN: b>a = a'], state: ['a'] },
      { at: 3, send: 'OTHER', course: ['3 OTHER: a>c = c'], state: ['c'] },
    ],
  }),
  trial({
    id: 'partial',
    shows: 'a partial event descriptor takes its whole family, and the longer one comes first',
    machine: () =>
      setup({}).createMachine({
        id: 'partial@1',
        initial: 'a',
        states: {
          a: {
            on: {
              'feedback.*': { actions: emit({ type: 'any' }) },
              'feedback.good.*': { actions: emit({ type: 'good' }) },
            },
          },
        },
      }),
    acts: ['feedback.good.very', 'feedback.bad', 'feedback', 'feedbacks'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'feedback.good.very', course: ['1 feedback.good.very: a>a [good] = a'], state: ['a'] },
      { at: 2, send: 'feedback.bad', course: ['2 feedback.bad: a>a [any] = a'], state: ['a'] },
      { at: 3, send: 'feedback', course: ['3 feedback: a>a [any] = a'], state: ['a'] },
      { at: 4, send: 'feedbacks', answer: 'not-accepted not-accepted-here', course: [], state: ['a'] },
    ],
  }),
  trial({
    id: 'forbidden',
    shows: 'a forbidden event stops at the child and changes nothing',
    machine: () =>
      setup({}).createMachine({
        id: 'forbidden@1',
        initial: 'a',
        on: { GO: '.b' },
        states: { a: { on: { GO: {} } }, b: {}, c: { on: { GO: undefined } } },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [{ at: 1, send: 'GO', answer: 'unchanged unchanged', course: [], state: ['a'] }],
  }),
  trial({
    id: 'guard-params',
    shows: 'a guard is given its params, fixed or computed',
    machine: () =>
      setup({
        types: {} as { context: { limit: number }; events: { type: 'ASK'; n: number } },
        guards: { below: ({ event }, params: { limit: number }) => event.n < params.limit },
      }).createMachine({
        id: 'guard-params@1',
        context: { limit: 10 },
        initial: 'a',
        states: {
          a: {
            on: {
              ASK: [
                { guard: { type: 'below', params: { limit: 3 } }, target: 'low' },
                { guard: { type: 'below', params: ({ context }) => ({ limit: context.limit }) }, target: 'middle' },
              ],
            },
          },
          low: {},
          middle: {},
        },
      }),
    acts: ['ASK'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'ASK', payload: { n: 11 }, answer: 'rule guard', course: [], state: ['a'] },
      { at: 2, send: 'ASK', payload: { n: 9 }, course: ['2 ASK: a>middle = middle'], state: ['middle'] },
    ],
  }),
  trial({
    id: 'guards-composed',
    shows: 'and, or, not and stateIn are asked together',
    machine: () =>
      setup({
        types: {} as { context: object; events: { type: 'ASK'; yes: boolean } | { type: 'TURN' } },
        guards: { yes: ({ event }) => 'yes' in event && event.yes },
      }).createMachine({
        id: 'guards-composed@1',
        type: 'parallel',
        states: {
          lamp: { initial: 'off', states: { off: { on: { TURN: 'on' } }, on: {} } },
          door: {
            initial: 'shut',
            states: {
              shut: { on: { ASK: { guard: and(['yes', or([stateIn({ lamp: 'on' }), not('yes')])]), target: 'open' } } },
              open: {},
            },
          },
        },
      }),
    acts: ['ASK', 'TURN'],
    opens: { state: ['door.shut', 'lamp.off'] },
    stages: [
      {
        at: 1,
        send: 'ASK',
        payload: { yes: true },
        answer: 'rule guard',
        course: [],
        state: ['door.shut', 'lamp.off'],
      },
      {
        at: 2,
        send: 'TURN',
        course: ['2 TURN: lamp.off>lamp.on = door.shut lamp.on'],
        state: ['door.shut', 'lamp.on'],
      },
      {
        at: 3,
        send: 'ASK',
        payload: { yes: true },
        course: ['3 ASK: door.shut>door.open = door.open lamp.on'],
        state: ['door.open', 'lamp.on'],
      },
    ],
  }),
  trial({
    id: 'emit',
    shows: 'emitted events become effects of their step, with what they hold',
    machine: () =>
      setup({ types: {} as { context: { n: number }; emitted: { type: 'told'; n: number } } }).createMachine({
        id: 'emit@1',
        context: { n: 1 },
        entry: emit({ type: 'told', n: 0 }),
        initial: 'a',
        states: {
          a: {
            on: { GO: 'b' },
            exit: [
              assign({ n: ({ context }) => context.n + 1 }),
              emit(({ context }) => ({ type: 'told' as const, n: context.n })),
            ],
          },
          b: { entry: emit(({ context }) => ({ type: 'told' as const, n: context.n + 10 })) },
        },
      }),
    acts: ['GO'],
    opens: { state: ['a'], emits: ['told {"n":0}'] },
    stages: [{ at: 1, send: 'GO', course: ['1 GO: a>b [told {"n":2}, told {"n":12}] = b'], state: ['b'] }],
  }),
  trial({
    id: 'enqueue',
    shows: 'enqueued actions are chosen while the step is taken',
    machine: () =>
      setup({
        types: {} as {
          context: { n: number };
          events: { type: 'GO'; n: number } | { type: 'PING' } | { type: 'DONE' };
        },
        guards: { big: ({ context }) => context.n > 5 },
      }).createMachine({
        id: 'enqueue@1',
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            on: {
              GO: {
                actions: enqueueActions(({ enqueue, check, event }) => {
                  enqueue.assign({ n: event.n });
                  if (!check('big')) enqueue.emit({ type: 'was small' } as never);
                  enqueue.raise({ type: 'PING' }, { delay: half, id: 'ping' });
                  enqueue.raise({ type: 'DONE' }, { delay: half });
                  if (event.n > 5) enqueue.cancel('ping');
                }),
              },
              PING: { actions: emit({ type: 'pinged' } as never) },
              DONE: { target: 'b' },
            },
          },
          b: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'GO', payload: { n: 7 }, course: ['1 GO: a>a [was small] = a'], state: ['a'], shows: { n: 7 } },
      { at: 2, course: ['1.5 DONE: a>b = b'], state: ['b'] },
    ],
  }),
  trial({
    id: 'refused',
    shows: 'an event that is refused leaves no trace and the next one is taken',
    machine: () =>
      setup({}).createMachine({
        id: 'refused@1',
        initial: 'a',
        states: { a: { on: { GO: 'b' } }, b: { on: { BACK: 'a' } } },
      }),
    acts: ['GO', 'BACK'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'BACK', answer: 'not-accepted not-accepted-here', course: [], state: ['a'] },
      { at: 2, send: 'GO', course: ['2 GO: a>b = b'], state: ['b'] },
      { at: 3, send: 'BACK', course: ['3 BACK: b>a = a'], state: ['a'] },
    ],
  }),
];
