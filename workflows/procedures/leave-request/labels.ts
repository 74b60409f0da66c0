/** Short labels for the Temporal UI. Sentences and templates stand in the locale table, which is not bundled. */
import type { LeaveKind } from './events';

export const title = '请假报备';

export const states: Record<string, string> = {
  drafted: '拟请',
  checking: '核查',
  'exclusion-hold': '等候错开',
  'awaiting-approvals': '待批准',
  approved: '已批准',
  filing: '报备案',
  'on-leave': '离石',
  overstayed: '逾期未归',
  recalled: '召回',
  observed: '未经请假离石',
  returned: '已返回',
  closed: '办结',
  rejected: '未批准',
  withdrawn: '撤回',
};

export const kindLabels: Record<LeaveKind, string> = { visit: '出访', business: '出差', holiday: '休假' };
