/** What a package is made of, read from the ledger, or why there can be none. */
import type {
  Attachment,
  DeliveryTry,
  EntranceKey,
  Ledger,
  ListedCase,
  SealedHeads,
  Tell,
} from '../../activities/ledger';
import { GENESIS, hashOf, type Json, type RecordEntry, type Refusal } from '../../workflows/runtime/workflow';

export type ExportLedger = Pick<
  Ledger,
  'caseView' | 'record' | 'keys' | 'sealOver' | 'attachmentsOf' | 'tells' | 'deliveries'
>;

export interface Gathered {
  view: ListedCase;
  /** Oldest first; all of them confirmed, each following the one before. */
  entries: RecordEntry[];
  /** Those that signed something in it. */
  keys: EntranceKey[];
  sealed: SealedHeads | undefined;
  /** Each content once. */
  attachments: Attachment[];
  /** Oldest first. */
  tells: Tell[];
  tries: DeliveryTry[];
}

const ALL = 1_000_000;

export async function gather(ledger: ExportLedger, caseId: string): Promise<{ ok: Gathered } | { refused: Refusal }> {
  const view = await ledger.caseView(caseId);
  const recorded = await ledger.record(caseId);
  const refuse = (code: string, params: { [key: string]: Json } = {}) => ({
    refused: { code, params: { case: caseId, ...params } },
  });
  if (!view || recorded.length === 0) return refuse('no-such-case');
  if (view.status !== 'closed') return refuse('export-open');
  const unconfirmed = recorded.find(({ confirmed }) => !confirmed);
  if (unconfirmed) return refuse('export-unconfirmed', { sequence: String(unconfirmed.entry.sequence) });
  const entries = recorded.map(({ entry }) => entry);
  const broken = entries.findIndex((entry, i) => !follows(entry, entries[i - 1]));
  if (broken >= 0) return refuse('export-broken', { sequence: String(broken + 1) });
  const head = entries.at(-1)!;
  if (view.sequence !== head.sequence) return refuse('export-broken', { sequence: String(view.sequence) });
  const signed = new Set(entries.flatMap(({ by }) => keyIn(by) ?? []));
  return {
    ok: {
      view,
      entries,
      keys: (await ledger.keys()).filter(({ id }) => signed.has(id)),
      sealed: await ledger.sealOver(caseId, head.sequence),
      attachments: onceEach(await ledger.attachmentsOf(caseId)),
      tells: (await ledger.tells({ case: caseId, limit: ALL })).sort(inOrderOfRecord),
      tries: (await ledger.deliveries({ case: caseId, limit: ALL })).sort((a, b) => a.attempt - b.attempt),
    },
  };
}

function follows(entry: RecordEntry, before: RecordEntry | undefined): boolean {
  const { hash, ...body } = entry;
  const isNext = entry.sequence === (before?.sequence ?? 0) + 1 && entry.previous === (before?.hash ?? GENESIS);
  return isNext && hashOf(body) === hash;
}

function keyIn(by: Json | undefined): string | undefined {
  const { signature } = (by ?? {}) as { signature?: { key?: string } };
  return signature?.key;
}

function onceEach(all: readonly Attachment[]): Attachment[] {
  return [...new Map([...all].reverse().map((one) => [one.hash, one])).values()].reverse();
}

const inOrderOfRecord = (a: Tell, b: Tell): number =>
  a.sequence - b.sequence || a.deliverAt - b.deliverAt || (a.id < b.id ? -1 : 1);
