/**
 * The delivery loop: takes what must be told from the ledger and brings it to people. Any number of loops, in any number
 * of processes; a drill calls the same round with its own instants. Nobody waits for a receiver that does not answer:
 * neither the case, nor the other recipients.
 */
import type { Head, Instant } from '../../workflows/runtime/workflow/types';
import { type ClaimedTell, type Ledger, LedgerUnavailable } from '../ledger';
import type { Address, Channel, Message, Script } from './channel';
import { compose, isUrgent, type Parcel, parcelsOf, type Recipient, type Render, UNASSIGNED, wokenAt } from './compose';
import { Confirming, messageOf } from './confirming';
import { Dispatcher, type Way } from './dispatch';
import { type Hours, type Office, type Waiting, waitsFor } from './hours';
import { type Pace, usualPace } from './pace';
import { idsOf, leaseOf, Settling } from './settling';
import { several, Ticker } from './ticker';

export interface Contact extends Hours {
  /** Most preferred first; the next is tried when one fails or may not be used now. */
  channels: readonly Address[];
  script?: Script;
}

type Promised<T> = T | Promise<T>;

export interface DeliveryOptions {
  ledger: Pick<Ledger, 'claimTells' | 'keepLease' | 'settleTells' | 'giveUp' | 'confirm' | 'unconfirmedTails'>;
  /** Whom a seat or function means at an instant; undefined when it is unassigned. */
  resolve(recipient: string, at: Instant): Promised<Recipient | undefined>;
  /** The seat alone, where it is known who is away: whoever presides is told in addition then. */
  seatOf?: (recipient: string, at: Instant) => string | undefined;
  contacts(recipient: Recipient, at: Instant): Promised<Contact | undefined>;
  render: Render;
  /** None: everything waits, and is seen in the inbox only. */
  channels: readonly Channel[];
  /** The head a case has now; undefined when it cannot be asked. */
  headOf(caseId: string): Promise<Head | undefined>;
  /** Where notices are acknowledged; without it there is no such link in the texts. */
  linkFor?: (tells: readonly string[], seat: string, at: Instant) => string;
  /** Which days are worked and when notices go out; every day and at once unless told. */
  office?: Office;
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
  /** No channel, no contact, nobody in the seat; or not now: quiet hours, a daily digest, a provider's limit. */
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
const INBOX = 'inbox';
const SWEEP_EVERY_MS = 60_000;
const alwaysOpen: Office = { isWorkingDay: () => true, noticeAt: (instant) => instant };

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
  readonly #dispatcher: Dispatcher;
  readonly #settling: Settling;
  readonly #tickers: Ticker[];
  readonly #onProblem: (sentence: string) => void;
  #swept = Number.NEGATIVE_INFINITY;

