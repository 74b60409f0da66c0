/** The files of a package. Everything in them follows from what was gathered: no clock, no host, nothing random. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { packageRoot } from '../../activities/directory';
import type { Json, RecordEntry } from '../../workflows/runtime/workflow';
import { type AttachmentStore, sha256 } from '../attachments';
import type { Gathered } from './gathered';
import type { PackageFile } from './package';
import { type PageOptions, recordPage } from './page';

export interface FilesOptions extends PageOptions {
  attachments: Pick<AttachmentStore, 'read'>;
}

/** An attachment the ledger names is not in the storage any more. */
export class AttachmentLost extends Error {
  constructor(
    readonly hash: string,
    readonly attachmentName: string,
  ) {
    super(`the attachment ${hash} is not in the storage`);
  }
}

const SUMS = 'SHA256SUMS';
const ENCLOSED = ['README.txt', 'verify.py', 'verify_signatures.py'];
const DIGITS = 6;

/** @throws AttachmentLost, StorageUnavailable, NotStored */
export async function* filesOf(gathered: Gathered, options: FilesOptions): AsyncGenerator<PackageFile> {
  const sums: string[] = [];
  const listed = (file: PackageFile): PackageFile => {
    sums.push(`${sha256(file.bytes)}  ${file.path}\n`);
    return file;
  };
  for (const name of ENCLOSED) yield listed({ path: name, bytes: readFileSync(join(enclosed(), name)) });
  yield listed(text('record.html', recordPage(gathered, options)));
  yield listed(json('index.json', indexOf(gathered)));
  yield listed(json('deliveries.json', deliveriesOf(gathered)));
  for (const entry of gathered.entries) yield listed(linkFile(entry));
  for (const { id, publicKey } of gathered.keys) yield listed(text(`keys/${id}.pem`, publicKey));
  for (const file of sealFiles(gathered)) yield listed(file);
  for (const { hash, name } of gathered.attachments) {
    const bytes = await options.attachments.read(hash);
    if (!bytes) throw new AttachmentLost(hash, name);
    yield listed({ path: `attachments/${hash}`, bytes, asItIs: true });
  }
  yield text(SUMS, sums.join(''));
}

const enclosed = (): string => join(packageRoot(), 'client', 'export', 'enclosed');

const text = (path: string, content: string): PackageFile => ({ path, bytes: Buffer.from(content, 'utf8') });

/** For people to read: in lines. */
const json = (path: string, value: unknown): PackageFile => text(path, `${JSON.stringify(value, null, 2)}\n`);

/** For hashing: RFC 8785, as the record hashes. */
const exact = (path: string, value: unknown): PackageFile =>
  text(path, canonicalize(JSON.parse(JSON.stringify(value))) ?? 'null');

const linkPath = ({ sequence }: RecordEntry): string => `record/${String(sequence).padStart(DIGITS, '0')}.json`;

function linkFile(entry: RecordEntry): PackageFile {
  const { hash, ...body } = entry;
  const file = exact(linkPath(entry), body);
  if (sha256(file.bytes) !== hash) throw new Error(`link ${entry.sequence} of ${entry.case} does not give its hash`);
  return file;
}

function sealFiles({ sealed }: Gathered): PackageFile[] {
  if (!sealed) return [];
  const { hash: _, ...body } = sealed.seal;
  const heads = sealed.heads.map(({ case: id, sequence, hash }) => [id, sequence, hash]);
  return [exact(sealPath(sealed.seal.day), body), exact(headsPath(sealed.seal.day), heads)];
}

const sealPath = (day: string): string => `seals/${day}.json`;
const headsPath = (day: string): string => `seals/${day}.heads.json`;

function indexOf({ view, entries, keys, sealed, attachments }: Gathered) {
  const head = entries.at(-1)!;
  return {
    case: view.case,
    machine: head.machine,
    drill: view.drill,
    head: { sequence: head.sequence, hash: head.hash },
    chain: entries.map((entry) => {
      const { sequence, previous, hash } = entry;
      return { sequence, file: linkPath(entry), previous, hash };
    }),
    ...(sealed
      ? {
          seal: {
            day: sealed.seal.day,
            file: sealPath(sealed.seal.day),
            heads: headsPath(sealed.seal.day),
            hash: sealed.seal.hash,
          },
        }
      : {}),
    keys: keys.map(({ id, since }) => ({ id, file: `keys/${id}.pem`, since })),
    attachments: attachments.map(({ hash, name, mediaType, bytes, seat, at }) => ({
      ...{ hash, file: `attachments/${hash}`, name, mediaType, bytes, seat, at },
    })),
  };
}

/** Whom, when, by which channel. No address, and no answer of a mail server, which may name one. */
function deliveriesOf({ tells, tries }: Gathered): Json {
  const told = tells.map((tell) => {
    const { id, sequence, recipient, template, cite, deliverAt, state, deliveredAt, channel, seat, acknowledged } =
      tell;
    const own = tries.filter((one) => one.tell === id);
    return {
      ...{ id, sequence, recipient, template, cite, deliverAt, state, deliveredAt, channel, seat, acknowledged },
      tries: own.map(({ attempt, at, outcome, channel, seat }) => ({ attempt, at, outcome, channel, seat })),
    };
  });
  return JSON.parse(JSON.stringify(told)) as Json;
}
