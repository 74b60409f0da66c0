/** What a case itself shows, put in the place of what lists show of it. */
import type { Shown } from './projection';
import { headOf } from './records';
import { reindexCases } from './reindex';
import { ofCase, type Store } from './store';

/**
 * `replaced`: lists show it from now on. `older`: the record has gone on since, nothing was changed. `ahead`: the record
 * lacks the entry it is as of, nothing was changed.
 */
export type Replaced = 'replaced' | 'older' | 'ahead';

export function replaceView(store: Store, shown: Shown): Promise<Replaced> {
  return store.write(ofCase(shown.case), async (writer) => {
    const head = await headOf(writer, shown.case);
    if (shown.sequence < head.sequence) return 'older';
    if (shown.sequence > head.sequence || head.sequence === 0) return 'ahead';
    await writer
      .updateTable('record')
      .set({ projection: JSON.stringify(shown) })
      .where('case_id', '=', shown.case)
      .where('sequence', '=', shown.sequence)
      .execute();
    await reindexCases(writer, [shown.case]);
    return 'replaced';
  });
}
