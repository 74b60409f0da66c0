/** What leaves the house, and by what way. */
import type { Instant } from '../../workflows/runtime/workflow/types';

export type Script = 'hans' | 'hant';

/** How somebody is reached. Held by the contacts file only; never in a record, a log or an error. */
export type Address = { kind: 'email'; address: string } | { kind: 'webhook'; url: string };

export interface Message {
  /** The same message always has the same id, so that a receiver can tell a repetition. */
  id: string;
  /** The seat it is for. */
  seat: string;
  subject: string;
  body: string;
  /** The cases it speaks of. */
  cases: readonly string[];
  /** When it is sent; of the drill's clock in a drill. */
  at: Instant;
  drill: boolean;
}

export interface Channel {
  /** Written down with every delivery. */
  readonly name: string;
  takes(address: Address): boolean;
  /** Resolves once the next hop has taken the message. @throws Error when it has not, or it is not known */
  send(message: Message, address: Address): Promise<void>;
  close(): Promise<void>;
}

/** Rejects when `work` takes longer than `limitMs`; the work itself may still end well, unseen. */
export async function within<T>(limitMs: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
