/** Major decisions, rules, documents of general effect, and the year's plans. */
import { amount, choice, choices, choicesFor, flag, money, named, yearDay } from '../parameter-shapes';
import { exact, judged } from './entry';

const FILING_RULES = '转引备案规定的网页：30日内';

export const decisions = {
  'major.deptConsult': judged(amount('workingDays'), [38], 5, 'a week for another department', {
    wording: '充分协商',
  }),
  'major.countyConsult': judged(amount('workingDays'), [38], 10, 'a county asks its own departments', {
    wording: '事先征求',
  }),
  /** Longest stay in one stage of preparation before the ladder starts. */
  'major.stageStall': judged(amount('workingDays'), [61, 73], 15, 'three weeks without a step'),
  /** A reminder; the order itself is hard. */
  'major.partyReportLead': judged(amount('workingDays'), [39], 3, 'the text has an order, no lead', {
    wording: '决策前',
  }),
  'major.partyReplyRequired': judged(
    flag(),
    [39],
    false,
    'a report is demanded, not a consent: the decision waits for the report, a reply is recorded when it comes',
    { wording: '及时报告' },
  ),
  /** Who keeps the list of what is major, who may raise a matter to it, who may lower one. */
  'major.classifier': judged(
    choicesFor(['keeps', 'raises', 'lowers'], ['JB', 'Office', 'VMC', 'SG', 'mayor']),
    [41, 53, 54, 55],
    { keeps: ['JB', 'Office'], raises: ['VMC', 'SG', 'mayor'], lowers: ['mayor'] },
    'a class with a reason; several may raise it, only the mayor may lower it',
    { wording: '重大事项' },
  ),
  'major.documentForum': judged(
    choice('agenda', 'document'),
    [41, 53],
    'agenda',
    'approval of a major paper is leave to put it on the agenda where a meeting must decide',
  ),

  'public.windowDays': judged(amount('days'), [24], 30, 'the national instrument: as a rule not less', {
    wording: '广泛听取',
    source: '福建省某部门依国家条例制定的文件：一般不少于30日',
  }),
  /** With a recorded reason. */
  'public.minDaysIfShortened': judged(amount('workingDays'), [24], 7, 'as for ordinary normative documents', {
    source: '某政府信息索引：一般规范性文件7个工作日',
  }),
  'public.hearingNotice': judged(amount('days'), [24, 38], 10, 'notice that other cities give'),
  'public.resultPublish': judged(amount('workingDays'), [24, 38], 10, 'two weeks to sort opinions'),
  'public.form': judged(
    choice('drafter-chooses', 'hearing'),
    [24, 38],
    'drafter-chooses',
    'publicity or hearing; a hearing where a statute says so or the mayor orders it',
  ),
  'public.scopeTest': judged(
    choice('any', 'both'),
    [24],
    'any',
    'vital interests or need of wide knowledge: one is enough',
  ),
  'public.adoptionPublished': judged(
    choice('before-decision', 'with-decision'),
    [24],
    'before-decision',
    'or with the decision, when what was adopted is known',
  ),

  'ssra.days': judged(amount('workingDays'), [35], 20, 'a month of work'),
  'ssra.art38': judged(
    choice('any', 'both'),
    [38],
    'any',
    'public interest or likely instability: one is enough, and one test serves both procedures',
  ),

  'legal.reviewDays': judged(
    named('workingDays', ['term', 'least', 'extension']),
    [38],
    { term: 10, least: 7, extension: 10 },
    'terms of other cities; the least of the national instrument is to be checked',
    { source: '两个城市：10个工作日；15个工作日，可延长10个工作日' },
  ),
  'legal.correction': judged(amount('workingDays'), [38], 5, 'a return should cost less than the review'),
  'legal.reviewer': judged(
    choice('JB', 'Office'),
    [38],
    'JB',
    'the text names none for major decisions; by the national procedure rules, to be checked',
  ),

  'normative.filingDays': judged(amount('days'), [20], 15, 'to be set from the regional measure', {
    wording: '依法备案',
  }),
  'normative.npcFilingDays': judged(amount('days'), [27], 30, 'the term of the filing regulation', {
    wording: '依法备案',
    source: FILING_RULES,
  }),
  'normative.opinions': judged(amount('workingDays'), [20], 5, 'as the consultation of departments'),
  'normative.filingReview': judged(amount('workingDays'), [20], 15, 'three weeks; the statute is to be checked'),
  'normative.legalityReview': judged(
    flag(),
    [20, 35, 38],
    true,
    'a review before issue costs less than an annulment after; the regional measure is to be checked',
  ),
  'normative.priorRequestScope': judged(
    choice('all', 'joint-only'),
    [20],
    'all',
    'the wider reading; literally only documents of two or more departments',
    { wording: '其中' },
  ),
  'normative.importance': judged(
    choice('as-major', 'standing-decides'),
    [44, 46],
    'as-major',
    'the same classes as for major matters; the judicial bureau proposes, doubt goes to the standing meeting',
    { wording: '重要规范性文件' },
  ),
  'rule.filingDays': judged(amount('days'), [27], 30, 'the term of the filing regulation', {
    wording: '依法备案',
    source: FILING_RULES,
  }),
  'rule.jbDraftNeedsReview': judged(
    flag(),
    [21, 38],
    true,
    'the bureau that organised the drafting does not review itself: another reviewer and a legal adviser sign off',
  ),
  'rule.interpretationApproval': judged(
    choice('mayor', 'standing'),
    [21],
    'mayor',
    'on the bureau’s opinion; the standing meeting where it changes what the rule does',
  ),
  'interpretation.strength': judged(
    choice('soft', 'hard'),
    [25],
    'soft',
    'it stands under a programme word: signature is blocked and passes with a recorded exception',
    { wording: '推进' },
  ),
  'interpretation.kinds': judged(
    choices(['normative', 'policy', 'rule']),
    [25],
    ['normative', 'policy'],
    'normative and other policy documents; rules if the operator wants it',
    { wording: '政策性文件' },
  ),

  'evaluation.after': judged(amount('months'), [19, 40], 12, 'one year of effect'),
  'evaluation.feedbackEvery': judged(amount('quarters'), [40], 1, 'four looks before the evaluation'),
  'catalogue.publishBy': judged(yearDay(), [40], { yearsAfter: 0, day: '03-31' }, 'the first quarter', {
    wording: '年度',
  }),
  'catalogue.partyConsent': judged(
    flag(),
    [37, 40],
    true,
    'the regional instrument asks for the Party committee’s agreement before publication',
    { source: '《宁夏回族自治区重大行政决策规定》（只见开头各条）' },
  ),
  'catalogue.owners': judged(
    choices(['government', 'departments', 'agencies', 'institutions']),
    [40, 74],
    ['government', 'departments', 'agencies', 'institutions'],
    'every department; agencies and institutions as well',
  ),
  'meetingPlan.by': judged(yearDay(), [51], { yearsAfter: 0, day: '01-31' }, 'the first month', { wording: '年度' }),
  'workPlan.by': judged(yearDay(), [57], { yearsAfter: 0, day: '01-31' }, 'the first month', { wording: '年度' }),
  'assessment.by': judged(yearDay(), [59], { yearsAfter: 1, day: '02-last' }, 'two months after the year', {
    wording: '年度',
  }),

  /** Budget additions from this amount on, the amount itself included, go to the standing meeting. */
  'budget.threshold': exact(money(), [44], '2000000.00', { wording: '200万元（含200万元）以上' }),
  /** Parts of one matter are summed within it. */
  'budget.splitWindow': judged(amount('months'), [44], 12, 'per matter; parts within a year are summed and flagged'),
};
