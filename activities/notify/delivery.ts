/**
 * The delivery loop: takes what must be told from the ledger and brings it to people. Any number of loops, in any number
 * of processes; a drill calls the same round with its own instants. Nobody waits for a receiver that does not answer:
 * neither the case, nor the other recipients.
 */
import type { Head, Instant } from '../../workflows/runtime/workflow/types';
import { type ClaimedTell, type Ledger, LedgerUnavailable, type TellOutcome } from '../ledger';
import type { Address, Channel, Message, Script } from './channel';
import { compose, type Parcel, parcelsOf, type Recipient, type Render, UNASSIGNED } from './compose';
import { Confirming, messageOf } from './confirming';
import { type Pace, retryAfter, usualPace } from './pace';
import { several, Ticker } from './ticker';

export interface Contact {
  /** Most preferred first; the next is tried when one fails. */
  channels: readonly Address[];
  script?: Script;
}

type Promised<T> = T | Promise<T>;

export interface DeliveryOptions {
  ledger: Pick<Ledger, 'claimTells' | 'keepLease' | 'settleTells' | 'giveUp' | 'confirm' | 'unconfirmedTails'>;
  /** Whom a seat or function means at an instant; undefined when it is unassigned. */
  resolve(recipient: string, at: Instant): Promised<Recipient | undefined>;
  contacts(recipient: Recipient, at: Instant): Promised<Contact | undefined>;
  render: Render;
  /** None: everything waits, and is seen in the inbox only. */
  channels: readonly Channel[];
  /** The head a case has now; undefined when it cannot be asked. */
  headOf(caseId: string): Promise<Head | undefined>;
  clock?: () => Instant;
  /** Put on every message where the installation is not the real thing, such as 【演示】. */
  mark?: string | undefined;
  pace?: Partial<Pace>;
  /** Told in a sentence what went wrong and is being tried again; an alarm begins with `ALARM`. */
  onProblem?: (sentence: string) => void;
}

/** Rows by what became of them in one round. */
export interface Round {
  delivered: number;
  /** No channel, no contact, or nobody in the seat. */
  waiting: number;
  /** Tried in vain; tried again later. */
  failed: number;
}

export interface Delivery {
  /** One look at the queue; every instant in it is `now`. */
  runOnce(now?: Instant): Promise<Round>;
  start(): void;
  /** Resolves when what is under way has ended. Channels are closed by whoever made them. */
  stop(): Promise<void>;
}

/** The unit that is told of seats nobody holds: the Office. */
const OFFICE = 'X1-desk';
const SWEEP_EVERY_MS = 60_000;

export function createDelivery(options: DeliveryOptions): Delivery {
  const loop = new DeliveryLoop(options);
  return {
    runOnce: (now = loop.clock()) => loop.runOnce(now),
    start: () => loop.start(),
    stop: () => loop.stop(),
  };
}

class DeliveryLoop {
  readonly clock: () => Instant;
  readonly #options: DeliveryOptions;
  readonly #pace: Pace;
  readonly #confirming: Confirming;
  readonly #tickers: Ticker[];
  readonly #onProblem: (sentence: string) => void;
  #swept = Number.NEGATIVE_INFINITY;

