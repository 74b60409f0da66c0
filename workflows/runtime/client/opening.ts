import {
  QueryNotRegisteredError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/client';
import { contentOf } from '../workflow/case-actor';
import * as protocol from '../workflow/protocol';
import type { CaseView, Receipt, Refusal } from '../workflow/receipt';
import type { CaseArgument } from '../workflow/run-case';
import { type Inquiry, isOpen } from './inquiry';
import type { Reach } from './reach';
import { type ClosedCase, OPENING, payloadAmiss, refused, viewOfClosed } from './receipts';

export interface StartOptions {
  /** Plain text for lists of the Temporal UI. */
  summary?: string;
}

export interface Started<View = CaseView> {
  /** False if a case with this id exists already: it was opened before with the same content, unless `refused`. */
  opened: boolean;
  /** Of the case that has the id. */
  view: View;
  /** The id belongs to a case that was opened with other content. */
  refused?: Receipt;
}

/** The opening does not fit the procedure. There is no case; the id is free for a corrected opening. */
export class NotOpened extends Error {
  constructor(
    readonly caseId: string,
    readonly receipt: Receipt,
    message: string,
  ) {
    super(`the case '${caseId}' was not opened: ${message}`);
    this.name = 'NotOpened';
  }
}

/** Kept with the workflow, over all its runs: tells a repeated opening from another one under the same id. */
interface OpeningMemo {
  actId: string;
  content: string;
}
const MEMO = 'opening';

export type StartArgument = CaseArgument & { id: string };

/** Opens cases. Which of several starts opens the case is decided by Temporal, in the one call that starts it. */
export class Opener {
  constructor(
    private readonly reach: Reach,
    private readonly inquiry: Inquiry,
    private readonly taskQueue: string,
  ) {}

  async start(workflowType: string, start: StartArgument, options: StartOptions): Promise<Started> {
    const { id } = start;
    const unsendable = payloadAmiss('input', start);
    if (unsendable) throw notOpened(id, { actId: 'actId' in start ? start.actId : id, content: '' }, unsendable);
    const opening = openingOf(start);
    const closed = await this.inquiry.port((port) => port.closed(id));
    if (closed) return this.#closedBefore(closed, opening);
    const begin = (policy: WorkflowIdReusePolicy) => this.#begin(workflowType, start, opening, policy, options);
    try {
      await begin(WorkflowIdReusePolicy.REJECT_DUPLICATE);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const described = await this.inquiry.describe(id);
      if (described && !(await this.#failedToOpen(described)))
        return this.#startedBefore(workflowType, opening, described);
      await begin(WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY);
    }
    return { opened: true, view: await this.#firstView(id, opening) };
  }

  #begin(
    workflowType: string,
    start: StartArgument,
    opening: OpeningMemo,
    workflowIdReusePolicy: WorkflowIdReusePolicy,
    { summary }: StartOptions,
  ): Promise<unknown> {
    const { id } = start;
    const consequence = `it is not known whether the case '${id}' was opened; start it again with the same id`;
    return this.reach.call({ consequence }, () =>
      this.reach.temporal.workflow.start(workflowType, {
        workflowId: id,
        taskQueue: this.taskQueue,
        args: [start],
        memo: { [MEMO]: opening },
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
        workflowIdReusePolicy,
        ...(summary === undefined ? {} : { staticSummary: summary }),
      }),
    );
  }

  async #firstView(id: string, opening: OpeningMemo): Promise<CaseView> {
    const consequence = `the case '${id}' was started and has not answered; start it again with the same id`;
    try {
      return await this.inquiry.query(id, consequence);
    } catch (error) {
      if (!(error instanceof QueryNotRegisteredError)) throw error;
      const failure = await this.inquiry.failure(id);
      const refusal = failure?.details?.[0] as Refusal | undefined;
      throw notOpened(id, opening, refusal ?? { code: 'not-opened', params: { problem: failure?.message ?? '' } });
    }
  }

  async #startedBefore(
    workflowType: string,
    opening: OpeningMemo,
    described: WorkflowExecutionDescription,
  ): Promise<Started> {
    const id = described.workflowId;
    const view = isOpen(described) ? await this.#firstView(id, opening) : await this.inquiry.view(id);
    const memo = described.memo?.[MEMO] as OpeningMemo | undefined;
    const same = described.type === workflowType && (memo === undefined || memo.content === opening.content);
    return answer(view, opening, same);
  }

  async #closedBefore(closed: ClosedCase, opening: OpeningMemo): Promise<Started> {
    const first = await this.inquiry.port((port) => port.first(closed.case, opening.actId));
    return answer(viewOfClosed(closed, Date.now()), opening, first?.content === opening.content);
  }

  async #failedToOpen({ workflowId, status }: WorkflowExecutionDescription): Promise<boolean> {
    return status.name === 'FAILED' && (await this.inquiry.failure(workflowId))?.type === protocol.NOT_OPENED;
  }
}

function openingOf(start: StartArgument): OpeningMemo {
  if ('envelope' in start) return { actId: start.id, content: start.envelope.memory.head.hash.slice(0, 16) };
  return { actId: start.actId, content: contentOf(OPENING, start.input) };
}

function answer(view: CaseView, { actId, content }: OpeningMemo, same: boolean): Started {
  if (same) return { opened: false, view };
  const { state, head, deadlines } = view;
  const refusal: Refusal = { code: 'id-reused', params: { id: actId, sequence: 1 } };
  const at = { state, sequence: head.sequence, recordHash: head.hash, deadlines };
  return { opened: false, view, refused: refused({ outcome: 'duplicate', refusal, ...at }, { id: actId }, content) };
}

function notOpened(id: string, { actId, content }: OpeningMemo, refusal: Refusal): NotOpened {
  const { problem } = refusal.params ?? {};
  const said =
    typeof problem === 'string' && problem !== '' ? problem : `${refusal.code} at ${refusal.path ?? 'input'}`;
  return new NotOpened(id, refused({ outcome: 'malformed', refusal }, { id: actId }, content), said);
}
