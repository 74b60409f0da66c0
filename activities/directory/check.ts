/** What no single entry can show: that ids are known, that nothing is held twice at one time, that lists are complete. */
import type { Content } from './content';
import { overlap, type Period, printPeriod } from './period';
import { UNASSIGNED } from './schema';
import { type Seat, seatsOfUnit, unitNamedBy } from './seats';

type Placed = { where: string };
type Report = (at: Placed, sentence: string) => void;

/** Every contradiction of the content, each a sentence that begins with `file:line`. Empty: it may be used. */
export function contradictions(content: Content): string[] {
  const found: string[] = [];
  const report: Report = ({ where }, sentence) => found.push(`${where}: ${sentence}`);
  const seats = [...content.seats, ...content.units.flatMap(seatsOfUnit)] as Seat[];
  const known = {
    units: new Set(content.units.map((unit) => unit.id)),
    seats: new Map(seats.map((seat) => [seat.id, seat])),
    persons: new Map(content.persons.map((person) => [person.id, person])),
  };
  for (const checkOne of [identities, requiredSeats, scopes, holders, functions, portfolios, orders, desks, periods])
    checkOne(content, known, report);
  return found;
}

interface Known {
  units: ReadonlySet<string>;
  seats: ReadonlyMap<string, Seat>;
  persons: ReadonlyMap<string, Content['persons'][number]>;
}

function identities({ units, seats, persons }: Content, _: Known, report: Report): void {
  for (const [what, entries] of Object.entries({ unit: units, seat: seats, person: persons })) {
    const first = new Map<string, Placed>();
    for (const entry of entries) {
      const earlier = first.get(entry.id);
      if (earlier)
        report(entry, `the ${what} '${entry.id}' is there already, at ${earlier.where}; an id names one ${what}`);
      else first.set(entry.id, entry);
    }
  }
  for (const seat of seats) {
    if (unitNamedBy(seat.id)) report(seat, `the seat '${seat.id}' exists with its unit; take the line out`);
  }
}

function requiredSeats({ seats, where }: Content, _: Known, report: Report): void {
  const place = { where: seats[0]?.where ?? where };
  for (const kind of ['mayor', 'vm', 'sg', 'party-secretary'] as const) {
    const all = seats.filter((seat) => seat.kind === kind);
    if (all.length === 0) report(place, `no seat of kind '${kind}' under 'seats'; the rules cannot do without it`);
    const second = all[1];
    if (kind !== 'vm' && second) report(second, `a second seat of kind '${kind}'; there is one, '${all[0]?.id}'`);
  }
  const fixed = { mayor: 'mayor', sg: 'sg', 'party-secretary': 'party-secretary' } as const;
  for (const seat of seats) {
    if (seat.kind in fixed && seat.id !== seat.kind)
      report(seat, `the seat of kind '${seat.kind}' has the id '${seat.kind}', found '${seat.id}'`);
  }
}

function scopes({ units }: Content, _: Known, report: Report): void {
  for (const unit of units) {
    const beside = unit.kind === 'institution' || unit.kind === 'agency';
    if (beside && unit.legalScope?.article !== 74)
      report(
        unit,
        `${unit.id} is an ${unit.kind}: the rules apply to it by article 74; expected legalScope: { article: 74, … }`,
      );
    if (!beside && unit.legalScope)
      report(unit, `${unit.id} is a ${unit.kind}: article 74 does not speak of it; take legalScope out`);
  }
}

function holders(content: Content, known: Known, report: Report): void {
  for (const holder of content.holders) {
    knownSeat(holder.seat, holder, known, report);
    const person = known.persons.get(holder.person);
    if (!person) report(holder, `nobody has the id '${holder.person}'; expected one of the ids under 'persons'`);
    else if (!person.active && holder.to === undefined)
      report(holder, `'${holder.person}' is no longer active but holds '${holder.seat}' without an end; expected 'to'`);
  }
  oneAtATime(
    content.holders,
    (h) => h.seat,
    (h) => `'${h.seat}' is held by '${h.person}'`,
    report,
  );
}

