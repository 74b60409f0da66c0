import type { Citation } from '../../law/machine';

/** What every transition carries: where it rests. Typed through `setup({ types: { transitionMeta } })`. */
export interface LawMeta {
  cite: Citation;
}

export const by = (cite: Citation): LawMeta => ({ cite });
