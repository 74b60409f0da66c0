import type { Column, Entrustment, Standing, StandingState } from '../../workflows/law';

export const given = (act: Entrustment['act'], receiver: string, more: Partial<Entrustment> = {}): Entrustment => ({
  id: `E-${act}-${receiver}`,
  giver: 'mayor',
  receiver,
  act,
  mode: 'standing',
  period: { from: 0 },
  ref: 'W-1',
  givenAt: 0,
  ...more,
});

/** One state of things for each column of spec 3.2, and those between them. */
const states: Record<string, { state: StandingState; column: Column; away: string[]; presider?: string }> = {
  A: { state: 'mayor-presiding', column: 'A', away: [], presider: 'mayor' },
  B: { state: 'evm-presiding', column: 'B', away: ['mayor'], presider: 'vm-1' },
  C: { state: 'ranked-vm-presiding', column: 'C', away: ['mayor', 'vm-1'], presider: 'vm-3' },
  D: { state: 'mayor-presiding', column: 'D', away: ['vm-1'], presider: 'mayor' },
  awaiting: { state: 'awaiting-entrustment', column: 'B', away: ['mayor'] },
  back: { state: 'ranked-vm-presiding', column: 'C', away: ['mayor'], presider: 'vm-3' },
  unresolved: { state: 'unresolved', column: 'C', away: ['mayor', 'vm-1', 'vm-3'] },
};

export function standing(of: string, entrustments: Entrustment[] = [], more: Partial<Standing> = {}): Standing {
  const head = { case: 'AA-2026-0001', version: 1, mayor: 'mayor', evm: 'vm-1', since: 0, asOf: 0 };
  return { ...head, order: ['vm-1', 'vm-3', 'vm-2', 'vm-4'], entrustments, ...states[of]!, ...more };
}
