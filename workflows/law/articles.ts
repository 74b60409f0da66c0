/**
 * The articles of the rulebook as data: chapter, kind and the procedures that answer to them. What they oblige to, in our own
 * words, stands in `article-texts.ts`, which workflows do not load.
 */
import type { Article } from './citation';

export type ArticleKind = 'procedural' | 'routing' | 'constraint' | 'definition' | 'principle';

/** Every procedure of the rulebook, whether this version runs it or not, by its number in the specification. */
export const procedureNumbers = {
  P01: 'acting-authority',
  P02: 'leave-request',
  P03: 'major-decision',
  P04: 'public-consultation',
  P05: 'legality-review',
  P06: 'annual-planning',
  P07: 'recurring-obligation',
  P08: 'post-evaluation',
  P09: 'regulation-making',
  P10: 'normative-document',
  P11: 'standing-agenda-item',
  P12: 'meeting-agenda-item',
  P13: 'plenary-meeting',
  P14: 'party-group-meeting',
  P15: 'standing-meeting',
  P16: 'mayors-office-meeting',
  P17: 'special-meeting',
  P18: 'meeting-minutes',
  P19: 'citywide-meeting',
  P20: 'incoming-document',
  P21: 'dispute-coordination',
  P22: 'outgoing-document',
  P23: 'cooperation-agreement',
  P24: 'information-release',
  P25: 'supervision-item',
  P26: 'decision-change',
  P27: 'accountability',
  P28: 'proposal-handling',
  P29: 'petition-handling',
  P30: 'oversight-rectification',
  P31: 'emergency-report',
  P32: 'urgent-handling',
  P33: 'duty-watch',
  X0: 'rulebook-version',
} as const;

export type ProcedureNumber = keyof typeof procedureNumbers;
export type ProcedureName = (typeof procedureNumbers)[ProcedureNumber];

const ORDER = Object.keys(procedureNumbers) as ProcedureNumber[];

export interface ArticleEntry {
  number: Article;
  kinds: readonly ArticleKind[];
  /** Where a state, guard, deadline or rung rests on this article; none where there is nothing to enforce. */
  procedures: readonly ProcedureName[];
  /** Of these, the ones it reaches by a chain or a guard only. */
  byChain: readonly ProcedureName[];
  /** It stands behind the ladders and guards of most procedures, so that any of them may cite it. */
  behindLadders?: true;
}

const KINDS: Record<string, ArticleKind> = {
  P: 'procedural',
  R: 'routing',
  C: 'constraint',
  D: 'definition',
  N: 'principle',
};

/** `P03-P05 P09` as names, in the order of their numbers. */
function namesIn(text: string): ProcedureName[] {
  const numbers = text.split(' ').flatMap((part) => {
    const [first, last = first] = part.split('-') as [ProcedureNumber, ProcedureNumber?];
    return ORDER.slice(ORDER.indexOf(first), ORDER.indexOf(last) + 1);
  });
  return ORDER.filter((number) => numbers.includes(number)).map((number) => procedureNumbers[number]);
}

function article(number: Article, kinds: string, procedures = '', byChain = ''): ArticleEntry {
  const chained = byChain === '' ? [] : namesIn(byChain);
  return {
    number,
    kinds: [...kinds].map((letter) => KINDS[letter]!),
    procedures: procedures === '' ? [] : namesIn(`${procedures} ${byChain}`.trim()),
    byChain: chained,
    ...(chained.length > 0 ? { behindLadders: true } : {}),
  };
}

