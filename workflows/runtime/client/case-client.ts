import {
  Client,
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
  WorkflowFailedError,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { contentOf } from '../workflow/case-actor';
import * as protocol from '../workflow/protocol';
import type { CaseView, Receipt, Refusal } from '../workflow/receipt';
import type { CaseArgument } from '../workflow/run-case';
import type { Act, Instant, Notice } from '../workflow/types';
import { Follower, type SubscribeOptions, type WaitCondition, type Waited, type WaitOptions } from './follow';
import { Gate } from './gate';
import { FINDING_OUT_MS, jittered, Reach, sleep } from './reach';
import {
  amiss,
  type ClosedCase,
  closedReceipt,
  OPENING,
  payloadAmiss,
  type ReceiptsPort,
  refusalIn,
  refused,
  repetition,
  reused,
  viewOfClosed,
} from './receipts';
import { isCrowded, isOvertaken, NOT_FOUND, statusOf } from './unreachable';

export interface CaseClientOptions {
  taskQueue: string;
  /** How long a call is tried before `Unreachable` is thrown, in milliseconds; 10,000 unless told. An act keeps its id. */
  patience?: number;
  /** The ledger, where there is one: it knows the acts and cases Temporal has forgotten. */
  receipts?: ReceiptsPort;
  /** Told when the port fails; the call goes on with what Temporal knows, so that a ledger that is down stops nobody. */
  onPortFailure?: (error: unknown) => void;
}

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

export interface ActOptions {
  /** The id was made for this call and cannot have been used before: nothing is looked up. */
  fresh?: boolean;
}

export class NoSuchCase extends Error {
  constructor(readonly caseId: string) {
    super(`there is no case '${caseId}'`);
    this.name = 'NoSuchCase';
  }
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

/** Temporal takes ten updates of one case at a time; two places are left to others. */
const ACTS_UNDER_WAY = 8;
/** A case that is crowded is left alone for a moment. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
/** What an earlier run of a closed case says of an act, it says at once. */
const EARLIER_RUN_MS = 1_000;
const MEMO_OF_OPENING = 'opening';

interface OpeningMemo {
  actId: string;
  content: string;
}

/**
 * The client side of a case. Whatever becomes of an act, it is answered by a Receipt; thrown are only `NoSuchCase`,
 * `NotOpened`, `Unreachable` (no server, no worker) and bugs.
 */
export class CaseClient {
  readonly #reach: Reach;
  readonly #gate = new Gate(ACTS_UNDER_WAY);
  readonly #follower: Follower;
  /** Asks open cases only, where a port answers for closed ones. */
  readonly #asking: Client;

  constructor(
    private readonly temporal: Client,
    private readonly options: CaseClientOptions,
  ) {
    this.#reach = new Reach(temporal, options.patience ?? 10_000, options.taskQueue);
    this.#follower = new Follower(this.#reach, {
      view: (caseId, until) => this.#view(caseId, until),
      isOpen: async (caseId) => isOpen(await this.#describe(caseId)),
    });
    this.#asking = options.receipts
      ? new Client({
          ...temporal.options,
          connection: temporal.connection,
          workflow: { queryRejectCondition: 'NOT_OPEN' },
        })
      : temporal;
  }

  /**
   * Opens a case and answers its view once the opening step is taken. Of several starts with one id, one opens the case;
   * the others with the same content and type are answered with its view, those with another with a refusal.
   *
   * @throws NotOpened if the procedure cannot be opened with this input
   */
  async start(
    workflowType: string,
    start: CaseArgument & { id: string },
    { summary }: StartOptions = {},
  ): Promise<Started> {
    const { id } = start;
    const unsendable = payloadAmiss('input', start);
    if (unsendable) throw notOpened(id, { actId: 'actId' in start ? start.actId : id, content: '' }, unsendable);
    const opening = openingOf(start);
    const closed = await this.#ask((port) => port.closed(id));
    if (closed) return this.#startedBefore(closed, opening);
    const begin = (workflowIdReusePolicy: WorkflowIdReusePolicy) =>
      this.#reach.call(
        { consequence: `it is not known whether the case '${id}' was opened; start it again with the same id` },
        () =>
          this.temporal.workflow.start(workflowType, {
            workflowId: id,
            taskQueue: this.options.taskQueue,
            args: [start],
            memo: { [MEMO_OF_OPENING]: opening },
            workflowIdConflictPolicy: WorkflowIdConflictPolicy.FAIL,
            workflowIdReusePolicy,
            ...(summary === undefined ? {} : { staticSummary: summary }),
          }),
      );
    try {
      await begin(WorkflowIdReusePolicy.REJECT_DUPLICATE);
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      const described = await this.#describe(id);
      if (!described || !(await this.#failedToOpen(described)))
        return this.#startedAlready(workflowType, id, opening, described);
      await begin(WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY);
    }
    return { opened: true, view: await this.#firstView(id, opening) };
  }

  /**
   * Does an act. Its id is the update's, so that a repetition never does it twice: it is answered with the first receipt
   * by the case, by Temporal when the case has closed, by the port when either has forgotten it.
   *
   * @throws NoSuchCase
   * @throws Unreachable the act may or may not have been done; repeat it with the same id
   */
  async act(caseId: string, act: Act, { fresh = false }: ActOptions = {}): Promise<Receipt> {
    const unfit = amiss(act);
    if (unfit) return unfit;
    const content = contentOf(act.type, act.payload);
    const until = Date.now() + this.#reach.patience;
    const first = fresh ? undefined : await this.#ask((port) => port.first(caseId, act.id));
    if (first) return repetition(first, act, content);
    return this.#send({ caseId, act, content, fresh, until });
  }

  /** @throws NoSuchCase, Unreachable */
  view(caseId: string): Promise<CaseView> {
    return this.#view(caseId);
  }

  /**
   * Waits until a case reaches a state or fulfils a condition. Durable: the waiting is in the history, not in this
   * process, so it survives restarts of worker and server and any number of runs of the case; a process that restarts
   * calls again, with `after` as far as it had come.
   *
   * @param condition a state path, reached when the case is in it (or below it) or has entered it meanwhile; or a
   *   predicate, asked with every view
   * @throws NoSuchCase, Unreachable if there is no first answer; later outages are waited out
   */
  waitFor(caseId: string, condition: WaitCondition, options: WaitOptions): Promise<Waited> {
    return this.#follower.waitFor(caseId, condition, options);
  }

  /**
   * The views of a case, one whenever its record has grown, the present one first, ending with that of the closed case.
   * Steps taken in quick succession may come in one view; which they were, stands in `lastSteps` and in the record.
   *
   * @throws NoSuchCase, Unreachable if there is no first answer; later outages are waited out
   */
  subscribe(caseId: string, options: SubscribeOptions = {}): AsyncGenerator<CaseView, void, undefined> {
    return this.#follower.subscribe(caseId, options);
  }

  /**
   * @returns `closed` if the case no longer takes notices
   * @throws NoSuchCase, Unreachable
   */
  async notify(caseId: string, notice: Notice): Promise<'sent' | 'closed'> {
    try {
      await this.#reach.call({ consequence: 'it is not known whether the notice was sent; repeat it', caseId }, () =>
        this.temporal.workflow.getHandle(caseId).signal(protocol.NOTICE, notice),
      );
      return 'sent';
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      if (await this.#describe(caseId)) return 'closed';
      if (await this.#ask((port) => port.closed(caseId))) return 'closed';
      throw new NoSuchCase(caseId);
    }
  }

  /** Drill only. */
  async advance(caseId: string, to: Instant): Promise<protocol.Advanced> {
    return this.#reach.call({ consequence: 'the drill clock did not move', caseId }, () =>
      this.temporal.workflow
        .getHandle(caseId)
        .executeUpdate<protocol.Advanced, [Instant]>(protocol.ADVANCE, { args: [to] }),
    );
  }

  /** How the case closed, once it has. */
  async result(caseId: string): Promise<protocol.CaseResult> {
    return this.temporal.workflow.getHandle(caseId).result();
  }

  // ---- start ---------------------------------------------------------------------------------------------------

  async #firstView(id: string, opening: OpeningMemo): Promise<CaseView> {
    try {
      return await this.#query(
        id,
        `the case '${id}' was started and has not answered; start it again with the same id`,
      );
    } catch (error) {
      if (!(error instanceof QueryNotRegisteredError)) throw error;
      const failure = await this.#failure(id);
      const refusal = failure?.details?.[0] as Refusal | undefined;
      throw notOpened(id, opening, refusal ?? { code: 'not-opened', params: { problem: failure?.message ?? '' } });
    }
  }

  async #startedAlready(
    workflowType: string,
    id: string,
    opening: OpeningMemo,
    described: WorkflowExecutionDescription | undefined,
  ): Promise<Started> {
    const view = await this.#view(id);
    const memo = described?.memo?.[MEMO_OF_OPENING] as OpeningMemo | undefined;
    const same = described?.type === workflowType && (memo === undefined || memo.content === opening.content);
    return same ? { opened: false, view } : { opened: false, view, refused: usedFor(view, opening) };
  }

  async #startedBefore(closed: ClosedCase, opening: OpeningMemo): Promise<Started> {
    const view = viewOfClosed(closed, Date.now());
    const first = await this.#ask((port) => port.first(closed.case, opening.actId));
    return first?.content === opening.content
      ? { opened: false, view }
      : { opened: false, view, refused: usedFor(view, opening) };
  }

  async #failedToOpen({ workflowId, status }: WorkflowExecutionDescription): Promise<boolean> {
    return status.name === 'FAILED' && (await this.#failure(workflowId))?.type === protocol.NOT_OPENED;
  }

  async #failure(caseId: string): Promise<ApplicationFailure | undefined> {
    try {
      await this.#reach.call({ consequence: 'it is not known how the case ended', caseId }, () =>
        this.temporal.workflow.getHandle(caseId).result(),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      return error.cause instanceof ApplicationFailure ? error.cause : undefined;
    }
  }

  // ---- act -----------------------------------------------------------------------------------------------------

  async #send(sent: Sent): Promise<Receipt> {
    const { caseId, act, content, until } = sent;
    const consequence = `the act was not confirmed; repeat it with the same id (${act.id})`;
    const attempt = { consequence, caseId, actId: act.id, until, givesWay: true };
    for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
      try {
        const receipt = await this.#gate.through(caseId, () => this.#reach.call(attempt, () => this.#update(sent)));
        return receipt.content === content ? receipt : reused(receipt, act, content);
      } catch (error) {
        const refusal = refusalIn(error, act, content);
        if (refusal) return refusal;
        if (isCrowded(error)) this.#gate.narrow(caseId);
        else if (error instanceof WorkflowNotFoundError || isOvertaken(error)) {
          const answer = await this.#answerAfterClose(sent);
          // Without one, the run ended and another took its place.
          if (answer) return answer;
        } else throw error;
        const rest = jittered(Math.min(pause, LONGEST_PAUSE_MS));
        if (Date.now() + rest >= until - FINDING_OUT_MS) throw await this.#reach.unreachable(attempt, error, until);
        await sleep(rest);
      }
    }
  }

  #update({ caseId, act }: Sent): Promise<Receipt> {
    return this.temporal.workflow
      .getHandle(caseId)
      .executeUpdate<Receipt, [Act]>(protocol.ACT, { args: [act], updateId: act.id });
  }

  /** What a case that has closed answers; undefined if it has not. */
  async #answerAfterClose({ caseId, act, content, fresh }: Sent): Promise<Receipt | undefined> {
    const closed = await this.#ask((port) => port.closed(caseId));
    if (closed) return closedReceipt(closed, act, content);
    const described = await this.#describe(caseId);
    if (!described) throw new NoSuchCase(caseId);
    if (isOpen(described)) return undefined;
    const first = fresh ? undefined : await this.#firstInEarlierRun(caseId, described.runId, act.id);
    if (first) return repetition(first, act, content);
    return closedReceipt(await this.#ending(caseId), act, content);
  }

  /** Temporal knows an act's answer by the run that gave it; the last run has been asked already. */
  async #firstInEarlierRun(caseId: string, lastRun: string, actId: string): Promise<Receipt | undefined> {
    let run = await this.#runBefore(caseId, lastRun);
    for (; run !== undefined; run = await this.#runBefore(caseId, run)) {
      const handle = this.temporal.workflow.getHandle(caseId, run).getUpdateHandle<Receipt>(actId);
      const receipt = await this.temporal
        .withDeadline(Date.now() + EARLIER_RUN_MS, () => handle.result())
        .catch(() => undefined);
      if (receipt) return receipt;
    }
    return undefined;
  }

  async #runBefore(workflowId: string, runId: string): Promise<string | undefined> {
    const consequence = 'it is not known whether the act was done before; repeat it with the same id';
    try {
      const { history } = await this.#reach.call({ consequence, caseId: workflowId }, () =>
        this.temporal.workflowService.getWorkflowExecutionHistory({
          namespace: this.temporal.options.namespace,
          execution: { workflowId, runId },
          maximumPageSize: 1,
        }),
      );
      return history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** Read from the history, which needs no worker; a case that was ended by force is asked instead. */
  async #ending(caseId: string): Promise<Pick<protocol.CaseResult, 'state' | 'head'>> {
    try {
      return await this.#reach.call({ consequence: 'it is not known how the case ended', caseId }, () =>
        this.temporal.workflow.getHandle(caseId).result(),
      );
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      return this.#view(caseId);
    }
  }

  // ---- what is known of a case ---------------------------------------------------------------------------------

  async #view(caseId: string, until?: number): Promise<CaseView> {
    try {
      return await this.#query(caseId, 'the case did not answer', until);
    } catch (error) {
      if (error instanceof QueryRejectedError || error instanceof WorkflowNotFoundError) {
        const closed = await this.#ask((port) => port.closed(caseId));
        if (closed) return viewOfClosed(closed, Date.now());
        if (error instanceof QueryRejectedError) return this.#queryClosed(caseId, until);
      }
      throw error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError
        ? new NoSuchCase(caseId)
        : error;
    }
  }

  #query(caseId: string, consequence: string, until?: number, temporal = this.#asking): Promise<CaseView> {
    return this.#reach.call({ consequence, caseId, ...(until !== undefined && { until }) }, () =>
      temporal.workflow.getHandle(caseId).query<CaseView>(protocol.VIEW),
    );
  }

  async #queryClosed(caseId: string, until?: number): Promise<CaseView> {
    try {
      return await this.#query(caseId, 'the closed case did not answer', until, this.temporal);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError)
        throw new NoSuchCase(caseId);
      throw error;
    }
  }

  async #describe(caseId: string): Promise<WorkflowExecutionDescription | undefined> {
    try {
      return await this.#reach.call({ consequence: 'it is not known whether there is such a case', caseId }, () =>
        this.temporal.workflow.getHandle(caseId).describe(),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  async #ask<T>(question: (port: ReceiptsPort) => Promise<T | undefined>): Promise<T | undefined> {
    const { receipts, onPortFailure } = this.options;
    if (!receipts) return undefined;
    try {
      return await question(receipts);
    } catch (error) {
      onPortFailure?.(error);
      return undefined;
    }
  }
}

