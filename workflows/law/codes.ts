/**
 * The catalogue of refusals and findings: what each rests on. Codes are stable API; the sentences that officials read
 * stand in the locale table.
 */
import { type Article, cite, type RulebookCitation } from './citation';

/** `R` refusal, nothing changes · `F` finding, the fact stands and is recorded · `R+F` refused beforehand, found afterwards. */
export type CodeKind = 'R' | 'F' | 'R+F';

export interface CodeEntry {
  /** What the code rests on; with basis `chosen` only its neighbourhood, never shown. */
  articles: readonly Article[];
  basis: RulebookCitation['basis'];
  kind: CodeKind;
  /** A soft rule passes with a recorded exception; `in part`: each rule with this code says whether it is soft. */
  soft?: true | 'in part';
}

function entry(
  basis: CodeEntry['basis'],
  articles: readonly Article[],
  kind: CodeKind,
  soft?: true | 'in part',
): CodeEntry {
  return soft === undefined ? { articles, basis, kind } : { articles, basis, kind, soft };
}

export const codes = {
  CATEGORY_MISSING: entry('derived', [44, 62], 'R'),
  CLASSIFIED_NOT_ACCEPTED: entry('chosen', [52, 70], 'R'),
  CONSENT_LEVEL_TOO_LOW: entry('chosen', [60], 'R'),
  DEADLINE_MISSING: entry('derived', [61], 'R'),
  EVIDENCE_MISSING: entry('chosen', [61, 62], 'R'),
  EXPLANATION_MISSING: entry('stated', [61], 'R+F'),
  EXTENSION_AFTER_DUE_WITHOUT_EXPLANATION: entry('chosen', [61], 'R'),
  /** The one lead unit is hard, the one lead vice mayor is soft. */
  LEAD_NOT_UNIQUE: entry('stated', [58], 'R', 'in part'),
  REPORT_TO_MAYOR_MISSING: entry('stated', [7, 41], 'R+F'),
  SELF_ACCEPTANCE: entry('derived', [61, 62], 'R'),
  TIME_NOT_ALLOWED: entry('chosen', [73], 'R'),
  UNAUTHORISED_CHANGE: entry('stated', [60, 65], 'R+F'),
} satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;

export function isCode(value: unknown): value is Code {
  return typeof value === 'string' && Object.hasOwn(codes, value);
}

/** The citation of a code as the catalogue gives it. A transition or rule may cite more narrowly; then that one is shown. */
export function citationOf(code: Code): RulebookCitation {
  const { articles, basis }: CodeEntry = codes[code];
  const [only, ...more] = articles;
  const where = only !== undefined && more.length === 0 ? only : articles;
  return cite(where, undefined, basis);
}
