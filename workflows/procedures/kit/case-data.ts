import type { LawData } from '../../law/machine';

/** What travels with a case of a procedure. */
export interface CaseData {
  law: LawData;
  /** Names of units and seats for people who read the Temporal UI; never of persons. */
  names: { [id: string]: string };
  /** 【演练】 or 【演示】, where the case is not real. */
  mark?: string;
  /** Another version of the rulebook, for which the Office has not chosen yet. Till then the case goes by `law`. */
  choice?: VersionChoice;
  /** The version it was left out of by choice; it is asked again about every later one. */
  stays?: string;
}

export type VersionChoice = {
  from: string;
  to: string;
  /** As it was gathered for this case. */
  law: LawData;
  /** How far up the chain the Office has been pressed for it. */
  rung: number;
};
