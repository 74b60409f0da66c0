import {
  type Article,
  type Citation,
  chineseNumber,
  chosen,
  cite,
  derived,
  printCitation,
  stated,
  statute,
} from '../../workflows/law';

describe('how a citation is shown to officials', () => {
  test.each<[string, Citation, string]>([
    ['an article', stated(61), '第六十一条'],
    ['a paragraph of an article', stated(49, 2), '第四十九条第二款'],
    ['several articles', stated([6, 7]), '第六条、第七条'],
    ['what follows from an article', derived(61), '依第六十一条推定'],
    ['what follows from several', derived([61, 62]), '依第六十一条、第六十二条推定'],
    ['another instrument', statute('政府督查工作条例', 11), '《政府督查工作条例》第十一条'],
    ['several articles of another instrument', statute('民法典', [201, 203]), '《民法典》第二百零一条、第二百零三条'],
    ['another instrument as a whole', statute('政府督查工作条例'), '《政府督查工作条例》'],
    ['our own choice', chosen(61), '本系统规定'],
    ['our own choice near several articles', chosen([52, 70]), '本系统规定'],
    ['our own choice near no article', chosen(), '本系统规定'],
  ])('%s', (_, citation, printed) => {
    expect(printCitation(citation)).toBe(printed);
  });

  test('what we chose never shows an article, whatever it lies near', () => {
    for (let near = 1; near <= 75; near++) expect(printCitation(chosen(near as Article))).not.toMatch(/条/);
  });
});

test('a citation is plain JSON and survives it', () => {
  for (const citation of [stated(49, 2), derived([61, 62]), chosen(), statute('民法典', [201, 203])]) {
    expect(JSON.parse(JSON.stringify(citation))).toEqual(citation);
  }
});

test('cite says the basis in words and is stated unless told otherwise', () => {
  expect(cite(61)).toEqual(stated(61));
  expect(cite(49, 2)).toEqual(stated(49, 2));
  expect(cite([6, 7], undefined, 'derived')).toEqual(derived([6, 7]));
});

test('an article the rulebook does not have is a compile error', () => {
  stated(1);
  stated(75);
  // @ts-expect-error the rulebook ends with article 75
  stated(76);
  // @ts-expect-error there is no article 0
  derived(0);
  // @ts-expect-error none of several articles may be wrong
  chosen([61, 162]);
  // @ts-expect-error a paragraph belongs to one article
  stated([6, 7], 2);
  // @ts-expect-error a citation written by hand is held to the same numbers
  const byHand: Citation = { basis: 'stated', article: 76 };
  expect(byHand.article).toBe(76);
});

test.each([
  [1, '一'],
  [10, '十'],
  [11, '十一'],
  [20, '二十'],
  [75, '七十五'],
  [100, '一百'],
  [101, '一百零一'],
  [110, '一百一十'],
  [203, '二百零三'],
  [1010, '一千零一十'],
  [1259, '一千二百五十九'],
  [2000, '二千'],
  [9009, '九千零九'],
])('%d is written %s', (value, written) => {
  expect(chineseNumber(value)).toBe(written);
});

test.each([0, -1, 1.5, 10_000, Number.NaN])('%d is no number of an article', (value) => {
  expect(() => chineseNumber(value)).toThrow('expected a whole number from 1 to 9999');
});
