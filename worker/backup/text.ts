/** What a backup and its restoring answer, in words. */
import type { BackedUp } from './back-up';
import type { Restored } from './restore';

export function backedUpText({
  directory,
  at,
  kind,
  heldMs,
  files,
  bytes,
  ledgerRows,
  attachments,
  notes,
}: BackedUp): string {
  return [
    `${kind} as of ${at} in ${directory}: ${files} files, ${megabytes(bytes)}, ${ledgerRows} rows of the ledger, ${attachments} attachments`,
    `nobody could write to the ledger for ${heldMs} ms`,
    'it holds keys: keep it as safe as the installation',
    ...notes,
  ].join('\n');
}

export function restoredText({ data, at, kind, ledger, verification, temporal, notes }: Restored): string {
  return [
    `${kind} as of ${at} is in ${data}; ledger ${ledger.name}, ${ledger.rows} rows`,
    ...(verification.ok
      ? [`the record is whole: ${verification.cases} cases, ${verification.entries} links, ${verification.seals} seals`]
      : ['THE RECORD IS NOT WHOLE:', ...verification.problems]),
    `bring it up with 'zhengling ${kind === 'city' ? 'up' : kind} --data ${data}' (Temporal server ${temporal.serverVersion})`,
    'what was done after that moment is not in it; messages sent after it are sent again, numbers given after it are given again',
    ...notes,
  ].join('\n');
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MiB`;
