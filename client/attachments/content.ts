/**
 * Whether a file bears a mark of secrecy: in its text, in the parts of an office document, in the properties of a PDF. Text
 * that a PDF draws with its own fonts, and pictures, cannot be read here; docs/gateway.md says so.
 */
import { unzipSync } from 'fflate';
import { isMarkedText } from '../secrecy';
import { type Kind, textIn } from './kind';

export function isClassified(bytes: Uint8Array, { holds }: Kind): boolean {
  switch (holds) {
    case 'text':
      return isMarkedText(textIn(bytes) ?? '');
    case 'parts':
      return partsOf(bytes).some((part) => paragraphsOf(part).some(isMarkedText));
    case 'pdf':
      return looseTexts(bytes).some(isMarkedText) || pdfStrings(bytes).some(isMarkedText);
    case 'compound':
      return looseTexts(bytes).some(isMarkedText);
    case 'picture':
      return false;
  }
}

/** Unpacked, a document is at most so large; a bomb is refused as if it were marked. */
const UNPACKED_LIMIT = 200 * 1024 * 1024;

function partsOf(bytes: Uint8Array): string[] {
  let unpacked = 0;
  const files = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (!/\.(?:xml|rels|txt|html?)$/i.test(name)) return false;
      unpacked += originalSize;
      return unpacked <= UNPACKED_LIMIT;
    },
  });
  return Object.values(files).map((file) => textIn(file) ?? '');
}

/** A paragraph is cut into runs wherever its looks change; a mark may be cut with it. */
function paragraphsOf(xml: string): string[] {
  return xml
    .replace(/<\/(?:w:p|a:p|text:p|text:h|si|row|ofd:TextObject|dc:\w+|cp:\w+)>|<w:br\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => codePoint(Number(digits)))
    .split('\n')
    .filter((line) => line.trim() !== '');
}

const codePoint = (code: number): string => (code <= 0x10_ffff ? String.fromCodePoint(code) : '');

/** What reads as text in a binary file, in the encodings its strings may have. */
function looseTexts(bytes: Uint8Array): string[] {
  const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];
  return encodings.flatMap((encoding) => {
    const texts = [bytes, ...(encoding.startsWith('utf-16') ? [bytes.subarray(1)] : [])];
    return texts.flatMap((one) => markedSurroundings(new TextDecoder(encoding).decode(one)));
  });
}

/** Only the surroundings of the word itself are judged: the rest is noise. */
function markedSurroundings(text: string): string[] {
  return [...text.matchAll(WORD)].map(([found]) => found);
}

const WORD = /[^\p{Cc}\ufffd]{0,12}[绝絕機机秘祕]\s*密[^\p{Cc}\ufffd]{0,12}/gu;

/** Properties written as hexadecimal UTF-16, `<FEFF…>`. */
function pdfStrings(bytes: Uint8Array): string[] {
  const source = Buffer.from(bytes).toString('latin1');
  return [...source.matchAll(/<\s*feff([0-9a-f\s]*)>/gi)].map(([, hex = '']) =>
    new TextDecoder('utf-16be').decode(Buffer.from(hex.replace(/\s/g, ''), 'hex')),
  );
}
