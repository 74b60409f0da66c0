/** What no single entry can show: that ids are known, that nothing is held twice at one time, that lists are complete. */
import type { Content } from './content';
import { OFFICE } from './known';
import { ambiguity, orderOf } from './order';
import { overlap, type Period, printPeriod } from './period';
import { reorganisations } from './reorganisation-check';
import { deskLabels, furtherKinds, UNASSIGNED } from './schema';
import { type Seat, seatsOfUnit, unitNamedBy } from './seats';

export type Placed = { where: string };
export type Report = (at: Placed, sentence: string) => void;

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
  for (const checkOne of checks) checkOne(content, known, report);
  return found;
}

export interface Known {
  units: ReadonlySet<string>;
  seats: ReadonlyMap<string, Seat>;
  persons: ReadonlyMap<string, Content['persons'][number]>;
}

const checks: readonly ((content: Content, known: Known, report: Report) => void)[] = [
  identities,
  requiredSeats,
  furtherSeats,
  scopes,
  holders,
  candidates,
  functions,
  portfolios,
  orders,
  desks,
  attendees,
  periods,
  reorganisations,
];

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
  const [, second] = seats.filter(({ kind }) => kind === 'pg-secretary');
  if (second) report(second, "a second seat of kind 'pg-secretary'; a Party group has one");
  const fixed = {
    mayor: 'mayor',
    sg: 'sg',
    'party-secretary': 'party-secretary',
    'party-office': 'party-office',
  } as const;
  for (const seat of seats) {
    if (seat.kind in fixed && seat.id !== seat.kind)
      report(seat, `the seat of kind '${seat.kind}' has the id '${seat.kind}', found '${seat.id}'`);
  }
}

/** A unit may have deputies beyond the one it has by being one; their ids begin with its own. */
function furtherSeats({ seats }: Content, known: Known, report: Report): void {
  for (const seat of seats) {
    const { id, kind, unit } = seat;
    if (!(furtherKinds as readonly string[]).includes(kind)) {
      if (unit !== undefined)
        report(seat, `'${id}' is a seat of kind '${kind}', which belongs to no unit; take unit out`);
      continue;
    }
    if (unit === undefined) report(seat, `'${id}' is a seat of kind '${kind}'; expected unit, such as D07`);
    else if (knownUnit(unit, seat, known, report) && !new RegExp(`^${unit}-deputy-\\d+$`).test(id))
      report(seat, `a further deputy of ${unit} has an id such as ${unit}-deputy-2, found '${id}'`);
    if (kind === 'office-deputy' && unit !== undefined && unit !== OFFICE)
      report(seat, `a seat of kind 'office-deputy' belongs to ${OFFICE}, the Office; found ${unit}`);
  }
}

function scopes({ units }: Content, known: Known, report: Report): void {
  for (const unit of units) {
    if (unit.under !== undefined) knownUnit(unit.under, unit, known, report);
    if (unit.under !== undefined && unit.kind !== 'administered')
      report(unit, `${unit.id} is of kind '${unit.kind}'; only one of kind 'administered' stands under a department`);

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

/** Candidate until appointed, never both on one day. */
function candidates({ holders, seats }: Content, _: Known, report: Report): void {
  const ofKind = (kind: string) => {
    const ids = seats.filter((seat) => seat.kind === kind).map(({ id }) => id);
    return holders.filter(({ seat }) => ids.includes(seat));
  };
  for (const vm of ofKind('vm')) {
    const both = ofKind('candidate').find(({ person, ...period }) => person === vm.person && overlap(period, vm));
    if (both)
      report(
        vm,
        `'${vm.person}' holds '${vm.seat}' (${printPeriod(vm)}) and is still a candidate (${printPeriod(both)}) at ${both.where}; expected 'to' there, on the day before`,
      );
  }
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
    const { units, subjects = [] } = portfolio;
    if (knownSeat(portfolio.seat, portfolio, known, report)) {
      const { kind } = known.seats.get(portfolio.seat)!;
      if (kind !== 'vm' && kind !== 'mayor')
        report(
          portfolio,
          `'${portfolio.seat}' has no portfolio; expected the seat of a vice mayor, or mayor for what has none`,
        );
    }
    if (units.length + subjects.length === 0) report(portfolio, 'a portfolio of nothing; expected units or subjects');
    for (const unit of units) knownUnit(unit, portfolio, known, report);
    for (const subject of subjects) notAUnit(subject, portfolio, report);
    for (const twice of repeated([...units, ...subjects])) report(portfolio, `the portfolio names '${twice}' twice`);
  }
  const single = content.portfolios.flatMap((portfolio) => [
    ...portfolio.units.map((thing) => ({ ...portfolio, thing, what: 'unit' })),
    ...(portfolio.subjects ?? []).map((thing) => ({ ...portfolio, thing, what: 'subject' })),
  ]);
  oneAtATime(
    single,
    (p) => p.thing,
    (p) => `${p.what} '${p.thing}' is in the portfolio of '${p.seat}'`,
    report,
  );
}

function notAUnit(subject: string, at: Placed, report: Report): void {
  if (/^[A-Z]\d{1,3}$/.test(subject)) report(at, `'${subject}' is no field of work; expected it under units`);
}

const repeated = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))];

