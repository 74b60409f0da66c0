/**
 * A limit as a budget of time: it stands still while it is stopped and goes on afterwards with what is left, and whoever
 * may extends it. Stops and extensions are ledgers: entries are added, never edited.
 */
import { countingDateOf, dateOfDay, dayNumber, HOUR, type Instant, instantOf, MINUTE, yearOf } from './days';
import { isByDay, type Length, lengthFrom, rolledOver } from './length';
import { type WorkingCalendar, worksOn } from './working-calendar';
import { type Due, dueOn, refuseAmount } from './working-days';

/** A time that does not count, from its first moment up to but not including its last; open while it lasts. */
export interface Stop {
  from: Instant;
  to?: Instant;
  reason: string;
  /** The seat that stopped the clock. */
  who: string;
}

/** So much more, in the unit of the limit. */
export interface Extension {
  by: number;
  /** The seat that granted it. */
  approver: string;
  at: Instant;
  reason: string;
  ref?: string;
}

export interface Term extends Length {
  from: Instant;
  /** The source has its last day go over to the next working day. */
  rollOver?: boolean;
  stops?: readonly Stop[];
  extensions?: readonly Extension[];
}

/** `undefined` while the clock stands: there is no due instant then, only what is left. */
export function termDue(calendar: WorkingCalendar, term: Term): Due | undefined {
  const amount = granted(term);
  const stops = merged(term.stops ?? []);
  const due =
    stops.length === 0
      ? lengthFrom(calendar, term.from, { ...term, amount })
      : counted(calendar, { ...term, amount }, stops);
  return due && term.rollOver && isByDay(term.unit) ? rolledOver(calendar, due) : due;
}

/** The amount of a limit with all that it was extended by. */
export function granted({ amount, extensions = [] }: Pick<Term, 'amount' | 'extensions'>): number {
  return extensions.reduce((sum, { by }) => sum + by, amount);
}

export type ExtensionProblem = 'amount' | 'approver' | 'reason' | 'maximum';

/**
 * What is wrong with one more extension; undefined where nothing is.
 * @param maximum all extensions of the limit together, where a figure of the law gives one
 */
export function extensionAmiss(
  { extensions = [] }: Pick<Term, 'extensions'>,
  { by, approver, reason }: Pick<Extension, 'by' | 'approver' | 'reason'>,
  maximum?: number,
): ExtensionProblem | undefined {
  if (!Number.isInteger(by) || by < 1) return 'amount';
  if (approver.trim() === '') return 'approver';
  if (reason.trim() === '') return 'reason';
  return maximum !== undefined && granted({ amount: 0, extensions }) + by > maximum ? 'maximum' : undefined;
}

/**
 * What of a limit is left at an instant, in days or working days where it is counted by them (months and longer in calendar
 * days), otherwise in milliseconds; 0 once it is over.
 */
export function termLeft(calendar: WorkingCalendar, term: Term, at: Instant): number {
  const stops = merged(term.stops ?? []).filter(({ from }) => from < at);
  const amount = granted(term);
  if (!isByDay(term.unit)) {
    const budget = clockBudget({ ...term, amount });
    const stood = stops.reduce((sum, stop) => sum + standing(stop, term.from, at), 0);
    return Math.max(0, budget - Math.max(0, at - term.from - stood));
  }
  const budget = dayBudget(calendar, { ...term, amount });
  const first = dayNumber(countingDateOf(term.from)) + 1;
  const today = dayNumber(countingDateOf(at));
  let used = 0;
  for (let day = first; day <= today && used < budget; day++) {
    if (dueOn(calendar, dateOfDay(day)) <= at && counts(calendar, term.unit, day, stops)) used++;
  }
  return budget - used;
}

interface Span {
  from: Instant;
  /** Infinity while it lasts. */
  to: Instant;
}

/** In order, without overlaps, none that lasts no time: one time stopped twice stands still once. */
function merged(stops: readonly Stop[]): Span[] {
  const spans = stops
    .map(({ from, to = Number.POSITIVE_INFINITY }) => ({ from, to }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else result.push({ ...span });
  }
  return result;
}

function counted(calendar: WorkingCalendar, term: Term, stops: readonly Span[]): Due | undefined {
  refuseAmount(term.amount);
  if (!isByDay(term.unit)) return byClock(term, stops);
  const budget = dayBudget(calendar, term);
  if (budget === 0) return lengthFrom(calendar, term.from, term);
  const first = dayNumber(countingDateOf(term.from)) + 1;
  let day = first - 1;
  for (let left = budget; left > 0; ) {
    day++;
    if (standsForGood(calendar, day, stops)) return undefined;
    if (counts(calendar, term.unit, day, stops)) left--;
  }
  const dueAt = dueOn(calendar, dateOfDay(day));
  const provisional = term.unit === 'workingDays' && hasUnpublished(calendar, first, day);
  return { dueAt, provisional };
}

/** By the clock: every stop that begins before the end moves the end. */
function byClock(term: Term, stops: readonly Span[]): Due | undefined {
  let dueAt = term.from + clockBudget(term);
  for (const { from, to } of stops) {
    if (to <= term.from) continue;
    if (from >= dueAt) break;
    dueAt += to - Math.max(from, term.from);
  }
  return Number.isFinite(dueAt) ? { dueAt, provisional: false } : undefined;
}

const clockBudget = ({ unit, amount }: Length): number => amount * (unit === 'minutes' ? MINUTE : HOUR);

const standing = ({ from, to }: Span, begin: Instant, end: Instant): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, begin));

/** Days to be counted. Months and longer are as many calendar days as they would be without a stop. */
function dayBudget(calendar: WorkingCalendar, term: Term): number {
  if (term.unit === 'days' || term.unit === 'workingDays') return term.amount;
  const { dueAt } = lengthFrom(calendar, term.from, term);
  return dayNumber(countingDateOf(dueAt)) - dayNumber(countingDateOf(term.from));
}

/** Only a whole day counts, as the first day does not: one on which the clock stood for a while is given back. */
function counts(calendar: WorkingCalendar, unit: Length['unit'], day: number, stops: readonly Span[]): boolean {
  if (unit === 'workingDays' && !worksOn(calendar, day)) return false;
  const date = dateOfDay(day);
  const [begin, end] = [instantOf(date, '00:00'), dueOn(calendar, date)];
  return !stops.some(({ from, to }) => from < end && to > begin);
}

function standsForGood(calendar: WorkingCalendar, day: number, stops: readonly Span[]): boolean {
  const last = stops.at(-1);
  return last?.to === Number.POSITIVE_INFINITY && last.from < dueOn(calendar, dateOfDay(day));
}

function hasUnpublished(calendar: WorkingCalendar, first: number, last: number): boolean {
  for (let year = yearOf(dateOfDay(first)); year <= yearOf(dateOfDay(last)); year++)
    if (!calendar.published.has(year)) return true;
  return false;
}
