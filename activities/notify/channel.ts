/** What leaves the house, and by what way. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Limit } from './limits';

export type Script = 'hans' | 'hant';

/** A robot of a group chat. Its address holds its key; a secret to sign with stands in the environment. */
export interface RobotAddress<Kind extends string = 'wecom' | 'dingtalk' | 'feishu'> {
  kind: Kind;
  url: string;
  /** Name of the environment variable that holds the secret it signs with. */
  secretEnv?: string;
  /** Id, in that chat, of the person who is called by name. */
  mention?: string;
}

/** How somebody is reached. Held by the contacts file only; never in a record, a log or an error. */
export type Address =
  | { kind: 'email'; address: string }
  | { kind: 'webhook'; url: string }
  | RobotAddress<'wecom'>
  | RobotAddress<'dingtalk'>
  | RobotAddress<'feishu'>
  | { kind: 'sms' | 'telephone'; number: string };

export interface Message {
  /** The same message always has the same id, so that a receiver can tell a repetition. */
  id: string;
  /** The seat it is for. */
  seat: string;
  subject: string;
  body: string;
  /** For where there is little room: number and link, no more. */
  short: string;
  /** To be read aloud: the number, and no link. */
  spoken: string;
  /** The cases it speaks of. */
  cases: readonly string[];
  /** When it is sent; of the drill's clock in a drill. */
  at: Instant;
  drill: boolean;
}

export interface Channel {
  /** Written down with every delivery. */
  readonly name: string;
  /** How much its provider takes in a time. */
  readonly limit?: Limit | undefined;
  takes(address: Address): boolean;
  /** What the limit is counted for; the channel as a whole unless told. */
  lane?(address: Address): string;
  /**
   * Resolves once the next hop has taken the message.
   * @throws ChannelBusy when the next hop asks to wait
   * @throws Error when it has not taken it, or it is not known
   */
  send(message: Message, address: Address): Promise<void>;
  close(): Promise<void>;
}

/** The next hop takes nothing for a while: it has been given enough, or says that it is overloaded. */
export class ChannelBusy extends Error {
  constructor(
    message: string,
    /** How long it asked to wait; undefined where it did not say. */
    readonly waitMs?: number,
  ) {
    super(message);
  }
}

/** What an address says of where it leads: the part that nobody may see. */
export function secretOf(address: Address): string {
  if (address.kind === 'email') return address.address;
  return 'number' in address ? address.number : address.url;
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
