/** docs/law/articles.md: article → what rests on it → the tests named after it. */
import { procedureTitles } from '../../../locale';
import {
  type ArticleKind,
  type Basis,
  type Citation,
  chapters,
  chineseNumber,
  edition,
  editionMark,
  instruments,
  printCitation,
} from '../../../workflows/law';
import { code, table } from '../markdown';
import { RENEW } from '../page';
import { type ArticleView, type Book, everyArticle } from './article-view';

const KINDS: Record<ArticleKind, string> = {
  procedural: 'procedural 程序',
  routing: 'routing 权限',
  constraint: 'constraint 约束',
  definition: 'definition 定义',
  principle: 'principle 原则',
};

export function articlePage(book: Book): string {
  const views = everyArticle(book);
  const parts = [
    '# The rulebook, article by article 条文',
    `**${editionMark(edition) ?? edition.id}**`,
    intro(),
    ground(),
    overview(views),
    nothing(views),
    notYet(views),
    ...chapters.map((chapter) =>
      [
        `## ${chapter.number} ${chapter.title}`,
        ...views.filter((view) => view.chapter.number === chapter.number).map(section),
      ].join('\n\n'),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

function intro(): string {
  return [
    `Printed by \`client/docs\` from the tables in \`workflows/law\`, the machines and the test files; not written by hand. To renew it: \`${RENEW}\`.`,
    'Headings and summaries are ours; the wording of the rulebook is not reproduced. Under Ground, 第…条 is what the article says,',
    '依第…条推定 follows from it, and 本系统规定 is a choice of this system that only lies near the article.',
    'A test belongs to an article when its file is `test/articles/NNN-….test.ts`, or when its sentence, or the row of its table, bears `[NN]`.',
    'On the command line: `zhengling law`, `zhengling law 61`.',
  ].join('\n');
}

function ground(): string {
  const { title, number, effectiveFrom, repeals } = edition;
  const named = (as: 'ground' | 'model' | 'rules') =>
    instruments
      .filter((one) => one.as === as)
      .map((one) => `《${one.name}》`)
      .join('、');
  return [
    '## The edition 版本',
    table(
      ['Item', 'Value'],
      [
        ['Title', title],
        ['Edition', code(edition.id)],
        ['Number', number ?? 'not on the page we worked from'],
        ['In force from', effectiveFrom ?? 'its publication, a day not on the page we worked from (article 75)'],
        ['Replaces', `${repeals.number} of ${repeals.date} (article 75)`],
        ['Rests on', `${named('ground')} (article 1)`],
        ['Modelled on', `${named('model')} (article 1)`],
        ['Refers to', `${named('rules')}; their own figures are read from those papers`],
      ],
    ),
  ].join('\n\n');
}

function overview(views: readonly ArticleView[]): string {
  const rows = views.map((view) => [
    `[${view.number}](#${anchor(view)})`,
    view.heading,
    view.kinds.map((kind) => KINDS[kind]).join(', '),
    numbers(view, true),
    numbers(view, false),
    String(view.transitions.length || ''),
    String(view.tests?.length || ''),
  ]);
  const head = ['Article', 'Heading', 'Kind', 'Runs here', 'Not yet', 'Transitions', 'Test files'];
  return ['## All of them 总表', table(head, rows)].join('\n\n');
}

function numbers({ procedures }: ArticleView, runs: boolean): string {
  return procedures
    .filter((one) => one.runs === runs && !one.byChain)
    .map(({ number }) => number)
    .join(' ');
}

function nothing(views: readonly ArticleView[]): string {
  const rows = views.flatMap(({ number, heading, nothing: why }) =>
    why === undefined ? [] : [[String(number), heading, why]],
  );
  return ['## Nothing to enforce 无可执行的条文', table(['Article', 'Heading', 'Why'], rows)].join('\n\n');
}

/** Procedures of the rulebook this version does not run: their articles have no machine behind them here. */
function notYet(views: readonly ArticleView[]): string {
  const missing = new Map(
    views.flatMap(({ procedures }) =>
      procedures.filter(({ runs }) => !runs).map((one) => [one.number, one.name] as const),
    ),
  );
  const rows = [...missing]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([number, name]) => [number, `${procedureTitles[name].hans} ${code(name)}`, articlesOf(views, number)]);
  if (rows.length === 0) return '## Not run yet 尚未运行\n\nNone.';
  return ['## Not run yet 尚未运行', table(['No.', 'Procedure', 'Articles'], rows)].join('\n\n');
}

function articlesOf(views: readonly ArticleView[], number: string): string {
  return views
    .filter(({ procedures }) => procedures.some((one) => one.number === number && !one.byChain))
    .map((view) => view.number)
    .join(', ');
}

const title = ({ number, heading }: ArticleView): string => `第${chineseNumber(number)}条 ${heading}`;
const anchor = (view: ArticleView): string => title(view).replace(' ', '-');

function section(view: ArticleView): string {
  const parts = [
    `### ${title(view)}`,
    view.summary,
    `${view.kinds.map((kind) => KINDS[kind]).join(', ')}. ${answering(view)}`,
    ...(view.nothing === undefined ? [] : [`Nothing to enforce: ${view.nothing}`]),
    ...transitions(view),
    ...others(view),
    ...codes(view),
    ...listed(
      'Figures near it',
      view.parameters.map(({ key }) => code(key)),
    ),
    ...soft(view),
    ...tasks(view),
    ...tests(view),
  ];
  return parts.join('\n\n');
}

function answering({ procedures }: ArticleView): string {
  const named = (runs: boolean) =>
    procedures
      .filter((one) => one.runs === runs && !one.byChain)
      .map(({ number, name }) => `${number} ${code(name)}`)
      .join(', ');
  const chained = procedures.filter(({ byChain }) => byChain).map(({ number }) => number);
  const [here, later] = [named(true), named(false)];
  return [
    ...(here === '' ? [] : [`Runs here: ${here}.`]),
    ...(later === '' ? [] : [`Not run yet: ${later}.`]),
    ...(chained.length === 0 ? [] : [`By a chain or a guard: ${chained.join(' ')}.`]),
  ].join(' ');
}

function transitions({ transitions: all }: ArticleView): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ procedure, from, on, to, cite }) => [
    code(procedure),
    from === '' ? 'any' : code(from),
    code(on),
    to.length === 0 ? '=' : to.map(code).join(', '),
    shown(cite),
  ]);
  return [table(['Procedure', 'From', 'On', 'To', 'Ground 依据'], rows)];
}

