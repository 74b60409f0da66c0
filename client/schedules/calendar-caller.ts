/** The calendar, as it stands at the entrance: the system itself, in the name of the Office, whether or not somebody is there. */
import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import type { Caller } from '../identity';

const SYSTEM = 'calendar';
const OFFICE = { unit: 'X1', seat: 'X1-desk' };

export function calendarCaller(): Caller {
  return {
    kind: 'system',
    system: SYSTEM,
    ...OFFICE,
    procedures: [procedure.name],
    acts: [procedure.opening.type],
    entrance: SYSTEM,
    proof: 'word',
  };
}
