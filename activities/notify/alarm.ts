/**
 * The house's own alarm: what must be said although the queue cannot be used, because nobody works on it. It goes straight
 * to the duty room, without ledger, case or record.
 */
import { digest } from '../../workflows/runtime/workflow/record';
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Channel, Script } from './channel';
import type { Text } from './compose';
import { messageOf } from './confirming';
import type { Contact } from './delivery';
import { Dispatcher } from './dispatch';
import { usualPace } from './pace';

export interface AlarmOptions {
  /** Seats that are told. */
  seats: readonly string[];
  contacts(seat: string, at: Instant): Contact | undefined;
  channels: readonly Channel[];
  /** The sentence as a message. */
  render(sentence: string, script: Script): Text;
  clock?: () => Instant;
  /** Told of whom it did not reach, and why; without addresses. */
  onProblem?: (sentence: string) => void;
}

export interface Alarm {
  /** Tells everybody at once, quiet hours or not. @throws Error when nobody was reached, saying why */
  alarm(sentence: string): Promise<void>;
  /** Closes its channels. */
  close(): Promise<void>;
}

export function createAlarm(options: AlarmOptions): Alarm {
  const { seats, channels, onProblem = () => {} } = options;
  const dispatcher = new Dispatcher(usualPace);
  return {
    async alarm(sentence) {
      const told = await Promise.all(seats.map((seat) => tell(options, dispatcher, seat, sentence)));
      const problems = told.filter((problem) => problem !== undefined);
      for (const problem of problems) onProblem(problem);
      if (problems.length === told.length) throw new Error(`nobody was reached: ${problems.join('; ')}`);
    },
    async close() {
      await Promise.all(channels.map((channel) => channel.close()));
    },
  };
}

/** Answers why a seat was not told; undefined when it was. */
async function tell(
  { contacts, channels, render, clock = Date.now }: AlarmOptions,
  dispatcher: Dispatcher,
  seat: string,
  sentence: string,
): Promise<string | undefined> {
  try {
    const contact = contacts(seat, clock());
    const ways = (contact?.channels ?? []).flatMap((address) => {
      const channel = channels.find((one) => one.takes(address));
      return channel ? [{ channel, address }] : [];
    });
    if (ways.length === 0) return `${seat} has no ${contact ? 'channel that is configured' : 'contact'}`;
    const at = clock();
    const { subject, body, short = subject, spoken = subject } = render(sentence, contact?.script ?? 'hans');
    const id = digest({ seat, sentence, at }).slice(0, 32);
    const message = { id, seat, subject, body, short, spoken, cases: [], at, drill: false };
    const sent = await dispatcher.send(message, { ways, urgent: true, clock });
    if (sent.state === 'delivered') return undefined;
    return `${seat} was not reached: ${sent.state === 'busy' ? sent.reason : sent.error}`;
  } catch (error) {
    return `${seat} was not told: ${messageOf(error)}`;
  }
}
