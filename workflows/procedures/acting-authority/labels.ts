/** Short labels for the Temporal UI. Sentences and templates stand in the locale table, which is not bundled. */
export const title = '主持工作顺位';

export const states: Record<string, string> = {
  'mayor-presiding': '市长主持',
  'evm-presiding': '常务副市长主持',
  'ranked-vm-presiding': '副市长按序主持',
  'awaiting-entrustment': '等候委托',
  unresolved: '无人主持',
  'term-closed': '本届结束',
};
