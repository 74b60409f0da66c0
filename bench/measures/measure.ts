import type { Plan } from '../plan';
import type { Section } from '../report';
import type { Workshop } from '../site';
import { ratios, type Spread } from '../statistics';
import { type Column, perColumn } from '../variants';

export interface Bench {
  plan: Plan;
  workshop: Workshop;
  /** Told what is being done, in a few words. */
  progress(line: string): void;
}

export type Measure = (bench: Bench) => Promise<Pick<Section, 'rows' | 'remarks'>>;

/** One value per round for every column. */
export type Rounds = Record<Column, number[]>;

export const noRounds = (): Rounds => perColumn();

/** Ours against the same machine on Restate, where that was measured. */
export const againstRestate = ({ ours, restate }: Rounds): { restate?: Spread } =>
  restate.length > 0 ? { restate: ratios(ours, restate) } : {};
