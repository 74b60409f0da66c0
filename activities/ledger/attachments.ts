/** What is known of attached files. Their content is kept elsewhere, by hash. */
import type { Selectable } from 'kysely';
import type { Instant } from '../../workflows/runtime/workflow/types';
import type { AttachmentTable } from './schema';
import type { Store } from './store';

/** A file as a seat sent it in, or as it was put to a case. */
export interface Attachment {
  /** SHA-256 (hex) of its content. */
  hash: string;
  /** As its sender called it. */
  name: string;
  mediaType: string;
  bytes: number;
  /** The case it belongs to; absent until it is used. */
  case?: string | undefined;
  /** The seat it came from. */
  seat: string;
  at: Instant;
}

/** A content with everybody who sent it in and every case it was put to, oldest first. */
export interface KeptAttachment extends Pick<Attachment, 'hash' | 'mediaType' | 'bytes'> {
  uploads: Pick<Attachment, 'name' | 'case' | 'seat' | 'at'>[];
}

/** The same content of the same seat is kept once for each case and once without, as it was first named. */
export async function keepAttachment(
  store: Store,
  { mediaType, case: caseId = '', ...rest }: Attachment,
): Promise<void> {
  await store.note((writer) =>
    writer
      .insertInto('attachment')
      .values({ ...rest, media_type: mediaType, case_id: caseId })
      .onConflict((on) => on.columns(['hash', 'seat', 'case_id']).doNothing())
      .execute(),
  );
}

export function attachment(store: Store, hash: string): Promise<KeptAttachment | undefined> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('attachment')
      .selectAll()
      .where('hash', '=', hash)
      .orderBy('at')
      .orderBy('seat')
      .orderBy('case_id')
      .execute();
    const [first] = rows;
    if (!first) return undefined;
    const uploads = rows.map(attachmentOf).map(({ hash: _, mediaType: __, bytes: ___, ...upload }) => upload);
    return { hash, mediaType: first.media_type, bytes: first.bytes, uploads };
  });
}

/** Oldest first. */
export function attachmentsOf(store: Store, caseId: string): Promise<Attachment[]> {
  return store.read(async (reader) => {
    const rows = await reader
      .selectFrom('attachment')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('at')
      .orderBy('hash')
      .orderBy('seat')
      .execute();
    return rows.map(attachmentOf);
  });
}

function attachmentOf({ media_type, case_id, ...rest }: Selectable<AttachmentTable>): Attachment {
  return { ...rest, mediaType: media_type, ...(case_id === '' ? {} : { case: case_id }) };
}
