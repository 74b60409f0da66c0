/** Clocks, ladders, periods, and what holds for every procedure alike. */
import { type Article, statute } from '../citation';
import {
  amount,
  choice,
  choices,
  clock,
  clockSpan,
  dateOrUnknown,
  flag,
  flags,
  type PeriodUnit,
  period,
} from '../parameter-shapes';
import { exact, judged, statutory } from './entry';

const CIVIL_CODE = statute('中华人民共和国民法典', [201, 203]);
const LADDERS: readonly Article[] = [6, 7, 8, 10, 73];

const once = (unit: PeriodUnit, every = 1) => ({ times: 1, every, unit });

export const time = {
  /** Days of work differ from the plain week by the national notices; a site adds its own days as an overlay. */
  'calendar.working': judged(
    choice('national'),
    [],
    'national',
    'holidays and exchanged days by the national notices, without which no working day can be counted',
  ),
  /** When a limit in days or working days ends on its last day. */
  'calendar.dayEnds': statutory(clock('24:00'), CIVIL_CODE, '24:00'),
  'calendar.officeHours': judged(clockSpan(), [], { from: '08:30', to: '18:00' }, 'the usual hours of the offices'),
  /** When messages that fall outside office hours go out. */
  'calendar.noticeHour': judged(clock('23:59'), [], '09:00', 'half an hour after the offices open'),

  /** How old the stamp of an act may be when its case judges it. */
  'stamp.maxAge': judged(
    amount('hours'),
    [],
    72,
    'an entrance repeats an act through an outage as long as a weekend; what is older is handed in anew',
  ),

  /** Time per rung, by kind of ladder. */
  'escalation.unitStep': judged(amount('workingDays'), LADDERS, 3, 'a unit needs days to answer'),
  'escalation.prepStep': judged(amount('workingDays'), LADDERS, 3, 'as for decided work: a unit needs days to answer'),
  'escalation.deskStep': judged(amount('workingDays'), LADDERS, 1, 'a desk answers in a day'),
  'escalation.meetStep': judged(amount('workingDays'), LADDERS, 1, 'a meeting is arranged from day to day'),
  'escalation.overStep': judged(amount('workingDays'), LADDERS, 5, 'an answer to an oversight body has weeks'),

  /** The text says how often; "as a rule", so a period that is missed needs a recorded reason. */
  'recurring.plenary': exact(period(), [42], once('halfYears'), { wording: '一般每半年' }),
  'recurring.partyGroup': exact(period(), [43], once('months'), { wording: '一般每月' }),
  'recurring.standing': exact(period(), [44], { times: 2, every: 1, unit: 'months' }, { wording: '一般每月召开2次' }),
  'recurring.law': judged(period(), [44], once('quarters'), 'four law studies a year', { wording: '定期' }),
  'recurring.economy': judged(period(), [44], once('months'), 'figures of the economy come out by the month', {
    wording: '定期',
  }),
  'recurring.jbReport': judged(period(), [20], once('halfYears'), 'two reports a year', { wording: '定期' }),
  'recurring.cleanup': judged(
    period(),
    [21],
    once('months', 24),
    'a clean-up takes months; every second year leaves time between two of them',
    { wording: '定期' },
  ),
  'recurring.npcReport': judged(period(), [28], once('halfYears'), 'two reports a year', { wording: '定期' }),
  'recurring.petitionMeeting': judged(period(), [31], once('months'), 'letters come in all the time', {
    wording: '定期',
  }),
  'recurring.leaderReception': judged(period(), [31], once('months'), 'visitors come all the time', {
    wording: '定期',
  }),
  'recurring.supervisionAnalysis': judged(
    period(),
    [61],
    once('months'),
    'as long as the usual term of an item: each is looked at about once',
    { wording: '定期或不定期' },
  ),
  'recurring.leaderCheck': judged(period(), [63], once('months'), 'as the analysis of decided matters', {
    wording: '定期',
  }),
  'recurring.workReport': judged(period(), [27, 44], once('years'), 'with the yearly session of the congress'),
  'recurring.countyOpinions': judged(period(), [33], once('halfYears'), 'twice a year'),
  'recurring.window': judged(
    choice('calendar', 'rolling'),
    [42, 43, 44],
    'calendar',
    'periods are usually counted by the calendar',
    { wording: '每半年、每月' },
  ),
  /** Before the end of the period. */
  'recurring.dueSoon': judged(amount('days'), [42, 43, 44], 10, 'time enough to call a meeting', { wording: '定期' }),
  /** After the end of the period. */
  'recurring.grace': judged(amount('days', 0), [42, 43, 44], 0, 'the text gives no grace'),

  'version.openCasePolicy': judged(
    choice('done-stays-next-new', 'finish-under-old'),
    [75],
    'done-stays-next-new',
    'done steps stay, the next step follows the new version; a meeting in session is one step',
  ),
  /** First day of the rulebook in force. */
  'rulebook.effectiveFrom': judged(
    dateOrUnknown(),
    [75],
    'unknown',
    'the page gives neither day nor number; until an operator enters them the edition is a draft',
    { wording: '自公布之日起执行' },
  ),
  'units.memberSet': judged(
    choice('all', 'flagged'),
    [52, 71],
    'all',
    'all 31 departments on the list and the reform commission count alike for signature and leave; the flag isMemberDepartment can narrow it',
    { wording: '组成部门' },
  ),
  /** What the dispatched agencies and affiliated institutions owe like departments. */
  'scope.affiliated': judged(
    choices(['leave', 'duty', 'documents', 'supervision'], 0),
    [74],
    ['leave', 'duty', 'documents', 'supervision'],
    'the last chapter binds them too, though the articles on leave and duty list other units',
  ),
  'portfolio.mayorDirect': judged(
    flag(),
    [47, 49, 53, 71],
    true,
    'for a unit without vice mayor the mayor takes the step of the vice mayor in charge; its leave asks party secretary and mayor',
  ),
  /** What may be done from afar. */
  remoteActs: judged(
    flags(['signature', 'consent', 'chairing']),
    [44, 55],
    { signature: true, consent: true, chairing: false },
    'a paper can be signed anywhere, a meeting is chaired in the room',
  ),
};
