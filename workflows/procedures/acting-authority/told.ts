/** Who hears of what (spec 2.1 "Notifications", 2.37), and what other cases are told. */
import { type Citation, derived, type Entrustment, type Standing, stated } from '../../law/machine';
import { caseData } from '../../runtime/workflow';
import { type CaseData, draftPaper, notifyCases, tell } from '../kit';
import { isUnit } from '../kit/payload';
import type { Decided } from './decide';
import { isSame } from './decide';
import type { Context } from './rules';

const secretaryGeneral = 'sg';
export const office = 'X1-desk';
const DUTY = { procedure: 'duty-watch' } as const;
const rests: Citation = stated([6, 9]);

/** Duty rooms are the desks of the units; which units there are travels with the case. */
function dutyRooms(): string[] {
  const { names } = caseData<CaseData>();
  return Object.keys(names)
    .filter(isUnit)
    .map((unit) => `${unit}-desk`);
}

const everybody = ({ viceMayors }: Pick<Context, 'viceMayors'>): string[] => [
  ...viceMayors,
  secretaryGeneral,
  office,
  ...dutyRooms().filter((desk) => desk !== office),
];

const dataOf = ({ presider, state, since, version }: Standing) => ({
  ...(presider === undefined ? {} : { presider }),
  standing: state,
  since,
  version,
});

export function pressEntrustment({ standing }: Context): void {
  tell({
    to: [secretaryGeneral, standing.mayor],
    template: 'acting.entrustment-awaited',
    cite: stated([8, 9]),
    data: dataOf(standing),
    atOnce: true,
  });
}

export function pressEverybody({ viceMayors, standing, decided }: Context): void {
  const { reason } = decided;
  tell({
    to: [secretaryGeneral, office, ...viceMayors, standing.mayor],
    template: 'acting.unresolved',
    cite: stated(9),
    data: { ...dataOf(standing), ...(reason === undefined ? {} : { reason }) },
    atOnce: true,
  });
}

export function remindEntrustment({ standing }: Context, from: number): void {
  tell({
    to: [standing.mayor, secretaryGeneral],
    template: 'acting.entrustment-lead',
    cite: derived(9),
    data: { from },
    atOnce: true,
  });
}

/** The term has begun: every open case hears who presides. */
export function announceTerm(context: Context): void {
  announcePresider(context);
  notifyCases({ to: { every: true }, type: 'PRESIDER_CHANGED', payload: { ...context.standing }, cite: rests });
  for (const entrustment of context.standing.entrustments) announceEntrustment(context, entrustment, false);
}

/** Whatever changed is told to those whom it touches. */
export function announce(before: Standing, next: Pick<Decided, 'standing' | 'viceMayors'>): void {
  const { standing } = next;
  if (standing.version !== before.version) announcePresider(next);
  if (standing.version !== before.version || !isSame(headOf(standing), headOf(before))) tellCases(before, standing);
  for (const entrustment of differing(standing.entrustments, before.entrustments))
    announceEntrustment(next, entrustment, false);
  for (const entrustment of differing(before.entrustments, standing.entrustments))
    announceEntrustment(next, entrustment, true);
}

export function announceEnd(standing: Standing): void {
  notifyCases({ to: { every: true }, type: 'PRESIDER_CHANGED', payload: { ...standing }, cite: rests });
}

function announcePresider(next: Pick<Decided, 'standing' | 'viceMayors'>): void {
  const data = dataOf(next.standing);
  tell({ to: everybody(next), template: 'acting.presider', cite: rests, data, atOnce: true });
  draftPaper('presider-notice', rests, data);
}

/** What decides which seats sign and chair; the absences of other vice mayors are told by their leaves. */
function headOf({ presider, state, column, mayor, evm }: Standing): object {
  return { presider, state, column, mayor, evm };
}

/** Cases that wait on a seat touched, and the duty watch. */
function tellCases(before: Standing, standing: Standing): void {
  const touched = [before.presider, standing.presider, before.mayor, standing.mayor, before.evm, standing.evm, 'evm'];
  const seats = [...new Set(touched.filter((seat) => seat !== undefined))];
  const payload = { ...standing };
  notifyCases({ to: { awaiting: seats }, type: 'PRESIDER_CHANGED', payload, cite: rests });
  notifyCases({ to: DUTY, type: 'PRESIDER_CHANGED', payload, cite: rests });
}

function announceEntrustment({ standing }: Pick<Decided, 'standing'>, entrustment: Entrustment, ended: boolean): void {
  const { receiver, giver, act, period } = entrustment;
  const cite = citeOf(act);
  const data = { receiver, giver, entrusted: act, ...(period.to === undefined ? {} : { until: period.to }) };
  const message = ended ? { template: 'acting.entrustment-ended' } : { template: 'acting.entrusted' };
  tell({ to: [receiver, giver, secretaryGeneral, office], ...message, cite, data, atOnce: true });
  const payload = { entrustment, ended, standing };
  notifyCases({ to: { awaiting: [receiver, giver] }, type: 'ENTRUSTMENT_CHANGED', payload, cite });
  notifyCases({ to: DUTY, type: 'ENTRUSTMENT_CHANGED', payload, cite });
}

const differing = (one: readonly Entrustment[], other: readonly Entrustment[]): Entrustment[] =>
  one.filter(({ id }) => !other.some((known) => known.id === id));

const articles = {
  preside: stated(9),
  'chair-standing': stated(44),
  'chair-party-group': stated(43),
  'hold-special': stated(46),
  task: stated(7),
};

export const citeOf = (act: Entrustment['act']): Citation => articles[act];
