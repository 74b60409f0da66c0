/** What may be used once: acknowledgement links, ids of signed messages. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Store } from './store';

export interface Token {
  /** A hash of it: the ledger keeps nothing that could be used. */
  token: string;
  purpose: string;
  at: Instant;
}

/** True for the first who spends it, and for nobody after. */
export function spendToken(store: Store, { token, purpose, at }: Token): Promise<boolean> {
  return store.note(async (writer) => {
    const spent = await writer
      .insertInto('spent_token')
      .values({ token, purpose, at })
      .onConflict((on) => on.columns(['purpose', 'token']).doNothing())
      .returning('token')
      .execute();
    return spent.length === 1;
  });
}

/** Whether somebody has spent it. */
export function tokenSpent(store: Store, { token, purpose }: Omit<Token, 'at'>): Promise<boolean> {
  return store.read(async (reader) => {
    const row = await reader
      .selectFrom('spent_token')
      .select('token')
      .where('purpose', '=', purpose)
      .where('token', '=', token)
      .executeTakeFirst();
    return row !== undefined;
  });
}

/** Forgets what was spent before an instant; only for tokens that have expired by then. Answers how many. */
export function dropTokens(store: Store, before: Instant): Promise<number> {
  return store.note(async (writer) => {
    const { numDeletedRows } = await writer.deleteFrom('spent_token').where('at', '<', before).executeTakeFirst();
    return Number(numDeletedRows);
  });
}
