/** Presence as other cases see it: what the projection says of it, and the notices that carry it (spec 2.0b). */
import { type Absence, type Citation, derived, type Span } from '../../law/machine';
import { now } from '../../runtime/workflow';
import { type NoticeTo, notifyCases } from '../kit';
import { type Context, intervalOf, thisCase } from './rules';

type Change = 'ABSENCE_PLANNED' | 'ABSENCE_CANCELLED' | 'ABSENCE_STARTED' | 'ABSENCE_ENDED';

/** Who presides; the watch of the unit; agenda items and meetings that may name a seat of the person. */
const AUTHORITY = 'acting-authority';
const LEAVES = 'leave-request';
const concerned = [
  AUTHORITY,
  'duty-watch',
  'standing-agenda-item',
  'meeting-agenda-item',
  'plenary-meeting',
  'party-group-meeting',
  'standing-meeting',
  'mayors-office-meeting',
  'special-meeting',
];

const cite: Citation = derived([9, 71]);

/** Tells whoever plans by it. The other of mayor and executive vice mayor may be waiting for this one's way to be free. */
export function tellAbsence(context: Context, type: Change, { interval, basis }: Pick<Absence, 'interval' | 'basis'>) {
  const { person, seats, notWith } = context;
  const payload = { person, seats, interval, basis, case: thisCase() };
  const waiting = type !== 'ABSENCE_PLANNED' && notWith.length > 0 ? [LEAVES] : [];
  for (const procedure of [...concerned, ...waiting]) notifyCases({ to: { procedure }, type, payload, cite });
}

/** P01 keeps one list, so that of two requests in one moment only one gets through. */
export function askReservation({ person, seats, term, excepted }: Context, interval: Span): void {
  const payload = { person, seats, interval, case: thisCase(), excepted };
  notifyCases({ to: keeperOf(term), type: 'RESERVE_ABSENCE', payload, cite: derived(71) });
}

/** What an extension asked for is asked for no more; the absence goes on. */
export function releaseExtension({ person, seats, term }: Context, interval: Span): void {
  const payload = { person, seats, interval, case: thisCase() };
  notifyCases({ to: keeperOf(term), type: 'RELEASE_RESERVATION', payload, cite: derived(71) });
}

/** What was asked for is asked for no more; a request that waits for it hears so after P01. */
export function releaseReservation(context: Context, interval: Span): void {
  const { person, seats } = context;
  releaseExtension(context, interval);
  const payload = { person, seats, interval, case: thisCase() };
  notifyCases({ to: { procedure: LEAVES }, type: 'ABSENCE_CANCELLED', payload, cite: derived(71) });
}

const keeperOf = (term: string | undefined): NoticeTo =>
  term === undefined ? { procedure: AUTHORITY } : { case: term };

/** While somebody is away, and from handing in a request until it is refused or taken back. */
export function absenceOf(context: Context, main: string): Absence | undefined {
  const { person, seats, leftAt = now() } = context;
  const common = { person, seats, case: thisCase() };
  switch (main) {
    case 'checking':
    case 'exclusion-hold':
    case 'awaiting-approvals':
      return { ...common, interval: intervalOf(context), basis: 'leave', state: 'asked' };
    case 'approved':
    case 'filing':
      return { ...common, interval: intervalOf(context), basis: 'leave', state: 'granted' };
    case 'on-leave':
    case 'recalled':
      return { ...common, interval: intervalOf({ ...context, from: leftAt }), basis: 'leave', state: 'open' };
    // Later than planned, or never planned: until when, nobody knows.
    case 'overstayed':
      return { ...common, interval: { from: leftAt }, basis: 'leave', state: 'open' };
    case 'observed':
      return { ...common, interval: { from: leftAt }, basis: 'observed', state: 'open' };
    default:
      return undefined;
  }
}
