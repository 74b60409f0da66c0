/** The calendar, as it stands at the entrance: the system itself, in the name of the Office, whether or not somebody is there. */
import { recurringObligationProcedure as procedure } from '../../workflows/procedures/recurring-obligation';
import { type Caller, innerSystem } from '../identity';

const SYSTEM = 'calendar';
const OFFICE = { unit: 'X1', seat: 'X1-desk' };

export function calendarCaller(): Caller {
  return innerSystem(SYSTEM, { ...OFFICE, procedure: procedure.name, act: procedure.opening.type });
}
