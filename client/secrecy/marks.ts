/**
 * Finds the marks of classified matter (绝密, 机密, 秘密). A mark counts where marks are put: in a field for it, in brackets,
 * with a star or a period of secrecy, at the head of a text or on a line of its own. The same word inside a sentence
 * (商业秘密, 保守国家秘密) is a word.
 */
import type { Json } from '../../workflows/runtime/workflow';

export interface ClassifiedMark {
  /** Where it stands, such as `payload.title`. Never what stands there. */
  path: string;
}

/** The first mark in a value, in any text or name of a field; undefined where there is none. */
export function classifiedMark(value: Json | undefined, path = ''): ClassifiedMark | undefined {
  if (typeof value === 'string') return isMarkedText(value) ? { path } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && isMarkedText(key)) return { path };
    const isItsField = isMarkingField(key);
    // Names of fields may be somebody's words too: what is no name of ours is not repeated.
    const place = isItsField || PLAIN_NAME.test(key) ? [path, key].filter(Boolean).join('.') : path;
    if (isItsField && saysMarked(inner)) return { path: place };
    const found = classifiedMark(inner, place);
    if (found) return found;
  }
  return undefined;
}

/** Whether a text bears a mark. */
export function isMarkedText(text: string): boolean {
  const plain = folded(text);
  return plain.includes(ROUND_SECRET) || places.some((place) => place.test(plain));
}

/** Whether the name of a file bears a mark; between the parts of a name it stands by itself. */
export function isMarkedName(name: string): boolean {
  return isMarkedText(name) || NAME_PART.test(folded(name));
}

const ROUND_SECRET = '㊙';
/** What people put between the two characters so that it looks like a stamp, or is not found. */
const GAP = '[\\s\\p{Cf}·・•.．_\\-/|]*';
const MARK = `(?:[绝机秘]${GAP}密)`;
const STAR = '[★☆*⭐✩✭]';
/** 秘密★5年, 机密★长期, 绝密级, 机密件 */
const REST = `(?:${GAP}级)?(?:${GAP}${STAR})?(?:${GAP}(?:长期|\\d{1,3}${GAP}(?:年|个月|月)))?`;
/** Words that begin like a mark and are none. */
const COMPOUNDS = '(?:战线|投票|写票|选举|性)';
const FIELD = '(?:密级|保密等级|保密级别|涉密等级|秘密等级|定密)';

const places = [
  // Beside a star.
  new RegExp(`${MARK}${GAP}级?${GAP}${STAR}|${STAR}${GAP}${MARK}`, 'u'),
  // With a period of secrecy.
  new RegExp(`(?:^|[^\\p{L}])${MARK}${GAP}(?:级${GAP})?(?:长期|\\d{1,3}${GAP}(?:年|个月))`, 'u'),
  // In brackets; quotation marks only quote.
  new RegExp(`[([{【〔〖<]\\s*(?:${FIELD}\\s*:?\\s*)?${MARK}${REST}\\s*(?:文件|件|资料)?\\s*[)\\]}】〕〗>]`, 'u'),
  // Behind the name of the field.
  new RegExp(`${FIELD}\\s*(?:[:=]|为)\\s*["'“「]?${MARK}`, 'u'),
  // At the head of a text.
  new RegExp(`^[\\s\\p{Cf}\\p{P}]*${MARK}(?!${GAP}${COMPOUNDS})`, 'u'),
  // On a line of its own.
  new RegExp(`^\\s*${MARK}${REST}\\s*$`, 'mu'),
];

const NAME_PART = new RegExp(`(?:^|[\\s_\\-.·+,、，])${MARK}${REST}(?:[\\s_\\-.·+,、，]|$)`, 'u');

const PLAIN_NAME = /^[A-Za-z0-9_-]{1,40}$/;

const MARKING_FIELDS = new Set([
  ...[
    'secrecy',
    'secrecylevel',
    'classification',
    'classificationlevel',
    'classified',
    'securitylevel',
    'confidentiality',
  ],
  ...['密级', '保密等级', '保密级别', '涉密等级', '秘密等级'],
]);

function isMarkingField(name: string): boolean {
  return MARKING_FIELDS.has(
    folded(name)
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  );
}

/** In a field for marks the bare word counts, in English too. */
function saysMarked(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(saysMarked);
  if (typeof value !== 'string') return false;
  const plain = folded(value);
  return BARE_MARK.test(plain) || /\b(?:top[\s_-]?secret|secret|confidential)\b/i.test(plain);
}

const BARE_MARK = new RegExp(MARK, 'u');

const TRADITIONAL = '絕絶機祕級長個為爲戰線選舉寫資別';
const SIMPLIFIED = '绝绝机秘级长个为为战线选举写资别';
const OF_THE_OTHER_SCRIPT = new RegExp(`[${TRADITIONAL}]`, 'g');

/** One script, one width. The round sign would become a bare 秘. */
function folded(text: string): string {
  const wide = text.split(ROUND_SECRET).map((part) => part.normalize('NFKC'));
  return wide.join(ROUND_SECRET).replace(OF_THE_OTHER_SCRIPT, (char) => SIMPLIFIED[TRADITIONAL.indexOf(char)]!);
}
