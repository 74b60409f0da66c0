/** Public keys of entrances: with them the signatures in the record can be checked for as long as it is kept. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { Store } from './store';

export interface EntranceKey {
  /** Made of the public key. */
  id: string;
  /** SPKI, PEM. */
  publicKey: string;
  /** Since when stamps are signed with it. */
  since: Instant;
}

const PREFIX = 'entrance-key:';

/** Keeps a key; one that is kept already stays as it is. */
export async function rememberKey(store: Store, { id, publicKey, since }: EntranceKey): Promise<void> {
  const value = JSON.stringify({ publicKey, since });
  await store.note((writer) =>
    writer
      .insertInto('meta')
      .values({ name: PREFIX + id, value })
      .onConflict((on) => on.column('name').doNothing())
      .execute(),
  );
}

/** All keys there have been, the oldest first. */
export function entranceKeys(store: Store): Promise<EntranceKey[]> {
  return store.read(async (reader) => {
    const rows = await reader.selectFrom('meta').selectAll().where('name', 'like', `${PREFIX}%`).execute();
    const keys = rows.map(
      ({ name, value }) => ({ id: name.slice(PREFIX.length), ...JSON.parse(value) }) as EntranceKey,
    );
    return keys.sort((a, b) => a.since - b.since);
  });
}
