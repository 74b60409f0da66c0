/** Every procedure of this version, for the entrance, the printed pages and the tests. The workflow bundle never loads it. */
import type { Procedure } from './kit';
import { supervisionItemProcedure } from './supervision-item';

export const procedures: readonly Procedure[] = [supervisionItemProcedure];
