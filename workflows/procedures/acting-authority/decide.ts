/** What follows from what the case knows: who presides, by which version, and what is planned. */
import {
  columnNow,
  dateOf,
  inOrder,
  isAway,
  isViceMayor,
  MAYOR,
  plan,
  presider,
  type Readings,
  type Standing,
  valueAt,
} from '../../law/machine';
import { law } from '../kit';
import { type Context, governmentAt, holdersAt, isLive } from './rules';

export const readings = (at: number): Readings => {
  const day = dateOf(at);
  return {
    minHours: valueAt(law(), 'absence.minHours', day),
    onEvmReturn: valueAt(law(), 'acting.onEvmReturn', day) as Readings['onEvmReturn'],
    onHigherReturn: valueAt(law(), 'acting.onHigherReturn', day) as Readings['onHigherReturn'],
  };
};

type Known = Pick<Context, 'term' | 'held' | 'executive' | 'order' | 'absences' | 'entrustments'>;
type Answer = 'decided' | 'standing' | 'plan' | 'viceMayors' | 'entrustments' | 'turnAt' | 'uncoveredAt';
export type Decided = Pick<Context, Answer>;

/** Everything decided anew at an instant. Entrustments whose period is over end with it. */
export function decide(
  context: Known & Partial<Pick<Context, 'decided' | 'standing' | 'reminded'>>,
  at: number,
): Decided {
  const entrustments = context.entrustments.map((one) =>
    one.endedAt === undefined && !isLive(one, at) ? { ...one, endedAt: one.period.to! } : one,
  );
  const government = governmentAt({ ...context, entrustments }, at);
  const by = readings(at);
  const decided = presider(government, at, by, context.decided);
  const holders = holdersAt(context, at);
  const inOffice = Object.keys(holders).filter((seat) => isViceMayor(seat) && holders[seat] !== undefined);
  const ranked = inOrder(context.order).filter(({ seat, person }) => holders[seat] === person);
  const away = [...new Set(context.absences.flatMap(({ seats }) => seats))].filter((seat) => isSeatAway(seat));
  const { evm } = government;
  const standing: Omit<Standing, 'version' | 'since' | 'asOf'> = {
    case: context.term,
    state: decided.state,
    column: columnNow(decided, government, at, by.minHours),
    ...(decided.presider === undefined ? {} : { presider: decided.presider }),
    ...(holders[MAYOR] === undefined ? {} : { mayor: MAYOR }),
    ...(evm === undefined || holders[evm] === undefined ? {} : { evm }),
    order: ranked.map(({ seat }) => seat),
    away: away.sort(),
    entrustments: entrustments.filter((one) => isLive(one, at)),
  };
  const planned = plan(government, at, by, decided);
  return {
    decided,
    standing: versioned(standing, context.standing, at),
    plan: planned,
    viceMayors: inOffice.sort(),
    entrustments,
    turnAt: nextTurn({ ...context, entrustments }, at),
    uncoveredAt: nextUncovered({ plan: planned, reminded: context.reminded ?? [] }, at),
  };

  /** Of seats whose holders this case does not know, whatever was told of the seat counts. */
  function isSeatAway(seat: string): boolean {
    if (holders[seat] !== undefined) return isAway(seat, government, at, by.minHours);
    const told = context.absences.filter(({ seats }) => seats.includes(seat));
    const persons = Object.fromEntries(told.map(({ person }) => [person, person]));
    return Object.keys(persons).some((person) => isAway(person, { ...government, holders: persons }, at, by.minHours));
  }
}

function nextTurn({ entrustments, held, executive }: Known, at: number): number | undefined {
  const live = entrustments.filter((one) => isLive(one, at));
  const instants = [
    ...live.flatMap(({ period: { from, to } }) => [from, ...(to === undefined ? [] : [to])]),
    ...[...held, ...executive].map(({ from }) => from),
  ];
  return instants.filter((instant) => instant > at).sort((one, other) => one - other)[0];
}

export function nextUncovered({ plan, reminded }: Pick<Context, 'plan' | 'reminded'>, at: number): number | undefined {
  const isOwed = ({ state, from }: Context['plan'][number]) =>
    state === 'awaiting-entrustment' && from > at && !reminded.includes(from);
  return plan.find(isOwed)?.from;
}

/** A new version where another presides; a new instant where anything differs. */
function versioned(
  next: Omit<Standing, 'version' | 'since' | 'asOf'>,
  last: Standing | undefined,
  at: number,
): Standing {
  if (!last) return { ...next, version: 1, since: at, asOf: at };
  const { version, since, asOf, ...before } = last;
  if (next.presider !== before.presider) return { ...next, version: version + 1, since: at, asOf: at };
  return { ...next, version, since, asOf: isSame(next, before) ? asOf : at };
}

export const isSame = (one: object, other: object): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: object): unknown {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}
