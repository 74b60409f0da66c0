import type { Client } from '@temporalio/client';
import { temporal as api } from '@temporalio/proto';
import { jittered, sleep } from './reach';
import { INVALID_ARGUMENT, NOT_FOUND, statusOf, Unreachable } from './unreachable';

type History = api.api.workflowservice.v1.IGetWorkflowExecutionHistoryResponse;
type HistoryEvent = api.api.history.v1.IHistoryEvent;

const { EventType } = api.api.enums.v1;

const ENDS = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
]);

/** The server answers a waiting call after some 20 s, with nothing if nothing has happened. */
const LONGEST_WAIT_MS = 65_000;
const LONGEST_PAUSE_MS = 5_000;

/** `moved`: a step may have been taken. `ended`: the run is over and none follows it. `quiet`: the time given is over. */
export type Stir = 'moved' | 'ended' | 'quiet';

/**
 * Follows the history of a case from run to run with the server's long poll: one waiting call at a time, answered when
 * something is written. It needs no worker, and outlives restarts of worker and server.
 */
export class CaseWatch {
  #run: string | undefined;
  #token: Uint8Array | undefined;

  private constructor(
    private readonly temporal: Client,
    private readonly caseId: string,
  ) {}

  /**
   * A watch that stands at the present end of the history: what is read of the case after this is not older than what
   * the watch tells later.
   *
   * @throws WorkflowNotFoundError
   */
  static async at(temporal: Client, caseId: string): Promise<CaseWatch> {
    const watch = new CaseWatch(temporal, caseId);
    const { runId, historyLength } = await temporal.workflow.getHandle(caseId).describe();
    watch.#run = runId;
    for (let seen = 0; seen < historyLength; ) {
      const { history, nextPageToken } = await watch.#page();
      seen = Number(history?.events?.at(-1)?.eventId ?? historyLength);
      if (nextPageToken?.length) watch.#token = nextPageToken;
      else break;
    }
    return watch;
  }

  /** Waits until the case may have moved, at most until `until`. Outages are waited out. */
  async next(until: number, signal?: AbortSignal): Promise<Stir> {
    for (let pause = 100; Date.now() < until && !signal?.aborted; ) {
      try {
        const stir = await this.#stir(until, signal);
        if (stir) return stir;
        pause = 100;
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return 'ended';
        // A token belongs to a branch of the history; after a reset there is another.
        if (statusOf(error) === INVALID_ARGUMENT && this.#token) return this.#again();
        if (!Unreachable.isPassing(error)) throw error;
        if (Date.now() >= until || signal?.aborted) break;
        await unlessAborted(sleep(Math.min(jittered(pause), until - Date.now())), signal);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
    return 'quiet';
  }

  async #stir(until: number, signal: AbortSignal | undefined): Promise<Stir | undefined> {
    const page = await this.#waitingPage(until, signal);
    if (!page) return 'quiet';
    const events = page.history?.events ?? [];
    if (page.nextPageToken?.length) this.#token = page.nextPageToken;
    const next = events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    if (next) {
      this.#run = next;
      this.#token = undefined;
    } else if (events.some((event) => ENDS.has(event.eventType ?? 0))) return 'ended';
    return events.some(isStep) ? 'moved' : undefined;
  }

  #again(): Stir {
    this.#run = undefined;
    this.#token = undefined;
    return 'moved';
  }

  async #waitingPage(until: number, signal: AbortSignal | undefined): Promise<History | undefined> {
    const deadline = Math.min(until, Date.now() + LONGEST_WAIT_MS);
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const call = this.temporal.withAbortSignal(abort.signal, () =>
        this.temporal.withDeadline(deadline, () => this.#page()),
      );
      return await unlessAborted(call, signal);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  #page(): Promise<History> {
    return this.temporal.workflowService.getWorkflowExecutionHistory({
      namespace: this.temporal.options.namespace,
      execution: { workflowId: this.caseId, runId: this.#run ?? null },
      nextPageToken: this.#token ?? null,
      waitNewEvent: true,
      skipArchival: true,
    });
  }
}

/** Steps are committed with the completion of a workflow task. */
function isStep({ eventType }: HistoryEvent): boolean {
  return eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
}

/** Undefined as soon as the signal is given. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (!signal) return work;
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  work.catch(() => {});
  try {
    return signal.aborted ? undefined : await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