  constructor(options: DeliveryOptions) {
    const { clock = Date.now, onProblem = () => {}, ledger, headOf } = options;
    this.#options = options;
    this.clock = clock;
    this.#onProblem = onProblem;
    this.#pace = { ...usualPace, ...options.pace };
    const { pollMs, rounds } = this.#pace;
    this.#confirming = new Confirming({ ledger, headOf, pace: this.#pace, onProblem });
    const report = (error: unknown) => onProblem(`a round of the delivery loop failed: ${messageOf(error)}`);
    this.#tickers = [
      new Ticker(() => this.#confirming.round(clock()), pollMs, 1, report),
      new Ticker(() => this.#deliver(clock), pollMs, rounds, report),
    ];
  }

  async runOnce(now: Instant): Promise<Round> {
    await this.#confirming.round(now);
    return this.#deliver(() => now);
  }

  start(): void {
    for (const ticker of this.#tickers) ticker.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#tickers.map((ticker) => ticker.stop()));
  }

  async #deliver(clock: () => Instant): Promise<Round> {
    const { ledger, channels } = this.#options;
    const { leaseMs, claimLimit, atOnce } = this.#pace;
    const round: Round = { delivered: 0, waiting: 0, failed: 0 };
    const now = clock();
    await this.#sweep(now);
    const rows = await ledger.claimTells({ now, leaseMs, limit: claimLimit, waiting: channels.length > 0 });
    if (rows.length === 0) return round;
    const persons = await this.#persons(rows, clock, round);
    await several(persons, atOnce, (person) => this.#serve(person, { clock, round, claimedAt: now }));
    return round;
  }

  async #sweep(now: Instant): Promise<void> {
    if (now - this.#swept < SWEEP_EVERY_MS && now >= this.#swept) return;
    this.#swept = now;
    const count = await this.#options.ledger.giveUp(now - this.#pace.giveUpAfterMs);
    if (count > 0)
      this.#onProblem(`${count} messages could not be delivered and are given up; they are listed as such`);
  }

  /** Rows by the person they are for. Rows for nobody are settled at once. */
  async #persons(rows: readonly ClaimedTell[], clock: () => Instant, round: Round): Promise<Person[]> {
    const persons = new Map<string, Person>();
    for (const [name, own] of byRecipient(rows)) {
      const recipient = await this.#resolve(name, own, clock, round);
      if (!recipient) continue;
      const key = recipient.person ?? recipient.seat;
      const person = persons.get(key);
      if (person) person.rows.push(...own);
      else persons.set(key, { recipient, rows: [...own] });
    }
    return [...persons.values()];
  }

  async #resolve(
    name: string,
    rows: readonly ClaimedTell[],
    clock: () => Instant,
    round: Round,
  ): Promise<Recipient | undefined> {
    try {
      const recipient = await this.#options.resolve(name, clock());
      if (recipient) return recipient;
    } catch (error) {
      await this.#failed(rows, `the directory could not say who ${name} is: ${messageOf(error)}`, clock, round);
      return undefined;
    }
    const report = { to: OFFICE, template: UNASSIGNED, data: { recipient: name } };
    const retryAt = clock() + this.#pace.waitingMs;
    await this.#settle(rows, { state: 'unassigned', retryAt, error: `nobody holds ${name}`, report });
    round.waiting += rows.length;
    return undefined;
  }

  /** Sends one person their messages, one after the other. Not reached, the rest is left for the next round. */
  async #serve({ recipient, rows }: Person, { clock, round, claimedAt }: Serving): Promise<void> {
    const ways = await this.#waysTo(recipient, rows, clock, round);
    if (!ways) return;
    const parcels = parcelsOf(rows);
    for (let parcel = parcels.shift(); parcel; parcel = parcels.shift()) {
      if (!(await this.#stillOurs(parcel, clock, claimedAt))) continue;
      if ((await this.#send(parcel, recipient, ways, clock, round)) !== 'unreachable') continue;
      if (parcels.length > 0) await this.#settle(parcels.flat(), { state: 'released' });
      return;
    }
  }

  async #waysTo(
    recipient: Recipient,
    rows: readonly ClaimedTell[],
    clock: () => Instant,
    round: Round,
  ): Promise<Ways | undefined> {
    const { channels } = this.#options;
    try {
      const contact = await this.#options.contacts(recipient, clock());
      const ways = (contact?.channels ?? []).flatMap((address) => {
        const channel = channels.find((one) => one.takes(address));
        return channel ? [{ channel, address }] : [];
      });
      if (ways.length > 0) return { ways, script: contact?.script ?? 'hans' };
      const lack = contact ? 'no channel is configured' : 'no contact is known';
      const error = `${channels.length === 0 ? 'no channel is configured' : lack} for ${recipient.seat}`;
      await this.#settle(rows, { state: 'waiting', retryAt: clock() + this.#pace.waitingMs, error });
      round.waiting += rows.length;
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      await this.#failed(rows, `the contacts could not be read: ${messageOf(error)}`, clock, round);
    }
    return undefined;
  }

  /** Renews the lease when a good part of it has gone by. */
  async #stillOurs(parcel: Parcel, clock: () => Instant, claimedAt: Instant): Promise<boolean> {
    const { leaseMs } = this.#pace;
    if (clock() - claimedAt < leaseMs / 3) return true;
    return this.#options.ledger.keepLease(leaseOf(parcel), idsOf(parcel), clock() + leaseMs);
  }

  async #send(
    parcel: Parcel,
    recipient: Recipient,
    { ways, script }: Ways,
    clock: () => Instant,
    round: Round,
  ): Promise<'sent' | 'unwritable' | 'unreachable'> {
    const { render, mark } = this.#options;
    const errors: string[] = [];
    let message: Message;
    try {
      message = compose(parcel, { recipient, at: clock(), render, script, mark });
    } catch (error) {
      await this.#failed(parcel, `the text could not be made: ${messageOf(error)}`, clock, round);
      return 'unwritable';
    }
    for (const { channel, address } of ways) {
      try {
        await channel.send(message, address);
      } catch (error) {
        errors.push(`${channel.name}: ${withoutAddress(messageOf(error), address)}`);
        continue;
      }
      const outcome = { state: 'delivered', at: clock(), channel: channel.name, seat: recipient.seat } as const;
      await this.#settle(parcel, outcome);
      round.delivered += parcel.length;
      return 'sent';
    }
    await this.#failed(parcel, errors.join('; '), clock, round);
    return 'unreachable';
  }

