/** What the activities of the trials do. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

export async function double({ n }: { n: number }): Promise<number> {
  return n * 2;
}

/** Fails so many times, then answers the number of its attempt. */
export async function flaky({ failures }: { failures: number }): Promise<number> {
  const { attempt } = Context.current().info;
  if (attempt <= failures) throw new Error(`attempt ${attempt} failed`);
  return attempt;
}

export async function refusing(): Promise<never> {
  throw ApplicationFailure.nonRetryable('no funds', 'CardRefused', { missing: 3 });
}

/** Takes its time; hears of a cancellation at the next heartbeat. */
export async function slow({ ms, answer }: { ms: number; answer: number }): Promise<number> {
  const context = Context.current();
  for (const until = Date.now() + ms; Date.now() < until; ) {
    context.heartbeat();
    await context.sleep(Math.max(1, Math.min(200, until - Date.now())));
  }
  return answer;
}
