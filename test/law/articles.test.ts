import { articlesInShort, chapterTitles } from '../../locale';
import {
  type Article,
  type ArticleKind,
  articleOf,
  articles,
  articlesOf,
  type Code,
  type CodeEntry,
  chapterOf,
  chapters,
  codes,
  edition,
  editionMark,
  instruments,
  meetingTask,
  meetingTasks,
  type Parameter,
  type ProcedureName,
  parameter,
  parameters,
  softRules,
  softRulesOf,
} from '../../workflows/law';
import { articleTexts } from '../../workflows/law/article-texts';

test('all 75 articles stand in the order of the text', () => {
  expect(articles.map(({ number }) => number)).toEqual(Array.from({ length: edition.articleCount }, (_, i) => i + 1));
  expect([articleOf(61)?.number, articleOf(75)?.number]).toEqual([61, 75]);
  expect([articleOf(0), articleOf(76)]).toEqual([undefined, undefined]);
});

test('every article has a heading and a summary of ours, in both scripts', () => {
  expect(Object.keys(articleTexts).map(Number)).toEqual(articles.map(({ number }) => number));
  for (const { number } of articles) {
    const { heading, summary } = articleTexts[number];
    expect(heading).toMatch(/^[\p{Script=Han}0-9]{2,10}$/u);
    expect(summary).toMatch(/^[A-Z].{20,}\.$/s);
    const short = articlesInShort[number];
    expect(short.heading.hans).toBe(heading);
    expect(short.gist.hans).toMatch(/。$/);
    expect([short.heading.hant.length, short.gist.hant.length]).toEqual([heading.length, short.gist.hans.length]);
  }
});

test('every article answers to a procedure, or says why there is nothing to enforce', () => {
  for (const { number, procedures } of articles) {
    expect([number, procedures.length > 0]).toEqual([number, articleTexts[number].nothing === undefined]);
    expect(new Set(procedures).size).toBe(procedures.length);
  }
});

test('15 articles are principles only, and 4 define something only', () => {
  const only = (kind: ArticleKind) =>
    articles.filter(({ kinds }) => kinds.every((one) => one === kind)).map(({ number }) => number);
  expect(only('principle')).toEqual([2, 3, 5, 11, 12, 13, 14, 15, 16, 17, 18, 22, 66, 68, 72]);
  expect(only('definition')).toEqual([1, 4, 74, 75]);
});

/** The lists that the procedures themselves give (spec section 2), against the rows of the articles. */
test.each<[ProcedureName, number[]]>([
  ['acting-authority', [6, 7, 8, 9]],
  ['leave-request', [8, 9, 49, 67, 71, 74]],
  ['major-decision', [6, 7, 8, 10, 20, 23, 24, 35, 36, 37, 38, 39, 40, 41, 44, 47, 52, 54, 61, 62, 73]],
  ['public-consultation', [6, 7, 8, 10, 23, 24, 26, 35, 38, 39, 73]],
  ['legality-review', [6, 7, 8, 10, 20, 21, 33, 35, 38, 55, 73]],
  ['annual-planning', [6, 7, 8, 10, 34, 40, 51, 57, 59, 73]],
  ['recurring-obligation', [6, 7, 8, 10, 20, 21, 27, 28, 31, 33, 42, 43, 44, 48, 61, 63, 73]],
  ['post-evaluation', [6, 7, 8, 10, 19, 40, 73]],
  ['regulation-making', [6, 7, 8, 10, 19, 21, 24, 25, 27, 35, 37, 39, 44, 54, 73]],
  ['normative-document', [6, 7, 8, 10, 19, 20, 21, 24, 25, 27, 33, 35, 37, 38, 44, 45, 46, 55, 56, 73]],
  ['standing-agenda-item', [6, 7, 8, 10, 37, 38, 39, 41, 44, 47, 48, 49, 52, 73]],
  ['meeting-agenda-item', [6, 7, 8, 10, 37, 41, 42, 43, 45, 46, 47, 49, 73]],
  ['plenary-meeting', [6, 8, 26, 41, 42, 47, 48, 49, 50, 62]],
  ['party-group-meeting', [6, 8, 43, 47, 48, 49, 50]],
  ['standing-meeting', [6, 8, 9, 26, 41, 44, 47, 48, 49, 50, 62]],
  ['mayors-office-meeting', [6, 8, 45, 47, 48, 49, 50, 62, 63]],
  ['special-meeting', [6, 8, 46, 47, 48, 49, 50, 62, 63]],
  ['meeting-minutes', [6, 8, 26, 48, 50, 58, 61, 62, 64, 73]],
  ['citywide-meeting', [6, 8, 48, 51, 73]],
  ['incoming-document', [6, 7, 8, 10, 41, 52, 53, 56, 58, 73]],
  ['dispute-coordination', [6, 7, 8, 10, 20, 38, 45, 46, 47, 52, 53, 58, 63, 73]],
  ['outgoing-document', [6, 8, 25, 54, 55, 56, 73]],
  ['cooperation-agreement', [6, 7, 8, 10, 55, 73]],
  ['information-release', [6, 7, 8, 10, 23, 25, 26, 30, 50, 69, 70, 73]],
  ['supervision-item', [6, 7, 10, 58, 59, 60, 61, 62, 63, 64, 65, 73]],
  ['decision-change', [6, 8, 19, 40, 52, 60, 65, 69, 73]],
  ['accountability', [6, 8, 29, 32, 34, 59, 60, 64, 65, 67, 73]],
  ['proposal-handling', [6, 27, 28, 58, 62, 63]],
  ['petition-handling', [6, 30, 31, 62, 63]],
  ['oversight-rectification', [6, 29, 30, 32, 33, 63, 64]],
  ['emergency-report', [6, 7, 8, 25, 41, 67, 69, 74]],
  ['urgent-handling', [6, 7, 8, 41]],
  ['duty-watch', [6, 7, 8, 10, 67, 71, 73, 74]],
  ['rulebook-version', [1, 74, 75]],
])('%s answers to %j', (procedure, numbers) => {
  const named = articles.filter(({ procedures }) => procedures.includes(procedure)).map(({ number }) => number);
  expect(named).toEqual(numbers);
});

