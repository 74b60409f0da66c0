import type { Plan } from '../plan';
import type { Section } from '../report';
import type { Workshop } from '../site';
import type { Variant } from '../variants';

export interface Bench {
  plan: Plan;
  workshop: Workshop;
  /** Told what is being done, in a few words. */
  progress(line: string): void;
}

export type Measure = (bench: Bench) => Promise<Pick<Section, 'rows' | 'remarks'>>;

/** One value per round for every variant. */
export type Rounds = Record<Variant, number[]>;

export const noRounds = (): Rounds => ({ ours: [], plain: [], kept: [], floor: [] });