const shown = (cite: Citation): string => printCitation(cite);

function others({ things }: ArticleView): string[] {
  const of = (kind: string, heading: string) =>
    listed(
      heading,
      things
        .filter((one) => one.kind === kind)
        .map(({ procedure, name, cite }) => `${code(`${procedure}.${name}`)} (${BASES[cite.basis]})`),
    );
  return [
    ...of('rule', 'Rules'),
    ...of('deadline', 'Deadlines'),
    ...of('effect', 'Effects'),
    ...of('function', 'In functions'),
  ];
}

const BASES: Record<Basis, string> = { stated: 'stated', derived: 'derived', chosen: 'chosen', statute: 'statute' };

function codes({ codes: all }: ArticleView): string[] {
  return listed(
    'Refusals and findings',
    all.map(({ code: name, kind, basis, procedures }) => {
      const by = procedures.length === 0 ? '' : `, ${procedures.map(code).join(' ')}`;
      return `${code(name)} (${kind}, ${basis}${by})`;
    }),
  );
}

function soft({ softRules }: ArticleView): string[] {
  return softRules.map(({ rule, wording, grantors, only, needs }) =>
    [
      `Soft (${wording}): ${rule} Exceptions by ${grantors.join(', ')}`,
      ...(only ? [`; ${only}`] : []),
      ...(needs ? [`; needs ${needs}`] : []),
      '.',
    ].join(''),
  );
}

function tasks({ tasks: all }: ArticleView): string[] {
  return all.length === 0 ? [] : [all.map(({ number, task }) => `${number}. ${task}`).join('\n')];
}

function tests({ tests: all = [] }: ArticleView): string[] {
  return listed(
    'Tests',
    all.map(({ file }) => `[${file.replace('test/articles/', '')}](../../${file})`),
  );
}

function listed(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${heading}: ${[...new Set(items)].join(', ')}.`];
}
