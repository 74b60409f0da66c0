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

/**
 * The server answers a waiting call after some 20 s, with nothing if nothing has happened. Told of an earlier deadline it
 * answers a second before it, again and again; so it is told of a later one, and the call is left when time is up.
 */
const LONGEST_WAIT_MS = 65_000;
/** An empty answer that came sooner was no waiting. */
const SHORTEST_WAIT_MS = 1_000;
const FIRST_PAUSE_MS = 100;
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
    const end = new AbortController();
    const stop = () => end.abort();
    const timer = Number.isFinite(until) ? setTimeout(stop, Math.max(0, until - Date.now())) : undefined;
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    try {
      return (await this.#next(end.signal)) ?? 'quiet';
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      stop();
    }
  }

  async #next(end: AbortSignal): Promise<Stir | undefined> {
    for (let pause = FIRST_PAUSE_MS; !end.aborted; ) {
      const asked = Date.now();
      try {
        const page = await unlessAborted(this.#waitingPage(end), end);
        const stir = page && this.#stir(page);
        if (stir) return stir;
        if (page?.history?.events?.length || Date.now() - asked >= SHORTEST_WAIT_MS) {
          pause = FIRST_PAUSE_MS;
          continue;
        }
      } catch (error) {
        if (statusOf(error) === NOT_FOUND) return 'ended';
        // A token belongs to a branch of the history; after a reset there is another.
        if (statusOf(error) === INVALID_ARGUMENT && this.#token) return this.#again();
        if (!Unreachable.isPassing(error)) throw error;
      }
      await unlessAborted(sleep(jittered(pause)), end);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    return undefined;
  }

  #stir({ history, nextPageToken }: History): Stir | undefined {
    const events = history?.events ?? [];
    if (nextPageToken?.length) this.#token = nextPageToken;
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

  /** The connection never takes its listener off a signal again, so each call has a signal of its own. */
  async #waitingPage(end: AbortSignal): Promise<History> {
    const call = new AbortController();
    const stop = () => call.abort();
    end.addEventListener('abort', stop, { once: true });
    try {
      return await this.temporal.withAbortSignal(call.signal, () =>
        this.temporal.withDeadline(Date.now() + LONGEST_WAIT_MS, () => this.#page()),
      );
    } finally {
      end.removeEventListener('abort', stop);
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
