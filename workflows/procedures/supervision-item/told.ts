/** Who hears of what (spec 2.25 "Escalation", 2.37). Seats, and `evm` for whoever is executive vice mayor that day. */
import { stated } from '../../law/machine';
import type { ChainRung } from '../kit';
import type { Context } from './rules';

export const supervisionOffice = 'X2-desk';
export const office = 'X1-desk';
const secretaryGeneral = 'sg';
const executiveViceMayor = 'evm';
export const mayor = 'mayor';
const auditBureau = 'D20-desk';

type Seats = (string | undefined)[];
export type Level = 1 | 2 | 3;

/** Escalation chains of desks: who is pressed on each rung, and the article that puts him there. */
export const reviewDesk: ChainRung[] = [
  { to: [supervisionOffice, secretaryGeneral], cite: stated([8, 73]) },
  { to: [executiveViceMayor], cite: stated([6, 73]) },
  { to: [mayor], cite: stated([6, 73]) },
];
export const dispatchDesk: ChainRung[] = [
  { to: [office], cite: stated(62) },
  { to: [secretaryGeneral], cite: stated([8, 62]) },
];

export const handler = ({ lead }: Context): string | undefined => lead && `${lead}-desk`;
const unitHead = ({ lead }: Context): string | undefined => lead && `${lead}-head`;

export const audience = {
  change: (c: Context): Seats =>
    c.lead ? [handler(c), supervisionOffice, ...c.leadVms] : [supervisionOffice, c.openedBy.seat],
  assignment: (c: Context): Seats => [
    handler(c),
    unitHead(c),
    ...c.supporting.map((unit) => `${unit}-desk`),
    supervisionOffice,
    ...c.leadVms,
    ...(c.specialFunds ? [auditBureau] : []),
  ],
  closing: (c: Context): Seats => [...audience.assignment(c), secretaryGeneral],
  reminder: (c: Context): Seats => [handler(c)],
  progress: (c: Context): Seats => [handler(c), supervisionOffice],
  unitFinding: (c: Context): Seats => [handler(c), unitHead(c), supervisionOffice],
  leaderFinding: (c: Context): Seats => [...c.leadVms, supervisionOffice],
};

const rung: Record<Level, (c: Context) => Seats> = {
  1: (c) => [handler(c), unitHead(c)],
  2: (c) => [...c.leadVms, secretaryGeneral],
  3: () => [executiveViceMayor, mayor],
};

/** The persons of one level; `fromBelow` where an item falls overdue straight into it, so that nobody below is passed over. */
export function levelAudience(c: Context, level: Level, fromBelow = false): Seats {
  const levels = ([1, 2, 3] as const).filter((l) => (fromBelow ? l <= level : l === level));
  return levels.flatMap((l) => rung[l](c));
}
