/** Taking note of a message. It is written once, and the feed says so. */
import type { Instant } from '../../workflows/runtime/workflow/types';
import { publish } from './feed';
import type { TellRow } from './rows';
import type { Store } from './store';

export interface Acknowledgement {
  /** Its id. */
  tell: string;
  /** The seat that has taken note. */
  by: string;
  /** Further names the seat goes by: its unit, functions such as `evm`. */
  as?: readonly string[] | undefined;
  at: Instant;
  how: 'inbox' | 'link' | 'cli';
}

/** `unknown` also while the entry it rests on is unconfirmed: it has been shown to nobody. */
export type Acknowledged = 'acknowledged' | 'already' | 'unknown' | 'not-yours';

export function acknowledge(store: Store, { tell: id, by, as = [], at, how }: Acknowledgement): Promise<Acknowledged> {
  return store.write(`message ${id}`, async (writer) => {
    const tell = await writer.selectFrom('tell').selectAll().where('id', '=', id).executeTakeFirst();
    if (tell?.confirmed !== 1) return 'unknown';
    if (!isFor(tell, [by, ...as])) return 'not-yours';
    if (tell.acknowledged_at !== null) return 'already';
    await writer
      .updateTable('tell')
      .set({ acknowledged_at: at, acknowledged_by: by, acknowledged_how: how })
      .where('id', '=', id)
      .execute();
    const { case_id, sequence, template, recipient } = tell;
    const data = JSON.stringify({ tell: id, template, recipient, seat: by, how });
    await publish(writer, [{ at, type: 'tell.acknowledged', case_id, sequence, subject: id, data }]);
    return 'acknowledged';
  });
}

/** Meant for one of the names, or brought to one of them. */
const isFor = ({ recipient, seat }: TellRow, names: readonly string[]): boolean =>
  names.includes(recipient) || (seat !== null && names.includes(seat));
