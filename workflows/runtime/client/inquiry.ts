import {
  Client,
  QueryNotRegisteredError,
  QueryRejectedError,
  type WorkflowExecutionDescription,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import * as protocol from '../workflow/protocol';
import type { CaseView, Receipt } from '../workflow/receipt';
import type { Notice } from '../workflow/types';
import type { Reach } from './reach';
import { type ReceiptsPort, viewOfClosed } from './receipts';
import { NOT_FOUND, statusOf } from './unreachable';

export class NoSuchCase extends Error {
  constructor(readonly caseId: string) {
    super(`there is no case '${caseId}'`);
    this.name = 'NoSuchCase';
  }
}

export interface PortOptions {
  /** The ledger, where there is one: it knows the acts and cases Temporal has forgotten. */
  receipts?: ReceiptsPort;
  /** Told when the port fails; the call goes on with what Temporal knows, so that a ledger that is down stops nobody. */
  onPortFailure?: (error: unknown) => void;
}

/** What an earlier run of a closed case says of an act, it says at once. */
const EARLIER_RUN_MS = 1_000;

/** What can be learned of a case: from the case itself, from Temporal, from the ledger. Nothing is changed by asking. */
export class Inquiry {
  /** Asks open cases only, where a port answers for closed ones. */
  readonly #openOnly: Client;

  constructor(
    private readonly reach: Reach,
    private readonly options: PortOptions,
  ) {
    const { temporal } = reach;
    this.#openOnly = options.receipts
      ? new Client({
          ...temporal.options,
          connection: temporal.connection,
          workflow: { queryRejectCondition: 'NOT_OPEN' },
        })
      : temporal;
  }

  /** @throws NoSuchCase, Unreachable */
  async view(caseId: string, until?: number): Promise<CaseView> {
    try {
      return await this.query(caseId, 'the case did not answer', until, this.#openOnly);
    } catch (error) {
      const rejected = error instanceof QueryRejectedError;
      if (!rejected && !(error instanceof WorkflowNotFoundError)) throw unlessNone(error, caseId);
      const closed = await this.port((port) => port.closed(caseId));
      if (closed) return viewOfClosed(closed, Date.now());
      if (!rejected) throw new NoSuchCase(caseId);
    }
    try {
      return await this.query(caseId, 'the closed case did not answer', until);
    } catch (error) {
      throw unlessNone(error, caseId);
    }
  }

  /** Asks the case itself, open or closed. */
  query(caseId: string, consequence: string, until?: number, temporal = this.reach.temporal): Promise<CaseView> {
    return this.reach.call({ consequence, caseId, until }, () =>
      temporal.workflow.getHandle(caseId).query<CaseView>(protocol.VIEW),
    );
  }

  /** What a notice would move; undefined where the build of the case does not say. */
  async foreseen(caseId: string, notice: Notice): Promise<CaseView['foreseen']> {
    const { foreseen } = await this.reach.call(
      { consequence: 'the case did not answer', caseId, until: undefined },
      () => this.#handle(caseId).query<CaseView, [Notice]>(protocol.VIEW, notice),
    );
    return foreseen;
  }

  /** Undefined where Temporal knows of no such case. */
  async describe(caseId: string, until?: number): Promise<WorkflowExecutionDescription | undefined> {
    const consequence = 'it is not known whether there is such a case';
    try {
      return await this.reach.call({ consequence, caseId, until }, () => this.#handle(caseId).describe());
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  async isOpen(caseId: string): Promise<boolean> {
    const described = await this.describe(caseId);
    return described !== undefined && isOpen(described);
  }

  /** Of a closed case. Read from the history, which needs no worker; a case that was ended by force is asked instead. */
  async ending(caseId: string, until?: number): Promise<Pick<protocol.CaseResult, 'state' | 'head'>> {
    try {
      return await this.#result(caseId, until);
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      return this.view(caseId, until);
    }
  }

  /** How a run failed; undefined where it did not. */
  async failure(caseId: string): Promise<ApplicationFailure | undefined> {
    try {
      await this.#result(caseId);
      return undefined;
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      return error.cause instanceof ApplicationFailure ? error.cause : undefined;
    }
  }

  /** Temporal knows an act's answer by the run that gave it. */
  async firstBefore(caseId: string, lastRun: string, actId: string, until: number): Promise<Receipt | undefined> {
    let run = await this.#runBefore(caseId, lastRun, until);
    for (; run !== undefined; run = await this.#runBefore(caseId, run, until)) {
      const handle = this.#handle(caseId, run).getUpdateHandle<Receipt>(actId);
      const by = Math.min(until, Date.now() + EARLIER_RUN_MS);
      const receipt = await this.reach.temporal.withDeadline(by, () => handle.result()).catch(() => undefined);
      if (receipt) return receipt;
    }
    return undefined;
  }

  async port<T>(question: (port: ReceiptsPort) => Promise<T | undefined>): Promise<T | undefined> {
    const { receipts, onPortFailure } = this.options;
    if (!receipts) return undefined;
    try {
      return await question(receipts);
    } catch (error) {
      onPortFailure?.(error);
      return undefined;
    }
  }

  async #runBefore(workflowId: string, runId: string, until: number): Promise<string | undefined> {
    const { workflowService, options } = this.reach.temporal;
    const consequence = 'it is not known whether the act was done before; repeat it with the same id';
    const execution = { workflowId, runId };
    try {
      const { history } = await this.reach.call({ consequence, caseId: workflowId, until }, () =>
        workflowService.getWorkflowExecutionHistory({ namespace: options.namespace, execution, maximumPageSize: 1 }),
      );
      return history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    } catch (error) {
      // Past its retention.
      if (statusOf(error) === NOT_FOUND) return undefined;
      throw error;
    }
  }

  #result(caseId: string, until?: number): Promise<protocol.CaseResult> {
    return this.reach.call({ consequence: 'it is not known how the case ended', caseId, until }, () =>
      this.#handle(caseId).result(),
    );
  }

  #handle(caseId: string, runId?: string) {
    return this.reach.temporal.workflow.getHandle(caseId, runId);
  }
}

export const isOpen = ({ status }: WorkflowExecutionDescription): boolean =>
  status.name === 'RUNNING' || status.name === 'PAUSED';

/** A run without our handlers never became a case. */
function unlessNone(error: unknown, caseId: string): unknown {
  return error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError
    ? new NoSuchCase(caseId)
    : error;
}
