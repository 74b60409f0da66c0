import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { contentOf } from '../workflow/case-actor';
import * as protocol from '../workflow/protocol';
import type { CaseView, Receipt } from '../workflow/receipt';
import type { Act, Instant, Moved, Notice } from '../workflow/types';
import { Follower, type SubscribeOptions, type WaitCondition, type Waited, type WaitOptions } from './follow';
import { Gate } from './gate';
import { Inquiry, isOpen, NoSuchCase, type PortOptions } from './inquiry';
import { Opener, type StartArgument, type Started, type StartOptions } from './opening';
import { FINDING_OUT_MS, jittered, Reach, sleep } from './reach';
import { amiss, closedReceipt, refusalIn, repetition, reused } from './receipts';
import { isCrowded, isOvertaken } from './unreachable';

export interface CaseClientOptions extends PortOptions {
  taskQueue: string;
  /** How long a call is tried before `Unreachable` is thrown, in milliseconds; 10,000 unless told. An act keeps its id. */
  patience?: number;
}

export interface ActOptions {
  /** The id was made for this call and cannot have been used before: nothing is looked up. */
  fresh?: boolean;
}

/** Temporal takes ten updates of one case at a time; two places are left to others. */
const ACTS_UNDER_WAY = 8;
/** A case that is crowded is left alone for a moment. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/**
 * The client side of a case. Whatever becomes of an act, it is answered by a Receipt; thrown are only `NoSuchCase`,
 * `NotOpened`, `Unreachable` (no server, no worker) and bugs.
 */
export class CaseClient {
  readonly #reach: Reach;
  readonly #inquiry: Inquiry;
  readonly #opener: Opener;
  readonly #follower: Follower;
  readonly #gate = new Gate(ACTS_UNDER_WAY);

  constructor(
    private readonly temporal: Client,
    options: CaseClientOptions,
  ) {
    const { taskQueue, patience = 10_000 } = options;
    this.#reach = new Reach(temporal, patience, taskQueue);
    this.#inquiry = new Inquiry(this.#reach, options);
    this.#opener = new Opener(this.#reach, this.#inquiry, taskQueue);
    this.#follower = new Follower(this.#reach, this.#inquiry);
  }

  /**
   * Opens a case and answers its view once the opening step is taken. Of several starts with one id, one opens the case;
   * the others with the same type and content are answered with its view, those with another with a refusal.
   *
   * @throws NotOpened if the procedure cannot be opened with this input
   * @throws Unreachable the case may or may not have been opened; start it again with the same id
   */
  start(workflowType: string, start: StartArgument, options: StartOptions = {}): Promise<Started> {
    return this.#opener.start(workflowType, start, options);
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
    const first = fresh ? undefined : await this.#inquiry.port((port) => port.first(caseId, act.id));
    if (first) return repetition(first, act, content);
    return this.#send({ caseId, act, content, fresh, until });
  }

  /** @throws NoSuchCase, Unreachable */
  view(caseId: string): Promise<CaseView> {
    return this.#inquiry.view(caseId);
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
      if (await this.#inquiry.describe(caseId)) return 'closed';
      if (await this.#inquiry.port((port) => port.closed(caseId))) return 'closed';
      throw new NoSuchCase(caseId);
    }
  }

  /**
   * Deadlines that a notice would move if it came now; nothing happens. Undefined where the build of the case is too old to
   * say.
   *
   * @throws NoSuchCase, Unreachable
   */
  foresee(caseId: string, notice: Notice): Promise<readonly Moved[] | undefined> {
    return this.#inquiry.foreseen(caseId, notice);
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
  async #answerAfterClose({ caseId, act, content, fresh, until }: Sent): Promise<Receipt | undefined> {
    const closed = await this.#inquiry.port((port) => port.closed(caseId));
    if (closed) return closedReceipt(closed, act, content);
    const described = await this.#inquiry.describe(caseId, until);
    if (!described) throw new NoSuchCase(caseId);
    if (isOpen(described)) return undefined;
    const first = fresh ? undefined : await this.#inquiry.firstBefore(caseId, described.runId, act.id, until);
    if (first) return repetition(first, act, content);
    return closedReceipt(await this.#inquiry.ending(caseId, until), act, content);
  }
}

interface Sent {
  caseId: string;
  act: Act;
  content: string;
  fresh: boolean;
  until: number;
}
