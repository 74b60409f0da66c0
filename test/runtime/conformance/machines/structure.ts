import { assign, emit, setup } from 'xstate';
import type { Json } from '../../../../workflows/runtime/workflow';
import { trial, UNIT } from '../trial';

const half = UNIT / 2;
const says = (type: string) => emit({ type });

export const structure = [
  trial({
    id: 'parallel',
    shows: 'parallel regions are done when all of them are',
    machine: () =>
      setup({}).createMachine({
        id: 'parallel@1',
        initial: 'both',
        states: {
          both: {
            type: 'parallel',
            states: {
              left: { initial: 'a', states: { a: { on: { LEFT: 'z' } }, z: { type: 'final' } } },
              right: { initial: 'a', states: { a: { after: { [5 * half]: 'z' } }, z: { type: 'final' } } },
            },
            onDone: 'done',
          },
          done: {},
        },
      }),
    acts: ['LEFT'],
    opens: { state: ['both.left.a', 'both.right.a'] },
    stages: [
      {
        at: 1,
        send: 'LEFT',
        course: ['1 LEFT: both.left.a>both.left.z = both.left.z both.right.a'],
        state: ['both.left.z', 'both.right.a'],
      },
      { at: 3, course: [`2.5 ${5 * half}: both.right.a>both.right.z, both>done = done`], state: ['done'] },
    ],
  }),
  trial({
    id: 'parallel-event',
    shows: 'one event moves every region that takes it',
    machine: () =>
      setup({}).createMachine({
        id: 'parallel-event@1',
        type: 'parallel',
        states: {
          a: { initial: 'x', states: { x: { on: { GO: 'y' } }, y: {} } },
          b: { initial: 'x', states: { x: { on: { GO: 'y' } }, y: {} } },
        },
      }),
    acts: ['GO'],
    opens: { state: ['a.x', 'b.x'] },
    stages: [{ at: 1, send: 'GO', course: ['1 GO: a.x>a.y, b.x>b.y = a.y b.y'], state: ['a.y', 'b.y'] }],
  }),
  trial({
    id: 'history-shallow',
    shows: 'a shallow history remembers the child, not the grandchild',
    machine: () =>
      setup({}).createMachine({
        id: 'history-shallow@1',
        initial: 'work',
        states: {
          work: {
            initial: 'one',
            on: { PAUSE: 'paused' },
            states: {
              one: { on: { NEXT: 'two' } },
              two: { initial: 'a', states: { a: { on: { NEXT: 'b' } }, b: {} } },
              back: { type: 'history' },
            },
          },
          paused: { on: { RESUME: 'work.back' } },
        },
      }),
    acts: ['NEXT', 'PAUSE', 'RESUME'],
    opens: { state: ['work.one'] },
    stages: [
      { at: 1, send: 'NEXT', course: ['1 NEXT: work.one>work.two = work.two.a'], state: ['work.two.a'] },
      { at: 2, send: 'NEXT', course: ['2 NEXT: work.two.a>work.two.b = work.two.b'], state: ['work.two.b'] },
      { at: 3, send: 'PAUSE', course: ['3 PAUSE: work>paused = paused'], state: ['paused'] },
      { at: 4, send: 'RESUME', course: ['4 RESUME: paused>work.back = work.two.a'], state: ['work.two.a'] },
    ],
  }),
  trial({
    id: 'history-deep',
    shows: 'a deep history remembers every leaf, and timers of the state start anew',
    machine: () =>
      setup({}).createMachine({
        id: 'history-deep@1',
        initial: 'work',
        states: {
          work: {
            type: 'parallel',
            on: { PAUSE: 'paused' },
            states: {
              left: {
                initial: 'one',
                states: { one: { on: { NEXT: 'two' } }, two: { after: { [5 * half]: 'three' } }, three: {} },
              },
              right: { initial: 'one', states: { one: {}, two: {} } },
              back: { type: 'history', history: 'deep' },
            },
          },
          paused: { on: { RESUME: 'work.back' } },
        },
      }),
    acts: ['NEXT', 'PAUSE', 'RESUME'],
    opens: { state: ['work.left.one', 'work.right.one'] },
    stages: [
      {
        at: 1,
        send: 'NEXT',
        course: ['1 NEXT: work.left.one>work.left.two = work.left.two work.right.one'],
        state: ['work.left.two', 'work.right.one'],
      },
      { at: 1, send: 'PAUSE', course: ['1 PAUSE: work>paused = paused'], state: ['paused'] },
      {
        at: 2,
        send: 'RESUME',
        course: ['2 RESUME: paused>work.back = work.left.two work.right.one'],
        state: ['work.left.two', 'work.right.one'],
      },
      { at: 4, course: [], state: ['work.left.two', 'work.right.one'] },
      {
        at: 5,
        course: [`4.5 ${5 * half}: work.left.two>work.left.three = work.left.three work.right.one`],
        state: ['work.left.three', 'work.right.one'],
      },
    ],
  }),
  trial({
    id: 'history-default',
    shows: 'a history of a state that was never left takes its default',
    machine: () =>
      setup({}).createMachine({
        id: 'history-default@1',
        initial: 'outside',
        states: {
          outside: { on: { IN: 'work.back' } },
          work: { initial: 'one', states: { one: {}, two: {}, back: { type: 'history', target: 'two' } } },
        },
      }),
    acts: ['IN'],
    opens: { state: ['outside'] },
    stages: [{ at: 1, send: 'IN', course: ['1 IN: outside>work.back = work.two'], state: ['work.two'] }],
  }),
  trial({
    id: 'final-nested',
    shows: 'a nested final state ends its parent and hands its output up',
    machine: () =>
      setup({
        types: {} as {
          context: { sum: number };
          events: { type: 'END'; n: number } | { type: 'xstate.done.state'; output: { n: number } };
        },
      }).createMachine({
        id: 'final-nested@1',
        context: { sum: 0 },
        initial: 'work',
        states: {
          work: {
            initial: 'a',
            states: {
              a: { on: { END: 'z' } },
              z: { type: 'final', output: ({ event }) => ({ n: (event as { n: number }).n * 2 }) },
            },
            onDone: {
              target: 'rest',
              actions: assign({ sum: ({ event }) => (event as unknown as { output: { n: number } }).output.n }),
            },
          },
          rest: {},
        },
      }),
    acts: ['END'],
    opens: { state: ['work.a'] },
    stages: [
      {
        at: 1,
        send: 'END',
        payload: { n: 21 },
        course: ['1 END: work.a>work.z, work>rest = rest'],
        state: ['rest'],
        shows: { sum: 42 },
      },
    ],
  }),
  trial({
    id: 'final',
    shows: 'a case ends in a final state with its output, and is closed then',
    machine: () =>
      setup({ types: {} as { context: { n: number }; output: { n: number } } }).createMachine({
        id: 'final@1',
        context: { n: 7 },
        output: ({ context }) => ({ n: context.n }),
        initial: 'a',
        states: { a: { after: { [5 * half]: 'z' }, on: { GO: {} } }, z: { type: 'final' } },
      }),
    acts: ['GO'],
    opens: { state: ['a'] },
    stages: [
      { at: 1, send: 'GO', answer: 'unchanged unchanged', course: [], state: ['a'] },
      { at: 3, course: [`2.5 ${5 * half}: a>z = z`], state: ['z'], output: { n: 7 } },
      { at: 4, send: 'GO', answer: 'closed closed', course: [], state: ['z'], output: { n: 7 } },
    ],
  }),
  trial({
    id: 'order',
    shows: 'exit, transition and entry actions run from the inside out and from the outside in',
    machine: () =>
      setup({}).createMachine({
        id: 'order@1',
        initial: 'a',
        states: {
          a: {
            initial: 'b',
            entry: says('in a'),
            exit: says('out a'),
            states: {
              b: { entry: says('in b'), exit: says('out b'), on: { GO: { target: '#d', actions: says('go') } } },
            },
          },
          c: {
            entry: says('in c'),
            initial: { target: 'e', actions: says('first') },
            states: { d: { id: 'd', entry: says('in d'), on: { AGAIN: '#c' } }, e: { entry: says('in e') } },
            id: 'c',
          },
        },
      }),
    acts: ['GO', 'AGAIN'],
    opens: { state: ['a.b'], emits: ['in a', 'in b'] },
    stages: [
      { at: 1, send: 'GO', course: ['1 GO: a.b>c.d [out b, out a, go, in c, in d] = c.d'], state: ['c.d'] },
      { at: 2, send: 'AGAIN', course: ['2 AGAIN: c.d>c [in c, first, in e] = c.e'], state: ['c.e'] },
    ],
  }),
  trial({
    id: 'reenter',
    shows: 'a transition of the parent re-enters its child only where it says so',
    machine: () =>
      setup({}).createMachine({
        id: 'reenter@1',
        initial: 'a',
        states: {
          a: {
            entry: says('in a'),
            initial: 'x',
            states: { x: { entry: says('in x') }, y: { entry: says('in y') } },
            on: { INSIDE: '.y', OUTSIDE: { target: '.y', reenter: true } },
          },
        },
      }),
    acts: ['INSIDE', 'OUTSIDE'],
    opens: { state: ['a.x'], emits: ['in a', 'in x'] },
    stages: [
      { at: 1, send: 'INSIDE', course: ['1 INSIDE: a>a.y [in y] = a.y'], state: ['a.y'] },
      { at: 2, send: 'OUTSIDE', course: ['2 OUTSIDE: a>a.y [in a, in y] = a.y'], state: ['a.y'] },
    ],
  }),
  trial({
    id: 'tags-meta',
    shows: 'tags and meta of the active states can be read',
    machine: () =>
      setup({}).createMachine({
        id: 'tags-meta@1',
        initial: 'a',
        meta: { about: 'all' },
        states: {
          a: { tags: ['waiting', 'open'], meta: { about: 'a' }, on: { GO: 'b' } },
          b: { tags: 'open', initial: 'c', states: { c: { tags: 'deep' } } },
        },
      }),
    acts: ['GO'],
    expose: (snapshot) => snapshot.getMeta() as Json,
    opens: {
      state: ['a'],
      tags: ['open', 'waiting'],
      shows: { 'tags-meta@1': { about: 'all' }, 'tags-meta@1.a': { about: 'a' } },
    },
    stages: [
      {
        at: 1,
        send: 'GO',
        course: ['1 GO: a>b = b.c'],
        state: ['b.c'],
        tags: ['deep', 'open'],
        shows: { 'tags-meta@1': { about: 'all' } },
      },
    ],
  }),
  trial({
    id: 'input',
    shows: 'the context is made from the input',
    machine: () =>
      setup({ types: {} as { input: { n: number }; context: { twice: number } } }).createMachine({
        id: 'input@1',
        context: ({ input }) => ({ twice: input.n * 2 }),
        initial: 'a',
        states: { a: { on: { ADD: { actions: assign({ twice: ({ context }) => context.twice + 1 }) } } } },
      }),
    acts: ['ADD'],
    input: { n: 4 },
    opens: { state: ['a'], shows: { twice: 8 } },
    stages: [{ at: 1, send: 'ADD', course: ['1 ADD: a>a = a'], state: ['a'], shows: { twice: 9 } }],
  }),
];
