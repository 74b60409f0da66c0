/** Watches over the workers: when nobody takes up what is sent, the duty room is told, once, and once when it is over. */
import type { Client } from '@temporalio/client';
import { outageOver, workersAway } from '../../locale';
import type { Instant } from '../../workflows/runtime/workflow';
import type { Log } from './ports';

export interface WatchOptions {
  temporal: Client;
  taskQueue: string;
  /** Says it aloud; asked again with the next look where it could not. */
  alarm: (sentence: string) => Promise<void>;
  log: Log;
  script: 'hans' | 'hant';
  /** So long nobody polls before the alarm, in milliseconds. */
  afterMs: number;
  everyMs?: number;
  clock?: () => Instant;
}

export interface Watch {
  /** One look; called by itself every now and then. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

const EVERY_MS = 30_000;

/**
 * Begins to watch. Only what the watch has seen itself counts: a gateway that starts while nobody polls waits as long
 * as any other before it alarms.
 */
export function startWatch(options: WatchOptions): Watch {
  const { temporal, taskQueue, alarm, log, script, afterMs, everyMs = EVERY_MS, clock = Date.now } = options;
  let lastSeen = clock();
  let alarmed = false;
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const now = clock();
    const polled = await lastPollOf(temporal, taskQueue).catch(() => undefined);
    if (polled !== undefined) lastSeen = Math.max(lastSeen, Math.min(polled, now));
    const isAway = now - lastSeen >= afterMs;
    if (isAway === alarmed) return;
    const minutes = Math.floor((now - lastSeen) / 60_000);
    const sentence = isAway
      ? workersAway({ taskQueue, minutes, since: lastSeen }, script)
      : outageOver({ taskQueue, at: now }, script);
    try {
      await alarm(sentence);
      alarmed = isAway;
    } catch (error) {
      log.error({ err: error }, 'the duty room could not be told about the workers');
    }
  }

  const oneAtATime = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(() => void oneAtATime(), everyMs);
  timer.unref();
  return {
    look: oneAtATime,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

const WORKFLOW_TASKS = 1;
const DEADLINE_MS = 5_000;

/** When a worker last asked for tasks, as Temporal remembers; undefined where none did lately. */
export async function lastPollOf(temporal: Client, taskQueue: string): Promise<Instant | undefined> {
  const { namespace } = temporal.options;
  const { pollers } = await temporal.withDeadline(Date.now() + DEADLINE_MS, () =>
    temporal.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: WORKFLOW_TASKS,
    }),
  );
  const polls = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000);
  return polls.length === 0 ? undefined : Math.max(...polls);
}