interface Sent {
  caseId: string;
  act: Act;
  content: string;
  fresh: boolean;
  until: number;
}

function openingOf(start: CaseArgument & { id: string }): OpeningMemo {
  if ('envelope' in start) return { actId: start.id, content: start.envelope.memory.head.hash.slice(0, 16) };
  return { actId: start.actId, content: contentOf(OPENING, start.input) };
}

function notOpened(id: string, { actId, content }: OpeningMemo, refusal: Refusal): NotOpened {
  const { problem } = refusal.params ?? {};
  const said =
    typeof problem === 'string' && problem !== '' ? problem : `${refusal.code} at ${refusal.path ?? 'input'}`;
  return new NotOpened(id, refused({ outcome: 'malformed', refusal }, { id: actId }, content), said);
}

function usedFor({ state, head, deadlines }: CaseView, { actId, content }: OpeningMemo): Receipt {
  const refusal: Refusal = { code: 'id-reused', params: { id: actId, sequence: 1 } };
  const at = { state, sequence: head.sequence, recordHash: head.hash, deadlines };
  return refused({ outcome: 'duplicate', refusal, ...at }, { id: actId }, content);
}

/** Of a run the server no longer has. */
const isGone = (error: unknown): boolean => statusOf(error) === NOT_FOUND;

const isOpen = (described: WorkflowExecutionDescription | undefined): boolean =>
  described?.status.name === 'RUNNING' || described?.status.name === 'PAUSED';
