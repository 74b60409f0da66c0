/** A ledger as one file: a row a line, compressed. */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { CopiedRow } from '../../activities/ledger';

/** What the rows of a copy have told on their way. */
export interface Copied {
  rows: number;
  /** Hashes of attachments the ledger knows. */
  attachments: Set<string>;
  lastSeal?: { day: string; hash: string };
}

export async function writeRows(file: string, rows: AsyncIterable<CopiedRow>): Promise<Copied> {
  const copied: Copied = { rows: 0, attachments: new Set() };
  const lines = async function* () {
    for await (const one of rows) {
      note(copied, one);
      yield `${JSON.stringify(one)}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file, { mode: 0o600, flush: true }));
  return copied;
}

function note(copied: Copied, { table, row }: CopiedRow): void {
  if (table === 'end') copied.rows = Number(row.rows);
  if (table === 'attachment') copied.attachments.add(String(row.hash));
  // In the order of days.
  if (table === 'seal') copied.lastSeal = { day: String(row.day), hash: String(row.hash) };
}

export async function* readRows(file: string): AsyncGenerator<CopiedRow> {
  const lines = createInterface({
    input: createReadStream(file).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) yield JSON.parse(line) as CopiedRow;
}
