/**
 * Units the rules name by what they do, by the ids they have in every directory, and what the rules say of units by their
 * kind where the files say nothing.
 */
import type { UnitKind } from './schema';
import { headOfUnit } from './seats';

/** 政府办公室, 政府督查室: the government's own hands. They are no departments. */
export const OFFICE = 'X1';
export const SUPERVISION_OFFICE = 'X2';

/** Article 44: who attends every standing meeting besides the deputy secretaries-general. */
const observers = { drc: 'X3', justice: 'D06', finance: 'D07', audit: 'D20' } as const;
export const standingObservers: readonly string[] = Object.values(observers).map(headOfUnit);

/** Article 4, read by 5.34: the heads of all commissions, offices and bureaus alike. */
export function isMemberByKind({ id, kind }: { id: string; kind: UnitKind }): boolean {
  const isOwn = id === OFFICE || id === SUPERVISION_OFFICE;
  return kind === 'department' || kind === 'commission' || (kind === 'office-unit' && !isOwn);
}
