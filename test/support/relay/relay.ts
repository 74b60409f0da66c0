/** A procedure whose cases ask things of one another: they pass on what they are told, and open further ones. */
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { stated } from '../../../workflows/law/machine';
import {
  by,
  defineProcedure,
  type LawMeta,
  type NoticeTo,
  notifyCases,
  type Procedure,
  startCase,
} from '../../../workflows/procedures/kit';

interface Context {
  title: string;
  /** What it was told, in the order in which it was: `<sender> <n>`. */
  heard: string[];
}

interface Pass {
  type: 'PASS';
  to: NoticeTo;
  /** Notices that are sent, each after the other. */
  count: number;
  /** Keys of cases that are opened before. */
  opens: string[];
}

interface Passed {
  type: 'PASSED';
  n: number;
  /** The receiver tells the sender that it was told. */
  answer: boolean;
  notice: { id: string; from: string; seq: number };
}

const cite = stated(9);
export const RELAY = 'relay';

export function relay(): Procedure {
  const machine = setup({
    types: {
      context: {} as Context,
      input: {} as { title: string },
      events: {} as Pass | Passed | { type: 'END' },
      transitionMeta: {} as LawMeta,
    },
    actions: {
      passOn: ({ event }) => {
        const { to, count, opens } = event as Pass;
        for (const key of opens) startCase({ procedure: RELAY, key, seat: 'X2-desk', payload: { title: key }, cite });
        const answer = 'case' in to;
        for (let n = 1; n <= count; n += 1) notifyCases({ to, type: 'PASSED', payload: { n, answer }, cite });
      },
      hear: assign({
        heard: ({ context, event }) => [...context.heard, `${(event as Passed).notice.from} ${(event as Passed).n}`],
      }),
      answer: ({ event }) => {
        const { answer, n, notice } = event as Passed;
        if (answer) notifyCases({ to: { case: notice.from }, type: 'PASSED', payload: { n, answer: false }, cite });
      },
    },
  }).createMachine({
    id: `${RELAY}@test`,
    context: ({ input }) => ({ ...input, heard: [] }),
    initial: 'open',
    states: {
      open: {
        on: {
          PASS: { actions: 'passOn', meta: by(cite) },
          PASSED: { actions: ['hear', 'answer'], meta: by(cite) },
          END: { target: 'done', meta: by(cite) },
        },
      },
      done: { type: 'final' },
    },
  });
  return defineProcedure<Context, { title: string }>({
    name: RELAY,
    title: '测试转达',
    series: 'RL',
    articles: [9],
    machine,
    opening: {
      type: 'OPEN',
      schema: z.strictObject({ title: z.string() }),
      who: ['X2'],
      refuse: () => undefined,
      input: (payload) => payload,
    },
    acts: {
      PASS: {
        kind: 'act',
        schema: z.strictObject({ to: z.json(), count: z.int(), opens: z.array(z.string()) }),
        who: () => ['X2'],
      },
      PASSED: { kind: 'notice', schema: z.strictObject({ n: z.int(), answer: z.boolean() }), who: () => [] },
      END: { kind: 'act', schema: z.strictObject({}), who: () => ['X2'] },
    },
    correctable: [],
    later: [],
    parameters: [],
    deadlines: {},
    states: { open: '办理中', done: '办结' },
    mainRegion: '',
    summary: ({ title }, { main }) => ({
      matter: title,
      overdue: false,
      level: 0,
      awaiting: main === 'open' ? ['D07'] : [],
    }),
  });
}
