import type { Client } from '@temporalio/client';
import { AttemptEnded, isCrowded, knownReason, serverAnswered, Unreachable } from './unreachable';

export interface Attempt {
  /** What is so if nobody answers: the second half of the sentence. */
  consequence: string;
  caseId?: string;
  actId?: string;
  /** Epoch milliseconds; patience from now on unless told. */
  until?: number | undefined;
  /** Throws what says that the case is crowded, instead of trying again. */
  givesWay?: boolean;
}

/** What is left of patience at least for finding out who does not answer. */
export const FINDING_OUT_MS = 250;
const FIRST_PAUSE_MS = 40;
const LONGEST_PAUSE_MS = 1_000;

/** Calls to Temporal that are tried until they succeed, fail for good, or patience ends. */
export class Reach {
  constructor(
    readonly temporal: Client,
    readonly patience: number,
    private readonly taskQueue: string,
  ) {}

  /**
   * Tries until patience ends. A task that could not be completed under load, or a worker that is away, is tried again.
   *
   * @throws Unreachable with one sentence: who did not answer, and what that means for what was asked
   */
  async call<T>(attempt: Attempt, call: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const until = attempt.until ?? now + this.patience;
    // What is left after the last try is for finding out who does not answer.
    const last = until - Math.min(1_000, Math.max(0, until - now) / 4);
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await endedAt(last, () => this.temporal.withDeadline(last, call));
      } catch (cause) {
        if (!Unreachable.isPassing(cause) || (attempt.givesWay && isCrowded(cause))) throw cause;
        const rest = jittered(pause);
        if (Date.now() + rest < last) await sleep(rest);
        else throw await this.unreachable(attempt, cause, until);
      }
    }
  }

  async unreachable({ consequence, caseId, actId }: Attempt, cause: unknown, until: number): Promise<Unreachable> {
    const reason = (await this.#whoIsAway(caseId, until, serverAnswered(cause))) ?? knownReason(cause);
    return new Unreachable(consequence, { cause, ...(reason && { reason }), ...(actId !== undefined && { actId }) });
  }

  async #whoIsAway(caseId: string | undefined, until: number, answered: boolean): Promise<string | undefined> {
    const by = Math.max(until, Date.now() + FINDING_OUT_MS);
    const ask = <T>(call: () => Promise<T>): Promise<T | undefined> =>
      endedAt(by, () => this.temporal.withDeadline(by, call)).catch(() => undefined);
    const { workflowService, options } = this.temporal;
    const { namespace } = options;
    const [server, queue, described] = await Promise.all([
      ask(() => workflowService.getSystemInfo({})),
      ask(() =>
        workflowService.describeTaskQueue({ namespace, taskQueue: { name: this.taskQueue }, taskQueueType: 1 }),
      ),
      caseId === undefined ? undefined : ask(() => this.temporal.workflow.getHandle(caseId).describe()),
    ]);
    if (!answered && !server && !queue && !described)
      return `the Temporal server${addressOf(this.temporal)} does not answer`;
    if (queue?.pollers?.length === 0) return `no worker polls the task queue '${this.taskQueue}'`;
    const failures = (described?.raw.pendingWorkflowTask?.attempt ?? 1) - 1;
    return failures > 0
      ? `the case '${caseId}' is stuck, its workflow task has failed or timed out ${failures} times in a row`
      : undefined;
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Clients that were turned away together must not come back together. */
export const jittered = (ms: number): number => ms * (0.5 + Math.random());

/** The connection's own retries do not look at the deadline while they wait. */
async function endedAt<T>(until: number, call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AttemptEnded('no answer in time')), Math.max(0, until - Date.now()) + 20);
  });
  try {
    return await Promise.race([call(), ended]);
  } finally {
    clearTimeout(timer);
  }
}

function addressOf({ connection }: Client): string {
  const { options } = connection as { options?: { address?: string } };
  return options?.address === undefined ? '' : ` at ${options.address}`;
}
