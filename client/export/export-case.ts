/** A closed case as one package that verifies without us. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type RefusalText, refusalText, type Script } from '../../locale';
import type { Head, Refusal } from '../../workflows/runtime/workflow';
import type { AttachmentStore } from '../attachments';
import { AttachmentLost, filesOf } from './files';
import { type ExportLedger, gather } from './gathered';
import { writePackage } from './package';

export interface ExportParts {
  ledger: ExportLedger;
  attachments: Pick<AttachmentStore, 'read'>;
  script: Script;
  /** Of seats and units. */
  nameOf(id: string): string;
}

export interface Exported {
  case: string;
  /** Absolute path of the .zip. */
  file: string;
  bytes: number;
  /** Of the .zip. */
  sha256: string;
  links: number;
  head: Head;
  /** Hash and day of the seal that covers the head; absent while that day has not been sealed. */
  seal?: { day: string; hash: string };
  attachments: number;
  /** Messages in the log of deliveries. */
  messages: number;
}

export type ExportAnswer = { exported: Exported } | { refusal: Refusal; said: RefusalText };

/**
 * Writes the package of a closed case. The same case in the same ledger gives the same bytes.
 *
 * @param file where to; it must not exist yet
 * @returns the package, or in words why there is none; nothing is written then
 * @throws LedgerUnavailable, StorageUnavailable: try again; NotStored: an attachment is damaged
 */
export async function exportCase(parts: ExportParts, caseId: string, file: string): Promise<ExportAnswer> {
  const refuse = (refusal: Refusal): ExportAnswer => ({ refusal, said: refusalText(refusal, parts.script) });
  const target = resolve(file);
  const gathered = await gather(parts.ledger, caseId);
  if ('refused' in gathered) return refuse(gathered.refused);
  if (existsSync(target)) return refuse({ code: 'export-file-exists', params: { file: target } });
  const { ok } = gathered;
  try {
    const { bytes, sha256 } = await writePackage(target, caseId, filesOf(ok, parts));
    const { sequence, hash } = ok.entries.at(-1)!;
    const seal = ok.sealed && { day: ok.sealed.seal.day, hash: ok.sealed.seal.hash };
    return {
      exported: {
        ...{ case: caseId, file: target, bytes, sha256, links: ok.entries.length, head: { sequence, hash } },
        ...(seal ? { seal } : {}),
        ...{ attachments: ok.attachments.length, messages: ok.tells.length },
      },
    };
  } catch (error) {
    if (!(error instanceof AttachmentLost)) throw error;
    const params = { case: caseId, name: error.attachmentName, hash: error.hash };
    return refuse({ code: 'export-attachment-lost', params });
  }
}