  constructor(options: DeliveryOptions) {
    const { clock = Date.now, onProblem = () => {}, ledger, headOf } = options;
    this.#options = options;
    this.clock = clock;
    this.#onProblem = onProblem;
    this.#pace = { ...usualPace, ...options.pace };
    this.#dispatcher = new Dispatcher(this.#pace);
    this.#settling = new Settling({ ledger, pace: this.#pace, onProblem });
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
    const seatOf = this.#options.seatOf && ((recipient: string) => this.#options.seatOf?.(recipient, now));
    const rows = await ledger.claimTells({ now, leaseMs, limit: claimLimit, waiting: channels.length > 0, seatOf });
    if (rows.length === 0) return round;
    const unread = await this.#unread(rows, round);
    const persons = await this.#persons(unread, clock, round);
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

  /** What its reader has acknowledged meanwhile has arrived, by the inbox. */
  async #unread(rows: readonly ClaimedTell[], round: Round): Promise<ClaimedTell[]> {
    const unread: ClaimedTell[] = [];
    for (const row of rows) {
      const { acknowledged } = row;
      if (!acknowledged) unread.push(row);
      else {
        const { at, by: seat } = acknowledged;
        await this.#settling.settle([row], { state: 'delivered', at, channel: INBOX, seat });
        round.delivered += 1;
      }
    }
    return unread;
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
      await this.#settling.failed(
        rows,
        `the directory could not say who ${name} is: ${messageOf(error)}`,
        clock(),
        round,
      );
      return undefined;
    }
    const report = { to: OFFICE, template: UNASSIGNED, data: { recipient: name } };
    const retryAt = clock() + this.#pace.waitingMs;
    await this.#settling.settle(rows, { state: 'unassigned', retryAt, error: `nobody holds ${name}`, report });
    round.waiting += rows.length;
    return undefined;
  }

  /** Sends one person their messages, one after the other. Not reached, the rest is left for the next round. */
  async #serve({ recipient, rows }: Person, serving: Serving): Promise<void> {
    const { clock, round } = serving;
    const ways = await this.#waysTo(recipient, rows, clock, round);
    if (!ways) return;
    const parcels = parcelsOf(await this.#whatMayGo(rows, ways.hours, clock(), round));
    for (let parcel = parcels.shift(); parcel; parcel = parcels.shift()) {
      if (!(await this.#stillOurs(parcel, serving))) continue;
      if ((await this.#send(parcel, recipient, ways, serving)) !== 'unreachable') continue;
      if (parcels.length > 0) await this.#settling.settle(parcels.flat(), { state: 'released' });
      return;
    }
  }

  /** Puts aside what its reader does not want now, until then; all of one instant will leave as one message. */
  async #whatMayGo(rows: readonly ClaimedTell[], hours: Hours, now: Instant, round: Round): Promise<ClaimedTell[]> {
    const { office = alwaysOpen } = this.#options;
    const going: ClaimedTell[] = [];
    const waiting = new Map<Instant, { rows: ClaimedTell[]; waits: Waiting }>();
    for (const row of rows) {
      const waits = isUrgent(row)
        ? undefined
        : waitsFor({ deliverAt: row.deliverAt, wokenAt: wokenAt(row) }, hours, office, now);
      if (!waits) going.push(row);
      else waiting.set(waits.until, { waits, rows: [...(waiting.get(waits.until)?.rows ?? []), row] });
    }
    for (const { rows, waits } of waiting.values()) {
      await this.#settling.settle(rows, {
        state: 'released',
        retryAt: waits.until,
        reason: waits.reason,
        deferred: true,
      });
      round.waiting += rows.length;
    }
    return going;
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
      if (contact && ways.length > 0) return { ways, script: contact.script ?? 'hans', hours: contact };
      const lack = contact ? 'no channel is configured' : 'no contact is known';
      const error = `${channels.length === 0 ? 'no channel is configured' : lack} for ${recipient.seat}`;
      await this.#settling.settle(rows, { state: 'waiting', retryAt: clock() + this.#pace.waitingMs, error });
      round.waiting += rows.length;
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      await this.#settling.failed(rows, `the contacts could not be read: ${messageOf(error)}`, clock(), round);
    }
    return undefined;
  }

  /** Renews the lease when a good part of it has gone by. */
  async #stillOurs(parcel: Parcel, { clock, claimedAt }: Serving): Promise<boolean> {
    const { leaseMs } = this.#pace;
    if (clock() - claimedAt < leaseMs / 3) return true;
    return this.#options.ledger.keepLease(leaseOf(parcel), idsOf(parcel), clock() + leaseMs);
  }

  async #send(
    parcel: Parcel,
    recipient: Recipient,
    { ways, script }: Ways,
    serving: Serving,
  ): Promise<'sent' | 'later' | 'unreachable'> {
    const { clock, round } = serving;
    const { render, mark, linkFor } = this.#options;
    let message: Message;
    try {
      message = compose(parcel, { recipient, at: clock(), render, script, mark, linkFor });
    } catch (error) {
      await this.#settling.failed(parcel, `the text could not be made: ${messageOf(error)}`, clock(), round);
      return 'later';
    }
    const urgent = parcel.some(isUrgent);
    const stillOurs = () => this.#stillOurs(parcel, serving);
    const sent = await this.#dispatcher.send(message, { ways, urgent, clock, stillOurs });
    switch (sent.state) {
      case 'delivered': {
        const { state, channel, tries } = sent;
        await this.#settling.settle(parcel, { state, at: clock(), channel, seat: recipient.seat }, tries);
        round.delivered += parcel.length;
        return 'sent';
      }
      case 'busy': {
        const { until: retryAt, reason, tries } = sent;
        await this.#settling.settle(parcel, { state: 'released', retryAt, reason }, tries);
        round.waiting += parcel.length;
        return 'later';
      }
      case 'failed':
        await this.#settling.failed(parcel, sent.error, clock(), round, sent.tries);
        return 'unreachable';
    }
  }
}

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
  ways: Way[];
  script: Script;
  hours: Hours;
}

function byRecipient(rows: readonly ClaimedTell[]): Map<string, ClaimedTell[]> {
  const groups = new Map<string, ClaimedTell[]>();
  for (const row of rows) groups.set(row.recipient, [...(groups.get(row.recipient) ?? []), row]);
  return groups;
}
