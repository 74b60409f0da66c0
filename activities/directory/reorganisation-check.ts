/** That a merger, split or renaming can be followed: what ends has ended, what begins is there, nothing goes in a circle. */
import { plusDays } from '../../workflows/law';
import type { Known, Placed, Report } from './check';
import type { Content, Entry } from './content';
import { printPeriod } from './period';
import { seatsOfUnit } from './seats';

type Change = Entry<'reorganisations'>;

export function reorganisations(content: Content, known: Known, report: Report): void {
  const { reorganisations: all } = content;
  const first = new Map<string, Placed>();
  for (const change of all) {
    const earlier = first.get(change.id);
    if (earlier) report(change, `the reorganisation '${change.id}' is there already, at ${earlier.where}`);
    first.set(change.id, earlier ?? change);
    if (Object.keys(change.units).length === 0)
      report(change, 'a reorganisation of nothing; expected units: { D07: D32 }');
    for (const [old, next] of Object.entries(change.units)) followed(content, known, change, old, next, report);
  }
  once(all, report);
  circles(all, report);
}

/** One old unit and where its work goes. */
function followed(
  content: Content,
  known: Known,
  change: Change,
  old: string,
  next: readonly string[],
  report: Report,
): void {
  const missing = [old, ...next].filter((id) => !known.units.has(id));
  for (const id of missing) report(change, `there is no unit '${id}'; expected one of the ids under 'units'`);
  if (missing.length > 0) return;
  const { from } = change;
  const unitOf = (id: string) => content.units.find((unit) => unit.id === id)!;
  for (const id of next) {
    const unit = unitOf(id);
    const isThere = (unit.from === undefined || unit.from <= from) && (unit.to === undefined || unit.to >= from);
    if (!isThere)
      report(
        change,
        `${old} goes into ${id} on ${from}, but ${id} is there ${printPeriod(unit)}; expected it to be there then`,
      );
  }
  // A split of which one part keeps the name.
  if (next.includes(old)) {
    if (next.length === 1) report(change, `${old} goes into itself; expected another unit`);
    return;
  }
  const last = plusDays(from, -1);
  const ended = unitOf(old);
  if (ended.to === undefined || ended.to > last)
    report(ended, `${old} goes into ${next.join(', ')} on ${from}, by ${change.where}; expected to: ${last}`);
  leftovers(content, old, last, report);
}

/** What a unit still has on the day after its last. */
function leftovers(content: Content, old: string, last: string, report: Report): void {
  const unit = content.units.find(({ id }) => id === old)!;
  const further = content.seats.filter((seat) => seat.unit === old).map(({ id }) => id);
  const seats = [...seatsOfUnit(unit).map(({ id }) => id), ...further];
  const outlasts = ({ to }: { to?: string | undefined }) => to === undefined || to > last;
  for (const holder of content.holders)
    if (seats.includes(holder.seat) && outlasts(holder))
      report(
        holder,
        `'${holder.person}' holds '${holder.seat}' ${printPeriod(holder)}, but ${old} ends; expected to: ${last}`,
      );
  for (const portfolio of content.portfolios)
    if (portfolio.units.includes(old) && outlasts(portfolio))
      report(
        portfolio,
        `${old} is in the portfolio of '${portfolio.seat}' ${printPeriod(portfolio)}, but ends; expected to: ${last}, and a new line without it`,
      );
  for (const desk of content.desks)
    if (desk.unit === old && outlasts(desk))
      report(desk, `the desk of ${old} is '${desk.seat}' ${printPeriod(desk)}, but ${old} ends; expected to: ${last}`);
  for (const attendee of content.attendees)
    if (seats.includes(attendee.seat) && outlasts(attendee))
      report(
        attendee,
        `'${attendee.seat}' attends the ${attendee.meeting} meeting ${printPeriod(attendee)}, but ${old} ends; expected to: ${last}`,
      );
}

/** A unit ends once. */
function once(all: readonly Change[], report: Report): void {
  const first = new Map<string, Change>();
  for (const change of all)
    for (const [old, next] of Object.entries(change.units)) {
      if (next.includes(old)) continue;
      const earlier = first.get(old);
      if (earlier) report(change, `${old} has gone into another unit already, at ${earlier.where}; a unit ends once`);
      else first.set(old, change);
    }
}

function circles(all: readonly Change[], report: Report): void {
  const edges = all.flatMap((change) =>
    Object.entries(change.units).flatMap(([old, next]) =>
      next.filter((one) => one !== old).map((one) => ({ old, one, change })),
    ),
  );
  const leads = (from: string, to: string, seen: ReadonlySet<string>): boolean =>
    edges.some(
      ({ old, one }) => old === from && !seen.has(one) && (one === to || leads(one, to, new Set([...seen, one]))),
    );
  for (const { old, one, change } of edges)
    if (leads(one, old, new Set([one])))
      report(
        change,
        `${old} goes into ${one}, which comes back to ${old}; expected an end: give a unit that is founded anew an id of its own`,
      );
}
