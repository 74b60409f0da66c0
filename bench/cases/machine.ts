/** The procedure as an XState machine with what the runtime asks for: schemas, labels, effects, presentation. */
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { formatInstant } from '../../workflows/law/calendar/days';
import { formatDeadline } from '../../workflows/law/calendar/format';
import { type CaseView, type Definition, emitEffect, now, type Presentation } from '../../workflows/runtime/workflow';
import { type Event, type EventType, type Input, limitOf } from './procedure';

const MACHINE = 'bench@1';

interface Context extends Input {
  note: number;
}

const tell = (): void =>
  emitEffect({ kind: 'tell', to: ['desk'], template: 'bench.step', cite: null, deliverAt: now() });

const procedure = setup({
  types: {
    context: {} as Context,
    input: {} as Input,
    events: {} as { type: EventType } & Event['payload'],
  },
  delays: { limit: ({ context }) => limitOf(context, now()) },
  guards: { tells: ({ context }) => !context.silentLapse },
  actions: {
    tell,
    note: assign({ note: ({ event }) => event.value ?? 0 }),
  },
});

function waiting<const State extends string, const Next extends string>(state: State, event: EventType, next: Next) {
  return procedure.createStateConfig({
    after: {
      limit: [
        { guard: 'tells', target: 'lapsed', actions: 'tell', meta: { label: 'lapsed' } },
        { target: 'lapsed', meta: { label: 'lapsed' } },
      ],
    },
    on: {
      [event]: { target: next, actions: 'tell', meta: { label: event } },
      NOTE: { actions: 'note', meta: { label: 'NOTE' } },
      ROUND: { target: state, reenter: true, actions: 'tell', meta: { label: 'ROUND' } },
    },
  });
}

export const machine = procedure.createMachine({
  id: MACHINE,
  context: ({ input }) => ({ ...input, note: 0 }),
  initial: 'drafting',
  states: {
    drafting: waiting('drafting', 'CHECK', 'checked'),
    checked: waiting('checked', 'SIGN', 'signed'),
    signed: waiting('signed', 'APPROVE', 'approved'),
    approved: waiting('approved', 'LIST', 'listed'),
    listed: waiting('listed', 'CLOSE', 'done'),
    done: { type: 'final' },
    lapsed: { type: 'final' },
  },
});

function present(view: CaseView): Presentation {
  const state = view.state[0] ?? '';
  const due = view.deadlines[0]?.dueAt;
  return {
    details: `## ${view.case}\n\n| state | due |\n|-|-|\n| ${state} | ${due === undefined ? '-' : formatDeadline(due)} |`,
    attributes: [
      { name: 'Procedure', type: 'KEYWORD', value: 'bench' },
      { name: 'CaseNo', type: 'KEYWORD', value: view.case },
      { name: 'State', type: 'KEYWORD_LIST', value: [state] },
      { name: 'OpenedAt', type: 'DATETIME', value: new Date(view.openedAt) },
      { name: 'DueAt', type: 'DATETIME', value: due === undefined ? null : new Date(due) },
    ],
    summary: { state, ...(due === undefined ? {} : { due }) },
  };
}

const act = { kind: 'act', schema: z.strictObject({}) } as const;

export const definition: Definition = {
  machine,
  events: {
    CHECK: act,
    SIGN: act,
    APPROVE: act,
    LIST: act,
    CLOSE: act,
    ROUND: act,
    NOTE: { kind: 'act', schema: z.strictObject({ value: z.number() }) },
  },
  delays: { limit: { label: 'limit of the state' } },
  present,
  printInstant: formatInstant,
};