  async #failed(rows: readonly ClaimedTell[], error: string, clock: () => Instant, round: Round): Promise<void> {
    round.failed += rows.length;
    const first = rows[0];
    if (first) this.#onProblem(`message ${first.id} was not delivered and is tried again: ${error}`);
    for (const attempts of new Set(rows.map((row) => row.attempts))) {
      const retryAt = clock() + retryAfter(this.#pace, attempts);
      await this.#settle(
        rows.filter((row) => row.attempts === attempts),
        { state: 'pending', retryAt, error },
      );
    }
  }

  /** What was sent must be written down, or it is sent again when the lease ends: a busy ledger is waited for. */
  async #settle(rows: readonly ClaimedTell[], outcome: TellOutcome): Promise<void> {
    const { ledger } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await ledger.settleTells(leaseOf(rows), idsOf(rows), outcome);
      } catch (error) {
        if (!(error instanceof LedgerUnavailable) || attempt === SETTLE_ATTEMPTS) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, SETTLE_PAUSE_MS * attempt));
    }
  }
}

const SETTLE_ATTEMPTS = 10;
const SETTLE_PAUSE_MS = 100;

interface Person {
  recipient: Recipient;
  rows: ClaimedTell[];
}

interface Serving {
  clock: () => Instant;
  round: Round;
  claimedAt: Instant;
}

interface Ways {
  ways: { channel: Channel; address: Address }[];
  script: Script;
}

function byRecipient(rows: readonly ClaimedTell[]): Map<string, ClaimedTell[]> {
  const groups = new Map<string, ClaimedTell[]>();
  for (const row of rows) groups.set(row.recipient, [...(groups.get(row.recipient) ?? []), row]);
  return groups;
}

const idsOf = (rows: readonly ClaimedTell[]): string[] => rows.map(({ id }) => id);

/** All rows of a round have the same lease. */
function leaseOf(rows: readonly ClaimedTell[]): string {
  const [first] = rows;
  if (!first) throw new Error('there is no lease without rows');
  return first.lease;
}

const EMAIL = /[^\s<>"',;:]+@[^\s<>"',;:]+/g;
const URL_TEXT = /https?:\/\/\S+/g;

/** Servers like to repeat an address in their answers; the ledger keeps none. */
function withoutAddress(text: string, address: Address): string {
  const own = address.kind === 'email' ? address.address : address.url;
  return text.replaceAll(own, '…').replace(URL_TEXT, '…').replace(EMAIL, '…');
}