test('what an article reaches by a chain or a guard only is among what it reaches', () => {
  for (const { number, procedures, byChain, behindLadders } of articles) {
    expect(byChain.filter((name) => !procedures.includes(name))).toEqual([]);
    expect([number, behindLadders === true]).toEqual([number, [6, 7, 8, 10, 73].includes(number)]);
  }
});

test('every article that a code, a figure, a soft rule or a meeting names has something to enforce', () => {
  const enforceable = new Set<number>(
    articles.filter(({ procedures }) => procedures.length > 0).map(({ number }) => number),
  );
  const byCodes = Object.values(codes).flatMap((code): readonly number[] => code.articles);
  const byParameters = (Object.values(parameters) as Parameter<unknown>[])
    .flatMap(({ values }) => values.map(({ cite }) => cite))
    .filter(({ basis }) => basis !== 'statute')
    .flatMap(articlesOf);
  const bySoftRules = softRules.flatMap((one): readonly number[] => one.articles);
  const byMeetings = Object.values(meetingTasks).map(({ article }): number => article);
  const all = [...byCodes, ...byParameters, ...bySoftRules, ...byMeetings];
  expect([...new Set(all)].filter((number) => !enforceable.has(number))).toEqual([]);
});

describe('chapters', () => {
  test('follow one another without gap, from 1 to 75', () => {
    expect(chapters.map(({ number }) => number)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    expect([chapters[0]!.first, chapters.at(-1)!.last]).toEqual([1, 75]);
    for (const [i, { last }] of chapters.slice(0, -1).entries()) expect(chapters[i + 1]!.first).toBe(last + 1);
    expect(chapters.map(({ title }) => title)).toEqual(chapterTitles.map(({ hans }) => hans));
  });
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

describe('soft rules', () => {
  test('answer with the codes that the catalogue has as soft, and with no others', () => {
    const soft = Object.entries(codes).flatMap(([code, entry]: [string, CodeEntry]) => (entry.soft ? [code] : []));
    expect([...softRules.flatMap((one): readonly string[] => one.codes)].sort()).toEqual(soft.sort());
  });

  test.each<[Code, string[]]>([
    ['MUTUAL_EXCLUSION', ['party-secretary']],
    ['LEAD_NOT_UNIQUE', ['mayor']],
    ['NOT_COORDINATED', ['mayor', 'evm']],
    ['SPECIAL_MEETING_FUNDING', ['convener']],
    ['PRESENCE_REQUIRED', ['mayor', 'convener']],
    ['TOO_MANY_PEOPLE', ['mayor']],
    ['DIRECT_TO_LEADER', ['addressee']],
    ['INTERPRETATION_NOT_SYNCED', ['signer']],
  ])('an exception from %s is granted by %j', (code, grantors) => {
    expect(softRulesOf(code).map((one) => one.grantors)).toEqual([grantors]);
  });

  test('rest on our reading, and the one department meeting a year is none of them', () => {
    expect(new Set(softRules.map(({ basis }) => basis))).toEqual(new Set(['chosen']));
    expect(softRulesOf('YEARLY_LIMIT_REACHED')).toEqual([]);
  });

  test('agree with the figures that name the grantor or the strength', () => {
    const at = (
      key: 'leave.exclusionGrantor' | 'doc.directExceptionBy' | 'interpretation.strength' | 'citywide.approver',
    ) => parameter(key).at('2026-03-02');
    expect([
      at('leave.exclusionGrantor'),
      at('doc.directExceptionBy'),
      at('interpretation.strength'),
      at('citywide.approver'),
    ]).toEqual(['PSec', 'addressee', 'soft', 'mayor']);
    expect(parameter('agenda.presenceExceptionBy').at('2026-03-02')).toEqual({ special: 'convener', others: 'mayor' });
  });
});

describe('tasks of the meetings', () => {
  test.each([
    ['plenary', 42, 4],
    ['party-group', 43, 5],
    ['standing', 44, 11],
    ['mayors-office', 45, 4],
    ['special', 46, 3],
  ] as const)('%s, article %d, has %d', (kind, article, count) => {
    expect([meetingTasks[kind].article, meetingTasks[kind].tasks.length]).toEqual([article, count]);
    expect(meetingTasks[kind].tasks.map(({ number }) => number)).toEqual(
      Array.from({ length: count }, (_, i) => i + 1),
    );
    expect(meetingTask(kind, count)?.number).toBe(count);
    expect([meetingTask(kind, 0), meetingTask(kind, count + 1)]).toEqual([undefined, undefined]);
  });
});

test('instruments the text speaks of stand at their article, and no figure is taken from one by guess', () => {
  expect(instruments.map(({ article }) => article)).toEqual([1, 1, 1, 1, 23, 29, 37, 37, 52, 52, 62, 71]);
  const statutes = (Object.values(parameters) as Parameter<unknown>[]).flatMap(({ values }) =>
    values.flatMap(({ cite }) => (cite.basis === 'statute' ? [cite.instrument] : [])),
  );
  expect(statutes).toEqual(['中华人民共和国民法典']);
});
