/**
 * The errand loop: what a case asks of others is taken from the ledger and carried to them, in the order of the case that
 * asks. Any number of loops, in any number of processes; a drill calls the same rounds with its own instants.
 */
import type { Head, Instant } from '../../workflows/runtime/workflow/types';
import type { ClaimedErrand, ErrandSettlement, Ledger } from '../ledger';
import { Confirming, messageOf } from '../notify/confirming';
import { writtenDown } from '../notify/retrying';
import { several, Ticker } from '../notify/ticker';
import { Carrier, type CarrierOptions } from './carrier';
import { type Pace, retryAfter, usualPace } from './pace';

export interface CarryingOptions extends Omit<CarrierOptions, 'ledger' | 'clock' | 'pace'> {
  ledger: CarrierOptions['ledger'] & Pick<Ledger, 'claimErrands' | 'settleErrands' | 'errandTails' | 'confirm'>;
  /** The head a case has now; undefined when it cannot be asked. */
  headOf(caseId: string): Promise<Head | undefined>;
  clock?: () => Instant;
  pace?: Partial<Pace>;
  /** Told in a sentence what went wrong and is being tried again; an alarm begins with `ALARM`: it will not be. */
  onProblem?: (sentence: string) => void;
}

/** Errands by what became of them in one round. */
export interface Round {
  carried: number;
  givenUp: number;
  /** Tried in vain; tried again later. */
  failed: number;
}

export interface Carrying {
  /** Carries what may be carried until nothing is left of it; every instant in it is `now`. One after the other. */
  runOnce(now?: Instant): Promise<Round>;
  start(): void;
  /** Somebody has just written errands: nobody need wait for the next look. */
  soon(): void;
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export function createCarrying(options: CarryingOptions): Carrying {
  return new CarryingLoop(options);
}

class CarryingLoop implements Carrying {
  readonly #options: CarryingOptions & { clock: () => Instant; onProblem: (sentence: string) => void };
  readonly #pace: Pace;
  readonly #confirming: Confirming;
  readonly #ticker: Ticker;
  #isStopping = false;

  constructor(options: CarryingOptions) {
    const { clock = Date.now, onProblem = () => {}, ledger, headOf } = options;
    this.#options = { ...options, clock, onProblem };
    this.#pace = { ...usualPace, ...options.pace };
    const { askAgainMs, abandonAfterMs, claimLimit, atOnce, pollMs, rounds } = this.#pace;
    this.#confirming = new Confirming({
      // Others wait for what these cases ask: they are asked at once, and not only after a while.
      ledger: { confirm: ledger.confirm.bind(ledger), unconfirmedTails: () => ledger.errandTails() },
      headOf,
      pace: { askAfterMs: 0, askAgainMs, abandonAfterMs, claimLimit, atOnce },
      onProblem,
    });
    this.#ticker = new Ticker(
      () => this.#look(),
      pollMs,
      rounds,
      (error) => onProblem(`a round of the errand loop failed: ${messageOf(error)}`),
    );
  }

  async runOnce(now: Instant = this.#options.clock()): Promise<Round> {
    const round: Round = { carried: 0, givenUp: 0, failed: 0 };
    do await this.#confirming.round(now);
    while (await this.#carryNext(() => now, round, 1));
    return round;
  }

  start(): void {
    this.#isStopping = false;
    this.#ticker.start();
    this.soon();
  }

  soon(): void {
    this.#ticker.soon();
  }

  stop(): Promise<void> {
    this.#isStopping = true;
    return this.#ticker.stop();
  }

  async #look(): Promise<void> {
    const { clock } = this.#options;
    // A case that does not say how far it has come holds up nobody else's errands.
    const confirmed = this.#confirming.round(clock());
    await this.#carryAll();
    await confirmed;
    await this.#carryAll();
  }

  async #carryAll(): Promise<void> {
    const round: Round = { carried: 0, givenUp: 0, failed: 0 };
    while (!this.#isStopping && (await this.#carryNext(this.#options.clock, round, this.#pace.atOnce)));
  }

  /** The next errands of each case. False when there are none that may be carried now. */
  async #carryNext(clock: () => Instant, round: Round, atOnce: number): Promise<boolean> {
    const { leaseMs, claimLimit, perCase } = this.#pace;
    const claimed = await this.#options.ledger.claimErrands({ now: clock(), leaseMs, limit: claimLimit, perCase });
    await several([...byCase(claimed).values()], atOnce, (errands) => this.#carryInOrder(errands, clock, round));
    return claimed.length > 0;
  }

  /** Those of one case: one that fails, or takes long, leaves the others to the next round. */
  async #carryInOrder(errands: readonly ClaimedErrand[], clock: () => Instant, round: Round): Promise<void> {
    const begun = clock();
    const settlements: ErrandSettlement[] = [];
    const carrier = new Carrier({ ...this.#options, clock, pace: this.#pace });
    for (const errand of errands) {
      const isLate = clock() - begun > this.#pace.leaseMs / 3;
      const last = settlements.at(-1)?.state;
      if (isLate || this.#isStopping || last === 'pending' || last === 'released')
        settlements.push({ id: errand.id, state: 'released' });
      else settlements.push(await this.#carryOne(carrier, errand, clock));
    }
    const settled = new Set(await this.#settle(errands, settlements));
    for (const [i, errand] of errands.entries()) this.#count(errand, settlements[i], settled.has(errand.id), round);
  }

  async #carryOne(carrier: Carrier, errand: ClaimedErrand, clock: () => Instant): Promise<ErrandSettlement> {
    const { id, attempts } = errand;
    try {
      const carried = await carrier.carry(errand);
      if (carried === 'lost') return { id, state: 'released' };
      const { receipts, problem } = carried;
      const at = clock();
      return problem === undefined
        ? { id, receipts, state: 'carried', at }
        : { id, receipts, state: 'given-up', at, error: problem };
    } catch (error) {
      return { id, state: 'pending', retryAt: clock() + retryAfter(this.#pace, attempts), error: messageOf(error) };
    }
  }

  #count(errand: ClaimedErrand, settlement: ErrandSettlement | undefined, isOurs: boolean, round: Round): void {
    const { onProblem } = this.#options;
    const named = `errand ${errand.id} (${nameOf(errand)})`;
    switch (settlement?.state) {
      case 'carried':
        round.carried += 1;
        break;
      case 'given-up':
        round.givenUp += 1;
        if (isOurs) onProblem(`ALARM: ${named} cannot be carried and is given up: ${settlement.error}`);
        break;
      case 'pending':
        round.failed += 1;
        onProblem(`${named} was not carried and is tried again: ${settlement.error}`);
    }
  }

  async #settle(errands: readonly ClaimedErrand[], settlements: readonly ErrandSettlement[]): Promise<string[]> {
    const [first] = errands;
    if (!first) return [];
    return writtenDown(() => this.#options.ledger.settleErrands(first.case, first.lease, settlements));
  }
}

function byCase(errands: readonly ClaimedErrand[]): Map<string, ClaimedErrand[]> {
  const cases = new Map<string, ClaimedErrand[]>();
  for (const errand of errands) cases.set(errand.case, [...(cases.get(errand.case) ?? []), errand]);
  return cases;
}

function nameOf({ effect }: ClaimedErrand): string {
  return effect.kind === 'startCase' ? `opening of ${effect.procedure}` : effect.type;
}
