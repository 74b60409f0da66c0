/** Periods that begin, as a drill's coordinator takes them: acts of the calendar among those of scripted people. */

import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import type { Instant, Json } from '../../workflows/runtime/workflow';
import type { ScriptedAct } from '../drill/coordinator';
import { type ObligationStart, obligationStarts } from './periods';

/** @param only which of them the drill is about; all unless told */
export function scriptedStarts(
  of: Parameters<typeof obligationStarts>[0],
  from: Instant,
  to: Instant,
  only: (start: ObligationStart) => boolean = () => true,
): ScriptedAct[] {
  return obligationStarts(of, from, to)
    .filter(only)
    .map(({ at, key, payload }) => ({
      at,
      matter: key,
      procedure: procedure.name,
      seat: 'X1-desk',
      id: `calendar:${key}`,
      act: procedure.opening.type,
      payload: payload as unknown as Json,
      byCalendar: true,
    }));
}
