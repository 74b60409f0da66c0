import {
  type Article,
  articles,
  articlesOf,
  chapterOf,
  codes,
  edition,
  editionMark,
  type Parameter,
  parameters,
} from '../../workflows/law';
import { articleTexts } from '../../workflows/law/article-texts';

const entered = new Set<number>(articles.map(({ number }) => number));

test('articles stand in the order of the text, each once', () => {
  const numbers = articles.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});

test('every article has a heading and a summary, and no text is without its article', () => {
  expect(Object.keys(articleTexts).map(Number)).toEqual([...entered]);
  for (const { heading, summary } of Object.values(articleTexts)) {
    expect(heading).toMatch(/^\p{Script=Han}{2,10}$/u);
    expect(summary).toMatch(/^[A-Z].{20,}\.$/s);
  }
});

test('every article answers to a procedure, and names none twice', () => {
  for (const { number, procedures } of articles) {
    expect([number, procedures.length > 0, new Set(procedures).size]).toEqual([number, true, procedures.length]);
  }
});

test('every article on which a supervised matter rests says so', () => {
  const answering = articles.filter(({ procedures }) => procedures.includes('supervision-item'));
  expect(answering.map(({ number }) => number)).toEqual([6, 7, 10, 58, 59, 60, 61, 62, 63, 64, 65, 73]);
});

test('every article that a code or a parameter names is entered', () => {
  const byCodes = Object.values(codes).flatMap((code) => code.articles);
  const byParameters = (Object.values(parameters) as Parameter<unknown>[])
    .flatMap(({ values }) => values.map(({ cite }) => cite))
    .filter(({ basis }) => basis !== 'statute')
    .flatMap(articlesOf);
  expect([...byCodes, ...byParameters].filter((number) => !entered.has(number))).toEqual([]);
});

test.each<[Article, number]>([
  [1, 1],
  [3, 1],
  [4, 2],
  [51, 8],
  [52, 9],
  [57, 10],
  [65, 10],
  [66, 11],
  [73, 12],
  [74, 13],
  [75, 13],
])('article %d stands in chapter %d', (article, chapter) => {
  expect(chapterOf(article)).toBe(chapter);
});

describe('the edition', () => {
  test('bears the mark of an unconfirmed edition while its first day is unknown', () => {
    expect(edition.effectiveFrom).toBeUndefined();
    expect(editionMark(edition)).toBe('【规则版本待确认】');
  });

  test('bears no mark once its first day is entered', () => {
    expect(editionMark({ ...edition, number: '石政发〔2026〕1号', effectiveFrom: '2026-01-01' })).toBeUndefined();
  });

  test('says which rules it replaced', () => {
    expect(edition.repeals).toEqual({ number: '石政发〔2019〕53号', date: '2019-09-19' });
  });
});
