/** Agenda, sessions, minutes, and citywide meetings. */
import { amount, choice, choiceFor, choices, flag, lengths, named } from '../parameter-shapes';
import { exact, judged } from './entry';

export const meetings = {
  /** Per step of the agenda's chain. */
  'agenda.stepSla': judged(
    named('workingDays', ['dsg', 'vm', 'first', 'collation', 'sg', 'final']),
    [47],
    { dsg: 2, vm: 2, first: 2, collation: 1, sg: 1, final: 1 },
    'two days for who judges the matter, one for who checks the list',
  ),
  /** Before the meeting. */
  'agenda.materialCutoff': judged(amount('workingDays'), [47, 48], 3, 'three days to read', {
    source: '广元市的常务会议规则：提前3日',
  }),
  /** Before the meeting; asked once more when the item is called. */
  'agenda.presenceConfirm': judged(amount('hours'), [49], 24, 'the day before'),
  'agenda.presenceMode': judged(
    choice('in-person-unless-allowed', 'in-person'),
    [49],
    'in-person-unless-allowed',
    'in person unless the chair allows video; for a vacant post an acting head with a written appointment; judged when the item is reached',
    { wording: '不能参加会议' },
  ),
  'agenda.presenceExceptionBy': judged(
    choiceFor({ special: ['convener', 'mayor'], others: ['mayor', 'convener'] }),
    [49],
    { special: 'convener', others: 'mayor' },
    'the mayor; for a special meeting whoever convenes it',
    { wording: '原则上' },
  ),
  /** How often an item may come off the list before it is told. */
  'agenda.offListAlertAfter': judged(amount('times'), [49], 3, 'the text has no rule on repetition'),
  'agenda.finalApproval': judged(
    choice('both-if-present', 'both', 'one'),
    [47],
    'both-if-present',
    'both when both are in town; otherwise the one in town, the other informed',
  ),
  'agenda.firstApprovalSelf': judged(
    choice('allowed', 'refused'),
    [47],
    'allowed',
    'the text asks for mayor or executive vice mayor and excludes neither; it is printed on the sheet',
  ),
  /** Kinds of meeting whose items must be coordinated before they are submitted. */
  'agenda.uncoordinatedScope': judged(
    choices(['standing', 'plenary']),
    [47],
    ['standing'],
    'never mayor’s-office or special meetings, otherwise a dispute would have no way out',
  ),
  'agenda.sgReviewKinds': judged(
    choices(['plenary', 'party-group', 'standing', 'mayors-office', 'special']),
    [47],
    ['plenary', 'mayors-office', 'special'],
    'the plenary too; not the Party group, which the mayor chairs as secretary',
  ),

  'meeting.outcomes': judged(
    choices(['adopted', 'adopted-with-changes', 'submit-upward', 'revise', 'deferred', 'not-adopted']),
    [6, 35],
    ['adopted', 'adopted-with-changes', 'submit-upward', 'revise', 'deferred', 'not-adopted'],
    'there is no vote: the chair states the outcome after discussion, opinions are recorded',
  ),
  'meeting.noticeLead': judged(
    lengths(['ordinary', 'urgent']),
    [48],
    { ordinary: { amount: 2, unit: 'workingDays' }, urgent: { amount: 2, unit: 'hours' } },
    'two days to prepare; two hours to come',
  ),
  /** Before the meeting; leave asked later, before opening, stays lawful. */
  'meeting.attendanceDeadline': judged(amount('workingDays'), [49], 1, 'time to test quorum and items again', {
    wording: '会前',
  }),
  'meeting.leaveGrantorAway': judged(
    choice('mayor-remote', 'presider'),
    [49],
    'mayor-remote',
    'the text names the mayor only',
  ),
  'meeting.memberLeave': judged(
    choiceFor({ plenary: ['SG', 'mayor'], partyGroup: ['convener', 'mayor'] }),
    [42, 43, 49],
    { plenary: 'SG', partyGroup: 'convener' },
    'members who are neither vice mayor nor secretary-general: plenary like observers, sending a deputy; Party group without substitute',
  ),
  'meeting.quorumWait': judged(amount('minutes'), [43, 44], 30, 'half an hour of a morning'),

  'minutes.draft': judged(amount('workingDays'), [50], 1, 'while it is remembered'),
  /** For each of the steps of review. */
  'minutes.review': judged(amount('workingDays'), [50], 1, 'a desk answers in a day'),
  /** From the meeting to issue. */
  'minutes.issue': judged(amount('workingDays'), [50], 5, 'a week in all'),
  'minutes.dsgSigner': judged(
    choice('entruster', 'SG'),
    [46, 50],
    'entruster',
    'the leader who entrusted the deputy secretary-general; the secretary-general if it was he',
  ),
  'minutes.changedChair': judged(
    choice('mayor', 'last-chair'),
    [44, 50],
    'mayor',
    'the mayor if he chaired any part, else the executive vice mayor; chairs are kept per item',
  ),
  'pg.minutesSigner': judged(
    choice('mayor-or-evm', 'operator'),
    [43, 50],
    'mayor-or-evm',
    'holds while the Party group’s secretary is the mayor and its deputy the executive vice mayor; otherwise the operator is asked',
  ),
  'plenary.evmMayChair': judged(
    flag(),
    [42, 50],
    false,
    'who chairs is settled in the article on the meeting, the one on minutes speaks of signing only',
  ),
  'mayorsOffice.evmMayChair': judged(
    flag(),
    [45, 50],
    false,
    'who chairs is settled in the article on the meeting, the one on minutes speaks of signing only',
  ),
  /** Who may entrust a deputy secretary-general to hold a special meeting, in writing. */
  'special.entruster': judged(
    choices(['mayor', 'VM', 'SG']),
    [46],
    ['mayor', 'VM', 'SG'],
    'the leaders of the government',
  ),
  /** Tasks of a special meeting that a deputy secretary-general may hold. `2-named`: only the problem named in the entrustment. */
  'special.dsgTasks': judged(
    choices(['1', '2-named', '2', '3']),
    [46],
    ['1', '2-named'],
    'concrete problems of daily work, never what prepares major matters',
    { wording: '具体问题' },
  ),
  'special.fiscalExemptsStaffing': judged(
    flag(),
    [47],
    false,
    'staffing always needs strict necessity and its own procedure; even a fiscal meeting decides no large addition',
  ),
  'press.afterMeeting': judged(amount('workingDays'), [50], 1, 'the next working day', { wording: '及时' }),

  'citywide.approval': judged(amount('workingDays'), [51], 5, 'as a change of a decision'),
  'citywide.approver': judged(choice('mayor', 'EVM'), [51], 'mayor', 'on the proposal of the secretary-general', {
    wording: '按程序',
  }),
  /** Everybody in all rooms and venues. Soft. */
  'citywide.maxPeople': exact(amount('people'), [51], 150),
  'citywide.halfDayHours': judged(amount('hours'), [51], 4, 'a morning or an afternoon', { wording: '半天' }),
  /** Per main speaker. Soft. */
  'citywide.speechMin': exact(amount('minutes'), [51], 60, { wording: '一般控制在1小时以内' }),
  /** Per department and calendar year. */
  'citywide.deptPerYear': exact(amount('times'), [51], 1),
  /** What a special case by procedure may exempt from. */
  'citywide.specialCaseCovers': judged(
    choices(['yearly-limit', 'government-name', 'county-heads']),
    [51],
    ['yearly-limit'],
    'the clause stands beside the yearly limit only',
    { wording: '特殊情况' },
  ),
};
