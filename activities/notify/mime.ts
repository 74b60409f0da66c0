/** Reads the mail this system sends: one part of plain text, headers of RFC 2047. Enough for the sink, not a mail reader. */

export interface ReadMail {
  headers: Map<string, string>;
  text: string;
}

export function readMail(raw: Buffer): ReadMail {
  const source = raw.toString('latin1');
  const end = source.indexOf('\r\n\r\n');
  const head = end === -1 ? source : source.slice(0, end);
  const body = end === -1 ? '' : source.slice(end + 4);
  const headers = headersOf(head);
  return { headers, text: bodyOf(body, headers.get('content-transfer-encoding') ?? '7bit') };
}

function headersOf(head: string): Map<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      if (colon === -1) return [];
      return [[line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())]];
    }),
  );
}

/** Encoded words; the space between two of them belongs to neither. */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b' ? fromBase64(text) : fromQuoted(text.replaceAll('_', ' ')),
    );
}

function bodyOf(body: string, encoding: string): string {
  const decode = { base64: fromBase64, 'quoted-printable': fromQuoted }[encoding.toLowerCase()] ?? asUtf8;
  return decode(body).replaceAll('\r\n', '\n').trimEnd();
}

const asUtf8 = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8');

function fromQuoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return asUtf8(bytes);
}
