/** Execution, supervision, changes, accountability, and answers owed outside. */
import { amount, choice, choices, countdown, flag, named, rungs } from '../parameter-shapes';
import { judged } from './entry';

const TERMS_BY_SOURCE = '某市督查办法：公文30日，纪要20日，领导交办15日，紧急的1至5日';

export const execution = {
  'supervision.dispatch': judged(amount('workingDays'), [62], 1, 'prompt dispatch: the next working day', {
    wording: '及时',
  }),
  /** Term by where the item comes from, when the decision set none. Other sources have no default. */
  'supervision.defaultDue': judged(
    named('days', ['minutes', 'document', 'leader-assignment', 'leader-assignment-urgent']),
    [61],
    { minutes: 20, document: 30, 'leader-assignment': 15, 'leader-assignment-urgent': 5 },
    'terms that the supervision rules of another city set by source',
    { wording: '规定期限', source: TERMS_BY_SOURCE },
  ),
  /** Before the due instant. */
  'supervision.reminders': judged(countdown('days'), [62], [7, 3, 1], 'a week, half a week and a day ahead', {
    wording: '及时催办',
  }),
  /** After the due instant, or after a report was found short or wrong. */
  'supervision.explanationDue': judged(amount('workingDays'), [61], 3, 'one rung of the ladder', {
    wording: '书面说明',
  }),
  /** After the item became overdue: level 1 the unit, 2 vice mayor and secretary-general, 3 the top. */
  'supervision.ladder': judged(
    rungs('workingDays', 3),
    [61, 62, 63, 64, 65],
    [0, 3, 10],
    'other cities escalate by repeated overdue in three colours',
    { source: '三明市2017年的三色督办' },
  ),
  'supervision.reviewSla': judged(amount('workingDays'), [61], 5, 'a report handed in should be judged within a week'),
  /** Longest silence of a unit about an item before it is asked for progress. */
  'supervision.progressEvery': judged(
    amount('workingDays'),
    [62],
    10,
    'at least one progress report inside the shortest usual term',
    { wording: '全程督查' },
  ),
  /** Through whom the government gives opinions for improvement, orders rectification and circulates. */
  'supervision.orderBy': judged(
    choices(['VMC', 'SG', 'mayor']),
    [61, 64],
    ['VMC', 'SG'],
    'on the proposal of the supervision office; nothing by a timer',
    { wording: '市政府' },
  ),
  /** Proposed in a drafted rectification order; the date itself is set by a person. */
  'rectify.days': judged(amount('days'), [61], 15, 'half of the usual term for a document', { wording: '限期' }),

  'decision.change': judged(amount('workingDays'), [60], 5, 'a change wanted should not wait longer than a week'),
  'decision.consentLevel': judged(
    choice('same-or-higher', 'same'),
    [60],
    'same-or-higher',
    'whoever took the decision or stands above; an urgent stop against harm is taken by the vice mayor in charge and reported',
  ),
  'accountability.factCheck': judged(amount('workingDays'), [65], 10, 'facts of one matter, from papers at hand'),
  'accountability.hearing': judged(amount('workingDays'), [65], 5, 'a week to answer in writing'),

  'proposal.reply': judged(
    named('months', ['term', 'most', 'repeat']),
    [28],
    { term: 3, most: 6, repeat: 3 },
    'terms another province sets; the statute is to be checked',
    { source: '四川省2024年的办理规定：3个月，最长6个月' },
  ),
  'proposal.contactRequired': judged(
    flag(),
    [28],
    true,
    'contact with the proposer stands under a programme word, other statutes rule the single case; asked for before closing',
  ),
  /** When the organ that inquires names no date. */
  'oversight.inquiryDue': judged(amount('workingDays'), [27], 10, 'two weeks; the statute is to be checked', {
    wording: '询问、质询',
  }),
  'petition.accept': judged(amount('days'), [31], 15, 'the term petition offices publish', {
    source: '攀枝花市信访局网页',
  }),
  'petition.handle': judged(amount('days'), [31], 60, 'the term petition offices publish', {
    source: '攀枝花市信访局网页',
  }),
  'petition.extend': judged(amount('days'), [31], 30, 'the term petition offices publish', {
    source: '攀枝花市信访局网页',
  }),
  /** When the paper names no date. */
  'oversight.rectify': judged(amount('days'), [30, 32], 30, 'as the usual term for a document'),
};
