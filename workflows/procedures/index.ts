/** Every procedure of this version, for the entrance, the printed pages and the tests. The workflow bundle never loads it. */

import type { RecordEntry } from '../runtime/workflow';
import { actingAuthorityProcedure } from './acting-authority';
import { openedBy, type Procedure } from './kit';
import { leaveRequestProcedure } from './leave-request';
import { recurringObligationProcedure } from './recurring-obligation';
import { rulebookVersionProcedure } from './rulebook-version';
import { supervisionItemProcedure } from './supervision-item';

export const procedures: readonly Procedure[] = [
  supervisionItemProcedure,
  actingAuthorityProcedure,
  rulebookVersionProcedure,
  recurringObligationProcedure,
  leaveRequestProcedure,
];

/** The event an entry of the record tells of; the start event where it opened the case. */
export function eventOf({ machine, trigger }: Pick<RecordEntry, 'machine' | 'trigger'>): string {
  if (trigger.kind !== 'open') return trigger.type;
  const procedure = procedures.find(({ name }) => machine.startsWith(`${name}@`));
  return procedure ? openedBy(procedure, trigger.payload ?? null) : trigger.type;
}
