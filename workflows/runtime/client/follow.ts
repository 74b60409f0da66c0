import { WorkflowNotFoundError } from '@temporalio/client';
import type { CaseView } from '../workflow/receipt';
import type { Head } from '../workflow/types';
import type { Inquiry } from './inquiry';
import { jittered, type Reach, sleep } from './reach';
import { Unreachable } from './unreachable';
import { CaseWatch, unlessAborted } from './watch';

export type WaitCondition<View = CaseView, Path extends string = string> = Path | ((view: View) => boolean);

export interface WaitOptions {
  /** In milliseconds. */
  timeout: number;
  /** Only what the record holds beyond this sequence counts. */
  after?: number;
  /** Ends the waiting: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** `ended`: the case closed otherwise, or was ended by an operator. The view is the last one there was. */
export type Waited<View = CaseView> =
  | { reached: true; view: View }
  | { reached: false; because: 'timeout' | 'ended'; view: View };

export interface SubscribeOptions {
  /** The last sequence seen before; what the record has beyond it comes at once. */
  after?: number;
  /** Ends the subscription without an error. */
  signal?: AbortSignal;
}

interface Followed {
  view: CaseView;
  /** Nothing comes after this view. */
  over: boolean;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** Even who waits but a moment wants to know where the case stands. */
const SHORTEST_FIRST_ANSWER_MS = 1_000;

/** Reads a case whenever its history has grown: the server's long poll says when, the case's view says what. */
export class Follower {
  constructor(
    private readonly reach: Reach,
    private readonly inquiry: Inquiry,
  ) {}

  async waitFor(caseId: string, condition: WaitCondition, { timeout, after, signal }: WaitOptions): Promise<Waited> {
    let last: CaseView | undefined;
    let since = after;
    for await (const { view, over } of this.#follow(caseId, Date.now() + timeout, signal)) {
      last = view;
      since ??= view.head.sequence;
      if (view.head.sequence > (after ?? -1) && isReached(view, condition, since)) return { reached: true, view };
      if (over) return { reached: false, because: 'ended', view };
    }
    signal?.throwIfAborted();
    return { reached: false, because: 'timeout', view: last! };
  }

  async *subscribe(
    caseId: string,
    { after = -1, signal }: SubscribeOptions,
  ): AsyncGenerator<CaseView, void, undefined> {
    let seen: Head | undefined;
    for await (const { view } of this.#follow(caseId, Number.POSITIVE_INFINITY, signal)) {
      const { head } = view;
      // By hash: a case that was reset goes on from an earlier link under sequences that were seen before.
      if (seen ? head.hash !== seen.hash : head.sequence > after) yield view;
      seen = head;
    }
  }

  /** The present view or an error, then one whenever the case may have moved, until it is over, or time or signal end it. */
  async *#follow(
    caseId: string,
    until: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Followed, void, undefined> {
    const now = Date.now();
    const firstBy = Math.min(now + this.reach.patience, Math.max(until, now + SHORTEST_FIRST_ANSWER_MS));
    let watch = await this.#watch(caseId, firstBy);
    let view: CaseView | undefined = await this.inquiry.view(caseId, firstBy);
    let over = view.status === 'closed' || !watch;
    while (view) {
      yield { view, over };
      if (over || !watch || signal?.aborted) return;
      const stir = await watch.next(until, signal);
      if (stir === 'quiet') return;
      if (stir === 'ended') {
        const open = await this.#eventually(() => this.inquiry.isOpen(caseId), until, signal);
        if (open) watch = await this.#eventually((by) => this.#watch(caseId, by), until, signal);
        over = !open || !watch;
      }
      view = await this.#eventually((by) => this.inquiry.view(caseId, by), until, signal);
      over ||= view?.status === 'closed';
    }
  }

  /** Undefined where Temporal has forgotten the case: then it has closed, if there was one. */
  async #watch(caseId: string, until: number): Promise<CaseWatch | undefined> {
    const attempt = { consequence: `the case '${caseId}' cannot be followed`, caseId, until };
    try {
      return await this.reach.call(attempt, () => CaseWatch.at(this.reach.temporal, caseId));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /** Asks until there is an answer; undefined when time or signal end it. */
  async #eventually<T>(
    ask: (by: number) => Promise<T>,
    until: number,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined> {
    for (let pause = FIRST_PAUSE_MS; Date.now() < until && !signal?.aborted; pause = longer(pause)) {
      try {
        return await unlessAborted(ask(Math.min(until, Date.now() + this.reach.patience)), signal);
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        await unlessAborted(sleep(Math.min(jittered(pause), until - Date.now())), signal);
      }
    }
    return undefined;
  }
}

const longer = (pause: number): number => Math.min(pause * 2, LONGEST_PAUSE_MS);

/** A state counts as reached while the case is in it, and also when a step after `since` went there. */
function isReached(view: CaseView, condition: WaitCondition, since: number): boolean {
  if (typeof condition === 'function') return condition(view);
  const within = (path: string): boolean => path === condition || path.startsWith(`${condition}.`);
  const entered = view.lastSteps.filter(({ sequence }) => sequence > since).flatMap(({ steps }) => steps);
  return view.state.some(within) || entered.some(({ to }) => to.some(within));
}
