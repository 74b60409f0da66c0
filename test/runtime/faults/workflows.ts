/**
 * One machine with every fault there can be, in two builds: the bundle of the fixed one is made by putting another word
 * in the place of `broken build`.
 */
import { assign, emit, setup } from 'xstate';
import {
  type CaseArgument,
  type Definition,
  fromActivity,
  type protocol,
  runCase,
} from '../../../workflows/runtime/workflow';

const build: string = 'broken build';
const isBroken = build.startsWith('broken');

interface Context {
  fault: string;
  kept: unknown;
}

/** Throws in the broken build, where a case was opened to meet this fault. */
function trip({ fault }: Context, here: string): void {
  if (isBroken && fault === here) throw new TypeError(`bug in ${here}`);
}

const quick = { startToCloseTimeout: '5 s', retry: { maximumAttempts: 1 } } as const;

const machine = setup({
  types: {} as { context: Context; input: { fault: string }; events: { type: 'GO' } },
  actors: {
    double: fromActivity<number, { n: number }>('double', quick),
    refusing: fromActivity<never>('refusing', quick),
  },
  guards: {
    sound: ({ context }) => {
      trip(context, 'guard');
      return true;
    },
    maps: ({ context }) => context.fault === 'mapper' || context.fault === 'result',
    fails: ({ context }) => context.fault === 'unhandled',
    circles: ({ context }) => isBroken && context.fault === 'circle',
  },
  actions: {
    act: ({ context }) => trip(context, 'action'),
    keep: assign({
      kept: ({ context }) => {
        trip(context, 'assignment');
        return isBroken && context.fault === 'context' ? new Map() : 1;
      },
    }),
  },
  delays: {
    soon: ({ context }) => {
      trip(context, 'delay');
      return isBroken && context.fault === 'no delay' ? (undefined as never) : 50;
    },
  },
}).createMachine({
  id: 'fault@1',
  context: ({ input }) => ({ fault: input.fault, kept: null }),
  initial: 'a',
  states: {
    a: {
      on: {
        GO: [
          { guard: 'maps', target: 'mapping' },
          { guard: 'fails', target: 'failing' },
          { guard: 'sound', target: 'b', actions: ['act', 'keep', emit({ type: 'went' } as never)] },
        ],
      },
    },
    mapping: {
      invoke: {
        src: 'double',
        input: ({ context }) => {
          trip(context, 'mapper');
          return { n: 1 };
        },
        onDone: { target: 'b', actions: ({ context }) => trip(context, 'result') },
      },
    },
    failing: { invoke: { src: 'refusing', ...(isBroken ? {} : { onError: 'b' }) } },
    b: { always: { guard: 'circles', target: 'c' }, after: { soon: 'done' } },
    c: { always: 'b' },
    done: {},
  },
});

const faultDefinition: Definition = {
  machine,
  events: {
    GO: {
      kind: 'act',
      schema: {
        '~standard': {
          validate: (value) => {
            if (isBroken && (value as { schema?: true }).schema) throw new TypeError('bug in schema');
            return { value };
          },
        },
      },
    },
    TOLD: { kind: 'notice' },
  },
  admit: ({ snapshot }) => {
    trip(snapshot.context, 'admission');
    return undefined;
  },
  present: (view, snapshot) => {
    if (view.head.sequence > 1) trip(snapshot.context, 'presentation');
    return { details: '', attributes: [], summary: null };
  },
};

export async function fault(argument: CaseArgument): Promise<protocol.CaseResult> {
  return runCase(faultDefinition, argument);
}

/** A machine that could not run at all, in the broken build. */
export async function unready(argument: CaseArgument): Promise<protocol.CaseResult> {
  const unfit = setup({}).createMachine({
    id: 'unready@1',
    initial: 'a',
    states: { a: { on: { GO: isBroken ? { actions: 'nowhere' as never } : 'b' } }, b: {} },
  });
  return runCase({ machine: unfit, events: { GO: { kind: 'act' } } }, argument);
}
