/** Short labels for the Temporal UI. Sentences and templates stand in the locale table, which is not bundled. */
import type { ObligationId } from './obligations';

export const title = '定期义务';

export const states: Record<string, string> = {
  scheduled: '在期内',
  'due-soon': '即将到期',
  due: '到期当日',
  overdue: '逾期',
  escalated: '逐级督促',
  fulfilled: '已履行',
  'fulfilled-late': '逾期履行',
  waived: '说明理由免除',
};

export const duties: Record<ObligationId, string> = {
  RO1: '召开全体会议',
  RO2: '召开党组会议',
  RO3: '召开常务会议',
  RO4: '常务会议学法',
  RO5: '常务会议分析经济运行',
  RO6: '报告部门规范性文件审查情况',
  RO7: '清理规章和规范性文件',
  RO8: '报告和通报建议提案办理情况',
  RO9: '召开信访工作会议',
  RO10: '接待群众来访',
  RO11: '督查分析决定事项落实情况',
  RO12: '过问决策执行情况',
  RO13: '向人民代表大会报告工作',
  RO14: '征询县区意见建议',
};
