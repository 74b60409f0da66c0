/** Who hears of a version (spec 2.34, 2.37). */
import { stated } from '../../law/machine';
import { caseData } from '../../runtime/workflow';
import type { CaseData, ChainRung } from '../kit';

export const OFFICE = 'X1';
export const JUSTICE = 'D06';
export const officeDesk = 'X1-desk';

/** An approved version that nobody publishes. */
export const publishDesk: ChainRung[] = [
  { to: [officeDesk, 'sg'], cite: stated([8, 73]) },
  { to: ['evm'], cite: stated([6, 73]) },
  { to: ['mayor'], cite: stated([6, 73]) },
];

/** The desks of all units the case knows of, and who leads. The owners of open cases are told by these themselves. */
export const everybody = (): string[] => [
  ...Object.keys(caseData<CaseData>().names)
    .filter((id) => /^[A-Z]\d{1,2}$/.test(id))
    .map((unit) => `${unit}-desk`),
  'sg',
  'evm',
  'mayor',
];
