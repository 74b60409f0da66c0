/** In which of his seats a caller acts. */
import type { Refusal } from '../../workflows/runtime/workflow';
import { printDays, unknownSeat } from '../authority';
import type { Caller } from './caller';
import type { Identities } from './identities';

/**
 * The seat a caller acts or reads in: the one the request names, where it is one of his; the only one he has, where it
 * names none. That he has it still when the act is stamped is judged there again.
 */
export function seatFor(
  caller: Caller,
  asked: string | undefined,
  identities: Identities,
): { seat: string } | { refused: Refusal } {
  const own = caller.kind === 'system' ? [caller.seat] : caller.seats;
  if (asked !== undefined)
    return own.includes(asked) ? { seat: asked } : { refused: notYours(caller, asked, identities) };
  const [only, ...more] = own;
  if (only === undefined) return { refused: { code: 'no-seat' } };
  if (more.length > 0) return { refused: { code: 'seat-not-named', path: 'seat', params: { seats: [...own] } } };
  return { seat: only };
}

function notYours(caller: Caller, seat: string, identities: Identities): Refusal {
  const { directory } = identities;
  if (!directory.seat(seat)) return unknownSeat(directory, seat, 'seat');
  const periods = caller.kind === 'person' ? identities.periodsOf(caller.person, seat) : [];
  const holders = periods.length > 0 ? { holders: periods.map(printDays).join('；') } : {};
  return { code: 'seat-not-yours', path: 'seat', params: { seat, ...holders } };
}
