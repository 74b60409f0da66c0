/** Short labels for the Temporal UI. Sentences and templates stand in the locale table, which is not bundled. */
export const title = '督查事项';

export const states: Record<string, string> = {
  registered: '立项',
  assigning: '交办',
  'in-progress': '办理',
  reviewing: '审核',
  improving: '提出改进意见',
  rectifying: '限期整改',
  overdue: '逾期',
  explained: '已说明',
  accepted: '销号',
  closed: '办结',
};

export const delays: Record<string, string> = {
  due: '办理期限',
  dispatch: '交办时限',
  review: '审核时限',
  decision: '说明审定时限',
  deskStep: '催办下一级',
  reminder: '到期提醒',
  progress: '进展报告',
  explanation: '书面说明期限',
  level2: '升至第二级',
  level3: '升至第三级',
  repeat: '再次督促',
};
