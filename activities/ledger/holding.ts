/** A moment in which nobody writes, so that what is copied beside the ledger belongs to the same moment. */
import { Store } from './store';

/** Writers come and go within milliseconds; a long one, such as a reindexing, is waited for. */
const PATIENCE_MS = 15_000;

/** @throws LedgerUnavailable when somebody else goes on writing for longer than that */
export async function hold<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const database = store.database.beside({ readonly: false });
  if (!database) throw new TypeError('a ledger in memory has nobody else who writes');
  const own = new Store(database, store.clock);
  try {
    const held = await own.patiently(async () => {
      const transaction = await own.db.startTransaction().execute();
      try {
        await database.hold(transaction);
        return transaction;
      } catch (error) {
        await transaction.rollback().execute();
        throw error;
      }
    }, PATIENCE_MS);
    try {
      return await work();
    } finally {
      await held.rollback().execute();
    }
  } finally {
    await own.close();
  }
}
