/** Urgent situations and the watch. */
import { amount, choice, choices, clock, flags, named } from '../parameter-shapes';
import { exact, judged } from './entry';

/** 特别重大、重大、较大、一般. Of an unknown level the shortest limit holds. */
const LEVELS = ['I', 'II', 'III', 'IV'] as const;
const BETWEEN = '他地：20分钟电话至2小时；本地数值见宁政办发〔2018〕83号、石政发〔2023〕5号';

export const emergency = {
  /** From occurrence or knowledge to the first report by mouth. */
  'emergency.firstReport': judged(
    named('minutes', LEVELS),
    [67],
    { I: 30, II: 30, III: 30, IV: 30 },
    'between the limits of other places; one figure for all levels until the official ones are entered',
    { wording: '第一时间', source: BETWEEN },
  ),
  'emergency.written': judged(
    named('minutes', LEVELS),
    [67],
    { I: 60, II: 60, III: 60, IV: 60 },
    'between the limits of other places; one figure for all levels until the official ones are entered',
    { wording: '第一时间', source: BETWEEN },
  ),
  /** Of the duty room. */
  'emergency.ack': judged(amount('minutes'), [67], 5, 'somebody sits beside the telephone'),
  /** Of secretary-general and vice mayor, before the next above is called. */
  'emergency.leaderAck': judged(amount('minutes'), [67], 15, 'three calls'),
  /** Until a person acknowledges. */
  'emergency.repeat': judged(amount('minutes'), [67], 5, 'as the answer of the duty room'),
  /** While the event goes on. */
  'emergency.update': judged(amount('hours'), [67], 2, 'four reports in a working day'),
  /** After the end of the event. */
  'emergency.final': judged(amount('workingDays'), [67], 5, 'a week to put the facts together'),
  /** The first receives, the others are informed beside it. */
  'emergency.receiver': judged(
    choices(['office-duty-room', 'emergency-bureau', 'VMC']),
    [67],
    ['office-duty-room', 'emergency-bureau', 'VMC'],
    'the watch of the Office takes the report, bureau and vice mayor in charge hear it in parallel',
  ),
  /** Which faults are flagged. Late: after the limit; false: known untrue when stated; concealed: known and kept back; omitted: should have been known. */
  'emergency.faultRules': judged(
    flags(['late', 'false', 'concealed', 'omitted']),
    [67],
    { late: true, false: true, concealed: true, omitted: true },
    'the text names the four and defines none; the machine flags, a person finds',
    { wording: '迟报、谎报、瞒报、漏报' },
  ),
  'emergency.sameEvent': judged(
    choice('key-or-person', 'key-only'),
    [67],
    'key-or-person',
    'one case for one event number, without it a person merges; duties and timeliness stay with each unit',
  ),

  /** After handling starts. */
  'urgent.reportMayor': judged(amount('hours'), [41], 2, 'while handling still goes on', { wording: '处理后报告' }),
  /** Until the mayor acknowledges; the presider has a copy. */
  'urgent.retryEvery': judged(amount('minutes'), [41], 15, 'as a leader’s acknowledgement'),
  'urgent.ratify': judged(
    choice('mayor-option', 'next-standing'),
    [41],
    'mayor-option',
    'no later confirmation is demanded; the mayor may order one',
  ),
  'urgent.vmcAbsent': judged(
    choice('mayor-entrusts-else-presider', 'presider'),
    [7, 41],
    'mayor-entrusts-else-presider',
    'by telephone, recorded after; with the mayor out of reach the presider handles and reports',
  ),

  'duty.cycle': exact(amount('hours'), [67], 24, { wording: '24小时' }),
  'duty.dayStarts': judged(clock('23:59'), [67], '08:30', 'the usual hour of handing over'),
  /** Before the slot. */
  'duty.rosterBy': judged(amount('days'), [67], 1, 'time to find a replacement'),
  /** Per rung. */
  'duty.escalationStep': judged(amount('minutes'), [67], 10, 'as the time to answer a check'),
  'duty.checksPerDay': judged(
    named('times', ['random', 'leader']),
    [67],
    { random: 2, leader: 1 },
    'two at no known hour, and one of the leader',
  ),
  'duty.answerWithin': judged(amount('minutes'), [67], 10, 'the length of a walk through the house'),
  'duty.secondCall': judged(amount('minutes'), [67], 5, 'half of the first'),
  /** Around the change of a slot. */
  'duty.handoverOverlap': judged(amount('minutes'), [67], 15, 'time to tell what is open'),
  'duty.replacementWithin': judged(amount('minutes'), [67], 60, 'the way across the city'),
  /** How often it is drawn whether to call now. */
  'duty.drawEvery': judged(amount('minutes'), [67], 15, 'fine enough to surprise, coarse enough for the server'),
  'duty.leaderCoverage': judged(
    choice('every-slot', 'by-class'),
    [67],
    'every-slot',
    '24 hours qualifies the person on duty; a leader is named for every slot, on site or on call by the class of day',
  ),
  /** The duty day turns and no roster is complete. */
  'duty.noRoster': judged(
    choice('last-stays', 'unit-head'),
    [67],
    'last-stays',
    'the watch goes on with those last on duty until relieved; finding and ladder at once',
  ),
};