/** In the order of the text: number, kinds by their first letters (N: principle), procedures, those by chain or guard only. */
export const articles: readonly ArticleEntry[] = [
  article(1, 'D', 'X0'),
  article(2, 'N'),
  article(3, 'N'),
  article(4, 'D'),
  article(5, 'N'),
  article(6, 'R', 'P01', 'P03-P33'),
  article(7, 'RP', 'P20 P21 P25 P31 P32 P01 P03', 'P04-P12 P23 P24 P33'),
  article(8, 'R', 'P01 P11 P18', 'P02-P10 P12-P17 P19-P24 P26 P27 P31-P33'),
  article(9, 'R', 'P01 P02 P15'),
  article(10, 'R', 'P20 P25 P03', 'P04-P12 P21 P23 P24 P33'),
  article(11, 'N'),
  article(12, 'N'),
  article(13, 'N'),
  article(14, 'N'),
  article(15, 'N'),
  article(16, 'N'),
  article(17, 'N'),
  article(18, 'N'),
  article(19, 'P', 'P09 P08 P10 P26'),
  article(20, 'PC', 'P10 P05 P21 P07 P03'),
  article(21, 'PR', 'P09 P05 P07 P10'),
  article(22, 'N'),
  article(23, 'C', 'P24 P04 P03'),
  article(24, 'PC', 'P04 P03 P09 P10'),
  article(25, 'PC', 'P22 P10 P24 P09 P31'),
  article(26, 'PC', 'P13 P15 P24 P04 P18'),
  article(27, 'P', 'P09 P10 P28 P07'),
  article(28, 'P', 'P28 P07'),
  article(29, 'R', 'P30 P27'),
  article(30, 'P', 'P30 P24 P29'),
  article(31, 'P', 'P29 P07'),
  article(32, 'P', 'P30 P27'),
  article(33, 'PN', 'P10 P30 P05 P07'),
  article(34, 'P', 'P06 P27'),
  article(35, 'PC', 'P03-P05 P09 P10'),
  article(36, 'P', 'P03'),
  article(37, 'RC', 'P03 P09 P11 P12 P10'),
  article(38, 'PC', 'P03-P05 P21 P11 P10'),
  article(39, 'PC', 'P03 P09 P04 P11'),
  article(40, 'P', 'P06 P08 P03 P26'),
  article(41, 'RCP', 'P03 P11 P13 P15 P32 P31 P12 P20'),
  article(42, 'DCR', 'P13 P12 P07'),
  article(43, 'DCR', 'P14 P12 P07'),
  article(44, 'DCR', 'P15 P11 P07 P03 P09 P10'),
  article(45, 'DRC', 'P16 P12 P21 P10'),
  article(46, 'DR', 'P17 P12 P10 P21'),
  article(47, 'PRC', 'P11 P12 P21 P13-P17 P03'),
  article(48, 'R', 'P13-P17 P19 P07 P11 P18'),
  article(49, 'PC', 'P13-P17 P11 P12 P02'),
  article(50, 'PR', 'P18 P24 P13-P17'),
  article(51, 'CP', 'P19 P06'),
  article(52, 'PCR', 'P20 P21 P03 P11 P26'),
  article(53, 'R', 'P20 P21'),
  article(54, 'R', 'P22 P09 P03'),
  article(55, 'RP', 'P22 P23 P05 P10'),
  article(56, 'CR', 'P20 P22 P10'),
  article(57, 'P', 'P06'),
  article(58, 'RC', 'P25 P20 P21 P18 P28'),
  article(59, 'P', 'P06 P25 P27'),
  article(60, 'C', 'P26 P25 P27'),
  article(61, 'P', 'P25 P07 P03 P18'),
  article(62, 'PD', 'P25 P18 P28 P29 P03 P13 P15-P17'),
  article(63, 'PR', 'P25 P07 P16 P17 P21 P28-P30'),
  article(64, 'P', 'P25 P27 P30 P18'),
  article(65, 'R', 'P27 P25 P26'),
  article(66, 'N'),
  article(67, 'PC', 'P31 P33 P27 P02'),
  article(68, 'N'),
  article(69, 'CP', 'P24 P26 P31'),
  article(70, 'C', 'P24'),
  article(71, 'PCR', 'P02 P33'),
  article(72, 'N'),
  article(73, 'CP', 'P20 P25 P27 P18', 'P03-P12 P19 P21-P24 P26 P33'),
  article(74, 'D', 'P02 P33 P31 X0'),
  article(75, 'D', 'X0'),
];

/** The article of a number; undefined for a number the rulebook does not have. */
export function articleOf(number: number): ArticleEntry | undefined {
  return articles[number - 1];
}

export interface Chapter {
  number: number;
  title: string;
  first: Article;
  last: Article;
}

export const chapters: readonly Chapter[] = [
  { number: 1, title: '总则', first: 1, last: 3 },
  { number: 2, title: '组成人员职责', first: 4, last: 10 },
  { number: 3, title: '行政职能', first: 11, last: 17 },
  { number: 4, title: '依法行政', first: 18, last: 22 },
  { number: 5, title: '政务公开', first: 23, last: 26 },
  { number: 6, title: '监督制度', first: 27, last: 34 },
  { number: 7, title: '决策机制', first: 35, last: 40 },
  { number: 8, title: '会议制度', first: 41, last: 51 },
  { number: 9, title: '公文审批', first: 52, last: 56 },
  { number: 10, title: '执行落实', first: 57, last: 65 },
  { number: 11, title: '应急管理', first: 66, last: 67 },
  { number: 12, title: '纪律作风', first: 68, last: 73 },
  { number: 13, title: '附则', first: 74, last: 75 },
];

/** The chapter, 1 to 13, in which an article stands. */
export function chapterOf(number: Article): number {
  return chapters.filter(({ first }) => first <= number).length;
}
