/**
 * The catalogue of refusals and findings: what each rests on. Codes are stable API; the sentences that officials read
 * stand in the locale table.
 */
import { type Article, type Basis, cite, type RulebookCitation } from './citation';

/**
 * `R` refusal, nothing changes · `F` finding, the fact stands and is recorded · `R+F` refused beforehand, found afterwards ·
 * `O` outcome, accepted in another form.
 */
export type CodeKind = 'R' | 'F' | 'R+F' | 'O';

export interface CodeEntry<Kind extends CodeKind = CodeKind> {
  /** What the code rests on; with basis `chosen` only its neighbourhood, never shown. */
  articles: readonly Article[];
  /** `statute`: another instrument, which an operator enters; until then it is shown as chosen. */
  basis: Basis;
  kind: Kind;
  /** A soft rule passes with a recorded exception; `in part`: each rule with this code says whether it is soft. */
  soft?: true | 'in part';
  /** Part of what the code covers rests on this instead; there the citation of the transition or rule decides. */
  also?: Basis;
}

function entry<Kind extends CodeKind>(
  basis: Basis,
  articles: readonly Article[],
  kind: Kind,
  more: Pick<CodeEntry, 'soft' | 'also'> = {},
): CodeEntry<Kind> {
  return { articles, basis, kind, ...more };
}

const SOFT = { soft: true } as const;
const SOFT_IN_PART = { soft: 'in part' } as const;
const PARTLY_CHOSEN = { also: 'chosen' } as const;
const PARTLY_DERIVED = { also: 'derived' } as const;