function orders(content: Content, known: Known, report: Report): void {
  const vms = content.seats.filter((seat) => seat.kind === 'vm').map((seat) => seat.id);
  const readable = content.appointmentOrder.filter((entry) => {
    const isOne = (entry.order === undefined) !== (entry.ranks === undefined);
    if (!isOne)
      report(entry, 'expected either order, a list of seats, or ranks, a list of seat with rank or appointedOn');
    return isOne;
  });
  for (const entry of readable) {
    const order = orderOf(entry);
    for (const seat of order) {
      if (knownSeat(seat, entry, known, report) && !vms.includes(seat))
        report(entry, `'${seat}' is not in the order of appointment; only the seats of vice mayors are`);
    }
    const missing = vms.filter((vm) => !order.includes(vm));
    if (missing.length > 0)
      report(entry, `the order of appointment leaves out ${missing.join(', ')}; expected every vice mayor`);
    const twice = repeated(order);
    if (twice.length > 0) report(entry, `the order of appointment names ${twice.join(', ')} more than once`);
    const unclear = entry.ranks && twice.length === 0 ? ambiguity(entry.ranks) : undefined;
    if (unclear) report(entry, unclear);
  }
  oneAtATime(
    readable,
    () => 'order',
    (o) => `the order of appointment is ${orderOf(o).join(', ')}`,
    report,
  );
}

function desks(content: Content, known: Known, report: Report): void {
  for (const desk of content.desks) {
    const { unit, subject } = desk;
    if (knownSeat(desk.seat, desk, known, report) && known.seats.get(desk.seat)?.kind !== 'dsg')
      report(desk, `'${desk.seat}' is no deputy secretary-general; expected a seat of kind 'dsg'`);
    if ((unit === undefined) === (subject === undefined)) report(desk, 'expected either unit or subject');
    if (unit !== undefined) knownUnit(unit, desk, known, report);
    if (subject !== undefined) notAUnit(subject, desk, report);
  }
  const labelled = content.desks.flatMap((desk) =>
    (desk.label ? [desk.label] : deskLabels).map((label) => ({ ...desk, label, thing: desk.unit ?? desk.subject })),
  );
  oneAtATime(
    labelled,
    (d) => `${d.thing} ${d.label}`,
    (d) => `the desk ${d.label} of '${d.thing}' is '${d.seat}'`,
    report,
  );
}

function attendees(content: Content, known: Known, report: Report): void {
  for (const entry of content.attendees) {
    if (!knownSeat(entry.seat, entry, known, report)) continue;
    if (['mayor', 'vm', 'sg'].includes(known.seats.get(entry.seat)!.kind))
      report(
        entry,
        `'${entry.seat}' is a member of the standing meeting; expected a seat that attends it without being one`,
      );
  }
  oneAtATime(
    content.attendees,
    (a) => `${a.meeting} ${a.seat}`,
    (a) => `'${a.seat}' attends the ${a.meeting} meeting`,
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
    ...content.attendees,
  ];
  for (const entry of dated) {
    if (entry.from !== undefined && entry.to !== undefined && entry.to < entry.from)
      report(entry, `ends on ${entry.to}, before it begins on ${entry.from}; expected 'to' on or after 'from'`);
  }
}

export function knownUnit(id: string, at: Placed, known: Known, report: Report): boolean {
  const there = known.units.has(id);
  if (!there) report(at, `there is no unit '${id}'; expected one of the ids under 'units'`);
  return there;
}

export function knownSeat(id: string, at: Placed, known: Known, report: Report): boolean {
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
