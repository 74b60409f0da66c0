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
