/**
 * The articles of the rulebook as data: kind and who answers to them. What they oblige to, in our own words, stands in
 * `article-texts.ts`, which workflows do not load.
 */
import type { Article } from './citation';

export type ArticleKind = 'procedural' | 'routing' | 'constraint' | 'definition' | 'principle';

/** Every procedure of the rulebook, whether this version runs it or not. */
export type ProcedureName =
  | 'acting-authority'
  | 'leave-request'
  | 'major-decision'
  | 'public-consultation'
  | 'legality-review'
  | 'annual-planning'
  | 'recurring-obligation'
  | 'post-evaluation'
  | 'regulation-making'
  | 'normative-document'
  | 'standing-agenda-item'
  | 'meeting-agenda-item'
  | 'plenary-meeting'
  | 'party-group-meeting'
  | 'standing-meeting'
  | 'mayors-office-meeting'
  | 'special-meeting'
  | 'meeting-minutes'
  | 'citywide-meeting'
  | 'incoming-document'
  | 'dispute-coordination'
  | 'outgoing-document'
  | 'cooperation-agreement'
  | 'information-release'
  | 'supervision-item'
  | 'decision-change'
  | 'accountability'
  | 'proposal-handling'
  | 'petition-handling'
  | 'oversight-rectification'
  | 'emergency-report'
  | 'urgent-handling'
  | 'duty-watch'
  | 'rulebook-version';

export interface ArticleEntry {
  number: Article;
  kinds: readonly ArticleKind[];
  /** Where a state, guard, deadline or rung rests on this article. */
  procedures: readonly ProcedureName[];
  /** It also stands behind the ladders and guards of most other procedures. */
  behindLadders?: true;
}

function article(number: Article, kinds: ArticleKind[], ...procedures: ProcedureName[]): ArticleEntry {
  return { number, kinds, procedures };
}

function ladder(number: Article, kinds: ArticleKind[], ...procedures: ProcedureName[]): ArticleEntry {
  return { number, kinds, procedures, behindLadders: true };
}

/** In the order of the text: the articles on which something in this version rests. */
export const articles: readonly ArticleEntry[] = [
  article(1, ['definition'], 'rulebook-version'),
  ladder(6, ['routing'], 'acting-authority', 'supervision-item'),
  ladder(
    7,
    ['routing', 'procedural'],
    'incoming-document',
    'dispute-coordination',
    'supervision-item',
    'emergency-report',
    'urgent-handling',
    'acting-authority',
    'major-decision',
  ),
  ladder(8, ['routing'], 'acting-authority', 'standing-agenda-item', 'meeting-minutes'),
  article(9, ['routing'], 'acting-authority', 'leave-request', 'standing-meeting'),
  ladder(10, ['routing'], 'incoming-document', 'supervision-item', 'major-decision'),
  article(
    41,
    ['routing', 'constraint', 'procedural'],
    'major-decision',
    'standing-agenda-item',
    'meeting-agenda-item',
    'plenary-meeting',
    'standing-meeting',
    'incoming-document',
    'emergency-report',
    'urgent-handling',
  ),
  article(
    44,
    ['definition', 'constraint', 'routing'],
    'standing-meeting',
    'standing-agenda-item',
    'recurring-obligation',
    'major-decision',
    'regulation-making',
    'normative-document',
  ),
  article(
    52,
    ['procedural', 'constraint', 'routing'],
    'incoming-document',
    'dispute-coordination',
    'major-decision',
    'standing-agenda-item',
    'decision-change',
  ),
  article(57, ['procedural'], 'annual-planning'),
  article(
    58,
    ['routing', 'constraint'],
    'supervision-item',
    'incoming-document',
    'dispute-coordination',
    'meeting-minutes',
    'proposal-handling',
  ),
  article(59, ['procedural'], 'annual-planning', 'supervision-item', 'accountability'),
  article(60, ['constraint'], 'decision-change', 'supervision-item', 'accountability'),
  article(61, ['procedural'], 'supervision-item', 'recurring-obligation', 'major-decision', 'meeting-minutes'),
  article(
    62,
    ['procedural', 'definition'],
    'supervision-item',
    'meeting-minutes',
    'proposal-handling',
    'petition-handling',
    'major-decision',
    'plenary-meeting',
    'standing-meeting',
    'mayors-office-meeting',
    'special-meeting',
  ),
  article(
    63,
    ['procedural', 'routing'],
    'supervision-item',
    'recurring-obligation',
    'mayors-office-meeting',
    'special-meeting',
    'dispute-coordination',
    'proposal-handling',
    'petition-handling',
    'oversight-rectification',
  ),
  article(64, ['procedural'], 'supervision-item', 'accountability', 'oversight-rectification', 'meeting-minutes'),
  article(65, ['routing'], 'accountability', 'supervision-item', 'decision-change'),
  article(67, ['procedural', 'constraint'], 'emergency-report', 'duty-watch', 'accountability', 'leave-request'),
  article(70, ['constraint'], 'information-release'),
  ladder(
    73,
    ['constraint', 'procedural'],
    'incoming-document',
    'supervision-item',
    'accountability',
    'meeting-minutes',
  ),
  article(74, ['definition'], 'leave-request', 'duty-watch', 'emergency-report', 'rulebook-version'),
  article(75, ['definition'], 'rulebook-version'),
];

/** The first article of each chapter, chapter 1 first. */
const CHAPTER_STARTS = [1, 4, 11, 18, 23, 27, 35, 41, 52, 57, 66, 68, 74] as const;

/** The chapter, 1 to 13, in which an article stands. */
export function chapterOf(number: Article): number {
  return CHAPTER_STARTS.filter((start) => start <= number).length;
}
