import type { LawData } from '../../law/machine';

/** What travels with a case of a procedure. */
export interface CaseData {
  law: LawData;
  /** Names of units and seats for people who read the Temporal UI; never of persons. */
  names: { [id: string]: string };
  /** 【演练】 or 【演示】, where the case is not real. */
  mark?: string;
}
