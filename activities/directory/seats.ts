import type { FurtherKind, LeaderKind } from './schema';

export const unitPositions = ['head', 'deputy', 'desk'] as const;
export type UnitPosition = (typeof unitPositions)[number];

export interface Names {
  nameZh: string;
  nameHant: string;
}

/** A place that acts and is told; who holds it changes, the seat does not. */
export interface Seat extends Names {
  id: string;
  kind: LeaderKind | FurtherKind | `unit-${UnitPosition}`;
  /** The unit it belongs to; leaders' seats have none. */
  unit?: string;
}

const positionNames: Record<UnitPosition, Names> = {
  head: { nameZh: '主要负责人', nameHant: '主要負責人' },
  deputy: { nameZh: '分管负责人', nameHant: '分管負責人' },
  desk: { nameZh: '经办', nameHant: '經辦' },
};

/** The seats every unit has by being one: its principal, its deputy in charge, its own inbox. */
export function seatsOfUnit(unit: { id: string; shortZh: string; shortHant: string }): Seat[] {
  return unitPositions.map((position) => ({
    id: `${unit.id}-${position}`,
    kind: `unit-${position}` as const,
    unit: unit.id,
    nameZh: unit.shortZh + positionNames[position].nameZh,
    nameHant: unit.shortHant + positionNames[position].nameHant,
  }));
}

/** The unit a seat id of the form `<unit>-head|deputy|desk` speaks of, known or not. */
export function unitNamedBy(seatId: string): string | undefined {
  return /^([A-Z]\d{1,3})-(?:head|deputy|desk)$/.exec(seatId)?.[1];
}

export const headOfUnit = (unit: string): string => `${unit}-head`;
