/**
 * The soft rules: what the text says with 原则上 or 一般. Each blocks unless somebody who may grants an exception, which is
 * recorded with its reason. Who may is our reading nearly everywhere; the text names a grantor by implication only.
 */
import type { Article, Basis } from './citation';
import type { Code } from './codes';
import type { ParameterKey } from './parameters';

/**
 * By function: seats of 3.8. `convener`: whoever convenes or chairs that meeting · `addressee`: the leader written to ·
 * `signer`: whoever signs the paper.
 */
export type Grantor = 'mayor' | 'evm' | 'party-secretary' | 'convener' | 'addressee' | 'signer';

export interface SoftRule {
  articles: readonly Article[];
  /** What the rule asks for, in our own words. */
  rule: string;
  /** The word of the text that makes it soft. */
  wording: string;
  /** Answers an act that meets it; none where a recorded reason at the end of the period is all there is. */
  codes: readonly Code[];
  grantors: readonly Grantor[];
  /** Where only one of the grantors may, and when. */
  only?: string;
  /** What an exception must carry besides its reason. */
  needs?: string;
  /** Grantor and strength rest here; `chosen` unless the text implies it. */
  basis: Basis;
  /** The parameter by which a site names another grantor, or another strength. */
  parameter?: ParameterKey;
}

export const softRules: readonly SoftRule[] = [
  {
    articles: [42, 43, 44],
    rule: 'How often plenary, Party group and standing meeting are held.',
    wording: '一般',
    codes: [],
    grantors: ['convener'],
    needs: 'the reason, recorded when the period is missed',
    basis: 'chosen',
  },
  {
    articles: [47],
    rule: 'An item that is not yet agreed among those concerned is not submitted.',
    wording: '原则上',
    codes: ['NOT_COORDINATED'],
    grantors: ['mayor', 'evm'],
    only: 'evm: standing meeting, if chairing',
    basis: 'chosen',
    parameter: 'agenda.uncoordinatedScope',
  },
  {
    articles: [47],
    rule: 'A special meeting does not study staffing or funding.',
    wording: '原则上',
    codes: ['SPECIAL_MEETING_FUNDING', 'SPECIAL_MEETING_STAFFING'],
    grantors: ['convener'],
    needs: 'a reference to the procedure for staffing or finance that is followed',
    basis: 'chosen',
    parameter: 'special.fiscalExemptsStaffing',
  },
  {
    articles: [49],
    rule: 'An item comes off the list when the vice mayor in charge or the head of the proposing unit cannot attend.',
    wording: '原则上',
    codes: ['PRESENCE_REQUIRED'],
    grantors: ['mayor', 'convener'],
    only: 'convener: special meeting',
    basis: 'chosen',
    parameter: 'agenda.presenceExceptionBy',
  },
  {
    articles: [51],
    rule: 'A citywide working meeting has at most 150 people and lasts at most half a day, a main speech about an hour.',
    wording: '原则上、一般',
    codes: ['TOO_MANY_PEOPLE', 'TOO_LONG', 'SPEECH_TOO_LONG'],
    grantors: ['mayor'],
    basis: 'chosen',
    parameter: 'citywide.approver',
  },
  {
    articles: [51],
    rule: 'Principals of counties and departments are not asked to a meeting that a vice mayor attends.',
    wording: '原则上',
    codes: ['PRINCIPALS_NOT_REQUIRED'],
    grantors: ['mayor'],
    basis: 'chosen',
    parameter: 'citywide.approver',
  },
  {
    articles: [51],
    rule: 'A vice mayor does not attend the working meeting of a department.',
    wording: '一般',
    codes: ['VM_ATTENDANCE_NOT_ALLOWED'],
    grantors: ['mayor'],
    only: 'the part on meetings of departments; that other vice mayors do not keep company is hard',
    basis: 'chosen',
    parameter: 'citywide.approver',
  },
  {
    articles: [51],
    rule: 'No discussion in groups where nothing important is deliberated.',
    wording: '一般',
    codes: ['GROUP_DISCUSSION_NOT_ALLOWED'],
    grantors: ['mayor'],
    basis: 'chosen',
    parameter: 'citywide.approver',
  },
  {
    articles: [52],
    rule: 'Papers are not sent to a leader personally. What a leader assigned and what must go directly because it is top secret stand outside the rule.',
    wording: '一般',
    codes: ['DIRECT_TO_LEADER'],
    grantors: ['addressee'],
    needs: 'that the Office is informed',
    basis: 'chosen',
    parameter: 'doc.directExceptionBy',
  },
  {
    articles: [58],
    rule: 'Work that crosses fields has one leading vice mayor.',
    wording: '原则上',
    codes: ['LEAD_NOT_UNIQUE'],
    grantors: ['mayor'],
    only: 'the vice mayor; the one lead unit is hard',
    basis: 'chosen',
  },
  {
    articles: [71],
    rule: 'Mayor and executive vice mayor are not away at the same time.',
    wording: '一般',
    codes: ['MUTUAL_EXCLUSION'],
    grantors: ['party-secretary'],
    basis: 'chosen',
    parameter: 'leave.exclusionGrantor',
  },
  {
    articles: [25],
    rule: 'Interpretation is organised, signed and deployed together with the document.',
    wording: '推进',
    codes: ['INTERPRETATION_NOT_SYNCED'],
    grantors: ['signer'],
    only: 'while the strength is set to soft: a programme word is no rule of order',
    basis: 'chosen',
    parameter: 'interpretation.strength',
  },
];

/** The soft rules that answer with a code. */
export const softRulesOf = (code: Code): readonly SoftRule[] => softRules.filter(({ codes }) => codes.includes(code));
