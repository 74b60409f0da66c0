/** One POST to a provider, and what its answer means. Errors never show the address, which may hold a key. */
import { ChannelBusy } from './channel';

export interface Posting {
  url: string;
  body: string;
  headers: Record<string, string>;
  timeoutMs: number;
}

const SECOND = 1_000;
const LONGEST_WAIT_MS = 24 * 60 * 60 * SECOND;
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
/** Answers of providers are a few words; what is longer is no answer of theirs. */
const ANSWER_LIMIT = 64 * 1024;

/**
 * Posts and answers the text of a 2xx. A redirect is not followed: what is sent is for the address that was agreed on.
 *
 * @throws ChannelBusy at 429, and at 503 with Retry-After
 * @throws Error otherwise: refused, unreachable, too slow
 */
export async function post({ url, body, headers, timeoutMs }: Posting): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      signal,
      redirect: 'error',
    });
    if (response.ok) return await textOf(response);
    await response.body?.cancel();
    throw refusal(response);
  } catch (error) {
    if (error instanceof Answered || error instanceof ChannelBusy) throw error;
    if (signal.aborted) throw new Error(`the receiver did not answer within ${timeoutMs} ms`, { cause: error });
    const reason = (error as { cause?: { code?: string; message?: string } }).cause;
    throw new Error(`the receiver could not be reached: ${reason?.code ?? reason?.message ?? 'no connection'}`);
  }
}

class Answered extends Error {}

async function textOf(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > ANSWER_LIMIT) throw new Answered('the receiver answered with more than an answer');
  }
  return text;
}

function refusal(response: Response): Error {
  const { status } = response;
  const waitMs = waitOf(response.headers.get('retry-after'));
  const isBusy = status === TOO_MANY_REQUESTS || (status === UNAVAILABLE && waitMs !== undefined);
  const sentence = `the receiver answered ${status}`;
  return isBusy ? new ChannelBusy(sentence, waitMs) : new Answered(sentence);
}

/** Seconds, or a date of HTTP. */
function waitOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  const text = retryAfter.trim();
  const waitMs = /^\d+$/.test(text) ? Number(text) * SECOND : Date.parse(text) - Date.now();
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), LONGEST_WAIT_MS) : undefined;
}

/** The value at a path such as `result.code` of a JSON answer; undefined where there is none. */
export function fieldOf(text: string, path: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
