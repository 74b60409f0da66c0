/**
 * The procedure by hand with the same ledger write and the same search attributes as on the runtime: what is left between
 * this and ours is the runtime alone (interpreter, due-table, receipts, explained refusals, continue-as-new).
 */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { formatInstant } from '../../workflows/law/calendar/days';
import { formatDeadline } from '../../workflows/law/calendar/format';
import type { FlushBatch, Head, OutboxItem, RecordActivities, RecordEntry } from '../../workflows/runtime/workflow';
import { GENESIS, link } from '../../workflows/runtime/workflow/record';
import { ACT, type Answer, type Event, type Input, limitOf, next, type WaitingState } from './procedure';

const MACHINE = 'bench@1';

const { flushRecord } = proxyLocalActivities<RecordActivities>({ scheduleToCloseTimeout: '1500 ms' });
const act = defineUpdate<Answer, [Event]>(ACT);
const attribute = {
  procedure: defineSearchAttributeKey('Procedure', SearchAttributeType.KEYWORD),
  caseNo: defineSearchAttributeKey('CaseNo', SearchAttributeType.KEYWORD),
  state: defineSearchAttributeKey('State', SearchAttributeType.KEYWORD_LIST),
  openedAt: defineSearchAttributeKey('OpenedAt', SearchAttributeType.DATETIME),
  dueAt: defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME),
};

interface Stimulus {
  kind: 'open' | 'act' | 'timer';
  type: string;
  payload?: Event['payload'];
}

export async function procedure(input: Input): Promise<string> {
  const id = workflowInfo().workflowId;
  const context = { text: input.text, note: 0 };
  const openedAt = Date.now();
  let state: WaitingState | 'done' | 'lapsed' = 'drafting';
  let entered = 0;
  let dueAt = 0;
  let head: Head = { sequence: 0, hash: GENESIS };
  let committed = head;
  let written = { head, historyLength: Number.POSITIVE_INFINITY };
  let flushing: Promise<unknown> = Promise.resolve();

  const waiting = (): boolean => state !== 'done' && state !== 'lapsed';
  const enter = (target: typeof state): void => {
    state = target;
    entered += 1;
    dueAt = Date.now() + limitOf(input, Date.now());
  };

  const batchOf = (entry: RecordEntry, outbox: OutboxItem[]): FlushBatch => {
    const deadlines = waiting() ? [{ name: 'limit', dueAt, label: 'limit of the state' }] : [];
    const summary = waiting() ? { state, due: dueAt } : { state };
    const status = waiting() ? ('open' as const) : ('closed' as const);
    const projection = { case: id, machine: MACHINE, sequence: entry.sequence, status, state: [state], deadlines };
    const shown = { ...projection, summary };
    return { case: id, machine: MACHINE, drill: false, committed, entries: [entry], projection: shown, outbox };
  };

  /** One link of the record, what is shown, and one write: the notice is a row of the same write. */
  const keep = (trigger: Stimulus, from: string, tells: boolean): Promise<unknown> => {
    const effects = tells
      ? [{ kind: 'tell', to: ['desk'], template: 'bench.step', cite: null, deliverAt: Date.now() }]
      : [];
    const at = formatInstant(Date.now());
    const sequence = head.sequence + 1;
    const entry = link(
      {
        case: id,
        sequence,
        machine: MACHINE,
        trigger,
        happenedAt: at,
        receivedAt: at,
        recordedAt: at,
        by: { entrance: 'bench' },
        steps: [{ from, to: [state], label: trigger.type }],
        effects,
        state: [state],
      },
      head.hash,
    );
    head = { sequence, hash: entry.hash };
    if (trigger.type !== 'NOTE') show();
    const outbox = effects.map((effect, n) => ({ id: `${id}:${sequence}:${n}`, sequence, effect }));
    flushing = flushing.then(async () => {
      if (workflowInfo().historyLength > written.historyLength) committed = written.head;
      written = { head: await flushRecord(batchOf(entry, outbox)), historyLength: workflowInfo().historyLength };
    });
    return flushing;
  };

  const show = (): void => {
    const due = waiting() ? formatDeadline(dueAt) : '-';
    setCurrentDetails(`## ${id}\n\n| state | due |\n|-|-|\n| ${state} | ${due} |`);
    upsertSearchAttributes([
      ...(entered === 1
        ? [
            { key: attribute.procedure, value: 'bench' },
            { key: attribute.caseNo, value: id },
            { key: attribute.openedAt, value: new Date(openedAt) },
          ]
        : []),
      { key: attribute.state, value: [state] },
      { key: attribute.dueAt, value: waiting() ? new Date(dueAt) : null },
    ]);
  };

  enter('drafting');
  const opened = keep({ kind: 'open', type: 'start' }, '(root)', false);
  setHandler(
    act,
    async ({ type, payload }) => {
      const from = state;
      if (type === 'NOTE') context.note = payload.value ?? 0;
      else enter(next(state as WaitingState, type)!);
      const answer = { state, dueAt: waiting() ? dueAt : null };
      await keep({ kind: 'act', type, payload }, from, type !== 'NOTE');
      return answer;
    },
    {
      validator: ({ type }) => {
        if (!waiting() || next(state as WaitingState, type) === undefined) throw new Error(`${type} not in ${state}`);
      },
    },
  );
  await opened;
  while (waiting()) {
    const before = entered;
    if (await condition(() => entered !== before, limitOf(input, Date.now()))) continue;
    const from = state;
    state = 'lapsed';
    await keep({ kind: 'timer', type: 'limit' }, from, !input.silentLapse);
  }
  await flushing;
  await condition(allHandlersFinished);
  return state;
}
