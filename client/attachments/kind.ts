/**
 * What a file is, by its content. Names and declared types are somebody's word and count for nothing. The list is short
 * on purpose: what is on it can be looked into for marks of secrecy, or is a picture.
 */
import { unzipSync } from 'fflate';

export interface Kind {
  mediaType: string;
  /** How its content is looked into: as text, as a zip of XML parts, as a PDF; a picture is not. */
  holds: 'text' | 'parts' | 'pdf' | 'compound' | 'picture';
}

const picture = (mediaType: string): Kind => ({ mediaType, holds: 'picture' });
const parts = (mediaType: string): Kind => ({ mediaType, holds: 'parts' });
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';

const PDF: Kind = { mediaType: 'application/pdf', holds: 'pdf' };
const TEXT: Kind = { mediaType: 'text/plain; charset=utf-8', holds: 'text' };
const COMPOUND: Kind = { mediaType: 'application/x-ole-storage', holds: 'compound' };

const signatures: { at: number; bytes: string; kind: Kind }[] = [
  { at: 0, bytes: '255044462d', kind: PDF },
  { at: 0, bytes: '89504e470d0a1a0a', kind: picture('image/png') },
  { at: 0, bytes: 'ffd8ff', kind: picture('image/jpeg') },
  { at: 0, bytes: '49492a00', kind: picture('image/tiff') },
  { at: 0, bytes: '4d4d002a', kind: picture('image/tiff') },
  // Documents of older office programs, WPS among them.
  { at: 0, bytes: 'd0cf11e0a1b11ae1', kind: COMPOUND },
];

/** By an entry that only this kind of archive has. */
const archives: { entry: string; kind: Kind }[] = [
  { entry: 'word/document.xml', kind: parts(`${OFFICE}.wordprocessingml.document`) },
  { entry: 'xl/workbook.xml', kind: parts(`${OFFICE}.spreadsheetml.sheet`) },
  { entry: 'ppt/presentation.xml', kind: parts(`${OFFICE}.presentationml.presentation`) },
  { entry: 'OFD.xml', kind: parts('application/ofd') },
];

const openDocuments: Record<string, Kind> = {
  [`${OPEN}.text`]: parts(`${OPEN}.text`),
  [`${OPEN}.spreadsheet`]: parts(`${OPEN}.spreadsheet`),
  [`${OPEN}.presentation`]: parts(`${OPEN}.presentation`),
};

/** Every type that is taken. */
export const kinds: readonly string[] = [
  ...new Set(
    [
      ...signatures.map(({ kind }) => kind),
      ...archives.map(({ kind }) => kind),
      ...Object.values(openDocuments),
      TEXT,
    ].map(({ mediaType }) => mediaType),
  ),
];

/** Undefined where it is nothing that is taken. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
  const hex = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  const signed = signatures.find(({ at, bytes: signature }) => hex.startsWith(signature, at * 2));
  if (signed) return signed.kind;
  if (hex.startsWith('504b0304')) return archiveOf(bytes);
  return textIn(bytes) === undefined ? undefined : TEXT;
}

function archiveOf(bytes: Uint8Array): Kind | undefined {
  const names: string[] = [];
  let mimetype: Uint8Array | undefined;
  try {
    const read = unzipSync(bytes, {
      filter: ({ name, originalSize }) => names.push(name) > 0 && name === 'mimetype' && originalSize < 200,
    });
    mimetype = read.mimetype;
  } catch {
    return undefined;
  }
  if (mimetype) return openDocuments[Buffer.from(mimetype).toString('latin1').trim()];
  return archives.find(({ entry }) => names.includes(entry))?.kind;
}

/** The text of a file in one of the encodings in use here; undefined where it is none. */
export function textIn(bytes: Uint8Array): string | undefined {
  const hex = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  const encodings = hex === 'fffe' ? ['utf-16le'] : hex === 'feff' ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    const text = decoded(bytes, encoding);
    if (text !== undefined && isWritten(text)) return text;
  }
  return undefined;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text has no control characters besides tabs, line and page ends. */
function isWritten(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return !/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f]/.test(text);
}
