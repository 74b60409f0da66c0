/** A procedure whose deadlines are seconds, so that a test can let them pass on the real clock. Made as every procedure is. */
import { setup } from 'xstate';
import { z } from 'zod';
import { rule, stated } from '../../../workflows/law/machine';
import { by, defineProcedure, type LawMeta, type Procedure, press } from '../../../workflows/procedures/kit';

interface Context {
  title: string;
  dueInMs: number;
  doneLate: boolean;
}

interface Done {
  type: 'DONE';
  evidence: string[];
}

const NAME = 'errand';
/** Between falling overdue and the next rung. */
export const RUNG_MS = 1_000;

/** @param faulty its guard throws, as code does that nobody tried */
export function errand(faulty = false): Procedure {
  const machine = setup({
    types: {
      context: {} as Context,
      input: {} as { title: string; dueInMs: number },
      events: {} as Done,
      transitionMeta: {} as LawMeta,
    },
    delays: { due: ({ context }) => context.dueInMs, escalation: RUNG_MS },
    guards: {
      evidenceGiven: rule({
        code: 'EVIDENCE_MISSING',
        check: ({ event }: { event: { type: string } }) => {
          if (faulty) throw new Error('a slip in the guard');
          return (event as Done).evidence.length > 0;
        },
      }),
    },
    actions: {
      pressUnit: () => press({ to: ['D07-head'], cite: stated(61) }),
      pressLeader: () => press({ to: ['vm-1'], cite: stated(63) }),
    },
  }).createMachine({
    id: `${NAME}@test`,
    context: ({ input }) => ({ ...input, doneLate: false }),
    initial: 'open',
    states: {
      open: {
        on: { DONE: { target: 'done', guard: 'evidenceGiven', meta: by(stated(61)) } },
        after: { due: { target: 'overdue', actions: 'pressUnit', meta: by(stated(61)) } },
      },
      overdue: {
        on: { DONE: { target: 'doneLate', guard: 'evidenceGiven', meta: by(stated(61)) } },
        after: { escalation: { target: 'escalated', actions: 'pressLeader', meta: by(stated(63)) } },
      },
      escalated: { on: { DONE: { target: 'doneLate', guard: 'evidenceGiven', meta: by(stated(61)) } } },
      done: { type: 'final' },
      doneLate: { type: 'final' },
    },
  });
  return defineProcedure<Context, { title: string }>({
    name: NAME,
    title: '测试差事',
    series: 'ER',
    articles: [61, 63],
    machine,
    opening: {
      type: 'OPEN',
      schema: z.strictObject({ title: z.string() }),
      who: ['X2'],
      refuse: () => undefined,
      input: (payload) => payload,
    },
    acts: { DONE: { kind: 'act', schema: z.strictObject({ evidence: z.array(z.string()) }), who: () => ['D07'] } },
    correctable: [{ path: 'title', label: '名称', schema: z.string().min(1), who: () => ['X2'] }],
    later: [],
    parameters: [],
    deadlines: {
      due: { label: '办理期限', cite: stated(61) },
      escalation: { label: '升级督办', cite: stated(63) },
    },
    states: { open: '办理中', overdue: '逾期', escalated: '升级', done: '办结', doneLate: '逾期办结' },
    mainRegion: '',
    summary: ({ title }, { main }) => ({
      matter: title,
      overdue: main === 'overdue' || main === 'escalated',
      level: main === 'escalated' ? 1 : 0,
      awaiting: ['D07'],
    }),
  });
}
