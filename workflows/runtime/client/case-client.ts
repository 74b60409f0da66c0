import {
  type Client,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { contentOf } from '../workflow/case-actor';
import * as protocol from '../workflow/protocol';
import type { CaseView, Receipt } from '../workflow/receipt';
import type { CaseArgument } from '../workflow/run-case';
import type { Act, Instant, Notice } from '../workflow/types';
import { Unreachable } from './unreachable';

export interface CaseClientOptions {
  taskQueue: string;
  /** How long an act is tried before `Unreachable` is thrown, in milliseconds. It is tried with the same id. */
  patience?: number;
}

export interface StartOptions {
  /** Plain text for lists of the Temporal UI. */
  summary?: string;
}

export class NoSuchCase extends Error {
  constructor(readonly caseId: string) {
    super(`there is no case '${caseId}'`);
    this.name = 'NoSuchCase';
  }
}

/**
 * The client side of a case. Whatever is refused comes back as a Receipt; thrown are only `NoSuchCase`, `Unreachable`
 * (no server, no worker) and bugs.
 */
export class CaseClient {
  readonly #patience: number;

  constructor(
    private readonly temporal: Client,
    private readonly options: CaseClientOptions,
  ) {
    this.#patience = options.patience ?? 10_000;
  }

  /**
   * Opens a case and answers its view once the opening step is taken.
   *
   * @returns `opened: false` if a case with this id exists already; the view is that case's then
   */
  async start(
    workflowType: string,
    start: CaseArgument & { id: string },
    { summary }: StartOptions = {},
  ): Promise<{ opened: boolean; view: CaseView }> {
    const existed = await this.#exists(start.id);
    if (!existed)
      await this.#reach('the case was not opened', () =>
        this.temporal.workflow.start(workflowType, {
          workflowId: start.id,
          taskQueue: this.options.taskQueue,
          args: [start],
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
          ...(summary === undefined ? {} : { staticSummary: summary }),
        }),
      );
    return { opened: !existed, view: await this.view(start.id) };
  }

  /** Does an act. The update id is the act's id, so that a repetition never does it twice. */
  async act(caseId: string, act: Act): Promise<Receipt> {
    try {
      const receipt = await this.#reach('the act was not confirmed; repeat it with the same id', () =>
        this.temporal.workflow
          .getHandle(caseId)
          .executeUpdate<Receipt, [Act]>(protocol.ACT, { args: [act], updateId: act.id }),
      );
      return receipt.content === contentOf(act.type, act.payload) || receipt.outcome !== 'changed'
        ? receipt
        : reused(receipt, act);
    } catch (error) {
      const refused = refusedReceipt(error);
      if (refused) return refused;
      if (error instanceof WorkflowNotFoundError) return this.#closed(caseId, act);
      throw error;
    }
  }

  async view(caseId: string): Promise<CaseView> {
    try {
      return await this.#reach('the case did not answer', () =>
        this.temporal.workflow.getHandle(caseId).query<CaseView>(protocol.VIEW),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw new NoSuchCase(caseId);
      throw error;
    }
  }

  async notify(caseId: string, notice: Notice): Promise<void> {
    await this.#reach('the notice was not sent', () =>
      this.temporal.workflow.getHandle(caseId).signal(protocol.NOTICE, notice),
    );
  }

  /** Drill only. */
  async advance(caseId: string, to: Instant): Promise<protocol.Advanced> {
    return this.#reach('the drill clock did not move', () =>
      this.temporal.workflow
        .getHandle(caseId)
        .executeUpdate<protocol.Advanced, [Instant]>(protocol.ADVANCE, { args: [to] }),
    );
  }

  async result(caseId: string): Promise<protocol.CaseResult> {
    return this.temporal.workflow.getHandle(caseId).result();
  }

  async #exists(caseId: string): Promise<boolean> {
    try {
      await this.#reach('the server did not answer', () => this.temporal.workflow.getHandle(caseId).describe());
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  async #closed(caseId: string, act: Act): Promise<Receipt> {
    if (!(await this.#exists(caseId))) throw new NoSuchCase(caseId);
    const view = await this.view(caseId);
    return {
      outcome: 'closed',
      id: act.id,
      content: contentOf(act.type, act.payload),
      state: view.state,
      sequence: view.head.sequence,
      recordHash: view.head.hash,
      deadlines: [],
      recorded: 'yes',
      refusal: { code: 'closed', state: view.state },
    };
  }

  /** Tries until patience ends. A task that could not be completed under load, or a worker that is away, is tried again. */
  async #reach<T>(consequence: string, call: () => Promise<T>): Promise<T> {
    const until = Date.now() + this.#patience;
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      try {
        return await this.temporal.withDeadline(until + 500, call);
      } catch (error) {
        if (!Unreachable.isPassing(error)) throw error;
        if (Date.now() + pause >= until) throw new Unreachable(consequence, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }
}

function refusedReceipt(error: unknown): Receipt | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== protocol.REFUSED) return undefined;
  return cause.details?.[0] as Receipt;
}

function reused(first: Receipt, act: Act): Receipt {
  const { refusal: _, ...rest } = first;
  return {
    ...rest,
    outcome: 'duplicate',
    content: contentOf(act.type, act.payload),
    refusal: { code: 'id-reused', params: { id: act.id, sequence: first.sequence } },
  };
}
