/**
 * What is owed again and again (spec 2.7): by whom, how often, with what evidence, who is called when it is missed, and
 * who may let a period pass. How often is a figure of the law; the directory says who holds the seats.
 */
import type { Article, KeysOf, Period } from '../../law/machine';
import { isUnit } from '../kit/payload';

export const obligationIds = [
  'RO1',
  'RO2',
  'RO3',
  'RO4',
  'RO5',
  'RO6',
  'RO7',
  'RO8',
  'RO9',
  'RO10',
  'RO11',
  'RO12',
  'RO13',
  'RO14',
] as const;
export type ObligationId = (typeof obligationIds)[number];

export type EvidenceKind = 'minutes' | 'report' | 'visit';

/** What meetings tell of: a sitting with a slot for one of the last three tells of that as well, each by itself. */
export const meetingKinds = [
  'plenary',
  'party-group',
  'standing',
  'mayors-office',
  'special',
  'law-study',
  'economic-analysis',
  'petitions',
] as const;
export type MeetingKind = (typeof meetingKinds)[number];

/** A seat or unit by its id, the seat of a kind, or each one of a kind. */
export type Owner = string | 'pg-secretary' | 'every-vm' | 'every-department';

/** `meet` CH-MEET · `prep` CH-PREP · `over` CH-OVER · `office` Office, SG, EVM · `leader` the leader, SG, mayor. */
export type ChainKind = 'meet' | 'prep' | 'over' | 'office' | 'leader';

export interface Obligation {
  /** How often: so many times in which period. */
  figure: KeysOf<Period>;
  owners: readonly Owner[];
  /** Units that owe it with the owner. */
  besides: readonly string[];
  evidence: readonly EvidenceKind[];
  /** The kind of meeting that serves it of itself. */
  meeting?: MeetingKind;
  chain: ChainKind;
  /** Who may record a reason and let the period pass: of a meeting its convener, who owes it; nobody for what is owed outside. */
  waivedBy: 'owner' | 'sg' | 'nobody';
  /** The article that owes it. */
  article: Article;
}

const OFFICE = 'X1';
const JUSTICE = 'D06';
const STATISTICS = 'D23';
const SUPERVISION = 'X2';
const REFORM_COMMISSION = 'X3';

const meeting = (figure: KeysOf<Period>, convener: string, kind: MeetingKind, article: Article): Obligation => ({
  figure,
  owners: [convener],
  besides: [OFFICE],
  evidence: ['minutes'],
  meeting: kind,
  chain: 'meet',
  waivedBy: 'owner',
  article,
});

export const obligations: Record<ObligationId, Obligation> = {
  RO1: meeting('recurring.plenary', 'mayor', 'plenary', 42),
  RO2: meeting('recurring.partyGroup', 'pg-secretary', 'party-group', 43),
  RO3: meeting('recurring.standing', 'mayor', 'standing', 44),
  RO4: {
    figure: 'recurring.law',
    owners: [OFFICE],
    besides: [JUSTICE],
    evidence: ['minutes'],
    meeting: 'law-study',
    chain: 'prep',
    waivedBy: 'sg',
    article: 44,
  },
  RO5: {
    figure: 'recurring.economy',
    owners: [OFFICE],
    besides: [REFORM_COMMISSION, STATISTICS],
    evidence: ['minutes'],
    meeting: 'economic-analysis',
    chain: 'prep',
    waivedBy: 'sg',
    article: 44,
  },
  RO6: {
    figure: 'recurring.jbReport',
    owners: [JUSTICE],
    besides: [],
    evidence: ['report'],
    chain: 'prep',
    waivedBy: 'sg',
    article: 20,
  },
  RO7: {
    figure: 'recurring.cleanup',
    owners: [JUSTICE],
    besides: [],
    evidence: ['report'],
    chain: 'prep',
    waivedBy: 'sg',
    article: 21,
  },
  RO8: {
    figure: 'recurring.npcReport',
    owners: [OFFICE],
    besides: [],
    evidence: ['report'],
    chain: 'over',
    waivedBy: 'nobody',
    article: 28,
  },
  RO9: {
    figure: 'recurring.petitionMeeting',
    owners: [OFFICE, 'every-department'],
    besides: [],
    evidence: ['minutes'],
    meeting: 'petitions',
    chain: 'over',
    waivedBy: 'sg',
    article: 31,
  },
  RO10: {
    figure: 'recurring.leaderReception',
    owners: ['mayor', 'every-vm', 'sg', 'every-department'],
    besides: [],
    evidence: ['visit'],
    chain: 'over',
    waivedBy: 'sg',
    article: 31,
  },
  RO11: {
    figure: 'recurring.supervisionAnalysis',
    owners: [OFFICE],
    besides: [SUPERVISION],
    evidence: ['report'],
    chain: 'office',
    waivedBy: 'sg',
    article: 61,
  },
  RO12: {
    figure: 'recurring.leaderCheck',
    owners: ['every-vm', 'sg'],
    besides: [],
    evidence: ['visit', 'report', 'minutes'],
    chain: 'leader',
    waivedBy: 'sg',
    article: 63,
  },
  RO13: {
    figure: 'recurring.workReport',
    owners: ['mayor'],
    besides: [OFFICE],
    evidence: ['report'],
    chain: 'over',
    waivedBy: 'nobody',
    article: 27,
  },
  RO14: {
    figure: 'recurring.countyOpinions',
    owners: [OFFICE, 'every-department'],
    besides: [],
    evidence: ['report'],
    chain: 'office',
    waivedBy: 'sg',
    article: 33,
  },
};

/** The articles that owe something, each once. */
export const owingArticles = [...new Set(obligationIds.map((id) => obligations[id].article))].sort((a, b) => a - b);

/** Whether a seat or unit is of those that owe it. */
export function mayOwe(obligation: ObligationId, owner: string): boolean {
  return obligations[obligation].owners.some((one) => {
    if (one === 'pg-secretary') return /^[a-z]/.test(owner);
    if (one === 'every-vm') return /^vm-\d+$/.test(owner);
    if (one === 'every-department') return isUnit(owner) && owner !== OFFICE;
    return one === owner;
  });
}

/** A seat of the owner that hears of it: the unit's desk and principal, or the seat itself. */
export function seatsOf(owner: string): string[] {
  return isUnit(owner) ? [`${owner}-desk`, `${owner}-head`] : [owner];
}
