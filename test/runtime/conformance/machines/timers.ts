import { assign, cancel, emit, raise, sendTo, setup } from 'xstate';
import { trial, UNIT } from '../trial';

const half = UNIT / 2;

/** Machines that write down what they saw. */
const noting = setup({
  types: {} as { context: { seen: string[] } },
  actions: { see: assign({ seen: ({ context }, what: string) => [...context.seen, what] }) },
});
const see = (what: string) => ({ type: 'see' as const, params: what });

export const timers = [
  trial({
    id: 'after-number',
    shows: 'after a number of milliseconds',
    machine: () =>
      setup({}).createMachine({
        id: 'after-number@1',
        initial: 'a',
        states: { a: { after: { [half]: 'b' } }, b: { after: { [UNIT]: 'c' } }, c: {} },
      }),
    acts: [],
    opens: { state: ['a'] },
    stages: [
      { at: 1, course: [`0.5 ${half}: a>b = b`], state: ['b'] },
      { at: 2, course: [`1.5 ${UNIT}: b>c = c`], state: ['c'] },
    ],
  }),
  trial({
    id: 'after-named',
    shows: 'after a named delay',
    machine: () =>
      setup({ delays: { soon: half } }).createMachine({
        id: 'after-named@1',
        initial: 'a',
        states: { a: { after: { soon: 'b' } }, b: {} },
      }),
    acts: [],
    opens: { state: ['a'] },
    stages: [{ at: 1, course: ['0.5 soon: a>b = b'], state: ['b'] }],
  }),
  trial({
    id: 'after-dynamic',
    shows: 'after a delay that depends on context and event',
    machine: () =>
      setup({
        types: {} as { context: { patience: number }; events: { type: 'GO'; more: number } },
        delays: { patience: ({ context, event }) => context.patience + (event.more ?? 0) },
      }).createMachine({
        id: 'after-dynamic@1',
        context: { patience: half },
        initial: 'idle',
        states: { idle: { on: { GO: 'waiting' } }, waiting: { after: { patience: 'late' } }, late: {} },
      }),
    acts: ['GO'],
    opens: { state: ['idle'] },
    stages: [
      { at: 1, send: 'GO', payload: { more: UNIT }, course: ['1 GO: idle>waiting = waiting'], state: ['waiting'] },
      { at: 2, course: [], state: ['waiting'] },
      { at: 3, course: ['2.5 patience: waiting>late = late'], state: ['late'] },
    ],
  }),
  trial({
    id: 'after-guarded',
    shows: 'an after with several guarded candidates takes the first that passes',
    machine: () =>
      setup({
        types: {} as { context: { n: number } },
        guards: { never: () => false, odd: ({ context }) => context.n % 2 === 1 },
        delays: { soon: half },
      }).createMachine({
        id: 'after-guarded@1',
        context: { n: 1 },
        initial: 'a',
        states: {
          a: { after: { soon: [{ guard: 'never', target: 'b' }, { guard: 'odd', target: 'c' }, { target: 'd' }] } },
          b: {},
          c: {},
          d: {},
        },
      }),
    acts: [],
    opens: { state: ['a'] },
    stages: [{ at: 1, course: ['0.5 soon: a>c = c'], state: ['c'] }],
  }),
  trial({
    id: 'after-own-id',
    shows: 'a state with an id of its own keeps the name of its delay',
    machine: () =>
      setup({ delays: { soon: half } }).createMachine({
        id: 'after-own-id@1',
        initial: 'a',
        states: { a: { id: 'elsewhere', after: { soon: 'b' } }, b: {} },
      }),
    acts: [],
    delays: { soon: { label: 'soon over' } },
    opens: { state: ['a'] },
    stages: [{ at: 1, course: ['0.5 soon: a>b = b'], state: ['b'] }],
  }),
  trial({
    id: 'due-together',
    shows: 'timers of one instant fire in the order in which they were armed',
    machine: () =>
      noting.createMachine({
        id: 'due-together@1',
        context: { seen: [] },
        initial: 'a',
        states: {
          a: {
            entry: [raise({ type: 'B' }, { delay: half }), raise({ type: 'A' }, { delay: half, id: 'a' })],
            on: { A: { actions: see('A') }, B: { actions: see('B') } },
            after: { [half]: { actions: see('after') } },
          },
        },
      }),
    acts: [],
    opens: { state: ['a'] },
    stages: [
      {
        at: 1,
        course: ['0.5 B: a>a = a', '0.5 A: a>a = a', `0.5 ${half}: a>a = a`],
        state: ['a'],
        shows: { seen: ['B', 'A', 'after'] },
      },
    ],
  }),
  trial({
    id: 'parent-first',
    shows: 'a timer of the parent is due before one of the child that was armed with it',
    machine: () =>
      noting.createMachine({
        id: 'parent-first@1',
        context: { seen: [] },
        after: { [half]: { actions: see('root') } },
        initial: 'a',
        states: {
          a: {
            after: { [half]: { actions: see('a') } },
            initial: 'b',
            states: { b: { after: { [half]: { actions: see('b') } } } },
          },
        },
      }),
    acts: [],
    opens: { state: ['a.b'] },
    stages: [
      {
        at: 1,
        course: [`0.5 ${half}: (root)>(root) = a.b`, `0.5 ${half}: a>a = a.b`, `0.5 ${half}: a.b>a.b = a.b`],
        state: ['a.b'],
        shows: { seen: ['root', 'a', 'b'] },
      },
    ],
  }),
  trial({
    id: 'due-and-left',
    shows: 'a timer that leaves a state takes along what was due there at the same instant',
    machine: () =>
      setup({}).createMachine({
        id: 'due-and-left@1',
        initial: 'p',
        states: {
          p: {
            type: 'parallel',
            states: {
              r: { initial: 'a', states: { a: { after: { [half]: '#out' } } } },
              s: { initial: 'a', states: { a: { after: { [half]: { actions: emit({ type: 'wrong' }) } } } } },
            },
          },
          out: { id: 'out' },
        },
      }),
    acts: [],
    opens: { state: ['p.r.a', 'p.s.a'] },
    stages: [{ at: 1, course: [`0.5 ${half}: p.r.a>out = out`], state: ['out'] }],
  }),
  trial({
    id: 'reenter-timer',
    shows: 'entering a state again arms its timer anew',
    machine: () =>
      setup({}).createMachine({
        id: 'reenter-timer@1',
        initial: 'open',
        states: {
          open: { after: { [5 * half]: 'late' }, on: { TOUCH: { target: 'open', reenter: true } } },
          late: {},
        },
      }),
    acts: ['TOUCH'],
    opens: { state: ['open'] },
    stages: [
      { at: 1, send: 'TOUCH', course: ['1 TOUCH: open>open = open'], state: ['open'] },
      { at: 2, course: [], state: ['open'] },
      { at: 3, course: [], state: ['open'] },
      { at: 4, course: [`3.5 ${5 * half}: open>late = late`], state: ['late'] },
    ],
  }),
  trial({
    id: 'internal',
    shows: 'a transition without target leaves the timer of its state alone',
    machine: () =>
      noting.createMachine({
        id: 'internal@1',
        context: { seen: [] },
        initial: 'open',
        states: { open: { after: { [5 * half]: 'late' }, on: { NOTE: { actions: see('note') } } }, late: {} },
      }),
    acts: ['NOTE'],
    opens: { state: ['open'] },
    stages: [
      { at: 1, send: 'NOTE', course: ['1 NOTE: open>open = open'], state: ['open'], shows: { seen: ['note'] } },
      { at: 3, course: [`2.5 ${5 * half}: open>late = late`], state: ['late'] },
    ],
  }),
  trial({
    id: 'leave-regions',
    shows: 'leaving a compound state cancels the timers of all its regions',
    machine: () =>
      setup({}).createMachine({
        id: 'leave-regions@1',
        initial: 'open',
        states: {
          open: {
            type: 'parallel',
            on: { CLOSE: 'shut' },
            states: {
              course: { initial: 'a', states: { a: { after: { [5 * half]: 'b' } }, b: {} } },
              ladder: {
                initial: 'a',
                states: { a: { after: { [half]: 'b' } }, b: { after: { [2 * UNIT]: 'c' } }, c: {} },
              },
            },
          },
          shut: {},
        },
      }),
    acts: ['CLOSE'],
    opens: { state: ['open.course.a', 'open.ladder.a'] },
    stages: [
      {
        at: 1,
        send: 'CLOSE',
        course: [`0.5 ${half}: open.ladder.a>open.ladder.b = open.course.a open.ladder.b`, '1 CLOSE: open>shut = shut'],
        state: ['shut'],
      },
      { at: 3, course: [], state: ['shut'] },
    ],
  }),
  trial({
    id: 'raise-cancel',
    shows: 'a delayed raise comes in time, one that was cancelled does not',
    machine: () =>
      setup({}).createMachine({
        id: 'raise-cancel@1',
        initial: 'a',
        states: {
          a: {
            entry: [
              raise({ type: 'PING' }, { delay: half, id: 'ping' }),
              raise({ type: 'PONG' }, { delay: 5 * half, id: 'pong' }),
            ],
            on: {
              PING: { actions: emit({ type: 'pinged' }) },
              PONG: { actions: emit({ type: 'ponged' }) },
              CALM: { actions: [cancel('pong'), cancel('never sent')] },
            },
          },
        },
      }),
    acts: ['CALM'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'CALM', course: ['0.5 PING: a>a [pinged] = a', '1 CALM: a>a = a'], state: ['a'] },
      { at: 3, course: [], state: ['a'] },
    ],
  }),
  trial({
    id: 'raise-outlives',
    shows: 'a delayed raise outlives the state that raised it',
    machine: () =>
      setup({}).createMachine({
        id: 'raise-outlives@1',
        initial: 'a',
        on: { LATER: { actions: emit({ type: 'heard' }) } },
        states: { a: { entry: raise({ type: 'LATER' }, { delay: 5 * half }), on: { GO: 'b' } }, b: {} },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'GO', course: ['1 GO: a>b = b'], state: ['b'] },
      { at: 3, course: ['2.5 LATER: (root)>(root) [heard] = b'], state: ['b'] },
    ],
  }),
  trial({
    id: 'raise-unheard',
    shows: 'a delayed event that no state takes when it comes passes without a trace',
    machine: () =>
      setup({}).createMachine({
        id: 'raise-unheard@1',
        initial: 'a',
        states: {
          a: { entry: raise({ type: 'LATER' }, { delay: 5 * half }), on: { GO: 'b', LATER: 'c' } },
          b: {},
          c: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'GO', course: ['1 GO: a>b = b'], state: ['b'] },
      { at: 3, course: [], state: ['b'] },
    ],
  }),
  trial({
    id: 'send-to-self',
    shows: 'an event is sent to the machine itself, at once and later',
    machine: () =>
      setup({}).createMachine({
        id: 'send-to-self@1',
        initial: 'a',
        states: {
          a: {
            entry: sendTo(({ self }) => self, { type: 'LATER' }, { delay: half }),
            on: {
              LATER: { actions: emit({ type: 'later' }) },
              GO: { actions: [sendTo(({ self }) => self, { type: 'NOW' }), emit({ type: 'went' })] },
              NOW: 'b',
            },
          },
          b: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [{ at: 1, send: 'GO', course: ['0.5 LATER: a>a [later] = a', '1 GO: a>a, a>b [went] = b'], state: ['b'] }],
  }),
  trial({
    id: 'send-id-twice',
    shows: 'two delayed events under one send id both come',
    machine: () =>
      noting.createMachine({
        id: 'send-id-twice@1',
        context: { seen: [] },
        initial: 'a',
        states: {
          a: {
            entry: [
              raise({ type: 'PING' }, { delay: half, id: 'same' }),
              raise({ type: 'PONG' }, { delay: 3 * half, id: 'same' }),
            ],
            on: { PING: { actions: see('ping') }, PONG: { actions: see('pong') }, NOTE: {} },
          },
        },
      }),
    acts: ['NOTE'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, course: ['0.5 PING: a>a = a'], state: ['a'] },
      { at: 2, course: ['1.5 PONG: a>a = a'], state: ['a'], shows: { seen: ['ping', 'pong'] } },
    ],
  }),
  trial({
    id: 'send-id-cancelled',
    shows: 'cancelling a send id that was used twice cancels both',
    apart: 'XState cancels only the last of them and lets the first come; SCXML has it as here',
    machine: () =>
      setup({}).createMachine({
        id: 'send-id-cancelled@1',
        initial: 'a',
        states: {
          a: {
            entry: [
              raise({ type: 'PING' }, { delay: 5 * half, id: 'same' }),
              raise({ type: 'PONG' }, { delay: 5 * half, id: 'same' }),
            ],
            on: { PING: 'b', PONG: 'b', CALM: { actions: cancel('same') } },
          },
          b: {},
        },
      }),
    acts: ['CALM'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'CALM', course: ['1 CALM: a>a = a'], state: ['a'] },
      { at: 3, course: [], state: ['a'] },
    ],
  }),
  trial({
    id: 'raise-now',
    shows: 'what is raised with no delay at all comes in the same step, with a delay of zero right after it',
    machine: () =>
      setup({}).createMachine({
        id: 'raise-now@1',
        initial: 'a',
        states: {
          a: {
            on: {
              GO: { actions: [raise({ type: 'ECHO' }, { delay: 0 }), raise({ type: 'NOW' })] },
              NOW: { actions: emit({ type: 'now' }) },
              ECHO: 'b',
            },
          },
          b: {},
        },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [{ at: 1, send: 'GO', course: ['1 GO: a>a, a>a [now] = a', '1 ECHO: a>b = b'], state: ['b'] }],
  }),
];
