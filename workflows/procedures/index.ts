/** Every procedure of this version, for the entrance, the printed pages and the tests. The workflow bundle never loads it. */
import { actingAuthorityProcedure } from './acting-authority';
import type { Procedure } from './kit';
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
