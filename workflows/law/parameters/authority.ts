/** Who presides, who stands in, who may leave, how many must be there. */
import { amount, choice, choices, flag, seatOrNone } from '../parameter-shapes';
import { judged } from './entry';

export const authority = {
  /** Before a planned departure of the mayor that no entrustment covers. */
  'acting.entrustmentLead': judged(amount('hours'), [9], 2, 'time for one telephone call and a note', {
    wording: '受市长委托',
  }),
  /** Forms of entrustment that are taken. */
  'acting.entrustmentMode': judged(
    choices(['each-time', 'standing']),
    [9],
    ['each-time', 'standing'],
    'either form will do, but a record must exist; without one nothing is presumed',
    { wording: '受市长委托' },
  ),
  'acting.onEvmReturn': judged(
    choice('ranked-continues', 'await-entrustment'),
    [9],
    'ranked-continues',
    'without an entrustment that covers this absence the ranked vice mayor goes on until it arrives',
  ),
  'acting.onHigherReturn': judged(
    choice('switch', 'stay'),
    [9],
    'switch',
    'the order is read at every moment: the earlier one presides from the return, acts done stay',
  ),
  /** From which length on somebody counts as away. */
  'absence.minHours': judged(
    amount('hours', 0),
    [9, 71],
    0,
    'the text names no least length: away from the first hour',
    {
      wording: '不在石',
    },
  ),
  'evm.waiverByMayor': judged(
    flag(),
    [9, 47, 55],
    false,
    'what needs the executive vice mayor as such waits for him unless the operator lets the mayor waive it',
  ),
  /** Reads an entrustment to preside as one to chair the standing meeting too. */
  'standing.presidingEntrustmentSuffices': judged(
    flag(),
    [9, 44],
    true,
    'one paper for one absence; the two acts are told apart in the record, so the second can be demanded',
  ),
  'standing.rankedVmMayChair': judged(
    flag(),
    [9, 44, 47, 50],
    false,
    'only mayor and executive vice mayor are named there, while signature uses a wider phrase',
  ),
  /** Seat that acts for an absent secretary-general by a written arrangement of the mayor. */
  'sg.deputyPositionId': judged(
    seatOrNone(),
    [47, 49, 50, 55],
    'none',
    'the text names no stand-in: the step waits and climbs to the executive vice mayor',
  ),

  'quorum.inclusive': judged(flag(), [43, 44], true, 'exactly half is enough', {
    wording: '半数以上',
    source: '《中华人民共和国民法典》第一千二百五十九条',
  }),
  'quorum.remoteCounts': judged(
    flag(),
    [43, 44],
    false,
    'members in office on the day count, absent ones too; video only if the chair allowed it before opening',
  ),
  'quorum.recheck': judged(
    choice('each-decision', 'opening-only'),
    [43, 44],
    'each-decision',
    'below half the meeting is suspended; what was decided stands',
  ),

  /** A reminder; asking later is no ground for a refusal. */
  'leave.minNotice': judged(amount('workingDays'), [71], 2, 'the text has an order, no lead', {
    wording: '事先',
    source: '青海省2013年的请假报备做法：提前两个工作日',
  }),
  /** For each missing approver. */
  'leave.approvalSla': judged(amount('workingDays'), [71], 1, 'a desk answers in a day'),
  /** After the planned end, before the case says overstayed. */
  'leave.returnGrace': judged(amount('hours'), [71], 4, 'half a working day to report back', {
    source: '青海省2013年的请假报备做法：返回后报告',
  }),
  /** After the planned start, when applicant and Office are asked whether he has left. */
  'leave.departureAsk': judged(amount('hours'), [9], 1, 'a departure is recorded, never presumed'),
  'leave.order': judged(
    choice('parallel', 'in-order'),
    [71],
    'parallel',
    'all are needed and none waits for another; somebody with two seats approves once for each',
  ),
  /** Who may let mayor and executive vice mayor be away together. */
  'leave.exclusionGrantor': judged(choice('PSec'), [71], 'PSec', 'he approves the leave of both', {
    wording: '一般不同时外出',
  }),
  /** Whether the receipts of both offices must be in before departure. */
  'leave.filingBefore': judged(
    flag(),
    [71],
    true,
    'filing follows the approvals in the sentence that says leave is asked beforehand',
    { wording: '备案' },
  ),
  'leave.extension': judged(
    choice('same-approvers', 'new-request'),
    [71],
    'same-approvers',
    'asked before the end, the overlap tested again; a leave cut short ends with the return, one not taken is recorded',
  ),
};
