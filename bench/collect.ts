/**
 * Loaded first in the worker process and in each of its threads (`node --expose-gc -r`). Workflows live in a thread of
 * their own, whose heap only that thread can collect.
 */
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

export const CHANNEL = 'bench-collect';

const collect = (globalThis as { gc?: () => void }).gc;

if (!isMainThread && collect) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => {
    collect();
    collect();
  };
  channel.unref();
}