/** A line that says `unassigned` says that nothing is known; another file may know. */
function functions(content: Content, known: Known, report: Report): void {
  const assigned = content.functions.filter((entry) => entry.seat !== UNASSIGNED);
  for (const entry of assigned) {
    if (knownSeat(entry.seat, entry, known, report) && known.seats.get(entry.seat)?.kind !== 'vm')
      report(entry, `'${entry.seat}' cannot be ${entry.function}; expected the seat of a vice mayor, or ${UNASSIGNED}`);
  }
  oneAtATime(
    assigned,
    (f) => f.function,
    (f) => `'${f.function}' is '${f.seat}'`,
    report,
  );
}

function portfolios(content: Content, known: Known, report: Report): void {
  for (const portfolio of content.portfolios) {
    if (knownSeat(portfolio.seat, portfolio, known, report) && known.seats.get(portfolio.seat)?.kind !== 'vm')
      report(portfolio, `'${portfolio.seat}' has no portfolio; expected the seat of a vice mayor`);
    for (const unit of portfolio.units) knownUnit(unit, portfolio, known, report);
  }
  const single = content.portfolios.flatMap((portfolio) => portfolio.units.map((unit) => ({ ...portfolio, unit })));
  oneAtATime(
    single,
    (p) => p.unit,
    (p) => `unit '${p.unit}' is in the portfolio of '${p.seat}'`,
    report,
  );
}

function orders(content: Content, known: Known, report: Report): void {
  const vms = content.seats.filter((seat) => seat.kind === 'vm').map((seat) => seat.id);
  for (const entry of content.appointmentOrder) {
    for (const seat of entry.order) {
      if (knownSeat(seat, entry, known, report) && !vms.includes(seat))
        report(entry, `'${seat}' is not in the order of appointment; only the seats of vice mayors are`);
    }
    const missing = vms.filter((vm) => !entry.order.includes(vm));
    if (missing.length > 0)
      report(entry, `the order of appointment leaves out ${missing.join(', ')}; expected every vice mayor`);
    const twice = vms.filter((vm) => entry.order.filter((seat) => seat === vm).length > 1);
    if (twice.length > 0) report(entry, `the order of appointment names ${twice.join(', ')} more than once`);
  }
  oneAtATime(
    content.appointmentOrder,
    () => 'order',
    (o) => `the order of appointment is ${o.order.join(', ')}`,
    report,
  );
}

function desks(content: Content, known: Known, report: Report): void {
  for (const desk of content.desks) {
    knownSeat(desk.seat, desk, known, report);
    knownUnit(desk.unit, desk, known, report);
  }
  oneAtATime(
    content.desks,
    (d) => `${d.unit} ${d.label}`,
    (d) => `the desk ${d.label} of '${d.unit}' is '${d.seat}'`,
    report,
  );
}

function periods(content: Content, _: Known, report: Report): void {
  const dated = [
    ...content.units,
    ...content.holders,
    ...content.functions,
    ...content.portfolios,
    ...content.appointmentOrder,
    ...content.desks,
  ];
  for (const entry of dated) {
    if (entry.from !== undefined && entry.to !== undefined && entry.to < entry.from)
      report(entry, `ends on ${entry.to}, before it begins on ${entry.from}; expected 'to' on or after 'from'`);
  }
}

function knownUnit(id: string, at: Placed, known: Known, report: Report): boolean {
  const there = known.units.has(id);
  if (!there) report(at, `there is no unit '${id}'; expected one of the ids under 'units'`);
  return there;
}

function knownSeat(id: string, at: Placed, known: Known, report: Report): boolean {
  if (known.seats.has(id)) return true;
  const unit = unitNamedBy(id);
  if (unit !== undefined && !known.units.has(unit)) return knownUnit(unit, at, known, report);
  report(
    at,
    `there is no seat '${id}'; expected an id under 'seats', or a unit's head, deputy or desk such as D07-head`,
  );
  return false;
}

/** Two entries of one thing must not be in force on one day. */
function oneAtATime<E extends Period & Placed>(
  entries: readonly E[],
  thing: (entry: E) => string,
  says: (entry: E) => string,
  report: Report,
): void {
  for (const [i, entry] of entries.entries()) {
    const clash = entries.slice(0, i).find((other) => thing(other) === thing(entry) && overlap(other, entry));
    if (clash)
      report(
        entry,
        `${says(entry)} (${printPeriod(entry)}), but ${says(clash)} (${printPeriod(clash)}) at ${clash.where}; periods must not share a day`,
      );
  }
}
