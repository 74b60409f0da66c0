/**
 * Other instruments the rulebook speaks of. What they say is not in its text: their own figures must be read from those
 * papers, and where one is taken over it is entered as `statute` with name and article.
 */
import type { Article } from './citation';

export interface Instrument {
  name: string;
  /** Where the rulebook speaks of it. */
  article: Article;
  /** As the ground of the rulebook, as its model, or as rules that go before its own. */
  as: 'ground' | 'model' | 'rules';
}

export const instruments: readonly Instrument[] = [
  { name: '中华人民共和国宪法', article: 1, as: 'ground' },
  { name: '中华人民共和国地方各级人民代表大会和地方各级人民政府组织法', article: 1, as: 'ground' },
  { name: '国务院工作规则', article: 1, as: 'model' },
  { name: '宁夏回族自治区人民政府工作规则', article: 1, as: 'model' },
  { name: '中华人民共和国政府信息公开条例', article: 23, as: 'rules' },
  { name: '中华人民共和国行政复议法', article: 29, as: 'rules' },
  { name: '重大行政决策程序暂行条例', article: 37, as: 'rules' },
  { name: '宁夏回族自治区重大行政决策规定', article: 37, as: 'rules' },
  { name: '党政机关公文处理工作条例', article: 52, as: 'rules' },
  { name: '党政机关公文格式', article: 52, as: 'rules' },
  { name: '政府督查工作条例', article: 62, as: 'rules' },
  { name: '自治区党委、政府和市委关于请假报备的规定', article: 71, as: 'rules' },
];
