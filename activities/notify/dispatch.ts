/** One message, by the first way that takes it. A way that may not be used now is waited for or passed over, never forced. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Try } from '../ledger';
import { type Address, type Channel, ChannelBusy, type Message, secretOf } from './channel';
import { messageOf } from './confirming';
import { Limits } from './limits';
import type { Pace } from './pace';

export interface Way {
  channel: Channel;
  address: Address;
}

/** What became of a message. `busy`: nothing is wrong, but no way may be used before `until`. */
export type Sent = { tries: Try[] } & (
  | { state: 'delivered'; channel: string }
  | { state: 'busy'; until: Instant; reason: string }
  | { state: 'failed'; error: string }
);

export interface Sending {
  /** Most preferred first; at least one. */
  ways: readonly Way[];
  urgent: boolean;
  clock: () => Instant;
  /** Asked before each further way: whether the message is still ours to send. Always, unless told. */
  stillOurs?: () => Promise<boolean>;
}

export class Dispatcher {
  readonly #limits = new Limits();

  constructor(private readonly pace: Pick<Pace, 'busyMs' | 'patienceMs'>) {}

  async send(message: Message, { ways, urgent, clock, stillOurs }: Sending): Promise<Sent> {
    const tries: Try[] = [];
    const busy: { until: Instant; reason: string }[] = [];
    const errors: string[] = [];
    for (const [i, way] of ways.entries()) {
      if (i > 0 && stillOurs && !(await stillOurs())) return { state: 'failed', error: 'the lease was lost', tries };
      const lane = laneOf(way);
      const free = this.#limits.freeAt(lane, way.channel.limit);
      const blocked = free > clock() ? { until: free, reason: limited(way.channel) } : undefined;
      const told = blocked ?? (await this.#try(message, way, lane, clock, tries));
      if (told === 'delivered') return { state: told, channel: way.channel.name, tries };
      if ('error' in told) errors.push(told.error);
      else if (!urgent && told.until - clock() <= this.pace.patienceMs) return { state: 'busy', ...told, tries };
      else busy.push(told);
    }
    const soonest = busy.toSorted((a, b) => a.until - b.until)[0];
    if (soonest && errors.length === 0) return { state: 'busy', ...soonest, tries };
    return { state: 'failed', error: [...errors, ...busy.map(({ reason }) => reason)].join('; '), tries };
  }

  async #try(
    message: Message,
    { channel, address }: Way,
    lane: string,
    clock: () => Instant,
    tries: Try[],
  ): Promise<'delivered' | { until: Instant; reason: string } | { error: string }> {
    this.#limits.take(lane, channel.limit, clock());
    try {
      await channel.send(message, address);
      tries.push({ at: clock(), channel: channel.name, outcome: 'delivered' });
      return 'delivered';
    } catch (error) {
      const sentence = withoutAddress(messageOf(error), address);
      const isBusy = error instanceof ChannelBusy;
      tries.push({ at: clock(), channel: channel.name, outcome: isBusy ? 'busy' : 'failed', error: sentence });
      if (!isBusy) return { error: `${channel.name}: ${sentence}` };
      const until = clock() + (error.waitMs ?? this.pace.busyMs);
      this.#limits.close(lane, until);
      return { until, reason: `${channel.name}: ${sentence}` };
    }
  }
}

const laneOf = ({ channel, address }: Way): string => `${channel.name} ${channel.lane?.(address) ?? ''}`;

function limited({ name, limit }: Channel): string {
  return limit ? `${name}: at most ${limit.count} messages in ${limit.perSeconds} s` : `${name}: was asked to wait`;
}

const EMAIL = /[^\s<>"',;:]+@[^\s<>"',;:]+/g;
const URL_TEXT = /https?:\/\/\S+/g;

/** Servers like to repeat an address in their answers; the ledger keeps none. */
export function withoutAddress(text: string, address: Address): string {
  return text.replaceAll(secretOf(address), '…').replace(URL_TEXT, '…').replace(EMAIL, '…');
}
