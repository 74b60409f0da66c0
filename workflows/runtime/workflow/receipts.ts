/** The receipts a case remembers, by which it recognises an act that is sent again. */
import type { Receipt } from './receipt';
import { digest } from './record';
import type { Json } from './types';

/** Receipts kept for recognising repetitions; older ones are the ledger's to answer. */
const RECEIPTS = 256;

/** Fingerprint of what an act asks for, by which a repetition is told from another act under the same id. */
export function contentOf(type: string, payload: Json): string {
  return digest({ type, payload }).slice(0, 16);
}

export class Receipts {
  readonly #given: Map<string, Receipt>;

  constructor(carried: readonly [string, Receipt][] = []) {
    this.#given = new Map(carried);
  }

  /** The first receipt of an act with this id. */
  of(actId: string): Receipt | undefined {
    return this.#given.get(actId);
  }

  remember(receipt: Receipt): void {
    this.#given.set(receipt.id, receipt);
    const oldest = this.#given.keys().next().value;
    if (this.#given.size > RECEIPTS && oldest !== undefined) this.#given.delete(oldest);
  }

  carry(): [string, Receipt][] {
    return [...this.#given];
  }
}
