/** Papers, disputes, agreements, and what is told to the public. */
import { amount, choice, choices, flag, lengths, named } from '../parameter-shapes';
import { judged } from './entry';

const OPINION = '国家2016年的政务舆情回应规定：5、24、48小时';

export const documents = {
  'doc.intake': judged(
    lengths(['urgent', 'express', 'ordinary']),
    [53, 73],
    {
      urgent: { amount: 2, unit: 'hours' },
      express: { amount: 1, unit: 'workingDays' },
      ordinary: { amount: 3, unit: 'workingDays' },
    },
    'terms by urgency',
    { source: '公文办理网页：特急即办，加急1日，普通3日' },
  ),
  'doc.leaderSla': judged(amount('workingDays'), [53], 2, 'a leader is not every day at the desk'),
  /** Of a department that was given a misdirected matter. */
  'doc.transferFeedback': judged(amount('workingDays'), [56], 10, 'two weeks'),
  /** Who may let a paper go to a leader directly. */
  'doc.directExceptionBy': judged(
    choice('addressee', 'mayor'),
    [52],
    'addressee',
    'the leader addressed, the Office informed',
    { wording: '一般' },
  ),

  'dispute.round': judged(amount('workingDays'), [52], 5, 'a week per round of talks'),
  /** Silence is no consent. */
  'dispute.countersign': judged(amount('workingDays'), [52], 3, 'one rung of the ladder'),
  'dispute.vmStep': judged(amount('workingDays'), [7], 5, 'one round, as between departments', {
    wording: '协商决定',
  }),
  'dispute.countersigner': judged(
    choices(['UH', 'UD']),
    [52],
    ['UH', 'UD'],
    'the word is wider than the one for who signs: principal or deputy in charge',
    { wording: '负责人' },
  ),

  'outgoing.stepSla': judged(amount('workingDays'), [55], 1, 'a desk answers in a day'),
  'office.keyDocsSgReview': judged(
    flag(),
    [55],
    true,
    'the clause on key matters names no reviewers: as the ordinary paper, and by the secretary-general',
  ),
  'agreement.consult': judged(amount('workingDays'), [55], 5, 'a week for another department'),
  'agreement.deskSla': judged(amount('workingDays'), [55], 2, 'as a paper before a leader'),
  'agreement.signatory': judged(
    choice('mayor-or-named', 'mayor'),
    [55],
    'mayor-or-named',
    'the mayor, or whom he names in the approval',
  ),
  'release.deskSla': judged(amount('hours'), [50, 69], 4, 'fits inside the time for the first information', {
    wording: '及时',
  }),
  'opinion.major': judged(
    named('hours', ['firstInformation', 'pressConference']),
    [25],
    { firstInformation: 5, pressConference: 24 },
    'as the national rules set them',
    { wording: '及时', source: OPINION },
  ),
  'opinion.other': judged(amount('hours'), [25], 48, 'as the national rules set it', {
    wording: '及时',
    source: OPINION,
  }),
};
