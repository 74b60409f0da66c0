/** What lists show of a case, made from what the case itself says, or from its record alone. */
import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import type { ListedCase } from '../../activities/ledger';
import { type CaseData, mainState, type Procedure } from '../../workflows/procedures/kit';
import type { CaseArgument, CaseView, Json, RecordEntry } from '../../workflows/runtime/workflow';
import { nodesOf } from '../../workflows/runtime/workflow';

/** Marks that every view of a case bears: 【演练】, 【规则版本待确认】. */
export type Marks = readonly string[];

/** As the case itself would have told the ledger with its last step. */
export function shownByCase(view: CaseView, procedure: Procedure, marks: Marks): ListedCase {
  const { case: id, machine, status, state, deadlines, head, drill, context } = view;
  const main = mainState(procedure, state);
  const said = procedure.summary(context as never, { main, state });
  const summary = { procedure: procedure.name, title: procedure.title, mainState: main, marks: [...marks], ...said };
  return plain({ case: id, machine, sequence: head.sequence, status, state, deadlines, summary, drill });
}

/**
 * Of a case that Temporal has forgotten and of which no list is left: number, state and what its opening said. Undefined
 * where its record does not end in a final state.
 */
export function shownByRecord(entries: readonly RecordEntry[], procedure: Procedure): ListedCase | undefined {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last || !endsIn(procedure, last.state)) return undefined;
  const { title } = (first.trigger.payload ?? {}) as { title?: string };
  const main = mainState(procedure, last.state);
  const summary = { procedure: procedure.name, title: procedure.title, mainState: main, matter: title ?? '' };
  const { case: id, machine, sequence, state } = last;
  return plain({ case: id, machine, sequence, status: 'closed', state, deadlines: [], summary, drill: false });
}

function endsIn({ machine }: Procedure, state: readonly string[]): boolean {
  const finals = nodesOf(machine.root).filter(({ type, parent }) => type === 'final' && parent === machine.root);
  return state.length === 1 && finals.some(({ path }) => path.join('.') === state[0]);
}

/** Undefined is left out, as on the way to the ledger. */
const plain = (shown: object): ListedCase => JSON.parse(JSON.stringify(shown)) as ListedCase;

/** The marks a case was begun with, read from the beginning of its present run. */
export async function marksOf(temporal: Client, caseId: string): Promise<Marks> {
  const { history } = await temporal.workflowService.getWorkflowExecutionHistory({
    namespace: temporal.options.namespace,
    execution: { workflowId: caseId },
    maximumPageSize: 1,
  });
  const payloads = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const [argument] = await decodeArrayFromPayloads(temporal.options.loadedDataConverter, payloads);
  const { mark, law } = dataOf(argument as CaseArgument);
  return [...(mark ? [mark] : []), ...law.marks];
}

function dataOf(argument: CaseArgument): CaseData {
  const data: Json = 'envelope' in argument ? argument.envelope.memory.data : argument.data;
  return data as unknown as CaseData;
}
