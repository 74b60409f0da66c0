/**
 * Texts as office programs save them: UTF-8 with or without a mark at its beginning, or GB18030, which contains GBK and
 * GB 2312. The decoders are Node's own (ICU, WHATWG Encoding).
 */

export type Encoding = 'utf-8' | 'gb18030';
export const encodings: readonly Encoding[] = ['utf-8', 'gb18030'];

/** The line of the first bytes that are none of the encoding, and what the file looks like instead. */
export interface Undecodable {
  line: number;
  likely: string;
}

const LF = 0x0a;

export function decodeUtf8(bytes: Uint8Array): { text: string } | Undecodable {
  const text = decoded(bytes, 'utf-8');
  if (text !== undefined && !text.includes('\0')) return { text };
  return { line: lineAmiss(bytes, 'utf-8'), likely: likely(bytes) };
}

/** Decodes by the encoding named; unless one is, by whichever fits, UTF-8 first. */
export function decodeText(bytes: Uint8Array, encoding?: Encoding): { text: string; encoding: Encoding } | Undecodable {
  for (const tried of encoding ? [encoding] : encodings) {
    const text = decoded(bytes, tried);
    if (text !== undefined && !text.includes('\0')) return { text, encoding: tried };
  }
  return { line: lineAmiss(bytes, encoding ?? 'utf-8'), likely: encoding ? likely(bytes, encoding) : otherKind(bytes) };
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Neither encoding has a line feed inside a character, so that lines can be looked at one by one. */
function lineAmiss(bytes: Uint8Array, encoding: Encoding): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const found = bytes.indexOf(LF, start);
    const end = found === -1 ? bytes.length : found + 1;
    const text = decoded(bytes.subarray(start, end), encoding);
    if (text === undefined || text.includes('\0')) return line;
    start = end;
  }
  return 1;
}

function likely(bytes: Uint8Array, but: Encoding = 'utf-8'): string {
  const kind = otherKind(bytes);
  if (kind !== '') return kind;
  const other = encodings.find((one) => one !== but)!;
  return decoded(bytes, other) === undefined ? '' : ` (it reads as ${other.toUpperCase()})`;
}

function otherKind(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return ' (it looks like UTF-16)';
  return a === 0x50 && b === 0x4b ? ' (it looks like a spreadsheet; save it as CSV)' : '';
}