export const codes = {
  // Who presides, and leave.
  RANK_SKIPPED: entry('stated', [9], 'R'),
  CANDIDATE_NOT_ELIGIBLE: entry('derived', [9, 44], 'R'),
  ENTRUSTMENT_NOT_BY_MAYOR: entry('stated', [9, 44], 'R'),
  ORDER_AMBIGUOUS: entry('derived', [9], 'R'),
  NOT_PRESIDING: entry('derived', [9, 55], 'R'),
  LEAVE_NOT_PRIOR: entry('stated', [71], 'R+F'),
  MUTUAL_EXCLUSION: entry('stated', [71], 'R', SOFT),
  APPROVER_MISSING: entry('stated', [71], 'R'),
  /** That it comes before departure is our reading. */
  LEAVE_NOT_FILED: entry('stated', [71], 'R+F', PARTLY_CHOSEN),
  DUTY_CONFLICT: entry('derived', [67], 'R'),
  SELF_APPROVAL: entry('derived', [71], 'R'),

  // Major decisions, rules, normative documents.
  /** Derived for special meetings. */
  FORUM_NOT_ALLOWED: entry('stated', [37, 41, 44, 45, 46], 'R', PARTLY_DERIVED),
  STABILITY_ASSESSMENT_MISSING: entry('stated', [35, 38], 'R'),
  /** Chosen for normative documents that are not major. */
  LEGALITY_REVIEW_MISSING: entry('stated', [35, 38, 55], 'R', PARTLY_CHOSEN),
  LEGALITY_FAILED: entry('derived', [35, 38], 'R'),
  PUBLIC_PARTICIPATION_MISSING: entry('stated', [24, 35, 38], 'R'),
  COUNTY_NOT_CONSULTED: entry('stated', [38], 'R'),
  DEPT_NOT_CONSULTED: entry('stated', [38, 20], 'R'),
  PARTY_REPORT_MISSING: entry('stated', [39], 'R'),
  NOT_SIGNED_BY_PRINCIPAL: entry('stated', [52], 'R'),
  WINDOW_NOT_ELAPSED: entry('chosen', [24], 'R'),
  SECRECY_BASIS_MISSING: entry('derived', [23, 24], 'R'),
  /** Whether before or with the decision is our reading. */
  ADOPTION_NOT_PUBLISHED: entry('stated', [24], 'R', PARTLY_CHOSEN),
  /** For major decisions the text names no reviewer. */
  WRONG_REVIEWER: entry('stated', [20, 21, 55], 'R', PARTLY_CHOSEN),
  OPINION_WITHOUT_GROUNDS: entry('chosen', [38], 'R'),
  CATALOGUE_NOT_PUBLISHED: entry('stated', [40], 'R'),
  MEETING_NOT_MERGED: entry('stated', [51], 'R'),
  EVIDENCE_MISSING: entry('chosen', [61, 62], 'R'),
  WAIVER_WITHOUT_REASON: entry('chosen', [42, 43, 44], 'R'),
  EVALUATION_WITHOUT_FINDINGS: entry('chosen', [19, 40], 'R'),
  SIGNER_NOT_MAYOR: entry('stated', [54], 'R'),
  NOT_FILED: entry('stated', [20, 27], 'R+F'),
  /** Soft while `interpretation.strength` says so. */
  INTERPRETATION_NOT_SYNCED: entry('derived', [25], 'R', SOFT_IN_PART),
  SINGLE_DEPT_NOT_ALLOWED: entry('stated', [20], 'R'),
  PRIOR_REQUEST_MISSING: entry('stated', [20, 69], 'R+F'),
  ALREADY_CLEAR_IN_LAW: entry('stated', [56], 'R'),

  // Agenda and meetings.
  STEP_OUT_OF_ORDER: entry('stated', [47, 50], 'R'),
  NOT_COORDINATED: entry('stated', [47], 'R', SOFT),
  PRESENCE_REQUIRED: entry('stated', [49], 'R', SOFT),
  APPROVER_NOT_AUTHORISED: entry('stated', [47], 'R'),
  /** Derived from the article on reports to Party committee and congress. */
  PREREQUISITE_MISSING: entry('stated', [38, 39], 'R', PARTLY_DERIVED),
  CATEGORY_MISSING: entry('derived', [44, 62], 'R'),
  SPECIAL_MEETING_FUNDING: entry('stated', [47], 'R', SOFT),
  SPECIAL_MEETING_STAFFING: entry('stated', [47], 'R', SOFT),
  SUGGESTER_NOT_MEMBER: entry('stated', [47], 'R'),
  DETERMINER_NOT_AUTHORISED: entry('stated', [47], 'R'),
  QUORUM_NOT_MET: entry('stated', [43, 44], 'R'),
  CHAIR_NOT_AUTHORISED: entry('stated', [42, 43, 44, 45, 46], 'R'),
  LEAVE_AFTER_START: entry('stated', [49], 'R'),
  /** Chosen for members who are neither vice mayor nor secretary-general. */
  LEAVE_WRONG_APPROVER: entry('stated', [49], 'R', PARTLY_CHOSEN),
  NO_SUBSTITUTE_NAMED: entry('stated', [49], 'R', PARTLY_CHOSEN),
  ITEM_NOT_LISTED: entry('derived', [47], 'R'),
  ALREADY_ON_AGENDA: entry('chosen', [47], 'R'),
  AGENDA_NOT_APPROVED: entry('stated', [47], 'R'),
  SIGNER_NOT_AUTHORISED: entry('stated', [50, 55], 'R'),
  MAYOR_CONSENT_MISSING: entry('stated', [50], 'R'),
  PRESS_NOT_APPROVED: entry('stated', [50, 69], 'R+F'),
  PUBLICITY_REQUIRED: entry('stated', [26, 50], 'R'),
  DECISION_WITHOUT_OWNER: entry('derived', [58, 61], 'R'),

  // Citywide meetings.
  NOT_IN_PLAN: entry('stated', [51], 'R'),
  TOO_MANY_PEOPLE: entry('stated', [51], 'R', SOFT),
  TOO_LONG: entry('stated', [51], 'R', SOFT),
  SPEECH_TOO_LONG: entry('stated', [51], 'R', SOFT),
  DEPT_MEETING_IN_GOV_NAME: entry('stated', [51], 'R'),
  COUNTY_HEADS_INVITED: entry('stated', [51], 'R'),
  YEARLY_LIMIT_REACHED: entry('stated', [51], 'R'),
  VM_ATTENDANCE_NOT_ALLOWED: entry('stated', [51], 'R', SOFT_IN_PART),
  PRINCIPALS_NOT_REQUIRED: entry('stated', [51], 'R', SOFT),
  GROUP_DISCUSSION_NOT_ALLOWED: entry('stated', [51], 'R', SOFT),
  USE_LIGHTER_FORM: entry('stated', [51], 'R'),

  // Papers.
  FORMAT_INVALID: entry('stated', [52], 'R'),
  DIRECT_TO_LEADER: entry('stated', [52], 'R', SOFT),
  CLASSIFIED_NOT_ACCEPTED: entry('chosen', [52, 70], 'R'),
  DISPUTE_FILE_INCOMPLETE: entry('stated', [52], 'R'),
  MAJOR_NEEDS_MAYOR: entry('stated', [53, 55], 'R'),
  DEPARTMENT_MATTER_FORWARDING: entry('stated', [56], 'R'),
  ROUTED_OUTSIDE_PORTFOLIO: entry('stated', [53], 'R'),
  NOT_CONFORMING: entry('stated', [73], 'R'),
  LEAD_DID_NOT_CONSULT: entry('stated', [52], 'R'),
  COUNTERSIGN_NOT_BY_HEAD: entry('stated', [52], 'R'),
  MAYORS_OFFICE_NOT_NEEDED: entry('derived', [45], 'R'),
  /** Chosen for the secretary-general under papers of the Office on key matters. */
  REVIEW_MISSING: entry('stated', [55], 'R', PARTLY_CHOSEN),
  NO_SUBSTANCE: entry('stated', [56], 'R'),
  SIGNED_BEFORE_APPROVAL: entry('stated', [55], 'R'),
  SECRECY_CHECK_MISSING: entry('derived', [23, 70], 'R+F'),
  CONTRADICTS_DECISION: entry('stated', [69], 'R+F'),

  // Execution, supervision, accountability.
  DEADLINE_MISSING: entry('derived', [61], 'R'),
  /** The one lead unit is hard, the one lead vice mayor is soft. */
  LEAD_NOT_UNIQUE: entry('stated', [58], 'R', SOFT_IN_PART),
  SELF_ACCEPTANCE: entry('derived', [61, 62], 'R'),
  EXPLANATION_MISSING: entry('stated', [61], 'R+F'),
  UNAUTHORISED_CHANGE: entry('stated', [60, 65], 'R+F'),
  EXTENSION_AFTER_DUE_WITHOUT_EXPLANATION: entry('chosen', [61], 'R'),
  CONSENT_LEVEL_TOO_LOW: entry('chosen', [60], 'R'),
  CAUSE_MISSING: entry('chosen', [65], 'R'),
  UNIT_NOT_HEARD: entry('chosen', [34], 'R'),
  SEVERITY_NOT_SHOWN: entry('stated', [65, 73], 'R'),

  // Answers owed outside.
  PROPOSER_NOT_CONTACTED: entry('derived', [28], 'R'),
  RESULT_NOT_PUBLISHED: entry('stated', [28, 30], 'R'),
  LEADER_READING_MISSING: entry('stated', [31], 'R'),
  REPLY_MISSING: entry('statute', [31], 'R'),
  REPORT_TO_GOVERNMENT_MISSING: entry('stated', [32, 64], 'R+F'),
  JUDGMENT_NOT_PERFORMED: entry('stated', [32], 'R+F'),

  // Urgent situations and the watch.
  REPORT_WITHOUT_ESSENTIALS: entry('chosen', [67], 'R'),
  REPORT_INCOMPLETE: entry('chosen', [67], 'F'),
  /** The limit itself is our figure until the official one is entered. */
  REPORT_LATE: entry('stated', [67], 'F', PARTLY_CHOSEN),
  REPORT_FALSE: entry('stated', [67], 'F'),
  REPORT_CONCEALED: entry('stated', [67], 'F'),
  REPORT_OMITTED: entry('stated', [67], 'F'),
  CLOSED_WITHOUT_FINAL_REPORT: entry('chosen', [67], 'R'),
  FACT_OVERWRITTEN: entry('chosen', [67], 'R'),
  DUPLICATE_EVENT: entry('chosen', [67], 'O'),
  NOT_URGENT: entry('stated', [41], 'R'),
  HANDLER_NOT_VMC: entry('stated', [41, 7], 'R+F'),
  REPORT_TO_MAYOR_MISSING: entry('stated', [7, 41], 'R+F'),
  ROSTER_GAP: entry('stated', [67], 'R+F'),
  PERSON_ON_LEAVE: entry('derived', [67, 71], 'R'),
  LEADER_NOT_NAMED: entry('stated', [67], 'R'),
  CHECK_ANSWERED_BY_OTHER: entry('derived', [67], 'F'),
  CHECK_MISSED: entry('derived', [67], 'F'),
  LEFT_WITHOUT_REPORT: entry('stated', [67, 71], 'F'),

  // Of every procedure, and of the rulebook itself.
  TIME_NOT_ALLOWED: entry('chosen', [73], 'R'),
  EFFECTIVE_DATE_MISSING: entry('chosen', [75], 'R'),
  PARAMETER_WITHOUT_BASIS: entry('chosen', [75], 'R'),
} satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;
/** The codes of some kinds: `CodeOf<'F' | 'R+F'>` are those that can be findings. */
export type CodeOf<Kind extends CodeKind> = { [C in Code]: (typeof codes)[C]['kind'] extends Kind ? C : never }[Code];

export function isCode(value: unknown): value is Code {
  return typeof value === 'string' && Object.hasOwn(codes, value);
}

/** The citation of a code as the catalogue gives it. A transition or rule may cite more narrowly; then that one is shown. */
export function citationOf(code: Code): RulebookCitation {
  const { articles, basis }: CodeEntry = codes[code];
  const [only, ...more] = articles;
  const where = only !== undefined && more.length === 0 ? only : articles;
  return cite(where, undefined, basis === 'statute' ? 'chosen' : basis);
}
