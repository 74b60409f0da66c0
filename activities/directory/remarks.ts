/** What a directory leaves open. No fault: it is used as it is, and acts that need what is missing are refused by name. */
import type { Instant } from '../../workflows/law';
import type { Directory } from './directory';

export interface Remark {
  what: 'seats' | 'observers' | 'evm' | 'order' | 'portfolios' | 'party-group' | 'dsg';
  seen: string;
  todo: string;
  /** Seats or units it is about. */
  about: string[];
}

export function remarks(directory: Directory, at: Instant): Remark[] {
  const found = [
    vacantSeats(directory, at),
    observers(directory, at),
    evm(directory, at),
    order(directory, at),
    portfolios(directory, at),
    partyGroup(directory, at),
    deputies(directory, at),
  ];
  return found.filter((one) => one !== undefined);
}

function vacantSeats(directory: Directory, at: Instant): Remark | undefined {
  const vacant = directory.seats.filter(({ id }) => directory.hasSeat(id, at) && !directory.holderOf(id, at));
  return remark(
    'seats',
    vacant.map(({ id }) => id),
    (n) => `${n} of ${directory.seats.length} seats unassigned`,
    {
      todo: 'name holders in a directory file; acts of these seats are refused, and what is told them goes to the Office',
    },
  );
}

/** Article 44; gap 5.35. */
function observers(directory: Directory, at: Instant): Remark | undefined {
  const vacant = directory.fixedAttendees(at).filter(({ holder }) => holder === undefined);
  return remark(
    'observers',
    vacant.map(({ seat }) => seat),
    (n) => `${n} fixed attendees of the standing meeting unassigned`,
    {
      todo: 'name their holders; until then their attendance and leave cannot be recorded, and acts that need them are refused',
    },
  );
}

function evm(directory: Directory, at: Instant): Remark | undefined {
  if (directory.seatOf('evm', at) !== undefined) return undefined;
  return {
    what: 'evm',
    seen: 'no executive vice mayor',
    about: [],
    todo: 'say in the directory which vice mayor it is; the third rung of the ladder does not reach him',
  };
}

function order(directory: Directory, at: Instant): Remark | undefined {
  if (directory.appointmentOrder(at) !== undefined) return undefined;
  return {
    what: 'order',
    seen: 'the order of appointment is not known',
    about: [],
    todo: 'enter it under appointmentOrder; while mayor and executive vice mayor are both away, nobody presides (article 9)',
  };
}

function portfolios(directory: Directory, at: Instant): Remark | undefined {
  const without = directory.units.filter(({ id }) => directory.hasUnit(id, at) && !directory.inCharge(id, at));
  return remark(
    'portfolios',
    without.map(({ id }) => id),
    (n) => `${n} units in no portfolio`,
    {
      todo: 'enter portfolios; what stands directly under the mayor in a line with seat: mayor (5.38)',
    },
  );
}

/** The Party group, whose members convene and decide by article 43. */
function partyGroup(directory: Directory, at: Instant): Remark | undefined {
  const members = directory.members('party-group', at);
  const isLed = directory.seats.some(({ id, kind }) => kind === 'pg-secretary' && directory.holderOf(id, at));
  if (isLed) return undefined;
  return {
    what: 'party-group',
    seen: members.length === 0 ? 'nobody is known to be in the Party group' : 'the Party group has no secretary',
    about: [],
    todo: 'enter seats of kind pg-secretary, pg-deputy, pg-member and who holds them; its meetings cannot be convened until then',
  };
}

function deputies(directory: Directory, at: Instant): Remark | undefined {
  const held = directory.seats.some(({ id, kind }) => kind === 'dsg' && directory.holderOf(id, at));
  if (held) return undefined;
  return {
    what: 'dsg',
    seen: 'no deputy secretary-general',
    about: [],
    todo: 'enter seats of kind dsg, their holders and desks; agenda items and minutes wait for them (articles 47, 50)',
  };
}

function remark(
  what: Remark['what'],
  about: string[],
  seen: (count: number) => string,
  { todo }: Pick<Remark, 'todo'>,
): Remark | undefined {
  return about.length === 0 ? undefined : { what, about, seen: seen(about.length), todo };
}
